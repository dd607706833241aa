"""A whole cover composed: the front of one of the designs, a spine and a back that go with it.

The ground of the front goes on over spine and back and into the bleed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from publish.barcode import Symbol
from publish.cover_back import Placed, back_of
from publish.cover_blurb import Paragraph
from publish.cover_designs import DESIGNS, Drawing, banded
from publish.cover_patterns import Tile
from publish.cover_shapes import Box, Line, Palette, Words, rect
from publish.cover_spine import spine_of
from publish.cover_spread import Spread, spine_turn, spine_type_pt
from publish.images import Picture

OWN: Final = "own"  # the name of the design whose front is a picture


class Matter(NamedTuple):
    """What a cover has to say. `pages` is 0 where the width of the spine is the press's own
    figure; `reads` is "down" or "up", or empty for what is usual in the language."""

    words: Words
    language: str
    pages: int
    isbn: str = ""
    blurb: Sequence[Paragraph] = ()
    imprint: str = ""
    logo: Picture | None = None
    reads: str = ""


class Wrap(NamedTuple):
    """What is printed, from below upwards: `ground`, a `tile` that repeats on a ground of the
    colour `cloth`, `pictures`, `shapes`, `lines` of type. `spine_said` and `blurb_fits` tell
    whether text found room."""

    spread: Spread
    ground: str
    cloth: str
    tile: Tile | None
    shapes: str
    pictures: tuple[Placed, ...]
    lines: tuple[Line, ...]
    symbol: Symbol | None
    spine_said: bool
    blurb_fits: bool


def wrap(
    matter: Matter, design: str, colours: Palette, variant: int, spread: Spread,
    own: Picture | None = None,
) -> Wrap:  # fmt: skip
    """The cover in one of `DESIGNS`, or around a picture of the edition's own."""
    page, bled = spread.page, spread.bled
    if own:
        design, front = OWN, Drawing(page, "")
        right = bled.left + bled.width
        pictures: tuple[Placed, ...] = (
            Placed(own, Box(0, bled.top, right, bled.height), "#ffffff", True),
        )
    else:
        front, pictures = DESIGNS[design](matter.words, colours, variant, page), ()
    ground = rect(*bled, colours.paper if design == "title-page" else colours.ground)
    if design == "large-type":
        ground = banded(bled, page, colours)
    largest = spine_type_pt(spread.spine_mm, matter.pages)
    turn = spine_turn(matter.language, matter.reads)
    spine = spine_of(design, matter.words, colours, variant, spread, largest, turn)
    back = back_of(
        design, colours, variant, spread,
        isbn=matter.isbn, blurb=matter.blurb, imprint=matter.imprint, logo=matter.logo,
    )  # fmt: skip
    return Wrap(
        spread,
        ground,
        colours.ground,
        front.tile,
        front.shapes + spine.shapes + back.shapes,
        pictures + back.pictures,
        (*front.lines, *spine.lines, *back.lines),
        back.symbol,
        bool(spine.lines),
        back.fits,
    )
