"""The numbers of pages: lines that count up as pages do, alone or beside a running head.

A chapter's number counts up too. What tells them apart: a page ends in the midst of a paragraph,
a chapter never does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import ne
from statistics import median

from publish.document import Block
from publish.structure.headings import Terms
from publish.structure.layout import DASHED, DIVIDED, ended

LONGEST = 75  # characters of a running head
FOLIO = re.compile(r"^[\W_]*(?:p(?:a?ge?|g)?\.?\s*)?([\dlIOoS|]{1,4}|[ivxlc]{1,7})[\W_]*$", re.I)
HEAD_LEFT = re.compile(r"^[\W_]{0,4}([\dlIOS|°]{1,4})[\W_]*\s+(\S.*)$")
HEAD_RIGHT = re.compile(r"^(.*\S)\s+[\W_]{0,3}([\dlIOSo|°]{1,4})[\W_]{0,3}$")
DIGITS = str.maketrans("lI|OoS°", "1110050")
SPECK = re.compile(r"(?: [^\w\s]{1,2})+$")  # dust behind a line, which would hide its full stop
PROSE = re.compile(r"[^\W\d_]*[a-zà-öø-ÿ]{2},? [a-zà-öø-ÿ]+,? [a-zà-öø-ÿ]+,? [^\d]*$")
LOWER = re.compile(r"[a-zà-öø-ÿ]{4}.*[a-zà-öø-ÿ]{4}")
ROMAN = re.compile(r"^\W*[IVXLC]{1,7}[\W_]*$", re.I)
WORD_AND_NUMBER = re.compile(r"^([^\W\d_]{5,})\.? +(?:[IVXLC]+|\d{1,3})$")
PAGE = (14, 90)  # printed lines a page may have
FEWEST = 3  # numbers that make a count
AHEAD = 60  # candidates before one that may be the page before it
INTERRUPTING = 0.25  # share of pages that end within a paragraph, at least; dialogue has half
INTERRUPTING_ALONE = 0.4  # … where the numbers stand alone, as those of chapters do
MANY = 8  # folios that speak for themselves, however many others are lost
ALIKE = 0.4  # how far pages of a few may differ from the middle one
EVEN = 0.25  # how far pages of a regular book may differ from the middle one


@dataclass(slots=True)
class Candidate:
    """A line that may be furniture: its folio, if any, and its words as letters only."""

    at: int
    value: int | None
    key: str
    alone: bool  # nothing but a folio


def candidates_of(blocks: Sequence[Block], at: int, terms: Terms) -> list[Candidate]:
    """How a line may be read as furniture: as a folio, as a head with or without one."""
    text = blocks[at].text.value.strip()
    if len(text) > LONGEST or not text or PROSE.match(text):
        return []
    folio = FOLIO.match(text)
    if folio:
        value = _number(folio[1]) if any(c.isdigit() for c in folio[1]) else None
        return [Candidate(at, value, "", True)] if value else []
    if division_of(text, terms):
        return []
    out = []
    sure = False
    for pattern, number, words in ((HEAD_LEFT, 1, 2), (HEAD_RIGHT, 2, 1)):
        found = pattern.match(text)
        if found and (headlike(found[words]) or len(letters_key(found[words])) <= 3):
            value = _number(found[number])
            if value:
                sure = sure or any(c.isdigit() for c in found[number])
                out.append(Candidate(at, value, letters_key(found[words]), False))
    if not sure and headlike(text):  # IS IT PEACE? is not page 15
        out.append(Candidate(at, None, letters_key(text), False))
    return out


def division_of(text: str, terms: Terms) -> str:
    """The letters and digits of a line that is a division's word and number, or a roman numeral
    alone (CHAPTER IV., Letter 3, XII); else empty."""
    if len(text) > 60:
        return ""
    text = text.strip(" \t.,:;—–-_*'\"“”‘’[]()")
    if not text or len(text) > 40:
        return ""
    found = terms.divide(_mended(text, terms))
    if (found and not found[2].strip(" .:—-")) or ROMAN.match(text):
        return "".join(c for c in _mended(text, terms).upper() if c.isalnum())
    return ""


def _mended(text: str, terms: Terms) -> str:
    """A word and a number with the division's word for one of its length that has one other letter:
    CHAPTBR XVII as CHAPTER XVII."""
    read = WORD_AND_NUMBER.match(text)
    if read is None or read[1].lower() in terms.divisions:
        return text
    for word in terms.divisions:
        if len(word) == len(read[1]) and sum(map(ne, word, read[1].lower())) == 1:
            return word + text[read.end(1) :]
    return text


def _number(text: str) -> int | None:
    digits = text.translate(DIGITS)
    if digits.isdecimal() and any(c.isdigit() or c in "lI|" for c in text):
        return int(digits)
    return None


def headlike(text: str) -> bool:
    """Whether words could head a page: capitals, or title case without a closing stop."""
    if len(text) > 60:
        return False
    if not LOWER.search(text):  # four small letters together make capitals a matter of counting
        letters = [c for c in text if c.isalpha()]
        if letters and sum(c.isupper() for c in letters) * 10 >= len(letters) * 7:
            return True
        if not letters:
            return False
    words = [w for w in text.split() if w[0].isalpha()]
    large = sum(w[0].isupper() for w in words)
    return (
        bool(words)
        and words[0][0].isupper()
        and large * 2 >= len(words)
        and text.rstrip("\"'“”‘’)»«")[-1:] not in tuple(".,;!?")
    )


def letters_key(text: str) -> str:
    """The letters of a line in capitals, for comparison."""
    return "".join(c for c in text.upper() if c.isalpha())


def chain_of(candidates: Sequence[Candidate], interrupts: Callable[[int], bool]) -> dict[int, int]:
    """The longest run of numbers that count up as pages do: line → folio; empty if there is none.

    Between two of them stand as many lines as that many pages may hold. `interrupts` says of a
    line whether it stands within a paragraph. Chapters are not taken for pages: a run that never
    parts a paragraph is left, and the next longest is looked at.
    """
    numbered = [c for c in candidates if c.value is not None]
    headed = {c.at for c in numbered if not c.alone}
    for _ in range(3):
        chain = _longest(numbered)
        if not chain:
            return {}
        beside = sum(at in headed for at in chain) * 2 > len(chain)
        if _pages(chain, interrupts, INTERRUPTING if beside else INTERRUPTING_ALONE):
            return chain
        numbered = [c for c in numbered if c.at not in chain]
    return {}


def _pages(chain: dict[int, int], interrupts: Callable[[int], bool], share: float) -> bool:
    """Whether the run counts pages: enough of them within paragraphs, or nearly all of one length
    and some within paragraphs."""
    within = sum(map(interrupts, chain))
    if len(chain) < MANY and not _regular(chain):
        return False  # numbers of notes or stanzas, here and there one that fits
    if within >= (share if len(chain) > 5 else 0.5) * len(chain):
        return True
    lengths = _lengths(chain)
    usual = median(lengths)
    even = sum(abs(length - usual) <= EVEN * usual for length in lengths)
    return len(chain) >= MANY and within * 5 >= len(chain) and even * 5 >= len(lengths) * 4


def _lengths(chain: dict[int, int]) -> list[float]:
    """The lines that a page has between each two folios next to each other."""
    return [
        (after - before) / (chain[after] - chain[before])
        for before, after in pairwise(sorted(chain))
    ]


def _regular(chain: dict[int, int]) -> bool:
    """Whether a short run has the folios of half its pages, and half of these are alike."""
    lengths = _lengths(chain)
    usual = median(lengths)
    alike = sum(abs(length - usual) <= ALIKE * usual for length in lengths)
    pages = max(chain.values()) - min(chain.values()) + 1
    return len(chain) * 2 >= pages and alike * 2 >= len(lengths)


def _longest(candidates: Sequence[Candidate]) -> dict[int, int]:
    best: list[tuple[int, int]] = []  # (length, index of the one before)
    for at, candidate in enumerate(candidates):
        length, before = 1, -1
        for other in range(at - 1, max(at - AHEAD, -1), -1):
            assert candidate.value is not None
            pages = candidate.value - (candidates[other].value or 0)
            lines = candidate.at - candidates[other].at
            if 0 < pages <= 12 and PAGE[0] * pages <= lines <= PAGE[1] * pages + 30:
                if best[other][0] + 1 > length:
                    length, before = best[other][0] + 1, other
        best.append((length, before))
    chain: dict[int, int] = {}
    if best:
        at = max(range(len(best)), key=lambda i: best[i][0])
        if best[at][0] >= FEWEST:
            while at >= 0:
                chain[candidates[at].at] = candidates[at].value or 0
                at = best[at][1]
    return chain


def interrupter(blocks: Sequence[Block], short: frozenset[int]) -> Callable[[int], bool]:
    """Says of a line whether the lines around it, past other `short` ones, are one paragraph: no
    stop before it or no capital after it."""

    def interrupts(at: int) -> bool:
        before, after = at - 1, at + 1
        while before >= 0 and before in short and at - before < 4:
            before -= 1
        while after < len(blocks) and after in short and after - at < 4:
            after += 1
        if before < 0 or after >= len(blocks):
            return False
        above = SPECK.sub("", blocks[before].text.value.rstrip())
        below = blocks[after].text.value.strip()
        if DIVIDED.search(above) or below[:1].islower():
            return True
        return not ended(above) and not DASHED.search(above) and above[-1:] not in ":\"“”‘’»«'*-"

    return interrupts
