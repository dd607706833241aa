"""A composed cover as one page of PDF: shapes as vectors, type as type, a press's boxes and marks.

It is drawn in the colours of the screen, then put into inks. The same cover gives the same bytes.
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from publish.conditions import Condition
from publish.cover_inks import inks_of
from publish.cover_spread import Spread
from publish.cover_wrap import Wrap
from publish.edition import Metadata
from publish.trim import POINTS_PER_MM
from publish.writers.cover_html import OVERLAP, STYLE, cover_html
from publish.writers.marks import (
    FOLD_DASH,
    MARK_LENGTH,
    MARK_OFFSET,
    MARK_WIDTH,
    Stroke,
    corners,
    drawn,
    upright,
)  # fmt: skip
from publish.writers.pdf import face_rules
from publish.writers.press import make_press
from publish.writers.weasy.engine import ONE_AT_A_TIME
from publish.writers.weasy.load import load_weasyprint, quiet

if TYPE_CHECKING:
    import pikepdf


def write_cover(wrap: Wrap, metadata: Metadata, date: str, condition: Condition) -> bytes:
    """The cover's PDF in the inks of a press; `date` is when it was made, ISO 8601.

    Raises MissingToolError without Pango, EditionError for what no press can print.
    """
    weasyprint = load_weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    with ONE_AT_A_TIME, quiet():  # an engine puts functions of its own into the layout's
        fonts = FontConfiguration()
        css = weasyprint.CSS(string=face_rules() + STYLE, font_config=fonts)
        html = weasyprint.HTML(string=cover_html(wrap, metadata, date))
        pdf: bytes = html.render(font_config=fonts, stylesheets=[css]).write_pdf(
            pdf_identifier=hashlib.sha256(metadata.identifier.encode()).hexdigest()[:32].encode()
        )
    return make_press(_finish(pdf, wrap, metadata, condition), condition=condition)


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
    spine = trim[0] + spread.width_mm * POINTS_PER_MM
    folds: list[Stroke] = []
    for x in dict.fromkeys((spine, spine + spread.spine_mm * POINTS_PER_MM)):
        folds += upright(x, 0.0, height, MARK_OFFSET, slug)
    lines = f"{drawn(corners(trim, bleed))}[{FOLD_DASH}] 0 d\n{drawn(folds)}"
    clip = f"q 0 0 {width:.3f} {height:.3f} re W n\n"
    page.contents_add(document.make_stream(clip.encode()), prepend=True)
    marks = f"\nQ q 0 0 0 1 K {MARK_WIDTH} w 0 J\n{lines}Q\n"
    page.contents_add(document.make_stream(marks.encode()))
    page.contents_coalesce()
