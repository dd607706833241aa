"""The ONIX record: documented order of elements, codes, nothing stated that is not known."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest
from everything import everything

from publish.book import Book
from publish.edition import Contributor, Metadata
from publish.writers.onix import write_onix

NAME = "{http://ns.editeur.org/onix/3.0/reference}"
ORDER = {  # ONIX 3.0 Format Specification, the elements that are used
    "ONIXMessage": "Header Product",
    "Header": "Sender SentDateTime",
    "Product": "RecordReference NotificationType ProductIdentifier DescriptiveDetail"
    " CollateralDetail PublishingDetail",
    "DescriptiveDetail": "ProductComposition ProductForm ProductFormDetail ProductFormFeature"
    " PrimaryContentType EpubTechnicalProtection Collection TitleDetail Contributor NoContributor"
    " Language Extent Subject",
    "Collection": "CollectionType CollectionSequence TitleDetail",
    "TitleElement": "TitleElementLevel TitleText TitlePrefix TitleWithoutPrefix Subtitle",
    "Contributor": "SequenceNumber ContributorRole PersonName PersonNameInverted"
    " ContributorDescription",
    "Extent": "ExtentType ExtentValue ExtentUnit",
    "TextContent": "TextType ContentAudience Text",
    "PublishingDetail": "Publisher CityOfPublication PublishingStatus PublishingDate",
    "PublishingDate": "PublishingDateRole Date",
}


CODES = {  # element → number of its code list and those of its codes that a book may have here
    "NotificationType": (1, "01 02 03 04 05 08"),
    "ProductIDType": (5, "01 02 03 06 15 22"),
    "ProductComposition": (2, "00 10 11 20 30 31"),
    "ProductForm": (150, "00 BA BB BC EA EB"),
    "ProductFormDetail": (175, "E101 E107 E116"),
    "ProductFormFeatureType": (79, "09"),
    "ProductFormFeatureValue": (196, "00 10 11 12 13 14 15 16 17 20 22 24 25 26 36 52"),
    "PrimaryContentType": (81, "10"),
    "EpubTechnicalProtection": (144, "00 01 02 03"),
    "CollectionType": (148, "00 10 11 20"),
    "CollectionSequenceType": (197, "01 02 03 04 05"),
    "TitleType": (15, "00 01 02 03"),
    "TitleElementLevel": (149, "01 02 03 04"),
    "ContributorRole": (17, "A01 A12 A19 A20 A24 A99 B01 B06 C01 Z99"),
    "LanguageRole": (22, "01 02 03"),
    "LanguageCode": (74, "eng ger fre spa ita dut por rus lat pol swe"),
    "ExtentType": (23, "00 02 06 10"),
    "ExtentUnit": (24, "01 02 03"),
    "SubjectSchemeIdentifier": (27, "10 12 20 93"),
    "TextType": (153, "02 03 04"),
    "ContentAudience": (154, "00 01 02 03"),
    "PublishingRole": (45, "01 02 03"),
    "PublishingStatus": (64, "00 02 04"),
    "PublishingDateRole": (163, "01 02 11"),
}


def record(book: Book) -> Element:
    return fromstring(write_onix(book))


def said(root: Element, name: str) -> list[str | None]:
    return [element.text for element in root.iter(NAME + name)]


def with_metadata(book: Book, **fields: object) -> Book:
    metadata = replace(book.edition.metadata, **fields)  # type: ignore[arg-type]
    return replace(book, edition=replace(book.edition, metadata=metadata))


@pytest.fixture(scope="module")
def book() -> Book:
    return with_metadata(
        everything(), isbn=(("epub", "978-1-23456-789-7"), ("pdf", "978-0")), series_number="2"
    )


def test_elements_stand_in_the_documented_order(book: Book) -> None:
    checked = 0
    for element in record(book).iter():
        order = ORDER.get(element.tag.removeprefix(NAME), "").split()
        if order:
            places = [order.index(child.tag.removeprefix(NAME)) for child in element]
            assert places == sorted(places), element.tag
            checked += 1
    assert checked > 15


def test_codes_are_those_of_their_lists(book: Book) -> None:
    seen = set()
    for element in record(book).iter():
        name = element.tag.removeprefix(NAME)
        if name in CODES:
            number, codes = CODES[name]
            assert element.text in codes.split(), (name, f"list {number}", element.text)
            seen.add(name)
        elif element.text and re.fullmatch(r"\d\d|[A-Z]\d\d", element.text.strip()):
            raise AssertionError(f"{name} holds a code that no list here has: {element.text}")
    assert seen == CODES.keys()


def test_each_format_with_an_isbn_is_a_product(book: Book) -> None:
    root = record(book)
    assert said(root, "IDValue") == ["9781234567897", "9780"]
    assert said(root, "ProductForm") == ["EA", "EA"]
    assert said(root, "ProductFormDetail") == ["E101", "E107"]
    # What is said of accessibility is true of the EPUB, and not of the PDF for a press.
    features = [len(p.findall(f".//{NAME}ProductFormFeature")) for p in root.iter(NAME + "Product")]
    assert features == [6, 0]
    printed = record(with_metadata(book, isbn=(("print", "978-0"),)))
    assert said(printed, "ProductForm") == ["BC"]
    assert not said(printed, "EpubTechnicalProtection")


def test_a_book_without_isbn_goes_by_its_urn() -> None:
    root = record(everything())
    assert said(root, "ProductIDType") == ["22"]
    assert str(said(root, "IDValue")[0]).startswith("urn:uuid:")


def test_titles_and_people_are_filed_as_in_the_epub(book: Book) -> None:
    root = record(book)
    assert said(root, "TitlePrefix")[:1] == ["The"]
    assert said(root, "TitleWithoutPrefix")[:1] == ["Harbour & the Upper Town"]
    assert said(root, "PersonNameInverted")[:2] == ["Example, Ada", "Sample, Bertram von"]
    assert said(root, "ContributorRole")[:2] == ["A01", "B01"]
    assert said(root, "LanguageCode")[0] == "eng"


def test_an_attributed_author_is_not_stated_as_the_author(book: Book) -> None:
    root = record(with_metadata(book, contributors=(Contributor("Ada Example", "att"),)))
    assert "A01" not in said(root, "ContributorRole")
    assert "attributed to Ada Example" in said(root, "ContributorDescription")


def test_what_is_not_known_is_left_out() -> None:
    bare = everything()
    bare = replace(bare, text_words=0, edition=replace(bare.edition, metadata=Metadata(title="T")))
    root = record(bare)
    for name in ("Publisher", "Subject", "Extent", "CollateralDetail", "Contributor"):
        assert not said(root, name), name
    assert len(said(root, "NoContributor")) == 1
    assert all(text is None or text for text in (e.text for e in root.iter()))


def test_the_record_is_the_same_on_every_run(book: Book) -> None:
    assert write_onix(book) == write_onix(book)
    assert said(record(book), "SentDateTime") == ["20261101"]


def test_hostile_metadata_is_still_xml(book: Book) -> None:
    root = record(with_metadata(book, title="A\x0c\x00 <b> & \ud800c", language="en_GB", isbn=()))
    assert said(root, "TitlePrefix")[:1] == ["A"]
    assert said(root, "LanguageCode") == ["eng"]
