"""What stands on the back of each design: the blurb, the imprint with the logo, the barcode."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from publish.barcode import Symbol, magnification, symbol
from publish.cover_blurb import WIDEST_EM, Blurb, Paragraph, largest_pt, set_blurb
from publish.cover_designs import band
from publish.cover_lines import set_lines, text_length
from publish.cover_shapes import LEADING, Box, Line, Palette, device, double_frame, label, lines
from publish.cover_spread import Spread
from publish.images import Picture

BLACK: Final = "#000000"
LOGO_MM: Final = (32.0, 15.0)  # the most that a logo takes
LOGO_DPI: Final = 300
CENTRED_LINES: Final = 9  # a longer text is easier to read flush left
IMPRINT: Final = 42  # units: the size of the imprint's type
TRACK: Final = 0.14
LABEL_MARGIN: Final = (140, 130)  # between a label's edge and what it says, across and upright


class Placed(NamedTuple):
    """A picture and where it stands; `ground` is the colour beneath what is clear in it. One that
    `fills` its box is cropped to its shape."""

    picture: Picture
    box: Box
    ground: str
    fills: bool = False


@dataclass(frozen=True, slots=True)
class Back:
    """Shapes, pictures and lines of a back; `fits` is False if the blurb found no room."""

    shapes: str
    pictures: tuple[Placed, ...]
    lines: tuple[Line, ...]
    symbol: Symbol | None
    fits: bool


class Plan(NamedTuple):
    """Where a design has things. `column` is the most the blurb may take; `margin` the distance of
    imprint and barcode from the trim; `centred` if imprint and short blurbs stand in the middle."""

    column: Box
    margin: float
    ink: str
    imprint_ink: str
    ground: str
    centred: bool
    labelled: bool = False


def back_of(
    design: str, colours: Palette, variant: int, spread: Spread, *, isbn: str = "",
    blurb: Sequence[Paragraph] = (), imprint: str = "", logo: Picture | None = None,
) -> Back:  # fmt: skip
    """The back that goes with a front of this design, or around a picture ("own")."""
    plan, page, panel = _plan(design, spread, colours), spread.page, spread.back
    bars = None
    if isbn:
        right, foot = panel.left + page.width - plan.margin, page.height - plan.margin
        bars = symbol(isbn, right, foot, spread.unit_mm, magnification(spread.width_mm))
    shapes = double_frame(panel, colours.accent, colours.ink) if design == "title-page" else ""
    named, logos = _imprint(imprint, logo, spread, plan, bars)
    text = _blurb(blurb, spread, plan, _room(spread, plan, bars, named, bool(imprint)))
    said: list[Line] = list(named)
    end = 0.0
    if text:
        set_, end = _set(text, spread, plan)
        said += set_
        if plan.labelled:
            inside = _named_in_label(imprint, plan.column, end)
            end = inside[-1].y + 20 if inside else end
            said += inside
            across, upright = LABEL_MARGIN
            box = Box(
                plan.column.left - across,
                plan.column.top - upright,
                plan.column.width + 2 * across,
                end - plan.column.top + 2 * upright - 10,
            )
            shapes += label(box, colours.paper, colours.accent, colours.ink)
    if design == "title-page" and (not blurb or not (bars or named or logos)):
        y = page.down(1700 if blurb else 1050)
        if y > end + 250:
            shapes += device(panel.middle, round(y), colours.accent, colours.ink, variant)
    if bars:
        shapes += bars.shapes
        said += bars.lines
    return Back(shapes, logos, tuple(said), bars, bool(text) or not blurb)


def _plan(design: str, spread: Spread, colours: Palette) -> Plan:
    """The design's plan, its column no wider than lines may be."""
    plan = _full_plan(design, spread, colours)
    column = plan.column
    widest = spread.units(WIDEST_EM * largest_pt(spread.points(spread.page.width)))
    spare = max(column.width - widest, 0)
    left = column.left + (spare / 2 if plan.centred else 0)
    return plan._replace(column=column._replace(left=left, width=column.width - spare))


