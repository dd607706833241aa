"""The book in real reading systems: foliate-js and epub.js in headless Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

DEVICES = ("phone", "tablet", "dark", "large")


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="module")
def report(
    everything_epub: Path, pictures: Path, read_in_browser: Callable[..., dict[str, Any]]
) -> dict[str, Any]:
    return read_in_browser(everything_epub, pictures)


@pytest.mark.parametrize("reader", ["foliate", "epubjs"])
def test_contents_lead_to_the_headings_they_name(report: dict[str, Any], reader: str) -> None:
    contents = report[reader]["contents"]
    assert len(contents) == 8
    for entry in contents:
        assert entry["heading"] == entry["label"]
        assert entry.get("shown", True), entry


def test_readers_know_the_book(report: dict[str, Any]) -> None:
    assert report["foliate"]["title"] == "The Harbour & the Upper Town"
    assert report["epubjs"]["title"] == "The Harbour & the Upper Town"
    assert report["epubjs"]["cover"]
    assert {"toc", "bodymatter", "endnotes", "glossary"} <= set(report["foliate"]["landmarks"])


@pytest.mark.parametrize("kind", ["noteref", "glossref"])
def test_references_lead_there_and_back(report: dict[str, Any], kind: str) -> None:
    references = report["foliate"]["references"][kind]
    assert references["count"] >= 1
    for reference in references["followed"]:
        assert reference["shown"], reference
        assert reference["returned"], reference


def test_a_note_and_a_glossary_entry_pop_up(report: dict[str, Any]) -> None:
    popups = report["foliate"]["popups"]
    assert popups["noteref"]["text"].startswith("By the clerk of works")
    assert popups["noteref"]["type"] == "endnote"
    assert "A work thrown out from a wall" in popups["glossref"]["text"]
    assert "bastion" in popups["glossref"]["text"]


def test_page_list_jumps_to_the_very_word(report: dict[str, Any]) -> None:
    pages = report["foliate"]["pages"]
    assert [page["label"] for page in pages] == ["1", "2", "3"]
    for page in pages:
        assert page["shown"], page
        assert page["found"] == page["label"]


def test_links_and_page_list_work_in_epub_js_too(report: dict[str, Any]) -> None:
    epubjs = report["epubjs"]
    (note,), (term,) = epubjs["references"]["noteref"], epubjs["references"]["glossref"]
    assert note["text"].startswith("By the clerk of works.")
    assert "A work thrown out from a wall" in term["text"]
    assert note["returned"]
    assert term["returned"]
    assert [page["label"] for page in epubjs["pages"]] == ["1", "2", "3"]
    assert all(page["found"] == page["label"] for page in epubjs["pages"])


def test_pictures_of_every_page_are_taken(report: dict[str, Any], pictures: Path) -> None:
    for device in DEVICES:
        seen = report["devices"][device]["seen"]
        taken = sorted(pictures.glob(f"{device}-*.png"))
        assert len(taken) == len(seen) > 10
        assert all(picture.stat().st_size > 2000 for picture in taken)


@pytest.mark.parametrize("device", DEVICES)
def test_no_words_are_cut_off_or_hard_to_see(report: dict[str, Any], device: str) -> None:
    for page in report["devices"][device]["seen"]:
        assert not page["wide"], (page["place"], page["wide"])
        assert page["contrast"] >= 7, page["place"]  # WCAG 2.2, 1.4.6


def test_text_follows_the_size_that_the_reader_sets(report: dict[str, Any]) -> None:
    small = {page["place"]: page["size"] for page in report["devices"]["phone"]["seen"]}
    for page in report["devices"]["large"]["seen"]:
        assert page["size"] == pytest.approx(3 * small[page["place"]]), page["place"]


@pytest.mark.parametrize("reader", ["foliate", "epubjs"])
def test_readers_report_no_problem(report: dict[str, Any], reader: str) -> None:
    assert report[reader]["problems"] == []


def test_axe_finds_no_violation_on_any_page(report: dict[str, Any]) -> None:
    assert report["axe"] == []


def test_a_style_with_fixed_sizes_and_colours_is_found_out(
    everything_epub: Path, tmp_path: Path, read_in_browser: Callable[..., dict[str, Any]]
) -> None:
    """The checks above can fail: a book whose style breaks each of them."""
    broken = tmp_path / "broken.epub"
    with ZipFile(everything_epub) as book, ZipFile(broken, "w") as copy:
        for name in book.namelist():
            data = book.read(name)
            if name.endswith("epub.css"):
                data += b"\np{font-size:14px;width:900px;color:#222}"
            if name.endswith("l90.xhtml"):
                data = re.sub(rb"<section [^>]*id=\"L90\".*?</h3>", b"<section>", data, flags=re.S)
            if name.endswith("cover.xhtml"):
                data = data.replace(b' alt="', b' data-alt="')
            if name.endswith("notes.xhtml"):
                data = data.replace(b'id="note-1"', b'id="gone"')
            if name.endswith("glossary.xhtml"):
                data = data.replace(b"#L44-g", b"#L50")
            if name.endswith("l39.xhtml"):
                data = data.replace(b'id="page-2" title="2"', b'id="page-2" title="9"')
            copy.writestr(name, data)
    report = read_in_browser(broken, tmp_path / "pictures")
    assert any(page["wide"] for page in report["devices"]["phone"]["seen"])
    assert any(page["contrast"] < 7 for page in report["devices"]["dark"]["seen"])
    assert {page["size"] for page in report["devices"]["large"]["seen"]} & {14}
    assert report["axe"]
    assert any(e["heading"] != e["label"] for e in report["foliate"]["contents"])
    for reader in ("foliate", "epubjs"):
        assert any(page["found"] != page["label"] for page in report[reader]["pages"])
    assert not report["foliate"]["popups"]["noteref"]["text"].startswith("By the clerk")
    assert not any(r["returned"] for r in report["foliate"]["references"]["glossref"]["followed"])
    assert not any(r["returned"] for r in report["epubjs"]["references"]["glossref"])
    assert not report["epubjs"]["references"]["noteref"][0]["text"].startswith("By the clerk")
