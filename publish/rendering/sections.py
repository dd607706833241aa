"""The text in parts: one for each chapter of a book, one for a whole essay with its crossheads.

Which headings begin a part is read off what they say they are (a "chapter" of its role, a number
over a title) and how much text they have; a short text with unlabelled headings stays in one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from publish.book import ROLES, NavPoint, Part
from publish.document import Block
from publish.rendering.blocks import flow, heading
from publish.rendering.inline import References, attribute

FRONT = frozenset(
    "acknowledgments dedication epigraph foreword introduction preface abstract errata "
    "toc loi lot halftitlepage".split()
)
BACK = frozenset(
    "afterword appendix bibliography colophon conclusion endnotes glossary index".split()
)
DIVIDING = frozenset("chapter part volume division prologue epilogue".split()) | FRONT | BACK
BOOK_WORDS = 12_000  # more words than this under headings are a book's, not an essay's
CHAPTER_WORDS = 1_500  # what a section holds on average that deserves a page of its own
DIVISIBLE_WORDS = 20_000  # a division of this size is made of parts itself
LABEL = re.compile(r"[\W_]*(?:\w+[\s.]+)?(?:[IVXLCDM]+|\d{1,3})[\W_]*")
WORDS = re.compile(r"\S+")


class Division(NamedTuple):
    """A stretch of the text that becomes a part. Without `head` it has no heading of its own."""

    head: Block | None
    blocks: tuple[Block, ...]
    depth: int  # in the contents, from 1


def plain_title(block: Block) -> str:
    """A heading in one line: number and title parted by a full stop and a space."""
    lines = [" ".join(line.split()) for line in block.text.value.split("\n") if line.strip()]
    if len(lines) < 2:
        return "".join(lines)
    number, title = lines[0], " ".join(lines[1:])
    return f"{number} {title}" if number[-1:] in ".:—–!?" else f"{number}. {title}"


def text_parts(blocks: Sequence[Block], references: References, title: str) -> tuple[Part, ...]:
    """The parts of the text, front and back matter of its own included."""
    divisions = _divided(blocks)
    parts = [_part(division, references, title, len(divisions)) for division in divisions]
    bodies = [index for index, part in enumerate(parts) if part.matter == "body"]
    first, last = (bodies[0], bodies[-1]) if bodies else (len(parts), -1)
    return tuple(
        replace(part, matter="body") if first < index < last else part
        for index, part in enumerate(parts)
    )


def _divided(blocks: Sequence[Block]) -> list[Division]:
    deepest = _dividing_level(blocks)
    divisions: list[Division] = []
    head: Block | None = None
    held: list[Block] = []
    levels: list[int] = []
    depth = 1

    def finish() -> None:
        if head is not None or held:
            divisions.append(Division(head, tuple(held), depth))
        held.clear()

    for block in blocks:
        if block.kind == "heading" and not block.within and block.level <= deepest:
            finish()
            head = block
            while levels and (levels[-1] >= block.level or block.role in BACK):
                levels.pop()
            levels.append(block.level)
            depth = len(levels)
        else:
            held.append(block)
    finish()
    return divisions


def _dividing_level(blocks: Sequence[Block]) -> int:
    """The deepest level of the headings that begin parts; 0 if none does."""
    headings = [b for b in blocks if b.kind == "heading" and not b.within]
    if not headings:
        return 0
    named = [b.level for b in headings if b.role in DIVIDING or _labelled(b)]
    top = min(b.level for b in headings)
    words = sum(b.text.value.count(" ") + 1 for b in blocks)
    if any(b.role in DIVIDING for b in headings):
        deepest = max(b.level for b in headings if b.role in DIVIDING)
    elif (
        (named and min(named) == top and len(named) > 1 and words > CHAPTER_WORDS * 2)
        or words > BOOK_WORDS
        or words > CHAPTER_WORDS * len(headings) * 2
    ):
        deepest = top
    else:
        return 0
    for level in sorted({b.level for b in headings if b.level > deepest}):
        size = words / sum(b.level <= deepest for b in headings)
        if size < DIVISIBLE_WORDS:
            break
        deepest = level
    return deepest


def _labelled(block: Block) -> bool:
    return bool(LABEL.fullmatch(block.text.value.split("\n")[0]))


def _part(division: Division, references: References, title: str, count: int) -> Part:
    head, blocks, depth = division
    points: list[NavPoint] = []
    if head is None:
        id = f"text-{blocks[0].id}"
        body = _body(blocks, references, 1, points, flush=True)
        section = f'<section id="{id}" class="text">\n{body}</section>'
        words = sum(len(b.text.value.split()) for b in blocks)
        listed = count == 1 or bool(points) or words > CHAPTER_WORDS
        return Part(id, title, "bodymatter", "body", section, 1, listed, tuple(points))
    kind = head.role if head.role in DIVIDING else "chapter"
    matter = "front" if kind in FRONT else "back" if kind in BACK else "body"
    drama = " z3998:drama" if any(b.kind == "speech" for b in blocks) else ""
    role = f' role="{ROLES[kind]}"' if kind in ROLES else ""
    body = _body(blocks, references, depth + 1, points)
    section = (
        f'<section id="{head.id}" class="{kind}" epub:type="{kind}{drama}"{role}'
        f' aria-labelledby="{head.id}-h">\n'
        f"{heading(head, references, depth + 1, head.id + '-h')}{body}</section>"
    )
    return Part(head.id, plain_title(head), kind, matter, section, depth, True, tuple(points))


def _body(
    blocks: Sequence[Block],
    references: References,
    depth: int,
    points: list[NavPoint],
    flush: bool = False,
) -> str:
    """The blocks with their sections nested; `depth` is the level of the heading above them."""
    pieces: list[str] = []
    levels: list[int] = []
    run: list[Block] = []

    def settle() -> None:
        nonlocal flush
        if run:
            pieces.append(flow(run, references, flush and not levels))
            run.clear()
            flush = False

    for block in blocks:
        if block.kind != "heading" or block.within:
            run.append(block)
            continue
        settle()
        while levels and levels[-1] >= block.level:
            levels.pop()
            pieces.append("</section>\n")
        levels.append(block.level)
        points.append(NavPoint(block.id, plain_title(block), len(levels)))
        term = f' epub:type="{attribute(block.role)}"' if block.role in DIVIDING else ""
        pieces.append(f'<section id="{block.id}"{term}>\n')
        pieces.append(heading(block, references, depth + len(levels)))
    settle()
    pieces.append("</section>\n" * len(levels))
    return "".join(pieces)
