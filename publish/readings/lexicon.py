"""How likely a word is, from the language's lists and the document's own use of it.

Likelihoods are Zipf values (log10 of occurrences per billion words). A frequency list holds
scanning errors at its low end, so that a word it has is not sound below `SOUND`; a dictionary
(for English: Webster's of 1934 and 1913) holds none, but also few inflected forms.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cache, cached_property
from math import log10

from publish.context import Context

SOUND = 2.3  # at this Zipf value nine words of ten in the English list are words
WORDS_A_MARK = 40  # prose has a comma or stop every ten words; twice that is a list
FEW = 80  # words that tell nothing of a copy
WORN = 0.0125  # share of words that are none; a fair scan of a book has a third of that
WORN_UNSCHOOLED = 0.04  # the same where no dictionary knows compounds and rare forms
RUINED = 0.06
UNSEEN = 0.7  # a word that no list has and the document once: names, dialect, coinages
INFLECTED = 3.2  # Zipf value of a word whose regular inflections are believed
MODERN = 2.6  # Zipf value of a word whose older spelling is believed

ENDINGS = tuple(
    "s es ed d en n ing er ers est ly ness less ful ish ism ist ists able ment ments like wards "
    "ship hood dom eth st 's".split()
)
CONTRACTED = frozenset(("ll", "d", "ve", "re", "s"))
BEGINNINGS = tuple("un re dis mis over under out fore non anti inter sub super counter".split())


DICTIONARIES = {"en": ("web2", "gcide")}


@cache
def dictionary(code: str) -> Set[str]:
    """The lower-case headwords of a language's dictionaries; none but for English yet."""
    if code not in DICTIONARIES:
        return frozenset()
    from english_words import get_english_words_set

    words: set[str] = get_english_words_set(DICTIONARIES[code], lower=True)
    return words


