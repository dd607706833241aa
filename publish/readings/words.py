"""Words that are none, and the one word a scanner would have made them of.

A word is suspected where no list, no dictionary and no second use in the document speaks for it.
Its candidates are what one confusion of glyphs makes of it; they are weighed by how likely each is
and how alike the glyphs are. Thresholds are from real scans of books and newspapers; they rise as
words grow shorter, because short words have more neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from publish.context import Context
from publish.document import Block
from publish.ledger import Confidence, Edit, Proposals
from publish.readings.confusions import candidates
from publish.readings.lexicon import Lexicon
from publish.readings.passages import Passages

PLAIN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
WEAK = 0.7  # how much less often weak pairs are confused, in powers of ten

# length of the word → (likelihood of the candidate, its lead over the next) to be certain
CERTAIN = {3: (6.3, 1.5), 4: (5.2, 2.0), 5: (4.5, 1.5), 6: (3.7, 1.3), 7: (3.3, 1.2)}

AGAIN = 4.5  # likelihood of the candidate where the suspected word stands twice


class Verdict(NamedTuple):
    """What a suspected word may have been, best first, and how sure that is."""

    candidates: tuple[str, ...]
    confidence: Confidence
    why: str


def judge(word: str, count: int, lexicon: Lexicon) -> Verdict | None:
    """The verdict on a lower-case word that stands `count` times, None if it is not suspected.

    Also None where nothing a scanner confuses makes a word of it: it is then a name, a coinage or
    beyond repair, and a person sees that better than a rule.
    """
    if len(word) < 3 or lexicon.sound(word) or count > 2 or "'" in word or "’" in word:
        return None
    scores: dict[str, float] = {}
    strong: dict[str, bool] = {}
    for candidate, confusion, times in candidates(word):
        if not _credible(candidate, lexicon):
            continue
        score = lexicon.likelihood(candidate) - (0 if confusion.strong else WEAK) * times
        if score > scores.get(candidate, 0.0):
            scores[candidate], strong[candidate] = score, confusion.strong
    if not scores:
        return None
    ranked = sorted(scores, key=lambda c: -scores[c])
    best = ranked[0]
    lead = scores[best] - (scores[ranked[1]] if len(ranked) > 1 else 0.0)
    least, clear = CERTAIN[min(len(word), 7)]
    certain = (
        (count == 1 or (len(word) > 4 and scores[best] >= AGAIN and lexicon.used.get(best, 0) > 2))
        and scores[best] >= least
        and lead >= clear
        and lexicon.listed(word) < 2.0
        and (len(word) > 4 or strong[best])
        and scores[best] - lexicon.likelihood(word, count) >= 2.0
        and _ending_kept(word, best, len(word))
    )
    why = f"no word; a scanner reads “{best}” so"
    return Verdict(tuple(ranked[:4]), Confidence.CERTAIN if certain else Confidence.LIKELY, why)


def _credible(word: str, lexicon: Lexicon) -> bool:
    return lexicon.listed(word) >= 2.6 or (lexicon.used.get(word, 0) >= 2 and lexicon.sound(word))


def _ending_kept(word: str, candidate: str, length: int) -> bool:
    """Inflections differ by one letter too: singe, sings. Short words must keep their endings."""
    return length >= 6 or word[-1] == candidate[-1]


def misread_words(blocks: Sequence[Block], context: Context) -> Proposals:
    """Proposals for the suspected words of the document."""
    lexicon = Lexicon(context)
    if not lexicon.speaks:
        return
    verdicts = dict(_verdicts(context.vocabulary.printed, lexicon))
    if not verdicts:
        return
    passages = Passages(context)
    for index in context.vocabulary.holding(verdicts):
        value = blocks[index].text.value
        for found in PLAIN.finditer(value):
            word = found[0]
            verdict = verdicts.get(word)
            if verdict is None or _part_of_more(value, found.start(), found.end()):
                continue
            confidence = verdict.confidence
            if confidence is Confidence.CERTAIN and (
                _name(word, verdict, lexicon)
                or _fragment(value, found.start())
                or passages.foreign_or_dialect(value, found.start(), found.end())
            ):
                confidence = Confidence.LIKELY
            readings = tuple(_cased(word, candidate) for candidate in verdict.candidates)
            yield (
                index,
                Edit(found.start(), found.end(), readings[0], verdict.why, confidence, readings),
            )


def _verdicts(printed: Mapping[str, int], lexicon: Lexicon) -> Iterator[tuple[str, Verdict]]:
    """Printed form → verdict, for the words that are suspected."""
    for word in printed:
        if word.islower() or (word[0].isupper() and word[1:].islower()):
            lower = word.lower()
            if lexicon.listed(lower) >= 2.3:
                continue
            verdict = judge(lower, lexicon.used.get(lower, 0), lexicon)
            if verdict:
                yield word, verdict


_SHORT = frozenset(
    "a i o an as at am be by do go he if in is it me my no of oh on or so to up us we".split()
)


def _part_of_more(value: str, start: int, end: int) -> bool:
    """Whether the word hangs on a hyphen, digit or stop that makes it part of something longer."""
    before, after = value[start - 1 : start], value[end : end + 1]
    return (
        (before in tuple("-'’_&.0123456789/@") and before != "")
        or (after in tuple("-'’_&0123456789/@") and after != "")
        or (after == "." and value[end + 1 : end + 2].isalpha())
    )


def _fragment(value: str, start: int) -> bool:
    """Whether a letter or two before the word may be its torn-off beginning."""
    before = value[:start].rsplit(" ", 2)[-2:-1]
    return bool(before) and before[0].lower() not in _SHORT and len(before[0].strip(",.;:")) < 3


def _name(word: str, verdict: Verdict, lexicon: Lexicon) -> bool:
    """Whether a capitalised word may be a name: any, unless the word meant is a common one."""
    return word[0].isupper() and lexicon.listed(verdict.candidates[0]) < 5.0


def _cased(word: str, candidate: str) -> str:
    return candidate[:1].upper() + candidate[1:] if word[0].isupper() else candidate
