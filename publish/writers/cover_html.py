"""A composed cover as HTML: vector shapes in SVG, each line of type where it stands."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from html import escape
from io import BytesIO
from typing import Final

from publish.cover_back import Placed
from publish.cover_shapes import Line, rect, svg
from publish.cover_spread import Spread
from publish.cover_wrap import Wrap
from publish.edition import Metadata
from publish.picture_colour import in_srgb
from publish.resources import font
from publish.theme import GARAMOND

FAR_MM: Final = 2000  # half of the box in which a centred line is set: wider than any cover
OVERLAP: Final = 0.4  # units by which tiles lie over one another, so that no seam is seen
STYLE: Final = (
    "@page { margin: 0 } body { margin: 0; line-height: 1 }"
    " svg, img, div { position: absolute; left: 0; top: 0 }"
    " .page { position: relative; break-after: page; overflow: hidden }"
    " .t { width: 0; height: 0; transform-origin: 0 0 }"
    f" .l {{ font-family: {GARAMOND.family}; white-space: pre; width: {2 * FAR_MM}mm;"
    " font-variant-ligatures: common-ligatures }"
    f" .start {{ text-align: left }} .middle {{ text-align: center; left: -{FAR_MM}mm }}"
    f" .end {{ text-align: right; left: -{2 * FAR_MM}mm }}"
)


def cover_html(wrap: Wrap, metadata: Metadata, date: str) -> str:
    """The cover's page, then, for a patterned one, its tile."""
    spread = wrap.spread
    bled, unit = spread.bled, spread.unit_mm
    pictures = "".join(_picture(placed, spread) for placed in wrap.pictures)
    below = "" if wrap.tile else svg(wrap.ground, box=bled)
    pages = [
        _page(
            bled.width * unit,
            bled.height * unit,
            _sized(below, bled.width * unit, bled.height * unit)
            + pictures
            + _sized(svg(wrap.shapes, box=bled), bled.width * unit, bled.height * unit)
            + "".join(_line(line, spread) for line in wrap.lines),
            "cover",
        )
    ]
    if wrap.tile:
        tile = wrap.tile
        box = (-OVERLAP, -OVERLAP, tile.width + 2 * OVERLAP, tile.height + 2 * OVERLAP)
        drawn = svg(rect(*box, tile.ground), tile.drawing, box=box)
        size = box[2] * unit, box[3] * unit
        pages.append(_page(*size, _sized(drawn, *size), "tile"))
    names = ", ".join(person.name for person in metadata.contributors)
    return (
        f'<html lang="{escape(metadata.language)}"><head><meta charset="utf-8">'
        f"<title>{escape(metadata.title)}</title>"
        f'<meta name="author" content="{escape(names)}">'
        f'<meta name="dcterms.created" content="{date}">'
        f'<meta name="dcterms.modified" content="{date}"></head>'
        f"<body>{''.join(pages)}</body></html>"
    )


def _page(width_mm: float, height_mm: float, inner: str, name: str) -> str:
    size = f"{width_mm:.4f}mm {height_mm:.4f}mm"
    return (
        f"<style>@page {name} {{ size: {size} }}</style>"
        f'<div class="page" style="page: {name}; width: {width_mm:.4f}mm;'
        f' height: {height_mm - 0.01:.4f}mm">{inner}</div>'
    )


def _sized(drawn: str, width_mm: float, height_mm: float) -> str:
    """The SVG at its size on paper."""
    return drawn.replace(
        "<svg ", f'<svg style="width: {width_mm:.4f}mm; height: {height_mm:.4f}mm" ', 1
    )


def _picture(placed: Placed, spread: Spread) -> str:
    bled, unit, box = spread.bled, spread.unit_mm, placed.box
    address = f"data:{placed.picture.media_type};base64,{b64encode(_opaque(placed)).decode()}"
    fit = "; object-fit: cover" if placed.fills else ""
    return (
        f'<img alt="" src="{address}" style="left: {(box.left - bled.left) * unit:.4f}mm;'
        f" top: {(box.top - bled.top) * unit:.4f}mm; width: {box.width * unit:.4f}mm;"
        f' height: {box.height * unit:.4f}mm{fit}">'
    )


def _opaque(placed: Placed) -> bytes:
    """The picture laid on the colour beneath it, if anything in it is clear: a press knows no
    transparency. That colour is sRGB, so the picture is brought there first."""
    from PIL import Image

    with Image.open(BytesIO(placed.picture.data)) as image:
        if not image.has_transparency_data:
            return placed.picture.data
        clear = in_srgb(image)
    ground = Image.new("RGBA", clear.size, placed.ground)
    target = BytesIO()
    Image.alpha_composite(ground, clear).convert("RGB").save(target, "PNG")
    return target.getvalue()


def _line(line: Line, spread: Spread) -> str:
    """A line of type: an origin on its baseline, turned, and a box in which it is set."""
    unit, size = spread.unit_mm, line.size * spread.unit_mm
    x, y = (line.x - spread.bled.left) * unit, (line.y - spread.bled.top) * unit
    turn = f"; transform: rotate({line.turn}deg)" if line.turn else ""
    # Letter spacing follows every letter, the last one too: half of it is taken back.
    moved = {"middle": line.track * size / 2, "end": line.track * size}.get(line.anchor, 0.0)
    shift = f"; margin-left: {moved:.4f}mm" if moved else ""
    style = "; font-style: italic" if line.italic else ""
    style += f"; letter-spacing: {line.track:g}em" if line.track else ""
    if line.features:
        style += "; font-feature-settings: " + ", ".join(f"'{name}'" for name in line.features)
    said = "".join(
        f"<i>{escape(text)}</i>" if italic else escape(text)
        for text, italic in line.runs or ((line.text, False),)
    )
    return (
        f'<div class="t" style="left: {x:.4f}mm; top: {y:.4f}mm{turn}">'
        f'<div class="l {line.anchor}" style="font-size: {size:.4f}mm; color: {line.fill};'
        f' top: {-_baseline() * size:.4f}mm{shift}{style}">{said}</div></div>'
    )


@cache
def _baseline() -> float:
    """Where a line of our face has its baseline below its top, in em, set solid."""
    from fontTools.ttLib import TTFont

    face = TTFont(font(GARAMOND.files.roman), lazy=True)
    up, down = face["hhea"].ascent, -face["hhea"].descent
    em = face["head"].unitsPerEm
    return float(((em - up - down) / 2 + up) / em)
