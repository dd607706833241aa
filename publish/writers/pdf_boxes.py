"""What the layout leaves to be done on the finished PDF: boxes, crop marks, the way it opens."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final

from publish.book import Book
from publish.pdf.lexer import Contents
from publish.preflight.pdf import check_fonts
from publish.preflight.tagged import check_tags
from publish.writers.marks import MARK_LENGTH, MARK_OFFSET, MARK_WIDTH, corners, drawn
from publish.writers.pdf_glyphs import refuse_missing_glyphs
from publish.writers.pdf_join import add_blank
from publish.writers.pdf_tags import label, put_tags_right

if TYPE_CHECKING:
    import pikepdf

# The hyphen that divides a word at a line's end is soft to whoever copies or searches the text.
SET_HYPHEN, SOFT_HYPHEN = b"<2010>", b"<00AD>"
MAPPED_HYPHEN: Final = re.compile(rb"(<[0-9A-Fa-f]+>\s*)" + SET_HYPHEN)


def finish(document: pikepdf.Pdf, book: Book, *, bleed: float, marks: bool) -> bytes:
    """The PDF with its boxes set, crop marks drawn, and the same bytes on every run. The document
    is closed.

    `bleed` is in points. The trim stands at (0, 0) of each page; media and bleed go below zero.
    Raises EditionError for characters that no font has.
    """
    import pikepdf

    with document:
        contents = Contents() if "/StructTreeRoot" in document.Root else None
        refuse_missing_glyphs(document, book.edition, contents)
        if len(document.pages) % 2:
            add_blank(document, len(document.pages))
        _soften_hyphens(document)
        for page in document.pages:
            _set_boxes(page, bleed, marks)
            if marks:
                _draw_marks(document, page, bleed)
        _describe(document, book)
        _write_metadata(document, book)
        if contents is not None:
            put_tags_right(document, contents)
            if not (any(check_fonts(document)) or check_tags(document)):
                label(document)
        out = BytesIO()
        document.save(
            out,
            static_id=False,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return out.getvalue()


def _soften_hyphens(document: pikepdf.Pdf) -> None:
    import pikepdf

    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
            stream = item["/ToUnicode"]
            stream.write(MAPPED_HYPHEN.sub(rb"\1" + SOFT_HYPHEN, stream.read_bytes()))


def _set_boxes(page: pikepdf.Page, bleed: float, marks: bool) -> None:
    x0, y0, x1, y1 = (float(value) for value in page["/TrimBox"])

    def grown(by: float) -> list[float]:
        return [round(v, 3) for v in (x0 - by, y0 - by, x1 + by, y1 + by)]

    slug = bleed + MARK_OFFSET + MARK_LENGTH if marks else bleed
    page.MediaBox = grown(slug)
    page.BleedBox = grown(bleed)
    page.TrimBox = grown(0)
    if "/CropBox" in page:
        del page["/CropBox"]


def _draw_marks(document: pikepdf.Pdf, page: pikepdf.Page, bleed: float) -> None:
    """Crop marks at the four corners, on the trim lines and outside the bleed."""
    x0, y0, x1, y1 = (float(value) for value in page["/TrimBox"])
    cuts = drawn(corners((x0, y0, x1, y1), bleed))
    content = f"q 0 0 0 1 K {MARK_WIDTH} w 0 J\n{cuts}Q\n".encode()
    # In a graphics state of its own, before the page's content, which changes the axes.
    page.contents_add(document.make_stream(content), prepend=True)


def _describe(document: pikepdf.Pdf, book: Book) -> None:
    """Viewers show the title, two pages up with the first alone as a recto."""
    import pikepdf

    root, meta = document.Root, book.edition.metadata
    root.Lang = pikepdf.String(meta.language)
    root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    root.PageLayout = pikepdf.Name.TwoPageRight
    root.PageMode = pikepdf.Name.UseOutlines if "/Outlines" in root else pikepdf.Name.UseNone


def _write_metadata(document: pikepdf.Pdf, book: Book) -> None:
    """The XMP packet says what the info dictionary says, and language and identifier besides."""
    meta = book.edition.metadata
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as packet:
        packet.load_from_docinfo(document.docinfo)
        packet["dc:language"] = {meta.language}
        if meta.identifier:
            packet["dc:identifier"] = meta.identifier
        if meta.publisher:
            packet["dc:publisher"] = {meta.publisher}
        if meta.rights:
            packet["dc:rights"] = meta.rights
