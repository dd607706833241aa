"""Words run together and words torn apart: ofthe, de fended, dissatisfaction'which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from publish.document import Block
from publish.ledger import Confidence, Edit, Proposals
from publish.readings.confusions import LONGEST, candidates
from publish.readings.evidence import APART, SPACED_MARK, Evidence
from publish.readings.lexicon import Lexicon
from publish.readings.words import PLAIN

COMMON = 5.9  # both halves of a joined pair are at least this common to be certain
_PAIRED = frozenset(
    {"goto", "tobe", "ina", "ora", "asa", "isa", "ona", "alla"}
)  # words or names too
FREE = 6.0  # likelihood of a piece that stands before or behind any word
TORN_WHOLE = 3.5  # likelihood of a word whose pieces are none
FRAGMENT = 3.3  # a half of a torn word is rarer than this
TORN = re.compile(r"(?<![\w'’-])([^\W\d_]{1,10}) ([^\W\d_]{2,10})(?![\w'’-])")
KERNED = re.compile(r"([A-Za-z][a-z]*f)([A-Z][a-z]{2,})")
HANGING = re.compile(r"(?<![\w'’])([^\W\d_]{3,})'([^\W\d_]{3,})(?![\w'’])")


def joined_words(blocks: Sequence[Block], context: Evidence) -> Proposals:
    """Proposals for two words that lost the space between them."""
    lexicon = context.lexicon
    if not lexicon.schooled:
        return
    data = context.language.subject("scannos")
    pairs = tuple(frozenset(data.get(n, ())) for n in ("joined_left", "joined_right", "solitary"))
    splits: dict[str, tuple[str, bool]] = {}
    for word in context.vocabulary.printed:
        lower = word.lower()
        if len(word) > 3 and not lexicon.right(lower) and lexicon.listed(lower) < 3.6:
            split = _split(word, lexicon, pairs)
            if split:
                splits[word] = split
    if not splits:
        return
    for index in context.vocabulary.holding(splits):
        value = blocks[index].text.value
        for found in PLAIN.finditer(value):
            split = splits.get(found[0])
            if split and value[found.start() - 1 : found.start()] not in ("-", "'", "’"):
                if value[found.end() : found.end() + 1] in ("-", "'", "’"):
                    continue
                good = split[1] and context.company.good(value, *found.span(), split[0])
                sure = Confidence.CERTAIN if good else Confidence.LIKELY
                why = "two words without their space"
                yield index, Edit(*found.span(), split[0], why, sure, (split[0],))


def _split(
    word: str, lexicon: Lexicon, pairs: tuple[frozenset[str], ...]
) -> tuple[str, bool] | None:
    """The two words that `word` is, and whether that is certain; None if it is one word."""
    lower = word.lower()
    if len(word) > LONGEST:
        return None
    if found := KERNED.fullmatch(word):
        return _kerned(found, lexicon)
    if not (word.islower() or re.fullmatch(r"[a-z]+I", word)):
        return None
    if lexicon.right(lower) or (len(word) > 3 and lexicon.defined(lower)):
        return None
    own = lexicon.likelihood(lower, lexicon.used.get(lower, 0))
    if lexicon.used.get(lower, 0) > 3:
        return None
    best: tuple[float, int] | None = None
    for at in range(1, len(lower)):
        left, right = lower[:at], lower[at:]
        if (at == 1 and left not in "ai") or (len(right) == 1 and word[-1] != "I"):
            continue
        score = min(lexicon.listed(left), lexicon.listed(right))
        if best is None or score > best[0]:
            best = (score, at)
    if best is None or best[0] < 5.0:
        return _of(word, lower, lexicon) or _glued(word, lower, lexicon, pairs[2])
    score, at = best
    left, right = lower[:at], lower[at:]
    together = lexicon.listed(left) + lexicon.listed(right) - 9  # if they met by chance
    if own > together - 0.8:
        return None
    other = any(lexicon.listed(c) >= 3.0 for c, _, _ in candidates(lower))
    known = left in pairs[0] and right in pairs[1] and left + right not in _PAIRED
    sure = known and score >= COMMON and own < together - 1.0 and not other
    if not sure and (glued := _glued(word, lower, lexicon, pairs[2])):
        return glued
    return word[:at] + " " + word[at:], sure


def _glued(
    word: str, lower: str, lexicon: Lexicon, solitary: frozenset[str]
) -> tuple[str, bool] | None:
    """A word glued to one that makes no compounds: chamberwhich, hadstained."""
    if lexicon.listed(lower) > 0 or lexicon.sound(lower) or not word.islower():
        return None
    splits = [
        at
        for at in range(3, len(lower) - 2)
        if (lower[:at] in solitary or lower[at:] in solitary)
        and min(lexicon.listed(lower[:at]), lexicon.listed(lower[at:])) >= 3.8
    ]
    if len(splits) != 1:
        return None
    other = any(lexicon.listed(c) >= 2.6 for c, _, _ in candidates(lower))
    return f"{word[: splits[0]]} {word[splits[0] :]}", len(word) > 7 and not other


def _of(word: str, lower: str, lexicon: Lexicon) -> tuple[str, bool] | None:
    """The hook of an f fills the space behind it: ofsafety, ofhuman."""
    right = lower.removeprefix("of")
    if right == lower or len(right) < 4 or lexicon.listed(lower) > 0 or lexicon.listed(right) < 3.0:
        return None
    other = lexicon.sound("of" + lower[1:]) or any(
        lexicon.listed(c) >= 2.6 for c, _, _ in candidates(lower)
    )
    return f"{word[:2]} {word[2:]}", lexicon.listed(right) >= 3.3 and not other


def _kerned(found: re.Match[str], lexicon: Lexicon) -> tuple[str, bool] | None:
    """A word that ends with f and one that its hook overhangs: ofAmerica, himselfBeyond."""
    left, right = found[1], found[2]
    name = right.lower()
    if lexicon.listed(left.lower()) < 4.0 or lexicon.listed(found[0].lower()) >= 1.0:
        return None
    known = lexicon.listed(name) >= 3.0 or lexicon.used.get(name, 0) > 0
    return (f"{left} {right}", known) if known or lexicon.listed(name) >= 2.0 else None


def torn_words(blocks: Sequence[Block], context: Evidence) -> Proposals:
    """Proposals for one word that got a space inside it."""
    lexicon = context.lexicon
    if not lexicon.speaks:
        return
    for index in _perhaps_torn(blocks, context):
        value, at = blocks[index].text.value, 0
        while found := TORN.search(value, at):
            at = found.start(2)
            left, right = found[1], found[2]
            if not right.islower():
                continue
            weak = [w for w in (left, right) if lexicon.listed(w.lower()) < FRAGMENT]
            if not weak:
                continue
            whole = (left + right).lower()
            if lexicon.listed(whole) < 3.0 or not lexicon.sound(whole):
                continue
            if any(lexicon.used.get(w.lower(), 0) > 2 or lexicon.right(w.lower()) for w in weak):
                continue
            if max(lexicon.listed(w.lower()) for w in weak) > lexicon.listed(whole) - 0.5:
                continue
            fragment = any(
                lexicon.listed(w.lower()) < 2.5 and not lexicon.defined(w.lower()) for w in weak
            )
            free = max(lexicon.listed(left.lower()), lexicon.listed(right)) >= FREE  # of fenders
            familiar = lexicon.used.get(whole, 0) > (0 if lexicon.schooled else 2)
            sure = (
                len(whole) > 5
                and left.islower()
                and (fragment or (lexicon.schooled and len(whole) > 7 and not free))
                and (familiar or (lexicon.schooled and lexicon.listed(whole) >= TORN_WHOLE))
                and context.company.good(value, *found.span(), left + right, proved=True)
            )
            yield (
                index,
                Edit(
                    *found.span(),
                    left + right,
                    f"“{left + right}” with a space inside",
                    Confidence.CERTAIN if sure else Confidence.LIKELY,
                    (left + right,),
                ),
            )


def _perhaps_torn(blocks: Sequence[Block], context: Evidence) -> list[int]:
    """The blocks, by index, with a rare word that makes a known one together with its neighbour."""
    vocabulary, listed = context.vocabulary, context.lexicon.listed
    rare = frozenset(
        word
        for word, count in vocabulary.printed.items()
        if count < 3 and listed(word.lower()) < FRAGMENT
    )
    changed = frozenset(vocabulary.changed(blocks))
    return [
        index
        for index, words in enumerate(vocabulary.sequences())
        if not rare.isdisjoint(words)
        and (
            index in changed
            or any(
                listed((left + right).lower()) >= 3.0
                for left, right in pairwise(words)
                if left in rare or right in rare
            )
        )
    ]


def stray_apostrophes(blocks: Sequence[Block], context: Evidence) -> Proposals:
    """Queries for an apostrophe that stands for a space or for nothing."""
    lexicon = context.lexicon
    if not lexicon.speaks:
        return
    hanging = [
        word
        for word in context.vocabulary.printed
        if "'" in word and (found := HANGING.fullmatch(word)) and _two(found, lexicon)
    ]
    for index in context.vocabulary.to_search(blocks, hanging):
        for found in HANGING.finditer(blocks[index].text.value):
            if _two(found, lexicon):
                both = f"{found[1]} {found[2]}"
                why = "an apostrophe in the place of a space"
                yield index, Edit(*found.span(), both, why, Confidence.LIKELY, (both,))


def _two(found: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether what the apostrophe parts are two words, and no word together."""
    left, right = found[1].lower(), found[2].lower()
    if lexicon.listed(left + "'" + right) > 1.5 or lexicon.listed(left + right) > 3.5:
        return False
    return min(lexicon.listed(left), lexicon.listed(right)) >= 2.8


def marks_apart(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """Proposals for a space before ; : ? ! in a copy that has none before most of them.

    Where most stand apart, the printer set them so.
    """
    if evidence.marks_apart or evidence.company.patchy or not evidence.lexicon.schooled:
        return
    for index, block in enumerate(blocks):
        value = block.text.value
        if block.kind in ("break", "table", "verse") or not SPACED_MARK.search(value):
            continue
        for found in APART.finditer(value):
            left = value[: found.start()].rsplit(None, 1)[-1]
            good = evidence.company.sound(left, "")
            if good and evidence.company.good(value, *found.span(), found[2]):
                yield index, Edit(*found.span(1), "", "a mark apart, as others are not")
