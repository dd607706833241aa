"""A composed cover as one page of PDF: shapes as vectors, type as type, a press's boxes and marks.

It is drawn in the colours of the screen, then put into inks. The same cover gives the same bytes.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from publish.conditions import Condition
from publish.cover_back import Placed
from publish.cover_inks import inks_of
from publish.cover_shapes import Line, rect, svg
from publish.cover_spread import Spread
from publish.cover_wrap import Wrap
from publish.edition import Metadata
from publish.resources import font
from publish.theme import GARAMOND
from publish.writers.pdf import face_rules, load_weasyprint, quiet
from publish.writers.pdf_boxes import MARK_LENGTH, MARK_OFFSET, MARK_WIDTH
from publish.writers.pdf_trim import POINTS_PER_MM
from publish.writers.press import make_press

if TYPE_CHECKING:
    import pikepdf

FAR_MM: Final = 2000  # half of the box in which a centred line is set: wider than any cover
OVERLAP: Final = 0.4  # units by which tiles lie over one another, so that no seam is seen
FOLD_DASH: Final = "3 2"
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


def write_cover(wrap: Wrap, metadata: Metadata, date: str, condition: Condition) -> bytes:
    """The cover's PDF in the inks of a press; `date` is when it was made, ISO 8601.

    Raises MissingToolError without Pango, EditionError for what no press can print.
    """
    weasyprint = load_weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    with quiet():
        fonts = FontConfiguration()
        css = weasyprint.CSS(string=face_rules() + STYLE, font_config=fonts)
        html = weasyprint.HTML(string=_html(wrap, metadata, date))
        pdf: bytes = html.render(font_config=fonts, stylesheets=[css]).write_pdf(
            pdf_identifier=hashlib.sha256(metadata.identifier.encode()).hexdigest()[:32].encode()
        )
    return make_press(_finish(pdf, wrap, metadata, condition), condition=condition)


def _html(wrap: Wrap, metadata: Metadata, date: str) -> str:
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
    transparency."""
    from PIL import Image

    with Image.open(BytesIO(placed.picture.data)) as image:
        if not image.has_transparency_data:
            return placed.picture.data
        clear = image.convert("RGBA")
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
    style += f"; font-weight: {line.weight}" if line.weight != 400 else ""
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

    face = TTFont(font(GARAMOND.files[0]), lazy=True)
    up, down = face["hhea"].ascent, -face["hhea"].descent
    em = face["head"].unitsPerEm
    return float(((em - up - down) / 2 + up) / em)


def _finish(pdf: bytes, wrap: Wrap, metadata: Metadata, condition: Condition) -> bytes:
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        page = document.pages[0]
        if wrap.tile:
            form = document.pages[1].as_form_xobject()
            name = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name("/Tile"))
            page.contents_add(document.make_stream(_tiled(wrap, name)), prepend=True)
            del document.pages[1]
            form.write(_in_inks(form, condition))
        page.contents_coalesce()
        page.Contents.write(_in_inks(page, condition))
        _boxes_and_marks(document, page, wrap.spread)
        document.Root.Lang = pikepdf.String(metadata.language)
        out = BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _in_inks(stream: Any, condition: Condition) -> bytes:
    """The content with the designs' own colours as inks. Of colours a profile of the press knows
    better, but type is black alone by any."""
    import pikepdf

    made: list[Any] = []
    for instruction in pikepdf.parse_content_stream(stream):
        name = str(instruction.operator)
        inks = None
        if name in ("rg", "RG"):
            red, green, blue = (float(channel) for channel in instruction.operands)
            inks = inks_of(red, green, blue, condition.ink_limit)
        if inks and (inks.black == 1 or not condition.icc):
            made.append(([*inks], pikepdf.Operator("k" if name == "rg" else "K")))
        else:
            made.append(instruction)
    return pikepdf.unparse_content_stream(made)


def _tiled(wrap: Wrap, name: pikepdf.Name) -> bytes:
    """The pattern over all that is printed, a tile's corner at that of the front."""
    assert wrap.tile
    spread, tile, bled = wrap.spread, wrap.tile, wrap.spread.bled
    point = spread.points(1)
    width, height = bled.width * point, bled.height * point
    colour = " ".join(f"{int(wrap.cloth[at : at + 2], 16) / 255:.4f}" for at in (1, 3, 5))
    drawn = f"q {colour} rg 0 0 {width:.4f} {height:.4f} re f Q\n"
    for row in _steps(bled.top, bled.height, tile.height):
        for column in _steps(bled.left, bled.width, tile.width):
            x = (column * tile.width - OVERLAP - bled.left) * point
            y = height - ((row + 1) * tile.height + OVERLAP - bled.top) * point
            drawn += f"q 1 0 0 1 {x:.4f} {y:.4f} cm {name} Do Q\n"
    return drawn.encode()


def _steps(start: float, length: float, step: int) -> range:
    return range(int(start // step), int((start + length) // step) + 1)


def _boxes_and_marks(document: pikepdf.Pdf, page: pikepdf.Page, spread: Spread) -> None:
    """Trim, bleed and media; crop marks at the corners, fold marks at the spine's edges, all
    outside of the bleed."""
    bleed = spread.bleed_mm * POINTS_PER_MM
    width, height = spread.points(spread.bled.width), spread.points(spread.bled.height)
    trim = bleed, bleed, width - bleed, height - bleed
    slug = MARK_OFFSET + MARK_LENGTH

    def box(*edges: float) -> list[float]:
        return [round(edge, 3) for edge in edges]

    page.MediaBox = box(-slug, -slug, width + slug, height + slug)
    page.BleedBox = box(0, 0, width, height)
    page.TrimBox = box(*trim)
    if "/CropBox" in page:
        del page["/CropBox"]
    near, far = MARK_OFFSET, slug
    cuts: list[Stroke] = []
    for x in (trim[0], trim[2]):
        cuts += [(x, -far, x, -near), (x, height + near, x, height + far)]
    for y in (trim[1], trim[3]):
        cuts += [(-far, y, -near, y), (width + near, y, width + far, y)]
    spine = trim[0] + spread.width_mm * POINTS_PER_MM
    folds: list[Stroke] = []
    for x in dict.fromkeys((spine, spine + spread.spine_mm * POINTS_PER_MM)):
        folds += [(x, -far, x, -near), (x, height + near, x, height + far)]
    drawn = f"{_strokes(cuts)}[{FOLD_DASH}] 0 d\n{_strokes(folds)}"
    clip = f"q 0 0 {width:.3f} {height:.3f} re W n\n"
    page.contents_add(document.make_stream(clip.encode()), prepend=True)
    marks = f"\nQ q 0 0 0 1 K {MARK_WIDTH} w 0 J\n{drawn}Q\n"
    page.contents_add(document.make_stream(marks.encode()))
    page.contents_coalesce()


Stroke = tuple[float, float, float, float]


def _strokes(lines: list[Stroke]) -> str:
    return "".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S\n" for a, b, c, d in lines)
