"""The marks of an imposed sheet, as PDF operators: where to cut, where to fold, which comes next.

They are drawn in the black of DeviceGray, outside of the pages and their bleed, and only where at
least `SHORTEST` of one has room. Lengths are points.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from publish.trim import POINTS_PER_MM
from publish.writers.marks import (
    FOLD_DASH,
    MARK_LENGTH,
    MARK_OFFSET,
    MARK_WIDTH,
    Stroke,
    drawn,
    upright,
)  # fmt: skip

SHORTEST: Final = 2 * POINTS_PER_MM
STEP: Final = 4 * POINTS_PER_MM  # the height of a collating mark, and how far the next stands below
STEP_WIDTH: Final = 1.2 * POINTS_PER_MM  # across the fold: half of it shows on each side


class Panel(NamedTuple):
    """Where a page's trim lies on the sheet."""

    left: float
    foot: float
    right: float
    head: float


def marks(left: Panel, right: Panel, sheet_width: float, bleed: float) -> bytes:
    """Crop marks at the outer edge, head and foot of two pages, fold marks between them."""
    near = bleed + MARK_OFFSET
    far = near + MARK_LENGTH
    cuts: list[Stroke] = []
    folds: list[Stroke] = []
    trimmed = left.foot > 1  # else the head and foot are the sheet's own edges
    if trimmed and has_room(left.left, bleed):
        out = left.left - min(far, left.left)
        cuts += [(out, y, left.left - near, y) for y in (left.foot, left.head)]
    if trimmed and has_room(sheet_width - right.right, bleed):
        out = right.right + min(far, sheet_width - right.right)
        cuts += [(right.right + near, y, out, y) for y in (right.foot, right.head)]
    if has_room(left.foot, bleed):
        for strokes, x in ((cuts, left.left), (cuts, right.right), (folds, sheet_width / 2)):
            reach = min(far, left.foot)
            strokes += upright(x, left.foot, left.head, near, reach)
    lines = f"{drawn(cuts)}[{FOLD_DASH}] 0 d\n{drawn(folds)}"
    return f"q 0 G {MARK_WIDTH} w 0 J\n{lines}Q\n".encode()


def has_room(space: float, bleed: float) -> bool:
    """True if a mark fits into the space between a page's trim and the sheet's edge."""
    return space >= bleed + MARK_OFFSET + SHORTEST


def collating_mark(signature: int, fold: float, head: float, height: float) -> bytes:
    """A bar across the fold outside of a signature. Those of a whole book go down its back like a
    staircase; a step missing, twice or out of turn is a signature missing, twice or out of turn.
    """
    steps = max(int(height / STEP) - 4, 1)
    foot = head - STEP * (3 + signature % steps)
    left = fold - STEP_WIDTH / 2
    return f"q 0 g {left:.3f} {foot:.3f} {STEP_WIDTH:.3f} {STEP:.3f} re f Q\n".encode()
