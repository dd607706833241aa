"""The proofing report: a document in, one HTML page out that shows each change with its reason.

Queries come first, then totals, then the whole text beside its source: what left the source is
struck through on the left, what came in is marked by its kind on the right. The page needs nothing
beside it, fetches nothing, and can be searched, filtered and printed.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from publish.document import Document
from publish.edition import Edition
from publish.ledger import Change, Status
from publish.queries import Query, by_weight, open_queries
from publish.resources import style
from publish.writers.proof_marks import FAMILIES, Piece, family_of, pieces_of
from publish.writers.proof_rows import Row, Survival, rows_of

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
STATUSES = {
    Status.QUERIED: "waits",
    Status.EMENDED: "changed, listed",
    Status.SILENT: "changed",
    Status.RETAINED: "kept, listed",
    Status.PASSED: "right",
}
NEAR = 70  # characters of reading text on each side of a query
ROUTINE = frozenset(("hyphen", "typography", "character", "structure"))
KINDS = tuple(dict.fromkeys(("query", *FAMILIES.values(), "other")))


def write_proof(document: Document, edition: Edition) -> bytes:
    """The report on a finished document."""
    rows, survival = rows_of(document)
    ledger = document.ledger
    title = edition.metadata.title or edition.slug
    queries = open_queries(document)
    pieces = pieces_of(document, {query.key: query for query in queries})
    texts = {b.id: made for b, made in zip(document.blocks, pieces, strict=True)}
    decided = sum(c.rule.startswith("emend") for c in ledger)
    body = [
        f"<header><h1>Proof of {_text(title)}</h1>",
        f"<p>{_text(edition.source_name)}, {_count(len(document.source.line_starts), 'line')}: "
        f"{_count(sum(c.applied for c in ledger), 'change')}, "
        f"{_count(len(queries), 'open query', 'open queries')}, "
        f"{_count(decided, 'decision')} of the editor.</p></header>",
        *_queries(by_weight(queries), document),
        *_totals(ledger),
        "<h2>The text beside its source</h2>",
        *_tools(pieces),
        '<table class="text"><thead><tr><th scope="col">Line</th><th scope="col">Source</th>'
        '<th scope="col">Reading text</th></tr></thead><tbody>',
        *(_row(row, document, survival, texts) for row in rows),
        "</tbody></table>",
    ]
    sheet, script = style("proof.css"), style("proof.js")
    policy = f"default-src 'none'; style-src '{_digest(sheet)}'; script-src '{_digest(script)}'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Proof of {_text(title)}</title>\n<style>{sheet}</style>\n"
        f"</head>\n<body>\n<main>\n{chr(10).join(body)}\n</main>\n"
        f"<script>{script}</script>\n</body>\n</html>\n"
    ).encode()


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _queries(queries: Sequence[Query], document: Document) -> Iterator[str]:
    if not queries:
        return
    yield '<h2>Queries</h2>\n<table class="queries"><thead><tr><th scope="col">Line</th>'
    yield '<th scope="col">Stands</th><th scope="col">Perhaps</th><th scope="col">Why</th>'
    yield '<th scope="col">In the text</th></tr></thead><tbody>'
    for query in queries:
        perhaps = "<br>".join(_reading(r) for r in query.readings if r != query.was)
        around = (
            f'{_text(_near(query.before, False))}<mark class="query">{_text(query.reading)}</mark>'
            f"{_text(_near(query.after, True))}"
        )
        yield (
            f'<tr><td><a href="#l{query.line}">{query.line}</a></td><td>{_reading(query.was)}</td>'
            f"<td>{perhaps or 'as it stands'}</td>"
            f"<td>{_text(query.why)} <small>{query.confidence}, {_text(query.rule)}</small></td>"
            f"<td>{around}</td></tr>"
        )
    yield "</tbody></table>"


def _near(text: str, after: bool) -> str:
    """The nearest whole words of the text beside a query."""
    if len(text) <= NEAR:
        return text
    return text[:NEAR].rpartition(" ")[0] + " …" if after else "… " + text[-NEAR:].partition(" ")[2]


def _totals(ledger: Iterable[Change]) -> Iterator[str]:
    counts = Counter((change.rule, change.status) for change in ledger)
    shown = [status for status in STATUSES if any(s is status for _, s in counts)]
    if not shown:
        return
    yield '<h2>Totals</h2>\n<table class="totals"><thead><tr><th scope="col">Rule</th>'
    yield "".join(f'<th scope="col">{STATUSES[status]}</th>' for status in shown)
    yield "</tr></thead><tbody>"
    for rule in sorted({rule for rule, _ in counts}):
        cells = "".join(f"<td>{counts[rule, status] or ''}</td>" for status in shown)
        yield f'<tr><th scope="row">{_text(rule)}</th>{cells}</tr>'
    sums = "".join(
        f"<td>{sum(n for (_, s), n in counts.items() if s is status)}</td>" for status in shown
    )
    yield f'</tbody><tfoot><tr><th scope="row">all</th>{sums}</tr></tfoot></table>'


def _tools(pieces: Iterable[Iterable[Piece]]) -> Iterator[str]:
    """What only a screen needs: the search, and which kinds of changes are marked."""
    counts = Counter(piece.kind for made in pieces for piece in made if piece.kind)
    yield '<form class="tools"><label>Find <input type="search" id="find"></label>'
    yield '<label><input type="checkbox" id="altered"> only what was changed</label>'
    for kind in KINDS:
        if counts[kind]:
            yield (
                f'<label><input type="checkbox" class="show" value="{kind}" checked> '
                f'<mark class="{kind}">{kind}</mark> {counts[kind]}</label>'
            )
    yield '<output id="found"></output></form>'


def _row(row: Row, document: Document, survival: Survival, texts: dict[str, list[Piece]]) -> str:
    numbers = "<br>".join(f'<span id="l{number}">{number}</span>' for number in row.lines)
    source = "<br>".join(
        _struck(document.source.line(number), survival.lost(number)) for number in row.lines
    )
    if row.block is None:
        reading, kind = "<p><i>left out</i></p>", "out"
    else:
        reading = "".join(_piece(piece) for piece in texts[row.block.id]).replace("\n", "<br>")
        kind = _text(row.block.kind)
        reading = f"<p>{reading}</p>"
    if row.changes:
        items = "".join(_said(change) for change in row.changes)
        words = _count(len(row.changes), "entry", "entries")
        reading += f"<details><summary>{words}</summary><ul>{items}</ul></details>"
    label = kind if row.block and kind != "paragraph" else ""
    return (
        f'<tr class="{kind}"><td>{numbers}</td><td>{source}</td>'
        f"<td>{f'<b>{label}</b>' if label else ''}{reading}</td></tr>"
    )


def _piece(piece: Piece) -> str:
    if not piece.kind:
        return _text(piece.text)
    return f'<mark class="{piece.kind}">{_text(piece.text)}</mark>'


def _said(change: Change) -> str:
    became = f" → {_reading(change.after)}" if change.after != change.before else ""
    kind = family_of(change)
    routine = " routine" if kind in ROUTINE else ""
    return (
        f'<li class="{kind}{routine}">{change.line}: {_reading(change.before)}{became} '
        f"{_text(change.why)} <small>{_text(change.rule)}, {change.confidence}, "
        f"{STATUSES[change.status]}</small></li>"
    )


def _struck(value: str, ranges: Iterable[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in ranges:
        pieces.append(_text(value[at:start]))
        pieces.append(f"<del>{_text(value[start:end])}</del>")
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


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
