"""How the page was laid out: its width, its indents, how it marks a paragraph.

Everything is measured on the text itself; nothing is assumed of its kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from publish.document import Block

OPENING = "\"'“‘„«»‹([{—–-_*=+"
# What closes in one language opens in another: „so“, »so«, ‚so‘; French parts it with a blank.
CLOSERS = r"(?: ?»)?['\"“”‘’»«›‹)\]_*}]*"
ENDED = re.compile(rf"[.!?…]{CLOSERS}$|[.!?…]{CLOSERS}\[?[*†‡\d]{{1,3}}\]?$")
DASHED = re.compile(rf"(?:—|--|–){CLOSERS}$")
DIVIDED = re.compile(r"[^\W\d_](?:-|¬|\u00ad)$")
WORD = re.compile(r"\S+")


@dataclass(slots=True)
class Line:
    """One printed line: `text` without its indent, `index` of its block, `gap` blank lines before
    it, `turn` if a page or column ended before it."""

    index: int
    text: str
    indent: int
    start: int
    gap: int
    turn: bool

    @property
    def end(self) -> int:
        """The column at which the line ends."""
        return self.indent + len(self.text)


@dataclass(slots=True)
class Unit:
    """Lines that belong together, and what they are; the working form of a block."""

    lines: list[Line]
    kind: str = "paragraph"
    level: int = 0
    role: str = ""
    why: str = ""
    rule: str = ""
    breaks: list[int] = field(default_factory=list)  # heading: after which lines a new part begins
    removed: bool = False
    within: tuple[tuple[str, str], ...] = ()
    number: int = 0  # heading: the number it should have, where it was read wrongly
    token: str = ""  # … and the number as it was read

    @property
    def gap(self) -> int:
        return self.lines[0].gap

    @property
    def turn(self) -> bool:
        return self.lines[0].turn

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Layout:
    """`width`: columns of a full line. `indented`: whether paragraphs begin with an indent.
    `unmarked`: whether many paragraphs begin with neither indent nor blank line.
    `gap`: the usual number of blank lines between paragraphs; `rare`: the number from which a gap
    is seldom and means something. `torn`: whether wide gaps are where
    columns or pages ended, for sentences run on across them."""

    width: int
    indented: bool
    unmarked: bool
    gap: int
    torn: bool = False
    rare: int = 2

    def full(self, line: Line, following: str, share: float) -> bool:
        """Whether the line is so full that the next word would not have gone on it."""
        word = WORD.match(following)
        more = 1 + len(word[0]) if word else 0
        return line.end + more >= self.width * share


def lines_of(blocks: Sequence[Block]) -> list[Line]:
    lines = []
    for index, block in enumerate(blocks):
        value = block.text.value
        text = value.lstrip()
        start = len(value) - len(text)
        indent = len(value[:start].expandtabs(4))
        lines.append(Line(index, text.rstrip(), indent, start, block.gap, block.turn))
    return lines


def layout_of(lines: Sequence[Line]) -> Layout:
    """The layout, from how long lines are and where they begin."""
    ends = sorted(line.end for line in lines if len(line.text) > 15)
    width = ends[int(len(ends) * 0.92)] if ends else 70
    inner = indented = bare = 0
    gaps: Counter[int] = Counter()
    for before, line, after in zip(lines, lines[1:], [*lines[2:], None], strict=False):
        if line.gap:
            gaps[min(line.gap, 6)] += 1
        if line.gap == 0 and not line.turn and ENDED.search(before.text):
            if not line.text[:1].islower() and before.end < width * 0.8:
                inner += 1
                if before.indent < line.indent <= before.indent + 8 or (
                    0 < line.indent <= 8 and after is not None and after.indent < line.indent
                ):
                    indented += 1
                else:
                    bare += 1
    total = sum(gaps.values()) + inner
    wide = [
        after.text[0].islower()
        for before, after in pairwise(lines)
        if after.gap >= 3 and before.end > width * 0.8 and len(after.text) > width * 0.5
    ]
    usual = gaps.most_common(1)[0][0] if gaps else 1
    return Layout(
        width=max(width, 20),
        indented=indented >= 5 and indented > bare and indented * 4 > total,
        unmarked=bare >= 4 and bare > indented and bare * 12 > total,
        gap=usual,
        rare=_rare(gaps, usual, (indented + bare) * 3 > sum(gaps.values())),
        torn=len(wide) > 2 and sum(wide) * 2 >= len(wide),
    )


def _rare(gaps: Counter[int], usual: int, unparted: bool) -> int:
    """The least gap that less than one in ten has; any, where paragraphs need none."""
    if unparted and gaps:
        return 1
    total = sum(gaps.values())
    for gap in range(usual + 1, 6):
        if sum(count for size, count in gaps.items() if size >= gap) * 10 <= total:
            return gap
    return 6


def ended(text: str) -> bool:
    """Whether a sentence ends here."""
    return bool(ENDED.search(text))


def first_letter(text: str) -> str:
    """The first letter or digit, past quotation marks and other openings."""
    return text.lstrip(OPENING)[:1]


def quoted(text: str) -> bool:
    return text[:1] in "\"“”‘«»„‚›‹'" or text[:2] in ("``", ",,", '_"', "_“")
