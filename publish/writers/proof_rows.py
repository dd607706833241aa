"""The source and the reading text side by side: which lines each block was made of, and which
characters came through as they were."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from publish.document import Block, Document
from publish.ledger import Change


@dataclass(frozen=True, slots=True)
class Row:
    """One block beside its source lines, with all that was done to them. `block` is None for
    lines that were left out. `altered` are the ranges of its text that the source has not so."""

    lines: tuple[int, ...]
    block: Block | None
    altered: tuple[tuple[int, int], ...]
    changes: tuple[Change, ...]


class Survival:
    """Which characters of the source stand in the text as they were."""

    def __init__(self, document: Document) -> None:
        self._source = document.source
        self._kept = bytearray(len(document.source.text))

    def take(self, block: Block) -> tuple[list[int], list[tuple[int, int]]]:
        """The source lines of a block, and the ranges of its text that differ from the source."""
        value, anchors = block.text.value, block.text.anchors
        ends = (*(anchor.offset for anchor in anchors[1:]), len(value))
        lines: dict[int, None] = {}
        altered: list[tuple[int, int]] = []
        for (start, at), end in zip(anchors, ends, strict=True):
            piece = value[start:end]
            stood = self._source.text[at : at + len(piece)]
            if piece.strip():
                first = at + len(piece) - len(piece.lstrip())
                last = min(at + len(piece.rstrip()), len(self._source.text)) - 1
                span = range(self._source.line_of(first), self._source.line_of(last) + 1)
                lines.update(dict.fromkeys(span))
            if piece == stood:
                self._kept[at : at + len(piece)] = b"\1" * len(piece)
            else:
                altered += self._compared(start, piece, at, stood)
        return list(lines), _joined(altered)

    def _compared(self, start: int, piece: str, at: int, stood: str) -> Iterator[tuple[int, int]]:
        for i, char in enumerate(piece):
            if i < len(stood) and (char == stood[i] or (char.isspace() and stood[i].isspace())):
                self._kept[at + i] = 1
            elif not char.isspace():
                yield start + i, start + i + 1

    def lost(self, line: int) -> list[tuple[int, int]]:
        """The ranges of a source line whose ink is not in the text as it was."""
        starts = self._source.line_starts
        begin, text = starts[line - 1], self._source.line(line)
        kept = self._kept[begin : begin + len(text)]
        if 0 not in kept:
            return []
        gone = [(i, i + 1) for i, char in enumerate(text) if not kept[i] and not char.isspace()]
        return _joined(gone)


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Rising ranges with those that touch made one."""
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and joined[-1][1] >= start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def rows_of(document: Document) -> tuple[list[Row], Survival]:
    """All blocks beside their lines, in reading order, and the lines left out where they stood."""
    survival = Survival(document)
    taken = [(block, *survival.take(block)) for block in document.blocks]
    owner: dict[int, int] = {}
    for index, (_, lines, _) in enumerate(taken):
        for line in lines:
            owner.setdefault(line, index)
    inked = (
        number
        for number in range(1, len(document.source.line_starts) + 1)
        if number not in owner and document.source.line(number).strip()
    )
    owned = sorted(owner)
    left_out: dict[int, list[list[int]]] = {}
    for run in _runs(inked):
        at = bisect_left(owned, run[0])
        left_out.setdefault(owner[owned[at - 1]] if at else -1, []).append(run)
    done: dict[int, list[Change]] = {}
    for change in document.ledger:  # under the row's index, or the line that has none
        done.setdefault(owner.get(change.line, -change.line), []).append(change)

    def unread(runs: list[list[int]]) -> Iterator[Row]:
        for run in runs:
            changes = [c for line in run for c in done.get(-line, ())]
            yield Row(tuple(run), None, (), tuple(changes))

    rows = list(unread(left_out.get(-1, [])))
    for index, (block, lines, altered) in enumerate(taken):
        changes = sorted(done.get(index, ()), key=lambda c: (c.line, c.step))
        rows.append(Row(tuple(lines), block, tuple(altered), tuple(changes)))
        rows += unread(left_out.get(index, []))
    return rows, survival


def _runs(numbers: Iterable[int]) -> Iterator[list[int]]:
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        yield [number for _, number in group]
