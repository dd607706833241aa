"""The reading text as a DOCX for a proofreader: a `Book` in, the bytes of the file out.

The words are those of the plain reading text; headings, verse, tables, italics and notes are what
a word processor calls so. The same book gives the same bytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from publish.book import Book
from publish.document import Block, Mark
from publish.rendering.labels import labels
from publish.rendering.notes import gathered
from publish.rendering.tables import table_rows
from publish.writers.epub_metadata import language, plain, title
from publish.writers.epub_package import DatedZip
from publish.writers.moment import moment
from publish.writers.text import BREAK, marker_end, note_labels

if TYPE_CHECKING:
    from docx.document import Document as Docx

STYLES = {  # kind of block → style of the word processor's own template
    "paragraph": "Normal", "speech": "Normal", "verse": "Normal", "item": "List Paragraph",
    "caption": "Caption", "figure": "Caption", "note": "Normal",
}  # fmt: skip
RIGHT = frozenset(("dateline", "signature", "attribution"))
CENTRED = frozenset(("direction", "break", "caption", "figure"))
QUOTED = frozenset(("quotation", "epigraph", "letter", "poem"))
INSET_CM = 1.0
DEEPEST = 9  # levels of heading that a word processor has


class Run(NamedTuple):
    """Some characters of a paragraph that look alike; `kinds` are those of the marks over them."""

    text: str
    kinds: frozenset[str]


def write_docx(book: Book) -> bytes:
    """The book's title and reading text, then the text's own notes."""
    import docx

    document: Docx = docx.Document()
    _state(document, book)
    document.add_paragraph(plain(title(book.edition.metadata)), "Title")
    if book.edition.metadata.byline:
        document.add_paragraph(plain(book.edition.metadata.byline), "Subtitle")
    notes = gathered(book.blocks)
    names = note_labels(book.blocks, notes)
    for block in book.blocks:
        if block.kind != "note":
            _add(document, block, names)
    if notes:
        document.add_heading(labels(book.edition.metadata.language)["notes"], 1)
    for id in names:
        first, *rest = notes[id]
        _add(document, first, names, f"{names[id]} ", marker_end(first))
        for block in rest:
            _add(document, block, names)
    target = BytesIO()
    document.save(target)
    return _dated(target.getvalue(), book)


def _state(document: Docx, book: Book) -> None:
    """What the file says of itself, and the language for the spelling checker."""
    from docx.oxml.ns import qn

    metadata = book.edition.metadata
    facts = document.core_properties
    facts.title, facts.author = plain(title(metadata)), plain(metadata.byline)
    facts.language, facts.comments = language(metadata), ""
    facts.created = facts.modified = moment(metadata).replace(tzinfo=None)
    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), language(metadata))


def _add(
    document: Docx, block: Block, names: Mapping[str, str], before: str = "", start: int = 0
) -> None:
    if block.kind == "table":
        _add_table(document, block, names)
        return
    if block.kind == "heading":
        paragraph: Any = document.add_heading("", min(max(block.level, 1), DEEPEST))
    else:
        paragraph = document.add_paragraph("", STYLES.get(block.kind, "Normal"))
        _place(paragraph, block)
    if before:
        paragraph.add_run(before)
    if block.kind == "break" and not block.text.value.strip():
        paragraph.add_run(BREAK)
    _add_runs(paragraph, block, names, start, len(block.text.value))


def _place(paragraph: Any, block: Block) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    if block.kind in RIGHT:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif block.kind in CENTRED:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if block.kind == "verse" or any(c.kind in QUOTED for c in block.within):
        paragraph.paragraph_format.left_indent = Cm(INSET_CM)


def _add_table(document: Docx, block: Block, names: Mapping[str, str]) -> None:
    rows = table_rows(block.text.value)
    table = document.add_table(len(rows), max((len(row) for row in rows), default=1))
    for row, cells in zip(rows, table.rows, strict=True):
        for (start, end), cell in zip(row, cells.cells, strict=False):
            _add_runs(cell.paragraphs[0], block, names, start, end)


def _add_runs(paragraph: Any, block: Block, names: Mapping[str, str], start: int, end: int) -> None:
    lined = block.kind in ("verse", "heading")
    for text, kinds in _runs(block, names, start, end):
        shown = text if lined else text.replace("\n", " ")
        run = paragraph.add_run(plain_xml(shown))  # a line feed becomes a line break
        run.italic = True if kinds & {"emphasis", "direction"} else None
        run.bold = True if "strong" in kinds else None
        run.font.small_caps = True if kinds & {"smallcaps", "opening", "speaker"} else None
        run.font.superscript = True if "call" in kinds else None


def plain_xml(text: str) -> str:
    """The text without the characters that XML cannot hold, its white space as it is."""
    from publish.writers.epub_metadata import NOT_XML

    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _runs(block: Block, names: Mapping[str, str], start: int, end: int) -> Iterator[Run]:
    marks: list[Mark] = [m for m in block.text.marks if m.start < m.end and m.end > start]
    calls = [m for m in block.text.marks if m.kind == "noteref" and m.value in names]
    edges = {start, end}
    edges |= {at for m in (*marks, *calls) for at in (m.start, m.end) if start < at < end}
    order = sorted(edges)
    for at, after in zip(order, [*order[1:], end], strict=True):
        for call in calls:
            if call.start == at and start <= at < end + 1:
                yield Run(names[call.value], frozenset(("call",)))
        if at < after and not any(m.start <= at and after <= m.end for m in calls):
            over = frozenset(m.kind for m in marks if m.start <= at and after <= m.end)
            yield Run(block.text.value[at:after], over)


def _dated(data: bytes, book: Book) -> bytes:
    """The same file with the edition's date on each of its parts."""
    changed = moment(book.edition.metadata)
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as made, DatedZip(target, "w") as copy:
        copy.date = (max(changed.year, 1980), *changed.timetuple()[1:6])
        for entry in made.infolist():
            copy.writestr(entry.filename, made.read(entry))
    return target.getvalue()
