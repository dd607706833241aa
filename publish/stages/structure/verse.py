"""Verse: short lines that each begin with a capital."""

from __future__ import annotations

from publish.stages.structure.layout import Layout


def is_stanza(layout: Layout, start: int, end: int) -> bool:
    """Whether lines start..end, with blank lines around them, are verse."""
    lines = layout.lines[start:end]
    if len(lines) < 2 or len(lines) > 60:
        return False
    capitals = sum(not line.lower and line.first.isalpha() for line in lines)
    measure = layout.measure(start)
    widest = max(line.edge - line.indent for line in lines)
    if all(layout.indent(n) >= 2 for n in range(start, end)) and widest < 0.85 * measure:
        return capitals >= 0.6 * len(lines)
    if len(lines) == 2:
        return capitals == 2 and widest < 0.75 * measure and layout.even
    return capitals >= 0.85 * len(lines) and widest < 0.95 * measure
