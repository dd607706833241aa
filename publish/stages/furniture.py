"""What belongs to the page and not to the text leaves it: running heads, folios, stamps.

Folios are numbers that count up by the page; running heads are short lines that recur at the ends
of pages, with a folio or alone, also where the scanner garbled them. The line after a page's end
is told so (`turn`). A heading that equals its own running head stays: it comes first and stands
under its number. All that goes stays in the record, line by line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from publish.boilerplate import boilerplate
from publish.document import Block, Document
from publish.edition import Edition
from publish.ledger import Group, Part, regroup

LONGEST = 75  # characters of a running head
FOLIO = re.compile(r"^[\W_]*(?:p(?:a?ge?|g)?\.?\s*)?([\dlIOoS|]{1,4}|[ivxlc]{1,7})[\W_]*$", re.I)
HEAD_LEFT = re.compile(r"^[\W_]{0,4}([\dlIOS|°]{1,4})[\W_]*\s+(\S.*)$")
HEAD_RIGHT = re.compile(r"^(.*\S)\s+[\W_]{0,3}([\dlIOSo|°]{1,4})[\W_]{0,3}$")
DIGITS = str.maketrans("lI|OoS°", "1110050")
DIVISION = re.compile(
    r"^\W*(?:(?:chapter|book|part|act|scene|letter|canto|stave|section)\b.{0,12}|[IVXLC]{1,7}|\d{1,3})[\W_]*$",
    re.I,
)
HEAD_DIVIDED = re.compile(r"-[\W\d]*$")
SIGNATURE = re.compile(r"^[A-Z]{1,2}\s?\d{1,2}$|^\d{1,2}\s?[A-Z]$")
PAGE = (14, 90)  # printed lines a page may have


@dataclass(slots=True)
class Candidate:
    """A line that may be furniture: its folio, if any, and its words as letters only."""

    at: int
    value: int | None
    key: str
    alone: bool  # nothing but a folio


def furniture(document: Document, edition: Edition) -> Document:
    """The document without boilerplate, running heads and folios; page ends marked."""
    if edition.keep_furniture:
        return document
    lines = [block.text.value for block in document.blocks]
    gone = {
        at: ("boilerplate", why)
        for at, why in boilerplate(lines, [b.gap for b in document.blocks]).items()
    }
    for at, why in _page_lines(document.blocks, gone).items():
        gone[at] = why
    if not gone:
        return document
    groups = [
        Group(
            block.kind,
            (Part(at, 0, len(block.text.value)),),
            f"furniture.{gone[at][0]}" if gone[at][0] != "boilerplate" else "boilerplate.removed",
            gone[at][1],
            removed=True,
        )
        if at in gone
        else Group(block.kind, (Part(at, 0, len(block.text.value)),))
        for at, block in enumerate(document.blocks)
    ]
    turned = _after(
        document.blocks, {at for at, why in gone.items() if why[0] != "boilerplate"}, gone
    )
    after = regroup(document, groups)
    kept = [at for at in range(len(document.blocks)) if at not in gone]
    blocks = tuple(
        replace(block, turn=True, gap=max(block.gap, 1)) if at in turned else block
        for at, block in zip(kept, after.blocks, strict=True)
    )
    return replace(after, blocks=blocks)


def _after(blocks: Sequence[Block], pages: set[int], gone: dict[int, tuple[str, str]]) -> set[int]:
    """The lines that come next after furniture."""
    turned = set()
    for at in pages:
        following = at + 1
        while following in gone:
            following += 1
        turned.add(following)
    return turned


def _page_lines(
    blocks: Sequence[Block], gone: dict[int, tuple[str, str]]
) -> dict[int, tuple[str, str]]:
    """The folios and running heads, by line."""
    candidates = [
        c for at, b in enumerate(blocks) if at not in gone for c in _candidates(blocks, at)
    ]
    chain = _chain([c for c in candidates if c.value is not None], blocks)
    found: dict[int, tuple[str, str]] = {}
    heads = Counter(
        c.key for c in candidates if not c.alone and (c.at in chain or _edge(blocks, c.at))
    )
    known = {key for key, count in heads.items() if count >= 3 and len(key) > 2}
    known |= {c.key for c in candidates if c.at in chain and len(c.key) > 2 and heads[c.key] >= 2}
    paged = len(chain) >= 3 or any(block.turn for block in blocks)
    if not paged:
        known = set()  # lines that recur in a text without pages are the text's own
    first = {c.key: c.at for c in reversed(candidates) if c.value is None}
    for candidate in candidates:
        at = candidate.at
        if candidate.at in chain and candidate.value == chain[at]:
            if candidate.alone:
                found[at] = ("folio", f"page {candidate.value}")
            elif (
                candidate.key in known
                or len(candidate.key) <= 3
                or _like(candidate.key, known)
                or _shouted(blocks[at])
            ):
                found[at] = ("running_head", f"the head of page {candidate.value}")
        if at in found or candidate.alone:
            continue
        if (
            candidate.key in known
            and _edge(blocks, at)
            and not _heading(blocks, at, candidate, found, first)
        ):
            found[at] = ("running_head", f"{heads[candidate.key]} times at the end of a page")
        elif (
            candidate.value is not None
            and (_edge(blocks, at) or _shouted(blocks[at]))
            and _like(candidate.key, known)
        ):
            found[at] = ("running_head", "like other running heads")
        elif _edge(blocks, at) and len(candidate.key) > 7 and _like(candidate.key, known):
            if not _heading(blocks, at, candidate, found, first):
                found[at] = ("running_head", "like other running heads")
    for at in list(found):
        after = at + 1
        if after < len(blocks) and after not in found and not blocks[after].gap:
            divided = HEAD_DIVIDED.search(blocks[at].text.value)
            if divided and _shouted(blocks[after]) and _shouted(blocks[at]):
                found[after] = ("running_head", "a running head of two lines")
        before = at - 1
        if (
            before not in found
            and before >= 0
            and SIGNATURE.match(blocks[before].text.value.strip())
        ):
            if blocks[before].gap and blocks[at].gap:
                found[before] = ("signature", "a printer's mark at the foot of a page")
    return found


def _candidates(blocks: Sequence[Block], at: int) -> list[Candidate]:
    """How a line may be read as furniture: as a folio, as a head with or without one."""
    text = blocks[at].text.value.strip()
    if len(text) > LONGEST or not text:
        return []
    folio = FOLIO.match(text)
    if folio:
        value = _number(folio[1]) if any(c.isdigit() for c in folio[1]) else None
        return [Candidate(at, value, "", True)] if value else []
    out = []
    divides = bool(DIVISION.match(text))
    for pattern, number, words in ((HEAD_LEFT, 1, 2), (HEAD_RIGHT, 2, 1)):
        found = pattern.match(text)
        if found and (_headlike(found[words]) or len(_key(found[words])) <= 3):
            value = _number(found[number])
            if value and (found[number].isdecimal() or not divides):
                out.append(Candidate(at, value, _key(found[words]), False))
    if not out and not divides and _headlike(text):
        out.append(Candidate(at, None, _key(text), False))
    return out


def _number(text: str) -> int | None:
    digits = text.translate(DIGITS)
    if digits.isdecimal() and any(c.isdigit() or c in "lI|" for c in text):
        return int(digits)
    return None


def _headlike(text: str) -> bool:
    """Whether words could head a page: capitals, or title case without a closing stop."""
    letters = [c for c in text if c.isalpha()]
    if not letters or len(text) > 60:
        return False
    if sum(c.isupper() for c in letters) * 10 >= len(letters) * 7:
        return True
    words = [w for w in text.split() if w[0].isalpha()]
    large = sum(w[0].isupper() for w in words)
    return (
        bool(words)
        and words[0][0].isupper()
        and large * 2 >= len(words)
        and text[-1] not in ".,;!?"
    )


def _key(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalpha())


def _edge(blocks: Sequence[Block], at: int) -> bool:
    """Whether a blank line or a page's end stands before or after a line."""
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    return bool(blocks[at].gap or blocks[at].turn or after is None or after.gap or after.turn)


