"""Three typographic covers as SVG: a printed title, a patterned paper with label, large type.

Each takes the words, a palette and a number from the title's digest that picks among its variants.
Lengths are pixels of a page of 1600 × 2560.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from publish.cover_lines import Setting, set_lines

WIDTH, HEIGHT = 1600, 2560
MIDDLE = WIDTH // 2
FAMILY = "EB Garamond"
UPPER_LETTERS = 44  # a longer title is easier to read in small letters


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
    """An SVG of the page; or, where `tile` is given, of what lies at `box` (left, top, width,
    height) on paper that repeats the SVG `tile`, which draws faster so."""

    svg: str
    tile: str = ""
    box: tuple[int, int, int, int] = (0, 0, WIDTH, HEIGHT)


def _capitals(text: str) -> str:
    """Short titles in capitals; Greek keeps its accents only in small letters, so stays."""
    greek = any("\u0370" <= c <= "\u03ff" or "\u1f00" <= c <= "\u1fff" for c in text)
    return text if greek or len(text) > UPPER_LETTERS or "ß" in text else text.upper()


def _text(
    x: float, y: float, size: float, text: str, fill: str, anchor: str = "middle",
    italic: bool = False, weight: int = 400, track: float = 0.0,
) -> str:  # fmt: skip
    # Letter spacing follows every letter, the last one too: half of it is taken back.
    x = x + track * size / 2 if anchor == "middle" else x
    style = ' font-style="italic"' if italic else ""
    spacing = f' letter-spacing="{track * size:.1f}"' if track else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FAMILY}" font-size="{size:.1f}"'
        f' font-weight="{weight}" fill="{fill}" text-anchor="{anchor}"{style}{spacing}>'
        f"{escape(text)}</text>"
    )


def _lines(
    setting: Setting, x: float, top: float, fill: str, anchor: str = "middle",
    italic: bool = False, weight: int = 400, track: float = 0.0,
) -> tuple[str, float]:  # fmt: skip
    """The lines from `top` downwards, and where they end."""
    step = setting.size * 1.18
    drawn = [
        _text(
            x,
            top + setting.size * 0.86 + step * n,
            setting.size,
            line,
            fill,
            anchor,
            italic,
            weight,
            track,
        )
        for n, line in enumerate(setting.lines)
    ]
    return "".join(drawn), top + step * len(setting.lines)


def _svg(*parts: str, box: tuple[int, int, int, int] = (0, 0, WIDTH, HEIGHT)) -> str:
    left, top, width, height = box
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="{left} {top} {width} {height}">{"".join(parts)}</svg>'
    )


def _rect(
    x: float, y: float, w: float, h: float, fill: str = "none", line: str = "", width: float = 0
) -> str:
    stroke = f' stroke="{line}" stroke-width="{width}"' if line else ""
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{fill}"{stroke}/>'


def _rule(x: float, y: float, length: float, colour: str, width: float = 3) -> str:
    return _rect(round(x - length / 2, 1), round(y, 1), length, width, colour)


def _diamond(x: float, y: float, r: float, colour: str) -> str:
    return f'<path d="M{x} {y - r}L{x + r} {y}L{x} {y + r}L{x - r} {y}Z" fill="{colour}"/>'


def _device(x: float, y: float, colour: str, second: str, variant: int) -> str:
    """A small printer's flower of circles and lozenges."""
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
    return (
        f'<g transform="translate({x} {y})">{turned}{between}<circle r="20" fill="{second}"/></g>'
    )


