"""The strings of a paragraph, in reading order, each with the look its words have.

An element tree has its text in pieces: the `text` and the `tail` of every element. Lines are
measured and broken across them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from publish.lines.faces import Look, width
from publish.lines.words import UnknownWidth

PLAIN_LOOK: Final = Look()
PLAIN: Final = frozenset({"a", "abbr", "span", "bdi", "cite", "em", "i", "b", "strong", "dfn"})
ITALIC: Final = frozenset({"em", "i", "cite", "dfn"})
BOLD: Final = frozenset({"b", "strong"})


@dataclass(frozen=True, slots=True)
class Setting:
    """How the paragraphs of a document are set: their language, the look of plain text, and what
    the classes of print.css do to widths. `calls` are the classes of note calls, `fixed` of page
    numbers that the layout will fill in, with the width in ems to expect of one not known;
    `ragged` leaves the right edge uneven and all words whole."""

    language: str
    base: Look = PLAIN_LOOK
    looks: Mapping[str, tuple[tuple[str, ...], float]] = field(default_factory=dict)
    calls: frozenset[str] = frozenset()
    fixed: Mapping[str, float] = field(default_factory=dict)
    ragged: bool = False


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


def slots_of(element: Element, look: Look, setting: Setting, language: str) -> Iterator[Slot]:
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
            yield from slots_of(child, inner, setting, child.get("lang", language))
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


def collapse_blanks(slots: list[Slot]) -> None:
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
        put(slot, string)
    if last is not None and open_blank:
        put(last, last.string.removesuffix(" "))


def put(slot: Slot, string: str) -> None:
    if slot.tail:
        slot.element.tail = string
    elif not slot.fixed:
        slot.element.text = string
