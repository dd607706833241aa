"""Books made by hand for the tests of the print edition, and the pages read back as text."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

from publish.book import Book, NavPoint, Note, Part
from publish.edition import Contributor, Edition, Metadata, PrintSettings
from publish.writers.laid import Laid
from publish.writers.pdf import look_of, plan_of
from publish.writers.pdf_join import joined
from publish.writers.pdf_layout import lay_out

SENTENCES = (
    "The surveyor had walked the valley twice before the rains came, and on neither walk had he "
    "noticed the house. ",
    "It stood a little back from the river, behind three poplars and a wall that somebody had once "
    "meant to finish. ",
    "Nobody in the village could say with certainty who lived there, although everybody was "
    "prepared to say it with conviction. ",
    "He wrote in his notebook, under the date, that the incompleteness of the wall was the most "
    "remarkable circumstance of an otherwise unremarkable afternoon. ",
    "“You will find,” said the landlady, “that we are communicative people, but that we "
    "communicate very little.” ",
    "Then the weather turned, as it does in that country without apology, and the road went under "
    "the water for eleven days. ",
)


def prose(number: int, sentences: int = 6) -> str:
    """A paragraph that differs from its neighbours."""
    return "".join(SENTENCES[(number * 5 + at * 7) % 6] for at in range(sentences)).strip()


def section(id: str, kind: str, title: str, inner: str) -> str:
    return f'<section id="{id}" epub:type="{kind}"><h1>{title}</h1>{inner}</section>'


def paragraphs(id: str, count: int, sentences: int = 6) -> str:
    return "".join(
        f'<p id="{id}-{at}">{prose(at, 3 + (at * sentences) % 5)}</p>' for at in range(count)
    )


def chapter(number: int, inner: str = "", count: int = 9) -> Part:
    id, title = f"chapter-{number}", f"Chapter the {('First', 'Second', 'Third')[number]}"
    return Part(
        id, title, "chapter", "body",
        section(id, "chapter", title, inner + paragraphs(id, count)),
    )  # fmt: skip


NOTE = Note("note-1", "1", "call-1", "<p>Levelling was then done <em>by eye</em>.</p>")
CALL = '<a epub:type="noteref" role="doc-noteref" id="call-1" href="#note-1">1</a>'


def book(
    trim: str = "digest",
    parts: tuple[Part, ...] | None = None,
    notes: tuple[Note, ...] = (NOTE,),
    language: str = "en",
    theme: str = "garamond",
    **metadata: str,
) -> Book:
    facts = {"title": "The Unfinished Wall", "edition_date": "2026-11-24", **metadata}
    edition = Edition(
        "wall",
        b"",
        metadata=Metadata(
            language=language,
            contributors=(Contributor("A. Surveyor", "att", shown="attributed to A. Surveyor"),),
            subjects=("walls", "rivers"),
            **facts,
        ),
        print=PrintSettings(trim=trim, theme=theme),
    )
    return Book(edition, parts or whole(), notes, source_digest="0" * 64, text_words=9000)


def whole() -> tuple[Part, ...]:
    """Every kind of page: half-title to colophon, three chapters, a note in the second."""
    noted = f'<p id="noted">The levels were taken{CALL} before breakfast. {prose(2)}</p>'
    return (
        Part(
            "half", "Half title", "halftitlepage", "front",
            '<section id="half" epub:type="halftitlepage"><p>The Unfinished Wall</p></section>',
            listed=False,
        ),
        Part(
            "title", "Title page", "titlepage", "front",
            section("title", "titlepage", "The Unfinished Wall", ""), listed=False,
        ),
        Part(
            "imprint", "Imprint", "copyright-page", "front",
            '<section id="imprint" epub:type="copyright-page"><p>Printed nowhere.</p></section>',
            listed=False,
        ),
        Part(
            "toc", "Contents", "toc", "front",
            '<nav id="toc" epub:type="toc"><h1>Contents</h1></nav>', listed=False,
        ),
        Part(
            "introduction", "Introduction", "introduction", "front",
            section("introduction", "introduction", "Introduction", paragraphs("in", 8)),
        ),
        chapter(0),
        chapter(1, noted),
        chapter(2),
        Part(
            "colophon", "Colophon", "colophon", "back",
            section("colophon", "colophon", "Colophon", "<p>Set by machine.</p>"),
        ),
    )  # fmt: skip


def page_texts(pdf: bytes, folder: Path) -> list[str]:
    """The text of each page as poppler reads it, laid out."""
    file = folder / "book.pdf"
    file.write_bytes(pdf)
    read = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, text=True
    )
    return read.stdout.split("\f")[:-1]


def points() -> tuple[NavPoint, ...]:
    return (NavPoint("first", "First Levels", 2), NavPoint("second", "Second Levels", 2))


def laid(book: Book, *, settled: bool = True) -> list[Laid]:
    """The book's divisions as laid out, not written yet."""
    plan = plan_of(book)
    return lay_out(plan, look_of(plan, settled=settled))


def elements(book: Book) -> Iterator[Element]:
    """The elements that the pages are made of."""
    for each in laid(book):
        yield from each.document._html.etree_element.iter()


def bare_pdf(divisions: list[Laid], *, tags: bool = True) -> bytes:
    """The divisions as one PDF, with tags or without, with nothing else done to it."""
    kind = "screen" if tags else "press"
    for each in divisions:
        each.write("0" * 32, (kind,))
    out = BytesIO()
    joined([each.pdfs[kind] for each in divisions], [each.start for each in divisions]).save(out)
    return out.getvalue()
