"""A book as plain text: its title and author, then the reading text, UTF-8, a blank line between
paragraphs.

Verse keeps its lines, tables their rows; the text's own notes are gathered at the end. What the
editor added (introduction, notes, glossary) is not part of the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from publish.book import Book
from publish.document import Block
from publish.rendering.notes import gathered

LINED = frozenset(("verse", "table", "heading"))
BREAK = "* * *"
OPENING = 3  # blocks that may be a title the text begins with


def write_text(book: Book) -> bytes:
    """The book's reading text under its title and author, where it does not begin with them."""
    return f"{_head(book)}{reading_text(book.blocks)}".encode()


def _head(book: Book) -> str:
    metadata = book.edition.metadata
    if any(_plain(block.text.value) == _plain(metadata.title) for block in book.blocks[:OPENING]):
        return ""
    lines = filter(None, (metadata.title, metadata.subtitle, metadata.byline))
    return "".join(f"{' '.join(line.split())}\n" for line in lines) + "\n\n"


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def reading_text(blocks: Sequence[Block]) -> str:
    """The blocks as text; a call of a note is as printed: its sign, or [n] by its number."""
    notes = gathered(blocks)
    labels = note_labels(blocks, notes)
    passages = [_passage(block, labels) for block in blocks if block.kind != "note"]
    for id in labels:
        first, *rest = notes[id]
        passages.append(f"{labels[id]} {_passage(first, labels, marker_end(first))}")
        passages += [_passage(block, labels) for block in rest]
    return "\n\n".join(filter(None, passages)) + "\n"


def note_labels(blocks: Sequence[Block], notes: dict[str, tuple[Block, ...]]) -> dict[str, str]:
    """What calls each note in plain text, by the note's id, in the order of the calls."""
    numbers = _numbers(blocks, notes)
    return {id: _label(notes[id][0], number) for id, number in numbers.items()}


def _numbers(blocks: Sequence[Block], notes: dict[str, tuple[Block, ...]]) -> dict[str, int]:
    """The number of each note, in the order of the calls; then those that nothing calls."""
    calls = [m.value for b in blocks for m in b.text.marks if m.kind == "noteref"]
    order = dict.fromkeys([*(id for id in calls if id in notes), *notes])
    return {id: number for number, id in enumerate(order, 1)}


def _label(note: Block, number: int) -> str:
    """What stands for a note in plain text: its printed sign, else its number in brackets."""
    return note.role if note.role and not any(c.isalnum() for c in note.role) else f"[{number}]"


def _passage(block: Block, labels: dict[str, str], start: int = 0) -> str:
    value = block.text.value
    if block.kind == "break":
        return value.strip() or BREAK
    pieces, at = [], start
    for mark in block.text.marks:
        if mark.kind == "noteref" and mark.value in labels and mark.start >= at:
            pieces += [value[at : mark.start], labels[mark.value]]
            at = mark.end
    pieces.append(value[at:])
    lines = [line.rstrip() for line in "".join(pieces).split("\n") if line.strip()]
    if block.kind not in LINED:
        return " ".join(line.strip() for line in lines)
    return "\n".join(lines)


def marker_end(block: Block) -> int:
    """Where the words of a note begin, behind the marker printed with it."""
    return next((m.end for m in block.text.marks if m.kind == "marker" and m.start == 0), 0)
