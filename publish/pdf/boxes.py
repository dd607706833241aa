"""Boxes of a page: rectangles in points."""

from __future__ import annotations

from typing import Any, Final

Box = tuple[float, ...]

TOLERANCE: Final = 0.1  # points


def box(page: Any, name: str) -> Box | None:
    """A box of a page by its key, "/TrimBox", or None; the media box may come from above the
    page."""
    held = page.mediabox if name == "/MediaBox" else page.get(name)
    return None if held is None else tuple(float(value) for value in held)


def within(inner: Box, outer: Box) -> bool:
    """Whether a box lies within another, to a tenth of a point."""
    return (
        inner[0] >= outer[0] - TOLERANCE
        and inner[1] >= outer[1] - TOLERANCE
        and inner[2] <= outer[2] + TOLERANCE
        and inner[3] <= outer[3] + TOLERANCE
    )


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
