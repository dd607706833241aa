"""The layout of the printed page, as the lines still show it: columns, margins, fullness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from publish.document import Block

WINDOW = 80  # lines; a column's width is measured over three windows
SLACK = 0.92  # of the measure: proportional type makes equal lines unequal in characters
END = re.compile(r"[.?!…][\"'”’)\]_*»]*$|[.?!…—-]{2,}[\"'”’]+$")
OPENING = re.compile(r"[\"'“‘«„(\[_*=+—-]*")
MARK = re.compile(r"[^\W\d_]")


class Line(NamedTuple):
    """One printed line: `text` without white space around it, `edge` where its ink ends."""

    number: int
    text: str
    indent: int
    edge: int
    gap: int
    turn: bool

    @property
    def apart(self) -> bool:
        """Whether blank lines or a page's end stand before it."""
        return self.gap > 0 or self.turn

    @property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return END.search(self.text) is not None

    @property
    def first(self) -> str:
        """Its first character behind quotation marks and brackets; "" if there is none."""
        return OPENING.sub("", self.text, count=1)[:1]

    @property
    def lower(self) -> bool:
        return self.first.islower()


class Layout(NamedTuple):
    """`measures` and `margins` per window; `even` where fullness of lines tells paragraphs apart;
    `indented` where indents do, `spaced` where blank lines alone do."""

    lines: tuple[Line, ...]
    measures: tuple[int, ...]
    margins: tuple[int, ...]
    even: bool
    indented: bool
    spaced: bool

    def measure(self, at: int) -> int:
        return self.measures[at // WINDOW]

    def indent(self, at: int) -> int:
        """How far the line stands in from the margin."""
        return self.lines[at].indent - self.margins[at // WINDOW]

    def short(self, at: int) -> bool:
        """Whether the first word of the next line would have found room on this one."""
        return _short(self.lines, at, self.measure(at))


def _short(lines: Sequence[Line], at: int, measure: int) -> bool:
    word = lines[at + 1].text.split(None, 1)[0] if at + 1 < len(lines) else ""
    return lines[at].edge + 1 + len(word) < measure * SLACK


def layout_of(blocks: Sequence[Block]) -> Layout:
    """The layout of blocks of kind "line"."""
    lines = []
    for index, block in enumerate(blocks):
        value = block.text.value.expandtabs(8)
        text = value.strip()
        edge = len(value.rstrip())
        lines.append(Line(index, text, edge - len(text), edge, block.gap, block.turn))
    measures, margins = [], []
    for start in range(0, max(len(lines), 1), WINDOW):
        near = lines[max(start - WINDOW, 0) : start + 2 * WINDOW]
        edges = sorted(line.edge for line in near) or [1]
        measures.append(max(edges[len(edges) * 9 // 10], 1))
        indents = Counter(line.indent for line in near)
        margins.append(indents.most_common(1)[0][0] if indents else 0)
    usual = sorted(measures)[len(measures) // 2]
    measures = [m if m > 0.7 * usual else usual for m in measures]
    inside = ragged = indented = starts = short_ends = unspaced = 0
    for at in range(len(lines) - 1):
        line, after = lines[at], lines[at + 1]
        measure = measures[at // WINDOW]
        if after.lower and not after.apart:
            inside += 1
            ragged += _short(lines, at, measure)
        elif line.ends and after.first and not after.apart:
            starts += 1
            step = after.indent - margins[(at + 1) // WINDOW]
            indented += 1 <= step <= 10
        if line.ends and not after.lower and line.edge < 0.75 * measure:
            short_ends += 1
            unspaced += not after.apart
    return Layout(
        tuple(lines),
        tuple(measures),
        tuple(margins),
        even=inside > 0 and ragged < 0.06 * inside,
        indented=indented > 0.25 * starts and indented >= 2,
        spaced=unspaced < 0.05 * max(short_ends, 1),
    )
