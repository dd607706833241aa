"""The editor's decisions, made first: corrections, replacements, and readings kept on purpose.

A correction quotes the source as it was delivered, so this stage runs before any rule. Every
correction that does not fit its line, and every two that meddle with the same characters, are
reported together.

A correction may run over line ends. Its lines become one block, are edited, and are parted again,
so that the record keeps one change for one decision.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from publish.corrections import Decision, Place, decisions_of
from publish.document import Document, Mark, Source
from publish.edition import Edition
from publish.ledger import (
    Confidence,
    Edit,
    Group,
    Part,
    Rule,
    apply_edits,
    regroup,
)

SPACE = re.compile(r"[^\S\n]+|\n")
LINE_END = re.compile("\n")
WORD = re.compile(r"\w")


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
    made = decisions_of(document.source, edition)
    lines = _joined(document, made)
    for key in sorted({(d.status, d.origin, d.rule) for d in made}):
        _decide(lines, [d for d in made if (d.status, d.origin, d.rule) == key])
    return replace(_parted(lines, document, made), protected=_settled(document, made))


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
    for place, _, now, why, *_ in decisions:
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
    for decision in decisions:
        if _opens(decision, lines.document.source):
            _mark_opening(lines, decision.place)


def _opens(decision: Decision, source: Source) -> bool:
    """Whether display capitals at the head of a text were lowered, and nothing else."""
    place, was, now, *_ = decision
    if now is None or not was.isupper() or now.isupper() or now.lower() != was.lower():
        return False
    line = source.line(place.first)
    return not WORD.search(line[: place.start]) and any(map(str.islower, line[place.end :]))


def _mark_opening(lines: Lines, place: Place) -> None:
    """Keeps in mind that the words of `place` were set in display capitals."""
    index, start, end = lines.span(place)
    blocks = list(lines.document.blocks)
    text = blocks[index].text.with_marks([Mark(start, end, "opening")])
    blocks[index] = replace(blocks[index], text=text)
    lines.document = replace(lines.document, blocks=tuple(blocks))


def _parted(lines: Lines, before: Document, decisions: Sequence[Decision]) -> Document:
    """The document with joined lines parted again: at the line ends that are left, and after a
    correction that took one away, where the rest of its last line begins."""
    document = lines.document
    if len(document.blocks) == len(before.blocks):
        return document
    cuts: dict[int, list[tuple[int, int]]] = {}
    for place, was, now, *_ in decisions:
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
