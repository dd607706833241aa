"""The proofing report: a document in, one HTML page out that shows each change with its reason.

Queries come first, then totals, then the whole text beside its source: what left the source is
struck through on the left, what came in is underlined on the right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape

from publish.document import Document
from publish.edition import Edition
from publish.ledger import Change, Status
from publish.resources import style
from publish.writers.proof_rows import Row, Survival, rows_of

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
STATUSES = {
    Status.QUERIED: "waits for the editor",
    Status.EMENDED: "changed, listed in the book",
    Status.SILENT: "changed",
    Status.RETAINED: "kept as it stands",
}


def write_proof(document: Document, edition: Edition) -> bytes:
    """The report on a finished document, a page that needs nothing beside it."""
    rows, survival = rows_of(document)
    ledger = document.ledger
    title = edition.metadata.title or edition.slug
    queries = [change for change in ledger if change.status is Status.QUERIED]
    body = [
        f"<h1>Proof of {_text(title)}</h1>",
        f"<p>{_text(edition.path(edition.source_name))}: {_count(len(ledger), 'entry', 'entries')}"
        f" in the record, {_count(len(queries), 'open query', 'open queries')}.</p>",
        *_queries(queries, document),
        *_totals(ledger),
        "<h2>The text beside its source</h2>",
        '<table class="text"><thead><tr><th>Line</th><th>Source</th><th>Reading text</th></tr>'
        "</thead><tbody>",
        *(_row(row, document, survival) for row in rows),
        "</tbody></table>",
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Proof of {_text(title)}</title>\n<style>\n{style('proof.css')}</style>\n"
        f"</head>\n<body>\n{chr(10).join(body)}\n</body>\n</html>\n"
    ).encode()


def _queries(queries: list[Change], document: Document) -> Iterator[str]:
    if not queries:
        return
    yield '<h2>Queries</h2>\n<table class="changes"><thead><tr><th>Line</th><th>Reads</th>'
    yield "<th>Perhaps</th><th>Why</th><th>In</th></tr></thead><tbody>"
    for query in sorted(queries, key=lambda change: (change.line, change.offset)):
        perhaps = " or ".join(_reading(c) for c in query.candidates) or _reading(query.after)
        yield (
            f'<tr><td><a href="#l{query.line}">{query.line}</a></td><td>{_reading(query.before)}'
            f"</td><td>{perhaps}</td><td>{_text(query.why)} ({query.confidence})</td>"
            f"<td>{_text(document.source.line(query.line).strip())}</td></tr>"
        )
    yield "</tbody></table>"


def _totals(ledger: Iterable[Change]) -> Iterator[str]:
    counts = Counter((change.rule, change.status) for change in ledger)
    yield '<h2>Totals</h2>\n<table class="totals"><thead><tr><th>Rule</th>'
    yield "".join(f"<th>{_text(name)}</th>" for name in STATUSES.values())
    yield "</tr></thead><tbody>"
    for rule in sorted({rule for rule, _ in counts}):
        cells = "".join(f"<td>{counts[rule, status] or ''}</td>" for status in STATUSES)
        yield f"<tr><th>{_text(rule)}</th>{cells}</tr>"
    sums = "".join(
        f"<td>{sum(n for (_, s), n in counts.items() if s is status)}</td>" for status in STATUSES
    )
    yield f"<tr><th>all</th>{sums}</tr></tbody></table>"


def _row(row: Row, document: Document, survival: Survival) -> str:
    numbers = "<br>".join(f'<span id="l{number}">{number}</span>' for number in row.lines)
    source = "<br>".join(
        _marked(document.source.line(number), survival.lost(number), "del") for number in row.lines
    )
    if row.block is None:
        reading, kind = "<p>left out</p>", "out"
    else:
        reading = _marked(row.block.text.value, row.altered, "ins").replace("\n", "<br>")
        kind = _text(row.block.kind)
        reading = f"<p>{reading}</p>"
    if row.changes:
        items = "".join(f"<li>{_said(change)}</li>" for change in row.changes)
        words = _count(len(row.changes), "entry", "entries")
        reading += f"<details><summary>{words}</summary><ul>{items}</ul></details>"
    return (
        f'<tr class="{kind}"><td>{numbers}</td><td>{source}</td>'
        f'<td><b class="kind">{kind if row.block else ""}</b>{reading}</td></tr>'
    )


def _said(change: Change) -> str:
    became = f" → {_reading(change.after)}" if change.after != change.before else ""
    return (
        f'<span class="{change.status}">{change.line}: {_reading(change.before)}{became}</span> '
        f"{_text(change.why)} <small>{_text(change.rule)}, {change.confidence}, "
        f"{STATUSES[change.status]}</small>"
    )


def _marked(value: str, ranges: Iterable[tuple[int, int]], element: str) -> str:
    pieces, at = [], 0
    for start, end in ranges:
        pieces.append(_text(value[at:start]))
        pieces.append(f"<{element}>{_text(value[start:end])}</{element}>")
        at = end
    pieces.append(_text(value[at:]))
    return "".join(pieces)


def _reading(text: str) -> str:
    """A reading as the report quotes it: line ends shown, long ones cut, none said to be none."""
    shown = text if len(text) <= 120 else text[:119] + "…"
    return f"<q>{_text(shown.replace(chr(10), '⏎'))}</q>" if text else "<i>nothing</i>"


def _text(text: str) -> str:
    """Text as HTML; a control character becomes its picture."""
    return escape(CONTROL.sub(_picture, text))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\N{REPLACEMENT CHARACTER}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
