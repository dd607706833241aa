"""Glyphs of a PDF's fonts: how many there are, which are shown, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from struct import unpack
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pikepdf

MAPPED: Final = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<((?:[0-9A-Fa-f]{4})+)>")
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
TEXT_OPERATOR: Final = re.compile(
    rb"(/[^\s/<>\[\]]+)\s+[-+.\d]+\s+Tf\b|(\[[^\]]*\]|<[0-9A-Fa-f\s]*>)\s*T[jJ]\b"
)
HEXADECIMAL: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>")
INLINE_IMAGE: Final = re.compile(rb"\bBI\b")
SHOWN: Final = frozenset({"Tj", "TJ", "'", '"'})


def missing_glyphs(document: pikepdf.Pdf) -> Iterator[tuple[int, list[str]]]:
    """The pages that show a box instead of a character, and those characters, in their order.

    Shown so is glyph 0, and one that its font does not hold; U+FFFD stands for a character that the
    file does not name.
    """

    held: dict[tuple[int, int], int] = {}
    meant: dict[tuple[int, int], dict[int, str]] = {}
    for number, page in enumerate(document.pages, 1):
        missing: set[str] = set()
        fonts: Any = page.resources.get("/Font", {})
        own = (0, 0)
        for name, shown in shown_by(page):
            if name:
                font = fonts.get(name)
                own = font.objgen if font is not None else (0, 0)
                if font is not None and own not in held:
                    held[own], meant[own] = glyph_count(font), to_unicode(font)
            elif held.get(own):
                if shown and (min(shown) == 0 or max(shown) >= held[own]):
                    lost = (glyph for glyph in shown if glyph == 0 or glyph >= held[own])
                    missing |= {meant[own].get(glyph, REPLACEMENT) for glyph in lost}
        if missing:
            yield number, sorted(missing)


def shown_by(page: pikepdf.Page) -> Iterator[tuple[str, Sequence[int]]]:
    """What a page's content does with text, in order: the name of a font that is chosen, or, with
    no name, the glyph numbers that are shown in it.

    A content whose strings are all hexadecimal, as those of our own files are, is read without
    taking it apart: that is ten times as fast.
    """
    import pikepdf

    contents: Any = page.obj.get("/Contents", [])
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    data = b"\n".join(stream.read_bytes() for stream in streams)
    if b"(" in data or b"%" in data or INLINE_IMAGE.search(data):
        for operation in pikepdf.parse_content_stream(page, "Tf Tj TJ ' \""):
            if str(operation.operator) == "Tf":
                yield str(operation.operands[0]), ()
            else:
                yield "", glyphs(operation.operands)
        return
    for found in TEXT_OPERATOR.finditer(data):
        if found[1]:
            yield found[1].decode("latin-1"), ()
        else:
            yield "", numbers(bytes.fromhex(b"".join(HEXADECIMAL.findall(found[2])).decode()))


def glyph_count(font: Any) -> int:
    """How many glyphs an embedded font of two-byte glyph numbers holds; 0 for another font."""
    from fontTools.ttLib import TTFont, TTLibError

    if font.get("/Subtype") != "/Type0":
        return 0
    descriptor = font["/DescendantFonts"][0].get("/FontDescriptor", {})
    for key in ("/FontFile2", "/FontFile3"):
        if key in descriptor:
            try:
                return int(TTFont(BytesIO(descriptor[key].read_bytes()))["maxp"].numGlyphs)
            except (TTLibError, KeyError):
                return 0
    return 0


def to_unicode(font: Any) -> dict[int, str]:
    """Glyph number → the characters it stands for."""
    if "/ToUnicode" not in font:
        return {}
    pairs = MAPPED.findall(font["/ToUnicode"].read_bytes())
    return {
        int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
        for glyph, text in pairs
    }


def glyphs(operands: Any) -> list[int]:
    """The glyph numbers, of two bytes each, that the operands of a showing operator name: strings,
    or arrays of strings and distances."""
    import pikepdf

    codes = bytearray()
    for item in operands:
        if isinstance(item, pikepdf.String):
            codes += bytes(item)
        elif isinstance(item, pikepdf.Array):
            for part in item:
                if isinstance(part, pikepdf.String):
                    codes += bytes(part)
    return numbers(codes)


def numbers(codes: bytes | bytearray) -> list[int]:
    """The numbers of two bytes each that a string is made of."""
    return list(unpack(f">{len(codes) // 2}H", codes[: len(codes) // 2 * 2]))
