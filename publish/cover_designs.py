"""Three typographic fronts: a printed title, a patterned paper with label, large type.

Each takes the words, a palette, a number from the title's digest that picks among its variants, and
the page, which may have any shape.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from publish.cover_lines import Setting, set_lines
from publish.cover_patterns import PATTERNS, Tile
from publish.cover_shapes import (
    EBOOK,
    LEADING,
    Box,
    Line,
    Page,
    Palette,
    Words,
    capitals,
    device,
    double_frame,
    foot,
    label,
    lines,
    rect,
    rule,
    series,
    svg,
)

PALETTES: Final = (
    Palette("#21344b", "#f4eee0", "#1b2733", "#b4552d"),  # navy, rust
    Palette("#5b1f24", "#f5ecdc", "#2b1618", "#a8842c"),  # oxblood, gold
    Palette("#28493d", "#f3eedd", "#18271f", "#b3702a"),  # bottle green, ochre
    Palette("#3a3250", "#f2ece2", "#231d33", "#a64b4b"),  # aubergine, brick
    Palette("#634326", "#f6efe0", "#2c2017", "#2f5d62"),  # tobacco, teal
    Palette("#2b4f5c", "#f4efe4", "#172a31", "#b8623b"),  # petrol, copper
    Palette("#43402f", "#f3eede", "#24221a", "#8c3b2a"),  # olive, sanguine
)


class Drawing(NamedTuple):
    """A front: its ground, shapes on it, lines of type on those. With a `tile` the ground is paper
    that repeats it, and all that is not paper lies within `label`."""

    page: Page
    ground: str
    shapes: str = ""
    lines: tuple[Line, ...] = ()
    tile: Tile | None = None
    label: Box | None = None

    @property
    def svg(self) -> str:
        """The page; of a patterned one the label alone, or nothing."""
        type_ = (line.svg for line in self.lines)
        if self.tile:
            return svg(self.shapes, *type_, box=self.label) if self.label else ""
        return svg(self.ground, self.shapes, *type_, box=(0, 0, *self.page))


def title_page(words: Words, colours: Palette, variant: int, page: Page = EBOOK) -> Drawing:
    """Paper, a frame of two rules, the title in spaced capitals, a printer's flower."""
    middle, column = page.middle, page.width - 420
    shapes = double_frame(Box(0, 0, *page), colours.accent, colours.ink)
    author: tuple[Line, ...] = ()
    end = page.down(300)
    if words.byline:
        setting = set_lines(words.byline, column - 60, 260, 92)
        below_series = max(page.down(330), page.down(210) + 110)
        author, end = lines(setting, middle, below_series, colours.ink, italic=True)
    track = 0.06
    below: tuple[Line, ...] = ()
    top = max(end + page.down(150), page.down(620))
    for room in (900, 700, 500, 360, 240):  # a low page has less room for all that must be on it
        title = set_lines(capitals(words.title), column, page.down(room), 190, track)
        head, end = lines(title, middle, top, colours.ink, track=track)
        ruled = end
        if words.subtitle:
            setting = set_lines(words.subtitle, column - 100, page.down(300), 76)
            below, end = lines(setting, middle, end + 110, colours.ink, italic=True)
        if end + 120 < page.height - 330:
            break
    if words.title:
        shapes += rule(middle, ruled + 50, 240, colours.accent, 6)
    # The flower hangs midway between the last line and the imprint, never on either.
    last = page.height - 320
    hangs = max((end + last) / 2 + 30, end + 220)
    if hangs + 130 < page.height - 270:
        shapes += device(middle, hangs, colours.accent, colours.ink, variant)
    return Drawing(
        page,
        rect(0, 0, *page, colours.paper),
        shapes,
        (
            *series(words.series, middle, page.down(210), colours.ink),
            *author,
            *head,
            *below,
            *foot(words.imprint, middle, page.height - 230, colours.ink),
        ),
    )


def patterned_paper(words: Words, colours: Palette, variant: int, page: Page = EBOOK) -> Drawing:
    """A printed pattern paper over the boards, and a pasted label."""
    names = sorted(PATTERNS)
    tile = PATTERNS[names[variant % len(names)]](colours)
    ground = rect(0, 0, *page, colours.ground)
    if not words.title:
        return Drawing(page, ground, tile=tile)
    track = 0.04
    title = set_lines(capitals(words.title), 860, page.down(620), 128, track)
    subtitle = set_lines(words.subtitle, 860, 200, 60) if words.subtitle else Setting((), 0)
    author = set_lines(words.byline, 860, 180, 66) if words.byline else Setting((), 0)
    heights = [len(s.lines) * s.size * LEADING for s in (title, subtitle, author)]
    gaps = 60 * bool(subtitle.lines) + 120 * bool(author.lines)
    above = 70 * bool(words.series)
    height = round(max(sum(heights) + gaps + 220 + above, 520))
    top, left = round(page.down(430)), (page.width - 1080) // 2
    box = Box(left, top, 1080, height)
    shapes = label(box, colours.paper, colours.accent, colours.ink)
    start = top + above / 2 + (height - sum(heights) - gaps) / 2
    said, end = lines(title, page.middle, start, colours.ink, track=track)
    if subtitle.lines:
        below, end = lines(subtitle, page.middle, end + 60, colours.ink, italic=True)
        said += below
    said += series(words.series, page.middle, top + 66, colours.ink)
    if author.lines:
        shapes += rule(page.middle, end + 52, 150, colours.accent, 5)
        said += lines(author, page.middle, end + 120, colours.ink, italic=True)[0]
    return Drawing(page, ground, shapes, said, tile, box)


def band(page: Page) -> int:
    """Where the paper begins below the colour of `large_type`."""
    return min(round(page.down(1880)), page.height - 640)


def banded(box: Box, page: Page, colours: Palette) -> str:
    """The ground of `large_type` over a box: colour above, paper below, a stripe between."""
    left, top, width, height = box
    at = band(page)
    return (
        rect(left, top, width, height, colours.ground)
        + rect(left, at, width, top + height - at, colours.paper)
        + rect(left, at, width, 26, colours.accent)
    )


def large_type(words: Words, colours: Palette, variant: int, page: Page = EBOOK) -> Drawing:
    """The title as large as it goes, flush left on colour, over a band of paper."""
    at, column = band(page), page.width - 270
    title = set_lines(words.title, column, at - page.down(640), 330)
    said, _ = lines(
        title, 130, at - 130 - len(title.lines) * title.size * LEADING, colours.paper, "start"
    )
    said += series(words.series, 134, page.down(250), colours.paper, "start")
    end = at + page.down(90)
    if words.subtitle:
        setting = set_lines(words.subtitle, column, page.down(200), 74)
        below, end = lines(setting, 134, end, colours.ink, "start", italic=True)
        said += below
        end += page.down(40)
    if words.byline:
        setting = set_lines(words.byline, column, page.down(220), 96)
        said += lines(setting, 132, end, colours.ink, "start")[0]
    said += foot(words.imprint, 134, page.height - 140, colours.ink, "start")
    flower = device(page.width - 250, page.down(290), colours.paper, colours.accent, variant)
    return Drawing(page, banded(Box(0, 0, *page), page, colours), flower, said)


DESIGNS: Final[Mapping[str, Callable[[Words, Palette, int, Page], Drawing]]] = {
    "large-type": large_type,
    "patterned-paper": patterned_paper,
    "title-page": title_page,
}
