"""Contents read by a pattern say the same as contents taken apart."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed import book

from publish.pdf.glyphs import glyphs
from publish.pdf.lexer import Contents, content_of, words
from publish.writers.pdf import write_pdf

TEXT = (
    b"/F1 10 Tf (a\\) (in) Tj) Tj [<0041> -2 (b\\\\)] TJ /Span <</MCID 3>> BDC <0042>Tj EMC "
    b"% Tj EMC\n/Artifact BMC 0 0 9 9 re f* EMC /P /x BDC EMC /S gs\nBI /W 1 ID f S Do \nEI q S\nsh"
)


def read(content: bytes) -> list[str]:
    return [kind for kind, _ in words(content)]


def test_words_are_found_and_strings_passed_over() -> None:
    assert read(TEXT) == [
        "font", "shown", "shown", "mcid", "shown", "end", "mark", "drawn", "end", "other", "end",
        "drawn", "drawn", "drawn",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("image", "rest"),
    [
        (b"BI /W 1 ID S f S \nEI", ["drawn", "drawn"]),
        (b"BI /I true ID ( EI", ["drawn", "drawn"]),
        (b"BI /W 1 ID S xEI EIx S", []),  # does not end
        (b"BI /W 1 S", []),  # has no data
    ],
)
def test_inline_images_are_passed_over(image: bytes, rest: list[str]) -> None:
    assert read(b"f " + image + b" S") == ["drawn", *rest]


def test_glyphs_are_read_from_strings_of_both_kinds() -> None:
    assert glyphs(b"<0041 0042>") == [0x41, 0x42]
    assert glyphs(b"[<0041> -3 (\\000B) 7 <0043>]") == [0x41, 0x42, 0x43]


@pytest.mark.parametrize("press", [False, True])
def test_a_page_says_the_same_when_it_is_taken_apart(press: bool) -> None:
    with pikepdf.open(BytesIO(write_pdf(book(), press=press))) as document:
        for page in document.pages:
            shown, drawn = [], 0
            for operation in pikepdf.parse_content_stream(page):
                operator = str(operation.operator)
                if operator in ("Tj", "TJ"):
                    held = operation.operands[0]
                    parts = list(held) if isinstance(held, pikepdf.Array) else [held]
                    strings = [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
                    codes = b"".join(strings)
                    shown.append([*zip(codes[::2], codes[1::2], strict=True)])
                drawn += operator in ("f", "f*", "S", "B", "Do")
            found = list(words(content_of(page)))
            texts = [glyphs(word["shown"]) for kind, word in found if kind == "shown"]
            assert texts == [[256 * a + b for a, b in pairs] for pairs in shown]
            assert sum(kind == "drawn" for kind, _ in found) == drawn


def test_a_content_is_read_once_until_another_takes_its_place() -> None:
    contents = Contents()
    with pikepdf.new() as document:
        pages = [document.add_blank_page(), document.add_blank_page()]
        for page in pages:
            page.Contents = document.make_stream(TEXT)
        first, second = (contents.of(page) for page in pages)
        assert [kind for kind, _ in first[1]] == read(TEXT)
        assert contents.of(pages[0]) is first
        assert second is not first
        pages[0].Contents = document.make_stream(b"0 0 9 9 re f")
        assert [kind for kind, _ in contents.of(pages[0])[1]] == ["drawn"]
        pages[1].contents_add(b"0 0 9 9 re f", prepend=True)
        assert [kind for kind, _ in contents.of(pages[1])[1]] == ["drawn", *read(TEXT)]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_to_their_end(content: bytes) -> None:
    assert all(len(word[0]) for _, word in words(content))


def test_hostile_contents_are_read_in_good_time() -> None:
    for part in (b"(", b"[<", b"[(", b"/A << ", b"BI ID ", b"\\(", b"<0 ", b"BI ", b"(a", b"[(a)"):
        assert read(part * 20_000) == []
