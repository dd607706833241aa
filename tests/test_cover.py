"""Covers: three designs, any title, the same bytes everywhere, or the edition's own image."""

from __future__ import annotations

import re
import struct
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from command import copy_of_seed, publish
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from publish.commands.told import cover_told
from publish.cover import cover, drawing, settable, shorten, words
from publish.cover_designs import DESIGNS, PALETTES
from publish.cover_lines import set_lines, text_length
from publish.cover_shapes import Words, page_of
from publish.edition import Contributor, Edition, Metadata
from publish.errors import EditionError
from publish.images import check_cover

TITLES = (
    "Emma",
    "The Harbour and the Upper Town",
    "The Life and Strange Surprizing Adventures of Robinson Crusoe, of York, Mariner",
    "Преступление и наказание",
    "Ἰλιάς",
    "Donaudampfschifffahrtsgesellschaft",
    "[An Untitled Column]",
    "A Very Long Title " * 9,
)


def book(title: str, author: str = "Ada Example") -> Metadata:
    people = (Contributor(author),) if author else ()
    return Metadata(title=title, contributors=people)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", PALETTES)
def test_words_stand_out_from_their_ground(palette: object) -> None:
    ground, paper, ink, _ = palette  # type: ignore[misc]
    assert contrast(ink, paper) >= 7
    assert contrast(paper, ground) >= 7


@pytest.mark.parametrize("design", sorted(DESIGNS))
def test_a_cover_is_a_picture_of_1600_by_2560(design: str) -> None:
    data = cover(Edition.quick(b"x", title="Emma"), design).data
    assert struct.unpack(">II", data[16:24]) == (1600, 2560)


@pytest.mark.parametrize("design", sorted(DESIGNS))
@pytest.mark.parametrize("title", TITLES)
def test_every_word_of_a_line_stays_on_the_page(design: str, title: str) -> None:
    svg = drawing(book(title), design).svg
    for text in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        size = float(text.attrib["font-size"])
        track = float(text.get("letter-spacing", "0"))
        length = text_length(text.text or "", track / size) * size
        x = float(text.attrib["x"])
        left = x if text.attrib["text-anchor"] == "start" else x - length / 2
        assert left >= 60, (text.text, left)
        assert left + length <= 1600 - 60, (text.text, left + length)
        assert size >= 30, text.text


@pytest.mark.parametrize("design", sorted(DESIGNS))
@pytest.mark.parametrize("title", TITLES[:7])
def test_the_whole_title_is_on_the_cover(design: str, title: str) -> None:
    svg = drawing(book(title), design).svg
    root = ElementTree.fromstring(svg)
    said = " ".join(t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}text"))
    assert title.split(",")[0].casefold() in said.casefold()


def test_a_book_without_author_has_no_empty_line() -> None:
    for design in DESIGNS:
        svg = drawing(book("Beowulf", ""), design).svg
        assert not re.search(r"<text[^>]*></text>", svg)


def test_a_title_that_our_faces_cannot_set_gets_ornament_instead_of_boxes() -> None:
    assert not settable("源氏物語")
    assert settable("Преступление и наказание — “Ἰλιάς”")
    assert words(book("源氏物語", "紫式部")) == ("", "", "", "", "")
    assert drawing(book("源氏物語", "紫式部")).tile


def test_the_same_book_has_the_same_cover() -> None:
    edition = Edition.quick(b"x", title="Emma")
    assert cover(edition) == cover(edition)
    assert cover(edition) != cover(Edition.quick(b"x", title="Evelina"))


def test_titles_choose_among_all_designs_and_colours() -> None:
    drawn = {(bool(d.tile), d.svg[:600]) for d in (drawing(book(f"Volume {n}")) for n in range(60))}
    assert len(drawn) > 12


@pytest.mark.parametrize(
    ("title", "head", "rest"),
    [
        ("Emma", "Emma", ""),
        ("Emma: A Novel", "Emma: A Novel", ""),
        (
            "Frankenstein; or, The Modern Prometheus, in Three Volumes",
            "Frankenstein",
            "Or, The Modern Prometheus, in Three Volumes",
        ),
        (
            "On Stairs, Harbours, Trunks and All Else",
            "On Stairs, Harbours, Trunks and All Else",
            "",
        ),
    ],
)
def test_a_long_title_is_set_in_two(title: str, head: str, rest: str) -> None:
    assert shorten(title) == (head, rest)


@given(st.lists(st.text("abcdefghij", min_size=1, max_size=14), min_size=1, max_size=24))
@settings(max_examples=60, deadline=None)
def test_lines_hold_every_word_once_and_in_order(title: list[str]) -> None:
    setting = set_lines(" ".join(title), 1000, 800, 300)
    assert " ".join(setting.lines).split() == title
    assert 0 < setting.size <= 300


