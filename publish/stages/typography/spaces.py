"""Spaces that may not break: titles and names, initials, numbers and units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from publish.house_style import HouseStyle
from publish.ledger import Edit

NARROW, NO_BREAK = "\u202f", "\u00a0"
_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.)( )(?=[A-Z]\. ?[A-Z])")


@cache
def _binding(titles: tuple[str, ...], units: tuple[str, ...]) -> re.Pattern[str] | None:
    parts = []
    if titles:
        parts.append(rf"\b(?:{'|'.join(map(re.escape, titles))})\.?( )(?=[A-Z])")
    if units:
        parts.append(rf"\d( )(?=(?:{'|'.join(map(re.escape, units))})\b)")
    return re.compile("|".join(parts)) if parts else None


def spaces(
    text: str, style: HouseStyle, titles: tuple[str, ...], units: tuple[str, ...]
) -> Iterator[Edit]:
    """The edits that tie what may not be parted at a line end, and space marks by the style."""
    edits: list[Edit] = []
    if style.bind:
        for pattern in (_binding(titles, units), _INITIALS):
            for match in pattern.finditer(text) if pattern else ():
                start, end = match.span(match.lastindex or 1)
                edits.append(Edit(start, end, NO_BREAK, "not to be parted at a line end"))
    if style.spaced or style.colon:
        edits += _punctuation(text, style)
    yield from sorted(set(edits))


def _punctuation(text: str, style: HouseStyle) -> Iterator[Edit]:
    for match in re.finditer(r"(?<=[\w»”’)…])[ \u00a0\u202f]*([;!?:])(?![\w/])", text):
        mark = match[1]
        space = style.colon if mark == ":" else style.before if mark in style.spaced else None
        if space is None or match[0] == space + mark:
            continue
        yield Edit(match.start(), match.start(1), space, "a space before this mark")
