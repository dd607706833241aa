"""Short words that are words, and yet cannot stand where they stand: of tho, to bo, ho was.

The language's data names places in a sentence that one common word fills. A much rarer word that
a scanner makes of that word, between those neighbours, is that word misread. Also words whose
initial l or i was read as I in mid-sentence: the house In which.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from publish.context import Context
from publish.document import Block
from publish.ledger import Confidence, Edit, Proposals
from publish.readings.confusions import candidates, confusions
from publish.readings.evidence import Evidence
from publish.readings.lexicon import Lexicon
from publish.readings.spellings import reformed

TRIPLE = re.compile(r"(?<![\w'’.-])([^\W\d_]+) ([^\W\d_]{1,5})(?= ([^\W\d_]+)|[,;:.])")
RARER = 2.5  # powers of ten between the word meant and the word read


@cache
def _misreadable(word: str) -> frozenset[str]:
    """The words that one confusion turns into `word`."""
    found = set()
    for read, meant, _ in confusions():
        at = word.find(meant)
        while at >= 0:
            found.add(word[:at] + read + word[at + len(meant) :])
            at = word.find(meant, at + 1)
    return frozenset(found)


Slots = Mapping[str, tuple[tuple[str, frozenset[str], frozenset[str]], ...]]


def _slots(context: Context) -> Slots:
    """Misread word → (word meant, words before it, words after it)."""
    table: dict[str, list[tuple[str, frozenset[str], frozenset[str]]]] = {}
    for slot in context.language.subject("scannos").get("slot", ()):
        place = (slot["word"], frozenset(slot.get("after", ())), frozenset(slot.get("before", ())))
        for read in _misreadable(slot["word"]):
            if read.islower():
                table.setdefault(read, []).append(place)
    return {read: tuple(places) for read, places in table.items()}


def misplaced_words(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """Proposals for rare short words in the place of common ones."""
    lexicon = evidence.lexicon
    if not lexicon.speaks:
        return
    slots = _open(_slots(evidence), lexicon)
    hits = list(_hits(blocks, slots, evidence.vocabulary.holding(slots)))
    times = Counter(word for _, _, word, _ in hits)
    for index, at, word, meant in hits:
        used = lexicon.used
        sure = (
            used.get(word, 0) * 2 <= max(used.get(meant, 0), 2)
            or times[word] * 2 >= used.get(word, 0)
        ) and not evidence.passages.foreign_or_dialect(blocks[index].text.value, at, at + len(word))
        sure = sure and not _another(word, meant, lexicon)
        value = blocks[index].text.value
        sure = sure and not _short_for(value, at, word, meant, evidence)
        sure = sure and evidence.company.good(
            value, at, at + len(word), meant, proved=not lexicon.ruined
        )
        yield (
            index,
            Edit(
                at,
                at + len(word),
                meant,
                f"“{meant}” stands in this place of a sentence",
                Confidence.CERTAIN if sure else Confidence.LIKELY,
                (meant, word),
            ),
        )


def _another(word: str, meant: str, lexicon: Lexicon) -> bool:
    """Whether the word may as well be another common one: ia for in or is."""
    least = lexicon.listed(meant) - 1.2
    return any(lexicon.listed(c) >= least for c, _, _ in candidates(word) if c != meant)


def _short_for(value: str, at: int, word: str, meant: str, evidence: Evidence) -> bool:
    """Whether the word spells a longer one that fits as well as the word meant: and tho he."""
    long = reformed(word, evidence.lexicon)
    if not long:
        return False
    fits = evidence.company.neighbours.fits(value, at, at + len(word), (long, meant))
    return fits[long] >= fits[meant]


def _open(slots: Slots, lexicon: Lexicon) -> Slots:
    """The slots whose word is much rarer than the one it would be, and not known to be right."""
    found = {}
    for word, places in slots.items():
        if lexicon.right(word) or (len(word) > 3 and lexicon.defined(word)):
            continue
        least = lexicon.listed(word) + RARER
        if likelier := tuple(place for place in places if lexicon.listed(place[0]) >= least):
            found[word] = likelier
    return found


def _hits(
    blocks: Sequence[Block], slots: Slots, holding: Sequence[int]
) -> Iterator[tuple[int, int, str, str]]:
    """(block, offset, word, word meant) wherever a rare word stands in a common one's place."""
    for index in holding:
        value, at = blocks[index].text.value, 0
        while found := TRIPLE.search(value, at):
            at = found.start(2)
            before, word, after = found[1].lower(), found[2], (found[3] or "").lower()
            for meant, befores, afters in slots.get(word, ()):
                if (befores and before not in befores) or (afters and after not in afters):
                    continue
                yield index, at, word, meant
                break


