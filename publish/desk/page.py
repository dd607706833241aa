"""What the desk's page shows, as plain data: queries, and source lines beside reading text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from publish.desk.scans import Scan
from publish.document import Document, Source
from publish.ledger import Change
from publish.queries import Query
from publish.writers.proof_marks import family_of, pieces_of
from publish.writers.proof_rows import rows_of


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
        "origin": str(query.origin),
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
    pieces = pieces_of(document, queries)
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
                "text": [list(piece) for piece in pieces[index[block.id]]] if block else [],
                "changes": [_said(change) for change in row.changes if change.why],
                "kinds": sorted({family_of(change) for change in row.changes}),
            }
        )
    return shown


def _said(change: Change) -> dict[str, Any]:
    return {
        "kind": family_of(change),
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
