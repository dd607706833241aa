"""The geometry of a paperback's cover laid flat: back, spine, front, from the left; and what its
spine can bear.

Lengths are units of the front's page, as in `cover_shapes`; the origin is the head of the spine's
edge to the front, so that what is drawn for a front alone stands where it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from publish.cover_shapes import Box, Page, page_of

POINT_MM: Final = 25.4 / 72
# Kindle Direct Publishing prints text on spines from 79 pages on, and wants 0.0625 in between it
# and the fold on either side; the folds of a bound cover wander by about so much.
FEWEST_PAGES: Final = 79
SPINE_MARGIN_MM: Final = 1.6
SMALLEST_SPINE_PT: Final = 7.0
LARGEST_SPINE_PT: Final = 26.0
BODY: Final = 0.95  # em from the top of a d to the foot of a p in EB Garamond
# ISO 6357 has titles read downwards; these languages' shelves read upwards.
READ_UPWARDS: Final = frozenset("bg cs de el es fr hr hu it pl pt ro ru sk sr uk".split())


@dataclass(frozen=True, slots=True)
class Spread:
    """A flat cover: the trim of one page, the spine and the bleed, in mm."""

    width_mm: float
    height_mm: float
    spine_mm: float
    bleed_mm: float

    @property
    def page(self) -> Page:
        return page_of(self.width_mm, self.height_mm)

    @property
    def unit_mm(self) -> float:
        return self.width_mm / self.page.width

    @property
    def spine(self) -> Box:
        width = self.spine_mm / self.unit_mm
        return Box(-width, 0, width, self.page.height)

    @property
    def back(self) -> Box:
        return Box(self.spine.left - self.page.width, 0, *self.page)

    @property
    def bled(self) -> Box:
        """All that is printed: trim and bleed."""
        bleed, trim = self.bleed_mm / self.unit_mm, self.trim
        return Box(trim.left - bleed, -bleed, trim.width + 2 * bleed, self.page.height + 2 * bleed)

    @property
    def trim(self) -> Box:
        return Box(self.back.left, 0, -self.back.left + self.page.width, self.page.height)

    def units(self, points: float) -> float:
        return points * POINT_MM / self.unit_mm

    def points(self, units: float) -> float:
        return units * self.unit_mm / POINT_MM


def spine_type_pt(spine_mm: float, pages: int) -> float:
    """The largest type that a spine of this width bears, in points; 0 if it bears none.

    `pages` is 0 where the width is the press's own figure and only it counts.
    """
    room = (spine_mm - 2 * SPINE_MARGIN_MM) / POINT_MM / BODY
    if 0 < pages < FEWEST_PAGES or room < SMALLEST_SPINE_PT:
        return 0.0
    return min(room, LARGEST_SPINE_PT, 0.55 * spine_mm / POINT_MM)


def spine_turn(language: str, reads: str = "") -> int:
    """90 if the spine's text reads downwards, -90 if upwards."""
    up = reads == "up" if reads else language.split("-")[0].lower() in READ_UPWARDS
    return -90 if up else 90
