"""The ONIX record: documented order of elements, codes, nothing stated that is not known."""

from __future__ import annotations

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
    "TitleElement": "TitleElementLevel TitleText TitlePrefix TitleWithoutPrefix Subtitle",
    "Contributor": "SequenceNumber ContributorRole PersonName PersonNameInverted"
    " ContributorDescription",
    "Extent": "ExtentType ExtentValue ExtentUnit",
    "TextContent": "TextType ContentAudience Text",
    "PublishingDetail": "Publisher CityOfPublication PublishingStatus PublishingDate",
    "PublishingDate": "PublishingDateRole Date",
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
    return with_metadata(everything(), isbn=(("epub", "978-1-23456-789-7"), ("pdf", "978-0")))


def test_elements_stand_in_the_documented_order(book: Book) -> None:
    checked = 0
    for element in record(book).iter():
        order = ORDER.get(element.tag.removeprefix(NAME), "").split()
        if order:
            places = [order.index(child.tag.removeprefix(NAME)) for child in element]
            assert places == sorted(places), element.tag
            checked += 1
    assert checked > 15


def test_each_format_with_an_isbn_is_a_product(book: Book) -> None:
    root = record(book)
    assert said(root, "IDValue") == ["9781234567897", "9780"]
    assert said(root, "ProductForm") == ["EA", "BC"]
    assert said(root, "ProductFormDetail") == ["E101"]


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
