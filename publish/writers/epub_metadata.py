"""What the package file of an EPUB says of the book, as plain values in writing order."""

from __future__ import annotations

import re
import uuid
from typing import NamedTuple

from publish.book import Book
from publish.edition import Contributor, Metadata
from publish.language import load_language

DC = "DC"
META = "OPF"
BOOKS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:publish:books")
WORDS_PER_MINUTE = 238  # silent reading of English prose, mean of 190 studies (Brysbaert 2019)
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CREATORS = frozenset(("aut", "att"))


class Entry(NamedTuple):
    """One element of the metadata: its namespace (`DC` or `META`), name, value and attributes."""

    space: str
    name: str
    value: str
    attributes: dict[str, str]


def plain(text: str) -> str:
    """The text without the characters that XML cannot hold, in one line."""
    return " ".join(NOT_XML.sub(" ", text).split())


def language(metadata: Metadata) -> str:
    """The book's language as a BCP 47 tag; English where nothing is known."""
    return plain(metadata.language).replace("_", "-") or "en"


def title(metadata: Metadata) -> str:
    return plain(metadata.title) or "Untitled"


def dc(name: str, value: str, id: str = "") -> Entry:
    return Entry(DC, name, plain(value), {"id": id} if id else {})


def meta(property: str, value: str, refines: str = "", scheme: str = "") -> Entry:
    attributes = {"property": property}
    if refines:
        attributes["refines"] = f"#{refines}"
    if scheme:
        attributes["scheme"] = scheme
    return Entry(META, "meta", plain(value), attributes)


def identifier(book: Book) -> str:
    """The edition's own URN, its EPUB's ISBN, or a UUID that is the same for the same source."""
    metadata = book.edition.metadata
    if metadata.identifier:
        return metadata.identifier
    isbn = isbn_urn(metadata, "epub")
    if isbn:
        return isbn
    source = book.source_digest or book.edition.slug
    seed = "\n".join((title(metadata), language(metadata), source))
    return uuid.uuid5(BOOKS, seed).urn


def isbn_urn(metadata: Metadata, *formats: str) -> str:
    """The ISBN of the first of these formats that has one, as a URN; "" if none has."""
    numbers = {format.lower(): number for format, number in metadata.isbn}
    number = next((numbers[format] for format in formats if format in numbers), "")
    return "urn:isbn:" + number.replace("-", "").replace(" ", "") if number else ""


def entries(book: Book, features: list[str], summary: str) -> list[Entry]:
    """Everything but the identifier and the date of change, which the package sets itself."""
    metadata = book.edition.metadata
    isbn = isbn_urn(metadata, "epub")
    return [
        *([dc("identifier", isbn, "isbn")] if isbn and isbn != identifier(book) else []),
        *_titles(metadata),
        dc("language", language(metadata)),
        *_people(metadata),
        *_publication(metadata),
        *_print_pages(book),
        *_accessibility(features, summary),
        *_extent(book.text_words),
    ]


def _titles(metadata: Metadata) -> list[Entry]:
    found = [
        dc("title", title(metadata), "title"),
        meta("title-type", "main", "title"),
        meta("display-seq", "1", "title"),
    ]
    sorted_as = title_file_as(title(metadata), language(metadata))
    if sorted_as != title(metadata):
        found.append(meta("file-as", sorted_as, "title"))
    if plain(metadata.subtitle):
        found += [
            dc("title", metadata.subtitle, "subtitle"),
            meta("title-type", "subtitle", "subtitle"),
            meta("display-seq", "2", "subtitle"),
        ]
    if plain(metadata.series):
        found += [
            Entry(
                META,
                "meta",
                plain(metadata.series),
                {"property": "belongs-to-collection", "id": "series"},
            ),
            meta("collection-type", "series", "series"),
        ]
        if plain(metadata.series_number):
            found.append(meta("group-position", metadata.series_number, "series"))
    return found


def _people(metadata: Metadata) -> list[Entry]:
    found: list[Entry] = []
    named = [person for person in metadata.contributors if plain(person.name)]
    for number, person in enumerate(named, 1):
        id = f"person{number}"
        found.append(dc("creator" if person.role in CREATORS else "contributor", person.name, id))
        found.append(meta("role", person.role, id, "marc:relators"))
        found.append(meta("file-as", name_file_as(person), id))
        found.append(meta("display-seq", str(number), id))
    return found


def _publication(metadata: Metadata) -> list[Entry]:
    found = [dc("date", metadata.edition_date)] if metadata.edition_date > "1970-01-01" else []
    found += [dc("subject", subject) for subject in metadata.subjects if plain(subject)]
    for name, value in (
        ("description", metadata.description),
        ("publisher", metadata.publisher),
        ("source", metadata.source_note),
        ("rights", metadata.rights),
    ):
        if plain(value):
            found.append(dc(name, value))
    return found


def _print_pages(book: Book) -> list[Entry]:
    """Which edition's pages the page list counts: EPUB Accessibility 1.1, section 4.2."""
    if not book.page_breaks:
        return []
    source = isbn_urn(book.edition.metadata, "print", "pdf") or f"{identifier(book)}#pdf"
    return [meta("pageBreakSource", source), dc("source", source, "printed"),
            meta("source-of", "pagination", "printed")]  # fmt: skip


def _accessibility(features: list[str], summary: str) -> list[Entry]:
    """The schema.org properties of EPUB Accessibility 1.1, section 3. Conformance to a level is
    not claimed: it would need an evaluation by a person."""
    return [
        meta("schema:accessMode", "textual"),
        meta("schema:accessModeSufficient", "textual"),
        *(meta("schema:accessibilityFeature", feature) for feature in features),
        meta("schema:accessibilityHazard", "none"),
        meta("schema:accessibilitySummary", summary),
    ]


def _extent(words: int) -> list[Entry]:
    if not words:
        return []
    hours, minutes = divmod(max(1, round(words / WORDS_PER_MINUTE)), 60)
    time = "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    return [meta("schema:wordCount", str(words)), meta("schema:timeRequired", time)]


def title_file_as(title: str, language: str) -> str:
    """The title as a catalogue sorts it: an article at its head goes to the end."""
    articles = load_language(language).subject("epub").get("articles", ())
    bare = title.strip("[]").strip()
    head, _, rest = bare.partition(" ")
    return f"{rest}, {head}" if rest and head.lower() in articles else bare or title


def name_file_as(person: Contributor) -> str:
    """The name as a catalogue sorts it, by its last word: Goethe, Johann Wolfgang von.

    A name of one word, one with a comma already, and one that begins with an article stay.
    """
    words = person.name.split()
    if person.file_as:
        return person.file_as
    if len(words) < 2 or "," in person.name or words[0] in ("The", "A", "An"):
        return person.name
    given = words[:-1]
    suffix = ""
    if words[-1].rstrip(".") in ("Jr", "Sr", "II", "III", "IV") and len(words) > 2:
        suffix, given, words = f", {words[-1]}", words[:-2], words[:-1]
    return f"{words[-1]}, {' '.join(given)}{suffix}"
