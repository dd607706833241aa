"""Notes of the text and of the editor, numbered in one row in the order of their calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from publish.book import Note, Part
from publish.document import Block, Mark
from publish.edition import Edition
from publish.rendering.inline import CALLS, Call, References, attribute, escape, inline
from publish.rendering.markdown import markdown, marks_for


class Numbered(NamedTuple):
    """A note with its number: blocks of the text, or the index of an editor's note."""

    label: str
    id: str
    call: str  # the id of its first reference, "" if nothing refers to it
    blocks: tuple[Block, ...] = ()
    editor: int = -1


def gathered(blocks: Sequence[Block]) -> dict[str, tuple[Block, ...]]:
    """The text's own notes by the id of their first block; a note block without a marker goes on
    with the note right before it."""
    notes: dict[str, list[Block]] = {}
    last = ""
    for block in blocks:
        if block.kind != "note":
            last = ""
        elif block.role or not last:
            last = block.id
            notes[last] = [block]
        else:
            notes[last].append(block)
    return {id: tuple(note) for id, note in notes.items()}


def numbered(
    blocks: Sequence[Block], edition: Edition
) -> tuple[list[Numbered], dict[tuple[str, int, str], Call]]:
    """All notes in order, and for each mark that calls one (block id, start, value) the call.

    A note that nothing refers to takes its number where it stands.
    """
    own = gathered(blocks)
    called = {m.value for b in blocks for m in b.text.marks if m.kind == "noteref"} & own.keys()
    order: list[tuple[str, Mark | None, str]] = []  # block id, mark, note's key

    def visit(block: Block) -> None:
        for mark in block.text.marks:
            if mark.kind in CALLS:
                key = f"editor-{mark.value}" if mark.kind == "editor" else mark.value
                order.append((block.id, mark, key))

    for block in blocks:
        if block.kind != "note":
            visit(block)
        elif block.id in own and block.id not in called:
            order.append((block.id, None, block.id))
    for paragraphs in own.values():
        for block in paragraphs:
            visit(block)
    known = own.keys() | {f"editor-{index}" for index in range(len(edition.notes))}
    notes: dict[str, Numbered] = {}
    calls: dict[tuple[str, int, str], Call] = {}
    for id, mark, key in order:
        if key not in known:
            continue
        first = key not in notes
        if first:
            number = len(notes) + 1
            editor = int(key[7:]) if key not in own else -1
            call = f"noteref-{number}" if mark else ""
            notes[key] = Numbered(str(number), f"note-{number}", call, own.get(key, ()), editor)
        if mark:
            note = notes[key]
            calls[id, mark.start, mark.value] = Call(note.label, note.id, note.call * first)
    return list(notes.values()), calls


def notes_of(
    notes: Sequence[Numbered],
    references: References,
    edition: Edition,
    words: Mapping[str, str],
    leads: Callable[[str], bool],
) -> tuple[Note, ...]:
    """The notes as XHTML. Where the text has notes of its own, the editor's are signed."""
    signed = any(note.blocks for note in notes) and any(note.editor >= 0 for note in notes)
    made = []
    for note in notes:
        if note.editor >= 0:
            body = _editors(edition, note.editor, words["editor"] if signed else "", leads)
        else:
            body = "".join(_own(block, references) for block in note.blocks)
        made.append(Note(note.id, note.label, note.call, body))
    return tuple(made)


def _own(block: Block, references: References) -> str:
    """A paragraph of a note, without the marker it was printed with."""
    start = 0
    for mark in block.text.marks:
        if mark.kind == "marker" and mark.start == 0:
            start = mark.end
    marker = re.escape(block.role.strip("[]().* ")) if block.role else ""
    if not start and marker:
        printed = re.match(rf"[\[(]?{marker}[\])]?[.:]?\s+", block.text.value)
        start = printed.end() if printed else 0
    elif not start and block.role and block.text.value.startswith(block.role):
        start = len(block.role)
    value = block.text.value
    start += len(value[start:]) - len(value[start:].lstrip())
    return f'<p id="{block.id}">{inline(block, references, start)}</p>'


def _editors(edition: Edition, index: int, signed: str, leads: Callable[[str], bool]) -> str:
    note, file = edition.notes[index], edition.path("notes.toml")
    marks = marks_for(edition)
    body = markdown(note.text, file, leads, 4, marks=marks).strip()
    if note.source:
        source = markdown(note.source, file, leads, 4, marks=marks).strip()
        source = source.removeprefix("<p>").removesuffix("</p>")
        body = _appended(body, f'<span class="source">{source}</span>')
    return _appended(body, f'<span class="by">—{escape(signed)}</span>') if signed else body


def _appended(body: str, more: str, space: str = " ") -> str:
    if body.endswith("</p>"):
        return f"{body[:-4]}{space}{more}</p>"
    return f"{body}<p>{more}</p>"


def endnotes(notes: Sequence[Note], words: Mapping[str, str]) -> Part | None:
    """The notes as a part of their own, each with a way back; None if there are none."""
    if not notes:
        return None
    items = []
    for note in notes:
        body = note.body
        if note.call:
            label = attribute(words["back_to_text"].format(label=note.label))
            back = (
                f'<a epub:type="backlink" role="doc-backlink" href="#{note.call}"'
                f' aria-label="{label}">↩\N{VARIATION SELECTOR-15}</a>'
            )
            body = _appended(body, back, "\N{NO-BREAK SPACE}")
        items.append(f'<li id="{note.id}" epub:type="endnote">{body}</li>\n')
    title = words["notes"]
    section = (
        '<section id="notes" class="endnotes" epub:type="endnotes" role="doc-endnotes"'
        f' aria-labelledby="notes-h">\n<h2 id="notes-h">{escape(title)}</h2>\n'
        f"<ol>\n{''.join(items)}</ol>\n</section>"
    )
    return Part("notes", title, "endnotes", "back", section)
