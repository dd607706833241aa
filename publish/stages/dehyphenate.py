"""Words divided at line ends become whole: lines in, the same lines out with fewer hyphens.

Evidence is asked in this order, and the first answer wins: the document itself, which has the word
whole or with its hyphen elsewhere; the shape of the halves; the dictionaries; the language's
endings and compounds. Where nothing answers the likelier form stands and the place is queried.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from publish.context import Context
from publish.document import Block, Document
from publish.edition import Edition
from publish.ledger import Confidence, Edit, Origin, Proposals, Rule, apply_edits
from publish.readings.lexicon import Lexicon

DIVIDED = re.compile(
    r"(?P<left>[^\W_]+(?:['’-][^\W_]+)*)(?P<sign>[-¬\u00ad]) ?\n[ \t]*"
    r"(?P<right>[^\W_]+(?:(?:['’]-?|-)[^\W_]+)*)"
)
LINE_END = re.compile("[-¬\u00ad] ?\n")
VOWEL = re.compile("[aeiouyäöüàâéèêëîïôûùœæáíóúãõåøаеёиоуыэюя]")
WHOLE = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
INITIALS = re.compile(r"((?:[A-Z]\.)+)\n[ \t]*((?:[A-Z]\.)+)")
INITIALISM = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,}")


class Verdict(NamedTuple):
    """Whether the halves are one word, why, and whether that is beyond doubt."""

    join: bool
    why: str
    sure: bool = True


def dehyphenate(document: Document, edition: Edition) -> Document:
    """The document with the words that line ends divide made whole."""
    divided = [i for i, b in enumerate(document.blocks) if LINE_END.search(b.text.value)]
    if not divided:
        return apply_edits(document, INITIALISMS, split_initialisms(document.blocks))
    judge = Judge(document.blocks, Context.of(document, edition))
    places = [
        (index, found, judge.verdict(found["left"], found["right"]))
        for index in divided
        for found in DIVIDED.finditer(document.blocks[index].text.value)
    ]
    queries = [
        (index, _query(found, verdict)) for index, found, verdict in places if not verdict.sure
    ]
    document = apply_edits(document, DOUBT, queries)
    document = apply_edits(
        document, JOIN, ((i, _joined(f, v)) for i, f, v in places if v.join or f["sign"] != "-")
    )
    document = apply_edits(document, KEEP, _kept(document.blocks, divided))
    return apply_edits(document, INITIALISMS, split_initialisms(document.blocks))


def _joined(found: re.Match[str], verdict: Verdict) -> Edit:
    new = "" if verdict.join else "-"
    return Edit(found.start("sign"), found.start("right"), new, verdict.why)


def _query(found: re.Match[str], verdict: Verdict) -> Edit:
    whole, parted = found["left"] + found["right"], f"{found['left']}-{found['right']}"
    first, second = (whole, parted) if verdict.join else (parted, whole)
    start, end = found.span()
    return Edit(start, end, first, verdict.why, Confidence.DOUBTFUL, (first, second))


def _kept(blocks: Sequence[Block], divided: Sequence[int]) -> Proposals:
    """Line ends after the hyphens that remain."""
    for index in divided:
        for found in DIVIDED.finditer(blocks[index].text.value):
            yield index, Edit(found.start("sign") + 1, found.start("right"), "", "")


def split_initialisms(blocks: Sequence[Block]) -> Proposals:
    """Line ends inside initialisms that the document has whole elsewhere: U.S./S.R."""
    whole: Counter[str] = Counter()
    split = []
    for index, block in enumerate(blocks):
        if "." in block.text.value:
            whole.update(INITIALISM.findall(block.text.value))
            if "\n" in block.text.value:
                split += [(index, found) for found in INITIALS.finditer(block.text.value)]
    for index, found in split:
        if found[1] + found[2] in whole:
            yield index, Edit(found.end(1), found.start(2), "", "")


class Judge:
    """What the document and the language say of a divided word."""

    def __init__(self, blocks: Sequence[Block], context: Context) -> None:
        self._lexicon = Lexicon(context)
        data = context.language.subject("dehyphenation")
        self._keep_left = frozenset(data.get("keep_left", ()))
        self._keep_right = frozenset(data.get("keep_right", ()))
        self._endings = frozenset(data.get("endings", ()))
        self._solid = frozenset(data.get("solid_left", ()))
        self._solid_right = frozenset(data.get("solid_right", ()))
        self._beginnings = frozenset(data.get("beginnings", ()))
        self._solid_compounds = bool(data.get("solid_compounds", False))
        self._used = _whole_words(blocks)

    def verdict(self, left: str, right: str) -> Verdict:
        """Whether `left` and `right`, with a hyphen and a line end between, are one word."""
        low, high = left.lower().replace("’", "'"), right.lower().replace("’", "'")
        joined, parted = low + high, f"{low}-{high}"
        one, two = self._used.get(joined, 0), self._used.get(parted, 0)
        if two and two >= one:
            return Verdict(False, "with its hyphen elsewhere in the text")
        if one > 1 or (one and not self._glued(low, high)):
            return Verdict(True, "whole elsewhere in the text")
        return self._by_shape(low, high, left, right) or self._by_words(low, high, left)

    def _glued(self, low: str, high: str) -> bool:
        """Whether the whole, which stands once, is likelier two words without their space."""
        listed = self._lexicon.listed
        return min(listed(low), listed(high)) >= 5 and listed(low + high) < 2.6

    def _by_shape(self, low: str, high: str, left: str, right: str) -> Verdict | None:
        last, first = low.rsplit("-", 1)[-1], high.split("-", 1)[0]
        if low[-1].isdigit() or high[0].isdigit():
            if any(c.isalpha() for c in low[:-1]) and high.isalpha() and not self._word(high):
                return Verdict(True, "a misread half of a word", False)
            return Verdict(False, "a number")
        if right[0].isupper() and not (len(right) > 1 and right.isupper()):
            half = not self._word(low) and low not in self._beginnings
            part = half or low in self._beginnings
            known = self._known(low + high) or high in self._endings
            solid = self._solid_compounds and low not in self._keep_left and low[-1] != "o"
            if left.islower() and len(low) > 1 and (half or solid or (part and known)):
                return Verdict(True, "a word with a misread capital", False)
            return Verdict(False, "a capital after the hyphen")
        if low == "a" and (high.endswith("ing") or self._word(high) or self._word(high + "g")):
            return Verdict(False, "a- before a participle or noun")
        if low == "self" and self._lexicon.sound(high):
            return Verdict(False, "a compound of self")
        if "-" in low or "-" in high:
            stem = last + first
            if "-" in low and len(last) < 3 and not VOWEL.search(last):
                return Verdict(False, "a stammer")
            words = self._word(last) and self._word(first)
            # three-year-/old: today's lists have yearold, as they have whatever is typed
            glued = words and not self._lexicon.sound(stem)
            if stem in self._used or (self._known(stem) and not glued):
                return Verdict(True, "one word in a compound")
            if self._word(last) and (words or (len(first) < 3 and first != last)):
                return Verdict(False, "part of a compound")
            return Verdict(True, "half a word in a compound")
        return None

    def _by_words(self, low: str, high: str, left: str) -> Verdict:
        listed = self._lexicon.listed
        high = high.removesuffix("'s")
        joined = low + high
        both = self._word(low) and self._word(high)
        usual = (low in self._keep_left and high not in self._endings) or high in self._keep_right
        # An old dictionary runs together what no list of today's words has so: foulmouthed.
        if both and usual and self._rare_whole(joined):
            return Verdict(False, "a compound")
        if self._solid_compounds:
            return Verdict(True, "compounds are written as one word")
        # A list of today's words that lacks a compound of two common ones has it in two, even
        # where an old dictionary runs them together: mill-owner, chalk-pit, would-be.
        modern = 3.0 if both and min(listed(low), listed(high)) > 6 else 1.4
        common = both and min(listed(low), listed(high)) >= 3.3 and listed(joined) < modern
        common = common and all(len(h) > 3 or self._lexicon.defined(h) for h in (low, high))
        if self._known(joined) and (not common or high in self._endings or low in self._solid):
            return Verdict(True, "a word")
        if high in self._solid_right and self._word(low):
            return Verdict(True, "a sum of money")
        if high.split("'")[0] in self._keep_right and self._word(low):
            return Verdict(False, "a compound")
        if self._lexicon.sound(joined) and not common and not (both and high not in self._endings):
            return Verdict(True, "a form of a word")
        if high in self._endings or low in self._beginnings:
            if not (both and listed(high) > 4.5 and listed(low) > 3.5):
                return Verdict(True, "part of a word")
        if not both:
            return Verdict(True, "no word by itself")
        if left[0].isupper() and not (listed(low) > 4.0 and listed(high) > 3.0):
            return Verdict(True, "a name")
        if min(len(low), len(high)) > 1 and self._lexicon.ruined:
            return Verdict(True, "two halves of a word that may be misread", False)
        if min(len(low), len(high)) > 1:
            return Verdict(False, "two words of a compound", len(low) > 3 and len(high) > 3)
        return Verdict(True, "nothing speaks for a hyphen", False)

    def _rare_whole(self, joined: str) -> bool:
        """Whether the halves together are no word of today's, so that a hyphen may be usual."""
        listed = self._lexicon.listed(joined)
        if self._lexicon.schooled:
            return listed < 2.0 or not self._lexicon.defined(joined)
        return listed < 3.0

    def _known(self, word: str) -> bool:
        lexicon = self._lexicon
        return (
            lexicon.right(word)
            or lexicon.listed(word) >= 1.5
            or (len(word) > 3 and lexicon.defined(word))
            or (len(word) > 5 and word[-1] == "s" and lexicon.defined(word[:-1]))
        )

    def _word(self, half: str) -> bool:
        """Whether a half is a word of its own; without a word list, whether it is long enough."""
        if not self._lexicon.speaks:
            return len(half) > 3 and self._used.get(half, 0) > 0
        listed = self._lexicon.listed(half)
        if len(half) < 4:
            return listed > (5 if len(half) < 3 else 3.4)
        return (
            listed >= 2.6 or self._lexicon.defined(half) or self._lexicon.defined(half.rstrip("s"))
        )


def _whole_words(blocks: Sequence[Block]) -> Mapping[str, int]:
    """Words and compounds in lower case that no line end divides → how often they stand."""
    values = (block.text.value for block in blocks)
    text = "\n\n".join(DIVIDED.sub(" ", v) if LINE_END.search(v) else v for v in values)
    return Counter(WHOLE.findall(text.lower().replace("’", "'")))


def _nothing(blocks: Sequence[Block], context: Context) -> Iterator[tuple[int, Edit]]:
    return iter(())


JOIN = Rule("dehyphenate.join", _nothing, Origin.LAYOUT)
KEEP = Rule("dehyphenate.keep", _nothing, Origin.LAYOUT, white=True)
DOUBT = Rule("dehyphenate.doubt", _nothing, Origin.LAYOUT)
INITIALISMS = Rule("dehyphenate.initialism", _nothing, Origin.LAYOUT, white=True)
