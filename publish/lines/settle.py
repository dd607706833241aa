"""Paragraphs with settled lines: an element tree in, the same tree with its line ends written in.

A settled paragraph has a line feed at each chosen break and a hyphen before it where a word is
divided; print.css sets such a paragraph with `white-space: pre` and justifies every line. What is
not known here (a picture, a table, a character that the face lacks) is left for the layout to
break, line by line, on the same page.
"""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

from publish.lines.faces import width
from publish.lines.slots import Setting, Slot, collapse_blanks, put, slots_of
from publish.lines.total_fit import (
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
)  # fmt: skip
from publish.lines.words import HYPHEN_GLYPH, TIE, UnknownWidth, broken_word

STEP = 0.005  # by which the type of a line is made smaller or larger


class Mend(NamedTuple):
    """Characters start..end of a slot give way to `new`."""

    slot: int
    start: int
    end: int
    new: str


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


def settle(
    paragraph: Element,
    setting: Setting,
    measure: float,
    indent: float,
    loosest: float = float("inf"),
) -> bool:
    """Writes the line ends into a paragraph; says whether it could. `measure` and `indent` are in
    ems of its text size. A paragraph of one line is left as it is; one that would have a word
    space over `loosest` times the normal is set ragged."""
    try:
        slots = list(slots_of(paragraph, setting.base, setting, setting.language))
        collapse_blanks(slots)
        breaks, mends = _breaks(slots)
    except UnknownWidth:
        return False
    space = width(" ", setting.base) or 0.2
    if not breaks or breaks[-1].end + indent <= measure:
        return False
    if setting.ragged:
        kept = [at for at, each in enumerate(breaks) if each.kind != HYPHEN]
        breaks, mends = [breaks[at] for at in kept], [mends[at] for at in kept]
    chosen = choose(breaks, measure, space, indent, runt=2 * 1.3, ragged=setting.ragged)
    if not chosen or len(chosen) < 2:
        return False
    rows = _rows(breaks, chosen, measure, indent, space)
    ragged = setting.ragged or max(row.spacing for row in rows) > loosest
    tight = any(row.room < row.width for row in rows)
    _write(slots, [mends[at] for at in chosen[:-1]])
    names = [f"size-{round(1000 * row.scale)}" if row.scale != 1 else "" for row in rows]
    if tight and rows[-1].width <= rows[-1].room:
        names[-1] = "eased"
    if any(names):
        _name_lines(slots, ["" if ragged and name != "eased" else name for name in names])
    _wrap(paragraph, "set" + " ragged" * ragged + " tight" * tight)
    return True


def _breaks(slots: list[Slot]) -> tuple[list[Break], list[Mend]]:
    """Every place where a line may end, and what would be written there."""
    breaks: list[Break] = []
    mends: list[Mend] = []
    at, spaces = 0.0, 0
    for number, slot in enumerate(slots):
        if slot.fixed:
            at += slot.fixed
            continue
        string, position = slot.string, 0
        space = width(" ", slot.look)
        for word in string.split(" "):
            if position:
                if space is None:
                    raise UnknownWidth
                breaks.append(Break(at, at + space, spaces, spaces + 1, SPACE))
                mends.append(Mend(number, position - 1, position, "\n"))
                at, spaces = at + space, spaces + 1
            if word:
                full, inner = broken_word(word, slot.look, slot.language)
                for end, start, kind, offset in inner:
                    # What is tied stretches like any other word space.
                    before = spaces + word.count(TIE, 0, offset)
                    after = before + (kind == TIED)
                    breaks.append(Break(at + end, at + start, before, after, kind))
                    here = position + offset
                    new = HYPHEN_GLYPH + "\n" if kind == HYPHEN else "\n"
                    mends.append(Mend(number, here, here + (kind == TIED), new))
                at += full
                spaces += word.count(TIE)
            position += len(word) + 1
    breaks.append(Break(at, at, spaces, spaces, END))
    mends.append(Mend(len(slots) - 1, 0, 0, ""))
    return breaks, mends


def _rows(
    breaks: list[Break], chosen: list[int], measure: float, indent: float, space: float
) -> list[Row]:
    rows = []
    start, spaces, room = 0.0, 0, measure - indent
    for at in chosen:
        end = breaks[at]
        rows.append(Row(end.end - start, end.spaces - spaces, room, space, end.kind == END))
        start, spaces, room = end.start, end.spaces_after, measure
    return rows


def _write(slots: list[Slot], mends: list[Mend]) -> None:
    for mend in reversed(mends):
        slot = slots[mend.slot]
        put(slot, slot.string[: mend.start] + mend.new + slot.string[mend.end :])


def _name_lines(slots: list[Slot], names: list[str]) -> None:
    """Puts the text of each line that has a name into elements of that class."""
    parents = {child: slot.element for slot in slots for child in slot.element}
    line = 0
    for slot in slots:
        if slot.fixed:
            continue
        segments = slot.string.split("\n")
        wanted = [names[line + at] if segment else "" for at, segment in enumerate(segments)]
        line += len(segments) - 1
        if not any(wanted):
            continue
        put(slot, "")
        if slot.tail:
            holder = parents[slot.element]
            place, last = list(holder).index(slot.element) + 1, slot.element
        else:
            holder, place, last = slot.element, 0, None
        for number, (segment, name) in enumerate(zip(segments, wanted, strict=True)):
            before = "\n" * bool(number)
            if name:
                _append(holder, last, before)
                last = Element("span", {"class": name})
                last.text = segment
                holder.insert(place, last)
                place += 1
            else:
                _append(holder, last, before + segment)


def _append(holder: Element, last: Element | None, text: str) -> None:
    """Adds text behind an element, or to the start of its holder."""
    if last is None:
        holder.text = (holder.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def _wrap(paragraph: Element, names: str) -> None:
    inner = Element("span", {"class": "lines"})
    inner.text, paragraph.text = paragraph.text, None
    inner.extend(list(paragraph))
    for child in list(paragraph):
        paragraph.remove(child)
    paragraph.append(inner)
    paragraph.set("class", f"{paragraph.get('class', '')} {names}".strip())
