"""Which mark each quotation takes: by the kind the source has, or by how deep it stands.

English tells its levels by the kind of mark. Elsewhere the outer, inner and third marks are given
by what encloses what, as far as pairs are closed; a closing mark follows the mark that opened it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from publish.house_style import HouseStyle, Pair
from publish.stages.typography.manner import Manner
from publish.stages.typography.marks import Reading, Role
from publish.stages.typography.survivors import all_paired, doubtful, printed, proper_mark

_OPENING = {Role.DOUBLE_OPEN: "D", Role.SINGLE_OPEN: "S"}
_CLOSING = {Role.DOUBLE_CLOSE: "D", Role.SINGLE_CLOSE: "S"}
_OTHER = {Role.APOSTROPHE: "’", Role.PRIME: "′", Role.DOUBLE_PRIME: "″", Role.DITTO: "”"}
_ANGLES = re.compile(r"(?<!<)<<(?!<)|(?<!>)>>(?!>)")
# Marks a keyboard has: all others were set on purpose.
TYPED = frozenset(('"', "'", "`", "´", "``", "''", ",,"))


def glyphs(
    text: str,
    readings: Sequence[Reading],
    manner: Manner,
    single: bool,
    inner: bool,
) -> list[str]:
    """The mark of each reading. `single`: the source opens its speech with single marks;
    `inner`: its straight and English double marks stand beside proper outer ones, so that they
    are of the second level."""
    style = manner.style
    if not style.third:
        return _by_kind(readings, style, single)
    pairs, parents = _paired(readings)
    marks = [_OTHER.get(reading.role, "") for reading in readings]
    for opening in range(len(readings)):
        if readings[opening].role not in _OPENING:
            continue
        depth, up = 0, parents[opening]
        while up is not None:
            depth, up = depth + 1, parents[up]
        own = text[readings[opening].start : readings[opening].end]
        closing = readings[pairs[opening]] if opening in pairs else None
        other = text[closing.start : closing.end] if closing else ""
        pair = printed(own, other, style) if manner.keeps else None
        if pair is None:
            if manner.lossy and readings[opening].role is Role.DOUBLE_OPEN:
                depth = 0  # what seems to enclose it may be what was lost
            pair = _pair(readings[opening].role, own, depth, style, single, inner)
        marks[opening] = pair[0]
        if opening in pairs:
            marks[pairs[opening]] = pair[1]
    even = manner.keeps and not manner.sparse and all_paired(readings, pairs)
    for at, mark in enumerate(marks):
        proper = "" if even and mark else proper_mark(text, readings[at], manner)
        if proper:
            marks[at] = proper
            continue
        if manner.lossy and not _swapped(style, single) and doubtful(text, readings, at, pairs):
            marks[at] = text[readings[at].start : readings[at].end]
            continue
        if mark:
            continue
        if readings[at].role is Role.DOUBLE_CLOSE:  # of what was opened in another paragraph
            marks[at] = style.outer[1]
        elif text[max(readings[at].start - 1, 0) : readings[at].start] in tuple(".,!?…"):
            marks[at] = (style.outer if _swapped(style, single) else style.inner)[1]
        else:  # nothing opened it: the mark of a word cut short
            marks[at] = "’"
    return marks


def _by_kind(readings: Sequence[Reading], style: HouseStyle, single: bool) -> list[str]:
    double, one = style.outer, style.inner
    if single and style.primary != "keep":
        double, one = one, double
    mark = {
        Role.DOUBLE_OPEN: double[0],
        Role.DOUBLE_CLOSE: double[1],
        Role.SINGLE_OPEN: one[0],
        Role.SINGLE_CLOSE: one[1],
        **_OTHER,
    }
    return [mark[reading.role] for reading in readings]


def _swapped(style: HouseStyle, single: bool) -> bool:
    return style.primary == "double" and single


def _paired(readings: Sequence[Reading]) -> tuple[dict[int, int], dict[int, int | None]]:
    """Opening → closing reading, and opening reading → the closed one around it."""
    stack: list[int] = []
    pairs: dict[int, int] = {}
    around: dict[int, list[int]] = {}
    for at, reading in enumerate(readings):
        if reading.role in _OPENING:
            around[at] = list(stack)
            stack.append(at)
        elif reading.role in _CLOSING:
            kind = _CLOSING[reading.role]
            found = next((o for o in reversed(stack) if _OPENING[readings[o].role] == kind), None)
            if found is not None:
                pairs[found] = at
                del stack[stack.index(found) :]
    parents = {
        at: next((outer for outer in reversed(outers) if pairs.get(outer, -1) > at), None)
        for at, outers in around.items()
    }
    return pairs, parents


def _pair(role: Role, own: str, depth: int, style: HouseStyle, single: bool, inner: bool) -> Pair:
    levels = (style.outer, style.inner, style.third or style.outer)
    if role is Role.SINGLE_OPEN and depth == 0 and not _swapped(style, single):
        return style.alone or style.inner
    if role is Role.DOUBLE_OPEN and depth == 0 and inner and own in ('"', "“", "”"):
        return style.inner
    if style.nested and own == style.outer[0].strip():
        return style.outer
    return levels[min(depth, 2)]


def doubles_are_inner(texts: Iterable[str], style: HouseStyle) -> bool:
    """Whether the source has the style's own outer marks, and others only now and then.

    Only “ ” can be meant by these, as in French; other inner marks do not stand alone.
    """
    opener = style.outer[0].strip()
    if style.inner[0] != "“" or opener in '“”"' or not style.third:
        return False
    proper = straight = 0
    for text in texts:
        proper += text.count(opener)
        straight += text.count('"') + text.count("“") * (style.outer[1] != "“")
    return proper > 2 * straight


def speech_in_singles(texts: Iterable[str], elisions: Sequence[str]) -> bool:
    """Whether at least three paragraphs open with a single mark, and more than with another.

    `elisions` are words that a paragraph may begin with shortened ('t in Dutch).
    """
    singles = others = 0
    shortened = re.compile(rf"['‘’](?:{'|'.join(elisions)})(?!\w)") if elisions else None
    for text in texts:
        if text[:1] in ("'", "‘", "‚"):
            singles += not (shortened and shortened.match(text))
        else:
            others += text[:1] in tuple('"“”„«»—–') or text[:2] in ("--", "- ", ",,", "<<")
    return singles >= 3 and singles > others


def typed_guillemets(texts: Iterable[str]) -> bool:
    """Whether the source types its guillemets as pairs of angles: << and >> in equal numbers."""
    left = right = 0
    for text in texts:
        left += text.count("<<")
        right += text.count(">>")
    return bool(left) and left == right


def angles(text: str) -> Iterable[tuple[int, int, str]]:
    """(start, end, guillemet) for each pair of angles."""
    for match in _ANGLES.finditer(text):
        yield match.start(), match.end(), "«" if match[0] == "<<" else "»"
