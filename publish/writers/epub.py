"""An EPUB 3.3 of the book: a `Book` in, the bytes of the file out, the same on every run.

Each part is a file; the contents page stands where the book has its contents, and serves the
reading system as navigation at the same time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from publish.book import Book, Part
from publish.cover import cover
from publish.language import load_language
from publish.writers import epub_contents as contents
from publish.writers import epub_metadata as metadata
from publish.writers.epub_fonts import sheet, subset_faces
from publish.writers.epub_glossary import search_key_map
from publish.writers.epub_kobo import kobo_spans
from publish.writers.epub_package import Package
from publish.writers.epub_page_breaks import page_break, page_id
from publish.writers.epub_pages import ID, Page, page_xhtml, pages
from publish.writers.logo import logo_of, with_logo
from publish.writers.moment import moment

STYLES = ("base.css", "epub.css")
NAV = "contents.xhtml"
COVER_PAGE = "cover.xhtml"
KEY_MAP, KEY_MAP_TYPE = "search-key-map.xml", "application/vnd.epub.search-key-map+xml"
GUIDE = {"titlepage": "title-page", "toc": "toc", "bodymatter": "text", "glossary": "glossary"}
ITEM_PROPERTIES = ("glossary",)  # EPUB Dictionaries and Glossaries 1.0, section 3.2
BEFORE_CONTENTS = ("cover", "halftitlepage", "titlepage", "copyright-page", "dedication")


def write_epub(book: Book, *, kobo: bool = False) -> bytes:
    """The book as an EPUB 3.3, valid under EPUBCheck for any book that `render` makes.

    With `kobo`, each sentence has a span of its own (the file is then named .kepub.epub).
    The one environment variable read is SOURCE_DATE_EPOCH. Raises EditionError if the edition's
    own cover is no image.
    """
    language = metadata.language(book.edition.metadata)
    words = load_language(language).subject("epub")
    words = words or load_language("en").subject("epub")
    parts = tuple(part for part in book.parts if part.wanted_by("epub") and part.kind != "toc")
    split = pages(parts, book.page_breaks)
    if kobo:
        split = [replace(page, body=kobo_spans(page.body)) for page in split]
    home = {id: page.name for page in split for id in ID.findall(page.body)}
    home |= {page_id(label): NAV for label in _pages_of_contents(book)}
    tree = contents.entries(split, home, metadata.title(book.edition.metadata))
    printed = [
        contents.Entry(label, f"{home[page_id(label)]}#{page_id(label)}")
        for label, _, _ in book.page_breaks
        if page_id(label) in home
    ]
    marks = contents.landmarks(split, NAV, words["landmark"])
    logo = logo_of(book.edition)
    if logo:
        address = f"images/logo.{logo.extension}"
        split = [replace(page, body=with_logo(page.body, address)) for page in split]
    package = Package(
        metadata.identifier(book),
        language,
        metadata.entries(book, _features(book, parts), _summary(book, parts, words["summary"])),
    )
    _add_cover(package, book, words)
    nav = contents.nav_body(
        _contents_title(book, words),
        tree, marks, words["landmarks"], printed, words["page_list"],
    )  # fmt: skip
    nav = "".join(map(page_break, _pages_of_contents(book))) + nav
    _add_pages(package, book, split, nav, _contents_title(book, words))
    key_map = search_key_map(book, home, language)
    if key_map:
        properties = ("glossary", "search-key-map")
        package.add("search-key-map", KEY_MAP, KEY_MAP_TYPE, key_map, properties)
    if logo:
        package.add("logo", address, logo.media_type, logo.data)
    faces = subset_faces(page.body for page in split) if book.edition.epub.fonts else ()
    for face in faces:
        package.add(face.id, face.name, face.media_type, face.data)
    for name in STYLES:
        package.add(name.replace(".", "-"), f"css/{name}", "text/css", sheet(name, faces))
    for mark in marks:
        if mark.kind in GUIDE:
            package.guide(GUIDE[mark.kind], mark.title, mark.href)
    title = metadata.title(book.edition.metadata)
    ncx = contents.ncx(title, metadata.identifier(book), language, tree, printed)
    return package.write(ncx, moment(book.edition.metadata))


def write_kepub(book: Book) -> bytes:
    """The book as an EPUB for Kobo's readers."""
    return write_epub(book, kobo=True)


