"""The formats a book can be written in: name → function from a `Book` to bytes.

The modules are imported when they are first used: layout and packaging libraries take longer to
load than a short book takes to make.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from publish.book import Book

if TYPE_CHECKING:
    from publish.writers.laid import Kept

Writer = Callable[[Book], bytes]


def _lazily(module: str, function: str) -> Writer:
    def write(book: Book) -> bytes:
        made: bytes = getattr(import_module(f"publish.writers.{module}"), function)(book)
        return made

    write.__name__ = function
    return write


WRITERS: Mapping[str, Writer] = {
    "epub": _lazily("epub", "write_epub"),
    "pdf": _lazily("pdf", "write_pdf"),
    "press": _lazily("pdf", "write_press"),
    "txt": _lazily("text", "write_text"),
    "html": _lazily("html", "write_html"),
    "docx": _lazily("docx", "write_docx"),
    "kepub": _lazily("epub", "write_kepub"),
    "azw3": _lazily("azw3", "write_azw3"),
}
# Where a format's files do not end with its name.
ENDINGS = {"press": "press.pdf", "kepub": "kepub.epub", "onix": "onix.xml", "proof": "proof.html"}


def with_print_pages(book: Book, kept: Kept | None = None) -> Book:
    """The book with the page breaks of its PDF, for an EPUB, if the edition asks for a page list.

    Costs a layout, but for what `kept` has of it. Raises MissingToolError without Pango."""
    if not book.edition.print.page_list:
        return book
    from publish.writers.pdf_page_list import with_page_breaks

    return with_page_breaks(book, kept)
