"""Which words stand beside which: the evidence of a place's neighbours for a reading.

The counts are those of the 242,000 commonest pairs of English words in Google's n-grams of books,
kept where both words stand in a dictionary, as the package symspellpy brings them
(`frequency_bigramdictionary_en_243_342.txt`, MIT); the rarest pair it has stands 6.4 million times.
A pair that it lacks may still be good English: what it has is evidence, what it lacks is none.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator, Mapping
from functools import cache
from math import log10
from pathlib import Path

from publish.language import load_language

TABLES = {"en": "frequency_bigramdictionary_en_243_342.txt"}
RAREST = 6.8  # log10 of the least count in the table
ABSENT = 6.3  # what a pair that is not in the table may at most have
LIKED = 0.2  # powers of ten by which words that go together stand more often than strangers
PAIRS = log10(2.5e13)  # of the pairs counted: "of the" is 177e9 of them, 0.7 per cent of prose
STRANGERS = 12.0  # what stands for it where words keep apart: 25 times seldomer than by chance
ZIPF = 9.0  # log10 of the words that Zipf values refer to


class Collocations:
    """Counts of pairs of lower-case words, as log10. Empty without a table."""

    def __init__(self, data: bytes, frequency: Mapping[str, float]) -> None:
        """`data`: lines "first second count" in runs of one first word;
        `frequency`: word → Zipf value."""
        self._data = data
        self._frequency = frequency
        self._runs = _runs(data)
        self._followers: dict[str, dict[str, float]] = {}

    def __bool__(self) -> bool:
        return bool(self._data)

    def attested(self, first: str, second: str) -> bool:
        """Whether the pair stands more often than two words that keep apart."""
        found = self.followers(first).get(second, 0.0)
        return found > self._word(first) + self._word(second) - STRANGERS + LIKED

    def followers(self, first: str) -> Mapping[str, float]:
        """The words that stand behind `first` → log10 of the count."""
        found = self._followers.get(first)
        if found is None:
            found = self._followers[first] = dict(self._lines(first))
        return found

    def _lines(self, first: str) -> Iterator[tuple[str, float]]:
        for start, end in self._runs.get(first, ()):
            for line in self._data[start + 1 : end].decode().split("\n"):
                _, second, count = line.split()
                yield second, log10(int(count))

    def pair(self, first: str, second: str) -> float:
        """log10 of how often the pair stands; where the table lacks it, as often as words that
        keep apart, but less than the least count."""
        found = self.followers(first).get(second)
        if found is not None:
            return found
        apart = self._word(first) + self._word(second) - STRANGERS
        return min(apart, ABSENT)

    def fit(self, left: str, word: str, right: str) -> float:
        """log10 of how often `word` stands between these neighbours; one that is empty tells
        nothing. Chances are taken as independent of each other given the word."""
        if not left and not right:
            return self._word(word)
        if not left:
            return self.pair(word, right)
        if not right:
            return self.pair(left, word)
        return self.pair(left, word) + self.pair(word, right) - self._word(word)

    def _word(self, word: str) -> float:
        return self._frequency.get(word, 0.0) + STRANGERS - ZIPF


RUN = re.compile(rb"\n([a-z]+) [^\n]*(?:\n\1 [^\n]*)*")


def _runs(data: bytes) -> dict[str, list[tuple[int, int]]]:
    """First word → where its lines stand; a name and a word of the same letters stand apart."""
    found: dict[str, list[tuple[int, int]]] = {}
    for run in RUN.finditer(data):
        found.setdefault(run[1].decode(), []).append(run.span())
    return found


def _table(code: str) -> bytes:
    spec = importlib.util.find_spec("symspellpy") if code in TABLES else None
    if spec is None or not spec.origin:
        return b""
    data = (Path(spec.origin).parent / TABLES[code]).read_bytes()
    return b"\n" + data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")


@cache
def collocations(code: str) -> Collocations:
    """The collocations of a language; empty where there is no table for it."""
    return Collocations(_table(code), load_language(code).words)
