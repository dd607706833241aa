"""The themes of the print edition: faces, sizes, ragged edges, and one grid for every line."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from command import publish
from printed import book, chapter, laid, prose, section

from publish.book import Part
from publish.edition import PrintSettings
from publish.edition_schema import PrintTable
from publish.errors import EditionError
from publish.preflight.pdf import preflight_pdf
from publish.preflight.set_lines import Line, read_setting
from publish.resources import font
from publish.theme import THEMES
from publish.trim import TRIMS, sheet
from publish.writers.pdf import write_pdf

FORMATS = [("digest", theme) for theme in THEMES] + [("pocket", "garamond"), ("royal", "garamond")]


@pytest.fixture(scope="module", params=FORMATS, ids="-".join)
def made(request: pytest.FixtureRequest) -> tuple[str, str, bytes]:
    trim, theme = request.param
    return trim, theme, write_pdf(book(trim, theme=theme))


def test_the_schema_knows_every_theme() -> None:
    assert set(PrintTable.model_fields["theme"].annotation.__args__) == set(THEMES)
    assert PrintTable().theme == PrintSettings().theme


def test_every_face_comes_with_its_licence() -> None:
    for theme in THEMES.values():
        assert all(font(name).is_file() for name in theme.files)
    licences = [path.read_text() for path in font("OFL.txt").parent.glob("OFL*.txt")]
    for name in ("EB Garamond", "Source Serif"):
        assert any(name in text and "SIL OPEN FONT LICENSE" in text for text in licences)


def fonts_of(pdf: bytes) -> set[str]:
    with pikepdf.open(BytesIO(pdf)) as document:
        return {
            str(font.BaseFont).split("+")[1]
            for page in document.pages
            for font in page.get("/Resources", {}).get("/Font", {}).values()
        }


def test_a_theme_is_set_in_its_face(made: tuple[str, str, bytes]) -> None:
    _, theme, pdf = made
    family = "EB-Garamond" if theme == "garamond" else "Source-Serif"
    names = {re.sub(r"[- ]", "", name) for name in fonts_of(pdf)}
    plain = {name for name in names if family.replace("-", "") in name}
    assert len(plain) >= 2, names
    assert preflight_pdf(pdf) == []


def near_grid(value: float, line: float, leading: float) -> float:
    off = (value - line) % leading
    return min(off, leading - off)


def text_lines(pdf: bytes, size: float) -> list[Line]:
    return [line for line in read_setting(pdf).lines if 0.92 * size < line.size < 1.03 * size]


def test_all_lines_of_text_stand_on_one_grid(made: tuple[str, str, bytes]) -> None:
    trim, theme, pdf = made
    page = sheet(trim, words=9000, theme=theme)
    lines = text_lines(pdf, page.size)
    first = Counter(round(line.baseline, 2) for line in lines).most_common(1)[0][0]
    off = [
        (line.page, line.text[:30])
        for line in lines
        if near_grid(line.baseline, first, page.leading) > 0.1
    ]
    assert len(lines) > 100
    assert off == []


def test_poppler_reads_the_same_grid(made: tuple[str, str, bytes], tmp_path: Path) -> None:
    """Words of the text's size have their feet a whole number of leadings apart on every page."""
    trim, theme, pdf = made
    page = sheet(trim, words=9000, theme=theme)
    (tmp_path / "book.pdf").write_bytes(pdf)
    read = subprocess.run(
        ["pdftotext", "-bbox", str(tmp_path / "book.pdf"), "-"],
        capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    boxes = [
        (float(top), float(foot))
        for top, foot in re.findall(r'yMin="(\S+)" xMax="\S+" yMax="(\S+)"', read)
    ]
    height = Counter(round(foot - top, 2) for top, foot in boxes).most_common(1)[0][0]
    lowest = page.height - page.bottom + 4
    inner = [
        foot
        for top, foot in boxes
        if abs(foot - top - height) < 0.01 and page.top < top and foot < lowest
    ]
    first = Counter(round(foot, 2) for foot in inner).most_common(1)[0][0]
    assert len(inner) > 1000
    assert max(near_grid(foot, first, page.leading) for foot in inner) < 0.1


def test_large_print_is_large_ragged_and_undivided() -> None:
    pdf = write_pdf(book(theme="large-print"))
    lines = read_setting(pdf).lines
    assert min(line.size for line in lines) > 15.99
    assert not any(line.text.rstrip().endswith(("\u00ad", "\u2010")) for line in lines)
    full = [line for line in lines if line.tag == "P" and len(line.text) > 30]
    assert len({round(line.right) for line in full}) > 20
    assert all(line.spacing == pytest.approx(1, abs=0.05) for line in full)
    with pikepdf.open(BytesIO(pdf)) as document:
        sizes = {
            round(float(step.operands[1]) * 0.75, 1)
            for page in document.pages
            for step in pikepdf.parse_content_stream(page, "Tf")
        }
    assert min(sizes) >= 16


def test_large_print_refuses_small_type() -> None:
    with pytest.raises(EditionError, match="12 pt type is no large print"):
        sheet("digest", 12, theme="large-print")


def test_leading_is_chosen_or_suits_the_type() -> None:
    assert sheet("digest").leading == 14.5
    assert sheet("digest", leading_pt=16).leading == 16
    with pytest.raises(EditionError, match="run into one another"):
        sheet("digest", 12, leading_pt=11)


@pytest.mark.parametrize("theme", sorted(THEMES))
@pytest.mark.parametrize("trim", sorted(TRIMS))
def test_lines_are_long_enough_and_not_too_long(trim: str, theme: str) -> None:
    page = sheet(trim, theme=theme)
    letters = page.measure / page.size / page.theme.letter
    assert (30 if page.theme.ragged else 56) <= letters <= 78
    assert page.outer >= 9 * 72 / 25.4
    assert page.measure / page.width > 0.5


def test_a_quick_book_takes_trim_and_theme(tmp_path: Path) -> None:
    source = tmp_path / "wall.txt"
    source.write_text("CHAPTER I.\n\n" + "\n\n".join(prose(number) for number in range(9)))
    out = tmp_path / "wall.pdf"
    options = ["--trim", "pocket", "--theme", "source-serif"]
    publish("convert", source, out, *options, cwd=tmp_path)
    with pikepdf.open(out) as document:
        assert float(document.pages[0].TrimBox[2]) == pytest.approx(108 * 72 / 25.4, abs=0.1)
    for option, value, message in (
        ("--theme", "blackletter", "there is no theme “blackletter”"),
        ("--trim", "folio", "the trim size “folio” is not known"),
        ("--trim", "30x30", "holds no book page"),
    ):
        failed = publish("convert", source, "no.pdf", option, value, cwd=tmp_path, code=2)
        assert message in failed.stderr
        assert not (tmp_path / "no.pdf").exists()


def test_a_colophon_that_is_a_little_too_long_keeps_to_one_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In large print its last two lines stood alone on a page; a longer one takes its pages."""
    sentence = "This edition was made from a plain text. "

    def made(paragraphs: int) -> tuple[int, bool]:
        inner = "".join(f"<p>{sentence * 2}</p>" for _ in range(paragraphs))
        body = section("c", "colophon", "Colophon", inner)
        part = Part("c", "Colophon", "colophon", "back", body)
        text = chapter(0, count=1)
        _, last = laid(book(parts=(text, part), notes=(), theme="large-print"))
        crowded = any(
            "crowded" in element.get("class", "").split()
            for element in last.document._html.etree_element.iter("section")
        )
        return last.pages, crowded

    found = {count: made(count) for count in (2, 4, 5, 12)}
    assert found[2] == (1, False)
    assert (1, True) in found.values()
    assert found[12][0] > 1
    assert not found[12][1]
    with monkeypatch.context() as without:
        without.setattr("publish.writers.pdf_tree.crowd_colophon", lambda sections, page: None)
        before = {count: made(count) for count in (4, 5)}
    assert any(before[count][0] == 2 and found[count] == (1, True) for count in (4, 5))
