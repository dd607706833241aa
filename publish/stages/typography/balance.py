"""Quotations that do not balance: marks that close nothing, and marks that nothing closes.

Where a mark was lost is never certain (a speech that runs over paragraphs has no closing mark
until its last), so nothing is set: the place is put to the editor, with both readings.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from publish.ledger import Confidence, Edit
from publish.stages.typography.marks import QUOTING, Reading, Role

_KINDS = {
    Role.DOUBLE_OPEN: ("d", True), Role.DOUBLE_CLOSE: ("d", False),
    Role.SINGLE_OPEN: ("s", True), Role.SINGLE_CLOSE: ("s", False),
}  # fmt: skip
_ENDS = frozenset(".!?")
_SHORT = 40  # characters; a speech of so few words and a full stop is not left open over paragraphs
_STOPS = frozenset(",.;:!?…—")
_START_IN_TEXT = re.compile(r"(?<=[.,;:!?—] )\w|(?<=—)\w")
_STOP_IN_TEXT = re.compile(r"[,.!?…—](?= )")


def unbalanced(
    text: str, readings: Sequence[Reading], carried: Sequence[str]
) -> tuple[list[Reading], list[Reading], list[Reading]]:
    """The marks of a paragraph that close nothing; those that nothing in it closes; and those
    that another of their kind follows in the same line before they are closed.

    `carried` are the kinds (d, s) of quotation that the paragraph began within.
    """
    stack: list[tuple[str, Reading | None]] = [(kind, None) for kind in carried]
    unopened: list[Reading] = []
    unclosed: list[Reading] = []
    doubled: list[Reading] = []
    for reading in readings:
        kind, opens = _KINDS.get(reading.role, ("", False))
        if opens:
            if stack and stack[-1][0] == kind and not _begins_line(text, reading.start):
                _, lost = stack.pop()
                doubled += [lost] if lost else []
            stack.append((kind, reading))
        elif kind and any(open == kind for open, _ in stack):
            while stack[-1][0] != kind:
                _, lost = stack.pop()
                unclosed += [lost] if lost else []
            stack.pop()
        elif kind:
            unopened.append(reading)
    unclosed += [reading for _, reading in stack if reading]
    return unopened, unclosed, doubled


def _begins_line(text: str, at: int) -> bool:
    while at and text[at - 1] == " ":
        at -= 1
    return at > 0 and text[at - 1] == "\n"


def unopened_queries(
    text: str, unopened: Sequence[Reading], readings: Sequence[Reading], glyphs: Mapping[Role, str]
) -> Iterator[Edit]:
    """A query where each mark that closes nothing may have been opened: at the paragraph's first
    letter, or at the first sentence after the quotation before."""
    ends = [r.end for r in readings if r.role in QUOTING]
    for reading in unopened:
        double = reading.role is Role.DOUBLE_CLOSE
        mark = glyphs[Role.DOUBLE_OPEN if double else Role.SINGLE_OPEN]
        place = bisect_left(ends, reading.end)
        before = ends[max(place - 1, 0) : place]
        at = 0
        if before or not text[:1].isalnum():
            start = _START_IN_TEXT.search(text, before[-1] if before else 0, reading.start)
            if not start:
                continue
            at = start.start()
        words = text[max(reading.start - 24, 0) : reading.start].split()[-3:]
        why = f"nothing opens the quotation closed after “{' '.join(words)}”"
        new = mark + text[at]
        yield Edit(at, at + 1, new, why, Confidence.DOUBTFUL, (new, text[at]))


def runs_on(text: str, readings: Sequence[Reading]) -> bool:
    """Whether a speech may go on in the next paragraph: one of a few words that holds no other
    quotation does not."""
    plain = sum(reading.role in QUOTING for reading in readings) == 1
    return not plain or len(text) > _SHORT or text.rstrip()[-1:] not in _ENDS


def doubled_queries(
    text: str, doubled: Sequence[Reading], glyphs: Mapping[Role, str]
) -> Iterator[Edit]:
    """A query at the first stop after each mark that another follows before it is closed."""
    for reading in doubled:
        double = reading.role is Role.DOUBLE_OPEN
        mark = glyphs[Role.DOUBLE_CLOSE if double else Role.SINGLE_CLOSE]
        stop = _STOP_IN_TEXT.search(text, reading.end)
        if stop:
            at, new = stop.start(), stop[0] + mark
            words = text[reading.end : reading.end + 24].split()[:3]
            why = f"another quotation opens before the one before “{' '.join(words)}” is closed"
            yield Edit(at, at + 1, new, why, Confidence.DOUBTFUL, (new, stop[0]))


def unclosed_queries(
    text: str, unclosed: Sequence[Reading], glyphs: Mapping[Role, str]
) -> Iterator[Edit]:
    """A query at the paragraph's last stop for the first mark that nothing closes."""
    for reading in unclosed[:1]:
        double = reading.role is Role.DOUBLE_OPEN
        mark = glyphs[Role.DOUBLE_CLOSE if double else Role.SINGLE_CLOSE]
        end = len(text.rstrip())
        last = text[end - 1 : end]
        if last in _STOPS and last:
            words = text[reading.end : reading.end + 24].split()[:3]
            why = f"nothing closes the quotation opened before “{' '.join(words)}”"
            yield Edit(end - 1, end, last + mark, why, Confidence.DOUBTFUL, (last + mark, last))
