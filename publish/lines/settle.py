"""Paragraphs with settled lines: an element tree in, the same tree with its line ends written in.

A settled paragraph has a line feed at each chosen break and a hyphen before it where a word is
divided; print.css sets such a paragraph with `white-space: pre` and justifies every line. What is
not known here (a picture, a table, a character that the face lacks) is left for the layout to
break, line by line, on the same page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from publish.lines.faces import Look, width
from publish.lines.total_fit import END, HYPHEN, SPACE, Break, choose
from publish.lines.words import HYPHEN_GLYPH, UnknownWidth, broken_word

PLAIN: Final = frozenset({"a", "abbr", "span", "bdi", "cite", "em", "i", "b", "strong", "dfn"})
ITALIC: Final = frozenset({"em", "i", "cite", "dfn"})
BOLD: Final = frozenset({"b", "strong"})


@dataclass(frozen=True, slots=True)
class Setting:
    """How the paragraphs of a document are set: their language, and what the classes of print.css
    do to widths. `calls` are the classes of note calls, `fixed` of page
    numbers that the layout will fill in, with the width in ems to expect of one not known."""

    language: str
    looks: Mapping[str, tuple[tuple[str, ...], float]] = field(default_factory=dict)
    calls: frozenset[str] = frozenset()
    fixed: Mapping[str, float] = field(default_factory=dict)


class Slot(NamedTuple):
    """One string of a paragraph: the `text` or the `tail` of an element, and its look. A call has
    no string of its own to break; `fixed` is its width in ems."""

    element: Element
    tail: bool
    look: Look
    language: str
    fixed: float = 0.0

    @property
    def string(self) -> str:
        return (self.element.tail if self.tail else self.element.text) or ""


class Mend(NamedTuple):
    """Characters start..end of a slot give way to `new`."""

    slot: int
    start: int
    end: int
    new: str


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
        slots = list(_slots(paragraph, Look(), setting, setting.language))
        _collapse_blanks(slots)
        breaks, mends = _breaks(slots)
    except UnknownWidth:
        return False
    space = width(" ", Look()) or 0.2
    if not breaks or breaks[-1].end + indent <= measure:
        return False
    chosen = choose(breaks, measure, space, indent, runt=2 * 1.3)
    if not chosen or len(chosen) < 2:
        return False
    tight = _shrunk(breaks, chosen, measure, indent)
    last = mends[chosen[-2]]
    ease = tight and not _last_is_shrunk(breaks, chosen, measure)
    _write(slots, [mends[at] for at in chosen[:-1]])
    if ease:
        _ease(slots, last)
    ragged = _loosest(breaks, chosen, measure, indent, space) > loosest
    _wrap(paragraph, "set" + " ragged" * ragged + " tight" * tight)
    return True


def _slots(element: Element, look: Look, setting: Setting, language: str) -> Iterator[Slot]:
    yield Slot(element, False, look, language)
    for child in element:
        names = child.get("class", "").split()
        if setting.calls.intersection(names):
            label = child[0].get("data-label", "") if len(child) else child.get("data-label", "")
            fixed = width(label, look._replace(features=("sups", "lnum")))
            if fixed is None:
                raise UnknownWidth
            yield Slot(child, False, look, language, fixed)
        elif expected := next((setting.fixed[name] for name in names if name in setting.fixed), 0):
            known = width(child.get("data-folio", ""), look)
            yield Slot(child, False, look, language, known or expected)
        elif child.tag not in PLAIN or child.get("style"):
            raise UnknownWidth
        else:
            inner = _look_of(child, names, look, setting)
            yield from _slots(child, inner, setting, child.get("lang", language))
        yield Slot(child, True, look, language)


def _look_of(child: Element, names: list[str], look: Look, setting: Setting) -> Look:
    if child.tag in ITALIC:
        look = look._replace(italic=not look.italic)
    if child.tag in BOLD and not setting.looks.keys() & set(names):
        look = look._replace(bold=True)  # a <b> with a look of its own is no bold type
    for name in names:
        if name in setting.looks:
            features, tracking = setting.looks[name]
            look = look._replace(features=features, tracking=tracking)
    return look


def _collapse_blanks(slots: list[Slot]) -> None:
    """One blank between words and none at the paragraph's ends, as the layout would have it."""
    open_blank = True
    last: Slot | None = None
    for slot in slots:
        if slot.fixed:
            open_blank = False
            continue
        string = re.sub(r"[ \t\r\n\f]+", " ", slot.string)
        if open_blank:
            string = string.removeprefix(" ")
        if string:
            open_blank = string.endswith(" ")
            last = slot
        _put(slot, string)
    if last is not None and open_blank:
        _put(last, last.string.removesuffix(" "))


def _put(slot: Slot, string: str) -> None:
    if slot.tail:
        slot.element.tail = string
    elif not slot.fixed:
        slot.element.text = string


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
                    breaks.append(Break(at + end, at + start, spaces, spaces, kind))
                    new = HYPHEN_GLYPH + "\n" if kind == HYPHEN else "\n"
                    mends.append(Mend(number, position + offset, position + offset, new))
                at += full
            position += len(word) + 1
    breaks.append(Break(at, at, spaces, spaces, END))
    mends.append(Mend(len(slots) - 1, 0, 0, ""))
    return breaks, mends


def _shrunk(breaks: list[Break], chosen: list[int], measure: float, indent: float) -> bool:
    start = -indent
    for at in chosen:
        if breaks[at].end - start > measure:
            return True
        start = breaks[at].start
    return False


def _loosest(
    breaks: list[Break], chosen: list[int], measure: float, indent: float, space: float
) -> float:
    """The widest word space of the filled lines by the normal one."""
    start, spaces, widest = -indent, 0, 1.0
    for at in chosen[:-1]:
        gaps = max(breaks[at].spaces - spaces, 1)
        widest = max(widest, 1 + (measure - (breaks[at].end - start)) / (gaps * space))
        start, spaces = breaks[at].start, breaks[at].spaces_after
    return widest


def _last_is_shrunk(breaks: list[Break], chosen: list[int], measure: float) -> bool:
    return breaks[chosen[-1]].end - breaks[chosen[-2]].start > measure


def _write(slots: list[Slot], mends: list[Mend]) -> None:
    for mend in reversed(mends):
        slot = slots[mend.slot]
        _put(slot, slot.string[: mend.start] + mend.new + slot.string[mend.end :])


def _ease(slots: list[Slot], last: Mend) -> None:
    """Gives the last line its normal word space back in a paragraph set tight."""
    split = slots[last.slot]
    cut = split.string.rindex("\n") + 1
    parents: dict[Element, Element] = {}
    for slot in slots:
        for child in slot.element:
            parents[child] = slot.element
    for number, slot in enumerate(slots[last.slot :]):
        string = slot.string
        kept, eased = (string[:cut], string[cut:]) if number == 0 else ("", string)
        if " " not in eased or slot.fixed:
            continue
        span = Element("span", {"class": "eased"})
        span.text = eased
        _put(slot, kept)
        if slot.tail:
            parent = parents[slot.element]
            parent.insert(list(parent).index(slot.element) + 1, span)
        else:
            slot.element.insert(0, span)


def _wrap(paragraph: Element, names: str) -> None:
    inner = Element("span", {"class": "lines"})
    inner.text, paragraph.text = paragraph.text, None
    inner.extend(list(paragraph))
    for child in list(paragraph):
        paragraph.remove(child)
    paragraph.append(inner)
    paragraph.set("class", f"{paragraph.get('class', '')} {names}".strip())
