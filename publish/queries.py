"""The queries that wait for the editor, each by its place in the source.

A rule's doubt is recorded in the text as the rule saw it; an editor decides about the source. A
query therefore quotes the source: that place stays the same whatever the rules do later, and a
decision made there is never asked for again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from publish.corrections import Place, as_quoted, quoted, range_of
from publish.document import Document, Source
from publish.ledger import Change, Confidence, Origin, Status
from publish.places import Locator, settled, source_ranges

AROUND = 160  # characters of reading text that are shown on each side of a query
ORDER = {Confidence.CERTAIN: 0, Confidence.LIKELY: 1, Confidence.DOUBTFUL: 2}


@dataclass(frozen=True, slots=True)
class Query:
    """A reading that a person must settle.

    `was` is the source at `place`, as [[emend]] quotes it; it stands on its line once. `readings`
    are what it might be, best first, each to stand for the whole of `was`; `reading` is how it
    reads now. `before` and `after` are the reading text around it.
    """

    place: Place
    was: str
    reading: str
    readings: tuple[str, ...]
    rule: str
    why: str
    confidence: Confidence
    block: str
    before: str
    after: str

    @property
    def line(self) -> int:
        return self.place.first

    @property
    def origin(self) -> Origin:
        """Whose fault it is as long as the editor says nothing else. A rule looks for what a scan
        does; that a witness reads otherwise tells nothing of the cause."""
        return Origin.UNSURE if self.rule.startswith("collate") else Origin.SCAN

    @property
    def key(self) -> str:
        """What names the query for as long as the source is the same."""
        return "{}.{}-{}.{}".format(*self.place)


def open_queries(document: Document) -> tuple[Query, ...]:
    """What is still open, in the order of the source; doubts about the same characters are one."""
    doubted = [change for change in document.ledger if change.status is Status.QUERIED]
    if not doubted:
        return ()
    ranges = source_ranges(document, doubted)
    doubts = [
        _Doubt(
            *ranges[change], *range_of(document.source, _place(document, ranges[change])), change
        )
        for change in doubted
        if not settled(document.protected, *ranges[change])
    ]
    locator = Locator(document)
    return tuple(_query(document, locator, group) for group in _together(doubts))


def _place(document: Document, characters: tuple[int, int]) -> Place:
    return quoted(document.source, *characters, document.protected)


class _Doubt(NamedTuple):
    """A recorded doubt with the source characters it is about, and those that quote it."""

    start: int
    end: int
    low: int
    high: int
    change: Change


def by_weight(queries: Iterable[Query]) -> list[Query]:
    """The likeliest first, and in the order of the source where they are alike."""
    return sorted(queries, key=lambda query: (ORDER[query.confidence], query.place))


def _together(doubts: Iterable[_Doubt]) -> Iterator[list[_Doubt]]:
    """Doubts whose quotations overlap: a decision about one would be about the others, too."""
    group: list[_Doubt] = []
    end = -1
    for doubt in sorted(doubts, key=lambda d: (d.low, d.high)):
        if group and doubt.low >= end:
            yield sorted(group, key=_trust)
            group = []
        end = max(end, doubt.high) if group else doubt.high
        group.append(doubt)
    if group:
        yield sorted(group, key=_trust)


def _trust(doubt: _Doubt) -> tuple[int, bool, int]:
    change = doubt.change
    return ORDER[change.confidence], not change.rule.startswith("collate"), doubt.start


def _query(document: Document, locator: Locator, doubts: list[_Doubt]) -> Query:
    source, first = document.source, doubts[0].change
    low, high = min(d.low for d in doubts), max(d.high for d in doubts)
    place = quoted(source, low, high)
    whole = range_of(source, place)
    spot = locator.span(*whole)
    if spot is None:
        reading, before, after, block = first.before, "", "", first.block
    else:
        text = document.blocks[spot.block].text.value
        reading, block = text[spot.start : spot.end], document.blocks[spot.block].id
        before = _cut(text[: spot.start], tail=True)
        after = _cut(text[spot.end :], tail=False)
    why = "; ".join(dict.fromkeys(doubt.change.why for doubt in doubts))
    return Query(
        place, as_quoted(source, *whole), reading, tuple(_readings(source, doubts, whole)),
        first.rule, why, first.confidence, block, before, after,
    )  # fmt: skip


def _readings(source: Source, doubts: list[_Doubt], whole: tuple[int, int]) -> list[str]:
    """What the whole of a quotation may read: first with the best candidate of each doubt; but as
    it stands where a misreading is only doubtful, for the first is what a quick key takes."""
    apart: list[_Doubt] = []
    for doubt in doubts:
        if not any(doubt.start < other.end and doubt.end > other.start for other in apart):
            apart.append(doubt)
    pieces, at = [], whole[0]
    for doubt in sorted(apart):
        pieces += [as_quoted(source, at, doubt.start), _candidates(doubt)[0]]
        at = doubt.end
    readings = ["".join(pieces) + as_quoted(source, at, whole[1])]
    for doubt in doubts:
        for candidate in _candidates(doubt):
            before, after = (
                as_quoted(source, whole[0], doubt.start),
                as_quoted(source, doubt.end, whole[1]),
            )
            readings.append(before + candidate + after)
    first = doubts[0].change
    if first.confidence is Confidence.DOUBTFUL and first.rule.startswith("scannos"):
        readings.insert(0, as_quoted(source, *whole))
    told: dict[str, str] = {}
    for reading in readings:  # those that part at other line ends only are the same
        told.setdefault(" ".join(reading.split()), reading)
    return list(told.values())


def _candidates(doubt: _Doubt) -> tuple[str, ...]:
    return doubt.change.candidates or (doubt.change.after,)


def _cut(text: str, tail: bool) -> str:
    """The nearest part of a text, from a word's border on."""
    if len(text) <= AROUND:
        return text
    if tail:
        return "…" + text[-AROUND:].split(" ", 1)[-1]
    return text[:AROUND].rsplit(" ", 1)[0] + "…"
