"""Misreadings: near-certain ones are put right, all other suspicious places are queried.

The rules live in `publish.readings`; this stage runs them in order of trust. What one rule has put
right is evidence for the next.
"""

from __future__ import annotations

from publish.context import Context
from publish.document import Document
from publish.edition import Edition
from publish.ledger import Origin, Rule, apply_rule
from publish.readings.shapes import initialisms, odd_glyphs
from publish.readings.slots import lowered_words, misplaced_words
from publish.readings.spaces import joined_words, stray_apostrophes, torn_words
from publish.readings.words import misread_words

RULES = (
    Rule("scannos.initialism", initialisms, Origin.SCAN),
    Rule("scannos.glyph", odd_glyphs, Origin.SCAN),
    Rule("scannos.joined", joined_words, Origin.SCAN),
    Rule("scannos.torn", torn_words, Origin.SCAN),
    Rule("scannos.apostrophe", stray_apostrophes, Origin.SCAN),
    Rule("scannos.word", misread_words, Origin.SCAN),
    Rule("scannos.place", misplaced_words, Origin.SCAN),
    Rule("scannos.capital", lowered_words, Origin.SCAN),
)


def scannos(document: Document, edition: Edition) -> Document:
    """The document with its near-certain misreadings mended and the others queried."""
    if not edition.scannos:
        return document
    context = Context.of(document, edition)
    for rule in RULES:
        document = apply_rule(document, rule, context)
    return document