def title_page(words: Words, colours: Palette, variant: int) -> Drawing:
    """Paper, a frame of two rules, the title in spaced capitals, a printer's flower."""
    frame = (
        _rect(0, 0, WIDTH, HEIGHT, colours.paper)
        + _rect(84, 84, WIDTH - 168, HEIGHT - 168, line=colours.accent, width=14)
        + _rect(118, 118, WIDTH - 236, HEIGHT - 236, line=colours.ink, width=3)
    )
    author, end = "", 300.0
    series = _series(words.series, MIDDLE, 210, colours.ink)
    if words.byline:
        author, end = _lines(
            set_lines(words.byline, 1120, 260, 92), MIDDLE, 330, colours.ink, italic=True
        )
    track = 0.06
    title = set_lines(_capitals(words.title), 1180, 900, 190, track)
    head, end = _lines(title, MIDDLE, max(end + 150, 620), colours.ink, track=track)
    parts = [frame, series, author, head]
    if words.title:
        parts.append(_rule(MIDDLE, end + 50, 240, colours.accent, 6))
    if words.subtitle:
        below, end = _lines(
            set_lines(words.subtitle, 1080, 300, 76), MIDDLE, end + 110, colours.ink, italic=True
        )
        parts.append(below)
    # The flower hangs midway between the last line and the imprint, never on either.
    parts.append(
        _device(MIDDLE, max((end + 2240) / 2 + 30, end + 220), colours.accent, colours.ink, variant)
    )
    if words.imprint:
        parts.append(_foot(words.imprint, MIDDLE, 2330, colours.ink))
    return Drawing(_svg(*parts))


def _series(series: str, x: float, y: float, colour: str, anchor: str = "middle") -> str:
    """The name of the series in small spaced capitals, in one line at y."""
    if not series:
        return ""
    setting = set_lines(_capitals(series), 960, 110, 46, 0.14)
    return _lines(setting, x, y, colour, anchor, track=0.14)[0]


def _foot(imprint: str, x: float, y: float, colour: str, anchor: str = "middle") -> str:
    setting = set_lines(imprint.upper(), 1100, 120, 50, 0.14)
    return _lines(setting, x, y - 40, colour, anchor, track=0.14)[0]


def patterned_paper(words: Words, colours: Palette, variant: int) -> Drawing:
    """A printed pattern paper over the boards, and a pasted label."""
    names = sorted(PATTERNS)
    tile = PATTERNS[names[variant % len(names)]](colours)
    if not words.title:
        return Drawing("", tile)
    track = 0.04
    title = set_lines(_capitals(words.title), 860, 620, 128, track)
    subtitle = set_lines(words.subtitle, 860, 200, 60) if words.subtitle else Setting((), 0)
    author = set_lines(words.byline, 860, 180, 66) if words.byline else Setting((), 0)
    heights = [len(s.lines) * s.size * 1.18 for s in (title, subtitle, author)]
    gaps = 60 * bool(subtitle.lines) + 120 * bool(author.lines)
    above = 70 * bool(words.series)
    height = round(max(sum(heights) + gaps + 220 + above, 520))
    top, left = 430, (WIDTH - 1080) // 2
    label = (
        _rect(left, top, 1080, height, colours.paper)
        + _rect(left + 26, top + 26, 1028, height - 52, line=colours.accent, width=6)
        + _rect(left + 40, top + 40, 1000, height - 80, line=colours.ink, width=2)
    )
    start = top + above / 2 + (height - sum(heights) - gaps) / 2
    parts = [label]
    drawn, end = _lines(title, MIDDLE, start, colours.ink, track=track)
    parts.append(drawn)
    if subtitle.lines:
        drawn, end = _lines(subtitle, MIDDLE, end + 60, colours.ink, italic=True)
        parts.append(drawn)
    if words.series:
        parts.append(_series(words.series, MIDDLE, top + 66, colours.ink))
    if author.lines:
        parts.append(_rule(MIDDLE, end + 52, 150, colours.accent, 5))
        parts.append(_lines(author, MIDDLE, end + 120, colours.ink, italic=True)[0])
    box = (left, top, 1080, height)
    return Drawing(_svg(*parts, box=box), tile, box)


