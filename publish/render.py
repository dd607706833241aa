"""A finished document and its edition in, a `Book` of semantic XHTML out.

An edition from a folder gets its whole apparatus; a bare text gets a title page, a contents page
for print, and its notes. Every part is parsed once at the end: markup that is not well-formed is a
defect of ours and stops here, with the name of the part.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import replace
from hashlib import sha256
from xml.parsers import expat

from publish.book import Book, Part
from publish.document import Document
from publish.edition import Edition
from publish.ledger import Status
from publish.rendering.apparatus import (
    Reading,
    colophon,
    emendations,
    glossary,
    places,
    readings,
    retained,
    uses,
)
from publish.rendering.front import (
    contents,
    half_title,
    imprint,
    introduction,
    note_on_the_text,
    title_page,
)
from publish.rendering.index import index, term_occurrences, with_occurrences
from publish.rendering.inline import References
from publish.rendering.labels import labels
from publish.rendering.notes import endnotes, notes_of, numbered
from publish.rendering.sections import plain_title, text_parts

ID = re.compile(r'\sid="([^"]*)"')
LINK = re.compile(r'\shref="#([^"]*)"')


def render(document: Document, edition: Edition) -> Book:
    """The book of this document. Raises EditionError for what the editor wrote wrongly in
    Markdown, ValueError if a part is not well-formed or its ids or links are not right."""
    blocks, metadata = document.blocks, edition.metadata
    words, title = labels(metadata.language), title_of(document, edition)
    emended = readings(document, Status.EMENDED) if edition.folder else []
    kept = readings(document, Status.RETAINED) if edition.folder else []
    notes, calls = numbered(blocks, edition)
    terms = frozenset(term.id for term in edition.glossary)
    found = term_occurrences(blocks, edition, title, words["notes"]) if edition.glossary else []
    references = References(calls, terms, with_occurrences(places((*emended, *kept)), found))
    text = text_parts([b for b in blocks if b.kind != "note"], references, title)

    ids = {id for part in text for id in ID.findall(part.body)} | terms
    ids |= {note.id for note in notes} | {"introduction", "note-on-the-text", "glossary"}
    leads = ids.__contains__
    made = notes_of(notes, references, edition, words, leads)
    ids |= {id for note in made for id in ID.findall(note.body)}
    # A call, a term or a reading in white space that a line of verse loses has no place.
    made = tuple(note if note.call in ids else replace(note, call="") for note in made)
    emended, kept = ([_placed(r, ids) for r in listed] for listed in (emended, kept))
    front: list[Part] = [title_page(metadata, words, title, bool(edition.logo))]
    back = [part for part in (endnotes(made, words),) if part]
    before: list[Part] = []
    if edition.folder:
        front = [half_title(metadata, words, title), *front, imprint(metadata, words, title)]
        if edition.introduction.strip():
            before.append(introduction(edition, words, leads))
        if edition.note_on_the_text.strip():
            before.append(note_on_the_text(edition, document.ledger, words, leads))
        if edition.glossary:
            used = uses((b for b in blocks if b.kind != "note"), title, ids)
            back.append(glossary(edition, used, words, leads))
            back.append(index(edition, found, words, ids))
        back += [emendations(emended, words)] if emended else []
        back += [retained(kept, words)] if kept else []
    digest = sha256(edition.source).hexdigest()
    if edition.folder:
        back.append(colophon(edition, digest, words))
    following = [*before, *text, *back]
    if sum(part.listed for part in following) + sum(len(p.points) for p in text) > 2:
        front.append(contents(following, words))
    parts = (*front, *following)
    check_parts(parts)
    count = sum(len(block.text.value.split()) for block in blocks)
    titled = replace(edition, metadata=replace(metadata, title=title))  # a bare text gets one here
    return Book(titled, parts, made, document.ledger, digest, count, (), blocks)


def _placed(reading: Reading, ids: Container[str]) -> Reading:
    return reading if reading.id in ids else reading._replace(id=reading.block)


def title_of(document: Document, edition: Edition) -> str:
    """The title; for want of one the heading that the text begins with, if it is no chapter's or
    number's; else the name of the source."""
    head = document.blocks[0] if document.blocks else None
    first = ""
    if head and head.kind == "heading" and not head.role and "\n" not in head.text.value:
        first = "" if len(plain_title(head)) < 6 else plain_title(head)
    return edition.metadata.title or first or edition.slug.replace("-", " ").title()


def check_parts(parts: Iterable[Part]) -> None:
    """Raises ValueError, naming the part, unless all are well-formed, ids are unique and every
    link and point leads to one."""
    parts = tuple(parts)
    homes: dict[str, str] = {}
    for part in parts:
        parser = expat.ParserCreate(namespace_separator=" ")
        try:
            parser.Parse('<x xmlns:epub="http://www.idpf.org/2007/ops">', False)
            parser.Parse(part.body.encode(), False)
            parser.Parse("</x>", True)
        except (expat.ExpatError, UnicodeEncodeError) as error:
            raise ValueError(
                f"part {part.id} ({part.title}) is not well-formed: {error}"
            ) from error
        for id in ID.findall(part.body):
            if id in homes:
                raise ValueError(f"part {part.id}: the id {id} stands in {homes[id]} too")
            homes[id] = part.id
    for part in parts:
        wanted = {*LINK.findall(part.body), *(point.id for point in part.points), part.id}
        if missing := wanted - homes.keys():
            raise ValueError(f"part {part.id} leads to what is not there: {sorted(missing)}")
