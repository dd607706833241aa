"""Verse: lines that were ended on purpose, as their places on the page or their capitals show.

Short lines set in from the body show it by their place. A line of prose begins with a capital by
chance only, wherever its sentence happens to be broken; lines that all do so, page after page,
are verse however wide they run and wherever they begin.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from publish.structure.layout import DASHED, Layout, Line, ended, first_letter, quoted
from publish.structure.paragraphs import chunks

BY_CHANCE: Final = math.log(1e-6)  # as unlikely as capitals must be to be no accident
WIDEST: Final = 90  # columns of a line of verse
TURNED: Final = 4  # columns by which the rest of such a line is set in, at least
PROSAIC: Final = math.log(20)  # what a small letter at the head of a line takes from the evidence
INNER: Final = re.compile(r"(?<=[^\W\d_] |[,;] )[^\W\d_]")  # the first letter of a word in a line


def verse(lines: Sequence[Line], layout: Layout, body: int) -> bool:
    """Whether the lines were ended on purpose, every one of them, as verse is.

    Short lines that mostly begin with capitals and do not fill the measure; set in from the body,
    or with a ragged pattern of indents, or followed by lines that would have fitted.
    """
    if len(lines) < 2 or len(lines) > 60:
        return False
    inset = min(line.indent for line in lines) >= body + 3
    if inset and _lined(lines, layout):
        return True
    limit = layout.width * 0.86
    ends = [line.end for line in lines]
    if max(ends) > limit and sum(end > limit for end in ends) * 6 > len(lines):
        return False
    if not any(c.islower() for line in lines for c in line.text):
        return False  # a title in capitals
    starts = [first_letter(line.text) for line in lines]
    capital = sum(letter.isupper() for letter in starts)
    deliberate = sum(
        before.end + 1 + len(after.text.split(" ", 1)[0]) < limit
        for before, after in pairwise(lines)
    )
    if deliberate < len(lines) - 1 - len(lines) // 6:
        return False
    if inset:
        return capital * 2 > len(lines) or len({line.indent for line in lines}) > 1
    stops = sum(ended(line.text) for line in lines)
    speech = sum(quoted(line.text) for line in lines)
    return (
        capital * 5 >= len(lines) * 4
        and len(lines) > 2
        and stops * 2 <= len(lines)
        and speech * 2 < len(lines)
        and max(ends) < layout.width * 0.75
    )


def _lined(lines: Sequence[Line], layout: Layout) -> bool:
    """Whether inset lines are verse however long they are: all begin with capitals, two in three
    were ended where the next word would have fitted the full measure, and they are not one-line
    paragraphs, each a sentence or a turn of speech."""
    if len(lines) < 3 or not all(first_letter(line.text).isupper() for line in lines):
        return False
    if not any(c.islower() for line in lines for c in line.text):
        return False  # a title in capitals
    pairs = list(pairwise(lines))
    fitted = sum(
        before.end + 1 + len(after.text.split(" ", 1)[0]) < layout.width for before, after in pairs
    )
    stops = sum(ended(before.text) for before, _ in pairs)
    turns = sum(quoted(after.text) and ended(before.text) for before, after in pairs)
    return fitted * 3 >= len(pairs) * 2 and stops * 2 <= len(pairs) and not turns


def body_indent(lines: Sequence[Line]) -> int:
    """The indent of most lines."""
    return Counter(line.indent for line in lines).most_common(1)[0][0] if lines else 0


class Run(NamedTuple):
    """Lines without a blank line between them: how many begin with a capital that no sentence
    asks for, how many with a small letter, of how many that could."""

    lines: list[Line]
    large: int
    small: int
    pairs: int


def lines_of_verse(lines: Sequence[Line], layout: Layout) -> frozenset[int]:
    """The indexes of lines in runs whose every line begins with a capital, where chance does not
    make it so: in the text's own sentences a word seldom has one, or often, as in German.

    Runs next to each other speak for one another, as the stanzas of a poem do; a run too short to
    say anything goes with them if it is no wider than they are, or leaves much of the measure
    empty where none says enough alone.
    """
    short = layout.width * 0.75
    chance = math.log(chance_of_capital(lines))
    found: set[int] = set()
    pool: list[Run] = []
    for run in [*map(_run, chunks(lines)), None]:
        if run is not None and not run.pairs and len(run.lines) == 1:
            continue  # a title between stanzas
        if run is not None and run.small * 6 <= run.pairs and _narrow(run.lines):
            pool.append(run)
            continue
        found |= _sung(pool, chance, short)
        pool = []
    return frozenset(found)


def chance_of_capital(lines: Sequence[Line]) -> float:
    """The share of words within lines and within sentences that begin with a capital, as a line
    of prose would by chance."""
    letters = [letter for line in lines for letter in INNER.findall(line.text)]
    large = sum(letter.isupper() for letter in letters)
    share: float = (large + 4) / (len(letters) + 20)  # a short text tells little
    return share


def _run(lines: list[Line]) -> Run:
    large = 0
    small = pairs = int(first_letter(lines[0].text).islower())
    for before, line in pairwise(lines):
        letter = first_letter(line.text)
        if not letter.isalpha() or not (_worded(before) and _worded(line)):
            continue  # under a title or the name of a speaker
        if letter.islower() and line.indent >= before.indent + TURNED:
            continue  # the end of a line too long for the page
        pairs += 1
        small += letter.islower()
        stop = ended(before.text) or DASHED.search(before.text) or before.text[-1:] == ":"
        large += letter.isupper() and not stop
    return Run(lines, large, small, pairs)


def _worded(line: Line) -> bool:
    """Whether the line has small letters, so that its capitals mean something."""
    return any(c.islower() for c in line.text)


def _narrow(lines: Sequence[Line]) -> bool:
    return all(len(line.text) <= WIDEST for line in lines)


def _sung(pool: Sequence[Run], chance: float, short: float) -> set[int]:
    """The indexes of the lines of runs that together are too many capitals for chance."""
    evidence = sum(run.large * chance + run.small * PROSAIC for run in pool)
    if evidence > BY_CHANCE:
        return set()
    telling = [line.end for run in pool if run.large > 2 for line in run.lines]
    widest = max(telling, default=short)
    return {
        line.index
        for run in pool
        if run.large > 2 or max(line.end for line in run.lines) <= widest
        for line in run.lines
    }
