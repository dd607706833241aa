"""The marks of a text, and what stands beside each: the evidence that the reading weighs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

MARK = re.compile(r"(?<![\w,.]),,(?=[^\s,])|[\"'“”„‟‘’‚‛«»‹›`´]")
TEX_MARK = re.compile(r"``|''|(?<![\w,.]),,(?=[^\s,])|[\"'“”„‟‘’‚‛«»‹›`´]")
WORD = re.compile(r"[^\W\d_]+(?:['’‘][^\W\d_]+)*|\d+s?")
DASHES = frozenset("—–-―⸺⸻")
DOUBLES = frozenset(('"', "“", "”", "„", "‟", "«", "»", "``", "''", ",,"))
MARKS = frozenset("\"'“”„‟‘’‚‛«»‹›`´")
_OPENERS = frozenset("([{¿¡/")
_STOPS = frozenset(",.;:!?)]}…")


class Role(Enum):
    """What a mark is. Doubles and singles are told apart by what the source uses."""

    DOUBLE_OPEN = "opens a quotation"
    DOUBLE_CLOSE = "closes a quotation"
    SINGLE_OPEN = "opens a quotation (single)"
    SINGLE_CLOSE = "closes a quotation (single)"
    APOSTROPHE = "apostrophe"
    PRIME = "prime: feet or minutes"
    DOUBLE_PRIME = "double prime: inches or seconds"
    DITTO = "ditto mark"


OPENING = frozenset((Role.DOUBLE_OPEN, Role.SINGLE_OPEN))

QUOTING = OPENING | {Role.DOUBLE_CLOSE, Role.SINGLE_CLOSE}


class Reading(NamedTuple):
    """Characters start..end are a mark of this role; `other` is the role it may have as well,
    where both readings stand."""

    start: int
    end: int
    role: Role
    other: Role | None = None


class Mark(NamedTuple):
    """A mark and its neighbours.

    `before` and `after` are the characters beside it ("" at the ends of the text); `left` and
    `right` class what stands beyond any other marks there: " " for a blank, an end or an outer
    bracket, "-" for a dash, "." for a stop or an inner bracket, "w" for all else.
    """

    start: int
    end: int
    sign: str
    before: str
    after: str
    left: str
    right: str


_KNOT = 20  # marks side by side that are looked past; more mean nothing


def marks_of(text: str) -> list[Mark]:
    """The marks of a text in order."""
    paired = "``" in text or ",," in text or (_PAIR.search(text) and '"' not in text)
    pattern = TEX_MARK if paired else MARK
    found = list(pattern.finditer(text))
    if _RULE.search(text):  # a row of marks is a rule or rubbish, and quotes nothing
        rows = [match.span() for match in _RULE.finditer(text)]
        starts = [start for start, _ in rows]
        found = [m for m in found if not _within(m.start(), rows, starts)]
    return [_mark(text, match.start(), match.end()) for match in found]


_PAIR = re.compile(r"(?<![\w'])''(?=\w)")  # ''so'' for “so”
_RULE = re.compile(r"[\"'“”„‟‘’‚‛«»‹›`´]{6,}")


def _within(at: int, rows: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    place = bisect_right(starts, at) - 1
    return place >= 0 and at < rows[place][1]


def _mark(text: str, start: int, end: int) -> Mark:
    left, right, length = start - 1, end, len(text)
    first, last = max(start - _KNOT, -1), min(end + _KNOT, length)
    while left > first and text[left] in MARKS:
        left -= 1
    while right < last and text[right] in MARKS:
        right += 1
    lead, trail = text[left] if left >= 0 else "", text[right] if right < length else ""
    return Mark(
        start,
        end,
        text[start:end],
        text[start - 1] if start else "",
        text[end] if end < length else "",
        _class(lead, _OPENERS, _STOPS),
        _class(trail, frozenset("}"), _STOPS),
    )


def _class(char: str, outer: frozenset[str], stops: frozenset[str]) -> str:
    if not char or char.isspace() or char in outer:
        return " "
    if char in DASHES:
        return "-"
    return "." if char in stops else "w"


_DIGIT = re.compile(r"\d")
_MEASURE = re.compile(
    r"(?<![\w'’‘])\d+(?P<feet>['’]) ?\d{1,2}(?:\.\d+)? ?[½¼¾⅓⅔]?(?P<inches>[\"”])"
    r"|° ?\d{1,2}(?P<minutes>['’])(?: ?\d{1,2}(?:\.\d+)?(?P<seconds>[\"”]))?"
    r"|(?<![\w'’‘])\d+(?P<by>['’])(?= (?:by|x|×) \d+['’])"
    r"|(?<= by )\d+(?P<to>['’])(?! ?\d)|(?<= [x×] )\d+(?P<times>['’])(?! ?\d)"
    r"|(?<![\w\"“])\d+[½¼¾]?(?P<width>[\"”])(?= (?:by|x|×) \d)"
    r"|(?<= [x×] )\d+[½¼¾]?(?P<height>[\"”])"
)
_SINGLE_PRIMES = frozenset(("feet", "minutes", "by", "to", "times"))
_DITTO = re.compile(r"(?:(?<=  )|(?<=\t)|(?<=\n)|^)[\"”](?=\s{3}|\t|\n|$)")


def signs_of_measure(text: str) -> Iterator[tuple[int, Role]]:
    """The marks that are no quotation marks at all, by place: feet and inches, minutes and
    seconds of arc (6' 2", 51° 30' 12"), and the dittos of a column."""
    if "'" not in text and '"' not in text and "’" not in text and "”" not in text:
        return
    if _DIGIT.search(text):
        for match in _MEASURE.finditer(text):
            for name, found in match.groupdict().items():
                if found and not (
                    name == "to" and "' by " not in text[max(match.start() - 8, 0) : match.start()]
                ):
                    role = Role.PRIME if name in _SINGLE_PRIMES else Role.DOUBLE_PRIME
                    yield match.start(name), role
    if "  " in text or "\t" in text or "\n" in text:
        for match in _DITTO.finditer(text):
            if text.strip() != match[0]:
                yield match.start(), Role.DITTO
