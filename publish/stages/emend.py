"""The editor's decisions, made first: corrections, replacements, and readings kept on purpose.

A correction quotes the source as it was delivered, so this stage runs before any rule. Every
correction that does not fit its line, and every two that meddle with the same characters, are
reported together.

A correction may run over line ends. Its lines become one block, are edited, and are parted again,
so that the record keeps one change for one decision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from publish.document import Document, Source
from publish.edition import Edition
from publish.errors import EditionError, Problems, PublishError
from publish.ledger import (
    Confidence,
    Edit,
    Group,
    Origin,
    Part,
    Rule,
    Status,
    apply_edits,
    regroup,
)

SPACE = re.compile(r"[^\S\n]+|\n")
LINE_END = re.compile("\n")
LISTED = frozenset((Origin.PRINT, Origin.UNSURE))


class Place(NamedTuple):
    """Characters from column `start` of line `first` to column `end` of line `last`; lines count
    from 1, columns from 0, end excluded."""

    first: int
    start: int
    last: int
    end: int


class Decision(NamedTuple):
    """`now` is None where the editor keeps the reading."""

    place: Place
    was: str
    now: str | None
    why: str
    origin: Origin
    rule: str

    @property
    def status(self) -> Status:
        if self.now is None:
            return Status.RETAINED
        return Status.EMENDED if self.origin in LISTED else Status.SILENT


@dataclass
class Lines:
    """The blocks by their source line, and how far each text has shifted under the edits."""

    document: Document
    at: dict[int, tuple[int, int]] = field(default_factory=dict)  # line → (block, offset)
    shifts: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def span(self, place: Place) -> tuple[int, int, int]:
        """The block of a place, and the offsets there that it has by now."""
        block, start = self.at[place.first]
        start += place.start
        end = self.at[place.last][1] + place.end
        shifts = self.shifts.get(block, ())
        earlier = sum(by for at, by in shifts if at < start)
        own = sum(by for at, by in shifts if at == start)
        return block, start + earlier, end + earlier + own

    def shift(self, place: Place, by: int) -> None:
        block, start = self.at[place.first]
        self.shifts.setdefault(block, []).append((start + place.start, by))


def emend(document: Document, edition: Edition) -> Document:
    """The document as the editor corrected it, with the settled readings protected.

    Corrections of the printed copy are listed in the book (EMENDED), those that only restore it
    are silent, kept readings are RETAINED. Raises EditionError for whatever does not fit.
    """
    if not (edition.emends or edition.replaces or edition.stets):
        return document
    problems: list[PublishError] = []
    decisions = sorted(_decisions(document.source, edition, problems), key=lambda d: d.place)
    problems += _overlaps(decisions)
    if problems:
        for problem in problems:
            problem.file = edition.path("corrections.toml")
        raise problems[0] if len(problems) == 1 else Problems(problems)
    lines = _joined(document, decisions)
    for key in sorted({(d.status, d.origin, d.rule) for d in decisions}):
        _decide(lines, [d for d in decisions if (d.status, d.origin, d.rule) == key])
    return replace(_parted(lines, document, decisions), protected=_settled(document, decisions))


def _decisions(
    source: Source, edition: Edition, problems: list[PublishError]
) -> Iterator[Decision]:
    for emended in edition.emends:
        place = _find(source, emended.line, emended.was, "was", problems)
        if place:
            yield Decision(place, emended.was, emended.now, emended.why, emended.origin, "emend")
    for stet in edition.stets:
        place = _find(source, stet.line, stet.text, "text", problems)
        if place:
            yield Decision(place, stet.text, None, stet.why, Origin.UNSURE, "emend.stet")
    for replaced in edition.replaces:
        places = list(_everywhere(source, replaced.was))
        if len(places) != replaced.count:
            problems.append(
                EditionError(
                    f"“{_shown(replaced.was)}” stands {_times(len(places))} in the source, "
                    f"not {_times(replaced.count)}.",
                    detail=_where(places),
                    hint="Set `count` to what is right, or correct each place with [[emend]].",
                )
            )
            continue
        for place in places:
            yield Decision(
                place, replaced.was, replaced.now, replaced.why, replaced.origin, "emend.replace"
            )


def _find(
    source: Source, line: int, was: str, key: str, problems: list[PublishError]
) -> Place | None:
    """Where `was` begins on `line`; a problem is added unless it does so exactly once."""
    if not 1 <= line <= len(source.line_starts):
        message = f"there is no line {line}: the source has {len(source.line_starts)} lines."
        problems.append(EditionError(message, detail=f"{key}: {_shown(was)}"))
        return None
    places = _beginning_on(source, line, was) or _beginning_on(source, line, was.rstrip())
    if len(places) == 1:
        return places[0]
    if places:
        message = f"“{_shown(was)}” stands {_times(len(places))} on line {line}."
        hint = f"Quote more of the line in `{key}`, so that one place is meant."
    else:
        message = f"line {line} of the source does not contain “{_shown(was)}”."
        hint = _elsewhere(source, line, was)
    stands = " / ".join(
        line_of for n in range(line, line + was.count("\n") + 1) if (line_of := source.line(n))
    )
    problems.append(EditionError(message, detail=f"It reads: {stands}", hint=hint))
    return None


def _beginning_on(source: Source, line: int, was: str) -> list[Place]:
    wanted = _trimmed(was)
    if not wanted.strip():
        return []
    count = wanted.count("\n") + 1
    rows = [source.line(n).rstrip().replace("\f", " ") for n in range(line, line + count)]
    if not rows[0].strip() or not rows[-1].strip():
        return []
    text, places = "\n".join(rows), []
    at = text.find(wanted)
    while 0 <= at <= len(rows[0]):
        end = at + len(wanted)
        column = end - (text.rfind("\n", 0, end) + 1)
        places.append(Place(line, at, line + count - 1, column))
        at = text.find(wanted, at + 1)
    return places


def _trimmed(was: str) -> str:
    """`was` without the blanks before its line ends, which do not count."""
    *rows, last = was.replace("\r\n", "\n").split("\n")
    return "\n".join([*(row.rstrip() for row in rows), last])


def _everywhere(source: Source, was: str) -> Iterator[Place]:
    first = _trimmed(was).split("\n")[0]
    for number in range(1, len(source.line_starts) + 1):
        if first in source.line(number):
            yield from _beginning_on(source, number, was)


def _elsewhere(source: Source, line: int, was: str) -> str:
    """Where else `was` begins, if anywhere; else how corrections are written."""
    near = sorted(_everywhere(source, was), key=lambda place: abs(place.first - line))
    if near and was.strip():
        return f"It stands on line {near[0].first}."
    return "Corrections quote the source exactly, as it was before any other change."


def _overlaps(decisions: Sequence[Decision]) -> Iterator[EditionError]:
    for one, other in pairwise(decisions):
        if (other.place.first, other.place.start) < (one.place.last, one.place.end):
            yield EditionError(
                f"two decisions overlap on line {other.place.first}: "
                f"“{_shown(one.was)}” and “{_shown(other.was)}”.",
                hint="Make one of them, or shorten what they quote.",
            )


def _joined(document: Document, decisions: Sequence[Decision]) -> Lines:
    """The document with the lines of each correction over line ends in one block."""
    by_line = {document.line_of(block): index for index, block in enumerate(document.blocks)}
    runs: list[tuple[int, int]] = []
    for decision in decisions:
        if decision.place.first != decision.place.last:
            low, high = by_line[decision.place.first], by_line[decision.place.last]
            if runs and low <= runs[-1][1]:
                runs[-1] = (runs[-1][0], max(runs[-1][1], high))
            else:
                runs.append((low, high))
    ends = dict(runs)
    groups: list[Group] = []
    places: dict[int, tuple[int, int]] = {}
    at = 0
    while at < len(document.blocks):
        end = ends.get(at, at)
        parts, offset = [], 0
        for index in range(at, end + 1):
            block = document.blocks[index]
            places[document.line_of(block)] = (len(groups), offset)
            parts.append(Part(index, 0, len(block.text.value)))
            offset += len(block.text.value) + 1
        groups.append(Group("line", tuple(parts)))
        at = end + 1
    return Lines(regroup(document, groups) if runs else document, places)


def _decide(lines: Lines, decisions: Sequence[Decision]) -> None:
    """Makes or records decisions of one kind, in one pass."""
    edits, moves = [], []
    for place, _, now, why, _, _ in decisions:
        block, start, end = lines.span(place)
        if now is None:
            kept = lines.document.blocks[block].text.value[start:end]
            edits.append((block, Edit(start, end, kept, why, Confidence.DOUBTFUL)))
        else:
            edits.append((block, Edit(start, end, now, why)))
            moves.append((place, len(now) - (end - start)))
    kind = decisions[0]
    rule = Rule(kind.rule, lambda blocks, context: (), kind.origin)
    lines.document = apply_edits(lines.document, rule, edits, kind.status)
    for place, by in moves:
        lines.shift(place, by)


def _parted(lines: Lines, before: Document, decisions: Sequence[Decision]) -> Document:
    """The document with joined lines parted again: at the line ends that are left, and after a
    correction that took one away, where the rest of its last line begins."""
    document = lines.document
    if len(document.blocks) == len(before.blocks):
        return document
    cuts: dict[int, list[tuple[int, int]]] = {}
    for place, was, now, _, _, _ in decisions:
        if place.first != place.last and now is not None and now.count("\n") < was.count("\n"):
            at, _, end = lines.span(place)
            space = SPACE.search(document.blocks[at].text.value, end)
            if space and space.group() != "\n":
                cuts.setdefault(at, []).append(space.span())
    groups = []
    for index, joined in enumerate(document.blocks):
        text, begin = joined.text.value, 0
        ends = [(m.start(), m.end()) for m in LINE_END.finditer(text)]
        for stop, resume in (*sorted((*ends, *cuts.get(index, ()))), (len(text), len(text))):
            if text[begin:stop].strip():
                groups.append(Group("line", (Part(index, begin, stop),)))
            begin = max(begin, resume)
    parted = regroup(document, groups)
    printed = {block.text.source_at(0): (block.gap, block.turn) for block in before.blocks}
    blocks = []
    for block in parted.blocks:
        gap, turn = printed.get(block.text.source_at(0), (0, False))
        same = (block.gap, block.turn) == (gap, turn)
        blocks.append(block if same else replace(block, gap=gap, turn=turn))
    return replace(parted, blocks=tuple(blocks))


def _settled(document: Document, decisions: Sequence[Decision]) -> tuple[tuple[int, int], ...]:
    """The source ranges of what the decisions quote."""
    starts = document.source.line_starts
    return tuple(
        (starts[place.first - 1] + place.start, starts[place.last - 1] + place.end)
        for place, *_ in decisions
    )


def _shown(text: str) -> str:
    return text.replace("\n", " / ")


def _times(count: int) -> str:
    return {0: "nowhere", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _where(places: Sequence[Place]) -> str:
    if not places:
        return ""
    numbers = ", ".join(str(place.first) for place in places[:20])
    return f"It stands on line {numbers}" + (" …" if len(places) > 20 else ".")
