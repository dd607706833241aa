"""Papers by name, and what they make of a number of pages: a sheet's thickness, a spine's width.

Thickness is grammage × bulk (ISO 534: bulk is the volume of a gram of paper, in cm³/g). A press's
own figure for the very paper is always better than a table's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from publish.errors import UsageError

COVER_BOARD_UM: Final = 300.0  # one-side coated board of 250 g/m² at bulk 1.2; wrapped twice
THINNEST_UM, THICKEST_UM = 20.0, 1000.0  # India paper is about 30; beyond 1000 it is a board


@dataclass(frozen=True, slots=True)
class Paper:
    """`caliper_um` is the thickness of one sheet in micrometres. `board_um` is what each side of
    the cover adds to the spine: 0 where the source's figure holds for a whole bound book."""

    name: str
    grammage_gsm: float
    caliper_um: float
    board_um: float = COVER_BOARD_UM


def _bulky(name: str, grammage_gsm: float, bulk: float) -> Paper:
    """A paper sold by grammage in g/m² and bulk in cm³/g."""
    return Paper(name, grammage_gsm, round(grammage_gsm * bulk, 1))


def _on_demand(name: str, grammage_gsm: float, page_in: float) -> Paper:
    """A paper of a print-on-demand press that gives a spine in inches for each page."""
    return Paper(name, grammage_gsm, round(page_in * 2 * 25_400, 1), board_um=0.0)


# docs/print-papers.md names the source of each figure.
PAPERS: Final = {
    paper.name: paper
    for paper in (
        _bulky("offset-80", 80, 1.25),
        _bulky("offset-90", 90, 1.25),
        _bulky("offset-100", 100, 1.25),
        _bulky("offset-120", 120, 1.25),
        _bulky("book-80", 80, 1.5),
        _bulky("book-90", 90, 1.75),
        _bulky("matt-115", 115, 1.0),
        _bulky("matt-135", 135, 1.0),
        _bulky("gloss-135", 135, 0.9),
        Paper("50-lb", 74, 99.1),
        Paper("60-lb", 89, 116.8),
        Paper("70-lb", 104, 129.5),
        Paper("55-lb-bulky", 81, 142.2),
        _on_demand("kdp-white", 90, 0.002252),
        _on_demand("kdp-cream", 90, 0.0025),
        _on_demand("kdp-color", 104, 0.002347),
    )
}
OFFICE: Final = "offset-80"  # what stands in a copier
USUAL: Final = "book-80"  # what a novel is printed on


def paper(name: str) -> Paper:
    """The paper of this name. Raises UsageError, naming all there are, if there is none."""
    found = PAPERS.get(name.strip().lower())
    if not found:
        raise UsageError(
            f"there is no paper “{name}” in the table.",
            hint=f"There are {', '.join(PAPERS)}; for another, give its thickness.",
        )
    return found


def measured(caliper_um: float) -> Paper:
    """A paper of which only the thickness is known, in µm. Raises UsageError if no paper is so."""
    if not THINNEST_UM <= caliper_um <= THICKEST_UM:
        raise UsageError(
            f"a sheet of {caliper_um:g} µm is no paper.",
            hint=f"Give micrometres from {THINNEST_UM:g} to {THICKEST_UM:g}; office paper has 100.",
        )
    return Paper(f"{caliper_um:g} µm", 0, caliper_um)


def block_mm(pages: int, of: Paper) -> float:
    """The thickness of the pressed block of leaves: half the pages × the caliper, in mm."""
    return (pages + 1) // 2 * of.caliper_um / 1000


def spine_mm(pages: int, of: Paper) -> float:
    """The width of a paperback's spine in mm: the block, and the cover's board on its two sides."""
    return block_mm(pages, of) + 2 * of.board_um / 1000