def test_an_article_does_not_end_a_line() -> None:
    lines = set_lines("The Adventures of the Sea Captain", 900, 900, 200).lines
    assert not any(line.split()[-1].lower() in ("the", "of") for line in lines[:-1])


def image(kind: str, mode: str = "RGB", size: tuple[int, int] = (800, 1280)) -> bytes:
    target = BytesIO()
    Image.new(mode, size, 0).save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize(("kind", "extension"), [("JPEG", "jpg"), ("PNG", "png")])
def test_an_editions_own_image_is_taken_as_it_is(kind: str, extension: str) -> None:
    own = image(kind)
    check_cover(own, "cover")
    taken = cover(replace(Edition.quick(b"x", title="Emma"), cover=own))
    assert (taken.data, taken.extension) == (own, extension)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"GIF89a", "neither a PNG nor a JPEG"),
        (image("JPEG", "CMYK"), "colours of the press"),
        (image("PNG")[:200], "damaged"),
        (image("PNG", size=(200, 320)), "200 × 320 pixels, too few"),
    ],
)
def test_an_image_that_readers_cannot_show_is_refused(data: bytes, said: str) -> None:
    import weasyprint  # noqa: F401  # it has Pillow take damaged images, unless told otherwise

    with pytest.raises(EditionError, match=said):
        check_cover(data, "seeds/x/cover.png")


def series(title: str, number: str) -> Metadata:
    return replace(book(title, "Ann Author"), series="Small Classics", series_number=number)


def test_a_series_has_one_design_in_many_colours() -> None:
    drawn = [drawing(series(f"Volume {word}", str(n))) for n, word in enumerate("ABCDEFG")]
    assert len({(bool(d.tile), d.svg.count("<rect"), d.svg.count("<path")) for d in drawn}) == 1
    assert len({re.search(r'fill="(#\w+)"', d.tile.svg if d.tile else d.svg)[1] for d in drawn}) > 4  # type: ignore[index]
    for design in DESIGNS:
        said = unescape(drawing(series("Volume A", "3"), design).svg)
        assert "SMALL CLASSICS · 3" in said


def test_a_long_series_name_stays_on_the_page() -> None:
    for design in DESIGNS:
        metadata = replace(series("A", "12"), series="The Library of Small and Forgotten Classics")
        for text in ElementTree.fromstring(drawing(metadata, design).svg).iter():
            assert float(text.get("font-size", "30")) >= 18


SHAPES = [(108, 175), (129, 198), (148, 210), (210, 210), (297, 210), (210, 297), (90, 180)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("design", sorted(DESIGNS))
@pytest.mark.parametrize("title", TITLES)
def test_a_design_fills_a_page_of_any_shape(
    design: str, shape: tuple[int, int], title: str
) -> None:
    page = page_of(*shape)
    assert page.width / page.height == pytest.approx(shape[0] / shape[1], abs=0.001)
    said = Words(
        title, "A Tale of the Northern Sea", "Ada Example, Bo Example", "H & R", "Tales · 3"
    )
    made = DESIGNS[design](said, PALETTES[0], 1, page)
    feet = []
    for line in made.lines:
        length = text_length(line.text, line.track, weight_face(line.italic)) * line.size
        left = line.x if line.anchor == "start" else line.x - length / 2
        assert 60 <= left <= left + length <= page.width - 60, line
        assert line.size * 0.8 <= line.y <= page.height - 120, line
        feet.append((round(left), line.y - 0.62 * line.size, line.y, round(left + length)))
    for one in feet:  # no two lines lie on one another
        for other in feet:
            if one is not other and one[0] < other[3] and other[0] < one[3]:
                assert one[2] <= other[1] or other[2] <= one[1], (one, other)


def weight_face(italic: bool) -> str:
    return "EBGaramond-Italic.ttf" if italic else "EBGaramond-Regular.ttf"


def test_it_is_told_what_the_cover_leaves_out(tmp_path: Path) -> None:
    folder = copy_of_seed(tmp_path)
    file = folder / "edition.toml"
    file.write_text(file.read_text().replace("[The Latest Russian Events]", "源氏物語"))
    for _ in ("built", "up to date"):
        said = publish("build", "book", "--formats", "epub", cwd=tmp_path).stdout
        assert "The cover leaves out “源氏物語”" in said
    assert "leaves out" not in publish("build", "book", "--formats", "txt", cwd=tmp_path).stdout
    assert not cover_told(Edition.quick(b"x", title="Преступление и наказание"))
    own = replace(Edition.quick(b"x", title="源氏物語"), cover=image("PNG"))
    assert not cover_told(own)
