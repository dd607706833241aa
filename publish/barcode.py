"""The barcode of a book: its ISBN as an EAN-13 symbol, with the numbers for people to read.

Measures are those of the GS1 General Specifications (5.2): at 100 % a module is 0.33 mm, the bars
22.85 mm high, the light margin 11 modules at the left and 7 at the right. Shops scan 80 to 200 %;
books have 80 to 100 %.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from publish.cover_lines import text_length
from publish.cover_shapes import Box, Line, rect

MODULE_MM: Final = 0.33
BARS_MM: Final = 22.85
GUARD: Final = 5  # modules that the guard bars are longer
LIGHT_LEFT, LIGHT_RIGHT = 11, 7  # modules
DIGITS: Final = 9.3  # modules: the size of the digits' type
MAGNIFICATIONS: Final = (1.0, 0.9, 0.8)
LARGEST_SHARE: Final = 1 / 3  # of the page's width: a larger one is out of proportion
LINING: Final = ("lnum", "tnum")
BLACK, WHITE = "#000000", "#ffffff"


class Symbol(NamedTuple):
    """Shapes and lines of type in the units of a cover, and the white box that holds them."""

    box: Box
    shapes: str
    lines: tuple[Line, ...]
    magnification: float


def modules(isbn: str) -> str:
    """The symbol's 95 modules, "1" for a bar, "G" for one of a guard pattern, "0" for none.

    `isbn` has 13 digits, hyphens or not, and a right check digit.
    """
    from barcode.ean import EuropeanArticleNumber13

    digits = _digits(isbn)
    code = EuropeanArticleNumber13(digits, guardbar=True)
    assert str(code) == digits  # the edition was refused if its check digit is wrong
    built: list[str] = code.build()
    return built[0]


def _digits(isbn: str) -> str:
    return "".join(c for c in isbn if c.isdigit())


def magnification(page_width_mm: float) -> float:
    """The largest of `MAGNIFICATIONS` that stays in proportion to the page, or the smallest."""
    for size in MAGNIFICATIONS:
        if (95 + LIGHT_LEFT + LIGHT_RIGHT) * MODULE_MM * size <= page_width_mm * LARGEST_SHARE:
            return size
    return MAGNIFICATIONS[-1]


def symbol(isbn: str, right: float, foot: float, unit_mm: float, size: float) -> Symbol:
    """The symbol whose white box has its lower right corner at (right, foot).

    Lengths are units of `unit_mm` millimetres; `size` is the magnification, 1.0 for 100 %.
    """
    module = MODULE_MM * size / unit_mm
    pad = 3 * module
    width = (LIGHT_LEFT + 95 + LIGHT_RIGHT) * module
    caption = f"ISBN {isbn.strip()}"
    caption_size = min(11 * module, 93 * module / text_length(caption, 0.02))
    bars = BARS_MM * size / unit_mm
    height = pad + caption_size * 1.15 + bars + (GUARD + 7) * module
    box = Box(right - width, foot - height, width, height)
    left, top = box.left + LIGHT_LEFT * module, box.top + pad + caption_size * 1.15
    shapes = rect(*box, WHITE)
    for start, run, guard in _runs(modules(isbn)):
        tall = bars + (GUARD * module if guard else 0)
        shapes += (
            f'<rect x="{left + start * module:.4f}" y="{top:.4f}" width="{run * module:.4f}"'
            f' height="{tall:.4f}" fill="{BLACK}"/>'
        )
    baseline = top + bars + (GUARD + 3.2) * module
    digits = _digits(isbn)
    above = top - 0.38 * caption_size
    lines = [
        Line(left + 47.5 * module, above, caption_size, caption, BLACK, track=0.02, features=LINING)
    ]
    places = [-7.0, *(3 + 7 * n + 3.5 for n in range(6)), *(50 + 7 * n + 3.5 for n in range(6))]
    for at, digit in zip(places, digits, strict=True):
        x = left + at * module
        lines.append(Line(x, baseline, DIGITS * module, digit, BLACK, features=LINING))
    return Symbol(box, shapes, tuple(lines), size)


def _runs(pattern: str) -> list[tuple[int, int, bool]]:
    """(first module, number of modules, whether of a guard) of each bar."""
    runs: list[tuple[int, int, bool]] = []
    for at, module in enumerate(pattern):
        if module == "0":
            continue
        guard = module == "G"
        if runs and runs[-1][0] + runs[-1][1] == at and runs[-1][2] == guard:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1, guard)
        else:
            runs.append((at, 1, guard))
    return runs
