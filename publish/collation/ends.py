"""What a witness has before the text begins and after it ends: its own title page, what a library
or a transcriber put there, advertisements. That is no reading of the text."""

from __future__ import annotations

from publish.collation.differences import Witness, witness
from publish.collation.words import Words, words_of

RUN = 4  # words that follow one another alike: fewer do so by chance


def without_ends(text: Words, one: Witness) -> tuple[Witness, int, int]:
    """The witness with the words that answer to the text, and how many were left off before and
    after.

    Only what goes beyond the text is left off, and only at a blank line: a first line that the
    text has lost, or has otherwise, stays a difference.
    """
    words, runs = one.words, _runs(text, one)
    if not runs:
        return one, 0, 0
    (i, j), (last_i, last_j) = runs[0], runs[-1]
    start, end = max(j - i, 0), min(last_j + len(text) - last_i, len(words))
    while 0 < start < j and not _blank(words, start):
        start += 1
    while end < len(words) and end > last_j + 1 and not _blank(words, end):
        end -= 1
    start = start if _blank(words, start) else 0
    end = end if end == len(words) or _blank(words, end) else len(words)
    if start == 0 and end == len(words):
        return one, 0, 0
    kept = words.text[words.starts[start] : words.stops[end - 1]]
    return witness(one.name, text, words_of(kept)), start, len(words) - end


def _blank(words: Words, at: int) -> bool:
    """Whether a blank line stands before word `at`."""
    return 0 < at < len(words) and "\n\n" in words.text[words.ends[at - 1] : words.starts[at]]


def _runs(text: Words, one: Witness) -> list[tuple[int, int]]:
    """The first pair of the first run of words alike, and the last pair of the last."""
    pairs = [(i, j) for i, j in one.pairs if text.keys[i] == one.words.keys[j]]
    starts = [
        at
        for at in range(len(pairs) - RUN + 1)
        if pairs[at + RUN - 1] == (pairs[at][0] + RUN - 1, pairs[at][1] + RUN - 1)
    ]
    return [pairs[starts[0]], pairs[starts[-1] + RUN - 1]] if starts else []