def _full_plan(design: str, spread: Spread, colours: Palette) -> Plan:
    page, left = spread.page, spread.back.left
    if design == "title-page":
        column = Box(left + 260, page.down(330), page.width - 520, page.height)
        return Plan(column, 210, BLACK, colours.ink, colours.paper, True)
    if design == "patterned-paper":
        column = Box(left + 310, page.down(430) + LABEL_MARGIN[1], page.width - 620, page.height)
        return Plan(column, 170, BLACK, colours.ink, colours.paper, True, True)
    if design == "large-type":
        top = page.down(250) - 46
        column = Box(left + 134, top, page.width - 420, band(page) - 110 - top)
        return Plan(column, 134, colours.paper, colours.ink, colours.paper, False)
    column = Box(left + 170, page.down(250), page.width - 460, page.height)
    return Plan(column, 150, colours.paper, colours.paper, colours.ground, False)


def _room(
    spread: Spread, plan: Plan, bars: Symbol | None, named: Sequence[Line], imprint: bool
) -> float:
    """The height that a blurb may take at most, in units."""
    limits = [plan.column.top + plan.column.height, spread.page.height - plan.margin]
    if bars:
        limits.append(bars.box.top)
    if named and plan.column.height >= spread.page.height:
        limits.append(named[0].y - IMPRINT)
    limit = min(limits) - 90
    if plan.labelled:
        limit -= LABEL_MARGIN[1] + (130 if imprint else 0)
    return max(limit - plan.column.top, 0)


def _blurb(blurb: Sequence[Paragraph], spread: Spread, plan: Plan, room: float) -> Blurb | None:
    if not blurb:
        return None
    return set_blurb(
        blurb,
        spread.points(plan.column.width),
        spread.points(room),
        largest_pt(spread.points(spread.page.width)),
    )


def _set(blurb: Blurb, spread: Spread, plan: Plan) -> tuple[list[Line], float]:
    """The blurb's lines, and where they end."""
    size, step = spread.units(blurb.size), spread.units(blurb.leading)
    full = [line for line in blurb.lines if line]
    centred = plan.centred and len(full) <= CENTRED_LINES
    x = plan.column.middle if centred else plan.column.left
    if plan.centred and not centred:  # what is ragged at the right looks pushed to the left
        longest = max(sum(text_length(text, 0) for text, _ in line) for line in full) * size
        x += max(plan.column.width - longest, 0) / 2
    made, y = [], plan.column.top + size * 0.8
    for runs in blurb.lines:
        if not runs:
            y += step / 2
            continue
        text, anchor = "".join(words for words, _ in runs), "middle" if centred else "start"
        made.append(Line(x, y, size, text, plan.ink, anchor, runs=runs))
        y += step
    return made, y - step + size * 0.25


def _named_in_label(imprint: str, column: Box, top: float) -> tuple[Line, ...]:
    if not imprint:
        return ()
    setting = set_lines(imprint.upper(), column.width * 0.9, 120, IMPRINT, TRACK)
    return lines(setting, column.middle, top + 60, BLACK, track=TRACK)[0]


def _imprint(
    imprint: str, logo: Picture | None, spread: Spread, plan: Plan, bars: Symbol | None
) -> tuple[tuple[Line, ...], tuple[Placed, ...]]:
    """Name and place of the publisher at the foot, below the logo: beside the barcode or, where
    there is none, in the middle of a design that has one."""
    if plan.labelled:  # type on a pattern cannot be read: the label names the publisher
        return (), ()
    page, panel = spread.page, spread.back
    foot: float = page.height - plan.margin
    alone = plan.centred and not bars
    left = panel.left + plan.margin
    right = bars.box.left - 60 if bars else panel.left + page.width - plan.margin
    made: tuple[Line, ...] = ()
    if imprint:
        x, anchor = (panel.middle, "middle") if alone else (left, "start")
        setting = set_lines(imprint.upper(), right - left, 170, IMPRINT, TRACK)
        height = len(setting.lines) * setting.size * LEADING
        made = lines(setting, x, foot - height, plan.imprint_ink, anchor, track=TRACK)[0]
        foot -= height + 50
    if not logo:
        return made, ()
    wide, high = (mm / spread.unit_mm for mm in LOGO_MM)
    dot = spread.units(72 / LOGO_DPI)  # a pixel at the resolution that a press needs
    scale = min(wide / logo.width, high / logo.height, dot)
    width, height = logo.width * scale, logo.height * scale
    start = panel.middle - width / 2 if alone else left
    return made, (Placed(logo, Box(start, foot - height, width, height), plan.ground),)
