"""The search key map of a glossary: which words lead to which entry, for a reader's look-up.

EPUB Dictionaries and Glossaries 1.0, section 2.5.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from publish.book import Book
from publish.writers.epub_metadata import plain

OPS = "http://www.idpf.org/2007/ops"


def search_key_map(book: Book, home: Mapping[str, str], language: str) -> bytes:
    """The map; empty if the book has no glossary. `home` has the file of each id."""
    groups = []
    for term in sorted(book.edition.glossary, key=lambda term: term.id):
        if term.id not in home:
            continue
        forms = dict.fromkeys(map(plain, (term.term, *term.forms, term.modern)))
        values = "".join(f"<value value={quoteattr(form)}/>" for form in [*forms][1:] if form)
        groups.append(
            f"<search-key-group href={quoteattr(f'{home[term.id]}#{term.id}')}>"
            f"<match value={quoteattr(plain(term.term))}>{values}</match></search-key-group>\n"
        )
    if not groups:
        return b""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<search-key-map xmlns="{OPS}" xml:lang={quoteattr(language)}>\n'
        f"{''.join(groups)}</search-key-map>\n"
    ).encode()
