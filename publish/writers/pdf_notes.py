"""Notes at the feet of printed pages, each on that of its call; what nothing calls stays at the
end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from publish.book import Book, Note, Part
from publish.writers.pdf_dress import add_class

EPUB: Final = "http://www.idpf.org/2007/ops"
TYPE: Final = f"{{{EPUB}}}type"
ID: Final = re.compile(r'\sid="([^"]*)"')


def gathers_notes(part: Part, book: Book) -> bool:
    """Whether a part holds the book's notes. A text may have endnotes besides that are prose."""
    return part.kind == "endnotes" and not {note.id for note in book.notes}.isdisjoint(
        ID.findall(part.body)
    )


def notes_at_end(book: Book) -> bool:
    """Whether all notes of the printed book stand at its end."""
    return bool(book.notes) and book.edition.print.notes == "end"


def footnotes(book: Book) -> dict[str, Note]:
    """The notes by id that stand at the foot of a page, where a call of the printed text leads to
    them."""
    if notes_at_end(book):
        return {}
    ids: set[str] = set()
    for part in book.parts:
        if part.wanted_by("pdf") and not gathers_notes(part, book):
            ids.update(ID.findall(part.body))
    return {note.id: note for note in book.notes if note.call in ids}


def set_notes(section: Element, notes: Mapping[str, Note]) -> None:
    """Puts the body of each of these notes right behind its call, from where it floats to the
    page's foot. Calls of others, and second calls, are a number alone."""
    calls = [
        (parent, at)
        for parent in section.iter()
        for at, child in enumerate(parent)
        if child.tag == "a" and is_noteref(child)
    ]
    for parent, at in calls:
        call = parent[at]
        note = notes.get(call.get("href", "")[1:])
        if note is None or call.get("id") != note.call:
            add_class(call, "call")
            continue
        noted = Element("span", {"class": "noted", "id": note.call})
        noted.append(_foot(note))
        noted.tail = call.tail
        parent[at] = noted


def _foot(note: Note) -> Element:
    foot = note_body(note, "span")
    foot.attrib = {"class": "footnote", "id": note.id, "data-label": note.label}
    for link in foot.iter("a"):
        if is_noteref(link):
            add_class(link, "call")
    if len(foot) and foot[0].tag == "p":
        foot[0].tag = "span"  # beside its number, not below it
    return foot


def note_body(note: Note, tag: str) -> Element:
    """The paragraphs of a note in an element of this tag, without a way back to the text."""
    body = ElementTree.fromstring(f'<{tag} xmlns:epub="{EPUB}">{note.body}</{tag}>')
    for holder in list(body.iter()):
        for child in list(holder):
            if "doc-backlink" in child.get("role", ""):
                holder.remove(child)
    return body


def keep_uncalled(section: Element, printed: Iterable[str]) -> bool:
    """Takes the notes that are printed at the foot out of the notes at the end; says whether any
    is left."""
    gone = set(printed)
    left = 0
    for holder in list(section.iter()):
        for child in list(holder):
            if child.get("id") in gone:
                holder.remove(child)
            elif child.tag == "li":
                left += 1
    return bool(left)


def is_noteref(link: Element) -> bool:
    """Whether a link calls a note."""
    kind = link.get("data-type", link.get(TYPE, ""))
    return "noteref" in kind or "doc-noteref" in link.get("role", "")
