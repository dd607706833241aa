"""Imposition: which page stands where on which side of which sheet. Numbers in, numbers out.

Two pages stand on each side; a sheet is folded once, its front outside. Sheets within one another
are a signature; a booklet is one signature of the whole book, stitched through the fold. The
printer turns the sheet over its short edge: the back's right is behind what is left on the front.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from publish.errors import UsageError

SHEETS_MM: Final = {  # long edge first: two upright pages stand side by side
    "a4": (297.0, 210.0),
    "a3": (420.0, 297.0),
    "letter": (279.4, 215.9),
    "tabloid": (431.8, 279.4),
}
PAGES_A_SHEET: Final = 4
LONGEST_SIGNATURE: Final = 64  # sixteen sheets: more will not fold into one another
CREEP_SEEN_MM: Final = 4.0  # a third of the inner margin of most books, and more
MOST_CREEP_MM: Final = 10.0  # all the inner margin of a small book: beyond, text goes over the fold
SMALLEST_SCALE: Final = 0.5  # 11 pt type is 5.5 pt then


class Side(NamedTuple):
    """Two pages beside one another, counted from 1; None is a blank."""

    left: int | None
    right: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """`signature` counts from 0; `depth` is the number of sheets around this one in the fold."""

    signature: int
    depth: int
    front: Side
    back: Side


def impose(pages: int, lengths: tuple[int, ...], right_to_left: bool = False) -> tuple[Sheet, ...]:
    """The sheets of a book of `pages` pages in signatures of these lengths, outermost first.

    Pages beyond the last are blanks. With `right_to_left` the book is bound at its right.
    """
    sheets, first = [], 1
    for number, length in enumerate(lengths):
        for depth in range(length // PAGES_A_SHEET):
            recto, last = first + 2 * depth, first + length - 1 - 2 * depth
            places = [p if p <= pages else None for p in (last, recto, recto + 1, last - 1)]
            if right_to_left:
                places = [places[1], places[0], places[3], places[2]]
            sheets.append(Sheet(number, depth, Side(*places[:2]), Side(*places[2:])))
        first += length
    return tuple(sheets)


def booklet(pages: int) -> tuple[int, ...]:
    """The one signature of a booklet: the pages, filled up to whole sheets."""
    return (_whole_sheets(pages),)


def signatures(pages: int, signature_pages: int) -> tuple[int, ...]:
    """The lengths of a book's signatures, in pages.

    Blanks fill the last sheet only. A short signature stands last but one, as binders put it: the
    outer ones carry the strain. Raises UsageError for a length that no folded sheets give.
    """
    if signature_pages % PAGES_A_SHEET or not PAGES_A_SHEET <= signature_pages <= LONGEST_SIGNATURE:
        raise UsageError(
            f"no signature has {signature_pages} pages.",
            hint=f"A folded sheet has four: give a multiple of 4 up to {LONGEST_SIGNATURE}.",
        )
    whole, rest = divmod(_whole_sheets(pages), signature_pages)
    lengths = [signature_pages] * whole
    if rest:
        lengths.insert(max(whole - 1, 0), rest)
    return tuple(lengths)


def _whole_sheets(pages: int) -> int:
    return -(-pages // PAGES_A_SHEET) * PAGES_A_SHEET


def creep_mm(depth: int, caliper_um: float) -> float:
    """How far a sheet stands out at the fore-edge: one thickness for each sheet around its fold.

    So much its pages move towards the fold, and after trimming all outer margins are alike.
    """
    return depth * caliper_um / 1000


def check_creep(depth: int, caliper_um: float) -> None:
    """Raises UsageError where the innermost of `depth` + 1 sheets would lose text over the fold."""
    creep = creep_mm(depth, caliper_um)
    if creep > MOST_CREEP_MM:
        raise UsageError(
            f"{depth + 1} sheets within one another would move the innermost pages"
            f" {creep:.1f} mm over the fold, and their text with them.",
            hint="Divide the book: --method signatures, with fewer --signature-pages.",
        )


def scale_to_fit(page_mm: tuple[float, float], sheet_mm: tuple[float, float]) -> float:
    """The scale at which two pages stand side by side on the sheet: 1 if they fit, never more.

    Raises UsageError where they would be too small to read.
    """
    (width, height), (long, short) = page_mm, sheet_mm
    scale = min(1.0, long / (2 * width), short / height)
    if scale > 0.999:  # a tenth of a millimetre on a page: not worth a scale
        return 1.0
    if scale < SMALLEST_SCALE:
        raise UsageError(
            f"two pages of {width:.0f} × {height:.0f} mm would stand on a sheet of {long:.0f} ×"
            f" {short:.0f} mm at {scale:.0%}, too small to read.",
            hint="Take a larger sheet with --sheet.",
        )
    return scale
