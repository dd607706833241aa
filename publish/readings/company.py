"""The company a word keeps: only sound neighbours can vouch for a reading.

Damage comes in patches. Where the words beside a suspected one are no words either, the page was
bad at that place: two letters may be wrong as well as one, and the word is left to a person.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from publish.readings.collocations import Collocations
from publish.readings.confusions import candidates
from publish.readings.habits import Habits
from publish.readings.lexicon import Lexicon
from publish.readings.neighbours import LEAD, TRIM, Neighbours, plain

SIGN = re.compile(r"[^\w\s\"'“”‘’(),.;:!?&£$%/§—–…½¼¾-]|_")
LEADING = re.compile(r"[,;:.!?]+[^\W\d_]{2}")  # a mark that ends something before a word
LETTERS = re.compile(r"[^\W\d_]")
HEAP = re.compile(
    r"[,;:!?*/&-]{3,}(?<!---)|[*/](?=[^\W\d_])|[a-z](?<!Mc)(?<!Mac)(?<!Fitz)(?<!De)(?<!Le)(?<!La)(?<!Van)[A-Z]|[^\W\d_]\d|\d[A-Z]|[^\W\d_][.,;:!?][^\W\d_]{2}"
)
LONE = frozenset(("—", "–", "-", "--", "…", "...", "«", "»", "&"))
APART = frozenset(";:!?")
TOKEN = re.compile(r"\S+")
STOPPED = re.compile(r"(?:[.!?:;][\"'”’)\]]*|[\"“‘'(\[—–-])$")
WINDOW = 160  # characters before and after a place in which its neighbours stand
PASSES = 12  # of looking for places that hold; a run of damage that long holds nothing
FAR = 2.0  # powers of ten between a short word and the one it may have been
FUNCTION = 6.0  # likelihood of a word that is capital only where a sentence begins
BARE = -1.0  # how much better any rival of a word of two letters may fit, in powers of ten
LIKELY = 5.3  # likelihood of a word of up to four letters that is no misreading in a worn copy


class Place(NamedTuple):
    """Characters start..end of a text, and what will stand there."""

    start: int
    end: int
    new: str


class Company:
    """Judges the tokens beside a place. `apart`: whether ; : ! ? stand apart in this copy."""

    def __init__(
        self, lexicon: Lexicon, habits: Habits, apart: bool, collocations: Collocations
    ) -> None:
        self._apart = apart
        self.neighbours = Neighbours(lexicon, collocations)
        self._lexicon = lexicon
        self._habits = habits
        self._known: dict[str, bool] = {}
        self._doubted: dict[str, bool] = {}

    @cached_property
    def damage(self) -> float:
        """The share of the document's words that are no words."""
        used = self._lexicon.used
        bad = sum(count for word, count in used.items() if not self._word(word))
        return bad / max(self._lexicon.size, 1)

    @property
    def patchy(self) -> bool:
        """Whether more than a tenth of the document's words are no words: in such a copy marks and
        letters that stand alone may be remains of anything."""
        return self.damage > 0.1

    def good(self, value: str, start: int, end: int, new: str, proved: bool = False) -> bool:
        """Whether the tokens beside characters start..end are sound, once `new` stands there.

        A reading that is `proved` by its letters need not be known beside its neighbours.
        """
        low, high = max(start - WINDOW, 0), end + WINDOW
        return bool(self.vouched(value[low:high], (Place(start - low, end - low, new),), proved))

    def vouched(self, value: str, places: Sequence[Place], proved: bool = False) -> frozenset[int]:
        """The places, by number, that stand among sound tokens or among others that hold.

        The places rise; a token of two holds only if both do.
        """
        if not places:
            return frozenset()
        holding = set(range(len(places)))
        spans = [found.span() for found in TOKEN.finditer(value)]
        starts = [start for start, _ in spans]
        mended: dict[int, list[int]] = {}
        for number, place in enumerate(places):
            for token in range(
                bisect_right(starts, place.start) - 1, bisect_right(starts, max(place.end - 1, 0))
            ):
                mended.setdefault(token, []).append(number)

        def reading(token: int) -> str:
            start, end = spans[token]
            read, at = "", start
            for number in mended.get(token, ()):
                place = places[number]
                if number in holding and place.start >= start and place.end <= end:
                    read += value[at : place.start] + place.new
                    at = place.end
            return read + value[at:end]

        def sound(token: int) -> bool:
            before = reading(token - 1) if token else ""
            after = reading(token + 1) if token + 1 < len(spans) else ""
            own = reading(token)
            if any(
                places[n].end > spans[token][1] or places[n].start < spans[token][0]
                for n in mended.get(token, ())
                if n in holding
            ):
                return True  # part of a word that stands in two pieces
            if self._lexicon.worn and token not in mended and self._slight(own):
                return False
            return self.sound(own, before) and not self._capital_astray(after, own)

        def fits(token: int) -> bool:
            start, end = spans[token]
            numbers = [n for n in mended.get(token, ()) if n in holding]
            if any(places[n].end > end or places[n].start < start for n in numbers):
                return (
                    proved or not self._lexicon.worn
                )  # pieces of one word, or a word out of pieces
            own = reading(token)
            before = reading(token - 1) if token else ""
            after = reading(token + 1) if token + 1 < len(spans) else ""
            printed = value[slice(*spans[token])]
            known = proved or not self._lexicon.worn or self.neighbours.attested(before, own, after)
            bare = not proved and self._bare(plain(printed), plain(own))
            lead = BARE if bare else LEAD
            return known and self.neighbours.unrivalled(before, own, after, printed, lead)

        if not self._lexicon.punctuated or (self._lexicon.worn and self._lexicon.sparse):
            return frozenset()
        changed, passes = True, 0
        while changed:
            passes += 1
            if passes > PASSES:
                return frozenset()
            changed = False
            for token, numbers in mended.items():
                if not any(number in holding for number in numbers):
                    continue
                near = range(max(token - 1, 0), min(token + 2, len(spans)))
                if not all(sound(other) for other in near) or not fits(token):
                    holding.difference_update(numbers)
                    changed = True
        return frozenset(holding)

    def _bare(self, read: str, own: str) -> bool:
        """Whether a word of two letters was read for another, and no habit of the copy explains
        it: ot may be of, or, at, on."""
        if len(read) != 2 or not (read.isalpha() and read.isascii()) or read == own:
            return False
        return all(made != own for made, _, _ in self._habits.struck(read))

    def _slight(self, token: str) -> bool:
        """Whether a token is so short and rare a word that it may be what is left of another."""
        word = plain(token)
        return len(word) < 5 and word.isalpha() and self._lexicon.listed(word) < LIKELY

    def sound(self, token: str, before: str) -> bool:
        """Whether a token (a word with its marks, a number) is what a sound text has there."""
        known = self._known.get(token)
        if known is None:
            known = self._known[token] = all(map(self._sound, token.split()))
        return known and not self._capital_astray(token, before)

    def _capital_astray(self, token: str, before: str) -> bool:
        """Whether a sentence begins with the token, but none ends before it."""
        if not (token[:1].isupper() and before) or STOPPED.search(before):
            return False
        word = token.strip(TRIM).lower()
        likeliest = max(
            map(self._lexicon.listed, (word, *(m for m, _, _ in self._habits.struck(word))))
        )
        return likeliest >= FUNCTION and word not in ("i", "a")

    def _sound(self, token: str) -> bool:
        if not self._lexicon.schooled:
            token = token.strip("«»‹›")
        if SIGN.search(token) or HEAP.search(token) or LEADING.match(token):
            return False
        core = token.strip(TRIM)
        if not core:
            return token in LONE or (self._apart and token in APART)
        if core == "I" and token.endswith("I."):
            return False  # a numeral of a list, 1 or I
        parts = re.split(r"['’]?[-—–/&]+['’]?|[.,;:]+", core)
        return all(self._word(part) for part in parts if part)

    def _word(self, word: str) -> bool:
        if word.isdigit():
            return len(word) > 1 or word not in "01"
        lower = word.lower().replace("’", "'")
        lexicon = self._lexicon
        if not word.isalpha():
            stem, _, ending = lower.partition("'")
            if stem.isdigit() or not stem.isalpha():
                return bool(re.fullmatch(r"\d+(?:st|nd|rd|th|s|d|l)", lower))
            return lexicon.listed(lower) >= 3 or (ending == "s" and self._word(word[: len(stem)]))
        if len(word) == 1:
            return word in "aIO" or word.isupper()
        if not (word.islower() or word.istitle() or word.isupper()):
            return False
        if self._doubtful(lower):
            return False
        if len(word) < 5 and word.islower() and lexicon.listed(lower) < (4.3, 3.2)[len(word) > 3]:
            return False
        if word[0].isupper():
            return lexicon.sound(lower) or lexicon.used.get(lower, 0) > 1
        return lexicon.sound(lower) or lexicon.used.get(lower, 0) > 2

    def _doubtful(self, word: str) -> bool:
        """Whether a habit of the copy makes another word of this one that is as likely, or any
        confusion a far commoner one of a short word."""
        if len(word) > 4 and not self._habits.pairs:
            return False
        known = self._doubted.get(word)
        if known is None:
            known = self._doubted[word] = self._struck(word)
        return known

    def _struck(self, word: str) -> bool:
        listed = self._lexicon.listed
        own = listed(word)
        if any(listed(made) >= own - 0.7 for made, _, _ in self._habits.struck(word)):
            return True
        return (
            len(word) < 5
            and own < 5
            and any(listed(made) >= own + FAR for made, _, times in candidates(word) if times == 1)
        )
