"""Which word of one text answers to which word of another: two lists of words in, pairs out.

Runs of words that stand equally often in both texts are the anchors; of these the longest chain
that rises in both is kept (patience). Between two anchors the same is done with shorter runs, and
what is left is small enough for the edit distance by RapidFuzz. The time therefore grows with the
length of the texts, not with its square, and a passage that one text lacks costs nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

RUNS = (6, 3, 1)  # words in an anchor, tried in this order
OFTEN = 12  # an anchor that stands oftener in each text says too little
SMALL = 40_000  # cells of the table of the edit distance that need no anchors before it
LARGE = 40_000_000  # more of them are not compared: the texts share nothing there

Pair = tuple[int, int]


def align(one: Sequence[str], other: Sequence[str]) -> list[Pair]:
    """The pairs (place in one, place in other) of words that answer to each other, rising in both.

    Paired words are alike or stand for each other; a word in no pair has no counterpart.
    """
    numbers: dict[str, int] = {}
    left = [numbers.setdefault(word, len(numbers)) for word in one]
    right = [numbers.setdefault(word, len(numbers)) for word in other]
    pairs: list[Pair] = []
    waiting = [(0, len(left), 0, len(right), 0)]
    while waiting:
        a, b, c, d, depth = waiting.pop()
        while a < b and c < d and left[a] == right[c]:
            pairs.append((a, c))
            a, c = a + 1, c + 1
        while a < b and c < d and left[b - 1] == right[d - 1]:
            b, d = b - 1, d - 1
            pairs.append((b, d))
        if a == b or c == d:
            continue
        if (b - a) * (d - c) <= SMALL or depth == len(RUNS):
            pairs += _nearest(left, right, a, b, c, d)
            continue
        run = RUNS[depth]
        chain = _chain(list(_anchors(left, right, a, b, c, d, run)))
        for i, j in chain:
            if i >= a and j >= c:
                waiting.append((a, i, c, j, depth + 1))
                pairs += [(i + k, j + k) for k in range(run)]
                a, c = i + run, j + run
            elif i - a == j - c and i + run > a:  # goes on where the last one ended
                more = i + run - a
                pairs += [(a + k, c + k) for k in range(more)]
                a, c = a + more, c + more
        waiting.append((a, b, c, d, depth + 1))
    return sorted(pairs)


def _anchors(
    left: Sequence[int], right: Sequence[int], a: int, b: int, c: int, d: int, run: int
) -> Iterator[Pair]:
    """Runs of `run` words that stand equally often in both stretches, paired in their order."""
    here, there = _places(left, a, b, run), _places(right, c, d, run)
    for words, places in here.items():
        others = there.get(words)
        if others and len(places) == len(others) <= OFTEN:
            yield from zip(places, others, strict=True)


def _places(
    words: Sequence[int], start: int, end: int, run: int
) -> dict[tuple[int, ...], list[int]]:
    places: dict[tuple[int, ...], list[int]] = {}
    shifted = [words[start + k : end] for k in range(run)]
    for at, key in enumerate(zip(*shifted, strict=False), start):
        places.setdefault(key, []).append(at)
    return places


def _chain(pairs: list[Pair]) -> list[Pair]:
    """The longest part of the pairs that rises in both texts."""
    pairs.sort()
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = [-1] * len(pairs)
    for number, (_, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        if at == len(ends):
            ends.append(j)
            tails.append(number)
        else:
            ends[at], tails[at] = j, number
        if at:
            before[number] = tails[at - 1]
    chain: list[Pair] = []
    number = tails[-1] if tails else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _nearest(
    left: Sequence[int], right: Sequence[int], a: int, b: int, c: int, d: int
) -> Iterator[Pair]:
    """Pairs by the least edit distance; none where that would take too long."""
    if (b - a) * (d - c) > LARGE:
        return
    from rapidfuzz.distance import Levenshtein

    for step in Levenshtein.opcodes(left[a:b], right[c:d]):
        if step.tag in ("equal", "replace"):
            count = step.src_end - step.src_start
            yield from ((a + step.src_start + k, c + step.dest_start + k) for k in range(count))
