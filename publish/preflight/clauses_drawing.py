"""Clauses of PDF/X-1a:2003 that are about what the pages draw: each a drawing in, faults out.

A fault is a sentence and the place where it is so. docs/print-preflight.md has the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from publish.pdf.drawing import Drawn
from publish.pdf.operators import KNOWN
from publish.preflight.clause import Faults

if TYPE_CHECKING:
    import pikepdf

INKS: Final = {"/DeviceGray", "/DeviceCMYK", "/G", "/CMYK"}
SPOT: Final = {"/Separation", "/DeviceN"}
BLENDS: Final = {"/Normal", "/Compatible"}
PROGRAMS: Final = ("/FontFile", "/FontFile2", "/FontFile3")


def colours(drawing: list[Drawn]) -> Faults:
    for thing in drawing:
        wrong = ""
        if thing.kind in ("text", "fill", "stroke"):
            wrong = outlawed(thing.space)
        elif thing.kind == "space":
            wrong = outlawed(thing.thing)
        elif thing.kind == "shading" or (thing.kind == "image" and "/ColorSpace" in thing.thing):
            wrong = outlawed(thing.thing.ColorSpace)
        if wrong:
            what = {"image": "A picture", "text": "Text", "shading": "A gradient"}
            yield f"{what.get(thing.kind, 'Something')} is in {wrong}.", thing.place


def outlawed(space: Any) -> str:
    """The part of a colour space that no press plate has, such as "DeviceRGB"; "" for inks."""
    import pikepdf

    if isinstance(space, pikepdf.Array):
        name = str(space[0])
        if name in ("/Indexed", "/I"):
            return outlawed(space[1])
        if name == "/Pattern":
            return outlawed(space[1]) if len(space) > 1 else ""
        if name in SPOT:
            return outlawed(space[2])
        return name[1:]
    name = str(space)
    return "" if name in INKS or name == "/Pattern" else name.lstrip("/")


def fonts(drawing: list[Drawn]) -> Faults:
    told = set()
    for thing in drawing:
        if thing.kind == "font" and thing.thing.get("/Subtype") != "/Type3":
            name = str(thing.thing.get("/BaseFont", "/unnamed"))[1:]
            if name not in told and not is_embedded(thing.thing):
                told.add(name)
                yield f"The font {name} is not embedded.", thing.place


def is_embedded(font: Any) -> bool:
    """Whether the file has the program of a font."""
    holder = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
    descriptor = holder.get("/FontDescriptor", {})
    return any(key in descriptor for key in PROGRAMS)


def states(drawing: list[Drawn]) -> Faults:
    for thing in drawing:
        if thing.kind != "state":
            continue
        given = thing.thing
        if "/TR" in given or str(given.get("/TR2", "/Default")) != "/Default" or "/HTP" in given:
            yield "A transfer curve alters the inks.", thing.place
        halftone = given.get("/HT", "/Default")
        if str(halftone) != "/Default" and (
            int(halftone.get("/HalftoneType", 0)) not in (1, 5) or "/HalftoneName" in halftone
        ):
            yield "A halftone is not of the types 1 and 5, or is named.", thing.place


def operators(drawing: list[Drawn]) -> Faults:
    for thing in drawing:
        if thing.kind == "ring":
            yield "A drawing draws itself.", thing.place
        if thing.kind != "operator":
            continue
        name = str(thing.thing)
        if name == "/OC":
            yield "A part of the drawing may be hidden.", thing.place
        elif " " in name:
            yield f"What “{name}” draws is not there.", thing.place
        elif name not in KNOWN:
            yield f"There is no operator “{name}”.", thing.place


def transparency(document: pikepdf.Pdf, drawing: list[Drawn]) -> Faults:
    for number, page in enumerate(document.pages, 1):
        if _group(page):
            yield "The page is a transparency group.", f"page {number}"
    for thing in drawing:
        given = thing.thing
        if thing.kind == "image" and "/SMask" in given and str(given.SMask) != "/None":
            yield "A picture has a soft mask.", thing.place
        elif thing.kind == "form" and _group(given):
            yield "A drawing is a transparency group.", thing.place
        elif thing.kind == "state":
            if str(given.get("/SMask", "/None")) != "/None":
                yield "A soft mask fades a drawing.", thing.place
            if float(given.get("/ca", 1)) != 1 or float(given.get("/CA", 1)) != 1:
                yield "Something is not opaque.", thing.place
            blend = given.get("/BM", "/Normal")
            if str(blend) not in BLENDS:
                yield "Something is blended with what lies below.", thing.place


def _group(holder: Any) -> bool:
    return bool(holder.get("/Group", {}).get("/S") == "/Transparency")
