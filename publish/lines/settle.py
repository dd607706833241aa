"""Paragraphs with settled lines: an element tree in, the same tree with its line ends written in.

A settled paragraph has a line feed at each chosen break and a hyphen before it where a word is
divided; print.css sets such a paragraph with `white-space: pre` and justifies every line. What is
not known here (a picture, a table, a character that the face lacks) is left for the layout to
break, line by line, on the same page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from publish.lines.faces import width
from publish.lines.slots import Setting, Slot, collapse_blanks, slots_of
from publish.lines.total_fit import (
    COMPOUND,
    EASY,
    END,
    HYPHEN,
    SHRINK,
    SPACE,
    SPREAD,
    STRETCH,
    TIED,
    Break,
    choose,
    lengths,
)  # fmt: skip
from publish.lines.words import HYPHEN_GLYPH, TIE, UnknownWidth, words_of
from publish.lines.written import Mend, name_lines, wrap, write_breaks

RUNT_WIDTH: Final = 2.6  # ems that a last line should exceed: twice the indent
DASHES: Final = frozenset("—–")
MOST_RESET: Final = 60  # lines: to weigh each number of them takes time by the square of the lines
STEP: Final = 0.005  # by which the type of a line is made smaller or larger


class Row(NamedTuple):
    """One line as chosen: its width with normal word spaces, in ems, the number of those spaces,
    the room it has, the width of a space, and whether it is the paragraph's last."""

    width: float
    gaps: int
    room: float
    space: float
    last: bool

    @property
    def scale(self) -> float:
        """What its type is set by, of the normal size, in whole steps: less than 1 where the words
        do not fit with the narrowest spaces, more where the spaces would be wide. It is never seen
        as another size (a hundredth and a half down, two up), and spares hyphens and holes."""
        spaces = self.gaps * self.space
        wanted = 1.0
        if self.room < self.width - spaces * SHRINK - 1e-9:
            wanted = (self.room + spaces * SHRINK) / self.width - STEP / 10
        elif not self.last and self.gaps:
            wanted = min(1 + SPREAD, (self.room - EASY * STRETCH * spaces) / self.width)
            wanted = max(1.0, wanted)
        return 1 + STEP * ((wanted - 1) // STEP) if wanted != 1 else 1.0

    @property
    def spacing(self) -> float:
        """Its word space by the normal one."""
        if self.last:
            return 1.0
        spare = self.room - self.width * self.scale
        return 1 + spare / (max(self.gaps, 1) * self.space)


@dataclass(slots=True, eq=False)
class Measured:
    """A paragraph whose breaks are chosen and not yet written. `chosen` are those of `breaks` where
    its lines end, none for a paragraph that fits one line as it is; `calls` are the places of its
    note calls along the unbroken paragraph, `whole` the lines that must not end in a hyphen."""

    paragraph: Element
    setting: Setting
    slots: list[Slot]
    breaks: list[Break]
    mends: list[Mend]
    measure: float
    indent: float
    loosest: float
    space: float
    chosen: list[int]
    calls: list[tuple[float, Element]]
    others: dict[int, tuple[float, list[int]]] | None = None
    whole: frozenset[int] = frozenset()

    @property
    def lines(self) -> int:
        return len(self.chosen) or 1

    def cost_of(self, lines: int) -> float | None:
        """What it costs to set it in so many lines instead; None if it cannot well be."""
        if not self.chosen or self.lines > MOST_RESET:
            return None
        if self.others is None:
            self.others = self._lengths()
        if lines not in self.others or self.lines not in self.others:
            return None
        return self.others[lines][0] - self.others[self.lines][0]

    def _lengths(self) -> dict[int, tuple[float, list[int]]]:
        return lengths(
            self.breaks, self.measure, self.space, self.indent, RUNT_WIDTH, self.setting.ragged,
            self.whole,
        )  # fmt: skip

    def is_divided(self, line: int) -> bool:
        """Whether a line, counted from 0, ends in a hyphen."""
        return line < len(self.chosen) and self.breaks[self.chosen[line]].kind in (HYPHEN, COMPOUND)

    def make_whole(self, line: int, dearest: float) -> None:
        """Has a line end in no hyphen, if the paragraph can be set so in as many lines, its notes
        called on the lines that they are, for no more than `dearest`."""
        if not self.is_divided(line) or self.cost_of(self.lines) is None:
            return
        now, others, whole = self.chosen, self.others, self.whole
        called = [self.line_of(place) for place, _ in self.calls]
        before = others[self.lines][0] if others else 0.0
        self.whole |= {line}
        self.others = self._lengths()
        cost, chosen = self.others.get(len(now), (float("inf"), now))
        self.chosen = chosen
        if cost - before > dearest or called != [self.line_of(place) for place, _ in self.calls]:
            self.chosen, self.others, self.whole = now, others, whole

    def line_of(self, place: float) -> int:
        """The line on which a place along the unbroken paragraph stands, from 0."""
        return sum(self.breaks[at].start <= place for at in self.chosen[:-1])

    def set_ragged(self) -> None:
        """Leaves its right edge uneven and its words whole; one with a word that is longer than a
        line stays as it is."""
        kept = [at for at, each in enumerate(self.breaks) if each.kind != HYPHEN]
        breaks = [self.breaks[at] for at in kept]
        chosen: list[int] | None = self.chosen
        if chosen:
            chosen = choose(breaks, self.measure, self.space, self.indent, RUNT_WIDTH, True)
        if chosen is not None:
            self.setting = replace(self.setting, ragged=True)
            self.breaks, self.mends = breaks, [self.mends[at] for at in kept]
            self.chosen, self.others, self.whole = chosen, None, frozenset()

    def set_in(self, lines: int) -> None:
        """Chooses the breaks anew, for so many lines."""
        if self.others and lines in self.others:
            self.chosen = self.others[lines][1]


def measured(
    paragraph: Element,
    setting: Setting,
    measure: float,
    indent: float,
    loosest: float = float("inf"),
) -> Measured | None:
    """A paragraph's lines, all weighed together; None for one with something of unknown width.
    `measure` and `indent` are in ems of its text size. One that would have a word space over
    `loosest` times the normal is set ragged."""
    try:
        slots = list(slots_of(paragraph, setting.base, setting, setting.language))
        collapse_blanks(slots)
        breaks, mends, calls = _breaks(slots)
    except UnknownWidth:
        return None
    space = width(" ", setting.base) or 0.2
    if setting.ragged:
        kept = [at for at, each in enumerate(breaks) if each.kind != HYPHEN]
        breaks, mends = [breaks[at] for at in kept], [mends[at] for at in kept]
    chosen: list[int] | None = []
    if breaks[-1].end + indent > measure:
        chosen = choose(breaks, measure, space, indent, RUNT_WIDTH, setting.ragged)
    if chosen is None:
        return None
    return Measured(
        paragraph, setting, slots, breaks, mends, measure, indent, loosest, space, chosen, calls
    )  # fmt: skip


def is_loose(found: Measured) -> bool:
    """Whether one of its lines would have wider word spaces than it may have."""
    return any(row.spacing > found.loosest for row in _rows(found))


def write(found: Measured) -> bool:
    """Writes the chosen line ends into the paragraph; says whether there are any."""
    if not found.chosen:
        return False
    rows = _rows(found)
    ragged = found.setting.ragged or any(row.spacing > found.loosest for row in rows)
    tight = any(row.room < row.width for row in rows)
    write_breaks(found.slots, [found.mends[at] for at in found.chosen[:-1]])
    names = [f"size-{round(1000 * row.scale)}" if row.scale != 1 else "" for row in rows]
    if tight and rows[-1].width <= rows[-1].room:
        names[-1] = "eased"
    if any(names):
        name_lines(found.slots, ["" if ragged and name != "eased" else name for name in names])
    wrap(found.paragraph, "set" + " ragged" * ragged + " tight" * tight)
    return True


def _breaks(slots: list[Slot]) -> tuple[list[Break], list[Mend], list[tuple[float, Element]]]:
    """Every place where a line may end, what would be written there, and where notes are called."""
    breaks: list[Break] = []
    calls: list[tuple[float, Element]] = []
    mends: list[Mend] = []
    make = tuple.__new__  # a third of the time that the classes' own way takes, a million times
    at, spaces = 0.0, 0
    for number, slot in enumerate(slots):
        if slot.fixed:
            calls.append((at, slot.element))
            at += slot.fixed
            continue
        string, position = slot.string, 0
        space = width(" ", slot.look)
        words, tied = words_of(slot.look, slot.language), TIE in string
        for word in string.split(" "):
            if position:
                if space is None:
                    raise UnknownWidth
                # A dash between spaces stands at the end of a line, not at its beginning.
                kind = TIED if word in DASHES else SPACE
                breaks.append(make(Break, (at, at + space, spaces, spaces + 1, kind)))
                mends.append(make(Mend, (number, position - 1, position, "\n")))
                at, spaces = at + space, spaces + 1
            if word:
                full, inner = words[word]
                for end, start, kind, offset in inner:
                    # What is tied stretches like any other word space.
                    before = spaces + (word.count(TIE, 0, offset) if tied else 0)
                    after = before + (kind == TIED)
                    breaks.append(make(Break, (at + end, at + start, before, after, kind)))
                    here = position + offset
                    new = HYPHEN_GLYPH + "\n" if kind == HYPHEN else "\n"
                    mends.append(make(Mend, (number, here, here + (kind == TIED), new)))
                at += full
                spaces += word.count(TIE) if tied else 0
            position += len(word) + 1
    breaks.append(Break(at, at, spaces, spaces, END))
    mends.append(Mend(len(slots) - 1, 0, 0, ""))
    return breaks, mends, calls


def _rows(found: Measured) -> list[Row]:
    rows = []
    start, spaces, room = 0.0, 0, found.measure - found.indent
    for at in found.chosen:
        end = found.breaks[at]
        rows.append(Row(end.end - start, end.spaces - spaces, room, found.space, end.kind == END))
        start, spaces, room = end.start, end.spaces_after, found.measure
    return rows
