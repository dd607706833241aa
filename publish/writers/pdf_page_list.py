"""Where the pages of the print edition begin, as places in the text: for an EPUB's page list.

Only an edition that asks for a page list pays for the second layout.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from publish.book import Book
from publish.ledger import ink
from publish.writers.pdf import lay_out
from publish.writers.pdf_folios import folios
from publish.writers.pdf_notes import EPUB, is_noteref

HYPHEN: Final = "\N{HYPHEN}"  # what a divided word ends in; it is not in the text
HOLDERS: Final = frozenset(("section", "body"))  # their ids name no text of their own
KNOWN_BY: Final = 24  # characters with ink by which the head of a line is found again


class Line(NamedTuple):
    """A line of running text: the ids of its block ("" for none) and of its part."""

    id: str
    part: str
    text: str


def with_page_breaks(book: Book) -> Book:
    """The book with the page breaks of its PDF."""
    return replace(book, page_breaks=page_breaks(book))


def page_breaks(book: Book) -> tuple[tuple[str, str, int], ...]:
    """(page label, id, offset) for each page that has text: the place of its first word.

    The id is a block's; a page without any, such as a title page, has that of its part. Offsets
    count the characters of the element's text, without the labels of note references. Front
    matter is labelled in roman numerals, the rest from 1 on, as the folios are.
    """
    texts = dict(_texts(book))
    pages = lay_out(book).pages
    shown: dict[str, int] = {}  # block id → characters with ink on the pages before
    opened: set[str] = set()  # parts that began on the pages before
    breaks = []
    for label, page in zip(folios(pages), pages, strict=True):
        lines = list(_lines(page._page_box))
        place = _place(lines, texts, shown, opened)
        if place:
            breaks.append((label, *place))
        for id, part, text in lines:
            shown[id] = shown.get(id, 0) + len(ink(text.removesuffix(HYPHEN)))
            opened.add(part)
    return tuple(breaks)


def _place(
    lines: list[Line], texts: dict[str, str], shown: dict[str, int], opened: set[str]
) -> tuple[str, int] | None:
    """Where a page of these lines begins: at its first line, if that or its part is known, else
    at the first that is."""
    for line in lines:
        if line.id in texts:
            return line.id, _offset(texts[line.id], shown.get(line.id, 0), line.text)
        if line.part and line.part not in opened:
            return line.part, 0
    return None


def _lines(box: Any, id: str = "", part: str = "") -> Iterator[Line]:
    """The lines of running text on a page."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.MarginBox | boxes.FootnoteAreaBox):
        return
    if isinstance(box, boxes.LineBox):
        text = "".join(
            part.text
            for part in box.descendants()
            if isinstance(part, boxes.TextBox) and "::" not in (part.element_tag or "")
        )
        if text.strip():
            yield Line(id, part, text)
        return
    if box.element is not None:
        if box.element_tag == "section" and "part" in box.element.get("class", "").split():
            id, part = "", box.element.get("id", "")
        elif box.element_tag not in HOLDERS:
            id = box.element.get("id", id)
    for child in getattr(box, "children", ()):
        yield from _lines(child, id, part)


def _texts(book: Book) -> Iterator[tuple[str, str]]:
    """Each block's id and its text as the EPUB has it."""
    for part in book.parts:
        if part.wanted_by("pdf") and part.wanted_by("epub"):
            tree = ElementTree.fromstring(f'<div xmlns:epub="{EPUB}">{part.body}</div>')
            for element in tree.iter():
                if "id" in element.attrib and element.tag not in HOLDERS:
                    yield element.attrib["id"], "".join(_own_text(element))


def _own_text(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if not is_noteref(child):
            yield from _own_text(child)
        yield child.tail or ""


def _offset(text: str, shown: int, line: str) -> int:
    """Where in a text the line begins that print has after `shown` characters of the block.

    Print sets a glossary and a list of readings with other signs between their words than a
    screen does: there the line is sought by its first words, near that place.
    """
    places = [at for at, character in enumerate(text) if not character.isspace()]
    inked = "".join(text[at] for at in places)
    head = ink(line.removesuffix(HYPHEN))[:KNOWN_BY]
    if shown and not inked.startswith(head, shown):
        found = (at for at in range(len(inked)) if inked.startswith(head, at))
        shown = min(found, key=lambda at: abs(at - shown), default=shown)
    return places[shown] if shown < len(places) else len(text)
