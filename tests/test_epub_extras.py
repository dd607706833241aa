"""What an edition may ask its EPUB to bring: the publisher's logo, the faces it is set in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image, ImageDraw
from rendered import every_kind

from publish.book import Book
from publish.edition import EpubSettings, Metadata
from publish.preflight import preflight
from publish.resources import font
from publish.writers.epub import write_epub
from publish.writers.html import write_html
from publish.writers.pdf import write_pdf

NAMES = {"x": "http://www.w3.org/1999/xhtml", "opf": "http://www.idpf.org/2007/opf"}


def device() -> bytes:
    image = Image.new("RGB", (400, 400), "white")
    ImageDraw.Draw(image).ellipse((40, 40, 360, 360), outline="#7a1f1f", width=30)
    target = BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


@pytest.fixture(scope="module")
def book() -> Book:
    metadata = Metadata(
        title="The Ferry", publisher="The Example Press", place="Harbour", edition_date="2026-11-01"
    )
    return every_kind(logo=device(), epub=EpubSettings(fonts=True), metadata=metadata)


@pytest.fixture(scope="module")
def epub(book: Book) -> ZipFile:
    return ZipFile(BytesIO(write_epub(book)))


def test_the_logo_stands_above_the_publisher(book: Book, epub: ZipFile) -> None:
    page = etree.fromstring(epub.read("EPUB/titlepage.xhtml"))
    (image,) = page.xpath("//x:p[@class='logo']/x:img", namespaces=NAMES)
    assert (image.get("src"), image.get("alt")) == ("images/logo.png", "The Example Press")
    assert image.getparent().getnext().text == "Harbour, The Example Press"
    assert epub.read("EPUB/images/logo.png") == book.edition.logo


def test_the_logo_goes_into_the_other_formats(book: Book) -> None:
    page = write_html(book).decode()
    assert '<img src="data:image/png;base64,' in page
    plain = write_pdf(every_kind(metadata=book.edition.metadata))
    assert len(write_pdf(book)) > len(plain) + 500


def test_a_book_without_a_logo_has_no_picture_of_one() -> None:
    with ZipFile(BytesIO(write_epub(every_kind()))) as epub:
        assert not [name for name in epub.namelist() if "logo" in name or "fonts/" in name]
        assert b"<img" not in epub.read("EPUB/titlepage.xhtml")
        assert b"@font-face" not in epub.read("EPUB/css/epub.css")


def test_faces_are_cut_to_the_letters_of_the_book_and_keep_small_capitals(epub: ZipFile) -> None:
    words = "".join(
        etree.fromstring(epub.read(name)).xpath("string(//x:body)", namespaces=NAMES)
        for name in epub.namelist()
        if name.endswith(".xhtml")
    )
    for name in ("EBGaramond-Regular.ttf", "EBGaramond-Italic.ttf", "EBGaramond-SemiBold.ttf"):
        data = epub.read(f"EPUB/fonts/{name}")
        assert len(data) < font(name).stat().st_size / 2
        face = TTFont(BytesIO(data))
        letters = face.getBestCmap()
        assert {"x", "Q", "—", "½"} <= set(map(chr, letters))
        had = set(map(chr, TTFont(font(name)).getBestCmap()))
        assert set(words) & had <= set(map(chr, letters))
        assert "Ω" not in map(chr, letters)
        features = {f.FeatureTag for f in face["GSUB"].table.FeatureList.FeatureRecord}
        assert {"smcp", "onum"} <= features
    assert b"SIL Open Font License" in epub.read("EPUB/fonts/OFL.txt")


def test_the_style_names_each_face_it_brings(epub: ZipFile) -> None:
    sheet = epub.read("EPUB/css/epub.css").decode()
    for name in ("Regular", "Italic", "SemiBold"):
        assert f"src: url(../fonts/EBGaramond-{name}.ttf)" in sheet
    assert 'body { font-family: "EB Garamond", serif; }' in sheet


def test_faces_are_the_same_bytes_on_every_run(book: Book) -> None:
    assert write_epub(book) == write_epub(book)


@pytest.mark.usefixtures("validators")
def test_a_book_with_all_of_it_has_no_finding(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "extras.epub"
    path.write_bytes(write_epub(book))
    assert preflight(path) == []


def test_the_faces_are_used_and_the_logo_is_seen(
    book: Book, tmp_path: Path, read_in_browser: Callable[..., dict[str, Any]]
) -> None:
    path = tmp_path / "extras.epub"
    path.write_bytes(write_epub(replace(book, parts=book.parts[:4])))
    report = read_in_browser(path, tmp_path)
    assert report["axe"] == []
    assert report["foliate"]["problems"] == []
    for page in report["devices"]["phone"]["seen"]:
        assert not page["wide"]
