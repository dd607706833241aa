"""`publish impose`: a book's PDF onto the sheets of an office printer, to be folded and bound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from publish.commands.counted import counted
from publish.commands.files import OutputError, read_source, writable, write
from publish.errors import UsageError
from publish.imposition import CREEP_SEEN_MM, PAGES_A_SHEET, SHEETS_MM
from publish.paper import OFFICE, Paper, measured, paper
from publish.writers.impose import Imposed, impose_pdf

METHODS = ("booklet", "signatures")
USUAL_SIGNATURE = 16  # pages: four sheets, which fold well and hold together
STITCHED_PAGES = (
    80  # 20 sheets of office paper: about what an office stapler takes through the fold
)


def impose(
    book: Path,
    out: Path | None,
    sheet: str,
    method: str = "",
    signature_pages: int | None = None,
    paper_name: str = "",
    thickness_um: float | None = None,
) -> tuple[Path, Imposed]:
    """Writes the imposed PDF, beside the book's if `out` is not given.

    Without a method, `signature_pages` ask for signatures, else it is a booklet. `thickness_um` is
    a sheet's in µm, None for that of the named paper. Raises PublishError with nothing written.
    """
    method = method.lower() or (METHODS[0] if signature_pages is None else METHODS[1])
    if sheet.lower() not in SHEETS_MM:
        raise UsageError(f"there is no sheet “{sheet}”.", hint=f"There are {', '.join(SHEETS_MM)}.")
    if method not in METHODS:
        raise UsageError(
            f"there is no method “{method}”.", hint=f"There are {' and '.join(METHODS)}."
        )
    if method == METHODS[0] and signature_pages is not None:
        raise UsageError(
            "a booklet is one signature: --signature-pages says nothing of it.",
            hint="Leave it out, or take --method signatures.",
        )
    if method == METHODS[1] and signature_pages is None:
        signature_pages = USUAL_SIGNATURE
    of = _paper(paper_name, thickness_um)
    pdf = read_source(book)
    target = out or book.with_name(f"{book.stem}.{method}.pdf")
    if target.exists() and book.exists() and target.samefile(book):
        raise OutputError(
            "this is the book itself.", file=str(target), hint="Name another file with -o."
        )
    writable(target.parent)
    made = impose_pdf(
        pdf,
        sheet.lower(),
        of.caliper_um,
        signature_pages=signature_pages,
        name=str(book),
    )
    write(target, made.data)
    return target, made


def _paper(name: str, thickness_um: float | None) -> Paper:
    if name and thickness_um is not None:
        raise UsageError("--paper and --thickness name two papers.", hint="Give one of them.")
    return paper(name or OFFICE) if thickness_um is None else measured(thickness_um)


def told(target: Path, made: Imposed, sheet: str) -> Iterator[str]:
    """What a person must know to print and bind the sheets, a sentence a line."""
    blanks = f" and {counted(made.blanks, 'blank')}" if made.blanks else ""
    count = len(made.lengths)
    bound = f" in {_signatures(made.lengths)}" if count > 1 else ""
    yield (
        f"{target}: {counted(made.pages, 'page')}{blanks} on {counted(made.sheets, 'sheet')}"
        f" of {sheet.title()}{bound}."
    )
    if made.scale < 1:
        width, height = made.page_mm
        yield (
            f"  Scaled to {made.scale:.1%}: two pages of {width:.0f} × {height:.0f} mm do not fit"
            f" at full size."
        )
    if made.creep_mm:
        yield f"  For creep the innermost pages stand {made.creep_mm:.2f} mm nearer to the fold."
    if made.creep_mm > CREEP_SEEN_MM:
        yield (
            "  That is much of their inner margin: look at the innermost sheet before you print, or"
            " divide the book, with --method signatures and fewer --signature-pages."
        )
    if not made.marked:
        yield "  The pages fill the sheet from head to foot: there is no room for marks."
    if count == 1 and made.pages > STITCHED_PAGES:
        yield (
            f"  {made.sheets} sheets are many for one stitch; for signatures: --method signatures."
        )
    yield "  Print on both sides, turned over the short edge, at actual size."


def _signatures(lengths: tuple[int, ...]) -> str:
    """The signatures by their pages; the shorter one among them stands last but one, or first."""
    said = f"{counted(len(lengths), 'signature')} of {max(lengths)} pages"
    if min(lengths) == max(lengths):
        return said
    which = "last but one" if len(lengths) > 2 else "first"
    sheets = counted(min(lengths) // PAGES_A_SHEET, "sheet")
    return f"{said}, the {which} of {min(lengths)} ({sheets})"
