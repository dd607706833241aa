"""Marks outside of what is printed: where to cut, where to fold. Lengths are points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from publish.trim import POINTS_PER_MM

MARK_LENGTH: Final = 5 * POINTS_PER_MM
MARK_OFFSET: Final = 1 * POINTS_PER_MM  # between the bleed and the marks
MARK_WIDTH: Final = 0.25
FOLD_DASH: Final = "3 2"

Stroke = tuple[float, float, float, float]  # from x, y to x, y


def drawn(strokes: Iterable[Stroke]) -> str:
    """The strokes as PDF operators."""
    return "".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S\n" for a, b, c, d in strokes)


def upright(x: float, foot: float, head: float, near: float, far: float) -> list[Stroke]:
    """Two strokes on the line of `x`, from `near` to `far` below the foot and above the head."""
    return [(x, foot - far, x, foot - near), (x, head + near, x, head + far)]


def corners(trim: tuple[float, float, float, float], bleed: float) -> list[Stroke]:
    """Crop marks at the four corners, on the lines of the trim and outside of the bleed."""
    x0, y0, x1, y1 = trim
    near = bleed + MARK_OFFSET
    far = near + MARK_LENGTH
    strokes = [stroke for x in (x0, x1) for stroke in upright(x, y0, y1, near, far)]
    for y in (y0, y1):
        strokes += [(x0 - far, y, x0 - near, y), (x1 + near, y, x1 + far, y)]
    return strokes
