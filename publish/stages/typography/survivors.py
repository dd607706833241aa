"""Marks in a text that has lost some: which of them stand as they were printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from publish.house_style import HouseStyle, Pair
from publish.stages.typography.manner import PAIRS, Manner
from publish.stages.typography.marks import OPENING, QUOTING, Reading, Role

CLOSING = QUOTING - OPENING


def _levels(style: HouseStyle) -> tuple[Pair, ...]:
    pairs = (style.outer, style.inner, style.third, style.alone)
    return tuple(pair for pair in pairs if pair)


def printed(opener: str, closer: str, style: HouseStyle) -> Pair | None:
    """The pair of the style that one of two marks belongs to as it stands; the outer one, where
    they differ: it is the commoner, and a scan makes others of it."""
    for pair in _levels(style):
        if pair[0].strip() == opener or pair[1].strip() == closer:
            return pair
    return (opener, closer) if (opener, closer) in PAIRS else None


def all_paired(readings: Sequence[Reading], pairs: Mapping[int, int]) -> bool:
    """Whether no double mark of a paragraph is without its partner."""
    partners = {*pairs, *pairs.values()}
    return all(
        at in partners
        for at, reading in enumerate(readings)
        if reading.role in (Role.DOUBLE_OPEN, Role.DOUBLE_CLOSE)
    )


def proper_mark(text: str, reading: Reading, manner: Manner) -> str:
    """The mark as it stands, with the spaces of the style, where it is a proper one for what it
    does and the manner of the document is to keep such; else ""."""
    sign, side = text[reading.start : reading.end], int(reading.role in CLOSING)
    if not (manner.keeps or manner.sparse) or (not side and reading.role not in OPENING):
        return ""
    for pair in _levels(manner.style):
        if pair[side].strip() == sign:
            return pair[side]
    odd = manner.sparse and sign in "«»„“”"
    return sign if odd or _shaped(sign, side, manner) else ""


def _shaped(sign: str, side: int, manner: Manner) -> bool:
    """Whether a mark has the shape of what opens (`side` 0) or closes (1) in the document."""
    if sign in "„‚":
        return side == 0
    if sign == "“":
        return (side == 1) == manner.closing
    if sign in "«»‹›" and manner.opener:
        return (side == 0) == (sign in {"«": "«‹", "»": "»›"}[manner.opener])
    return False


def doubtful(text: str, readings: Sequence[Reading], at: int, pairs: Mapping[int, int]) -> bool:
    """Whether a single mark opens what nothing closes, closes what nothing opens, or has its
    partner amid blanks: half of a double one, or an apostrophe, more likely than a quotation's."""
    if readings[at].role is Role.SINGLE_OPEN:
        return at not in pairs or _amid_blanks(text, readings[pairs[at]])
    if readings[at].role is not Role.SINGLE_CLOSE:
        return False
    opener = next((first for first, last in pairs.items() if last == at), None)
    return opener is None or _amid_blanks(text, readings[at])


def _amid_blanks(text: str, reading: Reading) -> bool:
    before, after = text[max(reading.start - 1, 0) : reading.start], text[reading.end :][:1]
    return before.isspace() and (not after or after.isspace())
