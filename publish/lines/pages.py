"""Paragraphs set a line longer or shorter, so that pages fill: blocks in, changes of length out.

Where a page would end short because two lines must keep together, a compositor sets a paragraph of
that page one line tighter or wider, where that is not seen, or goes back to the pages before. Here
pages are filled as the layout will fill them (widows and orphans of two lines, headings and breaks
kept with their text), and where one stays short, the cheapest change that fills it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from math import floor
from typing import Final, NamedTuple

KEPT: Final = 2  # lines of a paragraph that stand together at a page's end or head
# How many paragraphs may be changed together, and of how many changes, the cheapest, it is tried.
TOGETHER: Final = ((1, 40), (2, 14), (3, 7))
BACK: Final = 5  # pages on which a change may fill the last of them
FEWEST: Final = 6  # lines that a last page should have
FEW: Final = 4  # where it cannot have those, any more than it has are worth it up to here
DEAREST: Final = 3e6  # what a change may cost, in the demerits of total_fit


class Block(NamedTuple):
    """What stands in the column, in lines. `top` and `bottom` are its margins, of which adjoining
    ones count once and those at a page's head and foot not at all; a `split` block may go over a
    page's end, behind one that `keeps` none may come, and before a `glued` one none."""

    lines: int
    top: int = 0
    bottom: int = 0
    split: bool = False
    keeps: bool = False
    glued: bool = False
    notes: tuple[tuple[int, float], ...] = ()  # a line, and the height of the notes it calls


class Place(NamedTuple):
    """Where a page begins: a block and the lines of it that stand on the pages before."""

    block: int
    line: int


# What it costs to set a block's paragraph longer (+1) or shorter (-1); None if it cannot be.
Cost = Callable[[int, int], float | None]


def fit(blocks: Sequence[Block], depth: int, cost: Cost) -> dict[int, int]:
    """Which blocks to set how many lines longer. `depth` is a page's in lines."""
    changed = _filled(blocks, depth, cost, {})
    left = _last_page(blocks, depth, changed)
    if 0 < left < FEWEST:
        for wanted in (-left, -left - 1, -left - 2, FEWEST - left, FEWEST - left + 2):
            other = _filled(blocks, depth, cost, _spread(blocks, wanted, cost))
            lines = _last_page(blocks, depth, other)
            if not 0 < lines < FEWEST:
                return other
            if left < lines and left < FEW:
                changed, left = other, lines
    return changed


def ends(blocks: Sequence[Block], depth: int, changed: dict[int, int]) -> Iterator[Place]:
    """Where each page but the first begins, as far as pages are known."""
    at = Place(0, 0)
    while at.block < len(blocks):
        after, _ = page(blocks, depth, at, changed)
        if after == at or after.block == len(blocks):
            return
        yield after
        at = after


def _filled(
    blocks: Sequence[Block], depth: int, cost: Cost, given: dict[int, int]
) -> dict[int, int]:
    changed = dict(given)
    starts = [Place(0, 0)]
    while starts[-1].block < len(blocks):
        after, used = page(blocks, depth, starts[-1], changed)
        if used < depth and after.block < len(blocks):
            # What nothing on the page itself can fill may be filled by what is on those before it.
            for count in range(1, min(BACK, len(starts)) + 1):
                first = starts[-count]
                changes = _best(blocks, depth, cost, first, count, after, changed)
                if changes:
                    changed |= changes
                    starts[-count:] = _starts(blocks, depth, first, count, changed)
                    after, _ = page(blocks, depth, starts[-1], changed)
                    break
        if after == starts[-1]:  # one block is higher than a page
            break
        starts.append(after)
    return changed


def _starts(
    blocks: Sequence[Block], depth: int, first: Place, count: int, changed: dict[int, int]
) -> list[Place]:
    """Where so many pages begin, the first of them at `first`; fewer if the text ends."""
    starts = [first]
    while len(starts) < count:
        after, _ = page(blocks, depth, starts[-1], changed)
        if after.block == len(blocks):
            break
        starts.append(after)
    return starts


