"""The one place where text changes, and the record it writes as it does so.

A rule looks at the blocks and proposes edits; `apply_rule` makes the certain ones, records them
all, and is the only way to change characters. `regroup` is its twin for blocks: it joins, splits,
retypes, removes and moves, and refuses a grouping that loses a character. `undo` takes a document
back to its source by the record alone; `check_conservation` runs it in every build.

Places are counted in ink: characters that are not white space, over the whole document. White
space may therefore be laid out freely without a record, and nothing else may.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from publish.document import Anchor, Block, Container, Document, Text, join
from publish.errors import ConservationError

if TYPE_CHECKING:
    from publish.context import Context


class Confidence(StrEnum):
    """How sure a rule is. Certain means a measured precision of 0.99 on texts it never saw."""

    CERTAIN = "certain"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


class Origin(StrEnum):
    """What a fault came from."""

    SCAN = "scan"  # the scanner or the typist of the copy
    PRINT = "print"  # the printer of the original
    UNSURE = "unsure"
    STYLE = "style"  # no fault: a mark in the form of the house style
    LAYOUT = "layout"  # no fault: what belonged to the page or the line


class Status(StrEnum):
    SILENT = "silent"  # applied, shown in the proof
    EMENDED = "emended"  # applied, listed in the book
    QUERIED = "queried"  # not applied, waits for the editor
    RETAINED = "retained"  # not applied: the editor doubted the reading and kept it, listed
    PASSED = "passed"  # not applied: the editor looked, and the reading is right


class Edit(NamedTuple):
    """Characters start..end of a block's text should read `new`, because of `why`.

    `candidates` are other readings, best first, for a query.
    """

    start: int
    end: int
    new: str
    why: str
    confidence: Confidence = Confidence.CERTAIN
    candidates: tuple[str, ...] = ()


Proposals = Iterable[tuple[int, Edit]]
"""(index of the block, edit), in any order of blocks; edits of one block rise."""


class Rule(NamedTuple):
    """A named way of looking at the blocks. `white` rules alter white space only and are not
    recorded one by one; `origin` says what faults the rule mends."""

    name: str
    propose: Callable[[Sequence[Block], Context], Proposals]
    origin: Origin = Origin.STYLE
    white: bool = False


class Change(NamedTuple):
    """What the ledger keeps of one edit.

    `step` numbers the pass, `offset` counts characters of the block's text as the rule was given
    it, `ink` the inked characters of the whole document before the place at that moment.
    """

    rule: str
    step: int
    block: str
    offset: int
    ink: int
    line: int
    before: str
    after: str
    why: str
    confidence: Confidence
    origin: Origin
    status: Status
    candidates: tuple[str, ...] = ()

    @property
    def applied(self) -> bool:
        return self.status is Status.SILENT or self.status is Status.EMENDED


class Part(NamedTuple):
    """Characters start..end of the block at `index`."""

    index: int  # type: ignore[assignment]  # a tuple's method of that name is never wanted
    start: int
    end: int


class Group(NamedTuple):
    """One block to be made of parts of the blocks there are, joined with `separator`.

    White space around and between parts may be left out, ink may not. `why`, where given, is
    recorded under `rule`. With `removed` the parts leave the text and stay in the record. A group
    whose parts stood earlier than those of the group before it is moved, and that is recorded.
    """

    kind: str
    parts: tuple[Part, ...]
    rule: str = ""
    why: str = ""
    level: int = 0
    role: str = ""
    within: tuple[Container, ...] = ()
    removed: bool = False
    separator: str = "\n"
    confidence: Confidence = Confidence.CERTAIN


def each_block(
    propose: Callable[[str, Context], Iterable[Edit]], kinds: frozenset[str] | None = None
) -> Callable[[Sequence[Block], Context], Proposals]:
    """A rule that looks at the text of one block at a time (of the given kinds, or of all)."""

    def over_blocks(blocks: Sequence[Block], context: Context) -> Iterator[tuple[int, Edit]]:
        for index, block in enumerate(blocks):
            if kinds is None or block.kind in kinds:
                for edit in propose(block.text.value, context):
                    yield index, edit

    return over_blocks


def apply_rule(document: Document, rule: Rule, context: Context) -> Document:
    """The document with the rule's certain edits made, and all of its edits recorded.

    Of edits that overlap the first counts. An edit of a reading that the editor has settled is
    left out, unless the rule only sets marks in the house style.
    """
    return apply_edits(document, rule, rule.propose(document.blocks, context))


def apply_edits(
    document: Document, rule: Rule, proposals: Proposals, status: Status | None = None
) -> Document:
    """`apply_rule` for edits that are already known; `status` overrides what they become."""
    wanted: dict[int, list[Edit]] = {}
    for index, edit in proposals:
        wanted.setdefault(index, []).append(edit)
    if not wanted:
        return document
    blocks = list(document.blocks)
    changes: list[Change] = []
    ink, counted, step = 0, 0, document.step + 1
    for index in sorted(wanted):
        block = blocks[index]
        edits = list(_admitted(wanted[index], block.text, rule, document))
        if not edits:
            continue
        if not rule.white:
            ink += sum(b.text.ink for b in document.blocks[counted:index])
            counted = index
            changes += _recorded(document, rule, block, edits, ink, step, status)
        applied = [
            (edit.start, edit.end, edit.new)
            for edit in edits
            if _status(edit, rule, status) in (Status.SILENT, Status.EMENDED)
        ]
        if applied:
            blocks[index] = replace(block, text=block.text.splice(applied))
    return replace(document, blocks=tuple(blocks), ledger=document.ledger + tuple(changes))


def _status(edit: Edit, rule: Rule, status: Status | None) -> Status:
    if status is not None:
        return status
    return Status.SILENT if edit.confidence is Confidence.CERTAIN else Status.QUERIED


def _admitted(edits: list[Edit], text: Text, rule: Rule, document: Document) -> Iterator[Edit]:
    """The edits in order, without those that overlap, change nothing or touch settled readings."""
    at = 0
    settled = document.protected if rule.origin is not Origin.STYLE else ()
    value = text.value
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < at or edit.end > len(value):
            continue
        old = value[edit.start : edit.end]
        if old == edit.new and edit.confidence is Confidence.CERTAIN:
            continue
        if rule.white and (old.strip() or edit.new.strip()):
            raise ValueError(f"{rule.name} alters more than white space: {old!r} → {edit.new!r}")
        line_end = rule.white and "\n" in old  # where a line ended is no part of a reading
        if settled and not line_end and _touches(settled, text, edit):
            continue
        yield edit
        at = edit.end


def _touches(settled: tuple[tuple[int, int], ...], text: Text, edit: Edit) -> bool:
    start = text.source_at(edit.start)
    end = text.source_at(max(edit.end - 1, edit.start)) + 1
    at = bisect_left(settled, (start, 0))
    return any(s < end and e > start for s, e in settled[max(at - 1, 0) : at + 1])


def _recorded(
    document: Document,
    rule: Rule,
    block: Block,
    edits: list[Edit],
    ink: int,
    step: int,
    status: Status | None,
) -> Iterator[Change]:
    text, line_of = block.text, document.source.line_of
    value, at = text.value, 0
    for edit in edits:
        ink += len("".join(value[at : edit.start].split()))
        at = edit.start
        yield Change(
            rule.name,
            step,
            block.id,
            edit.start,
            ink,
            line_of(text.source_at(edit.start)),
            value[edit.start : edit.end],
            edit.new,
            edit.why,
            edit.confidence,
            rule.origin,
            _status(edit, rule, status),
            edit.candidates,
        )


def regroup(
    document: Document, groups: Iterable[Group], origin: Origin = Origin.LAYOUT
) -> Document:
    """The document with `groups` for its blocks; raises ValueError if ink would be lost.

    Every inked character of the blocks stands in exactly one group. A group that is one whole
    block of the same kind, level, role and containers keeps the block as it is.
    """
    old, step = document.blocks, document.step + 1
    ink_at = [0]
    for block in old:
        ink_at.append(ink_at[-1] + block.text.ink)

    def ink_before(index: int, offset: int) -> int:
        return ink_at[index] + len("".join(old[index].text.value[:offset].split()))

    blocks: list[Block] = []
    changes: list[Change] = []
    ids: set[str] = set()
    cursor = (0, 0)  # how far the groups have come in reading order
    skipped: list[tuple[tuple[int, int], tuple[int, int]]] = []  # passed over, to come later

    def record(group: Group, text: Text, id: str, ink: int, before: str, after: str) -> None:
        status = Status.SILENT if group.confidence is Confidence.CERTAIN else Status.QUERIED
        line = document.source.line_of(text.source_at(0))
        changes.append(
            Change(
                group.rule, step, id, 0, ink, line, before, after, group.why, group.confidence,
                origin, status,
            )
        )  # fmt: skip

    for group in groups:
        first = group.parts[0]
        text = _text_of(old, group)
        moved = False
        for part in group.parts:
            start, end = (part.index, part.start), (part.index, part.end)
            if start >= cursor:
                before, reached = cursor
                next_to = start == (before + 1, 0) and reached == len(old[before].text.value)
                if not next_to and _ink_between(old, cursor, start):
                    skipped.append((cursor, start))
                cursor = end
            elif old[part.index].text.value[part.start : part.end].strip():
                moved = True
                skipped = _without(skipped, start, end, old)
        base = old[first.index]
        id = _fresh(ids, f"L{document.source.line_of(text.source_at(0))}")
        if moved and not group.removed:
            at = ink_before(*cursor)
            if any((part.index, part.end) == cursor for part in group.parts):
                raise ValueError(f"a group mixes moved and unmoved parts: {text.value[:60]!r}")
            for part in group.parts:
                piece = old[part.index].text.value[part.start : part.end]
                record(group, text, id, ink_before(part.index, part.start), piece, "")
            record(group, text, id, at, "", text.value)
        if group.removed:
            for part in group.parts:
                gone = old[part.index].text.slice(part.start, part.end)
                if gone.ink:
                    at = ink_before(part.index, part.start)
                    record(group, gone, id, at, gone.value, "")
            continue
        if group.why and not moved:
            shown = text.value if len(text.value) <= 80 else text.value[:79] + "…"
            record(group, text, id, ink_before(first.index, first.start), shown, shown)
        blocks.append(_block_of(base, group, text, id))
    if skipped or _ink_between(old, cursor, (len(old), 0)):
        raise ValueError(f"a grouping leaves out blocks: {skipped or cursor}")
    return replace(document, blocks=tuple(blocks), ledger=document.ledger + tuple(changes))


def _text_of(blocks: Sequence[Block], group: Group) -> Text:
    texts = []
    for index, start, end in group.parts:
        text = blocks[index].text
        texts.append(text if start == 0 and end == len(text.value) else text.slice(start, end))
    return join(texts, group.separator)


def _block_of(base: Block, group: Group, text: Text, id: str) -> Block:
    wanted = (group.kind, group.level, group.role, group.within)
    if base.text is text and (base.kind, base.level, base.role, base.within) == wanted:
        return base
    return Block(group.kind, text, id, group.level, group.role, group.within, base.gap, base.turn)


def _fresh(ids: set[str], wanted: str) -> str:
    """`wanted`, or with the first letter after it that no other block has: L12, L12b, L12c …"""
    id, count = wanted, 1
    while id in ids:
        id = wanted + _letters(count)
        count += 1
    ids.add(id)
    return id


def _letters(number: int) -> str:
    name = ""
    while number:
        number, digit = divmod(number, 26)
        name = chr(ord("a") + digit) + name
    return name


def _ink_between(blocks: Sequence[Block], start: tuple[int, int], end: tuple[int, int]) -> bool:
    (first, begin), (last, stop) = start, end
    if first == last:
        return begin < stop and bool(blocks[first].text.value[begin:stop].strip())
    return (
        bool(blocks[first].text.value[begin:].strip())
        or any(blocks[i].text.ink for i in range(first + 1, min(last, len(blocks))))
        or (last < len(blocks) and bool(blocks[last].text.value[:stop].strip()))
    )


def _without(
    spans: list[tuple[tuple[int, int], tuple[int, int]]],
    start: tuple[int, int],
    end: tuple[int, int],
    blocks: Sequence[Block],
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The passed-over spans without start..end; ValueError if that was not passed over."""
    for at, (low, high) in enumerate(spans):
        if low <= start and end <= high:
            rest = [(low, start), (end, high)]
            kept = [span for span in rest if _ink_between(blocks, *span)]
            return spans[:at] + kept + spans[at + 1 :]
    raise ValueError(f"a grouping uses {start}–{end} twice")


