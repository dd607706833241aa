"""Display lines: a text in few, evenly filled lines, as large as a space allows.

Widths come from the face's own advance widths; nothing is drawn here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations, pairwise
from typing import NamedTuple

from publish.resources import font
from publish.theme import GARAMOND

WEAK = frozenset(
    "a an and at by for from in into of on or the to with de der die das und la le".split()
)


class Setting(NamedTuple):
    """Lines of text at a size."""

    lines: tuple[str, ...]
    size: float


def set_lines(
    text: str, width: float, height: float, largest: float, track: float = 0.0
) -> Setting:
    """`text` in few lines, large and evenly filled, within width × height.

    One line more must let the type grow by a fifth. `track` is letter spacing in em. Lines are
    1.18 times the size apart. A line that ends in an article or preposition counts as a third
    too long, so that "of the" goes with its noun.
    """
    words = text.split()
    if not words:
        return Setting((), largest)
    widths = [text_length(word, track) for word in words]
    space = text_length(" ", track)
    best, worth = Setting((text,), 0.0), 0.0
    for count in range(1, min(len(words), 8) + 1):
        lines, longest = _divide(words, widths, space, count)
        size = min(largest, width / longest, height / (count * 1.18))
        if size / _weakness(lines) > worth * 1.2:
            best, worth = Setting(lines, size), size / _weakness(lines)
    return best


def _weakness(lines: Sequence[str]) -> float:
    weak = sum(line.split()[-1].lower().strip('[(“"') in WEAK for line in lines[:-1])
    return 1 + 0.3 * weak


def _divide(
    words: Sequence[str], widths: Sequence[float], space: float, count: int
) -> tuple[tuple[str, ...], float]:
    """The words in `count` lines whose longest is shortest, and its length in em."""
    best: tuple[float, float, tuple[int, ...]] | None = None
    places = range(1, len(words))
    for cuts in combinations(places, count - 1) if len(words) <= 14 else (_even(widths, count),):
        edges = (0, *cuts, len(words))
        lengths = [sum(widths[a:b]) + space * (b - a - 1) for a, b in pairwise(edges)]
        weak = sum(words[cut - 1].lower().strip('[(“"') in WEAK for cut in cuts)
        worst = max(lengths) * (1 + 0.3 * weak)
        ragged = worst - min(lengths)
        if best is None or (worst, ragged) < best[:2]:
            best = (worst, ragged, edges)
    assert best is not None  # there is one division at least
    edges = best[2]
    lines = tuple(" ".join(words[a:b]) for a, b in pairwise(edges))
    longest = max(sum(widths[a:b]) + space * (b - a - 1) for a, b in pairwise(edges))
    return lines, longest


def _even(widths: Sequence[float], count: int) -> tuple[int, ...]:
    """Places to cut many words, found by going along: good enough for a very long title."""
    share, total = sum(widths) / count, 0.0
    cuts: list[int] = []
    for index, width in enumerate(widths):
        if total >= share * (len(cuts) + 1) and len(cuts) < count - 1 and index:
            cuts.append(index)
        total += width
    while len(cuts) < count - 1:
        cuts.append(next(i for i in range(len(widths) - 1, 0, -1) if i not in cuts))
    return tuple(sorted(cuts))


@cache
def _face(name: str):  # type: ignore[no-untyped-def]  # Pillow's font type
    from PIL import ImageFont

    return ImageFont.truetype(font(name), 100, layout_engine=ImageFont.Layout.BASIC)


def text_length(text: str, track: float, face: str = GARAMOND.files.roman) -> float:
    """The length of a text in em."""
    return float(_face(face).getlength(text)) / 100 + track * len(text)