def _add_cover(package: Package, book: Book, words: Mapping[str, Any]) -> None:
    image = cover(book.edition)
    name = f"images/cover.{image.extension}"
    package.add("cover-image", name, image.media_type, image.data, ("cover-image",))
    package.name_cover("cover-image")
    facts = book.edition.metadata
    alt = words["cover_alt_by"] if facts.byline else words["cover_alt"]
    alt = alt.format(title=metadata.title(facts), byline=metadata.plain(facts.byline))
    body = (
        f'<section class="cover" epub:type="cover" aria-label="{escape(words["cover"])}">'
        f'<img role="doc-cover" src="{name}" alt="{escape(alt)}"/></section>'
    )
    package.add_page("cover", COVER_PAGE, _page(words["cover"], body, book, "front"))


def _add_pages(package: Package, book: Book, split: Sequence[Page], nav: str, title: str) -> None:
    place = _contents_place(book, split)
    for index, page in enumerate(split):
        if index == place:
            package.add_page("nav", NAV, _page(title, nav, book, "front"), ("nav",))
        id = "p-" + page.name.removesuffix(".xhtml")
        properties = (page.part.kind,) if page.part.kind in ITEM_PROPERTIES else ()
        content = _page(page.title, page.body, book, page.part.matter)
        package.add_page(id, page.name, content, properties)
    if place >= len(split):
        package.add_page("nav", NAV, _page(title, nav, book, "front"), ("nav",))


def _contents_place(book: Book, split: Sequence[Page]) -> int:
    """The index of the page before which the contents stand: where the book has them, else
    after the title and imprint."""
    before = 0
    kinds = [part.kind for part in book.parts]
    if "toc" in kinds:
        ahead = {part.id for part in book.parts[: kinds.index("toc")]}
        return sum(page.part.id in ahead for page in split)
    for index, page in enumerate(split):
        if page.part.kind in BEFORE_CONTENTS:
            before = index + 1
        else:
            break
    return before


def _pages_of_contents(book: Book) -> list[str]:
    """The printed pages of the contents, which an EPUB has in its navigation page."""
    listed = {part.id for part in book.parts if part.kind == "toc"}
    return [label for label, id, _ in book.page_breaks if id in listed]


def _contents_title(book: Book, words: Mapping[str, Any]) -> str:
    own = next((part.title for part in book.parts if part.kind == "toc" and part.title), "")
    return own or str(words["landmark"]["toc"])


def _page(title: str, body: str, book: Book, matter: str) -> bytes:
    names = [f"css/{name}" for name in STYLES]
    facts = book.edition.metadata
    return page_xhtml(title or metadata.title(facts), body, metadata.language(facts), names, matter)


def _features(book: Book, parts: Sequence[Part]) -> list[str]:
    """The schema.org accessibility features that this very book has."""
    found = ["tableOfContents", "readingOrder", "structuralNavigation", "alternativeText"]
    found += ["displayTransformability", "ARIA", "unlocked"]
    if any(part.kind == "index" for part in parts):
        found.append("index")
    if book.page_breaks:
        found += ["pageBreakMarkers", "pageNavigation"]
    return found


def _summary(book: Book, parts: Sequence[Part], words: Mapping[str, str]) -> str:
    kinds = {part.kind for part in parts}
    said = [words["text"]]
    if book.edition.logo:
        said.append(words["logo"])
    if book.notes:
        said.append(words["notes"])
    if "glossary" in kinds:
        said.append(words["glossary"])
    if book.page_breaks:
        said.append(words["pages"])
    return " ".join([*said, words["unchecked"]])
