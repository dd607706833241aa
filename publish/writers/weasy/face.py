"""A font file as words are shaped with it, and the glyphs that a document draws from it."""

from __future__ import annotations

from typing import Final

COLOURED: Final = frozenset({"EBDT", "CBDT", "COLR", "SVG ", "sbix", "fvar"})


class Face:
    """A font file: its HarfBuzz font, and the glyphs drawn from it with their text and width in
    thousandths of the em."""

    def __init__(self, data: bytes, index: int) -> None:
        import uharfbuzz

        self.face = uharfbuzz.Face(uharfbuzz.Blob(data), index)
        self.font = uharfbuzz.Font(self.face)
        self.scale = 1000 / self.face.upem
        self.glyphs: dict[int, tuple[str, int]] = {}
        self.kerns = False  # with spaces; found out when the face is first asked for
        self.plain = not COLOURED.intersection(self.face.table_tags)

    def width(self, glyph: int) -> int:
        """The width that the PDF's font will give a glyph: a whole number, as WeasyPrint has it."""
        wide: float = self.font.get_glyph_h_advance(glyph) * self.scale
        return round(wide)
