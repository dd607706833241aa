"""A finished PDF in, its sheets out: two pages a side, in the order and places of `imposition`.

Each page becomes a form of the same document, so fonts, images, colours and layers stay as they
are. What is placed is the trim box; bleed is kept where there is room, but never over the fold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from publish.errors import SourceError
from publish.imposition import (
    SHEETS_MM,
    Sheet,
    Side,
    booklet,
    check_creep,
    creep_mm,
    impose,
    scale_to_fit,
    signatures,
)
from publish.trim import POINTS_PER_MM
from publish.writers.impose_marks import Panel, collating_mark, has_room, marks
from publish.writers.impose_pages import Placed, common_size, placed_page

if TYPE_CHECKING:
    import pikepdf

# What speaks of pages that are no longer there, or claims a standard for the file as it was.
GONE_ROOT: Final = (
    "/AcroForm", "/Dests", "/MarkInfo", "/Metadata", "/Names", "/OpenAction", "/Outlines",
    "/PageLabels", "/PageMode", "/StructTreeRoot", "/Threads",
)  # fmt: skip
GONE_INFO: Final = ("/GTS_PDFXConformance", "/GTS_PDFXVersion")


@dataclass(frozen=True, slots=True)
class Imposed:
    """The PDF of the sheets, front and back in turn, and what a person must know to print it.

    `page_mm` is the trim before scaling; `creep_mm` what the innermost pages are moved by;
    `marked` is False where the sheet has no room for marks.
    """

    data: bytes
    pages: int
    blanks: int
    lengths: tuple[int, ...]
    sheets: int
    page_mm: tuple[float, float]
    scale: float
    creep_mm: float
    marked: bool


def impose_pdf(
    pdf: bytes,
    sheet: str,
    caliper_um: float,
    *,
    signature_pages: int | None = None,
    name: str = "the PDF",
) -> Imposed:
    """The PDF on sheets named in `SHEETS_MM`: a booklet, or signatures of `signature_pages`.

    Raises SourceError, naming `name`, for what is no PDF of equal pages; UsageError where they
    do not fit. The same PDF gives the same bytes.
    """
    import pikepdf

    try:
        document = pikepdf.open(BytesIO(pdf))
    except pikepdf.PasswordError:
        raise _encrypted(name) from None
    except pikepdf.PdfError:
        raise SourceError("this is no PDF that can be read.", file=name) from None
    with document:
        if document.is_encrypted:
            raise _encrypted(name)
        if not len(document.pages):
            raise SourceError("the PDF has no pages.", file=name)
        document.flatten_annotations("print")
        placed = [placed_page(page, n, name) for n, page in enumerate(document.pages, 1)]
        page_pt = common_size(placed, name)
        page_mm = (page_pt[0] / POINTS_PER_MM, page_pt[1] / POINTS_PER_MM)
        scale = scale_to_fit(page_mm, SHEETS_MM[sheet])
        count = len(placed)
        lengths = booklet(count) if signature_pages is None else signatures(count, signature_pages)
        preferences: Any = document.Root.get("/ViewerPreferences", {})
        sheets = impose(count, lengths, preferences.get("/Direction") == "/R2L")
        check_creep(max(s.depth for s in sheets), caliper_um)
        drawing = _Drawing(document, placed, page_pt, scale, SHEETS_MM[sheet], len(lengths))
        made = [side for s in sheets for side in drawing.sheet(s, caliper_um)]
        del document.pages[:]
        document.pages.extend(made)
        _describe(document)
        out = BytesIO()
        document.save(out, deterministic_id=True)
    return Imposed(
        out.getvalue(),
        count,
        sum(lengths) - count,
        lengths,
        len(sheets),
        page_mm,
        scale,
        creep_mm(max(s.depth for s in sheets), caliper_um),
        drawing.marked,
    )


def _encrypted(name: str) -> SourceError:
    return SourceError(
        "the PDF is encrypted.", file=name, hint="Save it without a password, and impose that."
    )


class _Drawing:
    """The sides of the sheets as pages. All lengths in points; the origin is the sheet's corner."""

    def __init__(
        self,
        document: pikepdf.Pdf,
        placed: Sequence[Placed],
        page_pt: tuple[float, float],
        scale: float,
        sheet_mm: tuple[float, float],
        signature_count: int,
    ) -> None:
        self.document, self.placed, self.scale = document, placed, scale
        self.width, self.height = (mm * POINTS_PER_MM for mm in sheet_mm)
        self.page = page_pt[0] * scale, page_pt[1] * scale
        self.signature_count = signature_count
        self.marked = True

    def sheet(self, sheet: Sheet, caliper_um: float) -> list[pikepdf.Page]:
        shift = creep_mm(sheet.depth, caliper_um) * POINTS_PER_MM
        front = self._side(sheet.front, shift)
        if self.signature_count > 1 and sheet.depth == 0:
            fold, top = self.width / 2, (self.height + self.page[1]) / 2
            front += collating_mark(sheet.signature, fold, top, self.page[1])
        return [
            self._page(front, sheet.front),
            self._page(self._side(sheet.back, shift), sheet.back),
        ]

    def _side(self, side: Side, shift: float) -> bytes:
        fold, foot = self.width / 2, (self.height - self.page[1]) / 2
        content = b""
        panels = []
        for place, left in (
            (side.left, fold - self.page[0] + shift),
            (side.right, fold - shift),
        ):
            beside = 0.0 if left < fold - shift - 1 else fold  # its half of the sheet
            panel = Panel(left, foot, left + self.page[0], foot + self.page[1])
            panels.append(panel)
            if place is None:
                continue
            page = self.placed[place - 1]
            x, y = left - self.scale * page.trim[0], foot - self.scale * page.trim[1]
            clip = f"{beside:.4f} 0 {fold:.4f} {self.height:.4f} re W n"
            move = f"{self.scale:.6f} 0 0 {self.scale:.6f} {x:.4f} {y:.4f} cm"
            content += f"q {clip} {move} /P{place} Do Q\n".encode()
        bleed = max(
            (self.scale * self._bleed(p) for p in (side.left, side.right) if p), default=0.0
        )
        self.marked = self.marked and has_room(foot, bleed)
        return content + marks(panels[0], panels[1], self.width, bleed)

    def _bleed(self, place: int) -> float:
        trim, bleed = self.placed[place - 1].trim, self.placed[place - 1].bleed
        return max(abs(a - b) for a, b in zip(trim, bleed, strict=True))

    def _page(self, content: bytes, side: Side) -> pikepdf.Page:
        import pikepdf

        forms = pikepdf.Dictionary()
        for place in side:
            if place is not None:
                forms[f"/P{place}"] = self.placed[place - 1].form
        return pikepdf.Page(
            self.document.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Page,
                    MediaBox=[0, 0, round(self.width, 3), round(self.height, 3)],
                    Resources=pikepdf.Dictionary(XObject=forms),
                    Contents=self.document.make_stream(content),
                )
            )
        )


def _describe(document: pikepdf.Pdf) -> None:
    """A print dialogue begins with both sides, the short edge, the size as it is."""
    import pikepdf

    for key in GONE_ROOT:
        if key in document.Root:
            del document.Root[key]
    for key in GONE_INFO:
        if key in document.docinfo:
            del document.docinfo[key]
    document.Root.PageLayout = pikepdf.Name.SinglePage
    document.Root.ViewerPreferences = pikepdf.Dictionary(
        Duplex=pikepdf.Name.DuplexFlipShortEdge,
        PickTrayByPDFSize=True,
        PrintScaling=pikepdf.Name("/None"),
    )
