"""Paragraphs set a line longer or shorter, so that pages fill: blocks in, changes of length out.

Where a page would end short because two lines must keep together, a compositor sets a paragraph of
that page one line tighter or wider, where that is not seen. Here pages are filled as the layout
will fill them (widows and orphans of two lines, headings and breaks kept with their text), and
where one stays short, the cheapest such change that fills it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from math import floor
from typing import Final, NamedTuple

KEPT: Final = 2  # lines of a paragraph that stand together at a page's end or head
TRIED: Final = 10  # paragraphs of a page, the likeliest first
PAIRED: Final = 6
FEWEST: Final = 6  # lines that a last page should have
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
            if not 0 < _last_page(blocks, depth, other) < FEWEST:
                return other
    return changed


def _filled(
    blocks: Sequence[Block], depth: int, cost: Cost, given: dict[int, int]
) -> dict[int, int]:
    changed = dict(given)
    at = Place(0, 0)
    while at.block < len(blocks):
        after, used = page(blocks, depth, at, changed)
        if used < depth and after.block < len(blocks):
            changes = _best(blocks, depth, cost, at, after, changed, depth - used)
            if changes:
                changed |= changes
                after, _ = page(blocks, depth, at, changed)
        if after == at:  # one block is higher than a page
            break
        at = after
    return changed


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
    start: Place,
    after: Place,
    changed: dict[int, int],
    short: int,
) -> dict[int, int]:
    """The cheapest change of one paragraph of the page, or of two, that fills it."""
    last = min(after.block, len(blocks) - 1)
    here = [
        number
        for number in range(start.block + (start.line > 0), last + 1)
        if _may_change(blocks[number]) and number not in changed
    ]
    singles = [{number: by} for number in here for by in (1, -1)]
    found = _cheapest(_filling(blocks, depth, start, changed, singles), cost)
    if not found and short > 1:
        pairs = [{a: by, b: by} for a, b in combinations(here[-PAIRED:], 2) for by in (1, -1)]
        found = _cheapest(_filling(blocks, depth, start, changed, pairs), cost)
    return found


def _may_change(block: Block) -> bool:
    """With its calls, notes would change their pages."""
    return block.split and block.lines > 1 and not block.notes


def _filling(
    blocks: Sequence[Block],
    depth: int,
    start: Place,
    changed: dict[int, int],
    tried: Iterable[dict[int, int]],
) -> list[dict[int, int]]:
    """The changes that fill the page, those first that are likely to cost least: a longer paragraph
    has more places to give."""
    filling = []
    for changes in tried:
        after, used = page(blocks, depth, start, changed | changes)
        if used == depth or after.block >= len(blocks):
            filling.append(changes)
    return sorted(filling, key=lambda changes: -min(blocks[number].lines for number in changes))


def _cheapest(tried: list[dict[int, int]], cost: Cost) -> dict[int, int]:
    best: tuple[float, dict[int, int]] = DEAREST, {}
    for changes in tried[:TRIED]:
        each = [cost(number, by) for number, by in changes.items()]
        total = sum(DEAREST if one is None else one for one in each)
        if total < best[0]:
            best = total, changes
    return best[1]


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