def ink(text: str) -> str:
    """The text without its white space."""
    return "".join(text.split())


def undo(document: Document) -> str:
    """The ink of the source, rebuilt from the finished blocks by the ledger alone.

    Raises ConservationError where the text does not read as the record says it was left.
    """
    text = "".join(ink(block.text.value) for block in document.blocks)
    steps = [list(changes) for _, changes in groupby(document.ledger, key=lambda c: c.step)]
    for changes in reversed(steps):
        applied = [c for c in changes if c.applied and c.before != c.after]
        text = _undo_step(text, sorted(applied, key=lambda c: c.ink))
    return text


def _undo_step(text: str, changes: list[Change]) -> str:
    pieces: list[str] = []
    at = shift = 0
    for change in changes:
        before, after = ink(change.before), ink(change.after)
        place = change.ink + shift
        if text[place : place + len(after)] != after or place < at:
            stands = text[max(place - 15, 0) : place + len(after) + 15]
            raise ConservationError(
                f"line {change.line}: {change.rule} left {after!r}, but there stands {stands!r}"
            )
        pieces += (text[at:place], before)
        at = place + len(after)
        shift += len(after) - len(before)
    pieces.append(text[at:])
    return "".join(pieces)


def check_conservation(document: Document) -> None:
    """Raises ConservationError unless the record leads back to the source, white space apart."""
    rebuilt, source = undo(document), ink(document.source.text)
    if rebuilt != source:
        at = next(
            (i for i, (a, b) in enumerate(zip(rebuilt, source, strict=False)) if a != b),
            min(len(rebuilt), len(source)),
        )
        raise ConservationError(
            f"the record does not lead back to the source at inked character {at}: "
            f"source {source[max(at - 20, 0) : at + 20]!r}, "
            f"rebuilt {rebuilt[max(at - 20, 0) : at + 20]!r}"
        )


def replay(before: Sequence[Block], changes: Iterable[Change]) -> dict[str, str]:
    """The texts, by block id, that one pass left: the blocks it was given and what it recorded."""
    texts = {block.id: block.text.value for block in before}
    by_block: dict[str, list[tuple[int, int, str]]] = {}
    for change in changes:
        if change.applied:
            end = change.offset + len(change.before)
            by_block.setdefault(change.block, []).append((change.offset, end, change.after))
    for id, splices in by_block.items():
        texts[id] = Text(texts[id], (Anchor(0, 0),)).splice(sorted(splices)).value
    return texts
