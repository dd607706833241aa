"""The text on the back of a cover: short paragraphs set in evenly ragged lines that fit a space.

Lines are broken where the sum of the squares of what they lack is least (Knuth and Plass without
stretch); no word is divided, for the back of a book is read standing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from publish.cover_lines import text_length
from publish.theme import GARAMOND

SMALLEST_PT, STEP_PT = 8.5, 0.25
LARGEST_EM: Final = 0.0316  # of the page's width: 12.5 pt on a digest page
WIDEST_EM: Final = 34  # about 75 characters; beyond it the eye loses the next line
LEADING: Final = 1.36  # of the size
GAP: Final = 0.5  # of the leading, between paragraphs
LEAST_LAST: Final = 0.25  # of the measure: a shorter last line looks lost

Run = tuple[str, bool]  # words, and whether they are in italics
Paragraph = Sequence[Run]


class Blurb(NamedTuple):
    """Lines as runs, an empty one between paragraphs. `size` and `height` are in points."""

    lines: tuple[tuple[Run, ...], ...]
    size: float
    height: float

    @property
    def leading(self) -> float:
        return self.size * LEADING


def largest_pt(page_width_pt: float) -> float:
    """The largest type of a blurb on a page of this width in points."""
    return min(max(round(page_width_pt * LARGEST_EM * 4) / 4, 10.5), 16.0)


def set_blurb(
    paragraphs: Sequence[Paragraph], width: float, height: float, largest: float
) -> Blurb | None:
    """The paragraphs in a space of points, at the largest size from `largest` down at which they
    fit; None if they do not even at `SMALLEST_PT`."""
    size = largest
    while size >= SMALLEST_PT:
        made = _set(paragraphs, width, size)
        if made.height <= height:
            return made
        size -= STEP_PT
    return None


def _set(paragraphs: Sequence[Paragraph], width: float, size: float) -> Blurb:
    lines: list[tuple[Run, ...]] = []
    for paragraph in paragraphs:
        if lines:
            lines.append(())
        lines += _break(paragraph, width / size)
    full = sum(bool(line) for line in lines)
    return Blurb(tuple(lines), size, (full + GAP * (len(lines) - full)) * size * LEADING)


def _break(paragraph: Paragraph, measure: float) -> list[tuple[Run, ...]]:
    """The lines of a paragraph on a measure in em."""
    words = _words(paragraph)
    if not words:
        return []
    widths = [sum(text_length(text, 0, _face(italic)) for text, italic in word) for word in words]
    space = text_length(" ", 0)
    count = len(words)
    best = [0.0] + [float("inf")] * count
    back = [0] * (count + 1)
    for end in range(1, count + 1):
        length = -space
        for start in range(end - 1, -1, -1):
            length += widths[start] + space
            if length > measure and start < end - 1:
                break
            lacks = max(measure - length, 0) / measure
            if end == count:
                lacks = max(LEAST_LAST - length / measure, 0) * 2
            worth = best[start] + lacks**2 + 0.0001
            if worth < best[end]:
                best[end], back[end] = worth, start
    edges = [count]
    while edges[-1]:
        edges.append(back[edges[-1]])
    edges.reverse()
    return [_joined(words[a:b]) for a, b in pairwise(edges)]


Word = list[Run]


def _words(paragraph: Paragraph) -> list[Word]:
    """The paragraph's words, each as the runs it is made of: *Emma*, is one word in two runs."""
    words: list[Word] = []
    open_word = False
    for text, italic in paragraph:
        pieces = text.split(" ")
        for n, piece in enumerate(pieces):
            if n:
                open_word = False
            if not piece:
                continue
            if open_word:
                words[-1].append((piece, italic))
            else:
                words.append([(piece, italic)])
            open_word = True
    return words


def _joined(words: Sequence[Word]) -> tuple[Run, ...]:
    """The words of a line with a space between, runs of one kind made one."""
    runs: list[Run] = []
    for n, word in enumerate(words):
        for m, (text, italic) in enumerate(word):
            lead = " " if n and not m else ""
            if runs and runs[-1][1] == italic:
                runs[-1] = (runs[-1][0] + lead + text, italic)
            elif lead and runs:
                runs[-1] = (runs[-1][0] + lead, runs[-1][1])
                runs.append((text, italic))
            else:
                runs.append((text, italic))
    return tuple(runs)


def _face(italic: bool) -> str:
    return GARAMOND.files.italic if italic else GARAMOND.files.roman
