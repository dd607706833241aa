"""Words and marks that are sound, and stand where none does: queries only.

Single marks without their partner, an apostrophe inside a word, a capital in mid-sentence, figures
among words, doubled words, and words out of their place in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from publish.document import Block
from publish.ledger import Confidence, Edit, Proposals
from publish.readings.doubts import query
from publish.readings.evidence import APART, Evidence

INNER = re.compile(r"(?<![\w'’])([^\W\d_]+)['’]([^\W\d_]+)(?![\w'’])")
ENDINGS = frozenset("s d m t ll re ve st em er".split())  # what an apostrophe begins
HALVES = re.compile(r"(?<![\w-])([^\W\d_]+)- ([^\W\d_]+)")
LISTING = frozenset("and or to und oder bis et ou e o y".split())  # two- and three-masters
OPENED = re.compile(r"(?<=[a-z] )['‘]([a-z]{2,})(?![\w'’])")
CLOSED = re.compile(r"(?<![\w'‘’-])([a-z]+[a-mo-rt-z])['’](?= |$)")
QUOTED = re.compile(r"(?<!\w)['‘](?=\w)")
CLOSING = re.compile(r"[\w,.!?;]['’](?!\w)")
FIGURES = re.compile(r"(?<=[a-z] )(?:[016]{2,3}|[01]n|0[a-z])(?= ([a-z]+))")
UNITS = frozenset("per of and to or in feet men women people children years hundred".split())
CAPITAL = re.compile(r"(?<=[a-z,] )[COSVWXZ][a-z]+(?= [a-z]|[,;:.)])")
DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]+) \1(?![\w'’-])")
NEAR = 1500  # characters in which a mark's partner is looked for
RARER = 3.5  # powers of ten between a word and the same with an apostrophe inside
SINGLE = re.compile(r"(?<!\w)['‘]\w")


class Misfit(NamedTuple):
    """`word` between these neighbours is `meant`; a list that is empty asks nothing."""

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
    quoting = singles > max(2, evidence.lexicon.size / 200)
    for index, block in enumerate(blocks):
        if block.kind in ("break", "table", "verse"):
            continue
        value = block.text.value
        edits = [
            *_apostrophes(value, evidence),
            *(() if quoting else _singles(value, evidence, elisions)),
            *_marks(value, evidence),
            *_words(value, evidence, doubled),
            *_places(value, rows),
        ]
        for edit in sorted(edits):
            yield index, edit


def _rows(data: Mapping[str, Any]) -> dict[str, Misfit]:
    return {
        row["word"]: Misfit(
            row["meant"],
            *(frozenset(row.get(name, ())) for name in ("after", "not_after", "not_before")),
        )
        for row in data.get("misfit", ())
    }


def _apostrophes(value: str, evidence: Evidence) -> Iterator[Edit]:
    lexicon = evidence.lexicon
    if "'" not in value and "’" not in value:
        return
    for found in INNER.finditer(value):
        whole, joined = found[0].lower().replace("’", "'"), found[1] + found[2]
        listed = lexicon.listed(joined.lower())
        if listed >= 4.5 and listed - lexicon.listed(whole) >= RARER:
            if found[2] not in ENDINGS or (found[2] == "t" and found[1][-1:] != "n"):
                yield query(*found.span(), value, "an apostrophe inside a word", joined, found[0])


def _singles(value: str, evidence: Evidence, elisions: frozenset[str]) -> Iterator[Edit]:
    lexicon = evidence.lexicon
    if "'" not in value and "‘" not in value and "’" not in value:
        return
    for found in OPENED.finditer(value):
        word = found[1]
        if lexicon.listed(word) >= 5 and lexicon.listed("'" + word) < 4 and word not in elisions:
            if not CLOSING.search(value, found.end(), found.end() + NEAR):
                why = "a single mark that none closes"
                yield _sure(query(*found.span(), value, why, word, found[0]), value, evidence)
    for found in CLOSED.finditer(value):
        if lexicon.listed(found[1]) >= 5 and not QUOTED.search(
            value, max(found.start() - NEAR, 0), found.start()
        ):
            why = "a single mark that none opens"
            yield _sure(query(*found.span(), value, why, found[1], found[0]), value, evidence)


def _sure(edit: Edit, value: str, evidence: Evidence) -> Edit:
    """The edit, certain where the word is a common one in sound company and prose is no dialect."""
    common = evidence.lexicon.listed(edit.new.lower()) >= 5.5 and not evidence.lexicon.dialect
    if common and evidence.company.good(value, edit.start, edit.end, edit.new):
        return edit._replace(confidence=Confidence.CERTAIN)
    return edit


def _marks(value: str, evidence: Evidence) -> Iterator[Edit]:
    if not evidence.marks_apart:
        for found in APART.finditer(value):
            yield query(*found.span(2), value, "a mark that stands apart")
    for found in HALVES.finditer(value):
        if found[2].lower() not in LISTING:
            readings = f"{found[1]}-{found[2]}", found[1] + found[2]
            yield query(*found.span(), value, "a space behind a hyphen", *readings)
    for found in FIGURES.finditer(value):
        if not found[1].endswith("s") and found[1] not in UNITS:
            yield query(*found.span(), value, "figures among words")


def _words(value: str, evidence: Evidence, doubled: frozenset[str]) -> Iterator[Edit]:
    lexicon, printed = evidence.lexicon, evidence.vocabulary.printed
    for found in CAPITAL.finditer(value):
        word = found[0].lower()
        if printed.get(found[0], 0) < 2 and (printed.get(word, 0) or lexicon.listed(word) >= 5):
            yield query(*found.span(), value, "a capital in mid-sentence", word, found[0])
    for found in DOUBLED.finditer(value):
        if found[1].islower() and found[1] not in doubled:
            yield query(*found.span(), value, "a word set twice", found[1], found[0])


def _places(value: str, rows: Mapping[str, Misfit]) -> Iterator[Edit]:
    for word, misfit in rows.items():
        if f" {word} " not in value:
            continue
        for found in re.finditer(rf"(?:([^\W\d_]+) )?\b{word}\b(?: ([^\W\d_]+))?", value):
            before, after = (found[1] or "").lower(), (found[2] or "").lower()
            if misfit.after and before not in misfit.after:
                continue
            if not before or before in misfit.not_after or not after or after in misfit.not_before:
                continue
            start = found.end(1) + 1
            why = f"“{misfit.meant}” stands in this place of a sentence"
            yield query(start, start + len(word), value, why, misfit.meant, word)
