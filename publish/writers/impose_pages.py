"""The pages of a PDF as forms to be placed: turned upright, at their size, cut to their bleed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from publish.errors import SourceError
from publish.trim import POINTS_PER_MM

if TYPE_CHECKING:
    import pikepdf

SIZE_TOLERANCE: Final = 1.0  # points
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Placed:
    """A page as a form, with its trim and bleed in points as the page is seen upright."""

    form: pikepdf.Object
    trim: tuple[float, float, float, float]
    bleed: tuple[float, float, float, float]


def placed_page(page: pikepdf.Page, number: int, name: str) -> Placed:
    """The page of this number. Raises SourceError, naming `name`, for one that is damaged."""
    import pikepdf

    try:
        unit = float(page.obj.get("/UserUnit", 1))
        turn = page.rotation % 360
        if turn % 90 or float(page.obj.get("/Rotate", 0)) % 90:
            raise ValueError("a page is turned by quarters")
        media, trim = page.mediabox, page.trimbox
        bleed = page.bleedbox if "/BleedBox" in page.obj else trim  # not a printer's marks
        boxes = [[float(value) for value in box] for box in (media, trim, bleed)]
        # Rotated clockwise, in units of 1/72 in (PDF 32000-1, 8.3.3 and 14.11.2).
        matrix = {
            90: (0, -unit, unit, 0),
            180: (-unit, 0, 0, -unit),
            270: (0, unit, -unit, 0),
        }.get(turn, (unit, 0, 0, unit))
        form = page.as_form_xobject(handle_transformations=False)
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError):
        raise SourceError(f"page {number} of the PDF is damaged.", file=name) from None
    edge, inner, outer = (_ordered(box) for box in boxes)
    outer = _within(outer, edge)
    inner = _within(inner, edge)
    if inner[2] - inner[0] < SIZE_TOLERANCE or inner[3] - inner[1] < SIZE_TOLERANCE:
        raise SourceError(f"page {number} of the PDF has no size.", file=name)
    form["/BBox"] = pikepdf.Array(outer)
    form["/Matrix"] = pikepdf.Array([*matrix, 0, 0])
    return Placed(form, _turned(inner, matrix), _turned(outer, matrix))


def _ordered(box: Sequence[float]) -> Box:
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _within(box: Box, edge: Box) -> Box:
    return (
        max(box[0], edge[0]), max(box[1], edge[1]), min(box[2], edge[2]), min(box[3], edge[3]),
    )  # fmt: skip


def _turned(box: Box, matrix: Sequence[float]) -> Box:
    a, b, c, d = matrix
    points = [(a * x + c * y, b * x + d * y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    return _ordered([*map(min, zip(*points, strict=True)), *map(max, zip(*points, strict=True))])


def common_size(placed: Sequence[Placed], name: str) -> tuple[float, float]:
    """The size in points that all pages have. Raises SourceError at the first that has another."""
    sizes = [(p.trim[2] - p.trim[0], p.trim[3] - p.trim[1]) for p in placed]
    width, height = sizes[0]
    for number, (w, h) in enumerate(sizes, 1):
        if max(abs(w - width), abs(h - height)) > SIZE_TOLERANCE:
            raise SourceError(
                f"page {number} is {w / POINTS_PER_MM:.1f} × {h / POINTS_PER_MM:.1f} mm, page 1"
                f" {width / POINTS_PER_MM:.1f} × {height / POINTS_PER_MM:.1f} mm.",
                file=name,
                hint="Only a book of equal pages can be folded.",
            )
    return width, height
