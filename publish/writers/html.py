"""The book as one web page that needs nothing beside it: a `Book` in, HTML out."""

from __future__ import annotations

import re
from html import escape

from publish.book import Book
from publish.resources import style
from publish.writers.logo import inline_address, logo_of, with_logo

EPUB_ONLY = re.compile(r' (?:epub:type|xml:lang)="[^"]*"')
EMPTY = re.compile(r"<(br|hr|img)((?: [^<>]*)?)/>")
PAGE = """\
html { color-scheme: light dark; }
body { max-width: 34em; margin: 0 auto; padding: 1.5em 1em 4em; line-height: 1.5; \
font-family: Georgia, serif; }
section { overflow-wrap: break-word; }
"""


def write_html(book: Book) -> bytes:
    """One HTML page with its styles inlined, the contents in a <nav>."""
    metadata = book.edition.metadata
    parts = [part for part in book.parts if part.wanted_by("html")]
    title = metadata.title or next((p.title for p in parts if p.matter == "body"), "")
    logo = logo_of(book.edition)
    address = inline_address(logo) if logo else ""
    bodies = "\n".join(_body(with_logo(part.body, address), part.kind == "toc") for part in parts)
    author = (
        f'<meta name="author" content="{escape(metadata.byline)}">\n' if metadata.byline else ""
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(metadata.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{author}"
        f"<style>\n{_styles()}</style>\n</head>\n<body>\n<main>\n{bodies}\n</main>\n"
        "</body>\n</html>\n"
    ).encode()


def _body(xhtml: str, contents: bool) -> str:
    """XHTML as HTML: attributes that only EPUB has left out, void elements without a slash."""
    html = EMPTY.sub(r"<\1\2>", EPUB_ONLY.sub("", xhtml))
    if contents:
        html = html.replace("<section", "<nav", 1).removesuffix("</section>") + "</nav>"
    return html


def _styles() -> str:
    sheets = (style("base.css"), style("epub.css"))
    return "".join(sheet.replace('@charset "utf-8";\n', "") for sheet in sheets) + PAGE
