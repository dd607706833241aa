"""What stands on the spine of each design: author and title as its width bears them, a device."""

from __future__ import annotations

from typing import Final, NamedTuple

from publish.cover_designs import band
from publish.cover_lines import text_length
from publish.cover_shapes import Box, Line, Palette, Words, capitals, device, rect
from publish.cover_spread import SMALLEST_SPINE_PT, SPINE_MARGIN_MM, Spread
from publish.theme import GARAMOND

AUTHOR: Final = 0.82  # of the title's size
APART: Final = 1.4  # em between author and title
# Half of what the eye takes for the height of a line: of capitals, of small letters.
HALF_CAPITALS, HALF_SMALL = 0.325, 0.25
STEP: Final = 0.96
NARROWEST_BANDS_MM: Final = 6  # rules across a narrower spine look like slips of the knife
SMALLEST_DEVICE: Final = 0.12  # of the flower's size; a smaller one looks like a speck
LABEL_INSET_MM: Final = 0.8  # between a spine's label and the folds
LABEL_ENDS: Final = 110  # units of a label beyond its text
LONGER_PAYS: Final = 1.15  # a longer label must let the type grow so much


class Spine(NamedTuple):
    """Shapes and lines of a spine; the lines are empty where it bears no text."""

    shapes: str
    lines: tuple[Line, ...]


class SpineType(NamedTuple):
    """How a spine's text is set: in capitals with `track` em between, or as it is; with the title
    in the middle and the author at the head, or the title first and the author after it."""

    fill: str
    capitals: bool = False
    track: float = 0.0
    title_first: bool = False


def spine_of(
    design: str, words: Words, colours: Palette, variant: int, spread: Spread, largest_pt: float,
    turn: int,
) -> Spine:  # fmt: skip
    """The spine that goes with a front of this design; `largest_pt` is 0 if it bears no text,
    `turn` 90 if it reads downwards, -90 if upwards."""
    spine, page = spread.spine, spread.page

    def room(top: float, foot: float) -> Box:
        return Box(spine.left, top, spine.width, foot - top)

    def text(room: Box, style: SpineType) -> tuple[Line, ...]:
        return spine_lines(words, spread, room, largest_pt, style, turn)

    if design == "title-page":
        said = text(room(210, page.height - 420), SpineType(colours.ink, True, 0.06))
        shapes = _bands(spine, colours) if spread.spine_mm >= NARROWEST_BANDS_MM else ""
        return Spine(shapes + _device(page.height - 270, colours, variant, spread, said), said)
    if design == "patterned-paper":
        style, top = SpineType(colours.ink, True, 0.04), page.down(430) + LABEL_ENDS
        place = room(top, page.down(1560))
        said = text(place, style)
        longer = room(top, page.height - top)
        larger = text(longer, style)
        if larger and (not said or larger[0].size > said[0].size * LONGER_PAYS):
            place, said = longer, larger
        return Spine(_label(place, colours, spread) if said else "", said)
    if design == "large-type":
        place = room(page.down(250) - 40, band(page) - 110)
        said = text(place, SpineType(colours.paper, title_first=True))
        middle = (band(page) + page.height) / 2
        return Spine(_device(middle, colours, variant, spread, said), said)
    return Spine("", text(room(170, page.height - 170), SpineType(colours.paper)))


def spine_lines(
    words: Words, spread: Spread, room: Box, largest_pt: float, style: SpineType, turn: int
) -> tuple[Line, ...]:
    """Author and title within `room`, as large as they go up to `largest_pt`; the title alone
    where both do not fit; nothing where that does not."""
    if not largest_pt or not words.title:
        return ()
    title = capitals(words.title) if style.capitals else words.title
    for author in dict.fromkeys((words.byline, "")):
        size = largest_pt
        while size >= SMALLEST_SPINE_PT:
            em = spread.units(size)
            less = max(AUTHOR * em, spread.units(SMALLEST_SPINE_PT))
            long = text_length(title, style.track) * em
            by = text_length(author, 0, GARAMOND.files.italic) * less
            beside = by + APART * em if author else 0.0
            if long + beside <= room.height:
                put = _after_one_another if style.title_first else _at_head_and_middle
                return put(title, author, em, less, room, long, beside, style, turn)
            size *= STEP
    return ()


def _at_head_and_middle(
    title: str, author: str, em: float, less: float, room: Box, long: float, beside: float,
    style: SpineType, turn: int,
) -> tuple[Line, ...]:  # fmt: skip
    middle = room.top + room.height / 2
    if author and middle - long / 2 < room.top + beside:
        middle = room.top + beside + (room.height - beside) / 2
    half = HALF_CAPITALS if style.capitals and title.isupper() else HALF_SMALL
    line = along(title, room.middle, middle, em, style.fill, turn, half, track=style.track)
    if not author:
        return (line,)
    head = "start" if turn > 0 else "end"
    by = along(author, room.middle, room.top, less, style.fill, turn, HALF_SMALL, head, italic=True)
    return line, by


def _after_one_another(
    title: str, author: str, em: float, less: float, room: Box, long: float, beside: float,
    style: SpineType, turn: int,
) -> tuple[Line, ...]:  # fmt: skip
    """Title and author as they are read: from the head downwards, from the foot upwards."""
    start = room.top if turn > 0 else room.top + room.height
    line = along(title, room.middle, start, em, style.fill, turn, HALF_SMALL, "start")
    if not author:
        return (line,)
    after = start + (long + APART * em) * (1 if turn > 0 else -1)
    by = along(author, room.middle, after, less, style.fill, turn, HALF_SMALL, "start", italic=True)
    return line, by


def along(
    text: str, middle: float, y: float, size: float, fill: str, turn: int, half: float,
    anchor: str = "middle", italic: bool = False, track: float = 0.0,
) -> Line:  # fmt: skip
    """A line along the spine, its height centred on `middle`; `y` is where its anchor is."""
    x = middle - half * size if turn > 0 else middle + half * size
    return Line(x, y, size, text, fill, anchor, italic, track=track, turn=turn)


def _bands(spine: Box, colours: Palette) -> str:
    """The rules of the frame, across the spine."""
    return "".join(
        rect(spine.left, y, spine.width, height, colour)
        for y, height, colour in (
            (77, 14, colours.accent),
            (116.5, 3, colours.ink),
            (spine.height - 119.5, 3, colours.ink),
            (spine.height - 91, 14, colours.accent),
        )
    )


def _device(
    y: float, colours: Palette, variant: int, spread: Spread, said: tuple[Line, ...]
) -> str:
    """A small flower at the foot of a spine that has text."""
    if not said:
        return ""
    spine = spread.spine
    scale = min(0.42, (spine.width - 2 * SPINE_MARGIN_MM / spread.unit_mm) / 240)
    if scale < SMALLEST_DEVICE:
        return ""
    x = round(spine.middle, 2)
    return device(x, round(y, 2), colours.accent, colours.ink, variant, round(scale, 4))


def _label(room: Box, colours: Palette, spread: Spread) -> str:
    inset = LABEL_INSET_MM / spread.unit_mm
    box = Box(
        room.left + inset,
        room.top - LABEL_ENDS,
        room.width - 2 * inset,
        room.height + 2 * LABEL_ENDS,
    )
    return rect(*box, colours.paper) + "".join(
        rect(box.left, y, box.width, height, colour)
        for y, height, colour in (
            (box.top + 23, 6, colours.accent),
            (box.top + 39, 2, colours.ink),
            (box.top + box.height - 41, 2, colours.ink),
            (box.top + box.height - 29, 6, colours.accent),
        )
    )
