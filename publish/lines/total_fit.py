"""Where the lines of a paragraph break, all of them weighed together.

After D. E. Knuth and M. F. Plass, "Breaking paragraphs into lines" (Software: Practice and
Experience 11, 1981): each line costs by how far its word spaces are stretched or shrunk, and the
cheapest way through the paragraph wins. Besides hyphens, ladders and runts have their price here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

SPACE, HYPHEN, DASH, COMPOUND, TIED, END = range(6)  # COMPOUND: behind a hyphen that stays

STRETCH: Final = 0.6  # of a word space, for a badness of 100
SHRINK: Final = 0.2  # of a word space: the least that still parts two words of EB Garamond
TOLERANCES: Final = (2.2, 4.0, 10.0, 1e9)  # stretch ratios tried one after another
HYPHEN_PENALTY: Final = 500
DASH_PENALTY: Final = 15
CONSECUTIVE: Final = 2e4  # two hyphens in a row
LADDER: Final = 1e6  # three or more
RUNT: Final = 2e5  # a last line no wider than twice the indent
LAST_DIVIDED: Final = 1e4  # a word divided into the last line
FRAGMENT: Final = 1e6  # a last line that is the rest of a word and nothing else
UNTIED: Final = 2e6  # a break at a space that should not break: better than a hole in the line
SCRAP: Final = 2e6  # a last line of a syllable
SQUEEZE: Final = 0.0133  # of a line, its indent too, which its type may be made smaller by
SPREAD: Final = 0.02  # of a line's width, which its type may be made larger by
EASY: Final = 1.6  # the stretch ratio from which on it is
RAG: Final = 0.12  # of the measure: how much shorter a line of ragged text may well be
SCALED: Final = 4e4  # a line of smaller or larger type
UNEVEN: Final = 2500  # a tight line beside a loose one


class Break(NamedTuple):
    """A place where a line may end. `end` is where it ends, its hyphen included, `start` where the
    line after begins, both measured along the unbroken paragraph; `spaces` and `spaces_after` count
    the word spaces before them."""

    end: float
    start: float
    spaces: int
    spaces_after: int
    kind: int


class _Node(NamedTuple):
    at: int
    start: float
    spaces: int
    cost: float
    before: _Node | None
    hyphens: int
    fitness: int
    lines: int


def choose(
    breaks: Sequence[Break],
    measure: float,
    space: float,
    indent: float = 0.0,
    runt: float = 0.0,
    ragged: bool = False,
) -> list[int] | None:
    """The indices of the breaks to take, the last of them the paragraph's end; None if some word
    is wider than the measure. `space` is the width of a word space, `runt` the width a last line
    should exceed; all in the same unit. With `ragged`, spaces keep their width and lines are to be
    of about one length."""
    for tolerance in TOLERANCES:
        ends = _ends(breaks, measure, space, indent, runt, tolerance, ragged, False)
        if ends:
            return _way(ends[0])
    return None


def lengths(
    breaks: Sequence[Break],
    measure: float,
    space: float,
    indent: float = 0.0,
    runt: float = 0.0,
    ragged: bool = False,
    whole: frozenset[int] = frozenset(),
) -> dict[int, tuple[float, list[int]]]:
    """For each number of lines that the paragraph can well be set in: its cost, and the breaks.
    The lines `whole`, counted from 0, end with no hyphen."""
    ends = _ends(breaks, measure, space, indent, runt, TOLERANCES[0], ragged, True, whole)
    return {node.lines: (node.cost, _way(node)) for node in ends}


def _way(node: _Node) -> list[int]:
    """The breaks that lead to a node."""
    chosen = []
    while node.before is not None:
        chosen.append(node.at)
        node = node.before
    return chosen[::-1]


def _ends(
    breaks: Sequence[Break],
    measure: float,
    space: float,
    indent: float,
    runt: float,
    most: float,
    ragged: bool,
    counted: bool,
    whole: frozenset[int] = frozenset(),
) -> list[_Node]:
    """The cheapest way to the paragraph's end, as its last node; if `counted`, one for each number
    of lines. None of its lines is stretched by a ratio over `most`."""
    stretch, shrink = space * STRETCH, space * SHRINK
    squeeze, even = SQUEEZE, 0.0
    if ragged:
        shrink = squeeze = 0.0
        even = measure * RAG
    # Those after a node begin further right: what is far too loose from it is looser from them.
    hopeless = 2 * most + 1
    active = [_Node(-1, -indent, 0, 0.0, None, 0, 1, 0)]
    for at, (end, start, spaces, spaces_after, kind) in enumerate(breaks):
        best: dict[int, tuple[float, _Node, int, int]] = {}
        passed = False
        for node in active:
            gaps = spaces - node.spaces
            width = end - node.start
            room = measure - width
            cost = 0.0
            if room < 0:
                if room < -gaps * shrink - 1e-9:
                    if kind == END or room < -gaps * shrink - width * squeeze:
                        passed = passed or room < -gaps * shrink - width * squeeze
                        continue
                    cost += SCALED
                    ratio = -1.0
                else:
                    ratio = room / (gaps * shrink) if gaps and shrink else 0.0
            elif kind == END:
                ratio = 0.0
            elif ragged:
                ratio = room / even
            else:
                ratio = room / ((gaps or 0.5) * stretch)
                if ratio > EASY and gaps:
                    ratio = max(EASY, (room - width * SPREAD) / (gaps * stretch))
                    cost += SCALED
            if ratio > most:
                if ratio > hopeless:
                    break
                continue
            badness = 100 * abs(ratio) ** 3
            hyphens = 0
            if kind in (HYPHEN, COMPOUND):
                if node.lines in whole:
                    continue
                penalty = HYPHEN_PENALTY if kind == HYPHEN else DASH_PENALTY
                cost += (10 + badness + penalty) ** 2
                hyphens = node.hyphens + 1
                if hyphens > 1:
                    cost += LADDER if hyphens > 2 else CONSECUTIVE
            elif kind == DASH:
                cost += (10 + badness + DASH_PENALTY) ** 2
            elif kind == TIED:
                cost += (10 + badness) ** 2 + UNTIED
            else:
                cost += (10 + badness) ** 2
                if kind == END:
                    if end - node.start < runt and node.before:
                        cost += SCRAP if end - node.start < runt * 0.7 else RUNT
                    if node.hyphens:
                        cost += LAST_DIVIDED if gaps else FRAGMENT
            fitness = 2 if ratio > 1 else 1 if ratio > -0.5 else 0
            if abs(fitness - node.fitness) > 1:
                cost += UNEVEN
            cost += node.cost
            lines = node.lines + 1 if counted else 0
            if lines not in best or cost < best[lines][0]:
                best[lines] = cost, node, hyphens, fitness
        # A hyphen may be too wide where the whole word still fits: only a break without one
        # shows that the lines that began there are full.
        if passed and kind != HYPHEN:
            active = [
                node
                for node in active
                if measure - (end - node.start)
                >= -(spaces - node.spaces) * shrink - (end - node.start) * squeeze - 1e-9
            ]
        for lines, (cost, node, hyphens, fitness) in best.items():
            active.append(_Node(at, start, spaces_after, cost, node, hyphens, fitness, lines))
        if not active:
            return []
    return [node for node in active if node.at == len(breaks) - 1]
