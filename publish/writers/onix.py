"""An ONIX 3.0 record of the book, for booksellers and libraries: a `Book` in, XML out.

One product for each format that has an ISBN; without any, one for the EPUB under the edition's URN.
Elements follow the order of the ONIX 3.0 Format Specification (EDItEUR), codes its code lists,
whose numbers stand beside them. What is not known is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from publish.book import Book
from publish.edition import Metadata
from publish.writers.epub_metadata import (
    identifier,
    language,
    name_file_as,
    plain,
    title,
    title_file_as,
)

NAMESPACE: Final = "http://ns.editeur.org/onix/3.0/reference"
ROLES: Final = {  # MARC relator → list 17; an attributed author is not named as the author
    "aut": "A01", "att": "A99", "edt": "B01", "trl": "B06", "ill": "A12", "aui": "A24",
    "win": "A24", "aft": "A19", "ann": "A20", "cmp": "C01",
}  # fmt: skip
EPUB: Final = "E101"
FORMS: Final = {  # lists 150 (EA digital download, BC paperback) and 175
    "epub": ("EA", EPUB),
    "kepub": ("EA", EPUB),
    "azw3": ("EA", "E116"),
    "pdf": ("EA", "E107"),
    "print": ("BC", ""),
}
ACCESSIBLE: Final = ("10", "11", "13", "14", "36", "52")  # list 196: nothing disabled, contents,
# reading order, alternative text, appearance can be changed, can be read without sight
LANGUAGES: Final = {  # ISO 639-1 → ISO 639-2/B, list 74
    "en": "eng", "de": "ger", "fr": "fre", "es": "spa", "it": "ita", "nl": "dut", "pt": "por",
    "ru": "rus", "la": "lat", "pl": "pol", "sv": "swe", "da": "dan", "no": "nor", "nb": "nob",
    "fi": "fin", "cs": "cze", "el": "gre", "grc": "grc", "hu": "hun", "eo": "epo", "ca": "cat",
    "cy": "wel", "ga": "gle", "he": "heb", "ja": "jpn", "zh": "chi", "uk": "ukr", "ro": "rum",
}  # fmt: skip


def write_onix(book: Book) -> bytes:
    """The record as an ONIX message, dated by the edition, so the same on every run."""
    metadata = book.edition.metadata
    root = Element("ONIXMessage", {"release": "3.0", "xmlns": NAMESPACE})
    header = SubElement(root, "Header")
    sender = SubElement(header, "Sender")
    _add(sender, "SenderName", metadata.publisher or "Unknown")
    _add(header, "SentDateTime", _date(metadata))
    for format, number in _products(book):
        _product(SubElement(root, "Product"), book, format, number)
    indent(root)
    record = tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{record}\n'.encode()


def _products(book: Book) -> Iterator[tuple[str, str]]:
    numbers = [(format.lower(), number) for format, number in book.edition.metadata.isbn]
    yield from numbers or [("epub", "")]


def _product(product: Element, book: Book, format: str, number: str) -> None:
    metadata = book.edition.metadata
    isbn = re.sub(r"[\s-]", "", number)
    name = f"urn:isbn:{isbn}" if isbn else identifier(book)
    _add(product, "RecordReference", f"{name}#{format}")
    _add(product, "NotificationType", "03")  # list 1: confirmed on publication
    known = SubElement(product, "ProductIdentifier")
    _add(known, "ProductIDType", "15" if isbn else "22")  # list 5: ISBN-13, URN
    _add(known, "IDValue", isbn or name)
    _description(SubElement(product, "DescriptiveDetail"), book, format)
    if metadata.description:
        text = SubElement(SubElement(product, "CollateralDetail"), "TextContent")
        _add(text, "TextType", "03")  # list 153: description
        _add(text, "ContentAudience", "00")  # list 154: unrestricted
        _add(text, "Text", metadata.description)
    _publishing(SubElement(product, "PublishingDetail"), metadata)


def _description(detail: Element, book: Book, format: str) -> None:
    metadata = book.edition.metadata
    form, form_detail = FORMS.get(format, ("00", ""))
    _add(detail, "ProductComposition", "00")  # list 2: single item
    _add(detail, "ProductForm", form)
    if form_detail:
        _add(detail, "ProductFormDetail", form_detail)
    if form == "EA":
        for code in ACCESSIBLE if form_detail == EPUB else ():
            feature = SubElement(detail, "ProductFormFeature")
            _add(feature, "ProductFormFeatureType", "09")  # list 79: e-publication accessibility
            _add(feature, "ProductFormFeatureValue", code)
        _add(detail, "PrimaryContentType", "10")  # list 81: text
        _add(detail, "EpubTechnicalProtection", "00")  # list 144: none
    if metadata.series:
        collection = SubElement(detail, "Collection")
        _add(collection, "CollectionType", "10")  # list 148: publisher's
        if metadata.series_number:
            place = SubElement(collection, "CollectionSequence")
            _add(place, "CollectionSequenceType", "02")  # list 197: title order
            _add(place, "CollectionSequenceNumber", metadata.series_number)
        _title(collection, metadata.series, "", language(metadata), "02")
    _title(detail, title(metadata), metadata.subtitle, language(metadata), "01")
    _contributors(detail, metadata)
    _languages_and_extent(detail, book)
    for subject in metadata.subjects:
        entry = SubElement(detail, "Subject")
        _add(entry, "SubjectSchemeIdentifier", "20")  # list 27: keywords
        _add(entry, "SubjectHeadingText", subject)


def _title(parent: Element, name: str, subtitle: str, tag: str, level: str) -> None:
    detail = SubElement(parent, "TitleDetail")
    _add(detail, "TitleType", "01")  # list 15: distinctive title
    element = SubElement(detail, "TitleElement")
    _add(element, "TitleElementLevel", level)  # list 149: 01 product, 02 collection
    filed = title_file_as(name, tag)
    bare, comma, article = filed.rpartition(", ")
    if comma and name == f"{article} {bare}":
        _add(element, "TitlePrefix", article)
        _add(element, "TitleWithoutPrefix", bare)
    else:
        _add(element, "TitleText", name)
    if subtitle:
        _add(element, "Subtitle", subtitle)


def _contributors(detail: Element, metadata: Metadata) -> None:
    if not metadata.contributors:
        SubElement(detail, "NoContributor")
    for number, person in enumerate(metadata.contributors, 1):
        entry = SubElement(detail, "Contributor")
        _add(entry, "SequenceNumber", str(number))
        _add(entry, "ContributorRole", ROLES.get(person.role, "Z99"))
        _add(entry, "PersonName", person.name)
        _add(entry, "PersonNameInverted", name_file_as(person))
        if person.role == "att":
            _add(entry, "ContributorDescription", person.shown or f"attributed to {person.name}")


def _languages_and_extent(detail: Element, book: Book) -> None:
    code = LANGUAGES.get(language(book.edition.metadata).split("-")[0].lower(), "und")
    entry = SubElement(detail, "Language")
    _add(entry, "LanguageRole", "01")  # list 22: language of text
    _add(entry, "LanguageCode", code)
    if book.text_words:
        extent = SubElement(detail, "Extent")
        _add(extent, "ExtentType", "02")  # list 23: number of words
        _add(extent, "ExtentValue", str(book.text_words))
        _add(extent, "ExtentUnit", "02")  # list 24: words


def _publishing(detail: Element, metadata: Metadata) -> None:
    if metadata.publisher:
        publisher = SubElement(detail, "Publisher")
        _add(publisher, "PublishingRole", "01")  # list 45: publisher
        _add(publisher, "PublisherName", metadata.publisher)
    if metadata.place:
        _add(detail, "CityOfPublication", metadata.place)
    _add(detail, "PublishingStatus", "04")  # list 64: active
    date = SubElement(detail, "PublishingDate")
    _add(date, "PublishingDateRole", "01")  # list 163: publication date
    _add(date, "Date", _date(metadata))


def _date(metadata: Metadata) -> str:
    return metadata.edition_date.replace("-", "")


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = plain(text)
