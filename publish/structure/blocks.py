"""Kinds of block other than paragraphs and headings, each by its own mark: breaks, illustrations,
notes, tables, sums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from publish.structure.layout import Line

BREAK = re.compile(r"^[\s*\u2042\u2217•·.#~_=+\u2766\u2767oO—–-]+$")
STARS = re.compile(
    r"[*\u2042\u2217#~\u2766\u2767]|[•·] *[•·]|[-—–_=]{3,}|\+ *\+|(?:[-—–.] +){2,}|\bo\b.*\bo\b"
)
FIGURE = re.compile(
    r"^\[\s*(?:Illustration|Illus|Plate|Figure|Fig|Image|Picture|Abbildung|Gravure)\b", re.I
)
# The mark itself goes from a caption; a word that names a figure with its number stays.
OPENED = re.compile(
    r"\[\s*(?:(?:Illustration|Illus|Image|Picture|Abbildung|Gravure)s?\.?\s*[:—–-]+\s*)?", re.I
)
NOTE = re.compile(
    r"^\[\s*(?:Footnote|Note|Fußnote|Note de bas)\s*([\w*†‡]{0,4})\s*[:.]"
    r"|^\[(\d{1,3}|[A-Z]|\*{1,3}|†|‡)\]\s+(?=\S)|^(\*{1,3}|†|‡|§|¶)\s?(?=[^\W\d_]|[\"“‘'_])",
    re.I,
)
RULED = re.compile(r"^[ ]*[-—–_=+|][-—–_=+| ]{3,}$", re.MULTILINE)  # a line drawn in a table
FIGURES = re.compile(r"^[-+=×÷$£]? ?\d[\d.,' ]{0,14}$")  # a line of a sum
SUM = range(3, 9)  # lines; a longer column is one of a table or of contents read by columns
CELLS = re.compile(r"\S(?: {3,}|\t+)(?=\S)")


def is_break(lines: Sequence[Line]) -> bool:
    text = "".join(line.text for line in lines)
    return len(lines) <= 2 and bool(BREAK.match(text) and STARS.search(text))


def figure(text: str) -> str:
    """ "caption", "figure" (no words), or "" if the text is no mark of an illustration."""
    if not FIGURE.match(text):
        return ""
    words = re.sub(r"[^\w]+", " ", FIGURE.sub("", text)).strip()
    return "caption" if words else "figure"


def caption(text: str) -> int:
    """How many characters stand before the words of a caption."""
    found = OPENED.match(text)
    return found.end() if found and found.end() < len(text) - 1 else 0


def note_marker(text: str) -> str | None:
    """The marker that begins a footnote; None if the text is none."""
    found = NOTE.match(text)
    if not found:
        return None
    return next((group for group in found.groups() if group), "") or "*"


def table(lines: Sequence[Line]) -> bool:
    """Whether most of three lines or more fall into columns parted by wide gaps."""
    if len(lines) < 3:
        return False
    return sum(bool(CELLS.search(line.text)) for line in lines) * 4 >= len(lines) * 3


def figures(lines: Sequence[Line]) -> bool:
    """Whether the lines are a short column of figures, as of a sum."""
    return len(lines) in SUM and all(FIGURES.match(line.text) for line in lines)


def by_figures(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines cut before and after each short column of figures among them."""
    pieces: list[list[Line]] = []
    for _, group in groupby(lines, lambda line: bool(FIGURES.match(line.text))):
        run = list(group)
        if not pieces or figures(run) or figures(pieces[-1]):
            pieces.append(run)
        else:
            pieces[-1] += run
    return pieces
