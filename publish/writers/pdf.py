"""The print edition: a `Book` in, the bytes of a paged PDF out.

The same book gives the same bytes: dates come from the edition, the identifier from the source.
Nothing is fetched but the fonts that come with the program.
"""

from __future__ import annotations

from collections.abc import Iterator

from publish.book import Book
from publish.conditions import condition
from publish.errors import MissingToolError
from publish.resources import font, install_again, style
from publish.theme import GARAMOND, Theme
from publish.trim import POINTS_PER_MM, Sheet, sheet
from publish.writers.divisions import Plan
from publish.writers.laid import Kept
from publish.writers.moment import moment
from publish.writers.pdf_boxes import finish
from publish.writers.pdf_join import joined
from publish.writers.pdf_layout import Look, lay_out
from publish.writers.pdf_trim import page_rules
from publish.writers.press import make_press
from publish.writers.weasy.shortcuts import uncollected


def write_pdf(book: Book, *, press: bool = False, kept: Kept | None = None) -> bytes:
    """The book as a PDF at trim size; `press` adds bleed and crop marks, puts all into the inks of
    the edition's printing condition and leaves out the links. `kept` are the layouts of an earlier
    run, from which those divisions are taken that have not changed.

    Raises MissingToolError without Pango, EditionError for a trim size that holds no page, for
    characters that no font has, and for what no press can print.
    """
    with uncollected():
        plan = plan_of(book)
        laid = lay_out(plan, look_of(plan), kept)
        kind = "press" if press else "screen"
        for each in laid:
            each.write(plan.identifier, (kind,))
        document = joined(
            [each.pdfs[kind] for each in laid],
            [each.start for each in laid],
            [division.is_front for division in plan.divisions],
        )
        bleed = book.edition.print.bleed_mm * POINTS_PER_MM if press else 0.0
        made = finish(document, book, bleed=bleed, marks=press)
    if not press:
        return made
    settings = book.edition.print
    return make_press(made, condition=condition(settings.condition, settings.icc))


def write_press(book: Book) -> bytes:
    """The interior for a press: bleed, crop marks, process inks. Raises as `write_pdf` does."""
    return write_pdf(book, press=True)


def plan_of(book: Book) -> Plan:
    """The book as it is to be laid out. Raises EditionError for a page that cannot be."""
    return Plan(book, page_of(book), edition_date(book))


def look_of(plan: Plan, *, settled: bool = True) -> Look:
    """How its pages look; without `settled`, with the layout's own line breaks."""
    return Look(print_rules(plan.page), settled, plan.book.edition.print.page_list)


def page_of(book: Book) -> Sheet:
    """The page that the edition asks for. Raises EditionError for one that cannot be."""
    settings = book.edition.print
    return sheet(
        settings.trim, settings.size_pt, book.text_words, settings.theme, settings.leading_pt
    )


def print_rules(page: Sheet) -> str:
    """The style rules of a printed book in its theme."""
    theme = page.theme
    sheets = style("base.css") + style("print.css") + (style(theme.sheet) if theme.sheet else "")
    named = sheets.replace(f'"{GARAMOND.family}"', f'"{theme.family}", "{GARAMOND.family}"')
    return face_rules(theme) + page_rules(page) + named


def face_rules(theme: Theme = GARAMOND) -> str:
    """The @font-face rules for a theme's faces, with Garamond for the signs that another lacks.

    Raises MissingToolError if one is not there.
    """
    rules = []
    for family, name, slope, weight in _faces(theme):
        path = font(name)
        if not path.is_file():
            raise MissingToolError(
                f"the font {path} is missing.",
                hint=f"Install the program again: {install_again()}",
            )
        rules.append(
            f'@font-face {{ font-family: "{family}"; src: url("{path.as_uri()}");'
            f" font-style: {slope}; font-weight: {weight} }}\n"
        )
    return "".join(rules)


def _faces(theme: Theme) -> Iterator[tuple[str, str, str, int]]:
    """(family, file, slope, weight) of each face."""
    for each in dict.fromkeys((theme.family, GARAMOND.family)):
        roman, italic, semibold = theme.files if each == theme.family else GARAMOND.files
        yield from (
            (each, roman, "normal", 400),
            (each, italic, "italic", 400),
            (each, semibold, "normal", 600),
        )


def edition_date(book: Book) -> str:
    """The moment the PDF says it was made, ISO 8601 in UTC."""
    return moment(book.edition.metadata).strftime("%Y-%m-%dT%H:%M:%SZ")
