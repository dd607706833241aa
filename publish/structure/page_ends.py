"""What else stands where a page ends: folios read as broken glyphs, second lines of heads,
printers' marks, catchwords."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from publish.document import Block
from publish.structure.layout import ended

CATCHWORD = 16  # characters
SIGNATURE = re.compile(r"^[A-Z]{1,2}\s?\d{1,2}$|^\d{1,2}\s?[A-Z]$")
HEAD_DIVIDED = re.compile(r"-[\W\d]*$")
Found = dict[int, tuple[str, str]]


def garbled(
    blocks: Sequence[Block],
    chain: dict[int, int],
    known: Collection[int],
    interrupts: Callable[[int], bool],
) -> Found:
    """Lines of a few broken glyphs where a page must have ended: between folios that are further
    apart than a page, about where the count asks for one. Those `known` for something are left."""
    out: Found = {}
    places = sorted(chain)
    for before, after in pairwise(places):
        pages = chain[after] - chain[before]
        length = (after - before) / pages
        for page in range(1, pages):
            due = before + length * page
            near = [
                at
                for at in range(int(due - length * 0.3), int(due + length * 0.3) + 1)
                if before < at < after and at not in known
            ]
            parting = [at for at in near if _furnishes(blocks, at, interrupts(at))]
            if parting:
                spoken = [at for at in parting if len(blocks[at].text.value.split()) > 1]
                at = min(spoken or parting, key=lambda at: abs(at - due))
                out[at] = ("folio", f"about where page {chain[before] + page} begins")
    return out


def _furnishes(blocks: Sequence[Block], at: int, interrupts: bool) -> bool:
    """Whether a line where a page ended is no text: a few broken glyphs (`u il`, `I Oo 9`), or a
    short line in capitals within a paragraph or with a digit (`ACTIN3`).

    The last words of a paragraph are short too; they follow an unfinished line and end it.
    """
    text = blocks[at].text.value.strip()
    words = re.findall(r"[^\W_]+", text)
    numbered = any(c.isdigit() for c in text)
    if not edge(blocks, at):
        return numbered and len(words) == 2 and len(text) <= 8
    if len(text) <= 10 and len(words) <= 3 and all(len(word) <= 3 for word in words):
        if numbered and (len(words) > 1 or interrupts):
            return not ended(text)
        above = blocks[at - 1].text.value.rstrip() if at else ""
        specks = any(not any(c.isalnum() for c in word) for word in text.split()[1:])
        return specks or (len(words) > 1 and ended(above) and not ended(text))
    letters = [c for c in text if c.isalpha()]
    shouted = bool(letters) and sum(c.isupper() for c in letters) * 10 >= len(letters) * 7
    return (interrupts or numbered) and shouted and len(text) <= 60


def beside(blocks: Sequence[Block], found: Found) -> Found:
    """What goes with a head or folio: its second line, a signature mark beside it."""
    out: Found = {}
    for at in found:
        after, before = at + 1, at - 1
        if after < len(blocks) and after not in found and not blocks[after].gap:
            divided = HEAD_DIVIDED.search(blocks[at].text.value)
            if divided and shouted(blocks[after]) and shouted(blocks[at]):
                out[after] = ("running_head", "a running head of two lines")
        if before >= 0 and before not in found:
            text = blocks[before].text.value.strip()
            if SIGNATURE.match(text) and blocks[before].gap and blocks[at].gap:
                out[before] = ("signature", "a printer's mark at the foot of a page")
    return out


def catchwords(blocks: Sequence[Block], found: Found, gone: Found) -> Found:
    """The first word of a page printed alone under the last line of the page before."""
    out: Found = {}
    turned = {at for at, block in enumerate(blocks) if block.turn} | {at + 1 for at in found}
    for at in turned:
        after = at
        while after in found or after in gone:
            after += 1
        before = min(at, after) - 1
        while before in found or before in gone:
            before -= 1
        if before < 1 or after >= len(blocks) or before in out:
            continue
        word = blocks[before].text.value.strip()
        above = blocks[before - 1].text.value
        bare = word.rstrip("-")
        if (
            0 < len(word) <= CATCHWORD
            and len(word.split()) < 3
            and any(c.isalpha() for c in bare)
            and blocks[after].text.value.strip().startswith(bare)
            and len(above.strip()) > 2 * CATCHWORD
            and not ended(word)
        ):
            out[before] = ("catchword", "the word that begins the next page")
    return out


def edge(blocks: Sequence[Block], at: int) -> bool:
    """Whether a blank line or a page's end stands before or after a line."""
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    return bool(blocks[at].gap or blocks[at].turn or after is None or after.gap or after.turn)


def shouted(block: Block) -> bool:
    letters = [c for c in block.text.value if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) * 5 >= len(letters) * 3
