"""Stops and the spaces beside them: end.The, dark .The, lit , and, Mr, Brown; queries only.

Also a comma at the end of a paragraph that another sentence follows: a stop read for a comma, or a
paragraph that should go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from publish.document import Block
from publish.ledger import Confidence, Edit, Proposals
from publish.readings.doubts import query
from publish.readings.evidence import Evidence

RUN_ON = re.compile(r"(?<![\w.'’-])([^\W\d_]{2,})( ?)([.!?])([\"”’]?)([^\W\d_]+)(?![\w.@/])")
APART = re.compile(r"([^\W_]+)( +)([.,])(?= |$)")
CLOSE = re.compile(r"(?<=[^\W_])[.,](?= |$)")
CLUE = re.compile(r"[^\W\d_] ?[.!?][\"”’]?[^\W\d_]")  # cheap, and true wherever RUN_ON is
COMMON = 3.0  # likelihood of the word before a stop that lost its space
FEWEST = 6  # words of a paragraph that is no salutation or line of a list


def stops(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """Queries for stops that stand wrongly, or for which commas stand."""
    if not evidence.lexicon.speaks:
        return
    titles = _titles(evidence)
    apart = _set_apart(blocks)
    for index, block in enumerate(blocks):
        value = block.text.value
        if block.kind in ("break", "table"):
            continue
        edits = [
            *(_run_on(value, evidence) if CLUE.search(value) else ()),
            *(() if apart else _apart(value)),
            *(_after_title(value, titles) if titles and "," in value else ()),
        ]
        for edit in sorted(edits):
            yield index, edit
    yield from _at_ends(blocks)


def _likely(start: int, end: int, value: str, why: str, *readings: str) -> Edit:
    return query(start, end, value, why, *readings)._replace(confidence=Confidence.LIKELY)


def _run_on(value: str, evidence: Evidence) -> Iterator[Edit]:
    """end.The, dark .The: a known word, a stop, and a known word with a capital."""
    listed = evidence.lexicon.listed
    for found in RUN_ON.finditer(value):
        left, _, stop, mark, right = found.groups()
        if not left[-1].islower() or not (
            right == "I" or (right[0].isupper() and right[1:].islower())
        ):
            continue
        if listed(left.lower()) < COMMON or listed(right.lower()) < COMMON:
            continue
        if not (left.islower() or evidence.lexicon.sound(left.lower())):
            continue
        why = (
            "the space stands on the wrong side of the stop"
            if found[2]
            else "no space after the stop"
        )
        yield _likely(*found.span(), value, why, f"{left}{stop}{mark} {right}")


def _apart(value: str) -> Iterator[Edit]:
    for found in APART.finditer(value) if " ," in value or " ." in value else ():
        if found[3] == "." and value[found.end() : found.end() + 2] in (" .", " …"):
            continue  # points of an omission
        yield _likely(*found.span(), value, "a mark that stands apart", found[1] + found[3])


def _set_apart(blocks: Sequence[Block]) -> bool:
    """Whether commas and stops have a space before them throughout: it was printed so."""
    values = [block.text.value for block in blocks]
    apart = sum(len(APART.findall(value)) for value in values if " ," in value or " ." in value)
    return apart > 8 and apart * 4 > sum(len(CLOSE.findall(value)) for value in values)


def _titles(evidence: Evidence) -> re.Pattern[str] | None:
    """Titles that stand before names, with the comma that none of them takes. One that may stand
    behind its name (Smith, Dr, is …) or end a place (Main St, London) is left out."""
    data = evidence.language.subject("typography").get("titles", ())
    often = [title for title in data if title in BEFORE_NAMES]
    if not often:
        return None
    return re.compile(rf"(?<![\w.])({'|'.join(map(re.escape, often))}),(?= [A-Z][a-z]+)")


BEFORE_NAMES = frozenset("Mr Mrs Ms Messrs Dr Mme Mlle Sr Sra Srta Hr Hrn Frl".split())


def _after_title(value: str, titles: re.Pattern[str]) -> Iterator[Edit]:
    for found in titles.finditer(value):
        why = "a comma behind a title: a stop, or none"
        yield _likely(*found.span(), value, why, f"{found[1]}.", found[0], found[1])


def _at_ends(blocks: Sequence[Block]) -> Proposals:
    for index, (block, after) in enumerate(pairwise(blocks)):
        value, following = block.text.value.rstrip(), after.text.value
        if not value.endswith(",") or {block.kind, after.kind} != {"paragraph"}:
            continue
        if block.within or after.within or value.count(" ") + 1 < FEWEST:
            continue
        if following[:1].isupper() and following[1:2] not in ("", "."):
            why = "the paragraph ends with a comma, and another sentence follows"
            yield index, query(len(value) - 1, len(value), value, why, ".", ",")
