"""Glyphs of a PDF's fonts: how many there are, which are shown, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from struct import unpack
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pikepdf

MAPPED: Final = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<((?:[0-9A-Fa-f]{4})+)>")
BOX: Final = re.compile(rb"<(?:[0-9A-Fa-f]{4})*?0000")
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
SHOWN: Final = frozenset({"Tj", "TJ", "'", '"'})


def missing_glyphs(document: pikepdf.Pdf) -> Iterator[tuple[int, list[str]]]:
    """The pages that show a box instead of a character, and those characters, in their order.

    Shown so is glyph 0, and one that its font does not hold; U+FFFD stands for a character that the
    file does not name.
    """
    import pikepdf

    held: dict[tuple[int, int], int] = {}
    meant: dict[tuple[int, int], dict[int, str]] = {}
    for number, page in enumerate(document.pages, 1):
        missing: set[str] = set()
        fonts: Any = page.resources.get("/Font", {})
        own = (0, 0)
        for operation in pikepdf.parse_content_stream(page, "Tf Tj TJ ' \""):
            operator, operands = str(operation.operator), operation.operands
            if operator == "Tf":
                font = fonts.get(str(operands[0]))
                own = font.objgen if font is not None else (0, 0)
                if font is not None and own not in held:
                    held[own], meant[own] = glyph_count(font), to_unicode(font)
            elif held.get(own):
                shown = glyphs(operands)
                if shown and (min(shown) == 0 or max(shown) >= held[own]):
                    lost = (glyph for glyph in shown if glyph == 0 or glyph >= held[own])
                    missing |= {meant[own].get(glyph, REPLACEMENT) for glyph in lost}
        if missing:
            yield number, sorted(missing)


def shows_a_box(document: pikepdf.Pdf) -> bool:
    """What `missing_glyphs` finds, sooner, in a file as the layout writes it: strings are all
    hexadecimal, so glyph 0 can be searched for, and a font that lacks a glyph has a map of codes
    of its own."""
    import pikepdf

    for page in document.pages:
        fonts: Any = page.resources.get("/Font", {})
        own_map = any(
            font.get("/Subtype") == "/Type0" and font.get("/Encoding") != "/Identity-H"
            for font in fonts.values()
        )
        content: Any = page.obj.Contents
        several = list(content) if isinstance(content, pikepdf.Array) else [content]
        written = b"\n".join(stream.read_bytes() for stream in several)
        if own_map or BOX.search(written) or b"(" in written:
            return any(missing_glyphs(document))
    return False


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
    return list(unpack(f">{len(codes) // 2}H", codes[: len(codes) // 2 * 2]))
