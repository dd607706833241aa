"""From the source to the reading text and back: where a source offset stands in the blocks, and
which source characters a recorded change was about.

The second way goes by the record alone. A change keeps its place in ink as its rule saw the text;
undoing the passes before it, newest first, leads that place back to the source.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from publish.document import Document
from publish.ledger import Change, ink

INKED = re.compile(r"\S+")


class Spot(NamedTuple):
    """Characters start..end of the text of the block at `block`."""

    block: int
    start: int
    end: int


class Locator:
    """Finds source ranges in the blocks of a document."""

    def __init__(self, document: Document) -> None:
        pieces = []
        for index, block in enumerate(document.blocks):
            anchors, length = block.text.anchors, len(block.text.value)
            ends = (*(anchor.offset for anchor in anchors[1:]), length)
            for (offset, source), end in zip(anchors, ends, strict=True):
                pieces.append((source, index, offset, end))
        self._pieces = sorted(pieces)
        self._starts = [piece[0] for piece in self._pieces]

    def at(self, source: int) -> tuple[int, int] | None:
        """(block, offset) of a source character: of itself or of the nearest before it."""
        found = bisect_right(self._starts, source) - 1
        if found < 0:
            return None
        begins, index, offset, end = self._pieces[found]
        return index, min(offset + source - begins, end)

    def span(self, start: int, end: int) -> Spot | None:
        """What is left of source characters start..end; None unless that lies in one block."""
        first, last = self.at(start), self.at(max(end - 1, start))
        if first is None or last is None or first[0] != last[0]:
            return None
        begins = bisect_right(self._starts, end - 1) - 1
        _, _, offset, stops = self._pieces[begins]
        close = min(offset + end - self._starts[begins], stops)
        following = self._pieces[begins + 1] if begins + 1 < len(self._pieces) else None
        if following and following[0] <= end and following[1] == first[0]:
            close = max(close, following[2])  # what took the place of the last characters
        return Spot(first[0], first[1], max(close, first[1]))


def source_ranges(document: Document, changes: Iterable[Change]) -> dict[Change, tuple[int, int]]:
    """The source characters, start..end, that each change was about, in one pass over the record.

    Where a later pass joined or altered characters at an edge, all that it touched belongs to the
    range. A change of white space alone has the range between its neighbours.
    """
    wanted = list(dict.fromkeys(changes))
    starts = {change: change.ink for change in wanted}
    ends = {change: change.ink + len(ink(change.before)) for change in wanted}
    by_step: dict[int, list[Change]] = {}
    for change in wanted:
        by_step.setdefault(change.step, []).append(change)
    steps = [(step, list(group)) for step, group in groupby(document.ledger, lambda c: c.step)]
    alive: list[Change] = []
    for step, passed in reversed(steps):
        if alive:
            way = _Way(passed)
            for change in alive:
                starts[change] = way.back(starts[change], closing=False)
                ends[change] = max(way.back(ends[change], closing=True), starts[change])
        alive += by_step.get(step, ())
    offsets = _Ink(document.source.text)
    return {
        change: offsets.range(starts[change], ends[change], _white(change)) for change in wanted
    }


def _white(change: Change) -> bool:
    return not change.before.strip()


class _Way:
    """One pass of the record, walked backwards."""

    def __init__(self, passed: Sequence[Change]) -> None:
        made = sorted((c for c in passed if c.applied and c.before != c.after), key=lambda c: c.ink)
        self._afters: list[int] = []
        self._ends: list[int] = []
        self._befores: list[tuple[int, int]] = []
        shift = 0
        for change in made:
            before, after = len(ink(change.before)), len(ink(change.after))
            self._afters.append(change.ink + shift)
            self._ends.append(change.ink + shift + after)
            self._befores.append((change.ink, change.ink + before))
            shift += after - before

    def back(self, place: int, closing: bool) -> int:
        """Where `place` was before the pass. An edge inside of a change moves to its border."""
        if closing:
            at = bisect_left(self._afters, place) - 1
            while at >= 0 and self._afters[at] == self._ends[at] == place:
                at -= 1
        else:
            at = bisect_right(self._afters, place) - 1
        if at < 0:
            return place
        start, end = self._befores[at]
        if place >= self._ends[at]:
            return end + place - self._ends[at]
        if place == self._afters[at]:
            return start
        if self._ends[at] - self._afters[at] == end - start:
            return start + place - self._afters[at]
        return end if closing else start


class _Ink:
    """The source offsets of inked characters."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._counts: list[int] = []
        self._offsets: list[int] = []
        total = 0
        for run in INKED.finditer(text):
            self._counts.append(total)
            self._offsets.append(run.start())
            total += run.end() - run.start()
        self._total = total

    def offset(self, number: int) -> int:
        """The source offset of the inked character with this number, from 0."""
        if number >= self._total:
            return self._length
        run = bisect_right(self._counts, number) - 1
        return self._offsets[run] + number - self._counts[run]

    def range(self, start: int, end: int, white: bool) -> tuple[int, int]:
        if start < end:
            return self.offset(start), self.offset(end - 1) + 1
        begin = self.offset(start - 1) + 1 if start else 0
        return begin, self.offset(start) if white else begin


def settled(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether source characters start..end touch one of the rising ranges."""
    at = bisect_left(ranges, (max(end, start + 1), -1))
    return any(s < max(end, start + 1) and e > start for s, e in ranges[max(at - 2, 0) : at])
