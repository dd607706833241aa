"""`publish cover`: an edition's whole cover, back, spine and front, as one PDF for the press."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from publish.book import Book
from publish.commands.build import is_up_to_date
from publish.commands.cover_told import another_book, back_text, lacking
from publish.commands.files import OutputError, read_source, writable, write
from publish.cover import look_of, settable, words
from publish.cover_own import check_resolution, own_colours
from publish.cover_spread import Spread
from publish.cover_wrap import OWN, Matter, Wrap, wrap
from publish.edition import Edition
from publish.edition_folder import load_edition
from publish.edition_schema import WIDEST_SPINE_MM
from publish.errors import EditionError, SourceError, UsageError
from publish.images import picture
from publish.paper import USUAL, paper, spine_mm
from publish.rendering.markdown import marks_for, paragraphs
from publish.trim import POINTS_PER_MM, trim_size_mm
from publish.writers.logo import logo_of

MOST_PAGES = 3000  # no paperback has more
TOLERANCE_MM = 0.4
INTERIORS = ("pdf", "press.pdf")


@dataclass(frozen=True, slots=True)
class Covered:
    """What `publish cover` made: lengths in mm; `counted` says where the number of pages comes
    from, `by` where the width of the spine; `remarks` what is not on the cover, and why."""

    slug: str
    file: str
    width_mm: float
    height_mm: float
    spine_mm: float
    pages: int
    counted: str
    by: str
    remarks: tuple[str, ...]


def cover(folder: Path, out: Path | None, pages: int | None, interior: Path | None) -> Covered:
    """The cover of an edition, written at `out`, or in dist/.

    The book has `pages` pages if they are given; else those of `interior`; else those of its PDF
    beside `out`, if that is up to date; else it is laid out. Raises PublishError with nothing
    written.
    """
    from publish.conditions import condition
    from publish.writers.cover_pdf import write_cover
    from publish.writers.pdf import edition_date, page_of

    edition = load_edition(folder)
    target = out or Path("dist") / f"{edition.slug}.cover.pdf"
    if target.is_dir():
        raise OutputError("this is a folder; name a file in it.", file=str(target))
    writable(target.parent, make=out is None)
    settings = edition.print
    page_of(Book(edition, ()))  # a trim that holds no page has no cover
    width, height = trim_size_mm(settings.trim)
    inside = (read_source(interior), str(interior)) if interior and pages is None else None
    count, counted = _pages(folder, edition, target.parent, pages, inside, (width, height))
    spine, by = _spine(edition, count)
    spread = Spread(width, height, spine, settings.bleed_mm)
    text, textless = back_text(edition)
    made = _composed(edition, spread, text, 0 if settings.spine_mm is not None else count)
    date, press = edition_date(Book(edition, ())), condition(*settings.of_cover)
    data = write_cover(made, edition.metadata, date, press)
    write(target, data)
    remarks = lacking(edition, made, count, textless)
    if inside:
        remarks = (*another_book(edition, *inside), *remarks)
    return Covered(
        edition.slug, str(target), width, height, round(spine, 2), count, counted, by, remarks
    )


def _pages(
    folder: Path, edition: Edition, dist: Path, pages: int | None,
    inside: tuple[bytes, str] | None, trim_mm: tuple[float, float],
) -> tuple[int, str]:  # fmt: skip
    """The number of pages, and where it comes from in words; `inside` is an interior's PDF and its
    name."""
    if pages is not None:
        if not 2 <= pages <= MOST_PAGES:
            raise UsageError(f"no paperback has {pages} pages.", hint=f"Give 2 to {MOST_PAGES}.")
        blank = pages % 2  # the back of the last leaf
        return pages + blank, f"given as {pages}: a leaf has two" if blank else "as given"
    if inside:
        return _counted(*inside, trim_mm), f"read off {inside[1]}"
    if edition.print.spine_mm is not None:
        return 0, ""
    there = [path for name in INTERIORS if (path := dist / f"{edition.slug}.{name}").is_file()]
    for built in there:
        if is_up_to_date(folder, edition.slug, built):
            return _counted(built.read_bytes(), str(built), trim_mm), f"read off {built}"
    from publish.pipeline import prepare
    from publish.render import render
    from publish.writers import WRITERS

    made = WRITERS["pdf"](render(prepare(edition), edition))
    why = f"{there[0]} is of another state" if there else f"there is no {dist / edition.slug}.pdf"
    return _counted(made, edition.slug, trim_mm), f"laid out, for {why}"


def _counted(pdf: bytes, name: str, trim_mm: tuple[float, float]) -> int:
    """The pages of an interior of this trim. Raises SourceError for what is none."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            count = len(document.pages)
            box = [float(value) for value in document.pages[0].trimbox] if count else []
    except pikepdf.PasswordError:
        raise SourceError(
            "the PDF is encrypted.", file=name, hint="Save it without a password."
        ) from None
    except pikepdf.PdfError:
        raise SourceError("this is no PDF that can be read.", file=name) from None
    if not count:
        raise SourceError("the PDF has no pages.", file=name)
    width, height = (box[2] - box[0]) / POINTS_PER_MM, (box[3] - box[1]) / POINTS_PER_MM
    if max(abs(width - trim_mm[0]), abs(height - trim_mm[1])) > TOLERANCE_MM:
        raise SourceError(
            f"its pages are {width:.1f} × {height:.1f} mm, the edition's {trim_mm[0]:.1f} ×"
            f" {trim_mm[1]:.1f} mm.",
            file=name,
            hint="Build the book again, or set trim under [print] to what it is.",
        )
    return count