def large_type(words: Words, colours: Palette, variant: int) -> Drawing:
    """The title as large as it goes, flush left on colour, over a band of paper."""
    band = 1880
    ground = _rect(0, 0, WIDTH, HEIGHT, colours.ground) + _rect(
        0, band, WIDTH, HEIGHT - band, colours.paper
    )
    stripe = _rect(0, band, WIDTH, 26, colours.accent)
    title = set_lines(words.title, 1330, 1240, 330)
    height = len(title.lines) * title.size * 1.18
    drawn, _ = _lines(title, 130, band - 130 - height, colours.paper, "start")
    parts = [
        ground,
        stripe,
        drawn,
        _series(words.series, 134, 250, colours.paper, "start"),
        _device(WIDTH - 250, 290, colours.paper, colours.accent, variant),
    ]
    end = band + 90.0
    if words.subtitle:
        below, end = _lines(
            set_lines(words.subtitle, 1330, 200, 74), 134, end, colours.ink, "start", italic=True
        )
        parts.append(below)
        end += 40
    if words.byline:
        parts.append(
            _lines(set_lines(words.byline, 1330, 220, 96), 132, end, colours.ink, "start")[0]
        )
    if words.imprint:
        parts.append(_foot(words.imprint, 134, 2420, colours.ink, "start"))
    return Drawing(_svg(*parts))


def _tile(colours: Palette, width: int, height: int, drawing: str) -> str:
    return _svg(_rect(0, 0, width, height, colours.ground), drawing, box=(0, 0, width, height))


def _scales(colours: Palette) -> str:
    """Overlapping arcs, as on old endpapers."""
    arcs = "".join(
        f'<circle cx="{x}" cy="{y}" r="{r}" stroke="{line}" stroke-width="{w}"/>'
        for y, xs in ((0, (0, 160)), (40, (80, -80, 240)), (80, (0, 160)), (120, (80, -80, 240)))
        for x in xs
        for r, line, w in ((78, colours.paper, 4), (54, colours.accent, 5), (30, colours.paper, 3))
    )
    return _tile(colours, 160, 80, f'<g fill="{colours.ground}">{arcs}</g>')


def _leaves(colours: Palette) -> str:
    """Sprigs in quincunx."""
    leaf = "M0 0C22 -18 26 -48 0 -78C-26 -48 -22 -18 0 0Z"

    def sprig(x: float, y: float, turn: int) -> str:
        return (
            f'<g transform="translate({x} {y}) rotate({turn})">'
            + "".join(
                f'<path transform="rotate({angle})" d="{leaf}" fill="{colour}"/>'
                for angle, colour in (
                    (0, colours.paper),
                    (62, colours.accent),
                    (-62, colours.accent),
                )
            )
            + f'<circle cy="14" r="7" fill="{colours.paper}"/></g>'
        )

    return _tile(colours, 200, 240, sprig(50, 105, 0) + sprig(150, 225, 0))


def _lozenges(colours: Palette) -> str:
    """A lattice with a flower in each field."""
    lattice = f'<path d="M0 80L80 0L160 80L80 160Z" stroke="{colours.accent}" stroke-width="5"/>'
    flower = "".join(
        f'<ellipse transform="translate(80 80) rotate({angle})" cy="-20" rx="9" ry="19"'
        f' fill="{colours.paper}"/>'
        for angle in (0, 90, 180, 270)
    )
    corners = "".join(
        f'<circle cx="{x}" cy="{y}" r="12" fill="{colours.accent}"/>'
        for x in (0, 160)
        for y in (0, 160)
    )
    return _tile(colours, 160, 160, f'<g fill="none">{lattice}</g>{flower}{corners}')


PATTERNS: Final[Mapping[str, Callable[[Palette], str]]] = {
    "leaves": _leaves,
    "lozenges": _lozenges,
    "scales": _scales,
}
DESIGNS: Final[Mapping[str, Callable[[Words, Palette, int], Drawing]]] = {
    "large-type": large_type,
    "patterned-paper": patterned_paper,
    "title-page": title_page,
}
