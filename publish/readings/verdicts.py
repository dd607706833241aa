"""What a suspected word may have been, best first, and how sure that is.

A word is suspected where no list, no dictionary and no second use in the document speaks for it, or
where a habit of the copy makes a much commoner word of it. Its candidates are what confusions of
glyphs make of it; they are weighed by how likely each is and how alike the glyphs are. Thresholds
are from real scans of books and newspapers; they rise as words grow shorter, because short words
have more neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from publish.ledger import Confidence
from publish.readings.confusions import candidates
from publish.readings.habits import Habits
from publish.readings.lexicon import Lexicon
from publish.readings.spellings import written

WEAK = 0.7  # how much less often weak pairs are confused, in powers of ten
HABIT = 0.1  # the same for a habit of the copy, for each place

# length of the word → (likelihood of the candidate, its lead over the next) to be certain
CERTAIN = {3: (6.3, 1.5), 4: (5.2, 2.0), 5: (4.5, 1.5), 6: (3.7, 1.3), 7: (3.3, 1.2)}
# the same where the candidate is made by a habit of the copy
HABITUAL = {
    2: (6.5, 1.5),
    3: (5.7, 1.2),
    4: (4.7, 1.2),
    5: (4.0, 1.0),
    6: (3.3, 1.0),
    7: (3.0, 0.8),
}

MAJORITY = 50  # times that a word stands as often as its misreading, to speak against it
UNSCHOOLED = 4.0  # likelihood of the candidate in a language without a dictionary
AGAIN = 4.5  # likelihood of the candidate where the suspected word stands twice
COMMONER = 2.5  # powers of ten between a word that a habit explains and a word that is one


class Verdict(NamedTuple):
    """What a suspected word may have been, best first, and how sure that is."""

    candidates: tuple[str, ...]
    confidence: Confidence
    why: str

    @property
    def certain(self) -> bool:
        return self.confidence is Confidence.CERTAIN


class _Scored(NamedTuple):
    score: float
    strong: bool
    habit: bool


def judge(word: str, count: int, lexicon: Lexicon, habits: Habits) -> Verdict | None:
    """The verdict on a lower-case word that stands `count` times, None if it is not suspected.

    Also None where nothing a scanner confuses makes a word of it: it is then a name, a coinage or
    beyond repair, and a person sees that better than a rule.
    """
    if len(word) < 2 or lexicon.right(word) or not word.isalpha():
        return None
    if len(word) < 3 or lexicon.sound(word):
        if not lexicon.schooled:
            return None
        found_word = _word_for_word(word, lexicon, habits)
        return found_word or (_short(word, count, lexicon) if len(word) < 4 else None)
    found = _scored(word, lexicon, habits)
    if not found:
        return None
    ranked = sorted(found, key=lambda c: (-found[c].score, c))
    best, first = ranked[0], found[ranked[0]]
    far = lexicon.used.get(best, 0) >= MAJORITY * count and first.score >= 6
    if count > 2 and not first.habit and not far:
        return None
    lead = first.score - (found[ranked[1]].score if len(ranked) > 1 else 0.0)
    least, clear = (HABITUAL if first.habit else CERTAIN)[min(len(word), 7)]
    certain = (
        first.score >= least
        and lead >= clear
        and lexicon.listed(word) < 2.0
        and (word.isascii() or (lexicon.listed(best) >= 4.5 and not lexicon.listed(word)))
        and not _beheaded(word, first.score - clear, lexicon)
    )
    if not lexicon.schooled:
        certain = (
            certain
            and first.strong
            and len(word) > 4
            and lexicon.listed(word) == 0
            and first.score >= UNSCHOOLED
            and lead >= 1.5
            and not _accented(best, first.score - clear, lexicon)
        )
    if not first.habit:
        certain = (
            certain
            and (
                count == 1 or (len(word) > 4 and first.score >= AGAIN and _elsewhere(best, lexicon))
            )
            and (len(word) > 4 or first.strong or (first.score >= 5.7 and len(word) > 3))
            and first.score - lexicon.likelihood(word, count) >= 2.0
            and (first.strong or _ending_kept(word, best))
            and not (lexicon.schooled and written(word, best, lexicon))
        )
    why = f"no word; a scanner reads “{best}” so"
    return Verdict(tuple(ranked[:4]), Confidence.CERTAIN if certain else Confidence.LIKELY, why)


def _beheaded(word: str, least: float, lexicon: Lexicon) -> bool:
    """Whether a letter lost at either end would make as likely a word: ollowing for following."""
    return any(
        lexicon.listed(letter + word) >= least or lexicon.listed(word + letter) >= least
        for letter in "abcdefghijklmnopqrstuvwxyz"
    )


ACCENTS = {"a": "àâä", "c": "ç", "e": "éèêë", "i": "îï", "o": "ôö", "u": "ùûü", "n": "ñ"}


def _accented(word: str, least: float, lexicon: Lexicon) -> bool:
    """Whether an accent that the scanner may have lost makes as likely a word: wurden, würden."""
    return any(
        lexicon.listed(word[:at] + accented + word[at + 1 :]) >= least
        for at, letter in enumerate(word)
        for accented in ACCENTS.get(letter, "")
    )


def _elsewhere(word: str, lexicon: Lexicon) -> bool:
    return lexicon.used.get(word, 0) > 2


def _scored(word: str, lexicon: Lexicon, habits: Habits) -> dict[str, _Scored]:
    """Each word that the suspected one may have been → how well it fits."""
    found: dict[str, _Scored] = {}

    def add(candidate: str, penalty: float, strong: bool, habit: bool) -> None:
        if _credible(candidate, lexicon):
            score = lexicon.likelihood(candidate) - penalty
            if candidate not in found or score > found[candidate].score:
                found[candidate] = _Scored(score, strong, habit)

    for candidate, confusion, times in candidates(word):
        add(candidate, 0.0 if confusion.strong else WEAK * times, confusion.strong, False)
    for struck, _, times in habits.struck(word):
        add(struck, HABIT * times, True, True)
        for candidate, confusion, again in candidates(struck):
            if confusion.strong and again == 1 and candidate != word:
                add(candidate, HABIT * times + 2 * WEAK, False, len(word) > 5)
    return found


def _word_for_word(word: str, lexicon: Lexicon, habits: Habits) -> Verdict | None:
    """A habit makes words of words too: bo, ho, aro for be, he, are."""
    if not habits.pairs or (len(word) > 3 and lexicon.defined(word)):
        return None
    listed = lexicon.listed(word)
    found = {
        made: lexicon.listed(made) - HABIT * times
        for made, _, times in habits.struck(word)
        if lexicon.listed(made) - listed >= COMMONER
    }
    if not found:
        return None
    ranked = sorted(found, key=lambda c: (-found[c], c))
    lead = found[ranked[0]] - (found[ranked[1]] if len(ranked) > 1 else 0.0)
    least, clear = HABITUAL[min(len(word), 7)]
    sure = found[ranked[0]] >= least + 0.3 and lead >= clear
    why = f"this copy’s scanner reads “{ranked[0]}” so, again and again"
    return Verdict(tuple(ranked[:4]), Confidence.CERTAIN if sure else Confidence.LIKELY, why)


def _short(word: str, count: int, lexicon: Lexicon) -> Verdict | None:
    """A word of two or three letters that is hardly one, read for a far commoner one: lt, thc."""
    if lexicon.listed(word) >= 4.3 or word in lexicon.short:
        return None
    if len(word) == 3 and lexicon.defined(word):
        return None
    scores: dict[str, float] = {}
    for made, confusion, times in candidates(word):
        if times == 1 and made.isalpha():
            score = lexicon.listed(made) - (0 if confusion.strong else WEAK)
            scores[made] = max(score, scores.get(made, 0.0))
    ranked = sorted(scores, key=lambda c: (-scores[c], c))
    if not ranked or scores[ranked[0]] < 6.0:
        return None
    best = ranked[0]
    if count > 2 and (lexicon.dialect or lexicon.used.get(best, 0) < MAJORITY * count):
        return None
    lead = scores[best] - (scores[ranked[1]] if len(ranked) > 1 else 0.0)
    sure = lead >= 1.2 and scores[best] - lexicon.listed(word) >= 3.0 and len(best) <= len(word) + 1
    why = f"hardly a word; a scanner reads “{best}” so"
    return Verdict(tuple(ranked[:4]), Confidence.CERTAIN if sure else Confidence.LIKELY, why)


def _credible(word: str, lexicon: Lexicon) -> bool:
    return lexicon.listed(word) >= 2.6 or (lexicon.used.get(word, 0) >= 2 and lexicon.sound(word))


def _ending_kept(word: str, candidate: str) -> bool:
    """Inflections differ by one letter too: singe, sings. Short words must keep their endings."""
    return len(word) >= 6 or word[-1] == candidate[-1]


def verdicts(
    printed: Mapping[str, int], lexicon: Lexicon, habits: Habits
) -> Iterator[tuple[str, Verdict]]:
    """Printed form → verdict, for the words that are suspected."""
    for word in printed:
        if word.islower() or (word[0].isupper() and word[1:].islower()):
            lower = word.lower()
            if not habits.pairs and len(lower) > 3 and lexicon.listed(lower) >= 2.3:
                continue
            verdict = judge(lower, lexicon.used.get(lower, 0), lexicon, habits)
            if verdict:
                yield word, verdict
