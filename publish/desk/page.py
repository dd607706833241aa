"""What the desk's page shows, as plain data: queries, and source lines beside reading text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from publish.desk.scans import Scan
from publish.document import Document, Source
from publish.ledger import Change, Status
from publish.places import Locator, source_ranges
from publish.queries import Query
from publish.writers.proof_rows import rows_of

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


def query_data(query: Query, source: Source, scan: Scan | None) -> dict[str, Any]:
    """A query for the page."""
    lines = range(query.place.first, query.place.last + 1)
    word = query.reading.strip()
    return {
        "key": query.key,
        "line": query.line,
        "was": query.was,
        "reading": query.reading,
        "readings": list(query.readings),
        "rule": query.rule,
        "why": query.why,
        "confidence": str(query.confidence),
        "block": query.block,
        "before": query.before,
        "after": query.after,
        "word": word if word and not any(map(str.isspace, word)) else "",
        "source": [[n, source.line(n).strip()] for n in lines if source.line(n).strip()],
        "scan": scan.name if scan else "",
    }


def rows_data(document: Document, queries: Mapping[str, Query]) -> list[dict[str, Any]]:
    """The rows for the page: lines of the source with what left them, the text in pieces with the
    kind of change that made each, and the record of the row."""
    rows, survival = rows_of(document)
    pieces = _pieces(document, queries)
    index = {block.id: number for number, block in enumerate(document.blocks)}
    shown = []
    for row in rows:
        lines = [[n, document.source.line(n), survival.lost(n)] for n in row.lines]
        block = row.block
        shown.append(
            {
                "id": block.id if block else f"out-{row.lines[0]}",
                "kind": block.kind if block else "out",
                "lines": lines,
                "text": pieces[index[block.id]] if block else [],
                "changes": [_said(change) for change in row.changes if change.why],
                "kinds": sorted({_family(change) for change in row.changes}),
            }
        )
    return shown


def _family(change: Change) -> str:
    if change.status is Status.QUERIED:
        return "query"
    return FAMILIES.get(change.rule.split(".")[0], "other")


def _said(change: Change) -> dict[str, Any]:
    return {
        "kind": _family(change),
        "line": change.line,
        "before": _short(change.before),
        "after": _short(change.after),
        "why": change.why,
        "rule": change.rule,
        "confidence": str(change.confidence),
        "status": str(change.status),
    }


def _short(text: str) -> str:
    return text if len(text) <= 120 else text[:119] + "…"


def _pieces(document: Document, queries: Mapping[str, Query]) -> list[list[list[str]]]:
    """For each block its text in pieces: [text, kind of change, key of the query]."""
    changes = [c for c in document.ledger if c.status is not Status.QUERIED and c.why]
    ranges, locator = source_ranges(document, changes), Locator(document)
    marks: dict[int, list[tuple[int, int, str, str]]] = {}

    def mark(start: int, end: int, kind: str, key: str) -> None:
        spot = locator.span(start, end)
        if spot and spot.start < spot.end:
            marks.setdefault(spot.block, []).append((spot.start, spot.end, kind, key))

    starts = document.source.line_starts
    for query in queries.values():
        first, start, last, end = query.place
        mark(starts[first - 1] + start, starts[last - 1] + end, "query", query.key)
    for change in changes:
        if change.before != change.after or not change.applied:
            mark(*ranges[change], _family(change), "")
    return [
        _cut(block.text.value, marks.get(number, ()))
        for number, block in enumerate(document.blocks)
    ]


def _cut(text: str, marks: Iterable[tuple[int, int, str, str]]) -> list[list[str]]:
    """The text in pieces; of marks that overlap the one that asks for more counts."""
    taken: list[tuple[int, int, str, str]] = []
    claimed = bytearray(len(text))
    for start, end, kind, key in sorted(marks, key=lambda m: (RANK.get(m[2], 9), m[0], m[1])):
        if not any(claimed[start:end]):
            claimed[start:end] = b"\1" * (end - start)
            taken.append((start, end, kind, key))
    pieces, at = [], 0
    for start, end, kind, key in sorted(taken):
        if at < start:
            pieces.append([text[at:start], "", ""])
        pieces.append([text[start:end], kind, key])
        at = end
    if at < len(text):
        pieces.append([text[at:], "", ""])
    return pieces
