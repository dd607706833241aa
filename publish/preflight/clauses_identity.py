"""Clauses of PDF/X-1a:2003 that are about what the file says of itself: opened PDFs in, faults out.

A fault is a sentence and the place where it is so. docs/print-preflight.md has the list.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from publish.preflight.clause import Faults

if TYPE_CHECKING:
    import pikepdf

LABEL: Final = "PDF/X-1a:2003"
XMP_PDFX: Final = "http://ns.adobe.com/pdfx/1.3/"  # where readers look for what the info says of X


def trapping(document: pikepdf.Pdf) -> Faults:
    import pikepdf

    trapped = document.docinfo.get("/Trapped")
    if not isinstance(trapped, pikepdf.Name) or str(trapped) not in ("/True", "/False"):
        yield "The file does not say whether it is trapped.", ""
    elif "/Metadata" in document.Root:
        said = document.open_metadata().get("pdf:Trapped")
        if said is not None and f"/{said}" != str(trapped):
            yield "The metadata has another word on trapping.", ""


def identification(document: pikepdf.Pdf) -> Faults:
    import pikepdf

    info = document.docinfo
    version = info.get("/GTS_PDFXVersion")
    if not isinstance(version, pikepdf.String) or str(version) != LABEL:
        yield f"The file does not call itself {LABEL}.", ""
    for key, what in (("/Title", "title"), ("/CreationDate", "date of making"),
                      ("/ModDate", "date of its last change")):  # fmt: skip
        if not str(info.get(key, "")):
            yield f"The file does not say its {what}.", ""
    if "/ID" not in document.trailer:
        yield "The file has no ID.", ""
    for key, value in info.items():
        if key != "/Trapped" and not isinstance(value, pikepdf.String):
            yield f"What the file says under {key} is no text.", ""
    if "/Metadata" in document.Root:
        yield from _otherwise(document.open_metadata(), info)


def _otherwise(packet: pikepdf.models.PdfMetadata, info: Any) -> Faults:
    """What the metadata says otherwise than the info dictionary; it may be silent."""
    for key, name, what in (
        (f"{{{XMP_PDFX}}}GTS_PDFXVersion", "/GTS_PDFXVersion", "version"),
        ("dc:title", "/Title", "title"),
    ):
        said = str(packet.get(key, ""))
        if said and said != str(info.get(name, "")):
            yield f"The metadata has another {what}, “{said}”.", ""
    for key, name, what in (
        ("xmp:CreateDate", "/CreationDate", "date of making"),
        ("xmp:ModifyDate", "/ModDate", "date of its last change"),
    ):
        said, held = str(packet.get(key, "")), str(info.get(name, ""))
        if said and held and not _same_moment(said, held):
            yield f"The metadata has another {what}, “{said}”.", ""


def _same_moment(said: str, held: str) -> bool:
    """Whether a date of the metadata (ISO 8601) is that of the info (PDF 32000-1, 7.9.4). Where
    either has no time zone, both are taken for the same one."""
    from pikepdf.models.metadata import decode_pdf_date

    try:
        one, other = datetime.fromisoformat(said), decode_pdf_date(held)
    except ValueError:
        return False
    if one.tzinfo is None or other.tzinfo is None:
        one, other = one.replace(tzinfo=None), other.replace(tzinfo=None)
    return one == other