def _shouted(block: Block) -> bool:
    letters = [c for c in block.text.value if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) * 5 >= len(letters) * 3


def _chain(candidates: Sequence[Candidate], blocks: Sequence[Block]) -> dict[int, int]:
    """The longest run of numbers that count up as pages do: line → folio.

    Between two of them stand as many lines as that many pages may hold; fewer than three are none.
    """
    best: list[tuple[int, int]] = []  # (length, index of the one before)
    for at, candidate in enumerate(candidates):
        length, before = 1, -1
        for other in range(at - 1, max(at - 60, -1), -1):
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
        if best[at][0] >= 3:
            while at >= 0:
                chain[candidates[at].at] = candidates[at].value or 0
                at = best[at][1]
    return chain


def _like(key: str, known: set[str]) -> bool:
    """Whether a key shares most of its pairs of letters with a known running head."""
    pairs = {key[i : i + 2] for i in range(len(key) - 1)}
    if len(pairs) < 3:
        return False
    for other in known:
        if abs(len(other) - len(key)) * 4 <= max(len(other), len(key)):
            theirs = {other[i : i + 2] for i in range(len(other) - 1)}
            if len(pairs & theirs) * 5 >= max(len(pairs), len(theirs)) * 3:
                return True
    return False


def _heading(
    blocks: Sequence[Block],
    at: int,
    candidate: Candidate,
    found: dict[int, tuple[str, str]],
    first: dict[str, int],
) -> bool:
    """Whether a line that reads like a running head is the heading that the heads repeat.

    It has no folio, and stands under a number or a word for a division; or it is the first of
    its like, between a finished sentence and white space or a number.
    """
    if candidate.value is not None:
        return False
    before = at - 1
    while before in found:
        before -= 1
    if first.get(candidate.key) == at and not blocks[at].turn:
        ended = before < 0 or blocks[before].text.value.rstrip()[-1:] in ".!?\"'“”‘’»«*:"
        below = at + 1 < len(blocks) and DIVISION.match(blocks[at + 1].text.value)
        if ended and (before < 0 or blocks[at].gap >= 2 or below):
            return True
    if before >= 0 and before == at - 1:
        above = blocks[before].text.value.strip()
        numbered = DIVISION.match(above) or (len(above) < 4 and above.isalpha())
        return bool(numbered) and blocks[at].gap < 4
    return False
