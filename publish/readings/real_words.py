"""Words that are words, and yet were misread: arid for and, modem for modern, lie for he.

Only the words beside them tell. For a word and each word that one confusion of glyphs makes of
it, the likelihood of standing between its neighbours is taken from the language's list of word
pairs; their ratio, in powers of ten, is the weight of the evidence. How much weight is needed
depends on the copy: where one word in fifty is a misreading that makes no word, misreadings that
make one are common too; where there is none in ten thousand, a sound word is to be believed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from math import log10
from typing import NamedTuple

from publish.document import Block
from publish.ledger import Confidence, Edit, Proposals
from publish.readings.company import STOPPED
from publish.readings.confusions import candidates
from publish.readings.evidence import Evidence
from publish.readings.lexicon import UNSEEN, Lexicon
from publish.readings.pairs import APART, LEAST, UNLISTED, WordPairs, pair_list, word_pairs

WORD = re.compile(r"(?<![\w'’.-])[^\W\d_]+(?:['’][^\W\d_]+)*(?![\w'’-])")
SHORTEST, LONGEST = 2, 9  # letters of a word that may be another by one confusion
COMMON = 4.0  # Zipf value of a word that may have been meant
WEAK = 0.7  # how much less often weak pairs are confused, in powers of ten
ASKED = -0.5  # weight less the rarity of misreadings in this copy, to ask
CERTAIN = 1.5  # the same, to be certain
FEWEST = 0.5, 1000  # misreadings in so many words are supposed, where nothing is known yet
ATTESTED = 0.7  # the weight of finding the word as it stands with both neighbours in the list
PROVEN = 0.5  # below this an occurrence of a word proves that the text has it


class Choice(NamedTuple):
    word: str
    cost: float


class Place(NamedTuple):
    """A word of a block between its neighbours (empty where a mark or the end stands)."""

    block: int
    start: int
    end: int
    left: str
    word: str
    right: str


class Finding(NamedTuple):
    place: Place
    meant: str
    weight: float


def certain_by_neighbours(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """Certain proposals for words in whose place another, one confusion apart, must stand."""
    for index, edit in _proposals(blocks, evidence, CERTAIN):
        if edit.confidence is Confidence.CERTAIN:
            yield index, edit


def likely_by_neighbours(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """Queries for words in whose place another, one confusion apart, is far likelier."""
    for index, edit in _proposals(blocks, evidence, ASKED):
        yield index, edit._replace(confidence=Confidence.LIKELY)


def _proposals(blocks: Sequence[Block], evidence: Evidence, least: float) -> Proposals:
    lexicon, code = evidence.lexicon, evidence.language.code
    if pair_list(code) is None or not lexicon.speaks or lexicon.dialect:
        return
    choices = _choices(evidence)
    places = list(_places(blocks, choices))
    needed = {place.left for place in places} | {place.right for place in places}
    words = {place.word for place in places}
    needed |= words | {choice.word for word in words for choice in choices[word]}
    scale = Scale(lexicon, word_pairs(code, needed))
    findings = [
        finding
        for finding in _weighed(places, choices, scale, _rarity(evidence))
        if finding.weight >= least
        and not evidence.passages.foreign_or_dialect(
            blocks[finding.place.block].text.value, finding.place.start, finding.place.end
        )
    ]
    sure = [finding for finding in findings if finding.weight >= CERTAIN]
    rivals = {finding.place.word: _rivals(finding.place.word, lexicon) for finding in sure}
    needed = {side for f in sure for side in (f.place.left, f.place.right, f.meant)}
    needed |= {rival for near in rivals.values() for rival in near}
    wider = Scale(lexicon, word_pairs(code, needed))
    for finding in findings:
        place = finding.place
        value = blocks[place.block].text.value
        printed = value[place.start : place.end]
        meant = finding.meant.title() if printed[0].isupper() else finding.meant
        certain = (
            finding.weight >= CERTAIN
            and printed.islower()
            and wider.best(place, {finding.meant, *rivals[place.word]}) == finding.meant
            and evidence.company.good(value, place.start, place.end, meant)
        )
        why = f"“{meant}” is far likelier between these words"
        how = Confidence.CERTAIN if certain else Confidence.LIKELY
        yield place.block, Edit(place.start, place.end, meant, why, how, (meant, printed))


class Scale:
    """Weighs words between their neighbours, in Zipf values of the three together."""

    def __init__(self, lexicon: Lexicon, pairs: WordPairs) -> None:
        self._lexicon = lexicon
        self._pairs = pairs

    @property
    def size(self) -> int:
        """Words of the document."""
        return self._lexicon.size

    def listed(self, word: str) -> float:
        """The Zipf value of a word; one that no list has is as rare as a name."""
        return max(self._lexicon.listed(word), UNSEEN)

    def between(self, left: str, word: str, right: str) -> float:
        """How likely a word is between its neighbours; one that is empty says nothing."""
        own = self.listed(word)
        before = self._together(left, word) - own if left else 0.0
        after = self._together(word, right) - own if right else 0.0
        return own + before + after

    def attested(self, place: Place) -> bool:
        """Whether the list has the word as it stands, with each of its neighbours."""
        left, word, right = place[3:]
        return (not left or f"{left} {word}" in self._pairs) and (
            not right or f"{word} {right}" in self._pairs
        )

    def best(self, place: Place, words: Set[str]) -> str:
        """The likeliest of some words in a place."""
        return max(sorted(words), key=lambda word: self.between(place.left, word, place.right))

    def _together(self, left: str, right: str) -> float:
        known = self._pairs.get(f"{left} {right}")
        if known is not None:
            return known
        chance = self.listed(left) + self.listed(right) - 9 - APART
        return min(LEAST - UNLISTED, chance)


def _rivals(word: str, lexicon: Lexicon) -> frozenset[str]:
    """The common words that one letter changed, lost or added makes of a word."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    made = {word[:at] + word[at + 1 :] for at in range(len(word))}
    for letter in letters:
        made.update(word[:at] + letter + word[at + 1 :] for at in range(len(word)))
        made.update(word[:at] + letter + word[at:] for at in range(len(word) + 1))
    return frozenset(rival for rival in made - {word} if lexicon.listed(rival) >= COMMON)


