"""Glyphs of a PDF's fonts: how many there are, which are shown, and what they stand for."""

from __future__ import annotations

import re
from io import BytesIO
from struct import unpack
from typing import Any, Final

MAPPED: Final = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<((?:[0-9A-Fa-f]{4})+)>")
SHOWN: Final = frozenset({"Tj", "TJ", "'", '"'})


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
