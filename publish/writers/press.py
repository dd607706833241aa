"""A PDF for the press: any laid-out PDF in, one that follows the list of PDF/X-1a:2003 out.

Colours and pictures become inks, transparency is laid on paper, and all that a press cannot print
(links, tags, scripts) goes. What cannot be converted is refused in a sentence, never passed on.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from publish.conditions import REGISTRY, Condition
from publish.errors import EditionError
from publish.pdf.drawing import of_kind
from publish.preflight.clauses import check_clauses, opened
from publish.preflight.clauses_file import VERSION
from publish.preflight.clauses_identity import LABEL, XMP_PDFX
from publish.preflight.press import COARSE, FINE, resolution
from publish.writers.press_content import converted
from publish.writers.press_job import Job

if TYPE_CHECKING:
    import pikepdf

# What may stay; a list of what is to go would be open-ended.
KEPT_OF_ROOT: Final = {"/Type", "/Pages", "/PageLabels", "/Lang", "/Metadata"}
KEPT_OF_PAGE: Final = {"/Type", "/Parent", "/MediaBox", "/BleedBox", "/TrimBox", "/Contents",
                       "/Resources", "/Rotate"}  # fmt: skip
KEPT_OF_INFO: Final = {"/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer",
                       "/CreationDate", "/ModDate"}  # fmt: skip


def make_press(pdf: bytes, *, condition: Condition, least_ppi: float = COARSE) -> bytes:
    """The PDF with all colours in process inks, for a press of this condition.

    Black and greys are on the black plate alone. Boxes stay as they are; there must be a trim box
    on every page, and a title. The same file gives the same bytes. Raises EditionError for what
    cannot be printed as it is: transparency beyond plain opacity, layers, colours unknown, fonts
    that are not there, pictures with fewer than `least_ppi` pixels to the inch where they stand.
    The file calls itself PDF/X-1a:2003 because it passed our own list of it.
    """
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        if "/OCProperties" in document.Root:
            raise EditionError("the pages have layers that may be hidden.", hint="Merge them.")
        job = Job(document, condition)
        for number, page in enumerate(document.pages, 1):
            job.place = f"page {number}"
            _page(job, page)
        _strip(document.Root, KEPT_OF_ROOT)
        _identify(document, condition)
        out = BytesIO()
        document.save(
            out,
            force_version=VERSION,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=True,
        )
    _check(out, least_ppi)
    return out.getvalue()


def _check(pdf: BytesIO, least_ppi: float) -> None:
    """Raises EditionError if the file breaks a clause: the label is for those that pass."""
    import pikepdf

    with pikepdf.open(pdf) as document:
        read = opened(document)
        for image in of_kind(read.drawing, "image"):
            if resolution(image) < least_ppi:
                raise EditionError(
                    f"{image.place} of the PDF: a picture of {int(image.thing.Width)} ×"
                    f" {int(image.thing.Height)} pixels is too small: it has"
                    f" {resolution(image):.0f} to the inch where it stands.",
                    hint=f"A press needs {FINE}, and {least_ppi:g} at least.",
                )
        for found in check_clauses(read):
            raise EditionError(
                f"the file cannot go to a press: {found.message}",
                file=found.place,
                hint=f"It breaks the clause {found.check} of docs/print-preflight.md.",
            )


def _page(job: Job, page: pikepdf.Page) -> None:
    if "/TrimBox" not in page:
        raise EditionError(f"{job.place} has no trim box.")
    boxes = {"/MediaBox": page.mediabox, "/TrimBox": page["/TrimBox"]}
    boxes["/BleedBox"] = page.get("/BleedBox", boxes["/TrimBox"])
    content, resources = converted(job, page, page.resources)
    _strip(page.obj, KEPT_OF_PAGE)
    for name, box in boxes.items():
        page[name] = _rounded(box)
    page.Contents = job.document.make_stream(content)
    page.Resources = resources


def _rounded(box: Any) -> list[float]:
    return [round(float(value), 3) for value in box]


def _strip(holder: Any, kept: set[str]) -> None:
    for key in list(holder.keys()):
        if key not in kept:
            del holder[key]


def _identify(document: pikepdf.Pdf, condition: Condition) -> None:
    """The info dictionary, the metadata that says the same, and the output intent."""
    import pikepdf

    info = document.docinfo
    _strip(info, KEPT_OF_INFO)
    if not str(info.get("/Title", "")):
        raise EditionError("the document has no title.", hint="A file for the press needs one.")
    if "/CreationDate" not in info:
        raise EditionError("the document has no date.", hint="A file for the press needs one.")
    info["/ModDate"] = info.get("/ModDate", info["/CreationDate"])
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as packet:
        packet.register_xml_namespace(XMP_PDFX, "pdfx")
        packet.load_from_docinfo(info)
        packet["pdf:Trapped"] = "False"
        packet[f"{{{XMP_PDFX}}}GTS_PDFXVersion"] = LABEL
    info["/Trapped"] = pikepdf.Name("/False")
    info["/GTS_PDFXVersion"] = pikepdf.String(LABEL)
    root = document.Root
    root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    root.OutputIntents = pikepdf.Array([_intent(document, condition)])


def _intent(document: pikepdf.Pdf, condition: Condition) -> Any:
    import pikepdf

    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFX,
        OutputConditionIdentifier=pikepdf.String(condition.name),
        OutputCondition=pikepdf.String(condition.description),
        Info=pikepdf.String(condition.description),
    )
    if condition.registered:
        intent.RegistryName = pikepdf.String(REGISTRY)
    if condition.icc:
        intent.DestOutputProfile = document.make_stream(condition.icc, N=4)
    return document.make_indirect(intent)
