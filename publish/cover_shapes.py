"""What covers are drawn of, as SVG: lines of type, rules, frames, a printer's flower.

Lengths are units of a page that is 1600 of them wide and as high as its shape makes it; a page
broader than it is tall is wider, so that type keeps its proportion to the page.
"""

from __future__ import annotations

from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from publish.cover_lines import Setting, set_lines
from publish.theme import GARAMOND

UPPER_LETTERS: Final = 44  # a longer title is easier to read in small letters
LEADING: Final = 1.18  # of the size of display lines
ASCENT: Final = 0.86  # of the size: where a line's letters stand below its top


class Page(NamedTuple):
    """The size of a cover's front."""

    width: int = 1600
    height: int = 2560

    @property
    def middle(self) -> int:
        return self.width // 2

    def down(self, y: float) -> float:
        """What is `y` below the head of a page of 2560 is so far below the head of this one."""
        return y * self.height / 2560


LEAST_HEIGHT: Final = 2000  # units of a page: a broad one is widened instead


def page_of(width: float, height: float) -> Page:
    """The page of this shape; width and height in any one unit."""
    if height / width * 1600 >= LEAST_HEIGHT:
        return Page(1600, round(height / width * 1600))
    return Page(round(width / height * LEAST_HEIGHT), LEAST_HEIGHT)


EBOOK: Final = Page()


class Box(NamedTuple):
    left: float
    top: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


class Words(NamedTuple):
    """What stands on a cover. Each may be empty."""

    title: str
    subtitle: str = ""
    byline: str = ""
    imprint: str = ""
    series: str = ""


class Palette(NamedTuple):
    """`ground` is the cloth, `paper` the label or page, `ink` what prints on paper, `accent` a
    second colour that stands on either. Ink on paper has a contrast of at least 7 : 1."""

    ground: str
    paper: str
    ink: str
    accent: str


class Line(NamedTuple):
    """A line of type: `x` is its start, middle or end by `anchor`, `y` its baseline. `turn` is 90
    where it reads downwards, -90 where upwards; `track` is letter spacing in em. `runs`, if there
    are any, are the text in pieces, each with whether it is in italics; `features` OpenType's."""

    x: float
    y: float
    size: float
    text: str
    fill: str
    anchor: str = "middle"
    italic: bool = False
    track: float = 0.0
    turn: int = 0
    runs: tuple[tuple[str, bool], ...] = ()
    features: tuple[str, ...] = ()

    @property
    def svg(self) -> str:
        # Letter spacing follows every letter, the last one too: half of it is taken back.
        x = self.x + self.track * self.size / 2 if self.anchor == "middle" else self.x
        style = ' font-style="italic"' if self.italic else ""
        spacing = f' letter-spacing="{self.track * self.size:.1f}"' if self.track else ""
        return (
            f'<text x="{x:.1f}" y="{self.y:.1f}" font-family="{GARAMOND.face}"'
            f' font-size="{self.size:.1f}" font-weight="400" fill="{self.fill}"'
            f' text-anchor="{self.anchor}"{style}{spacing}>{escape(self.text)}</text>'
        )


def lines(
    setting: Setting, x: float, top: float, fill: str, anchor: str = "middle",
    italic: bool = False, track: float = 0.0,
) -> tuple[tuple[Line, ...], float]:  # fmt: skip
    """The lines from `top` downwards, and where they end."""
    step = setting.size * LEADING
    set_ = tuple(
        Line(
            x,
            top + setting.size * ASCENT + step * n,
            setting.size,
            text,
            fill,
            anchor,
            italic,
            track,
        )
        for n, text in enumerate(setting.lines)
    )
    return set_, top + step * len(setting.lines)


def capitals(text: str) -> str:
    """Short titles in capitals; Greek keeps its accents only in small letters, so stays."""
    greek = any("\u0370" <= c <= "\u03ff" or "\u1f00" <= c <= "\u1fff" for c in text)
    return text if greek or len(text) > UPPER_LETTERS or "ß" in text else text.upper()


def series(name: str, x: float, y: float, colour: str, anchor: str = "middle") -> tuple[Line, ...]:
    """The name of the series in small spaced capitals, in one line at y."""
    if not name:
        return ()
    setting = set_lines(capitals(name), 960, 110, 46, 0.14)
    return lines(setting, x, y, colour, anchor, track=0.14)[0]


def foot(imprint: str, x: float, y: float, colour: str, anchor: str = "middle") -> tuple[Line, ...]:
    """The imprint in small spaced capitals."""
    if not imprint:
        return ()
    setting = set_lines(imprint.upper(), 1100, 120, 50, 0.14)
    return lines(setting, x, y - 40, colour, anchor, track=0.14)[0]


def svg(*parts: str, box: tuple[float, float, float, float]) -> str:
    """A drawing of the parts; `box` is left, top, width and height of what is seen."""
    left, top, width, height = box
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}"'
        f' viewBox="{left:g} {top:g} {width:g} {height:g}">{"".join(parts)}</svg>'
    )


def rect(
    x: float, y: float, w: float, h: float, fill: str = "none", line: str = "", width: float = 0
) -> str:
    stroke = f' stroke="{line}" stroke-width="{width}"' if line else ""
    return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" fill="{fill}"{stroke}/>'


def rule(x: float, y: float, length: float, colour: str, width: float = 3) -> str:
    """A horizontal rule whose middle is at x."""
    return rect(round(x - length / 2, 1), round(y, 1), length, width, colour)


def double_frame(box: Box, outer: str, inner: str) -> str:
    """A frame of a thick and a thin rule, at the distance from the edge that a printed page has."""
    left, top, width, height = box
    return rect(left + 84, top + 84, width - 168, height - 168, line=outer, width=14) + rect(
        left + 118, top + 118, width - 236, height - 236, line=inner, width=3
    )


def label(box: Box, paper: str, outer: str, inner: str) -> str:
    """A pasted label with a frame of two rules."""
    left, top, width, height = box
    return (
        rect(left, top, width, height, paper)
        + rect(left + 26, top + 26, width - 52, height - 52, line=outer, width=6)
        + rect(left + 40, top + 40, width - 80, height - 80, line=inner, width=2)
    )


def device(x: float, y: float, colour: str, second: str, variant: int, scale: float = 1) -> str:
    """A small printer's flower of circles and lozenges; 240 units across at scale 1."""
    petals = (4, 6, 8)[variant % 3]
    step = 360 / petals
    leaf = "M0 0C26 -34 26 -84 0 -120C-26 -84 -26 -34 0 0Z"
    turned = "".join(
        f'<path transform="rotate({step * n:g})" d="{leaf}" fill="{colour}"/>'
        for n in range(petals)
    )
    between = "".join(
        f'<circle transform="rotate({step * (n + 0.5):g})" cx="0" cy="-84" r="11" fill="{second}"/>'
        for n in range(petals)
    )
    size = "" if scale == 1 else f" scale({scale:g})"
    return (
        f'<g transform="translate({x} {y}){size}">{turned}{between}'
        f'<circle r="20" fill="{second}"/></g>'
    )
