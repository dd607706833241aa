"""The reading of quotation marks: which of them open, which close, which are apostrophes.

No mark is read by itself. All readings of a paragraph's marks are followed at once, each with the
quotations it leaves open; a mark costs what its neighbours speak against it, a quotation what
speaks against its extent, and the reading of least cost wins. Where another reading costs little
more, the mark is left unsure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from publish.stages.typography.elisions import Elisions
from publish.stages.typography.marks import (
    DOUBLES,
    WORD,
    Mark,
    Reading,
    Role,
    marks_of,
    signs_of_measure,
)
from publish.stages.typography.weigh import double, single

UNSURE = 0.35  # a reading this little better than the next is a guess
_BEAM = 10  # readings followed at once
_HOPELESS = 6.0  # a reading that costs this much more than the best is given up
_DEEPEST = 6  # quotations within one another; more are a knot of signs
_NEAR = 600  # characters of a quotation that are looked at
_PARTED = 60  # marks back to where two readings may part

_SAME_GLYPH = frozenset((Role.SINGLE_CLOSE, Role.APOSTROPHE))

Stack = tuple[tuple[str, int], ...]
"""What is open, outermost first: kind (d, s) and the index of the mark; -1 for one carried over
from the paragraph before."""


class Step(NamedTuple):
    """One mark's role in one reading of the paragraph, and the readings it was preferred to."""

    past: Step | None
    at: int
    role: Role
    rivals: list[tuple[float, Step | None]]


class _Path(NamedTuple):
    cost: float
    stack: Stack
    last: Step | None
    carried: bool = False


class Paragraph(NamedTuple):
    """The readings of a paragraph's marks, the kinds (d, s) still open at its end, and the kinds
    that it began within."""

    readings: list[Reading]
    opened: tuple[str, ...]
    carried: tuple[str, ...]


def read_marks(
    text: str, elisions: Elisions, opened: Sequence[str] = (), following: str = ""
) -> Paragraph:
    """The reading of a paragraph.

    `opened` are the kinds open at the end of the paragraph before, `following` is the beginning
    of the paragraph after, which says whether a speech runs on.
    """
    marks = marks_of(text)
    if not marks:
        return Paragraph([], (), ())
    fixed = dict(signs_of_measure(text))
    paths = [_Path(0.0, (), None)]
    if opened:
        repeats = marks[0].start == 0 and (marks[0].sign in DOUBLES) == (opened[0] == "d")
        carried = tuple((kind, -1) for kind in opened)
        paths.append(_Path(2.5 if repeats else 0.15, carried, None, True))
    roles: list[Role | None] = [None] * len(marks)
    for index, mark in enumerate(marks):
        if mark.start in fixed:
            roles[index] = fixed[mark.start]
            continue
        if mark.sign in DOUBLES:
            costs = double(text, mark, elisions)
        elif mark.before.isalnum() and mark.after.isalnum():
            roles[index] = Role.APOSTROPHE
            continue
        else:
            costs = single(text, mark, elisions)
        if len(costs) == 1 and costs[0][0] is Role.APOSTROPHE:
            roles[index] = Role.APOSTROPHE
            continue
        paths = _advance(paths, index, costs, text, marks, elisions)
    best = _best(paths, following, text, marks, elisions)
    readings = _result(marks, roles, best)
    kinds = tuple(kind for kind, _ in best.stack)
    return Paragraph(readings, kinds, tuple(opened) if best.carried else ())


def _advance(
    paths: list[_Path],
    index: int,
    costs: list[tuple[Role, float]],
    text: str,
    marks: Sequence[Mark],
    elisions: Elisions,
) -> list[_Path]:
    found: dict[Stack, _Path] = {}
    for path in paths:
        for role, cost in costs:
            extra, stack = _turn(path.stack, role, index, text, marks, elisions)
            total = path.cost + cost + extra
            other = found.get(stack)
            if other is None:
                found[stack] = _Path(total, stack, Step(path.last, index, role, []), path.carried)
            elif total < other.cost:
                rivals = [(other.cost - total, other.last)]
                found[stack] = _Path(
                    total, stack, Step(path.last, index, role, rivals), path.carried
                )
            elif other.last is not None and total - other.cost < 1:
                other.last.rivals.append((total - other.cost, Step(path.last, index, role, [])))
    kept = sorted(found.values(), key=lambda path: path.cost)[:_BEAM]
    return [path for path in kept if path.cost - kept[0].cost < _HOPELESS]


