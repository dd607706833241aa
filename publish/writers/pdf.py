"""The print edition: a `Book` in, the bytes of a paged PDF out.

The same book gives the same bytes: dates come from the edition, the identifier from the source.
Nothing is fetched but the fonts that come with the program.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from publish.book import Book
from publish.conditions import condition
from publish.errors import MissingToolError
from publish.resources import font, style
from publish.theme import GARAMOND, THEMES, Theme
from publish.trim import POINTS_PER_MM, Sheet, sheet
from publish.writers.pdf_apparatus import readings_in
from publish.writers.pdf_boxes import finish
from publish.writers.pdf_folios import folios
from publish.writers.pdf_tree import paged_tree
from publish.writers.pdf_trim import page_rules
from publish.writers.press import make_press
from publish.writers.weasy.engine import Engine
from publish.writers.weasy.libraries import loaded_by_name
from publish.writers.weasy.line_numbers import line_numbers
from publish.writers.weasy.shortcuts import uncollected

if TYPE_CHECKING:
    from weasyprint import Document

NOISY: Final = ("weasyprint", "fontTools")
_QUIETING: Final = threading.Lock()
_LEVELS: Final[list[list[int]]] = []  # of NOISY, as each found them who wants quiet now
PANGO: Final = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


@uncollected()
def write_pdf(book: Book, *, press: bool = False) -> bytes:
    """The book as a PDF at trim size; `press` adds bleed and crop marks, puts all into the inks of
    the edition's printing condition and leaves out the links.

    Raises MissingToolError without Pango, EditionError for a trim size that holds no page, for
    characters that no font has, and for what no press can print.
    """
    document = lay_out(book, press=press)
    identifier = hashlib.sha256(
        f"{book.edition.metadata.identifier} {book.source_digest}".encode()
    ).hexdigest()[:32]
    with quiet():
        pdf: bytes = document.write_pdf(
            pdf_identifier=identifier.encode(),
            pdf_version="1.7",
            pdf_tags=not press,  # structure for those who listen; a press has no use for it
        )
    bleed = book.edition.print.bleed_mm * POINTS_PER_MM if press else 0.0
    made = finish(pdf, book, bleed=bleed, marks=press)
    if not press:
        return made
    settings = book.edition.print
    return make_press(made, condition=condition(settings.condition, settings.icc))


def write_press(book: Book) -> bytes:
    """The interior for a press: bleed, crop marks, process inks. Raises as `write_pdf` does."""
    return write_pdf(book, press=True)


def lay_out(book: Book, *, press: bool = False, settled: bool = True) -> Document:
    """The book as laid-out pages; without `settled`, with the layout's own line breaks."""
    settings = book.edition.print
    page = page_of(book)
    bleed = settings.bleed_mm * POINTS_PER_MM if press else 0.0
    rules = print_rules(page, bleed)
    date = edition_date(book)
    with quiet(), uncollected() if settled else nullcontext():
        late = None if "weasyprint" in sys.modules else load_weasyprint
        tree = paged_tree(book, page, date, settled=settled, meanwhile=late)
        load_weasyprint()
        engine = Engine(rules, _jail(), ready=settled)
        document: Document = engine.render(tree)
        readings = readings_in(tree)
        if book.edition.glossary or readings:
            # A term used twice on a page is to name it once, and only a layout knows the pages,
            # and the lines of readings.
            lines = line_numbers(document, readings)
            places = {
                id: folio
                for folio, made in zip(folios(document.pages), document.pages, strict=True)
                for id in made.anchors
            }
            tree = paged_tree(
                book, page, date, settled=settled, pages=places, lines=lines, before=tree
            )
            document = engine.render(tree)
    return document


def page_of(book: Book) -> Sheet:
    """The page that the edition asks for. Raises EditionError for one that cannot be."""
    settings = book.edition.print
    return sheet(
        settings.trim, settings.size_pt, book.text_words, settings.theme, settings.leading_pt
    )


def print_rules(page: Sheet, bleed: float) -> str:
    """The style rules of a printed book in its theme."""
    theme = page.theme
    sheets = style("base.css") + style("print.css") + (style(theme.sheet) if theme.sheet else "")
    named = sheets.replace(f'"{GARAMOND.family}"', f'"{theme.family}", "{GARAMOND.family}"')
    return face_rules(theme) + page_rules(page, bleed) + named


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
                hint="Install the program again: pip install --force-reinstall publish",
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
    """The moment the PDF says it was made, ISO 8601 in UTC: SOURCE_DATE_EPOCH if it is set, else
    the edition's date."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{book.edition.metadata.edition_date[:10]}T00:00:00Z"


def load_weasyprint() -> Any:
    """The weasyprint module. It needs half a second and Pango, hence not at the top.

    Raises MissingToolError with the command that installs what it needs.
    """
    if "weasyprint" in sys.modules:
        return sys.modules["weasyprint"]
    try:
        with loaded_by_name():
            import weasyprint

        # Libraries sought under other names leave errors behind that hold the frames of all who
        # called this, and would hold what those lay out.
        gc.collect(1)
    except OSError as error:  # cffi's, when a shared library is not there
        raise MissingToolError(
            "the PDF needs Pango, which is not installed.", detail=str(error).splitlines()[0],
            hint=f"On Debian and Ubuntu: {PANGO}",
        ) from None  # fmt: skip
    return weasyprint


@contextmanager
def quiet() -> Iterator[None]:
    """Keeps the remarks of the layout libraries off the terminal; what matters is checked by
    preflight. The first thread that asks quiets them, the last that leaves puts them back."""
    loggers = [logging.getLogger(name) for name in NOISY]
    with _QUIETING:
        _LEVELS.append([logger.level for logger in loggers])
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        with _QUIETING:
            first = _LEVELS[0]
            _LEVELS.pop()
            if not _LEVELS:
                for logger, level in zip(loggers, first, strict=True):
                    logger.setLevel(level)


def _jail() -> Callable[..., Any]:
    """A fetcher that gives out the program's own fonts and embedded data, nothing else."""
    from weasyprint.urls import URLFetcher

    allowed = {font(name).as_uri() for theme in THEMES.values() for name in theme.files}

    class Jail(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url in allowed or url.startswith("data:"):
                return super().fetch(url, headers)
            raise ValueError(f"not fetched: {url}")

    return Jail(allowed_protocols=("file", "data"), allow_redirects=False)
