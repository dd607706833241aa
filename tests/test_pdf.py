"""The print edition as a file: boxes, fonts, metadata, links, and the same bytes every time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from printed import book

from publish.errors import EditionError, MissingToolError
from publish.preflight.pdf import preflight_pdf
from publish.trim import TRIMS, sheet, trim_size_mm
from publish.writers import pdf as writer
from publish.writers import pdf_layout
from publish.writers.pdf import write_pdf
from publish.writers.weasy import load

MM = 72 / 25.4


@pytest.fixture(scope="module")
def plain() -> bytes:
    return write_pdf(book())


@pytest.fixture(scope="module")
def press() -> bytes:
    return write_pdf(book(), press=True)


def box(page: pikepdf.Page, name: str) -> list[float]:
    return [float(value) for value in page[name]]


def test_page_is_the_digest_trim(plain: bytes) -> None:
    with pikepdf.open(BytesIO(plain)) as document:
        for page in document.pages:
            assert box(page, "/MediaBox") == pytest.approx([0, 0, 396, 612], abs=0.1)
            assert box(page, "/TrimBox") == pytest.approx([0, 0, 396, 612], abs=0.1)


@pytest.mark.parametrize("trim", sorted(TRIMS))
def test_every_named_trim_gives_its_page(trim: str) -> None:
    width, height = TRIMS[trim]
    page = sheet(trim)
    assert (page.width / MM, page.height / MM) == pytest.approx((width, height))
    assert 14 <= page.measure / page.size <= 29.01
    assert page.top + page.bottom + page.lines * page.leading == pytest.approx(page.height)
    assert page.inner < page.outer
    assert page.top < page.bottom


def test_a_custom_trim_is_read_in_millimetres() -> None:
    assert trim_size_mm("130x200") == (130, 200)
    assert trim_size_mm("127.5 × 190 mm") == (127.5, 190)


def test_thick_books_have_a_wider_gutter() -> None:
    thin, thick = sheet("digest", words=5_000), sheet("digest", words=150_000)
    assert thick.inner > thin.inner
    assert thick.measure == pytest.approx(thin.measure)


@pytest.mark.parametrize("trim", ["folio", "12x", "-10x20", "30x30", "2000x3000", ""])
def test_a_trim_that_holds_no_page_is_one_sentence(trim: str) -> None:
    with pytest.raises(EditionError) as caught:
        write_pdf(book(trim=trim))
    assert trim in str(caught.value)


def test_bleed_is_three_millimetres_and_the_marks_stand_outside_it(press: bytes) -> None:
    with pikepdf.open(BytesIO(press)) as document:
        for page in document.pages:
            trim, bleed, media = (box(page, f"/{n}Box") for n in ("Trim", "Bleed", "Media"))
            assert trim[2] - trim[0] == pytest.approx(396, abs=0.1)
            assert trim[0] - bleed[0] == pytest.approx(3 * MM, abs=0.1)
            assert bleed[3] - trim[3] == pytest.approx(3 * MM, abs=0.1)
            for operands, operator in pikepdf.parse_content_stream(page, "m l"):
                x, y = (float(value) for value in operands)
                inside = bleed[0] < x < bleed[2] and bleed[1] < y < bleed[3]
                assert not inside, (str(operator), x, y)
                assert media[0] <= x <= media[2]
                assert media[1] <= y <= media[3]


def test_press_file_prints_on_the_black_plate_alone(press: bytes, tmp_path: Path) -> None:
    file = tmp_path / "press.pdf"
    file.write_bytes(press)
    plates = subprocess.run(
        ["gs", "-q", "-o", "-", "-sDEVICE=inkcov", str(file)],
        capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    rows = [line.split() for line in plates.splitlines() if "CMYK" in line]
    assert len(rows) > 10
    assert all(float(ink) == 0 for row in rows for ink in row[:3])
    assert any(float(row[3]) > 0.01 for row in rows)


def test_preflight_passes_both_files(plain: bytes, press: bytes) -> None:
    assert preflight_pdf(plain) == []
    assert preflight_pdf(press, press=True) == []


def test_document_names_what_it_is(plain: bytes) -> None:
    with pikepdf.open(BytesIO(plain)) as document:
        facts = document.docinfo
        assert facts["/Title"] == "The Unfinished Wall"
        assert facts["/Author"] == "attributed to A. Surveyor"
        assert facts["/Keywords"] == "walls, rivers"
        assert str(facts["/CreationDate"]) == "D:20261124000000Z"
        assert document.Root.Lang == "en"
        packet = document.open_metadata()
        assert packet["dc:title"] == "The Unfinished Wall"
        assert packet["dc:creator"] == ["attributed to A. Surveyor"]
        assert packet["dc:language"] == {"en"}
        assert document.Root.ViewerPreferences.DisplayDocTitle


def test_screen_file_tells_headings_from_paragraphs(plain: bytes, press: bytes) -> None:
    with pikepdf.open(BytesIO(plain)) as document:
        kinds = {
            str(item["/S"])
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
        }
    assert {"/H1", "/P", "/Link", "/TOC"} & kinds >= {"/H1", "/P", "/Link"}
    with pikepdf.open(BytesIO(press)) as document:
        assert "/StructTreeRoot" not in document.Root


def test_outline_names_the_chapters_and_no_title_page(plain: bytes) -> None:
    with pikepdf.open(BytesIO(plain)) as document, document.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert "Chapter the Second" in titles
    assert "Introduction" in titles
    assert "Title page" not in titles


SCRIPT = """
import hashlib, sys
from printed import book
from publish.writers.pdf import write_pdf
for press in (False, True):
    print(hashlib.sha256(write_pdf(book(), press=press)).hexdigest())
