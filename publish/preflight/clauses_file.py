"""Clauses of PDF/X-1a:2003 that are about the file: each an opened PDF in, faults out.

A fault is a sentence and the place where it is so. docs/print-preflight.md has the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from publish.colour import profile
from publish.conditions import CONDITIONS, REGISTRY, UNREGISTERED
from publish.errors import EditionError
from publish.pdf.boxes import box, overlap, within
from publish.pdf.objects import several
from publish.preflight.clause import Faults

if TYPE_CHECKING:
    import pikepdf

VERSION: Final = "1.4"  # of PDF
FILTERS: Final = {"/LZWDecode": "LZW", "/LZW": "LZW", "/JBIG2Decode": "JBIG2",
                  "/JPXDecode": "JPEG 2000"}  # fmt: skip
PROGRAMS: Final = {"/Type1C", "/CIDFontType0C"}  # of /FontFile3 in PDF 1.4
AREAS: Final = ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip")


def dictionaries(document: pikepdf.Pdf) -> list[Any]:
    """Every dictionary and stream of the file, those within others included."""
    import pikepdf

    found: list[Any] = []
    waiting: list[Any] = list(document.objects)
    while waiting:
        item = waiting.pop()
        if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            found.append(item)
            inner = [value for _, value in item.items()]
        elif isinstance(item, pikepdf.Array):
            inner = list(item)
        else:
            continue
        waiting += [value for value in inner if isinstance(value, pikepdf.Object)
                    and not value.is_indirect]  # fmt: skip
    return found


def structure(document: pikepdf.Pdf, held: list[Any]) -> Faults:
    said = str(document.Root.get("/Version", "/1.0"))[1:]  # the later of both counts
    version = max((document.pdf_version, said), key=_numbered)
    if _numbered(version) > _numbered(VERSION):
        yield f"The file is of PDF {version}.", ""
    for item in held:
        kind = str(item.get("/Type", ""))
        if kind in ("/ObjStm", "/XRef"):
            yield "The file has object streams, of PDF 1.5.", ""
            break
    if document.Root.get("/OCProperties") is not None:
        yield "The file has layers, of PDF 1.5.", ""
    for item in held:
        if item.get("/Subtype") == "/Image" and int(item.get("/BitsPerComponent", 8)) > 8:
            yield "A picture has 16 bits a sample, of PDF 1.5.", ""
        program = item.get("/FontFile3") if item.get("/Type") == "/FontDescriptor" else None
        if program is not None and str(program.get("/Subtype", "")) not in PROGRAMS:
            yield f"The font {item.get('/FontName', '')} is of a format after PDF 1.4.", ""
    for number, page in enumerate(document.pages, 1):
        if "/SeparationInfo" in page:
            yield "The page is one plate, not the whole.", f"page {number}"


def _numbered(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def intent(document: pikepdf.Pdf) -> Faults:
    intents = [i for i in document.Root.get("/OutputIntents", []) if i.get("/S") == "/GTS_PDFX"]
    if len(intents) != 1:
        yield f"The file has {len(intents) or 'no'} output intents of PDF/X, not one.", ""
        return
    name = str(intents[0].get("/OutputConditionIdentifier", ""))
    brought = intents[0].get("/DestOutputProfile")
    if not name:
        yield "The output intent has no /OutputConditionIdentifier.", ""
    if not str(intents[0].get("/Info", "")):
        yield "The output intent does not say in words what is meant (/Info).", ""
    if brought is not None:
        try:
            profile(brought.read_bytes())
        except EditionError as error:
            yield f"The profile of the output intent does not serve: {error.message}", ""
    elif name and (name == UNREGISTERED or intents[0].get("/RegistryName") != REGISTRY):
        yield f"The output intent “{name}” names no registry and brings no profile.", ""
    elif name and name not in CONDITIONS:
        yield f"The printing condition “{name}” is not one that is known here.", ""


def files(document: pikepdf.Pdf, held: list[Any]) -> Faults:
    import pikepdf

    if "/EmbeddedFiles" in document.Root.get("/Names", {}):
        yield "Files are embedded.", ""
    for item in held:
        if item.get("/Type") in ("/Filespec", "/F") or "/EF" in item:
            yield "Another file is referred to.", ""
        elif isinstance(item, pikepdf.Stream) and "/F" in item:
            yield "A stream is kept in another file.", ""
        if "/OPI" in item or ("/Ref" in item and item.get("/Subtype") == "/Form"):
            yield "A picture stands in for another.", ""


def compression(held: list[Any]) -> Faults:
    import pikepdf

    for item in held:
        if isinstance(item, pikepdf.Stream):
            for name in several(item.get("/Filter")):
                if str(name) in FILTERS:
                    yield f"A stream is compressed with {FILTERS[str(name)]}.", ""


def boxes(document: pikepdf.Pdf) -> Faults:
    for number, page in enumerate(document.pages, 1):
        place = f"page {number}"
        media, bleed, crop = (box(page, f"/{name}Box") for name in ("Media", "Bleed", "Crop"))
        finished = [held for name in ("Trim", "Art") if (held := box(page, f"/{name}Box"))]
        if not media:
            yield "The page has no media box.", place
        if len(finished) != 1:
            both = "both a trim and an art box" if finished else "neither trim nor art box"
            yield f"The page has {both}.", place
        outer = [held for held in (bleed, crop) if held]
        pairs = [
            (inner, held) for inner in finished for held in outer or ([media] if media else [])
        ]
        pairs += [(held, media) for held in outer if media]
        if not all(within(inner, held) for inner, held in pairs):
            yield "The boxes do not lie within one another.", place


def postscript(held: list[Any]) -> Faults:
    for item in held:
        if item.get("/Subtype") == "/PS" or item.get("/Subtype2") == "/PS" or (
            item.get("/Subtype") == "/Form" and "/PS" in item
        ):  # fmt: skip
            yield "A piece of PostScript is there to be drawn.", ""


def encryption(document: pikepdf.Pdf) -> Faults:
    if document.is_encrypted:
        yield "The file is encrypted.", ""


def alternates(held: list[Any]) -> Faults:
    for item in held:
        if "/Alternates" in item:
            yield "A picture has alternates.", ""


def notes_and_links(document: pikepdf.Pdf) -> Faults:
    for number, page in enumerate(document.pages, 1):
        inside = box(page, "/BleedBox") or box(page, "/TrimBox") or box(page, "/MediaBox")
        notes: Any = page.get("/Annots", [])
        for note in notes:
            x0, y0, x1, y1 = (float(value) for value in note.get("/Rect", (0, 0, 0, 0)))
            area = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
            if (inside and overlap(area, inside)) or note.get("/Subtype") == "/TrapNet":
                kind = str(note.get("/Subtype", "/?"))[1:]
                yield f"A {kind} annotation lies on what is printed.", f"page {number}"


def actions(document: pikepdf.Pdf, held: list[Any]) -> Faults:
    root: Any = document.Root
    if "/JavaScript" in root.get("/Names", {}):
        yield "The file has JavaScript.", ""
    if "/OpenAction" in root or "/AA" in root or "/URI" in root:
        yield "The file acts when it is opened.", ""
    for item in held:
        acts = "/AA" in item or ("/A" in item and ("/Subtype" in item or "/Title" in item))
        if acts and item.objgen != root.objgen and item.get("/Type") != "/StructElem":
            yield "A page, a note or an outline entry acts.", ""
        if item.get("/S") == "/JavaScript":
            yield "The file has JavaScript.", ""


def viewer(document: pikepdf.Pdf) -> Faults:
    wishes: Any = document.Root.get("/ViewerPreferences", {})
    for name in AREAS:
        if name in wishes and str(wishes[name]) not in ("/MediaBox", "/BleedBox"):
            yield f"The viewer is asked to show the {str(wishes[name])[1:]} ({name}).", ""
