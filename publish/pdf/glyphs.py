"""Glyphs of a PDF's fonts: how many there are, which are shown, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from struct import unpack
from typing import TYPE_CHECKING, Any, Final

from publish.pdf.lexer import Contents, content_of, words
from publish.pdf.objects import several

if TYPE_CHECKING:
    import pikepdf

MAPPED: Final = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<((?:[0-9A-Fa-f]{4})+)>")
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
HEXADECIMAL: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>")


def missing_glyphs(
    document: pikepdf.Pdf, contents: Contents | None = None
) -> Iterator[tuple[int, list[str]]]:
    """The pages that show a box instead of a character, and those characters, in their order. With
    `contents`, what is read of the pages is left there.

    Shown so is glyph 0, and one that its font does not hold; U+FFFD stands for a character that the
    file does not name.
    """
    held: dict[tuple[int, int], int] = {}
    meant: dict[tuple[int, int], dict[int, str]] = {}
    for number, page in enumerate(document.pages, 1):
        missing: set[str] = set()
        fonts: Any = page.resources.get("/Font", {})
        own = (0, 0)
        for kind, word in contents.of(page)[1] if contents else words(content_of(page)):
            if kind == "font":
                font = fonts.get(word["font"].decode("latin-1"))
                own = font.objgen if font is not None else (0, 0)
                if font is not None and own not in held:
                    held[own], meant[own] = glyph_count(font), to_unicode(font)
            elif kind == "shown" and held.get(own):
                shown = glyphs(word["shown"])
                if shown and (min(shown) == 0 or max(shown) >= held[own]):
                    lost = (glyph for glyph in shown if glyph == 0 or glyph >= held[own])
                    missing |= {meant[own].get(glyph, REPLACEMENT) for glyph in lost}
        if missing:
            yield number, sorted(missing)


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


def glyphs(shown: bytes) -> list[int]:
    """The glyph numbers, of two bytes each, of a string or an array of strings and distances, as a
    content has it."""
    if b"(" not in shown:
        codes = bytes.fromhex(b"".join(HEXADECIMAL.findall(shown)).decode())
    else:
        import pikepdf

        parts = several(pikepdf.Object.parse(shown))
        codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return list(unpack(f">{len(codes) // 2}H", codes[: len(codes) // 2 * 2]))
