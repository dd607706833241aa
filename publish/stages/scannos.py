"""Misreadings: near-certain ones are put right, all other suspicious places are queried.

The rules live in `publish.readings`; this stage runs them in order of trust. What one rule has put
right is evidence for the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from publish.context import Context
from publish.document import Block, Document
from publish.edition import Edition
from publish.ledger import Origin, Proposals, Rule, apply_rule
from publish.readings.evidence import Evidence
from publish.readings.shapes import initialisms, inner_capitals, odd_glyphs
from publish.readings.slots import lowered_words, misplaced_words
from publish.readings.spaces import joined_words, marks_apart, stray_apostrophes, torn_words
from publish.readings.words import misread_words

RULES: tuple[tuple[str, Callable[[Sequence[Block], Evidence], Proposals]], ...] = (
    ("scannos.initialism", initialisms),
    ("scannos.glyph", odd_glyphs),
    ("scannos.size", inner_capitals),
    ("scannos.joined", joined_words),
    ("scannos.torn", torn_words),
    ("scannos.apostrophe", stray_apostrophes),
    ("scannos.word", misread_words),
    ("scannos.place", misplaced_words),
    ("scannos.mark", marks_apart),
    ("scannos.capital", lowered_words),
)


def scannos(document: Document, edition: Edition) -> Document:
    """The document with its near-certain misreadings mended and the others queried."""
    if not edition.scannos:
        return document
    evidence = Evidence.from_context(Context.of(document, edition))
    for name, propose in RULES:
        document = apply_rule(document, _rule(name, propose, evidence), evidence)
    return document


def _rule(
    name: str, propose: Callable[[Sequence[Block], Evidence], Proposals], evidence: Evidence
) -> Rule:
    return Rule(name, lambda blocks, _: propose(blocks, evidence), Origin.SCAN)
