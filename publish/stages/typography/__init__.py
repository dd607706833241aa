"""Typography: quotation marks, apostrophes, dashes, ellipses and spaces as books have them.

Dashes and ellipses come first, for the marks beside them are read by what they are; then the
quotation marks, with what is still open from one paragraph to the next; then the spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from publish.context import Context
from publish.document import Block, Document
from publish.edition import Edition
from publish.house_style import HouseStyle, house_style
from publish.ledger import Edit, Origin, Rule, apply_rule
from publish.stages.typography.balance import (
    doubled_queries,
    runs_on,
    unbalanced,
    unclosed_queries,
    unopened_queries,
)
from publish.stages.typography.dashes import dashes, hyphen_is_dash
from publish.stages.typography.elisions import (
    Elisions,
    curled_by_machine,
    dropped,
    learn,
    primary_single,
)
from publish.stages.typography.marks import MARK, QUOTING
from publish.stages.typography.setting import glyphs_of, mark_edits, settled
from publish.stages.typography.spaces import spaces
from publish.stages.typography.specks import specks

_BLANKS = re.compile(r"(?<=\S)  (?=\S)")  # more are a gap that was meant
_RUNNING = frozenset(("paragraph", "heading", "note", "caption"))  # blanks mean nothing there
_RESETS = frozenset(("heading", "break", "figure", "caption", "note"))


def _style(context: Context) -> HouseStyle:
    return house_style(context.edition.house_style, context.language.code)


def _dashes(blocks: Sequence[Block], context: Context) -> Iterator[tuple[int, Edit]]:
    style = _style(context)
    spaced = hyphen_is_dash(block.text.value for block in blocks)
    for index, block in enumerate(blocks):
        if block.kind != "break":
            for edit in dashes(block.text.value, style, spaced):
                yield index, edit


def _elisions(blocks: Sequence[Block], context: Context) -> Elisions:
    data = context.language.subject("typography")
    texts = [block.text.value for block in blocks]
    known = frozenset(data.get("elisions", ()))
    counts, shorn = learn(texts)
    words = context.language.words if data.get("restored") else {}
    return Elisions(
        known=known,
        restored=tuple(data.get("restored", ())),
        words=words,
        counts=counts,
        shorn=shorn,
        single_primary=primary_single(texts),
        endings=frozenset(data.get("endings", ())),
        finals=tuple(data.get("finals", ())),
        dropped=dropped(texts, data.get("dropped", ()), words),
        curled_by_machine=curled_by_machine(texts, known),
    )


def _specks(
    elisions: Elisions, blocks: Sequence[Block], _context: Context
) -> Iterator[tuple[int, Edit]]:
    return specks([block.text.value for block in blocks], elisions)


def _quotes(
    elisions: Elisions, blocks: Sequence[Block], context: Context
) -> Iterator[tuple[int, Edit]]:
    glyphs = glyphs_of(_style(context), elisions.single_primary)
    opened: tuple[str, ...] = ()
    may_run_on = True
    pending: list[tuple[int, Edit]] = []  # queries that the next paragraph may answer
    for index, block in enumerate(blocks):
        if block.kind in _RESETS:
            opened = ()
        text = block.text.value
        if block.kind == "break" or not MARK.search(text):
            continue
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        after = following.text.value if following and following.kind not in _RESETS else ""
        paragraph = settled(text, elisions, opened, after, glyphs)
        if all(reading.role not in QUOTING for reading in paragraph.readings):
            yield from ((index, edit) for edit in mark_edits(text, paragraph.readings, glyphs))
            continue  # within a quotation or not, this tells nothing of it
        answered = bool(opened) and _repeats(text, opened)
        answered = answered and (may_run_on or bool(paragraph.opened))
        if not paragraph.carried and not answered:
            yield from pending
        pending = []
        yield from ((index, edit) for edit in mark_edits(text, paragraph.readings, glyphs))
        unopened, unclosed, doubled = unbalanced(text, paragraph.readings, paragraph.carried)
        yield from (
            (index, edit) for edit in unopened_queries(text, unopened, paragraph.readings, glyphs)
        )
        yield from ((index, edit) for edit in doubled_queries(text, doubled, glyphs))
        pending = [(index, edit) for edit in unclosed_queries(text, unclosed, glyphs)]
        may_run_on = bool(opened) or runs_on(text, paragraph.readings)
        opened = paragraph.opened
    yield from pending


def _repeats(text: str, opened: Sequence[str]) -> bool:
    """Whether a paragraph begins with the mark of what was open before it."""
    return text[:1] in ('"“„«`' if opened[0] == "d" else "'‘’`‚")


def _spaces(blocks: Sequence[Block], context: Context) -> Iterator[tuple[int, Edit]]:
    style, data = _style(context), context.language.subject("typography")
    titles, units = tuple(data.get("titles", ())), tuple(data.get("units", ()))
    for index, block in enumerate(blocks):
        if block.kind != "break":
            for edit in spaces(block.text.value, style, titles, units):
                yield index, edit


def _doubled(blocks: Sequence[Block], _context: Context) -> Iterator[tuple[int, Edit]]:
    for index, block in enumerate(blocks):
        text = block.text.value
        if "  " in text and block.kind in _RUNNING:
            for match in _BLANKS.finditer(text):
                yield index, Edit(match.start(), match.end(), " ", "a doubled space")


def typography(document: Document, edition: Edition) -> Document:
    """The document with the marks and spaces of its house style; doubtful ones are queried."""
    context = Context.of(document, edition)
    document = apply_rule(document, Rule("typography.dash", _dashes), context)
    elisions = _elisions(document.blocks, context)
    for rule in (
        Rule("typography.speck", partial(_specks, elisions), Origin.SCAN),
        Rule("typography.quote", partial(_quotes, elisions)),
        Rule("typography.doubled", _doubled, white=True),
        Rule("typography.space", _spaces),
    ):
        document = apply_rule(document, rule, context)
    return document