def _rarity(evidence: Evidence) -> float:
    """Powers of ten between the words of the copy and those that a misreading made no words."""
    printed = evidence.vocabulary.printed
    wrong = sum(printed[word] for word in evidence.verdicts if word.islower())
    return log10((evidence.lexicon.size + FEWEST[1]) / (wrong + FEWEST[0]))


def _choices(evidence: Evidence) -> dict[str, tuple[Choice, ...]]:
    """Lower-case word of the document → what it may have been, and what that costs."""
    lexicon, found = evidence.lexicon, {}
    for word in evidence.vocabulary.folded:
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or lexicon.right(word):
            continue
        if (verdict := evidence.verdicts.get(word)) and verdict.certain:
            continue  # the word alone tells
        costs: dict[str, float] = {}
        for made, confusion, times in candidates(word):
            if times == 1 and made.isalpha() and lexicon.listed(made) >= COMMON:
                cost = 0.0 if confusion.strong else WEAK
                costs[made] = min(cost, costs.get(made, cost))
        if costs:
            found[word] = tuple(Choice(*item) for item in sorted(costs.items()))
    return found


def _places(blocks: Sequence[Block], choices: Mapping[str, tuple[Choice, ...]]) -> Iterator[Place]:
    for index, block in enumerate(blocks):
        if block.kind in ("break", "table", "heading"):
            continue
        value = block.text.value
        words = [(*found.span(), found[0]) for found in WORD.finditer(value)]
        for at, (start, end, word) in enumerate(words):
            lower = word.lower()
            if lower not in choices or not (word.islower() or word[1:].islower()):
                continue
            left = right = ""
            if at and value[words[at - 1][1] : start] == " ":
                left = words[at - 1][2].lower().replace("’", "'")
            if at + 1 < len(words) and value[end : words[at + 1][0]] == " ":
                right = words[at + 1][2].lower().replace("’", "'")
            if (
                word[0].isupper()
                and start
                and not STOPPED.search(value[max(start - 4, 0) : start].rstrip())
            ):
                continue  # a name
            if left or right:
                yield Place(index, start, end, left, lower, right)


def _weighed(
    places: Sequence[Place],
    choices: Mapping[str, tuple[Choice, ...]],
    scale: Scale,
    rarity: float,
) -> list[Finding]:
    """The places where another word fits better enough to ask, with the best one.

    Their weights are those of the evidence, less the rarity of misreadings in the copy and what
    the other occurrences of the word, that nothing speaks against, say for it.
    """
    findings: list[Finding] = []
    proven: Counter[str] = Counter()
    for place in places:
        left, word, right = place.left, place.word, place.right
        own = scale.between(left, word, right)
        weight, meant = max(
            (scale.between(left, choice.word, right) - choice.cost - own, choice.word)
            for choice in choices[word]
        )
        if scale.attested(place):
            weight -= ATTESTED
        if weight < PROVEN:
            proven[word] += 1
        elif weight - rarity >= ASKED:
            findings.append(Finding(place, meant, weight - rarity))
    kept = []
    for finding in findings:
        word = finding.place.word
        own = scale.listed(word)
        here = 1e9 * proven[word] / (scale.size + 20_000)
        weight = finding.weight - (log10(10**own + here) - own)
        if weight >= ASKED:
            kept.append(finding._replace(weight=weight))
    return kept
