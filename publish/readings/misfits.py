"""Words and marks that are sound, and stand where none does: queries only.

Single marks without their partner, an apostrophe inside a word, a capital in mid-sentence, figures
among words, doubled words, and words out of their place in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from operator import eq
from typing import Any, NamedTuple

from publish.document import Block
from publish.ledger import Confidence, Edit, Proposals
from publish.readings.confusions import candidates
from publish.readings.doubts import query
from publish.readings.evidence import APART, SPACED_MARK, Evidence

INNER = re.compile(r"(?<![\w'’])([^\W\d_]+)['’]([^\W\d_]+)(?![\w'’])")
ENDINGS = frozenset("s d m t ll re ve st em er".split())  # what an apostrophe begins
HALVES = re.compile(r"(?<![\w-])([^\W\d_]+)- ([^\W\d_]+)")
LISTING = frozenset("and or to und oder bis et ou e o y".split())  # two- and three-masters
OPENED = re.compile(r"(?<=[a-z] )['‘]([a-z]{2,})(?![\w'’])")
CLOSED = re.compile(r"(?<![\w'‘’-])([a-z]+[a-mo-rt-z])['’](?= |$)")
QUOTED = re.compile(r"(?<!\w)['‘`](?=\w)")
CLOSING = re.compile(r"[\w,.!?;]['’](?!\w)")
FIGURES = re.compile(r"(?<=[a-z] )(?:[016]{2,3}|[01]n|0[a-z])(?= ([a-z]+))")
UNITS = frozenset("per of and to or in feet men women people children years hundred".split())
CAPITAL = re.compile(r"[COSVWXZ](?<=[a-z,] .)[a-z]+(?= [a-z]|[,;:.)])")
SMALL = re.compile(r"(?<![^\W_])[^\W\d_A-Z]{4,}")  # a word that titles set with a capital
DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]+) \1(?![\w'’-])")
BEFORE = re.compile(r"[^\W\d_]+(?= $)")
LONGEST = 24  # letters of the word before a misfit, and its space
NEAR = 1500  # characters in which a mark's partner is looked for
RARER = 3.5  # powers of ten between a word and the same with an apostrophe inside
PARTED = re.compile(r"\s*(?:ll|ve|re|s|t|d|m)\b")
SINGLE = re.compile(r"['‘](?<!\w.)\w")

# Cheap, and true wherever the pattern that begins with the same word is.
OPENED_MARK = re.compile(r" ['‘][a-z]")
CLOSED_MARK = re.compile(r"['’](?<=[a-mo-rt-z].)(?: |$)")
FIGURES_MARK = re.compile(r" [016]")


class Misfit(NamedTuple):
    """`word` between these neighbours is `meant`; a list that is empty asks nothing."""

    pattern: re.Pattern[str]
    meant: str
    after: frozenset[str]
    not_after: frozenset[str]
    not_before: frozenset[str]


def misfits(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """Queries for words and marks that are sound, and stand where none does."""
    if not evidence.lexicon.speaks:
        return
    data = evidence.language.subject("scannos")
    doubled, rows = frozenset(data.get("doubled", ())), _rows(data)
    elisions = frozenset(evidence.language.subject("typography").get("elisions", ()))
    singles = sum(len(SINGLE.findall(block.text.value)) for block in blocks)
    nouns = bool(data.get("nouns_capitalised"))
    quoting = singles > max(2, evidence.lexicon.size / 200)
    clues = _Clues.of(blocks, evidence, doubled)
    for index, block in enumerate(blocks):
        if block.kind in ("break", "table", "verse"):
            continue
        value = block.text.value
        edits = [
            *(_apostrophes(value, evidence) if index in clues.inner else ()),
            *(() if quoting else _singles(value, evidence, elisions)),
            *_marks(value, evidence),
            *(() if block.kind == "heading" or nouns else _capitals(value, evidence)),
            *(_doubled(value, doubled) if index in clues.doubled else ()),
            *_places(value, rows),
        ]
        for edit in sorted(edits):
            yield index, edit


class _Clues(NamedTuple):
    """The blocks, by index, whose words may be misfits."""

    inner: frozenset[int]
    doubled: frozenset[int]

    @classmethod
    def of(cls, blocks: Sequence[Block], evidence: Evidence, doubled: frozenset[str]) -> _Clues:
        vocabulary = evidence.vocabulary
        inner = [
            word
            for word in vocabulary.printed
            if ("'" in word or "’" in word)
            and (found := INNER.fullmatch(word))
            and _without_mark(found, evidence)
        ]
        twice = {
            index
            for index, words in enumerate(vocabulary.sequences())
            if any(map(eq, words, islice(words, 1, None)))
        }
        return cls(
            frozenset(vocabulary.to_search(blocks, inner)),
            frozenset({*twice, *vocabulary.changed(blocks)}),
        )


def _rows(data: Mapping[str, Any]) -> dict[str, Misfit]:
    return {
        row["word"]: Misfit(
            re.compile(rf"{row['word']}(?<= {row['word']}) ([^\W\d_]+)"),
            row["meant"],
            *(frozenset(row.get(name, ())) for name in ("after", "not_after", "not_before")),
        )
        for row in data.get("misfit", ())
    }


def _apostrophes(value: str, evidence: Evidence) -> Iterator[Edit]:
    for found in INNER.finditer(value):
        if joined := _without_mark(found, evidence):
            yield query(*found.span(), value, "an apostrophe inside a word", joined, found[0])


def _without_mark(found: re.Match[str], evidence: Evidence) -> str:
    """The word without its apostrophe, where that is much commoner than the word with it."""
    lexicon = evidence.lexicon
    if not lexicon.schooled:
        return ""  # elisions: qu'elle, gib's
    whole, joined = found[0].lower().replace("’", "'"), found[1] + found[2]
    listed = lexicon.listed(joined.lower())
    if listed < 4.5 or listed - lexicon.listed(whole) < RARER:
        return ""
    if found[2] in ENDINGS and (found[2] != "t" or found[1][-1:] == "n"):
        return ""
    return joined


def _singles(value: str, evidence: Evidence, elisions: frozenset[str]) -> Iterator[Edit]:
    lexicon = evidence.lexicon
    # where words lose their endings (hab', po') a misread one may: würd' is read as wird'
    clips = bool(evidence.language.subject("typography").get("clipped"))
    if "'" not in value and "‘" not in value and "’" not in value:
        return
    for found in OPENED.finditer(value) if OPENED_MARK.search(value) else ():
        word = found[1]
        if lexicon.listed(word) >= 5 and lexicon.listed("'" + word) < 4 and word not in elisions:
            if not CLOSING.search(value, found.end(), found.end() + NEAR):
                why = "a single mark that none closes"
                edit = query(*found.span(), value, why, word, found[0])
                printed = found[0][0] == "‘"  # opens, and may have lost its partner
                yield edit if printed else _sure(edit, value, evidence)
    for found in CLOSED.finditer(value) if CLOSED_MARK.search(value) else ():
        if PARTED.match(value, found.end()):
            continue  # you’ ll
        if lexicon.listed(found[1]) >= 5 and not QUOTED.search(
            value, max(found.start() - NEAR, 0), found.start()
        ):
            edit = query(*found.span(), value, "a single mark that none opens", found[1], found[0])
            yield edit if clips else _sure(edit, value, evidence)


def _sure(edit: Edit, value: str, evidence: Evidence) -> Edit:
    """The edit, certain where the word is a common one in sound company and prose is no dialect."""
    lexicon, word = evidence.lexicon, edit.new.lower()
    common = lexicon.listed(word) >= 5.5 and not lexicon.dialect
    if not lexicon.schooled:  # elisions: qu', hab', 'ne
        elided = any(lexicon.listed(word + vowel) >= lexicon.listed(word) - 1 for vowel in "aeiou")
        common = common and value[edit.end - 1] in "'’" and not elided
    if common and evidence.company.good(value, edit.start, edit.end, edit.new):
        return edit._replace(confidence=Confidence.CERTAIN)
    return edit


def _marks(value: str, evidence: Evidence) -> Iterator[Edit]:
    if not evidence.marks_apart and SPACED_MARK.search(value):
        for found in APART.finditer(value):
            if found[2] != ":" and value[found.start() - 1].isalpha():
                continue  # typography closes it
            yield query(*found.span(2), value, "a mark that stands apart")
    for found in HALVES.finditer(value) if "- " in value else ():
        if found[2].lower() not in LISTING:
            readings = f"{found[1]}-{found[2]}", found[1] + found[2]
            yield query(*found.span(), value, "a space behind a hyphen", *readings)
    for found in FIGURES.finditer(value) if FIGURES_MARK.search(value) else ():
        if not found[1].endswith("s") and found[1] not in UNITS:
            made = {w for w, _, _ in candidates(found[0]) if evidence.lexicon.listed(w) >= 5.0}
            ranked = sorted(made, key=lambda word: (-evidence.lexicon.listed(word), word))
            offered = (*ranked, found[0]) if ranked else ()
            yield query(*found.span(), value, "figures among words", *offered)


def _capitals(value: str, evidence: Evidence) -> Iterator[Edit]:
    if not SMALL.search(value):
        return  # a title, set in capitals: Chapter the Second.
    lexicon, printed = evidence.lexicon, evidence.vocabulary.printed
    for found in CAPITAL.finditer(value):
        word = found[0].lower()
        if printed.get(found[0], 0) < 2 and (printed.get(word, 0) or lexicon.listed(word) >= 5):
            yield query(*found.span(), value, "a capital in mid-sentence", word, found[0])


def _doubled(value: str, doubled: frozenset[str]) -> Iterator[Edit]:
    for found in DOUBLED.finditer(value):
        if found[1].islower() and found[1] not in doubled:
            yield query(*found.span(), value, "a word set twice", found[1], found[0])


def _places(value: str, rows: Mapping[str, Misfit]) -> Iterator[Edit]:
    for word, misfit in rows.items():
        if f" {word} " not in value:
            continue
        for found in misfit.pattern.finditer(value):
            start = found.start()
            left = BEFORE.search(value, max(start - LONGEST, 0), start)
            before, after = left[0].lower() if left else "", found[1].lower()
            if not before or (misfit.after and before not in misfit.after):
                continue
            if before in misfit.not_after or after in misfit.not_before:
                continue
            why = f"“{misfit.meant}” stands in this place of a sentence"
            yield query(start, start + len(word), value, why, misfit.meant, word)
