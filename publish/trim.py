"""The page of a printed book: trim size, type area, margins and type size, as numbers.

Every vertical measure is a multiple of the leading, so facing lines stand on one grid.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from publish.errors import EditionError
from publish.theme import GARAMOND, THEMES, Theme

POINTS_PER_MM: Final = 72 / 25.4

# Name → width and height in mm. The inch sizes are those that presses of North America stock,
# the others the British and ISO ones.
TRIMS: Final = {
    "pocket": (108.0, 175.0),
    "b-format": (129.0, 198.0),
    "demy": (138.0, 216.0),
    "digest": (139.7, 215.9),  # 5.5 × 8.5 in
    "a5": (148.0, 210.0),
    "trade": (152.4, 228.6),  # 6 × 9 in
    "royal": (156.0, 234.0),
    "a4": (210.0, 297.0),
}
CUSTOM: Final = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)(?:\s*mm)?", re.IGNORECASE)

MEASURE: Final = 0.736  # of the trim width: 70 characters a line of Garamond on a digest page
NARROW_MEASURE: Final = (
    0.784  # of a page as narrow as NARROW, whose margins are no place for thumbs
)
NARROW: Final = 300.0  # points
FULL: Final = 396.0
DEPTH: Final = 0.785  # of the trim height
NARROWEST_EM: Final = 14
SHALLOWEST_LINES: Final = 12
LARGEST_MM: Final = 1000
LETTERS_PER_WORD: Final = 6.7  # of English text, its space and its short last lines with it


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page's geometry in points. `inner` is the margin at the spine, `outer` at the edge."""

    width: float
    height: float
    size: float
    leading: float
    lines: int
    top: float
    bottom: float
    inner: float
    outer: float
    theme: Theme = GARAMOND

    @property
    def measure(self) -> float:
        """The width of the type area."""
        return self.width - self.inner - self.outer


def trim_size_mm(trim: str) -> tuple[float, float]:
    """Width and height of a named trim size, or of "WIDTHxHEIGHT" in mm."""
    named = TRIMS.get(trim.strip().lower())
    if named:
        return named
    custom = CUSTOM.fullmatch(trim.strip())
    if not custom:
        raise EditionError(
            f"the trim size “{trim}” is not known.",
            hint=f"Known are {', '.join(TRIMS)}, and any WIDTHxHEIGHT in mm, such as 130x200.",
        )
    return float(custom[1]), float(custom[2])


def type_size(width: float, theme: Theme = GARAMOND) -> float:
    """The size in points that suits a page of this width in points, in quarters of a point."""
    sizes = ((320, 10.0), (380, 10.5), (430, 11.0), (500, 11.5))
    size = next((size for limit, size in sizes if width < limit), 12.0)
    return max(theme.smallest, round(size * theme.size * 4) / 4)


def measure_share(width: float) -> float:
    """How much of a page's width is text: more of a narrow one."""
    narrowness = min(1.0, max(0.0, (FULL - width) / (FULL - NARROW)))
    return MEASURE + narrowness * (NARROW_MEASURE - MEASURE)


def gutter(pages: int) -> float:
    """What a bound block of this many pages swallows at the spine, in points."""
    return 0.0 if pages < 64 else 5.0 if pages < 160 else 8.0 if pages < 400 else 11.0


def sheet(
    trim: str, size_pt: float = 0.0, words: int = 0, theme: str = "garamond", leading_pt: float = 0
) -> Sheet:
    """The page for a trim size, a type size and leading (0: those that suit it), a length in
    words, a theme.

    Raises EditionError for an unknown size and for one too small for its type.
    """
    for _, fault in page_faults(trim, size_pt, theme, leading_pt):
        raise fault
    look = THEMES[theme]
    width, height = (side * POINTS_PER_MM for side in trim_size_mm(trim))
    size, leading = _type(width, size_pt, leading_pt, look)
    measure = _measure(width, size, look)
    lines = _lines(height, leading)
    side, upright = width - measure, height - lines * leading
    words_a_line = measure / size / look.letter / LETTERS_PER_WORD
    swallowed = gutter(int(words / (words_a_line * lines * 0.9)))
    inner = side * 0.45 + swallowed
    return Sheet(
        width, height, size, leading, lines,
        top=upright * 0.45, bottom=upright * 0.55, inner=inner, outer=side - inner, theme=look,
    )  # fmt: skip


def page_faults(
    trim: str, size_pt: float = 0.0, theme: str = "garamond", leading_pt: float = 0
) -> Iterator[tuple[str, EditionError]]:
    """What is wrong with these settings of a page, each with the key of [print] that says it."""
    look = THEMES[theme]
    try:
        width_mm, height_mm = trim_size_mm(trim)
    except EditionError as unknown:
        yield "trim", unknown
        if size_pt:
            yield from _type_faults(size_pt, leading_pt, look)
        return
    width, height = width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM
    size, leading = _type(width, size_pt, leading_pt, look)
    yield from _type_faults(size, leading_pt, look)
    size = max(size, look.smallest)
    leading = max(leading, size)
    message = f"the trim size “{trim}” holds no book page in {size:g} pt type."
    if max(width_mm, height_mm) > LARGEST_MM:
        yield "trim", EditionError(message, hint=f"It may have {LARGEST_MM} mm a side at most.")
    elif not _holds(width, height, size, leading, look):
        sides = range(1, LARGEST_MM + 1)
        wide = [w for w in sides if _holds(w * POINTS_PER_MM, math.inf, size, leading, look)]
        high = [h for h in sides if _lines(h * POINTS_PER_MM, leading) >= SHALLOWEST_LINES]
        least = f"{max(wide[0], width_mm):g}x{max(high[0], height_mm):g}" if wide and high else ""
        yield (
            "trim",
            EditionError(
                message,
                hint=f"It needs {NARROWEST_EM} em of type and {SHALLOWEST_LINES} lines within its"
                + (f" margins: {least} would do." if least else " margins: take smaller type."),
            ),
        )


def _type(width: float, size_pt: float, leading_pt: float, look: Theme) -> tuple[float, float]:
    """Size and leading in points, those that suit the page where none are given."""
    size = size_pt or type_size(width, look)
    return size, leading_pt or round(size * look.leading * 4) / 4


def _measure(width: float, size: float, look: Theme) -> float:
    return min(width * measure_share(width), look.widest * size)


def _lines(height: float, leading: float) -> int:
    return int(height * DEPTH / leading)


def _holds(width: float, height: float, size: float, leading: float, look: Theme) -> bool:
    """Whether the page has room for lines that can be read, and for enough of them."""
    wide = _measure(width, size, look) >= NARROWEST_EM * size
    return wide and (math.isinf(height) or _lines(height, leading) >= SHALLOWEST_LINES)


def _type_faults(size: float, leading_pt: float, look: Theme) -> Iterator[tuple[str, EditionError]]:
    if size < look.smallest:
        yield (
            "size_pt",
            EditionError(
                f"{size:g} pt type is no large print.",
                hint=f"Large print is {look.smallest:g} pt and up; without `size_pt` it is what"
                " suits the trim.",
            ),
        )
    if leading_pt and leading_pt < size:
        yield (
            "leading_pt",
            EditionError(
                f"with a leading of {leading_pt:g} pt, lines of {size:g} pt type run into one"
                " another.",
                hint="Without `leading_pt` it is what suits the type.",
            ),
        )
