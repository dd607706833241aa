"""Text with marks as XHTML: escaped once, marks nested well whatever they overlap.

A link is never torn and never stands in another link: what begins inside a glossary reference and
ends outside it is closed and opened again at its edges, and a note's call waits for its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from publish.document import Block, Mark, Text

# What XML 1.0 has no way to say, besides noncharacters.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
SPECIAL = re.compile("[&<>]")
PLAIN: dict[str, tuple[str, str]] = {
    "emphasis": ("<em>", "</em>"),
    "strong": ("<strong>", "</strong>"),
    "smallcaps": ('<span class="smallcaps">', "</span>"),
    "opening": ('<span class="opening">', "</span>"),
    "speaker": ('<b class="speaker" epub:type="z3998:persona">', "</b>"),
    "direction": ('<i class="direction" epub:type="z3998:stage-direction">', "</i>"),
    "marker": ('<span class="marker">', "</span>"),
}
CALLS = frozenset(("noteref", "editor"))
VALUED = frozenset(("language", "foreign", "place"))  # "foreign": emphasis that is a language's


class Call(NamedTuple):
    """Where a note is referred to: its label, the note's id, the id of the reference."""

    label: str
    note: str
    id: str


class References(NamedTuple):
    """What the marks of a text lead to.

    `calls` are keyed by (block id, start, value) of their mark, `terms` are the ids of the
    glossary, `places` are the ids to be put at (start, end) of a block's text.
    """

    calls: Mapping[tuple[str, int, str], Call] = {}
    terms: frozenset[str] = frozenset()
    places: Mapping[str, tuple[tuple[int, int, str], ...]] = {}


