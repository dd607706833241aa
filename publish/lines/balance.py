"""Centred titles in lines of about one length: the fewest lines, the widest of them as narrow as
can be."""

from __future__ import annotations

from itertools import pairwise
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from publish.lines.faces import Look, width

STOPS: Final = (".", ":", ";", "—", "?", "!")
MOST_WORDS: Final = 60  # more is a paragraph, whatever it is called


def balance(title: Element, look: Look, measure: float) -> None:
    """Breaks a title of plain text with <br/>. `measure` is in ems of its own type size; a title
    that fits one line, or that holds elements, is left alone."""
    if len(title) or not title.text:
        return
    words = title.text.split()
    if len(words) > MOST_WORDS:
        return
    widths = [width(word, look) for word in words]
    space = width(" ", look)
    if space is None or any(each is None for each in widths):
        return
    known = [each or 0.0 for each in widths]
    starts = breaks(known, space, measure)
    if len(starts) < 2:
        return
    if len(starts) == 2:
        starts = [0, _after_a_stop(words, known, space, measure) or starts[1]]
    lines = [" ".join(words[a:b]) for a, b in pairwise([*starts, len(words)])]
    title.text = lines[0]
    for line in lines[1:]:
        SubElement(title, "br").tail = line


def _after_a_stop(
    words: list[str], widths: list[float], space: float, measure: float
) -> int | None:
    """Where a title of two lines may break behind a stop, and its lines are least apart."""
    found = [
        (_widest(widths, space, [0, at]), at)
        for at in range(1, len(words))
        if words[at - 1].endswith(STOPS)
    ]
    return next((at for wide, at in sorted(found) if wide <= measure), None)


def breaks(widths: list[float], space: float, measure: float) -> list[int]:
    """The index of the first word of each line."""
    least = _filled(widths, space, measure)
    candidates = sorted(
        {
            sum(widths[a:b]) + space * (b - a - 1)
            for a in range(len(widths))
            for b in range(a + 1, min(len(widths), a + 40) + 1)
        }
    )
    for narrower in candidates:
        if narrower <= measure:
            starts = _filled(widths, space, narrower + 1e-9)
            if len(starts) == len(least) and _widest(widths, space, starts) <= narrower + 1e-6:
                return starts
    return least


def _filled(widths: list[float], space: float, measure: float) -> list[int]:
    starts, at = [0], 0.0
    for number, each in enumerate(widths):
        if number and at + space + each > measure:
            starts.append(number)
            at = each
        else:
            at += (space if number else 0.0) + each
    return starts


def _widest(widths: list[float], space: float, starts: list[int]) -> float:
    return max(sum(widths[a:b]) + space * (b - a - 1) for a, b in pairwise([*starts, len(widths)]))
