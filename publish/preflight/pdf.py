"""A PDF as a press would look at it: its bytes in, findings out.

Checked are the boxes, the fonts, missing glyphs, what the document says of itself, its links and,
for a press file, the clauses of PDF/X-1a, plates and pictures. That a file conforms is never said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from publish.pdf.boxes import TOLERANCE, box, within
from publish.pdf.damage import sound
from publish.pdf.glyphs import missing_glyphs
from publish.preflight import Finding
from publish.preflight.clauses_drawing import is_embedded
from publish.preflight.contents import check_contents
from publish.preflight.damage import Unreadable, damage, open_pdf
from publish.preflight.tagged import check_tags

if TYPE_CHECKING:
    import pikepdf

Check = Callable[["pikepdf.Pdf"], Iterable[Finding]]

SUBSET: Final = re.compile(r"/[A-Z]{6}\+")
LONG: Final = 21  # pages, as other checkers of accessibility have it
FEWEST_BLEED: Final = 8.4  # points: 3 mm, what presses ask for, less the tolerance


def preflight_pdf(pdf: bytes, *, press: bool = False) -> list[Finding]:
    """All findings about a PDF; with `press`, also those that matter to a press alone."""
    try:
        document = open_pdf(pdf)
    except Unreadable as error:
        return [error.finding]
    checks: list[Check] = [
        check_boxes, check_fonts, check_glyphs, check_description, check_links, check_parity,
    ]  # fmt: skip
    with document:
        labelled = "/GTS_PDFXVersion" in document.docinfo
        if press or labelled:
            checks = [*([] if labelled else [check_purpose]), *checks, check_for_press]
        else:
            checks += [check_encryption, check_bookmarks, check_contents, check_tags]
        findings = [found for check in checks for found in _read(check, document)]
    return list(dict.fromkeys(findings))


def _read(check: Check, document: pikepdf.Pdf) -> list[Finding]:
    return sound(lambda: check(document), damage)


def check_purpose(document: pikepdf.Pdf) -> Iterator[Finding]:
    """A file for a press is not the one for the screen, which is tagged and has no label."""
    if "/StructTreeRoot" in document.Root:
        yield Finding(
            "pdf.purpose", "error",
            "This is the PDF for the screen; build one for the press with --press.",
        )  # fmt: skip


def check_encryption(document: pikepdf.Pdf) -> Iterator[Finding]:
    """Nobody needs a password, not even for what one may do with the file."""
    if document.is_encrypted:
        yield Finding(
            "pdf.encryption", "error", "The PDF is encrypted. Save it without a password."
        )


def check_for_press(document: pikepdf.Pdf) -> Iterator[Finding]:
    """What breaks a clause of PDF/X-1a, and what a press would send back."""
    from publish.preflight import press
    from publish.preflight.clauses import check_clauses, opened

    read = opened(document)
    yield from check_clauses(read)
    for look in (
        lambda: press.check_bleed(document, FEWEST_BLEED),
        lambda: press.check_plates(read.drawing),
        lambda: press.check_ink(document, read.drawing),
        lambda: press.check_resolution(read.drawing),
    ):
        yield from sound(look, damage)


def check_boxes(document: pikepdf.Pdf) -> Iterator[Finding]:
    """Trim within bleed within media on every page, and one trim size throughout."""
    first: tuple[float, float] | None = None
    for number, page in enumerate(document.pages, 1):
        place = f"page {number}"
        media, trim = box(page, "/MediaBox"), box(page, "/TrimBox")
        bleed = box(page, "/BleedBox") or trim
        if not trim or not media or not bleed:
            kind = "trim" if media else "media"
            yield Finding("pdf.boxes", "error", f"The page has no {kind} box.", place)
            continue
        if not within(trim, bleed) or not within(bleed, media):
            yield Finding("pdf.boxes", "error", "The boxes do not lie within one another.", place)
        size = trim[2] - trim[0], trim[3] - trim[1]
        first = first or size
        if max(abs(size[0] - first[0]), abs(size[1] - first[1])) > TOLERANCE:
            yield Finding(
                "pdf.boxes", "error",
                f"The trim is {size[0]:.1f} × {size[1]:.1f} pt, on page 1 {first[0]:.1f} ×"
                f" {first[1]:.1f} pt.", place,
            )  # fmt: skip


def check_fonts(document: pikepdf.Pdf) -> Iterator[Finding]:
    """Every font is embedded, and only with the glyphs that are used."""
    for name, font in sorted(_fonts(document).items()):
        if not is_embedded(font):
            yield Finding("pdf.fonts", "error", f"The font {name[1:]} is not embedded.")
        elif not SUBSET.match(name):
            yield Finding("pdf.fonts", "warning", f"The font {name[1:]} is embedded whole.")


def check_glyphs(document: pikepdf.Pdf) -> Iterator[Finding]:
    """Every character has a glyph: none is set as glyph 0 or as one that its font does not hold."""
    for number, missing in missing_glyphs(document):
        shown = ", ".join(f"“{text}” (U+{ord(text[0]):04X})" for text in missing)
        yield Finding("pdf.glyphs", "error", f"No font has a glyph for {shown}.", f"page {number}")


def check_description(document: pikepdf.Pdf) -> Iterator[Finding]:
    """The document names its title, its author and its date."""
    for key, what in (("/Title", "title"), ("/CreationDate", "date of making")):
        if not str(document.docinfo.get(key, "")):
            yield Finding("pdf.metadata", "error", f"The document does not say its {what}.")
    if not str(document.docinfo.get("/Author", "")):
        yield Finding("pdf.metadata", "warning", "The document names no author.")


def check_links(document: pikepdf.Pdf) -> Iterator[Finding]:
    """Every link within the document leads somewhere."""
    import pikepdf

    names: set[str] = set()
    root: Any = document.Root
    tree = root.get("/Names", {}).get("/Dests")
    if tree is not None:
        names = set(pikepdf.NameTree(tree).keys())
    for number, page in enumerate(document.pages, 1):
        notes: Any = page.get("/Annots", [])
        for note in notes:
            target = note.get("/A", {}).get("/D", note.get("/Dest"))
            if isinstance(target, pikepdf.String) and str(target) not in names:
                yield Finding(
                    "pdf.links", "error", f"The link to “{target}” leads nowhere.", f"page {number}"
                )


def check_bookmarks(document: pikepdf.Pdf) -> Iterator[Finding]:
    """A long document can be found one's way in (PDF/UA-1, 7.17, recommends it)."""
    if len(document.pages) >= LONG and "/Outlines" not in document.Root:
        yield Finding("pdf.bookmarks", "warning", "The document is long and has no bookmarks.")


def check_parity(document: pikepdf.Pdf) -> Iterator[Finding]:
    """A leaf has two pages; a file of one page is a cover, or a sheet."""
    if len(document.pages) > 1 and len(document.pages) % 2:
        yield Finding(
            "pdf.pages", "warning", f"{len(document.pages)} pages: the last leaf has no back."
        )


def _fonts(document: pikepdf.Pdf) -> dict[str, Any]:
    """Base name → font, over all pages and the forms drawn on them."""
    found = {}
    for page in document.pages:
        for holder in (page, *_forms(page.get("/Resources", {}))):
            for font in holder.get("/Resources", {}).get("/Font", {}).values():
                found[str(font.get("/BaseFont", "/unnamed"))] = font
    return found


def _forms(resources: Any) -> list[Any]:
    return [
        item for item in resources.get("/XObject", {}).values() if item.get("/Subtype") == "/Form"
    ]
