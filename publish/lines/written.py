"""Chosen line ends written into the strings of a paragraph."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

from publish.lines.slots import Slot, put


class Mend(NamedTuple):
    """Characters start..end of a slot give way to `new`."""

    slot: int
    start: int
    end: int
    new: str


def write_breaks(slots: list[Slot], mends: list[Mend]) -> None:
    for mend in reversed(mends):
        slot = slots[mend.slot]
        put(slot, slot.string[: mend.start] + mend.new + slot.string[mend.end :])


def name_lines(slots: list[Slot], names: list[str]) -> None:
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


def wrap(paragraph: Element, names: str) -> None:
    inner = Element("span", {"class": "lines"})
    inner.text, paragraph.text = paragraph.text, None
    inner.extend(list(paragraph))
    for child in list(paragraph):
        paragraph.remove(child)
    paragraph.append(inner)
    paragraph.set("class", f"{paragraph.get('class', '')} {names}".strip())
