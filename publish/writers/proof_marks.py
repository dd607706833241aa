"""The finished text in pieces, each with the kind of change that made it: for the proofing report
and the editor's desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from publish.corrections import range_of
from publish.document import Document
from publish.ledger import Change, Status
from publish.places import Locator, source_ranges
from publish.queries import Query

FAMILIES = {  # the first part of a rule's name → what the page calls such changes
    "emend": "editor",
    "scannos": "misreading",
    "margins": "misreading",
    "collate": "misreading",
    "dehyphenate": "hyphen",
    "typography": "typography",
    "normalize": "character",
    "furniture": "page",
    "structure": "structure",
    "markup": "markup",
    "reflow": "structure",
}
RANK = {"query": 0, "editor": 1, "misreading": 2}


class Piece(NamedTuple):
    """Some of a block's text; `kind` is that of the change that made it, "" if none did, `key` the
    query's that asks about it."""

    text: str
    kind: str = ""
    key: str = ""


def family_of(change: Change) -> str:
    """The kind of a change, as the pages name it."""
    if change.status is Status.QUERIED:
        return "query"
    return FAMILIES.get(change.rule.split(".")[0], "other")


def pieces_of(document: Document, queries: Mapping[str, Query]) -> list[list[Piece]]:
    """For each block its text in pieces."""
    changes = [c for c in document.ledger if c.status is not Status.QUERIED and c.why]
    ranges, locator = source_ranges(document, changes), Locator(document)
    marks: dict[int, list[tuple[int, int, str, str]]] = {}

    def mark(start: int, end: int, kind: str, key: str) -> None:
        spot = locator.span(start, end)
        if spot and spot.start < spot.end:
            marks.setdefault(spot.block, []).append((spot.start, spot.end, kind, key))

    for query in queries.values():
        mark(*range_of(document.source, query.place), "query", query.key)
    for change in changes:
        if change.before != change.after or not change.applied:
            mark(*ranges[change], family_of(change), "")
    return [
        _cut(block.text.value, marks.get(number, ()))
        for number, block in enumerate(document.blocks)
    ]


def _cut(text: str, marks: Iterable[tuple[int, int, str, str]]) -> list[Piece]:
    """The text in pieces; of marks that overlap the one that asks for more counts."""
    taken: list[tuple[int, int, str, str]] = []
    claimed = bytearray(len(text))
    for start, end, kind, key in sorted(marks, key=lambda m: (RANK.get(m[2], 9), m[0], m[1])):
        if not any(claimed[start:end]):
            claimed[start:end] = b"\1" * (end - start)
            taken.append((start, end, kind, key))
    pieces: list[Piece] = []
    at = 0
    for start, end, kind, key in sorted(taken):
        if at < start:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], kind, key))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces
