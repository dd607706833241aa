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
from publish.readings.confusions import confusions
from publish.readings.lexicon import Lexicon
from publish.readings.passages import Passages

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


def misplaced_words(blocks: Sequence[Block], context: Context) -> Proposals:
    """Proposals for rare short words in the place of common ones."""
    lexicon = Lexicon(context)
    slots = _slots(context)
    if not lexicon.speaks or not slots or not slots.keys() & context.vocabulary.printed.keys():
        return
    passages = Passages(context)
    hits = list(_hits(blocks, slots, lexicon, context.vocabulary.holding(slots)))
    times = Counter(word for _, _, word, _ in hits)
    for index, at, word, meant in hits:
        used = lexicon.used
        sure = (
            used.get(word, 0) * 2 <= max(used.get(meant, 0), 2)
            or times[word] * 2 >= used.get(word, 0)
        ) and not passages.foreign_or_dialect(blocks[index].text.value, at, at + len(word))
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


def _hits(
    blocks: Sequence[Block], slots: Slots, lexicon: Lexicon, holding: Sequence[int]
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
                if lexicon.listed(meant) - lexicon.listed(word) < RARER or lexicon.right(word):
                    continue
                if len(word) > 3 and lexicon.defined(word):
                    continue
                yield index, at, word, meant
                break


LOWERED = re.compile(r"(?<![\w'’-])([a-z]+) (I[a-z]{1,3})(?= [a-z])")


def lowered_words(blocks: Sequence[Block], context: Context) -> Proposals:
    """Proposals for In, Is, It in mid-sentence, where the scanner read i as I."""
    data = context.language.subject("scannos")
    words, before = frozenset(data.get("lowered", ())), frozenset(data.get("unfinished", ()))
    for index, block in enumerate(blocks):
        if block.kind in ("heading", "verse", "caption") or " I" not in block.text.value:
            continue
        for found in LOWERED.finditer(block.text.value):
            word = found[2].lower()
            if word in words:
                sure = found[1] in before
                yield (
                    index,
                    Edit(
                        *found.span(2),
                        word,
                        f"no sentence ends with “{found[1]}”"
                        if sure
                        else "a capital in mid-sentence",
                        Confidence.CERTAIN if sure else Confidence.DOUBTFUL,
                        (word, found[2]),
                    ),
                )
