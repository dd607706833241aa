"""Numbers of headings in sequence: which values they have, where a scanner read some wrongly.

Each heading has readings with a cost; each step of the sequence has one too. The values with the
least cost together are taken (Viterbi, "Error bounds for convolutional codes", 1967).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

UNREAD = 2.6  # against a value that the glyphs do not show
SKIPPED, SKIPPED_MORE = 1.5, 0.6  # against a heading that was lost between two, and each further
REPEATED = 4.0  # against a number that does not rise
AGAIN = 2.0  # against a clear I that begins a sequence anew with no heading over it
BEGUN_LATE = 0.7  # against a sequence that does not begin with one
MOST = 60  # values that are weighed where nothing can be read


class Numbered(NamedTuple):
    """A heading in a sequence: the `readings` of its number (value → cost), whether a sequence may
    begin anew with it, and whether text stands between it and the heading that it is under."""

    readings: Mapping[int, float]
    fresh: bool
    late: bool = False


def values_of(sequence: Sequence[Numbered]) -> list[int]:
    """The value of each heading of a sequence, in order."""
    costs: dict[int, float] = {}
    steps: list[dict[int, int]] = []
    for at, heading in enumerate(sequence):
        values = set(heading.readings)
        if (costs and any(cost > 0 for cost in heading.readings.values())) or not values:
            values |= {value + 1 for value in costs if value < MOST}
        if not values:
            values = {1}
        now: dict[int, float] = {}
        came: dict[int, int] = {}
        for value in sorted(values):
            own = heading.readings.get(value, UNREAD)
            best, source = min(
                ((cost + _step(before, value, heading), before) for before, cost in costs.items()),
                default=(_begin(value, heading), 0),
            )
            if at and heading.fresh:
                least = min(costs, key=lambda v: (costs[v], v))
                anew = costs[least] + _begin(value, heading)
                if anew < best:
                    best, source = anew, least
            now[value] = own + best
            came[value] = source
        costs = now
        steps.append(came)
    if not costs:
        return []
    value = min(costs, key=lambda v: (costs[v], v))
    out = [value]
    for came in reversed(steps[1:]):
        value = came[value]
        out.append(value)
    return out[::-1]


def _begin(value: int, heading: Numbered) -> float:
    """Against a sequence that begins with the value; where text stands before it, the first may
    have been lost."""
    if heading.late:
        return 0.0 if value <= 2 else BEGUN_LATE
    return 0.0 if value == 1 else BEGUN_LATE


def _step(before: int, value: int, heading: Numbered) -> float:
    if value == before + 1:
        return 0.0
    if value > before:
        return SKIPPED + SKIPPED_MORE * (value - before - 2)
    if value == 1 and heading.readings.get(1) == 0.0:
        return AGAIN
    return REPEATED