class Lexicon:
    """The words that one document may hold."""

    def __init__(self, context: Context) -> None:
        self._language = context.language
        self._code = context.language.code
        data = context.language.subject("scannos")
        self.short = frozenset(data.get("short", ()))
        self._seconds = tuple(data.get("compounds", ()))
        self._drawn = frozenset(data.get("drawn", ()))
        self._inflections = tuple(data.get("inflections", ()))
        self._by_ear = tuple(data.get("dialect", ()))
        self._vocabulary = context.vocabulary
        self._period = tuple((old, new) for old, new in data.get("period", ()))
        self._right = frozenset(word.lower() for word in context.edition.words)
        self._sound: dict[str, bool] = {}

    @cached_property
    def _listed(self) -> Mapping[str, float]:
        return self._language.words

    @property
    def speaks(self) -> bool:
        """Whether there is a word list for the language at all."""
        return bool(self._listed)

    @property
    def schooled(self) -> bool:
        """Whether a dictionary of the language says which rare words are words. Without one, rules
        are certain of much less: a list of frequencies lacks compounds and rare forms."""
        return self._code in DICTIONARIES

    @cached_property
    def size(self) -> int:
        """Words of the document."""
        return sum(self._used.values())

    @cached_property
    def dialect(self) -> bool:
        """Whether one word in five hundred is a word of speech written by ear."""
        return 500 * sum(self._used.get(word, 0) for word in self._by_ear) > self.size

    @cached_property
    def punctuated(self) -> bool:
        """Whether the document has the marks of its sentences; a scan without them is too bad for
        any reading of it to be certain. A text of a few words cannot tell."""
        words, marks = self._vocabulary.marks()
        return words < FEW or marks * WORDS_A_MARK > words

    @cached_property
    def wear(self) -> float:
        """The share of the document's words that are none.

        Words of more than three small letters count that stand once or twice: names, the words
        of a dialect and the refrain of a song are no damage. 0.0 for a text of a few words, which
        cannot tell.
        """
        if self.size < FEW:
            return 0.0
        lost = sum(
            count
            for word, count in self._vocabulary.printed.items()
            if count < 3 and len(word) > 3 and word.islower() and word.isalpha()
            if not self.sound(word)
        )
        return lost / self.size

    @property
    def worn(self) -> bool:
        """Whether so many of the document's words are none that sound ones may be misread too."""
        return self.wear > (WORN if self.schooled else WORN_UNSCHOOLED)

    @property
    def ruined(self) -> bool:
        """Whether one word in sixteen is none: then nothing but its neighbours proves a word."""
        return self.wear > RUINED

    @cached_property
    def sparse(self) -> bool:
        """Whether so few marks stand in the document that many must have been lost."""
        words, marks = self._vocabulary.marks()
        return words >= FEW and marks * WORDS_A_MARK < 3 * words

    @property
    def used(self) -> Mapping[str, int]:
        """Lower-case word → how often the document has it."""
        return self._used

    @cached_property
    def _used(self) -> Mapping[str, int]:
        return self._vocabulary.folded

    def listed(self, word: str) -> float:
        """The Zipf value of a lower-case word in the language's list, 0.0 if it is not there."""
        return self._listed.get(word, 0.0)

    def right(self, word: str) -> bool:
        """Whether the editor has called the word right."""
        return word in self._right

    def likelihood(self, word: str, without: int = 0) -> float:
        """The Zipf value of a lower-case word in this document; `without` occurrences of it are
        under suspicion and prove nothing."""
        count = max(self._used.get(word, 0) - without, 0)
        here = 1e9 * count / (self.size + 20_000)
        return max(log10(10 ** self.listed(word) + here), UNSEEN)

    def sound(self, word: str) -> bool:
        """Whether a lower-case word is surely one: right, listed well, in a dictionary, or a form
        of one that is."""
        if self._listed.get(word, 0.0) >= SOUND:
            return True
        known = self._sound.get(word)
        if known is None:
            known = self.right(word) or (len(word) > 3 and self.defined(word))
            known = known or self._inflected(word) or self._derived(word)
            known = self._sound[word] = known or self._of_its_time(word)
        return known

    def compound(self, word: str) -> bool:
        """Whether a lower-case word is a common one with such a second part as the language joins
        freely: barge-men, lamp-room."""
        return any(
            word.endswith(part)
            and len(first := word[: -len(part)]) > 2
            and (self.listed(first) >= 3.0 or (len(first) > 3 and self.defined(first)))
            for part in self._seconds
        )

    def contracted(self, word: str) -> bool:
        """Whether a lower-case word with an apostrophe is a known word with a verb drawn to it
        (captain'll) or a negation (oughtn't), or one of those that speech has shortened (ma'am,
        d'you)."""
        stem, _, ending = word.partition("'")
        if word in self._by_ear or word in self._drawn:
            return True
        if ending == "t" and stem.endswith("n"):
            stem = stem[:-1]
        elif ending not in CONTRACTED:
            return False
        return len(stem) > 1 and self.sound(stem)

    def defined(self, word: str) -> bool:
        """Whether a dictionary of the language has the lower-case word as a headword."""
        return word in dictionary(self._code)

    def _of_its_time(self, word: str) -> bool:
        """Whether the word is an older spelling of a listed one: Thür, giebt, avoient, siége."""
        if len(word) < 3:
            return False
        for old, new in self._period:
            at = word.find(old)
            while at >= 0:
                if self.listed(word[:at] + new + word[at + len(old) :]) >= MODERN:
                    return True
                at = word.find(old, at + 1)
        return False

    def _inflected(self, word: str) -> bool:
        """Whether the word is a common one with an ending that the language gives to any noun:
        Markte, Gasthofes."""
        return any(
            word.endswith(ending)
            and len(stem := word[: -len(ending)]) > 3
            and self.listed(stem) >= INFLECTED
            for ending in self._inflections
        )

    def _derived(self, word: str) -> bool:
        for ending in ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                stem = word[: -len(ending)]
                stems = [stem, stem + "e"]
                if stem[-1] == "i":
                    stems.append(stem[:-1] + "y")
                if stem[-1] == stem[-2]:
                    stems.append(stem[:-1])
                if any(self.listed(s) >= 2.8 or (len(s) > 2 and self.defined(s)) for s in stems):
                    return True
        for beginning in BEGINNINGS:
            rest = word[len(beginning) :]
            if word.startswith(beginning) and len(rest) > 3 and self.listed(rest) >= 3.2:
                return True
        return False
