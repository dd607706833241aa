"""What a compositor may have set for a word: a letter too many, one too few, two changed about.

A scanner seldom makes these, so they are printer's errors or writer's: never mended, only queried.
The kinds are Damerau's ("A technique for computer detection and correction of spelling errors",
1964): four in five misspellings are one of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from publish.readings.lexicon import Lexicon

LEAST = 2.5  # likelihood of a word that may have been meant
SHORTEST = 5  # letters of a word that is looked at; shorter ones have too many neighbours
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def typos(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words that one slip turns into a lower-case `word`, likeliest first, at most four."""
    if len(word) < SHORTEST:
        return ()
    found = {made for made in _slips(word) if lexicon.listed(made) >= LEAST}
    return tuple(sorted(found, key=lambda made: (-lexicon.likelihood(made), made))[:4])


def _slips(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        for letter in ALPHABET:
            yield word[:at] + letter + word[at:]
        if at < len(word):
            yield word[:at] + word[at + 1 :]
        if at + 1 < len(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
