"""The rendered book: what `render` makes once and every writer wraps.

A `Book` is plain data: metadata, parts of semantic XHTML in reading order, notes beside them.
Links inside the book are `href="#id"` everywhere; a writer that puts parts into files of their
own completes them. Ids are unique over the whole book.
"""

from __future__ import annotations

from dataclasses import dataclass

from publish.document import Block
from publish.edition import Edition
from publish.ledger import Change

ROLES = {  # EPUB structural vocabulary → DPUB-ARIA role, where there is one
    "abstract": "doc-abstract",
    "acknowledgments": "doc-acknowledgments",
    "afterword": "doc-afterword",
    "appendix": "doc-appendix",
    "chapter": "doc-chapter",
    "colophon": "doc-colophon",
    "conclusion": "doc-conclusion",
    "credits": "doc-credits",
    "dedication": "doc-dedication",
    "endnotes": "doc-endnotes",
    "epigraph": "doc-epigraph",
    "epilogue": "doc-epilogue",
    "errata": "doc-errata",
    "footnote": "doc-footnote",
    "foreword": "doc-foreword",
    "glossary": "doc-glossary",
    "glossref": "doc-glossref",
    "index": "doc-index",
    "introduction": "doc-introduction",
    "noteref": "doc-noteref",
    "pagebreak": "doc-pagebreak",
    "pagelist": "doc-pagelist",
    "part": "doc-part",
    "preface": "doc-preface",
    "prologue": "doc-prologue",
    "subtitle": "doc-subtitle",
    "toc": "doc-toc",
}


@dataclass(frozen=True, slots=True)
class NavPoint:
    """A heading inside a part: `id` of the element, plain title, level counted from 1."""

    id: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the book in reading order, which is one file of the EPUB.

    `kind` is a term of the EPUB structural vocabulary ("halftitlepage", "titlepage",
    "copyright-page", "toc", "introduction", "preface", "chapter", "part", "endnotes", "glossary",
    "appendix", "colophon" …); `matter` is "front", "body" or "back". `body` is one well-formed
    <section> element with id=`id`, namespace prefixes `epub:` bound by the writer. `level` is the
    depth in the contents: 1, or 2 for a chapter inside a part. `formats` names the writers that
    take this part, all if empty.
    """

    id: str
    title: str
    kind: str
    matter: str
    body: str
    level: int = 1
    listed: bool = True
    points: tuple[NavPoint, ...] = ()
    formats: tuple[str, ...] = ()

    def wanted_by(self, format: str) -> bool:
        return not self.formats or format in self.formats


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the book: `body` is the XHTML of its paragraphs, `call` the id of its reference.

    In a part's body the reference is
    <a epub:type="noteref" role="doc-noteref" id="{call}" href="#{id}">{label}</a>.
    The "endnotes" part gathers the notes for formats without feet of pages. The print writer sets
    each body at the foot of its call's page, and at the end what the edition wants there, what
    nothing calls and what is too long for a page.
    """

    id: str
    label: str
    call: str
    body: str


@dataclass(frozen=True, slots=True)
class Book:
    """`text_words` counts the words of the reading text; `page_breaks` are (page label, block id,
    offset) of the print edition, empty unless the edition asked for a page list. `blocks` are the
    finished text, for writers of plain text."""

    edition: Edition
    parts: tuple[Part, ...]
    notes: tuple[Note, ...] = ()
    ledger: tuple[Change, ...] = ()
    source_digest: str = ""
    text_words: int = 0
    page_breaks: tuple[tuple[str, str, int], ...] = ()
    blocks: tuple[Block, ...] = ()