"""


def test_same_book_gives_the_same_bytes_anywhere(
    plain: bytes, press: bytes, tmp_path: Path
) -> None:
    here = Path(__file__).resolve().parent
    environment = {
        **os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "77",
        "PYTHONPATH": f"{here}{os.pathsep}{here.parent}",
        "LC_ALL": "C",
    }  # fmt: skip
    environment.pop("SOURCE_DATE_EPOCH", None)
    again = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=tmp_path, env=environment,
        capture_output=True, check=True, text=True,
    ).stdout.split()  # fmt: skip
    assert again == [hashlib.sha256(file).hexdigest() for file in (plain, press)]


def test_source_date_epoch_is_the_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert writer.edition_date(book()) == "1970-01-02T00:00:00Z"


@pytest.mark.parametrize(
    "inner",
    [
        '<p><img src="http://127.0.0.1:9/x.png" alt="x"/></p>',
        '<p><img src="file:///etc/hostname" alt="x"/></p>',
        '<p style="background: url(https://example.org/x.png)">x</p>',
    ],
)
def test_nothing_outside_the_book_is_fetched(inner: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from printed import chapter

    asked: list[str] = []
    original = load.jail

    def watched() -> object:
        jail = original()
        fetch = jail.fetch

        def tell(url: str, headers: object = None) -> object:
            try:
                answer = fetch(url, headers)
            except ValueError:
                raise
            asked.append(url)
            return answer

        jail.fetch = tell
        return jail

    monkeypatch.setattr(pdf_layout, "jail", watched)
    write_pdf(book(parts=(chapter(0, inner, 1),), notes=()))
    assert asked
    assert all("styles/fonts/EBGaramond" in url for url in asked)


def test_missing_pango_is_one_sentence_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    class Without:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Without(), *sys.meta_path])
    with pytest.raises(MissingToolError) as caught:
        load.load_weasyprint()
    assert "apt-get install -y libpango-1.0-0" in str(caught.value)
    assert caught.value.exit_code == 4


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries are sought by programs")
def test_the_layout_is_loaded_without_other_programs() -> None:
    code = """
import ctypes.util, sys
begun, find = [], ctypes.util.find_library
sys.addaudithook(lambda event, told: event == "subprocess.Popen" and begun.append(told[0]))
from publish.writers.weasy.load import load_weasyprint
load_weasyprint()
print(begun, ctypes.util.find_library is find)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[] True\n"


def test_missing_font_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(writer, "font", lambda name: tmp_path / name)
    with pytest.raises(MissingToolError, match=r"EBGaramond-Regular\.ttf is missing") as caught:
        write_pdf(book())
    # Not by its name: an index may have another program of that name.
    assert caught.value.hint.endswith(" -m pip install --force-reinstall .")
