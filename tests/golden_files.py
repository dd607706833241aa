"""The golden files: the whole of what the pipeline makes of each edition here, as files to read.

`make golden` writes them; never edit one by hand. Their diff says what a change does to a book.
"""

from __future__ import annotations

import json
from pathlib import Path

from publish.book import Book
from publish.document import Document
from publish.edition_folder import load_edition
from publish.pipeline import prepare
from publish.render import render
from publish.writers.text import reading_text

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "golden"
SLUGS = tuple(sorted(p.parent.name for p in (ROOT / "seeds").glob("*/edition.toml")))


def golden(slug: str) -> dict[str, str]:
    """File name → text: the reading text, the blocks, the record and the rendered parts."""
    edition = load_edition(ROOT / "seeds" / slug)
    document = prepare(edition)
    return {
        f"{slug}.txt": reading_text(document.blocks),
        f"{slug}.blocks.txt": blocks_of(document),
        f"{slug}.ledger.jsonl": ledger_of(document),
        f"{slug}.xhtml": xhtml_of(render(document, edition)),
    }


def blocks_of(document: Document) -> str:
    """One line for each block: id, kind, level, role, what it stands in, marks, how it begins."""
    rows = []
    for block in document.blocks:
        within = "/".join(container.kind for container in block.within)
        marks = " ".join(f"{m.kind}@{m.start}-{m.end}" for m in block.text.marks)
        begins = " ".join(block.text.value.split())[:60]
        rows.append(
            f"{block.id} {block.kind} {block.level} [{block.role}] [{within}] [{marks}] {begins}"
        )
    return "\n".join(rows) + "\n"


def ledger_of(document: Document) -> str:
    """One line of JSON for each change."""
    return "".join(
        json.dumps(change._asdict(), ensure_ascii=False) + "\n" for change in document.ledger
    )


def xhtml_of(book: Book) -> str:
    """All parts in reading order, each tag that opens a block on a line of its own."""
    parts = [
        f"<!-- {p.id}: {p.title} -->\n{p.body.replace('><', '>' + chr(10) + '<')}"
        for p in book.parts
    ]
    notes = [f"<!-- {note.id} -->\n{note.body}" for note in book.notes]
    return "\n\n".join((*parts, *notes)) + "\n"


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    made = {name: text for slug in SLUGS for name, text in golden(slug).items()}
    for old in FOLDER.iterdir():
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write()
