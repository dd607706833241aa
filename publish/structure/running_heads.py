"""Running heads: lines that recur at the ends of pages, with a folio or alone, garbled or not.

A heading that equals its own running head stays: it comes first, stands under its number, and
does not part a paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from publish.document import Block
from publish.structure.folios import (
    FOLIO,
    PAGE,
    Candidate,
    candidates_of,
    chain_of,
    division_of,
    interrupter,
    letters_key,
)
from publish.structure.headings import Terms
from publish.structure.layout import ended, first_letter
from publish.structure.numerals import number
from publish.structure.page_ends import Found, beside, catchwords, edge, garbled, shouted

RECURRING = 6  # times that a line without a folio is the head of so many pages


def page_lines(blocks: Sequence[Block], gone: Found, terms: Terms) -> Found:
    """The folios, running heads and printers' marks: line → (what it is, why)."""
    divisions = {
        at: key
        for at, block in enumerate(blocks)
        if at not in gone and (key := division_of(block.text.value, terms))
    }
    candidates = [
        c for at in range(len(blocks)) if at not in gone for c in candidates_of(blocks, at, terms)
    ]
    interrupts = interrupter(blocks, frozenset({c.at for c in candidates} | divisions.keys()))
    chain = chain_of(candidates, interrupts)
    if len(chain) < 3 and not any(block.turn for block in blocks):
        if not _parts_pages(candidates, interrupts):
            return {}  # lines that recur in a text without pages are the text's own
    found = _heads(blocks, candidates, chain, interrupts, terms)
    found |= _repeated_divisions(blocks, divisions, found, interrupts)
    found |= garbled(blocks, chain, found.keys() | divisions.keys(), interrupts)
    for at in _last_of_a_division(blocks, found, terms):
        del found[at]
    found |= beside(blocks, found)
    found |= catchwords(blocks, found, gone)
    return found


def _parts_pages(candidates: Sequence[Candidate], interrupts: Callable[[int], bool]) -> bool:
    """Whether some line recurs as only a head on each page does: many times, never closer than a
    page and mostly in the midst of a paragraph."""
    places: dict[str, list[int]] = {}
    for candidate in candidates:
        if not candidate.alone and len(candidate.key) > 2:
            places.setdefault(candidate.key, []).append(candidate.at)
    return any(
        len(at) >= RECURRING
        and sum(after - before >= PAGE[0] for before, after in pairwise(at)) * 10 >= 9 * len(at) - 9
        and sum(map(interrupts, at)) * 10 >= 6 * len(at)
        for at in places.values()
    )


def _heads(
    blocks: Sequence[Block],
    candidates: Sequence[Candidate],
    chain: dict[int, int],
    interrupts: Callable[[int], bool],
    terms: Terms,
) -> Found:
    """Folios, and heads that are known by their folio, by recurring, or by likeness."""
    places: dict[str, list[int]] = {}
    plain: dict[str, list[int]] = {}  # … without a folio on the line
    for c in candidates:
        if not c.alone and len(c.key) > 2 and (c.at in chain or edge(blocks, c.at)):
            if c.at not in places.setdefault(c.key, []):
                places[c.key].append(c.at)
            if c.value is None:
                plain.setdefault(c.key, []).append(c.at)

    def ends_page(at: int) -> bool:
        return blocks[at].turn or any(near in chain for near in (at - 2, at - 1, at, at + 1))

    known = {
        key for key, at in places.items() if _by_pages(at, ends_page, interrupts, at[0] in chain)
    }
    whole = {
        key
        for key in known
        if len(places[key]) > 3 and (places[key][-1] - places[key][0]) * 2 > len(blocks)
    }
    found: Found = {}
    for candidate in candidates:
        at, key = candidate.at, candidate.key
        if candidate.value is not None and candidate.value == chain.get(at):
            if candidate.alone:
                found[at] = ("folio", f"page {candidate.value}")
            elif key in known or len(key) <= 3 or _like(key, known) or shouted(blocks[at]):
                found[at] = ("running_head", f"the head of page {candidate.value}")
    for candidate in candidates:
        at, key, value = candidate.at, candidate.key, candidate.value
        if at in found or candidate.alone:
            continue
        numbered = value is not None and any(c.isdigit() for c in blocks[at].text.value)
        if numbered and (edge(blocks, at) or shouted(blocks[at])) and _like(key, known):
            found[at] = ("running_head", "like other running heads")
        elif value is None and edge(blocks, at):
            bare, all_like = plain.get(key, [at]), places.get(key, [at])
            foliated = len(all_like) >= 2 * len(bare)
            first = bare[0] == at <= all_like[0] + 3 and (key not in whole or foliated)
            if key in known:
                if not _heading(blocks, at, found, first, foliated, interrupts, terms):
                    found[at] = ("running_head", f"{len(places[key])} times at the end of a page")
            elif len(key) > 7 and (
                (_like(key, known) and (ends_page(at) or interrupts(at)))
                or (shouted(blocks[at]) and _like(key, whole))
            ):
                if not _heading(blocks, at, found, False, False, interrupts, terms):
                    found[at] = ("running_head", "like other running heads")
    return found


