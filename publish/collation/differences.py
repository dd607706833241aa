"""Where witnesses read otherwise than the text: their words aligned, the places that differ.

A place is a run of the text's words, with what each witness has for it. A run of many words that
one side lacks, or has in quite another form, is no reading but a passage, and is told apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from publish.collation.align import align
from publish.collation.words import Words, folded

PASSAGE = 25  # words; a line or two may be lost in setting, more is another state of the text


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness beside the text: `pairs` are (word of the text, word of the witness), rising."""

    name: str
    words: Words
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Words first..last (excluded) of the text, which the witnesses read otherwise. `tail` says
    that the marks after the last word belong to it. `readings` are (reading, names of those that
    have it), the one with most witnesses first; the witnesses of `same` read as the text does."""

    first: int
    last: int
    tail: bool
    readings: tuple[tuple[str, tuple[str, ...]], ...]
    same: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words first..last (excluded) of the text for which a witness has `words` others, or none."""

    witness: str
    first: int
    last: int
    words: int


class Run:
    """Words first..last of the text that differ from w_first..w_last of a witness."""

    __slots__ = ("first", "last", "w_first", "w_last")

    def __init__(self, first: int, last: int, w_first: int, w_last: int) -> None:
        self.first, self.last, self.w_first, self.w_last = first, last, w_first, w_last


def witness(name: str, text: Words, words: Words) -> Witness:
    """The witness, its words aligned with those of the text."""
    return Witness(name, words, tuple(align(text.keys, words.keys)))


def differences(
    text: Words, witnesses: Sequence[Witness]
) -> tuple[list[Difference], list[Passage]]:
    """All places at which a witness differs from the text, rising, and the passages apart."""
    passages: list[Passage] = []
    spans: list[tuple[int, int, bool]] = []
    for one in witnesses:
        for run in _runs(text, one):
            lacks, has = run.last - run.first, run.w_last - run.w_first
            if max(lacks, has) > PASSAGE:
                passages.append(Passage(one.name, run.first, run.last, has))
            elif len(text):
                spans.append(_span(text, one, run))
    ways = [_Way(text, one, [p for p in passages if p.witness == one.name]) for one in witnesses]
    found = (_difference(text, ways, *span) for span in _joined(spans))
    return [each for each in found if each.readings], passages


def _runs(text: Words, one: Witness) -> Iterator[Run]:
    """The runs that differ, rising. A word whose marks alone differ begins a run of its own."""
    other = one.words
    first = w_first = 0
    for i, j in (*one.pairs, (len(text), len(other))):
        at_end = i == len(text)
        if not at_end and text.cores[i] != other.cores[j]:
            continue
        if i > first or j > w_first:
            yield Run(first, i, w_first, j)
        alike = not at_end and text.tails[i] == other.tails[j]
        first, w_first = (i + 1, j + 1) if alike else (i, j)


def _span(text: Words, one: Witness, run: Run) -> tuple[int, int, bool]:
    """The words of the text that a run is about, and whether the marks after them are. Where one
    side has no words, a neighbour on which both agree stands for the place."""
    first, last, w_first, w_last = run.first, run.last, run.w_first, run.w_last
    if first == last or w_first == w_last:
        if first and w_first:
            first, w_first = first - 1, w_first - 1
        else:
            last, w_last = min(last + 1, len(text)), min(w_last + 1, len(one.words))
    tail = w_last <= w_first or text.tails[last - 1] != one.words.tails[w_last - 1]
    if tail and last < len(text) and (text.glued(last) or one.words.glued(w_last)):
        last, tail = last + 1, False  # the marks stand at the next word: it is quoted, too
    return first, last, tail


def _joined(spans: Iterable[tuple[int, int, bool]]) -> Iterator[tuple[int, int, bool]]:
    """Spans of several witnesses, those that overlap made one."""
    open_span: tuple[int, int, bool] | None = None
    for first, last, tail in sorted(spans):
        if open_span and first < open_span[1]:
            end = max(last, open_span[1])
            tails = (open_span[2] and open_span[1] == end) or (tail and last == end)
            open_span = (open_span[0], end, tails)
        else:
            if open_span:
                yield open_span
            open_span = (first, last, tail)
    if open_span:
        yield open_span


class _Way:
    """From words of the text to those of a witness."""

    def __init__(self, text: Words, one: Witness, passages: Sequence[Passage]) -> None:
        self.name, self.words = one.name, one.words
        self._ours = [i for i, _ in one.pairs]
        self._theirs = [j for _, j in one.pairs]
        self._alike = [text.cores[i] == one.words.cores[j] for i, j in one.pairs]
        self._apart = sorted((p.first, p.last) for p in passages)

    def reading(self, first: int, last: int, tail: bool) -> str | None:
        """What the witness has for words first..last; None where it lacks the passage."""
        at = bisect_left(self._apart, (last, -1)) - 1
        if at >= 0 and self._apart[at][1] > first:
            return None
        low, high = bisect_left(self._ours, first), bisect_left(self._ours, last)
        begin = self._theirs[low - 1] + 1 if low else 0
        paired = low < len(self._ours) and self._ours[low] == first and self._alike[low]
        if paired and (first or self._theirs[low] > PASSAGE):
            begin = self._theirs[low]
        end = self._theirs[high] if high < len(self._theirs) else len(self.words)
        another = high < len(self._alike) and not self._alike[high]  # the next run has them
        if another or end - begin > 2 * PASSAGE:  # or they are a passage that the text lacks
            end = self._theirs[high - 1] + 1 if high > low else begin
        return self.words.slice(begin, end, tail)


def _difference(text: Words, ways: Sequence[_Way], first: int, last: int, tail: bool) -> Difference:
    ours = folded(text.slice(first, last, tail))
    readings: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    same: list[str] = []
    for way in ways:
        reading = way.reading(first, last, tail)
        if reading is None:
            continue
        key = folded(reading)
        if key == ours:
            same.append(way.name)
        else:
            readings.setdefault(key, []).append(way.name)
            shown.setdefault(key, reading)
    ranked = sorted(readings, key=lambda key: -len(readings[key]))
    return Difference(
        first, last, tail, tuple((shown[key], tuple(readings[key])) for key in ranked), tuple(same)
    )
