"""Patterns of printed papers, as old endpapers have them: each a tile of SVG that repeats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from publish.cover_shapes import Palette, rect, svg


class Tile(NamedTuple):
    """What a tile of the paper's colour bears, drawn from (0, 0); it repeats on all sides."""

    width: int
    height: int
    ground: str
    drawing: str

    @property
    def svg(self) -> str:
        parts = (rect(0, 0, self.width, self.height, self.ground), self.drawing)
        return svg(*parts, box=(0, 0, self.width, self.height))


def _scales(colours: Palette) -> Tile:
    """Overlapping arcs, as on old endpapers."""
    arcs = "".join(
        f'<circle cx="{x}" cy="{y}" r="{r}" stroke="{line}" stroke-width="{w}"/>'
        for y, xs in ((0, (0, 160)), (40, (80, -80, 240)), (80, (0, 160)), (120, (80, -80, 240)))
        for x in xs
        for r, line, w in ((78, colours.paper, 4), (54, colours.accent, 5), (30, colours.paper, 3))
    )
    return Tile(160, 80, colours.ground, f'<g fill="{colours.ground}">{arcs}</g>')


def _leaves(colours: Palette) -> Tile:
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

    return Tile(200, 240, colours.ground, sprig(50, 105, 0) + sprig(150, 225, 0))


def _lozenges(colours: Palette) -> Tile:
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
    return Tile(160, 160, colours.ground, f'<g fill="none">{lattice}</g>{flower}{corners}')


PATTERNS: Final[Mapping[str, Callable[[Palette], Tile]]] = {
    "leaves": _leaves,
    "lozenges": _lozenges,
    "scales": _scales,
}