def _spine(edition: Edition, pages: int) -> tuple[float, str]:
    """The width of the spine in mm, and where it comes from in words. Raises EditionError for one
    that no machine binds."""
    settings = edition.print
    if settings.spine_mm is not None:
        return settings.spine_mm, "as the edition gives it"
    of = paper(settings.paper or USUAL)
    width = spine_mm(pages, of)
    by = f"{of.name}, {of.caliper_um:g} µm a sheet"
    if width > WIDEST_SPINE_MM:
        raise EditionError(
            f"{pages} pages of {of.name} make a spine of {width:.0f} mm; paperbacks have"
            f" {WIDEST_SPINE_MM} at most.",
            file=edition.path("edition.toml"),
            hint="Take thinner paper or a larger trim, or divide the book into volumes.",
        )
    return width, by if settings.paper else f"{by}: no paper is named"


def _composed(edition: Edition, spread: Spread, blurb: str, pages: int) -> Wrap:
    """The cover with this text on its back."""
    meta = edition.metadata
    imprint = ", ".join(part for part in (meta.publisher, meta.place) if part and settable(part))
    matter = Matter(
        words(meta),
        meta.language,
        pages,
        dict(meta.isbn).get("print", ""),
        paragraphs(blurb, marks_for(edition)) if blurb else (),
        imprint,
        logo_of(edition),
        edition.print.spine_reads,
    )
    if edition.cover:
        own = picture(edition.cover, "cover", edition.folder)
        check_resolution(own, spread, edition.folder)
        made = wrap(matter, OWN, own_colours(own), 0, spread, own)
    else:
        look = look_of(meta)
        made = wrap(matter, look.design, look.colours, look.variant, spread)
    if not made.blurb_fits:
        raise EditionError(
            f"the text for the back of the cover, of {len(blurb.split())} words, does not fit.",
            file=edition.path("edition.toml"),
            hint="Give a shorter one: blurb, under [book].",
        )
    return made


def told(done: Covered) -> Iterator[str]:
    """What a publisher must know of the cover, a sentence a line."""
    yield (
        f"{done.file}: back, spine and front of {done.width_mm:g} × {done.height_mm:g} mm;"
        f" spine {done.spine_mm:g} mm ({done.by})."
    )
    if done.pages:
        yield f"  {done.pages} pages, {done.counted}."
    yield from (f"  {remark}" for remark in done.remarks)
