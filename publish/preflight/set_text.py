"""Words on a page as its content stream paints them: a page in, its marked pieces of text out.

ISO 32000-1, 9.4 (text), 14.6 (marked content). Fonts of two-byte glyph numbers alone are read,
the only ones that the layout writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from publish.pdf.glyphs import to_unicode
from publish.pdf.matrices import WHOLE, Matrix, times

OPERATORS: Final = "q Q cm BDC BMC EMC Tf Tm Td Tj TJ Tc Tw Do"
BLANKS: Final = frozenset(" \N{NO-BREAK SPACE}")
WORD_SPACE: Final = 0.14  # of the type size: a wider gap parts words though no space is painted
PLAIN_SPACE: Final = 0.25  # of the type size, where a font has no space to measure


class Piece(NamedTuple):
    """A run of text on one line. `left`, `right` and `baseline` are in points of the page, `size`
    is its type size; `gaps` are its word spaces by the normal one of its font."""

    left: float
    right: float
    baseline: float
    size: float
    text: str
    gaps: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Font:
    """Advances in thousandths of the type size, and the characters of each glyph."""

    widths: dict[int, float]
    characters: dict[int, str]
    default: float

    @property
    def space(self) -> float:
        """The normal word space."""
        spaces = [glyph for glyph, text in self.characters.items() if text in BLANKS]
        return min((self.widths.get(glyph, self.default) for glyph in spaces), default=0.0)


@dataclass(slots=True)
class _Run:
    """What is gathered of one piece while the stream is read."""

    left: float = 0.0
    right: float = 0.0
    baseline: float = 0.0
    size: float = 0.0
    text: list[str] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)


class Reader:
    """Reads the pages of one document; fonts are read once."""

    def __init__(self) -> None:
        self.fonts: dict[Any, Font] = {}

    def pieces(self, page: Any) -> dict[int, Piece]:
        """The page's text by the number of its marked content."""
        import pikepdf

        fonts = {
            str(name): self._font(font)
            for name, font in page.get("/Resources", {}).get("/Font", {}).items()
        }
        found: dict[int, _Run] = {}
        marks: list[int] = []
        stack: list[Matrix] = []
        place, text = WHOLE, WHOLE
        font, size = None, 0.0
        for instruction in pikepdf.parse_content_stream(page, OPERATORS):
            operands: Any = instruction.operands
            operator = str(instruction.operator)
            match operator:
                case "q":
                    stack.append(place)
                case "Q":
                    place = stack.pop() if stack else WHOLE
                case "cm":
                    place = times(_matrix(operands), place)
                case "BDC" | "BMC":
                    marks.append(_number(operands))
                case "EMC":
                    marks and marks.pop()
                case "Tf":
                    font, size = fonts.get(str(operands[0])), float(operands[1])
                case "Tm":
                    text = _matrix(operands)
                case "Td":
                    text = times((1, 0, 0, 1, float(operands[0]), float(operands[1])), text)
                case "Tj" | "TJ" if font is not None:
                    items = operands[0] if operator == "TJ" else operands
                    shown = times(text, place)
                    number = next((mark for mark in reversed(marks) if mark >= 0), -1)
                    width = _show(items, font, size, shown, found.setdefault(number, _Run()))
                    text = times((1, 0, 0, 1, width, 0), text)
        return {
            number: Piece(
                run.left, run.right, run.baseline, run.size, "".join(run.text), tuple(run.gaps)
            )
            for number, run in found.items()
            if number >= 0
        }

    def _font(self, font: Any) -> Font:
        key = font.objgen
        if key not in self.fonts:
            self.fonts[key] = _read_font(font)
        return self.fonts[key]


def _show(items: Iterable[Any], font: Font, size: float, at: Matrix, run: _Run) -> float:
    """Adds what a string paints to the run; its width in text space."""
    import pikepdf

    scale = size / 1000
    x = after_word = 0.0
    blank = False
    seen = bool(run.text)
    normal = font.space * scale or PLAIN_SPACE * size
    for item in items:
        if not isinstance(item, pikepdf.String):
            x -= float(item) * scale
            continue
        codes = bytes(item)
        for offset in range(0, len(codes) - 1, 2):
            glyph = codes[offset] << 8 | codes[offset + 1]
            characters = font.characters.get(glyph, "\N{REPLACEMENT CHARACTER}")
            advance = font.widths.get(glyph, font.default) * scale
            if characters in BLANKS:
                blank = True
                run.text.append(" ")
            else:
                gap = x - after_word
                if seen and (blank or gap > WORD_SPACE * size):
                    run.gaps.append(gap / normal)
                    if not blank:
                        run.text.append(" ")
                run.text.append(characters)
                seen, blank = True, False
                after_word = x + advance
            x += advance
    height = abs(at[3]) * size
    if not run.size:
        run.left, run.baseline, run.size = at[4], at[5], height
    run.right = max(run.right, at[4] + at[0] * after_word)
    return x


def _read_font(font: Any) -> Font:
    descendant = font["/DescendantFonts"][0] if "/DescendantFonts" in font else None
    widths: dict[int, float] = {}
    listed = list(descendant.get("/W", [])) if descendant is not None else []
    at = 0
    while at + 1 < len(listed):
        first, second = int(listed[at]), listed[at + 1]
        if isinstance(second, int) and at + 2 < len(listed):
            widths.update(dict.fromkeys(range(first, int(second) + 1), float(listed[at + 2])))
            at += 3
        else:
            widths.update({first + n: float(each) for n, each in enumerate(second)})
            at += 2
    default = float(descendant.get("/DW", 1000)) if descendant is not None else 500.0
    return Font(widths, to_unicode(font), default)


def _number(operands: Any) -> int:
    """The MCID of a BDC, -1 if it has none."""
    properties = operands[1] if len(operands) > 1 else {}
    return int(properties.get("/MCID", -1)) if hasattr(properties, "get") else -1


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in operands)
    return a, b, c, d, e, f
