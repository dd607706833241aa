"""Widths of words as they will be set: the layout shapes with HarfBuzz, and so does this.

Widths are in ems of the text size. Kerning, ligatures, old-style figures and small caps are in
them, because the same shaper reads the same font files with the same features.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from publish.resources import font
from publish.theme import GARAMOND, THEMES, Files

FILES: Mapping[str, Files] = {  # by family
    theme.family: theme.files for theme in THEMES.values()
}


class Look(NamedTuple):
    """How a run of characters is set, so far as it changes widths. `tracking` is in ems."""

    family: str = GARAMOND.family
    italic: bool = False
    bold: bool = False
    features: tuple[str, ...] = ("onum", "pnum")
    tracking: float = 0.0


@lru_cache(maxsize=200_000)
def width(text: str, look: Look) -> float | None:
    """The width of a word, or None if its face lacks a character of it."""
    import uharfbuzz

    if not text:
        return 0.0
    loaded = _face(look.family, look.italic, look.bold)
    if loaded is None:
        return None
    face, units = loaded
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(face, buffer, dict.fromkeys(("kern", "liga", *look.features), True))
    if any(not glyph.codepoint for glyph in buffer.glyph_infos):
        return None
    advance = sum(position.x_advance for position in buffer.glyph_positions) / units
    return float(advance) + look.tracking * len(text)


@lru_cache(maxsize=8)
def _face(family: str, italic: bool, bold: bool) -> tuple[Any, int] | None:
    import uharfbuzz

    if italic and bold:
        return None
    files = FILES[family]
    name = files.italic if italic else files.semibold if bold else files.roman
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font(name))))
    return uharfbuzz.Font(face), face.upem
