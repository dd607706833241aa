"""The language of foreign passages: phrases in italics, quotations and whole blocks are marked.

Screen readers, hyphenation and spelling need it (WCAG 2.1, 3.1.2). A passage is marked only where
its words leave no doubt: two small words of one language, nearly all words common in that language
and far less so in the book's own, and no third language as near. Latin has no word list here and
stays unmarked, as do single foreign words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from publish.document import Block, Document, Mark
from publish.edition import Edition
from publish.language import FOLDER, common_words, load_language

WORD = re.compile(r"[^\W\d_]+")
QUOTED = re.compile(r"[“„«»‘‚›‹”]\s?([^“”„«»]{12,600}?)\s?[”“»«’‘‹›](?!\w)")
SKIPPED = frozenset({"break", "table", "figure"})
FEWEST = {"emphasis": 3, "quotation": 4, "block": 6}  # words a passage must have
HITS = 2  # distinct small words of one language that make a passage worth a look
DENSITY = 0.15  # and their least share of its distinct words
KNOWN = 0.85  # share of its words that the language must have
COMMON = 5.5  # from this Zipf value on a word is everyday language
FOREIGN = 0.66  # share of its words that must be commoner there than here, by one Zipf unit
DISTANCE = 1.5  # how much commoner its words must be there than here, in Zipf units, as a mean
MARGIN = 0.4  # and how much commoner than in any third language


def foreign(document: Document, edition: Edition) -> Document:
    """The document with "language" marks on what is surely of another language than the book."""
    own = load_language(edition.metadata.language).code
    small = _small_words(own)
    every = frozenset().union(*(words for code, words in small.items() if code != own))
    blocks = list(document.blocks)
    for index, block in enumerate(blocks):
        lower = block.text.value.lower()
        if block.kind in SKIPPED or every.isdisjoint(lower.split()):
            continue  # nearly all blocks of nearly all books
        if len(every.intersection(WORD.findall(lower))) < HITS:
            continue
        marks = list(_marks(block, own, small))
        if marks:
            blocks[index] = replace(block, text=block.text.with_marks(marks))
    return replace(document, blocks=tuple(blocks))


@cache
def _small_words(own: str) -> Mapping[str, frozenset[str]]:
    """Language → its small words, those of the book's own language only with that."""
    here = frozenset(load_language(own).subject("foreign").get("words", ()))
    found = {own: here}
    for path in sorted(FOLDER.glob("*/foreign.toml")):
        code = path.parent.name
        if code != own:
            found[code] = frozenset(load_language(code).subject("foreign")["words"]) - here
    return found


def _marks(block: Block, own: str, small: Mapping[str, frozenset[str]]) -> Iterator[Mark]:
    value = block.text.value
    if any(mark.kind == "language" for mark in block.text.marks):
        return
    passages = list(_passages(block))
    whole = _whole(value, passages, own, small)
    if whole:
        yield Mark(0, len(value), "language", whole)
        return
    taken: list[tuple[int, int]] = []
    for start, end, kind in passages:
        if any(a < end and start < b for a, b in taken):
            continue
        tag = language_of(value[start:end], own, small, FEWEST[kind])
        if tag:
            taken.append((start, end))
            yield Mark(start, end, "language", tag)


def _whole(
    value: str,
    passages: Sequence[tuple[int, int, str]],
    own: str,
    small: Mapping[str, frozenset[str]],
) -> str:
    """The language of the whole block, if what stands outside its passages is of it as well."""
    rest, at = "", 0
    for start, end, _ in sorted(passages):
        rest += value[at:start]
        at = max(at, end)
    rest += value[at:]
    tag = language_of(rest, own, small, FEWEST["block"])
    return tag if tag and tag == language_of(value, own, small, FEWEST["block"]) else ""


def _passages(block: Block) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of what might be foreign: italics first, for they are often just that."""
    for mark in block.text.marks:
        if mark.kind == "emphasis":
            yield mark.start, mark.end, "emphasis"
    for found in QUOTED.finditer(block.text.value):
        yield *found.span(1), "quotation"


def language_of(text: str, own: str, small: Mapping[str, frozenset[str]], fewest: int) -> str:
    """The language of a passage, or "" unless it is surely another than the book's."""
    # wordfreq folds its words: weiß is weiss
    words = [word for word in WORD.findall(text.casefold()) if len(word) > 1]
    if len(words) < fewest:
        return ""
    distinct = set(words)
    if len(distinct) * 2 < len(words) and len(words) < 12:
        return ""  # La, la, la
    hits = {code: len(distinct & those) for code, those in small.items()}
    dense = max(HITS, DENSITY * len(distinct))
    near = [code for code in hits if hits[code] >= dense and code != own]
    if not near or hits[own] >= max(hits[code] for code in near):
        return ""
    here = common_words(own)
    if sum(here.get(word, 0.0) >= COMMON for word in words) > (1 - FOREIGN) * len(words):
        return ""  # told without reading another language's list
    scores = {code: _mean(words, code) for code in near}
    best = max(near, key=lambda code: (scores[code], code))
    there = common_words(best)
    known = sum(word in there for word in words)
    apart = sum(there.get(word, 0.0) >= here.get(word, 0.0) + 1 for word in words)
    sure = (
        known >= KNOWN * len(words)
        and apart >= FOREIGN * len(words)
        and scores[best] - _mean(words, own) >= DISTANCE
        and all(scores[best] - scores[code] >= MARGIN for code in near if code != best)
    )
    return best if sure else ""


def _mean(words: Sequence[str], code: str) -> float:
    known = common_words(code)
    return sum(known.get(word, 0.0) for word in words) / len(words)