def _by_pages(
    places: list[int],
    ends_page: Callable[[int], bool],
    interrupts: Callable[[int], bool],
    chained: bool,
) -> bool:
    """Whether a line recurs as pages do: not closer than a page, and often within a paragraph or
    beside a folio. A cry, a refrain or a speaker's name recurs otherwise.

    Twice is enough if the second time, when no heading can stand there, is at a page's end.
    """
    if len(places) < 2:
        return False
    later = places[1:]  # the heading itself may stand near the foot of its page
    far = sum(after - before >= PAGE[0] for before, after in pairwise(later))
    if far * 3 < (len(later) - 1) * 2:
        return False
    ending = sum(ends_page(at) or (len(later) > 1 and interrupts(at)) for at in later)
    return ending * 3 >= len(later) if len(places) > 2 or chained else ending == 1


def _repeated_divisions(
    blocks: Sequence[Block],
    divisions: dict[int, str],
    found: Found,
    interrupts: Callable[[int], bool],
) -> Found:
    """CHAPTER IV at the head of each of its pages: the same division again, within a paragraph or
    beside other furniture; or over the heading itself, where it opens a page."""
    out: Found = {}
    why = "a division named again at the end of a page"
    last: dict[bool, int] = {}
    for at, key in divisions.items():
        numeral = key.isalpha() and len(key) < 6
        before = last.get(numeral)
        if before is not None and divisions[before] == key and edge(blocks, at):
            beside = any(near in found for near in (at - 2, at - 1, at + 1, at + 2))
            if at - before == 1 and (blocks[before].turn or before - 1 in found or not before):
                out[before] = ("running_head", why)
            elif not numeral or interrupts(at) or beside or blocks[at].turn:
                out[at] = ("running_head", why)
                continue
        last[numeral] = at
    known = {letters_key(blocks[at].text.value) for at in out}
    for at, block in enumerate(blocks if known else ()):
        key = letters_key(block.text.value) if len(block.text.value) < 60 else ""
        if len(key) > 7 and at not in out and at not in divisions and shouted(block):
            if edge(blocks, at) and _like(key, known):
                out[at] = ("running_head", "like other running heads")
    return out


def _last_of_a_division(blocks: Sequence[Block], found: Found, terms: Terms) -> list[int]:
    """The running heads that name a division which no line left in the text names: the first of
    each, unless it parts a paragraph. CHAPTER XVII. THE FERRY. is the heading of its chapter, too.
    """
    named: dict[tuple[str, int], list[int]] = {}
    for at, block in enumerate(blocks):
        division = terms.divide(block.text.value.strip())
        value = number(division[1], terms.numbers) if division else None
        if division and value:
            named.setdefault((division[0], value), []).append(at)
    return [
        places[0]
        for places in named.values()
        if all(found.get(at, ("", ""))[0] == "running_head" for at in places)
        and blocks[places[0]].gap > 1
        and _stands_free(blocks, places[0], found)
    ]


def _stands_free(blocks: Sequence[Block], at: int, found: Found) -> bool:
    """Whether a sentence ends before a line, as far as can be seen, and one begins after it."""
    below = blocks[at + 1].text.value.strip() if at + 1 < len(blocks) else ""
    above = blocks[at - 1].text.value.rstrip() if at else ""
    free = not above or at - 1 in found or ended(above)
    return free and not first_letter(below).islower()


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
    found: Found,
    first: bool,
    foliated: bool,
    interrupts: Callable[[int], bool],
    terms: Terms,
) -> bool:
    """Whether a line that reads like a running head is the heading that the heads repeat.

    It stands under a number or a word for a division; or it is the `first` of its like, and does
    not part a paragraph. `foliated`: the others have folios on their lines.
    """
    before = at - 1
    while before in found:
        before -= 1
    if first:
        stop = before < 0 or blocks[before].text.value.rstrip()[-1:] in ".!?\"'“”‘’»«*:"
        below = at + 1 < len(blocks) and _number(blocks[at + 1].text.value, terms)
        if (stop or below) and not interrupts(at):
            if before < 0 or below or foliated or blocks[at].turn or blocks[at].gap >= 2:
                return True
    if before >= 0 and before == at - 1:
        above = blocks[before].text.value.strip()
        numbered = _number(above, terms) or (len(above) < 4 and above.isalpha())
        return bool(numbered) and blocks[at].gap < 4
    return False


def _number(text: str, terms: Terms) -> bool:
    return bool(division_of(text, terms) or FOLIO.match(text.strip()))
