"""The source's own markup becomes marks: _italics_, =bold=, +small caps+, calls of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from publish.document import Block, Document, Mark
from publish.edition import Edition
from publish.ledger import Confidence, Edit, Origin, Rule, apply_edits

# A sign opens before ink, closes after it and stands inside no word; 2,000 characters bound the
# search, so that a text full of unmatched signs is read in linear time.
PAIRS = (
    (re.compile(r"(?<![\w«»*^~|\\])(_)(?=[^\s_])[^_]{0,2000}(?<=\S)_(?!\w)"), "emphasis"),
    (re.compile(r"(?<![\w«»*^~|\\])(=)(?=[^\s=])[^=]{0,2000}(?<=\S)=(?![\w=])"), "strong"),
    (re.compile(r"(?<!\w)(\+)(?=[^\W\d_])[^+\d]{0,200}(?<=\S)\+(?!\w)"), "smallcaps"),
)
ALONE = re.compile(r"(?<![\w_])_(?=[^\W_])|(?<=[^\W_])_(?![\w_])")
CALL = re.compile(
    r"\s?\[(\d{1,3}|[A-Z]|\*{1,3}|[†‡])\](?![\w(])"
    r"|(?<=[\w.,;:!?\"'”’)])(\*{1,3}|[†‡§¶])(?=[\s.,;:!?)]|$)"
)
# How a note's body begins; the bracket of the first form closes at the body's end.
LABEL = re.compile(
    r"\[\s*(?:\w+(?: \w+){0,2}?)\s*[\w*†‡]{0,4}\s*[:.]\s*(?=\S)"
    r"|\[(?:\d{1,3}|[A-Z]|\*{1,3}|[†‡])\]\s*|(?:\*{1,3}|[†‡§¶])\s?"
)
LONGEST = 40  # letters of a word that may be typed between two signs
PLAIN = frozenset({"table", "break"})  # kinds whose signs are no markup

SIGNS = Rule("markup.signs", lambda _blocks, _context: (), Origin.LAYOUT)
CALLS = Rule("markup.noteref", lambda _blocks, _context: (), Origin.LAYOUT)


def markup(document: Document, edition: Edition) -> Document:
    """The document with its markup signs off the text and on it as marks.

    A sign without its partner, and a call without its note, stay as they are; the underscore
    among them is queried.
    """
    return _notes(_openings(_signs(document)))


def _signs(document: Document) -> Document:
    blocks, edits = [], []
    for index, block in enumerate(document.blocks):
        value = block.text.value
        if block.kind not in PLAIN and ("_" in value or "=" in value or "+" in value):
            marks, held = [], set()
            for pattern, kind in PAIRS:
                for found in pattern.finditer(value):
                    marks.append(Mark(found.start(), found.end(), kind))
                    held |= {found.start(), found.end() - 1}
                    for at in (found.start(), found.end() - 1):
                        edits.append((index, Edit(at, at + 1, "", f"the sign of {kind}")))
            edits += [(index, edit) for edit in _alone(value, held)]
            if marks:
                block = replace(block, text=block.text.with_marks(marks))
        blocks.append(block)
    return apply_edits(replace(document, blocks=tuple(blocks)), SIGNS, edits)


def _alone(value: str, held: set[int]) -> Iterator[Edit]:
    for found in ALONE.finditer(value):
        if found.start() not in held:
            why = "an underscore without its partner"
            yield Edit(found.start(), found.end(), "", why, Confidence.DOUBTFUL)


def _openings(document: Document) -> Document:
    """The document with the words that lost their display capitals marked as an opening."""
    lowered = {
        change.block: change
        for change in document.ledger
        if change.rule == "structure.opening" and change.applied
    }
    if not lowered:
        return document
    blocks = []
    for block in document.blocks:
        change = lowered.get(block.id)
        words = " ".join(change.after.split()) if change else ""
        start = block.text.value.replace("\n", " ").find(words, 0, len(words) + 4) if words else -1
        if start >= 0:
            mark = Mark(start, start + len(words), "opening")
            block = replace(block, text=block.text.with_marks([mark]))
        blocks.append(block)
    return replace(document, blocks=tuple(blocks))


def _notes(document: Document) -> Document:
    """The document with calls bound to the notes they call, and both without their markers."""
    notes: dict[str, list[int]] = {}
    for index, block in enumerate(document.blocks):
        if block.kind == "note":
            notes.setdefault(block.role, []).append(index)
    if not notes:
        return document
    calls: dict[str, list[tuple[int, int, int]]] = {}
    for index, block in enumerate(document.blocks):
        if block.kind not in ("note", "break") and ("[" in block.text.value or _starred(block)):
            for found in CALL.finditer(block.text.value):
                marker = found[1] or found[2]
                if found[2] and _pair(block.text.value, found.start(), marker):
                    continue
                calls.setdefault(marker, []).append((index, found.start(), found.end()))
    blocks, edits = list(document.blocks), []
    for marker, bodies in notes.items():
        for (at, start, end), body in _pairs(calls.get(marker, []), bodies):
            mark = Mark(start, end, "noteref", document.blocks[body].id)
            blocks[at] = replace(blocks[at], text=blocks[at].text.with_marks([mark]))
            edits.append((at, Edit(start, end, "", "the call of a note")))
            edits += [(body, edit) for edit in _label(document.blocks[body].text.value)]
    return apply_edits(replace(document, blocks=tuple(blocks)), CALLS, edits)


def _pair(value: str, at: int, marker: str) -> bool:
    """Whether the word before offset `at` begins with the same marker: *so* is typed stress."""
    before = value[max(at - LONGEST, 0) : at].split()
    return bool(before) and before[-1].lstrip("\"'“‘(").startswith(marker)


def _starred(block: Block) -> bool:
    return any(sign in block.text.value for sign in "*†‡§¶")


def _pairs(
    calls: list[tuple[int, int, int]], notes: list[int]
) -> Iterator[tuple[tuple[int, int, int], int]]:
    """(call, note) for one marker: in order where there are as many of both, else each note takes
    the last free call before it."""
    if len(calls) == len(notes):
        yield from zip(calls, notes, strict=True)
        return
    free: list[tuple[int, int, int]] = []
    at = 0
    for note in notes:
        while at < len(calls) and calls[at][0] < note:
            free.append(calls[at])
            at += 1
        if free:
            yield free[-1], note
            free = []


def _label(value: str) -> Iterator[Edit]:
    """The edits that take the marker off a note's body, with the bracket around the whole."""
    found = LABEL.match(value)
    if found is None or found.end() >= len(value):
        return
    yield Edit(0, found.end(), "", "the marker of a note")
    closed = found[0].rstrip().endswith("]")
    if value.startswith("[") and not closed and value.endswith("]"):
        yield Edit(len(value) - 1, len(value), "", "the bracket around a note")