def _turn(
    stack: Stack, role: Role, index: int, text: str, marks: Sequence[Mark], elisions: Elisions
) -> tuple[float, Stack]:
    """What a role costs after what is open, and what is open then."""
    if role is Role.APOSTROPHE:
        return 0.0, stack
    kind = "d" if role in (Role.DOUBLE_OPEN, Role.DOUBLE_CLOSE) else "s"
    primary = "s" if elisions.single_primary else "d"
    if role is Role.DOUBLE_OPEN or role is Role.SINGLE_OPEN:
        if len(stack) >= _DEEPEST:
            return _HOPELESS, stack
        if stack and stack[-1][0] == kind:
            past = marks[stack[-1][1]].end if stack[-1][1] >= 0 else 0
            cost = 3.5 if text[past : min(past + _NEAR, marks[index].start)].strip() else 6.0
            if marks[index].before in "([" and marks[index].before:
                cost = 1.0  # an aside has quotations of its own
        elif any(open == kind for open, _ in stack):
            cost = 0.8  # three deep
        elif stack:
            cost = 0.3 if kind != primary else 1.0
        else:
            cost = 0.0 if kind == primary else 0.5
        return cost, (*stack, (kind, index))
    depth = len(stack) - 1
    while depth >= 0 and stack[depth][0] != kind:
        depth -= 1
    if depth < 0:
        mixed = len(stack) == 1 and index == len(marks) - 1  # "So?'
        lost = 3.0 if elisions.lossy else 4.2
        return 2.5 if mixed else lost, stack
    cost = sum(_unclosed(item, text, marks, elisions) for item in stack[depth + 1 :])
    if kind == "s" and stack[depth][1] >= 0:
        cost += _extent(text, marks[stack[depth][1]], marks[index], elisions)
    return cost, stack[:depth]


def _unclosed(item: tuple[str, int], text: str, marks: Sequence[Mark], elisions: Elisions) -> float:
    """What it costs that nothing closes a quotation before the outer one or the paragraph ends."""
    kind, at = item
    if at < 0 or kind == ("s" if elisions.single_primary else "d"):
        return 3.5
    word = WORD.match(text, marks[at].end)
    speaks = word is not None and word[0][0].isupper() and elisions.weight(word[0]) < 0
    return 2.4 if speaks else 4.2


def _extent(text: str, first: Mark, last: Mark, elisions: Elisions) -> float:
    """What speaks against single marks around these words."""
    inside = text[first.end : min(last.start, first.end + _NEAR)]
    if not inside:
        return 4.0
    bare = inside.lstrip("'’ ").rstrip(",.!?;: ")
    if WORD.fullmatch(bare.replace("-", "")):
        shortened = elisions.weight(bare) >= 1.5 or elisions.shortened(bare) >= 0.4
        cost = -0.6 if shortened else -1.8
        return cost - 2.0 if first.sign == "‘" and last.sign == "’" else cost
    words = inside.count(" ")
    cost = -0.3 if words < 4 else 0.0
    if not elisions.single_primary:
        if inside[:1].islower() and words > 12:
            cost += 0.8
    if words > 6 and last.left == "w" and (last.right == " " or elisions.dialect):
        cost += 0.8 + 0.6 * elisions.dialect
    return cost


def _best(
    paths: list[_Path], following: str, text: str, marks: Sequence[Mark], elisions: Elisions
) -> _Path:
    """The cheapest path, what it leaves open included; its rivals on its last step."""
    runs_on = {"d": following[:1] in DOUBLES and following[:1] != "", "s": False}
    runs_on["s"] = following.lstrip('"“')[:1] in ("'", "‘", "’", "`")
    ended = []
    for path in paths:
        cost = path.cost
        for kind, at in path.stack:
            main = kind == ("s" if elisions.single_primary else "d")
            if at < 0:
                continue  # a quotation may run on through any number of paragraphs
            if runs_on[kind]:
                cost += 0.3 if main else 1.0
            else:
                cost += 2.0 if main else _unclosed((kind, at), text, marks, elisions)
        ended.append(path._replace(cost=cost))
    ended.sort(key=lambda path: path.cost)
    best = ended[0]
    if best.last is not None:
        best.last.rivals.extend((path.cost - best.cost, path.last) for path in ended[1:])
    return best


def _result(marks: Sequence[Mark], roles: list[Role | None], best: _Path) -> list[Reading]:
    others: dict[int, tuple[float, Role]] = {}
    step = best.last
    while step is not None:
        roles[step.at] = step.role
        for gap, rival in step.rivals:
            if gap < UNSURE:
                _differences(step, rival, gap, others)
        step = step.past
    return [
        Reading(mark.start, mark.end, role, others[index][1] if index in others else None)
        for index, (mark, role) in enumerate(zip(marks, roles, strict=True))
        if role is not None
    ]


def _differences(
    step: Step | None, rival: Step | None, gap: float, others: dict[int, tuple[float, Role]]
) -> None:
    """Where two readings part, up to where they come from one."""
    for _ in range(_PARTED):
        if step is rival or step is None or rival is None or step.at != rival.at:
            return
        mine, theirs = step.role, rival.role
        if mine is not theirs and not {mine, theirs} <= _SAME_GLYPH:
            if step.at not in others or gap < others[step.at][0]:
                others[step.at] = (gap, theirs)
        step, rival = step.past, rival.past
