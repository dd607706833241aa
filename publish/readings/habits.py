"""The confusions that one scanner, on one fount and paper, makes again and again.

Where many different words of a document are put right by the same confusion of glyphs (tho, polico,
rosidonts: o for e), the confusion is a habit of this copy: it is then more likely than any other,
it strikes several letters of one word, and it makes words out of words (bo, ho, aro).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from publish.readings.confusions import Candidate, Confusion, candidates, confusions
from publish.readings.lexicon import Lexicon

VOTES = 4  # different words that one confusion must explain
SHARE = 0.012  # of the document's different words
SURE = 4.3  # likelihood of a word that may vote
PLACES = 5  # letters of one word that a habit may have struck


class Habits(NamedTuple):
    """`pairs` are the habitual confusions; `votes` how many words speak for each."""

    pairs: tuple[Confusion, ...] = ()
    votes: Mapping[Confusion, int] = {}

    def struck(self, word: str) -> Iterator[Candidate]:
        """The words that habits make of `word`: one of them, at one place or several."""
        for pair in self.pairs:
            pieces = word.split(pair.read)
            gaps = len(pieces) - 1
            if not 0 < gaps <= PLACES:
                continue
            for chosen in range(1, 1 << gaps):
                made = pieces[0]
                for gap, piece in enumerate(pieces[1:]):
                    made += (pair.meant if chosen >> gap & 1 else pair.read) + piece
                yield Candidate(made, pair, chosen.bit_count())


def habits(printed: Mapping[str, int], lexicon: Lexicon) -> Habits:
    """The habits that a document's words tell of."""
    needed = max(VOTES, SHARE * len(printed))
    votes: Counter[Confusion] = Counter()
    seen = set()
    for word in printed:
        lower = word.lower()
        if lower in seen or len(lower) < 3 or not word[1:].islower():
            continue
        seen.add(lower)
        if lexicon.sound(lower) and not (len(lower) < 5 and lexicon.listed(lower) < 4.3):
            continue
        best: dict[str, tuple[float, Confusion]] = {}
        for made, confusion, _ in candidates(lower):
            score = lexicon.listed(made) - (0.0 if confusion.strong else 0.3)
            if score >= SURE and score > best.get(made, (0.0, confusion))[0]:
                best[made] = (score, confusion)
        ranked = sorted(best.values(), key=lambda b: -b[0])
        least = SURE if len(lower) > 4 else 5.7
        if ranked and ranked[0][0] >= least and ranked[0][0] - lexicon.listed(lower) >= 2.5:
            if len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= 0.8:
                votes[ranked[0][1]] += 1
    pairs = tuple(c for c in confusions() if votes[c] >= needed)
    return Habits(pairs, {c: votes[c] for c in pairs})