def page(
    blocks: Sequence[Block], depth: int, start: Place, changed: dict[int, int]
) -> tuple[Place, int]:
    """Where the next page begins, and the lines this one has."""
    used, margin = 0, 0
    notes = 0.0  # the height of the notes at the foot
    best, best_used = start, 0
    for number in range(start.block, len(blocks)):
        block = blocks[number]
        lines = block.lines + changed.get(number, 0)
        first = start.line if number == start.block else 0
        gap = max(margin, block.top) if used else 0
        if used and not (block.glued or blocks[number - 1].keeps):
            best, best_used = Place(number, 0), used + depth - _room(depth, notes)
        fitting, below = _fitting(block, lines, first, depth - used - gap, notes)
        # What comes after it may have to keep with its last lines, even if it fits.
        stop = min(first + fitting, lines - KEPT)
        if block.split and stop >= max(KEPT, first + 1):
            _, above = _fitting(block, stop, first, depth, notes)
            best = Place(number, stop)
            best_used = used + gap + stop - first + depth - _room(depth, above)
        if fitting < lines - first:
            return (best, best_used) if best != start else (Place(number + 1, 0), depth)
        notes = below
        used += gap + lines - first
        margin = block.bottom
    return Place(len(blocks), 0), used


def _fitting(block: Block, lines: int, first: int, room: int, notes: float) -> tuple[int, float]:
    """How many lines of a block fit, from `first` on, and the height of the notes then."""
    if not block.notes:
        return min(_room(room, notes), lines - first), notes
    called = dict(block.notes)
    for number in range(first, lines):
        below = notes + called.get(number, 0.0)
        if number - first + 1 > _room(room, below):
            return number - first, notes
        notes = below
    return lines - first, notes


def _room(room: int, notes: float) -> int:
    """The whole lines of text that notes leave; they stand a line below it."""
    return floor(room - 1 - notes + 1e-6) if notes else room


def _best(
    blocks: Sequence[Block],
    depth: int,
    cost: Cost,
    first: Place,
    count: int,
    after: Place,
    changed: dict[int, int],
) -> dict[int, int]:
    """The cheapest change of a paragraph of so many pages, else of two or three, that leaves fewer
    of them short; `after` is where the page behind them begins now."""
    here = range(first.block + (first.line > 0), min(after.block + 1, len(blocks)))
    able = sorted(
        (each, number, by)
        for number in here
        if _may_change(blocks[number]) and number not in changed
        for by in (1, -1)
        for each in [cost(number, by)]
        if each is not None and each < DEAREST
    )
    now = _short(blocks, depth, first, count, changed)
    for many, among in TOGETHER:
        for changes in _sets(able[:among], many):
            if _short(blocks, depth, first, count, changed | changes) < now:
                return changes
    return {}


def _sets(able: list[tuple[float, int, int]], many: int) -> list[dict[int, int]]:
    """The changes of so many paragraphs, the cheapest first."""
    found = [
        (sum(each for each, _, _ in some), {number: by for _, number, by in some})
        for some in combinations(able, many)
    ]
    found = [each for each in found if each[0] < DEAREST and len(each[1]) == many]
    return [changes for _, changes in sorted(found, key=lambda each: each[0])]


def _short(
    blocks: Sequence[Block], depth: int, first: Place, count: int, changed: dict[int, int]
) -> int:
    """How many of so many pages are not full, though the text goes on behind them."""
    at, short = first, 0
    for _ in range(count):
        at, used = page(blocks, depth, at, changed)
        if at.block == len(blocks):
            break
        short += used < depth
    return short


def _may_change(block: Block) -> bool:
    """With its calls, notes would change their pages."""
    return block.split and block.lines > 1 and not block.notes


def _spread(blocks: Sequence[Block], wanted: int, cost: Cost) -> dict[int, int]:
    """So many lines more or fewer, from the paragraphs where it costs least."""
    by = 1 if wanted > 0 else -1
    costs = [
        (each, number)
        for number, block in enumerate(blocks)
        if _may_change(block)
        for each in [cost(number, by)]
        if each is not None and each < DEAREST
    ]
    return {number: by for _, number in sorted(costs)[: abs(wanted)]}


def _last_page(blocks: Sequence[Block], depth: int, changed: dict[int, int]) -> int:
    """The lines of the last page; 0 if there is but one."""
    at, pages, used = Place(0, 0), 0, 0
    while at.block < len(blocks):
        after, used = page(blocks, depth, at, changed)
        if after == at:
            return 0
        at, pages = after, pages + 1
    return used if pages > 1 else 0
