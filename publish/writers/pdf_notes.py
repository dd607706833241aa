"""Notes at the feet of printed pages, each on that of its call; what nothing calls, or no page
holds, stays at the end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import ceil
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from publish.book import Book, Note, Part
from publish.lines.faces import Look, width
from publish.trim import Sheet
from publish.writers.pdf_dress import add_class

EPUB: Final = "http://www.idpf.org/2007/ops"
TYPE: Final = f"{{{EPUB}}}type"
NOTE_SIZE: Final = 0.84  # of the text's
NOTE_LEADING: Final = 0.8
TEXT_ABOVE: Final = 4  # lines: those of the call and one more, the space between, one for error
UNFILLED: Final = 1.05  # lines that words take by those that they would fill
BLOCK_END: Final = re.compile(r"</(?:p|li|dd|dt|tr)>|<br ?/>")
TAG: Final = re.compile(r"<[^>]*>")
ID: Final = re.compile(r'\sid="([^"]*)"')


def gathers_notes(part: Part, book: Book) -> bool:
    """Whether a part holds the book's notes. A text may have endnotes besides that are prose."""
    return part.kind == "endnotes" and not {note.id for note in book.notes}.isdisjoint(
        ID.findall(part.body)
    )


def notes_at_end(book: Book) -> bool:
    """Whether all notes of the printed book stand at its end."""
    return bool(book.notes) and book.edition.print.notes == "end"


def footnotes(book: Book, page: Sheet) -> dict[str, Note]:
    """The notes by id that stand at the foot of a page, where a call of the printed text leads to
    them. The layout parts none, so one that might be higher than the page stands at the end."""
    if notes_at_end(book):
        return {}
    ids: set[str] = set()
    for part in book.parts:
        if part.wanted_by("pdf") and not gathers_notes(part, book):
            ids.update(ID.findall(part.body))
    return {
        note.id: note
        for note in book.notes
        if note.call in ids and _height(note, page) <= page.lines - TEXT_ABOVE
    }


def _height(note: Note, page: Sheet) -> float:
    """About how high a note would be at the foot of a page, in lines of text, rather too high."""
    size, leading = (1.0, 1.0) if page.theme.ragged else (NOTE_SIZE, NOTE_LEADING)
    measure, look = page.measure / page.size / size, Look(page.theme.family)
    lines = 0
    for block in BLOCK_END.split(note.body):
        text = TAG.sub("", block)
        lines += ceil((width(text, look) or len(text) * page.theme.letter) / measure * UNFILLED)
    return lines * leading


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


def is_noteref(link: Element) -> bool:
    """Whether a link calls a note."""
    kind = link.get("data-type", link.get(TYPE, ""))
    return "noteref" in kind or "doc-noteref" in link.get("role", "")
