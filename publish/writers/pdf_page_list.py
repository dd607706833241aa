"""Where the pages of the print edition begin, as places in the text: for an EPUB's page list.

Only an edition that asks for a page list pays for the second layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from publish.book import Book
from publish.ledger import ink
from publish.writers.laid import HOLDERS, Kept, Line
from publish.writers.pdf import look_of, plan_of
from publish.writers.pdf_layout import lay_out
from publish.writers.pdf_notes import EPUB, is_noteref

HYPHEN: Final = "\N{HYPHEN}"  # what a divided word ends in; it is not in the text
KNOWN_BY: Final = 24  # characters with ink by which the head of a line is found again


def with_page_breaks(book: Book, kept: Kept | None = None) -> Book:
    """The book with the page breaks of its PDF. `kept` are the layouts of an earlier run."""
    return replace(book, page_breaks=page_breaks(book, kept))


def page_breaks(book: Book, kept: Kept | None = None) -> tuple[tuple[str, str, int], ...]:
    """(page label, id, offset) for each page that has text: the place of its first word.

    The id is a block's; a page without any, such as a title page, has that of its part. Offsets
    count the characters of the element's text, without the labels of note references. Front
    matter is labelled in roman numerals, the rest from 1 on, as the folios are.
    """
    texts = dict(_texts(book))
    plan = plan_of(book)
    laid = lay_out(plan, look_of(plan)._replace(texts=True), kept)
    shown: dict[str, int] = {}  # block id → characters with ink on the pages before
    opened: set[str] = set()  # parts that began on the pages before
    breaks = []
    pages = (
        (division.folio(each.start, page), lines)
        for division, each in zip(plan.divisions, laid, strict=True)
        for page, lines in enumerate(each.texts)
    )
    for label, lines in pages:
        place = _place(lines, texts, shown, opened)
        if place:
            breaks.append((label, *place))
        for id, part, text in lines:
            shown[id] = shown.get(id, 0) + len(ink(text.removesuffix(HYPHEN)))
            opened.add(part)
    return tuple(breaks)


def _place(
    lines: Sequence[Line], texts: dict[str, str], shown: dict[str, int], opened: set[str]
) -> tuple[str, int] | None:
    """Where a page of these lines begins: at its first line, if that or its part is known, else
    at the first that is."""
    for line in lines:
        if line.id in texts:
            return line.id, _offset(texts[line.id], shown.get(line.id, 0), line.text)
        if line.part and line.part not in opened:
            return line.part, 0
    return None


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
