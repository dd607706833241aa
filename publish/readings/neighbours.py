"""Whether a reading fits between the words beside it: known there, and likelier than any rival.

Spelling alone takes `ot` for “of” and `thein` for “the in”; “more ot less” and “on thein way” tell
better. The words beside a mended one also vouch for each other: where a pair is not known, one of
the two may be a misreading that happens to be a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase

from publish.readings.collocations import Collocations
from publish.readings.confusions import candidates
from publish.readings.lexicon import Lexicon

TRIM = "\"'“”‘’„«»()[].,;:!?-—–*_"
PARTING = re.compile(r"[.,:;!?)\]”\"] |[—–-] | [(\[“\"—–-]")  # marks between two words
AFTER = ",.;:!?)”"
NEAR = 160  # characters before and after a word in which its neighbours are looked for

# Powers of ten, from real scans of newspapers and books
LEAD = -0.3  # by which a rival that a scanner confuses may fit better; it must fit less
STRANGE = 0.7  # by which one that differs in any other letter may
CLEAR = 1.5  # by which a reading must fit better than all others to be chosen
JOINED = 5.0  # likelihood of a word that is one letter from two words printed as one


def plain(token: str) -> str:
    """A token in small letters, without the marks around it."""
    return token.strip(TRIM).lower()


class Neighbours:
    """What the words beside a reading say of it. Without collocations they say nothing."""

    def __init__(self, lexicon: Lexicon, collocations: Collocations) -> None:
        self._lexicon = lexicon
        self._collocations = collocations

    def attested(self, before: str, own: str, after: str) -> bool:
        """Whether the tokens beside one or more words are known to stand beside them, as far as
        no mark parts them; at least one of the two must be."""
        words = own.split()
        if not self._collocations or not words:
            return True
        sides = [
            self._collocations.attested(plain(first), plain(second))
            for first, second in ((before, words[0]), (words[-1], after))
            if first and second and not PARTING.search(f"{first} {second}")
        ]
        return bool(sides) and all(sides)

    def unrivalled(
        self, before: str, own: str, after: str, printed: str, lead: float = LEAD
    ) -> bool:
        """Whether no other word, one letter from the printed one, fits better than `own`; one that
        a scanner confuses with it must fit less by -`lead` powers of ten."""
        read, word = plain(printed), plain(own)
        if not self._collocations or not read.isalpha():
            return True
        if not word.isalpha():  # two words printed as one
            return not any(self._lexicon.listed(made) >= JOINED for made in altered(read))
        left = "" if PARTING.search(f"{before} {own}") else plain(before)
        right = "" if PARTING.search(f"{own} {after}") else plain(after)
        fit = self._collocations.fit
        most = fit(left, word, right)
        likely = {made for made, _, times in candidates(read) if times == 1} - {word, read}
        if any(fit(left, made, right) > most + lead for made in likely):
            return False
        return not any(
            fit(left, made, right) > most + STRANGE
            for made in altered(read)
            if made not in (word, read)
        )

    def fits(
        self, value: str, start: int, end: int, readings: Sequence[str]
    ) -> Mapping[str, float]:
        """Each reading of characters start..end → log10 of how often it stands between the words
        beside it; 0.0 without collocations."""
        if not self._collocations:
            return dict.fromkeys(readings, 0.0)
        left, right = _beside(value, start, end)
        return {reading: self._collocations.fit(left, reading, right) for reading in readings}

    def chosen(self, value: str, start: int, end: int, readings: Sequence[str]) -> str:
        """The one of several readings of characters start..end that their neighbours choose:
        known beside both, and far likelier there than any other; "" if there is none."""
        if not self._collocations or (start and not value[start - 1].isspace()):
            return ""
        left, right = _beside(value, start, end)
        fits = sorted(((self._collocations.fit(left, r, right), r) for r in readings), reverse=True)
        best, word = fits[0]
        if len(fits) > 1 and best - fits[1][0] < CLEAR:
            return ""
        pairs = [pair for pair in ((left, word), (word, right)) if all(pair)]
        known = pairs and all(self._collocations.attested(*pair) for pair in pairs)
        return word if known and (len(pairs) == 2 or len(word) > 4) else ""


def _beside(value: str, start: int, end: int) -> tuple[str, str]:
    """The words before and behind characters start..end; "" where a mark parts them."""
    before = (value[max(start - NEAR, 0) : start].split() or [""])[-1]
    after = (value[end : end + NEAR].split() or [""])[0]
    left = "" if PARTING.search(f"{before} x") else plain(before)
    parted = value[end : end + 1] in tuple(AFTER) or PARTING.search(f"x {after}")
    return left, "" if parted else plain(after)


def altered(word: str) -> Iterator[str]:
    """The words that differ from `word` in one letter."""
    for at in range(len(word)):
        for letter in ascii_lowercase:
            yield word[:at] + letter + word[at + 1 :]
