"""The list of PDF/X-1a:2003 as this program checks it: an opened PDF in, findings by clause out.

The paragraphs are those of ISO 15930-4:2003. A file that passes all was checked by publish; that it
conforms, only a validator that has the whole standard can say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from publish.pdf.drawing import Drawn, drawn, of_kind
from publish.preflight import Finding
from publish.preflight import clauses_drawing as drawing
from publish.preflight import clauses_file as file
from publish.preflight import clauses_identity as identity
from publish.preflight.clause import Clause, broken
from publish.preflight.damage import damage

if TYPE_CHECKING:
    import pikepdf


@dataclass(frozen=True, slots=True)
class Opened:
    """A PDF, every dictionary in it, and what its pages draw."""

    document: pikepdf.Pdf
    held: list[Any]
    drawing: list[Drawn]


CLAUSES: Final[tuple[Clause[Opened], ...]] = (
    Clause(
        "pdfx.structure", "6.1",
        "PDF 1.4 throughout: no object streams, layers, 16-bit pictures or later font formats; "
        "pages are not separated into plates.",
        lambda of: file.structure(of.document, of.held),
    ),
    Clause(
        "pdfx.colour", "6.2",
        "All colours are DeviceGray, DeviceCMYK or spot inks described in them; none is RGB, Lab, "
        "calibrated or with a profile of its own.",
        lambda of: drawing.colours(of.drawing),
    ),
    Clause(
        "pdfx.intent", "6.2",
        "One output intent of PDF/X names a printing condition of the ICC's registry, or brings "
        "the CMYK output profile of a press.",
        lambda of: file.intent(of.document),
    ),
    Clause(
        "pdfx.fonts", "6.3",
        "Every font that is used is embedded.",
        lambda of: drawing.fonts(of.drawing),
    ),
    Clause(
        "pdfx.files", "6.4",
        "No other file is referred to or embedded, and no picture is a stand-in for another (OPI).",
        lambda of: file.files(of.document, of.held),
    ),
    Clause(
        "pdfx.compression", "6.5",
        "No stream is compressed with LZW, JBIG2 or JPEG 2000.",
        lambda of: file.compression(of.held),
    ),
    Clause(
        "pdfx.trapping", "6.6",
        "The file says whether it is trapped: /Trapped is /True or /False.",
        lambda of: identity.trapping(of.document),
    ),
    Clause(
        "pdfx.identification", "6.7",
        "The info dictionary has the version key, a title and both dates; the trailer has an ID; "
        "the metadata says the same.",
        lambda of: identity.identification(of.document),
    ),
    Clause(
        "pdfx.boxes", "6.8",
        "Every page has a media box and either a trim or an art box, which lies within bleed box "
        "and crop box, and these within the media box.",
        lambda of: file.boxes(of.document),
    ),
    Clause(
        "pdfx.state", "6.9",
        "No transfer curve, no halftone but of types 1 and 5, none that is named.",
        lambda of: drawing.states(of.drawing),
    ),
    Clause(
        "pdfx.postscript", "6.10",
        "No PostScript is drawn.",
        lambda of: file.postscript(of.held),
    ),
    Clause(
        "pdfx.encryption", "6.11",
        "The file is not encrypted.",
        lambda of: file.encryption(of.document),
    ),
    Clause(
        "pdfx.alternates", "6.12",
        "No picture has alternates.",
        lambda of: file.alternates(of.held),
    ),
    Clause(
        "pdfx.annotations", "6.13",
        "Notes, links and fields lie outside the bleed.",
        lambda of: file.notes_and_links(of.document),
    ),
    Clause(
        "pdfx.actions", "6.14",
        "Nothing acts: no action, no JavaScript.",
        lambda of: file.actions(of.document, of.held),
    ),
    Clause(
        "pdfx.operators", "6.15",
        "Only operators that PDF 1.4 knows, and nothing drawn that is not there.",
        lambda of: drawing.operators(of.drawing),
    ),
    Clause(
        "pdfx.transparency", "6.16",
        "Nothing is transparent: no soft mask, no opacity, no blending, no transparency group.",
        lambda of: drawing.transparency(of.document, of.drawing),
    ),
    Clause(
        "pdfx.viewer", "6.17",
        "What the viewer is to show and print is the media box or the bleed box.",
        lambda of: file.viewer(of.document),
    ),
)  # fmt: skip


def opened(document: pikepdf.Pdf) -> Opened:
    """The document with its content read, once for all clauses."""
    return Opened(document, file.dictionaries(document), drawn(document))


def check_clauses(of: Opened) -> Iterator[Finding]:
    """What cannot be read of the drawing, then what breaks a clause, as `broken` tells it."""
    for thing in of_kind(of.drawing, "damage"):
        yield replace(damage(str(thing.thing)), place=thing.place)
    yield from broken(CLAUSES, of)
