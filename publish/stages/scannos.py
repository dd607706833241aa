"""Misreadings: near-certain ones are put right, all other suspicious places are queried.

The rules live in `publish.readings`; this stage runs them in order of trust. What one rule has put
right is evidence for the next.
"""

from __future__ import annotations

from publish.context import Context
from publish.document import Document
from publish.edition import Edition
from publish.ledger import Proposals, Status, apply_edits, apply_rule
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


def scannos(document: Document, edition: Edition) -> Document:
    """The document with its near-certain misreadings mended and the others queried."""
    if not edition.scannos:
        return document
    evidence = Evidence.from_context(Context.of(document, edition))
    for name, propose in RULES:
        document = apply_rule(document, rule(name, propose, evidence), evidence)
    for name, propose in DOUBTS:
        proposals = _unasked(document, propose(document.blocks, evidence))
        document = apply_edits(document, rule(name, propose, evidence), proposals)
    return document


def _unasked(document: Document, proposals: Proposals) -> Proposals:
    """The proposals for what no query of the same block is about."""
    asked = {(c.block, c.before) for c in document.ledger if c.status is Status.QUERIED}
    for index, edit in proposals:
        block = document.blocks[index]
        if (block.id, block.text.value[edit.start : edit.end]) not in asked:
            yield index, edit
