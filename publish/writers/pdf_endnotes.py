"""Notes at the end of the printed book: under the titles of their sections, numbers hanging out,
with heads that say which pages' notes stand on a page.

A reader comes to them with a page and a number in mind; head, title and number lead there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from publish.book import Note
from publish.rendering.labels import labels
from publish.writers.divisions import Plan
from publish.writers.pdf_dress import add_class, running_head
from publish.writers.pdf_note_homes import Home, group_titles, homes
from publish.writers.pdf_notes import gathers_notes, note_body

MOST_FIGURES: Final = 4  # of a number: print.css has a margin for no more

Standing = Sequence[Sequence[str]]  # the notes that begin or go on on each page, by their ids


def set_endnotes(
    section: Element,
    plan: Plan,
    fits: Callable[[str], bool],
    pages: Mapping[str, str],
    standing: Standing,
) -> None:
    """Sets the notes that stand at the end in the section that gathers them. `pages` has the folio
    of each call and `standing` the notes of each page, once a layout has found them; `fits` says
    whether the head of a page holds something."""
    add_class(section, "at-end")
    for gathered in section.findall("ol"):
        section.remove(gathered)
    longest = max(len(note.label) for note in plan.endnotes)
    figures = f"figures-{min(longest, MOST_FIGURES)}"
    notes = {note.id: _set_note(note, figures, pages.get(note.call, "")) for note in plan.endnotes}
    placed = homes_in(plan)
    titles = group_titles(placed)
    for home, group in groupby(zip(placed, notes.values(), strict=True), lambda pair: pair[0]):
        holder = section
        if len(titles) > 1:
            holder = SubElement(section, "section", {"class": "notes-of"})
            SubElement(holder, "h3").text = titles[home]
        holder.extend(note for _, note in group)
    title = next(part.title for part in plan.parts if part.id == section.get("id"))
    folios = [pages.get(note.call, "") for note in plan.endnotes]
    _set_heads(notes, standing, _heads(plan.book.edition.metadata.language, title, fits, folios))


def homes_in(plan: Plan) -> list[Home]:
    """The section that each of the notes at the end belongs to."""
    texts = [part for part in plan.parts if not gathers_notes(part, plan.book)]
    found = homes(plan.book.notes, texts)
    at_end = {note.id for note in plan.endnotes}
    return [home for note, home in zip(plan.book.notes, found, strict=True) if note.id in at_end]


def _set_note(note: Note, figures: str, folio: str) -> Element:
    """Number and text; the number leads back to the call, whose page has this folio."""
    made = note_body(note, "div")
    made.attrib = {"class": f"endnote {figures}", "id": note.id, "data-folio": folio}
    if not len(made) or made[0].tag != "p":
        made.insert(0, Element("p"))
    first = made[0]
    number = Element("span", {"class": f"note-number {figures}", "data-label": note.label})
    if note.call:
        number.tag = "a"
        number.attrib |= {"href": f"#{note.call}", "role": "doc-backlink"}
    number.tail, first.text = first.text, None
    first.insert(0, number)
    return made


def _set_heads(
    notes: Mapping[str, Element],
    standing: Standing,
    head_of: Callable[[Sequence[str]], str],
) -> None:
    """Writes on the notes what heads their pages. The last that says something on a page is heard:
    that is the number of the last note to begin there; on a page where none does, the note that
    goes on from the one before, all of which is of its own."""
    seen: set[str] = set()
    for ids in standing:
        head = head_of([notes[id].get("data-folio", "") for id in ids])
        for id in ids:
            if id not in seen:
                notes[id].set("data-head", head_of([notes[id].get("data-folio", "")]))
                number = notes[id].find(".//*[@data-label]")
                if number is not None:
                    number.set("data-head", head)
        seen.update(ids)


def _heads(
    language: str, title: str, fits: Callable[[str], bool], folios: Sequence[str]
) -> Callable[[Sequence[str]], str]:
    """What is said, in the book's language, of a page with notes to pages of these folios ("" for
    that of a note that nothing calls): in words, or if one of `folios` leaves no room for words, in
    numbers alone throughout; `title` where there is no folio."""
    words = labels(language)
    in_words = all(
        fits(words["notes_to_pages"].format(first=folio, last=folio)) for folio in set(folios)
    )
    one = words["notes_to_page"] if in_words else "{page}"
    more = words["notes_to_pages"] if in_words else "{first}–{last}"

    def head_of(folios: Sequence[str]) -> str:
        known = [folio for folio in folios if folio]
        if not known:
            return running_head(title, fits)
        first, last = known[0], known[-1]
        return (one if first == last else more).format(page=first, first=first, last=last)

    return head_of
