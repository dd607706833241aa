"""Where the pages of the print edition begin, as places in the text: for an EPUB's page list.

Only an edition that asks for a page list pays for the second layout.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from publish.book import Book
from publish.writers.pdf import lay_out
from publish.writers.pdf_folios import folios
from publish.writers.pdf_notes import EPUB, is_noteref

HYPHEN = "\N{HYPHEN}"  # what a divided word ends in; it is not in the text


def page_breaks(book: Book) -> tuple[tuple[str, str, int], ...]:
    """(page label, block id, offset) for each page on which a block with an id begins or goes on.

    Offsets count the characters of the block's text, without the labels of note references. Front
    matter is labelled in roman numerals, the rest from 1 on, as the folios are.
    """
    texts = dict(_texts(book))
    pages = lay_out(book).pages
    shown: dict[str, int] = {}  # block id → characters with ink on the pages before
    breaks = []
    for label, page in zip(folios(pages), pages, strict=True):
        first = True
        for id, text in _lines(page._page_box):
            if first and id in texts:
                first = False
                breaks.append((label, id, _offset(texts[id], shown.get(id, 0))))
            ink = len("".join(text.removesuffix(HYPHEN).split()))
            shown[id] = shown.get(id, 0) + ink
    return tuple(breaks)


def _lines(box: Any, id: str = "") -> Iterator[tuple[str, str]]:
    """(id of the block, text) of each line of running text on a page."""
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
            yield id, text
        return
    if box.element is not None and box.element_tag not in ("section", "div", "body"):
        id = box.element.get("id", id)
    for child in getattr(box, "children", ()):
        yield from _lines(child, id)


def _texts(book: Book) -> Iterator[tuple[str, str]]:
    """Each block's id and its text as the EPUB has it."""
    for part in book.parts:
        if part.wanted_by("pdf"):
            tree = ElementTree.fromstring(f'<div xmlns:epub="{EPUB}">{part.body}</div>')
            for element in tree.iter():
                if "id" in element.attrib and element.tag not in ("section", "div"):
                    yield element.attrib["id"], "".join(_own_text(element))


def _own_text(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if not is_noteref(child):
            yield from _own_text(child)
        yield child.tail or ""


def _offset(text: str, ink: int) -> int:
    """Where in a text its character with ink number `ink`, counted from 0, stands."""
    for at, character in enumerate(text):
        if not character.isspace():
            if not ink:
                return at
            ink -= 1
    return len(text)
