"""Misreadings: near-certain ones are put right, all other suspicious places are queried.

The rules live in `publish.readings`; this stage runs them in order of trust. What one rule has put
right is evidence for the next. What one rule only doubted and a later one is certain of is no
question any more.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from publish.context import Context
from publish.document import Document
from publish.edition import Edition
from publish.ledger import Change, Confidence, Proposals, Status, apply_edits
from publish.places import source_ranges
from publish.readings.doubts import odd_tokens
from publish.readings.evidence import Evidence, Propose, rule
from publish.readings.misfits import misfits
from publish.readings.pronoun import pronouns
from publish.readings.real_words import misread_for_others
from publish.readings.shapes import final_strokes, initialisms, inner_capitals, odd_glyphs, specks
from publish.readings.slots import lowered_words, misplaced_words
from publish.readings.spaces import joined_words, marks_apart, stray_apostrophes, torn_words
from publish.readings.stops import stops
from publish.readings.words import misread_words

RULES: tuple[tuple[str, Propose], ...] = (
    ("scannos.initialism", initialisms),
    ("scannos.glyph", odd_glyphs),
    ("scannos.pronoun", pronouns),
    ("scannos.size", inner_capitals),
    ("scannos.speck", specks),
    ("scannos.stroke", final_strokes),
    ("scannos.joined", joined_words),
    ("scannos.torn", torn_words),
    ("scannos.apostrophe", stray_apostrophes),
    ("scannos.word", misread_words),
    ("scannos.place", misplaced_words),
    ("scannos.mark", marks_apart),
    ("scannos.capital", lowered_words),
)
DOUBTS: tuple[tuple[str, Propose], ...] = (
    ("scannos.neighbour", misread_for_others),
    ("scannos.stop", stops),
    ("scannos.misfit", misfits),
    ("scannos.token", odd_tokens),
)
MARKS = frozenset(("scannos.mark",))  # rules that mend no words
SELDOM = 5000  # words: where not one of so many was mended, the copy was proofread


def scannos(document: Document, edition: Edition) -> Document:
    """The document with its near-certain misreadings mended and the others queried.

    A text that was typed or proofread has hardly any, and what looks like one is oftener meant:
    where fewer than one word in `SELDOM` would be mended, all are queried. (Clean texts of many
    kinds have one in 10,000 or more that a rule is wrongly certain of, fair scans one in 1,000.)
    """
    if not edition.scannos:
        return document
    evidence = Evidence.from_context(Context.of(document, edition))
    read = _read(document, evidence)
    mended = sum(
        change.applied and change.rule not in MARKS
        for change in read.ledger[len(document.ledger) :]
    )
    if 0 < mended * SELDOM < evidence.lexicon.size:
        return _read(document, evidence, asking=True)
    return read


def _read(document: Document, evidence: Evidence, asking: bool = False) -> Document:
    """The document after all rules; where they are `asking`, they mend no words."""
    before = document.step
    for name, propose in RULES:
        sure = not asking or name in MARKS
        proposals = propose(document.blocks, evidence)
        proposals = proposals if sure else _doubted(proposals)
        document = apply_edits(document, rule(name, propose, evidence), proposals)
    document = _without_answered(document, before)
    for name, propose in DOUBTS:
        proposals = _unasked(document, propose(document.blocks, evidence))
        proposals = _doubted(proposals) if asking else proposals
        document = apply_edits(document, rule(name, propose, evidence), proposals)
    return document


def _without_answered(document: Document, before: int) -> Document:
    """The document without this stage's queries about characters that a later rule of the stage has
    mended: fhe, which may be the or she, and is the where it stands. The record of the mending
    says what was done and why; a query beside it would wait for an answer that there is. What the
    stages before asked, such as about another witness, still waits. `before` is the last pass
    before the stage.
    """
    own = [change for change in document.ledger if change.step > before]
    asked = [change for change in own if change.status is Status.QUERIED]
    made = [change for change in own if change.applied and change.before != change.after]
    if not asked or not made:
        return document
    ranges = source_ranges(document, [*asked, *made])
    mended = sorted((*ranges[change], change.step) for change in made)

    def answered(change: Change) -> bool:
        start, end = ranges[change]
        at = bisect_right(mended, (start, len(document.source.text), document.step)) - 1
        return at >= 0 and mended[at][1] >= end and mended[at][2] > change.step

    gone = {change for change in asked if answered(change)}
    kept = tuple(change for change in document.ledger if change not in gone)
    return replace(document, ledger=kept) if gone else document


def _doubted(proposals: Proposals) -> Proposals:
    """The proposals, none of them certain."""
    for index, edit in proposals:
        if edit.confidence is Confidence.CERTAIN:
            edit = edit._replace(confidence=Confidence.LIKELY)
        yield index, edit


def _unasked(document: Document, proposals: Proposals) -> Proposals:
    """The proposals for what no query of the same block is about."""
    asked = {(c.block, c.before) for c in document.ledger if c.status is Status.QUERIED}
    for index, edit in proposals:
        block = document.blocks[index]
        if (block.id, block.text.value[edit.start : edit.end]) not in asked:
            yield index, edit
