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
from collections.abc import Iterable, Iterator, Sequence, Set
from math import log10
from string import ascii_lowercase
from typing import NamedTuple

from publish.document import Block
from publish.ledger import Confidence, Edit, Proposals
from publish.readings.collocations import PAIRS, RAREST, ZIPF, Collocations
from publish.readings.company import STOPPED
from publish.readings.confusions import candidates
from publish.readings.evidence import Evidence
from publish.readings.lexicon import FEW, UNSEEN, Lexicon
from publish.readings.neighbours import altered

WORD = re.compile(r"(?<![\w'’.-])[^\W\d_]+(?:['’][^\W\d_]+)*(?![\w'’-])")
SHORTEST, LONGEST = 2, 9  # letters of a word that may be another by one confusion
COMMON = 4.0  # Zipf value of a word that may have been meant
WEAK = 0.7  # how much less often weak pairs are confused, in powers of ten
ASKED = -0.5  # weight less the rarity of misreadings in this copy, to ask
CERTAIN = 3.5  # the same, to be certain
FEWEST = 0.5, 1000  # misreadings in so many words are supposed, where nothing is known yet
ATTESTED = 0.7  # the weight of finding the word as it stands with both neighbours in the list
PROVEN = 0.5  # below this an occurrence of a word proves that the text has it
FAIR = 0.001  # share of words that are none, below which a text was typed with care
COUNTED = PAIRS - ZIPF  # log10 of the count of a pair whose Zipf value is 0
LEAST = RAREST - COUNTED  # the Zipf value of the rarest pair that the table has
UNLISTED = 0.3  # powers of ten below the rarest at which an unlisted pair is set at most
APART = 0.3  # how much rarer than by chance two words are that no table has together


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


def misread_for_others(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """Proposals for words in whose place another, one confusion apart, is far likelier: certain
    where that must stand there. Nothing in dialect, and nothing in a text typed with care."""
    lexicon = evidence.lexicon
    if not evidence.collocations or lexicon.dialect:
        return
    if lexicon.size >= FEW and lexicon.wear < FAIR:
        return
    choices = Choices(evidence)
    scale = Scale(lexicon, evidence.collocations)
    places = _places(blocks)
    findings = [
        finding
        for finding in _weighed(places, choices, scale, _rarity(evidence))
        if not evidence.passages.foreign_or_dialect(
            blocks[finding.place.block].text.value, finding.place.start, finding.place.end
        )
    ]
    sure = [finding for finding in findings if finding.weight >= CERTAIN]
    rivals = {finding.place.word: _rivals(finding.place.word, lexicon) for finding in sure}
    for finding in findings:
        place = finding.place
        value = blocks[place.block].text.value
        printed = value[place.start : place.end]
        meant = finding.meant.title() if printed[0].isupper() else finding.meant
        certain = (
            finding.weight >= CERTAIN
            and printed.islower()
            and scale.best(place, {finding.meant, *rivals[place.word]}) == finding.meant
            and evidence.company.good(value, place.start, place.end, meant)
        )
        why = f"“{meant}” is far likelier between these words"
        how = Confidence.CERTAIN if certain else Confidence.LIKELY
        yield place.block, Edit(place.start, place.end, meant, why, how, (meant, printed))


class Scale:
    """Weighs words between their neighbours, in Zipf values of the three together."""

    def __init__(self, lexicon: Lexicon, collocations: Collocations) -> None:
        self._lexicon = lexicon
        self._collocations = collocations

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
        """Whether the table has the word as it stands, with each of its neighbours."""
        left, word, right = place[3:]
        return (not left or word in self._collocations.followers(left)) and (
            not right or right in self._collocations.followers(word)
        )

    def at_home(self, place: Place) -> bool:
        """Whether the word stands with both of its neighbours oftener than strangers."""
        left, word, right = place[3:]
        attested = self._collocations.attested
        return bool(left and right) and attested(left, word) and attested(word, right)

    def best(self, place: Place, words: Set[str]) -> str:
        """The likeliest of some words in a place."""
        return max(sorted(words), key=lambda word: self.between(place.left, word, place.right))

    def _together(self, left: str, right: str) -> float:
        known = self._collocations.followers(left).get(right)
        if known is not None:
            return known - COUNTED
        chance = self.listed(left) + self.listed(right) - 9 - APART
        return min(LEAST - UNLISTED, chance)


def _rivals(word: str, lexicon: Lexicon) -> frozenset[str]:
    """The common words that one letter changed, lost or added makes of a word."""
    made = {word[:at] + word[at + 1 :] for at in range(len(word))}.union(altered(word))
    for letter in ascii_lowercase:
        made.update(word[:at] + letter + word[at:] for at in range(len(word) + 1))
    return frozenset(rival for rival in made - {word} if lexicon.listed(rival) >= COMMON)


def _rarity(evidence: Evidence) -> float:
    """Powers of ten between the words of the copy and those that a misreading made no words."""
    printed = evidence.vocabulary.printed
    wrong = sum(printed[word] for word in evidence.verdicts if word.islower())
    return log10((evidence.lexicon.size + FEWEST[1]) / (wrong + FEWEST[0]))


class Choices:
    """What a lower-case word may have been, and what that costs; found when first asked for."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._found: dict[str, tuple[Choice, ...]] = {}

    def of(self, word: str) -> tuple[Choice, ...]:
        """Empty for a word that no common one can have been, or that tells it by itself."""
        found = self._found.get(word)
        if found is None:
            found = self._found[word] = tuple(self._choices(word))
        return found

    def _choices(self, word: str) -> Iterator[Choice]:
        lexicon = self._evidence.lexicon
        if not word.isalpha() or lexicon.right(word) or word in self._evidence.verdicts:
            return  # what is no word is judged by itself
        costs: dict[str, float] = {}
        for made, confusion, times in candidates(word):
            if times == 1 and made.isalpha() and lexicon.listed(made) >= COMMON:
                cost = 0.0 if confusion.strong else WEAK
                costs[made] = min(cost, costs.get(made, cost))
        for item in sorted(costs.items()):
            yield Choice(*item)


def _places(blocks: Sequence[Block]) -> Iterator[Place]:
    for index, block in enumerate(blocks):
        if block.kind in ("break", "table", "heading"):
            continue
        value = block.text.value
        words = [(*found.span(), found[0]) for found in WORD.finditer(value)]
        for at, (start, end, word) in enumerate(words):
            lower = word.lower()
            if not SHORTEST <= end - start <= LONGEST:
                continue
            if not (word.islower() or word[1:].islower()):
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
    places: Iterable[Place],
    choices: Choices,
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
        if scale.at_home(place):
            proven[word] += 1
            continue
        if not choices.of(word):
            continue
        own = scale.between(left, word, right)
        weight, meant = max(
            (scale.between(left, choice.word, right) - choice.cost - own, choice.word)
            for choice in choices.of(word)
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
