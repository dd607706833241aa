"""Where the editor's decisions stand in the source, and what is wrong with those that do not.

A decision quotes the source as it was delivered; blanks at the ends of its lines do not count.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from publish.document import Source
from publish.edition import Edition
from publish.errors import EditionError, Problems, PublishError
from publish.ledger import Origin, Status

LISTED = frozenset((Origin.PRINT, Origin.UNSURE))


class Place(NamedTuple):
    """Characters from column `start` of line `first` to column `end` of line `last`; lines count
    from 1, columns from 0, end excluded."""

    first: int
    start: int
    last: int
    end: int


class Decision(NamedTuple):
    """`now` is None where the editor keeps the reading."""

    place: Place
    was: str
    now: str | None
    why: str
    origin: Origin
    rule: str
    listed: bool = True  # of a kept reading: whether the book tells that it was doubted

    @property
    def status(self) -> Status:
        if self.now is None:
            return Status.RETAINED if self.listed else Status.PASSED
        return Status.EMENDED if self.origin in LISTED else Status.SILENT


def decisions_of(source: Source, edition: Edition) -> list[Decision]:
    """All corrections and kept readings of the edition, by place.

    Raises EditionError, or Problems for several, unless each stands where it should and no two
    meddle with the same characters.
    """
    problems: list[PublishError] = []
    found = sorted(_decisions(source, edition, problems), key=lambda d: d.place)
    problems += _overlaps(found)
    if problems:
        for problem in problems:
            problem.file = edition.path("corrections.toml")
        raise problems[0] if len(problems) == 1 else Problems(problems)
    return found


def _decisions(
    source: Source, edition: Edition, problems: list[PublishError]
) -> Iterator[Decision]:
    for emended in edition.emends:
        place = _find(source, emended.line, emended.was, "was", problems)
        if place:
            yield Decision(place, emended.was, emended.now, emended.why, emended.origin, "emend")
    for stet in edition.stets:
        place = _find(source, stet.line, stet.text, "text", problems)
        if place:
            kept = (None, stet.why, Origin.UNSURE, "emend.stet", stet.listed)
            yield Decision(place, stet.text, *kept)
    for replaced in edition.replaces:
        places = list(_everywhere(source, replaced.was))
        if len(places) != replaced.count:
            problems.append(
                EditionError(
                    f"“{_shown(replaced.was)}” stands {_times(len(places))} in the source, "
                    f"not {_times(replaced.count)}.",
                    detail=_where(places),
                    hint="Set `count` to what is right, or correct each place with [[emend]].",
                )
            )
            continue
        for place in places:
            yield Decision(
                place, replaced.was, replaced.now, replaced.why, replaced.origin, "emend.replace"
            )


def quoted(source: Source, start: int, end: int, taken: Sequence[tuple[int, int]] = ()) -> Place:
    """The place of source characters start..end as a decision can quote it: beginning and ending
    with ink, and widened by neighbouring words until what it quotes begins once on its line.

    It is widened into the `taken` ranges, which other decisions quote, only if it must be.
    """
    text = source.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:  # between two words: both of them
        start, end = _word_before(text, start), _word_after(text, end)
    left = True
    while not _once(source, start, end):
        back, on = _word_before(text, start), _word_after(text, end)
        may_back = source.line_of(back) == source.line_of(start) and back < start
        if may_back and (left or on == end) and not (_meets(taken, back, start) and on > end):
            start, left = back, False
        elif on > end and not (_meets(taken, end, on) and may_back):
            end, left = on, True
        elif may_back:
            start, left = back, False
        else:
            break
    first, last = source.line_of(start), source.line_of(max(end - 1, start))
    starts = source.line_starts
    return Place(first, start - starts[first - 1], last, end - starts[last - 1])


def _meets(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(ranges, (end, -1))
    return any(s < end and e > start for s, e in ranges[max(at - 1, 0) : at])


def range_of(source: Source, place: Place) -> tuple[int, int]:
    """The source characters, start..end, of a place."""
    starts = source.line_starts
    return starts[place.first - 1] + place.start, starts[place.last - 1] + place.end


def as_quoted(source: Source, start: int, end: int) -> str:
    """Source characters start..end as [[emend]] quotes them: no blanks at line ends."""
    rows = source.text[start:end].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join([*(row.rstrip() for row in rows[:-1]), rows[-1]]).replace("\f", " ")


def place_of(source: Source, line: int, was: str) -> Place | None:
    """Where `was` begins on `line`, if it does so exactly once."""
    if not 1 <= line <= len(source.line_starts):
        return None
    places = _beginning_on(source, line, was) or _beginning_on(source, line, was.rstrip())
    return places[0] if len(places) == 1 else None


def _once(source: Source, start: int, end: int) -> bool:
    if start >= end:
        return False
    was = source.text[start:end].replace("\r\n", "\n").replace("\r", "\n").replace("\f", " ")
    return len(_beginning_on(source, source.line_of(start), was)) == 1


def _word_before(text: str, at: int) -> int:
    """Where the word begins that ends at or before `at`."""
    while at and text[at - 1].isspace():
        at -= 1
    while at and not text[at - 1].isspace():
        at -= 1
    return at


def _word_after(text: str, at: int) -> int:
    """Where the word ends that begins at or after `at`."""
    while at < len(text) and text[at].isspace():
        at += 1
    while at < len(text) and not text[at].isspace():
        at += 1
    return at


def _find(
    source: Source, line: int, was: str, key: str, problems: list[PublishError]
) -> Place | None:
    """Where `was` begins on `line`; a problem is added unless it does so exactly once."""
    if not 1 <= line <= len(source.line_starts):
        message = f"there is no line {line}: the source has {len(source.line_starts)} lines."
        problems.append(EditionError(message, detail=f"{key}: {_shown(was)}"))
        return None
    places = _beginning_on(source, line, was) or _beginning_on(source, line, was.rstrip())
    if len(places) == 1:
        return places[0]
    if places:
        message = f"“{_shown(was)}” stands {_times(len(places))} on line {line}."
        hint = f"Quote more of the line in `{key}`, so that one place is meant."
    else:
        message = f"line {line} of the source does not contain “{_shown(was)}”."
        hint = _elsewhere(source, line, was)
    stands = " / ".join(
        line_of for n in range(line, line + was.count("\n") + 1) if (line_of := source.line(n))
    )
    problems.append(EditionError(message, detail=f"It reads: {stands}", hint=hint))
    return None


def _beginning_on(source: Source, line: int, was: str) -> list[Place]:
    wanted = _trimmed(was)
    if not wanted.strip():
        return []
    count = wanted.count("\n") + 1
    rows = [source.line(n).rstrip().replace("\f", " ") for n in range(line, line + count)]
    if not rows[0].strip() or not rows[-1].strip():
        return []
    text, places = "\n".join(rows), []
    at = text.find(wanted)
    while 0 <= at <= len(rows[0]):
        end = at + len(wanted)
        column = end - (text.rfind("\n", 0, end) + 1)
        places.append(Place(line, at, line + count - 1, column))
        at = text.find(wanted, at + 1)
    return places


def _trimmed(was: str) -> str:
    """`was` without the blanks before its line ends, which do not count."""
    *rows, last = was.replace("\r\n", "\n").split("\n")
    return "\n".join([*(row.rstrip() for row in rows), last])


def _everywhere(source: Source, was: str) -> Iterator[Place]:
    first = _trimmed(was).split("\n")[0]
    for number in range(1, len(source.line_starts) + 1):
        if first in source.line(number):
            yield from _beginning_on(source, number, was)


def _elsewhere(source: Source, line: int, was: str) -> str:
    """Where else `was` begins, if anywhere; else how corrections are written."""
    near = sorted(_everywhere(source, was), key=lambda place: abs(place.first - line))
    if near and was.strip():
        return f"It stands on line {near[0].first}."
    return "Corrections quote the source exactly, as it was before any other change."


def _overlaps(decisions: Sequence[Decision]) -> Iterator[EditionError]:
    for one, other in pairwise(decisions):
        if (other.place.first, other.place.start) < (one.place.last, one.place.end):
            yield EditionError(
                f"two decisions overlap on line {other.place.first}: "
                f"“{_shown(one.was)}” and “{_shown(other.was)}”.",
                hint="Make one of them, or shorten what they quote.",
            )


def _shown(text: str) -> str:
    return text.replace("\n", " / ")


def _times(count: int) -> str:
    return {0: "nowhere", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _where(places: Sequence[Place]) -> str:
    if not places:
        return ""
    numbers = ", ".join(str(place.first) for place in places[:20])
    return f"It stands on line {numbers}" + (" …" if len(places) > 20 else ".")