LOWERED = re.compile(r"[A-Z](?<=[a-z] .)[a-z]*(?= [a-z])")
BEFORE = re.compile(r"(?<![\w'’-])[a-z]+(?= $)")
LONGEST = 24  # letters before a capital that can be a word without a sentence's end
JOINED = re.compile(r"(?<![^\W_])[A-Z][a-z]+,? (?:and|or) $")
WORDS = re.compile(r"[^\W\d_]+")
BESIDE = 60  # characters before and after a capital that may belong to a title with it
REACH = 2  # words of them on each side that are looked at
COMMON = 6.0  # likelihood of a word that is no name
SHARED = "COSVWXZI"  # capitals that a scanner takes for small letters of the same outline


def _meant(
    blocks: Sequence[Block], words: frozenset[str], before: frozenset[str], evidence: Evidence
) -> bool:
    """Whether the copy has capitals of its own in mid-sentence, as verse run on and old books do:
    then letters that no scanner enlarges have them too (the How and the Why)."""
    shared = own = 0
    for block in blocks:
        if block.kind in ("heading", "verse", "caption"):
            continue
        for found in LOWERED.finditer(block.text.value):
            start = max(found.start() - LONGEST, 0)
            left = BEFORE.search(block.text.value, start, found.start())
            if left is None or left[0] not in before:
                continue
            word = found[0].lower()
            shared += word in words
            own += found[0][0] not in SHARED and evidence.lexicon.listed(word) >= COMMON
    return own * 3 >= shared


def _of_a_title(value: str, start: int, end: int) -> bool:
    """Whether the words beside a capital have capitals too, but for short ones: A Kiss is Still a
    Kiss; or the one that “and” joins it to: the How, Why, and Where."""
    before, after = value[max(start - BESIDE, 0) : start], value[end : end + BESIDE]
    if JOINED.search(before):
        return True
    near = [*WORDS.findall(before)[-REACH:], *WORDS.findall(after)[:REACH]]
    longer = [word for word in near if len(word) > 3]
    return len(longer) > 1 and all(word[0].isupper() for word in longer)


def lowered_words(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """Proposals for It, Of, Who in mid-sentence, where the scanner read a small letter as large."""
    data = evidence.language.subject("scannos")
    words, before = frozenset(data.get("lowered", ())), frozenset(data.get("unfinished", ()))
    initials = frozenset(SHARED)
    meant = _meant(blocks, words, before, evidence)
    for index, block in enumerate(blocks):
        if block.kind in ("heading", "verse", "caption"):
            continue
        value = block.text.value
        for found in LOWERED.finditer(value):
            word = found[0].lower()
            if found[0][0] not in initials or word not in words:
                continue
            left = BEFORE.search(value, max(found.start() - LONGEST, 0), found.start())
            if left is None:
                continue
            sure = (
                not meant
                and left[0] in before
                and not _of_a_title(value, *found.span())
                and evidence.company.good(value, *found.span(), word)
            )
            why = "a capital in mid-sentence"
            if left[0] in before:
                why = f"no sentence ends with “{left[0]}”"
            confidence = Confidence.CERTAIN if sure else Confidence.DOUBTFUL
            yield index, Edit(*found.span(), word, why, confidence, (word, found[0]))
