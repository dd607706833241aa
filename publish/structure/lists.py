"""Lists: lines that begin with numbers or letters in sequence from the first, or with bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.structure.layout import Layout, Line, Unit, ended

ITEM = re.compile(r"^(?:\(?(\d{1,2}|[a-z]|[ivx]{1,5})[.)]\)?|([•·▪●*+]))[ \t]+(?=\S)")
ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split()
ROOM = 0.9  # share of the measure that a line fills which was not ended on purpose


def find_lists(units: list[Unit], layout: Layout) -> list[Unit]:
    """The units with the items of lists as units of their own."""
    out: list[Unit] = []
    at = 0
    while at < len(units):
        run = _run(units, at)
        lines = [line for unit in run for line in unit.lines]
        items = _items(lines, layout) if run else []
        if items:
            at += len(run)
            first = items[0]
            if first:
                out.append(Unit(lines[:first]))
            within = (("list", f"list-{lines[first].index}"),)
            for start, end in zip(items, [*items[1:], len(lines)], strict=True):
                out.append(Unit(lines[start:end], "item", within=within))
        else:
            out += units[at : at + max(len(run), 1)]
            at += max(len(run), 1)
    return out


def _run(units: Sequence[Unit], at: int) -> list[Unit]:
    """Paragraphs that no blank line parts, from `at`."""
    end = at
    while end < len(units) and units[end].kind in ("paragraph", "verse"):
        if end > at and (units[end].gap or units[end].turn):
            break
        end += 1
    return list(units[at:end])


def _items(lines: Sequence[Line], layout: Layout) -> list[int]:
    """Where the items of a list begin, if lines are one; else nothing.

    The markers must rise by one from the first, or be one bullet; a line may precede them if it
    ends in a colon; what follows in an item hangs, or follows a full line. A number in the course
    of an argument is none of these.
    """
    found = [ITEM.match(line.text) for line in lines]
    starts = [at for at, match in enumerate(found) if match]
    if len(starts) < 2 or len(lines) > 200:
        return []
    first = starts[0]
    if first and lines[first - 1].text[-1:] != ":":
        return []
    markers = [match[1] or match[2] for match in found if match]
    if not _in_sequence(markers):
        return []
    indents = {lines[at].indent for at in starts}
    if max(indents) - min(indents) > 2:
        return []
    hanging = flush = 0
    for at in range(first + 1, len(lines)):
        before = lines[at - 1]
        if found[at]:
            if layout.full(before, lines[at].text, ROOM) and not ended(before.text):
                return []
        elif lines[at].indent >= lines[starts[0]].indent + 2:
            hanging += 1
        elif layout.full(before, lines[at].text, ROOM):
            flush += 1
        else:
            return []
    bullets = not markers[0].isalnum()
    if flush and (hanging or len(starts) < 3 or bullets):
        return []
    if bullets and markers[0] in "*+" and len(starts) < 3:
        return []
    return starts


def _in_sequence(markers: Sequence[str]) -> bool:
    count = len(markers)
    if not markers[0].isalnum():
        return len(set(markers)) == 1
    if markers[0] == "i":
        return list(markers) == ROMAN[:count]
    if markers[0] == "a":
        return list(markers) == [chr(97 + at) for at in range(count)] and count <= 26
    return list(markers) == [str(at + 1) for at in range(count)]
