"""What belongs to the page and not to the text leaves it: running heads, folios, stamps.

Folios are numbers that count up by the page; running heads are short lines that recur at the ends
of pages, with a folio or alone, also where the scanner garbled them. The line after a page's end
is told so (`turn`). All that goes stays in the record, line by line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from publish.boilerplate import boilerplate
from publish.document import Block, Document
from publish.edition import Edition
from publish.language import load_language
from publish.ledger import Group, Part, regroup
from publish.structure.headings import Terms
from publish.structure.running_heads import page_lines


def furniture(document: Document, edition: Edition) -> Document:
    """The document without boilerplate, running heads and folios; page ends marked."""
    if edition.keep_furniture:
        return document
    lines = [block.text.value for block in document.blocks]
    gone = {
        at: ("boilerplate", why)
        for at, why in boilerplate(lines, [b.gap for b in document.blocks]).items()
    }
    terms = Terms(load_language(edition.metadata.language).subject("structure"))
    gone |= page_lines(document.blocks, gone, terms)
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