def escape(text: str) -> str:
    """The text for use between tags; what XML cannot hold becomes U+FFFD."""
    if SPECIAL.search(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def attribute(text: str) -> str:
    """The text for use in a double-quoted attribute."""
    return escape(text).replace('"', "&quot;").replace("\n", " ").replace("\t", " ")


def inline(block: Block, references: References, start: int = 0, end: int = -1) -> str:
    """Characters start..end of the block's text as XHTML."""
    text = block.text
    end = len(text.value) if end < 0 else end
    places = references.places.get(block.id, ())
    if not text.marks and not places:
        return escape(text.value[start:end])
    return _nested(text, _spans(block, places), references, block.id, start, end)


def _spans(block: Block, places: tuple[tuple[int, int, str], ...]) -> list[Mark]:
    marks = [m for m in block.text.marks if m.kind != "language" or m.value]
    marks += [Mark(start, end, "place", id) for start, end, id in places]
    spoken = {(m.start, m.end) for m in marks if m.kind == "language"}
    foreign = {(m.start, m.end) for m in marks if m.kind == "emphasis"} & spoken
    return [
        m._replace(kind="foreign") if m.kind == "language" and m[:2] in foreign else m
        for m in marks
        if m.kind != "emphasis" or m[:2] not in foreign
    ]


def _nested(
    text: Text, marks: list[Mark], references: References, id: str, start: int, end: int
) -> str:
    links = _links(marks, references)
    spans, points = [*links], []
    for mark in marks:
        if mark.kind in CALLS:
            call = references.calls.get((id, mark.start, mark.value))
            if call is not None:
                points.append((_outside(mark.end, links), mark, call))
        elif mark.start < mark.end and (mark.kind in PLAIN or mark.kind in VALUED):
            spans += _parted(mark, links)
    hidden = [(m.start, m.end) for _, m, _ in points if m.start < m.end]
    named = {(m.start, m.value): f"{id}-{m.value}" for m in _firsts(links)}
    named |= {(m.start, m.value): m.value for m in _firsts(m for m in marks if m.kind == "place")}
    return _written(text.value, spans, sorted(points), hidden, named, start, end)


def _firsts(marks: Iterable[Mark]) -> list[Mark]:
    """The first mark of each value."""
    first: dict[str, Mark] = {}
    for mark in marks:
        first.setdefault(mark.value, mark)
    return list(first.values())


def _links(marks: list[Mark], references: References) -> list[Mark]:
    """The glossary references, the first of those that overlap."""
    links: list[Mark] = []
    for mark in sorted(m for m in marks if m.kind == "glossref"):
        clear = not links or links[-1].end <= mark.start
        if mark.value in references.terms and mark.start < mark.end and clear:
            links.append(mark)
    return links


def _outside(at: int, links: list[Mark]) -> int:
    return next((link.end for link in links if link.start < at < link.end), at)


def _parted(mark: Mark, links: list[Mark]) -> list[Mark]:
    """The mark, cut at the edges of the links that it crosses."""
    cuts = {mark.start, mark.end}
    for link in links:
        crosses = link.start < mark.start < link.end or link.start < mark.end < link.end
        if crosses and not (link.start <= mark.start and mark.end <= link.end):
            cuts |= {cut for cut in (link.start, link.end) if mark.start < cut < mark.end}
    edges = sorted(cuts)
    return [mark._replace(start=a, end=b) for a, b in pairwise(edges)]


def _written(
    value: str,
    spans: list[Mark],
    points: list[tuple[int, Mark, Call]],
    hidden: list[tuple[int, int]],
    named: dict[tuple[int, str], str],
    start: int,
    end: int,
) -> str:
    opening: dict[int, list[Mark]] = {}
    for span in spans:
        span = span._replace(start=max(span.start, start), end=min(span.end, end))
        if span.start < span.end:
            opening.setdefault(span.start, []).append(span)
    edges = {start, end, *opening, *(s.end for s in spans if start < s.end < end)}
    edges |= {at for at, _, _ in points if start <= at <= end}
    edges |= {edge for span in hidden for edge in span if start < edge < end}
    pieces: list[str] = []
    open_spans: list[tuple[Mark, str]] = []  # with their end tags
    order = sorted(edges)
    for edge, after in zip(order, [*order[1:], end], strict=True):
        again = _close(edge, open_spans, pieces)
        for at, _, call in points:
            if at == edge:
                pieces.append(_call(call))
        for span in sorted([*again, *opening.get(edge, ())], key=lambda m: (-m.end, m.kind)):
            begin, finish = _tags(span, named)
            pieces.append(begin)
            open_spans.append((span, finish))
        if not any(a <= edge and after <= b for a, b in hidden):
            pieces.append(escape(value[edge:after]))
    _close(end, open_spans, pieces, everything=True)
    return "".join(pieces)


def _close(
    edge: int, open_spans: list[tuple[Mark, str]], pieces: list[str], everything: bool = False
) -> list[Mark]:
    """Closes what ends at `edge`; returns what had to be closed with it and goes on."""
    depth = next((i for i, (m, _) in enumerate(open_spans) if m.end <= edge or everything), None)
    if depth is None:
        return []
    again = [mark for mark, _ in open_spans[depth:] if mark.end > edge]
    pieces += [finish for _, finish in reversed(open_spans[depth:])]
    del open_spans[depth:]
    return again


def _tags(mark: Mark, named: dict[tuple[int, str], str]) -> tuple[str, str]:
    if mark.kind in PLAIN:
        return PLAIN[mark.kind]
    if mark.kind in ("glossref", "place"):
        id = named.pop((mark.start, mark.value), "")
        identified = f' id="{attribute(id)}"' if id else ""
        if mark.kind == "place":
            return f"<span{identified}>", "</span>"
        target = attribute(mark.value)
        link = f'<a epub:type="glossref" role="doc-glossref"{identified} href="#{target}">'
        return link, "</a>"
    tag, language = ("i" if mark.kind == "foreign" else "span"), attribute(mark.value)
    return f'<{tag} xml:lang="{language}" lang="{language}">', f"</{tag}>"


def _call(call: Call) -> str:
    named = f' id="{call.id}"' if call.id else ""
    return (
        f'<a epub:type="noteref" role="doc-noteref"{named} href="#{call.note}">'
        f"{escape(call.label)}</a>"
    )
