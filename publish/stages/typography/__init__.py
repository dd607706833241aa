"""Typography: quotation marks, apostrophes, dashes, ellipses and spaces as books have them.

Dashes and ellipses come first, for the marks beside them are read by what they are; then the
quotation marks, with what is still open from one paragraph to the next; then the spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from publish.context import Context
from publish.document import Block, Document
from publish.edition import Edition
from publish.house_style import HouseStyle, house_style
from publish.ledger import Confidence, Edit, Origin, Rule, apply_rule
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
from publish.stages.typography.marks import MARK, OPENING, QUOTING, Reading, Role
from publish.stages.typography.quotes import read_marks
from publish.stages.typography.smart import opinion
from publish.stages.typography.spaces import spaces
from publish.stages.typography.specks import specks

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


def _elisions(blocks: Sequence[Block], context: Context, single: bool) -> Elisions:
    data = context.language.subject("typography")
    known = frozenset(data.get("elisions", ()))
    texts = [block.text.value for block in blocks]
    counts, shorn = learn(texts)
    words = context.language.words if data.get("restored") else {}
    return Elisions(
        known,
        tuple(data.get("restored", ())),
        words,
        counts,
        shorn,
        single,
        frozenset(data.get("endings", ())),
        tuple(data.get("finals", ())),
        dropped(texts, data.get("dropped", ()), words),
        curled_by_machine(texts, known),
    )


def _specks(blocks: Sequence[Block], context: Context) -> Iterator[tuple[int, Edit]]:
    texts = [block.text.value for block in blocks]
    return specks(texts, _elisions(blocks, context, primary_single(texts)))


def _quotes(blocks: Sequence[Block], context: Context) -> Iterator[tuple[int, Edit]]:
    style = _style(context)
    single = primary_single(block.text.value for block in blocks)
    elisions = _elisions(blocks, context, single)
    glyphs = _glyphs(style, single)
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
        paragraph = read_marks(text, elisions, opened, after)
        if all(reading.role not in QUOTING for reading in paragraph.readings):
            yield from ((index, edit) for edit in _edits(text, paragraph.readings, glyphs))
            continue  # within a quotation or not, this tells nothing of it
        answered = bool(opened) and _repeats(text, opened)
        answered = answered and (may_run_on or bool(paragraph.opened))
        if not paragraph.carried and not answered:
            yield from pending
        pending = []
        yield from ((index, edit) for edit in _edits(text, paragraph.readings, glyphs))
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


def _glyphs(style: HouseStyle, single: bool) -> dict[Role, str]:
    outer, inner = style.outer, style.inner
    if (style.primary == "double" and single) or (style.primary == "single" and not single):
        double, one = inner, outer
    else:
        double, one = outer, inner
    if style.primary == "single" and single:
        double, one = inner, outer
    return {
        Role.DOUBLE_OPEN: double[0],
        Role.DOUBLE_CLOSE: double[1],
        Role.SINGLE_OPEN: one[0],
        Role.SINGLE_CLOSE: one[1],
        Role.APOSTROPHE: "’",
        Role.PRIME: "′",
        Role.DOUBLE_PRIME: "″",
        Role.DITTO: "”",
    }


_OPENS, _CLOSES = tuple("“‘"), tuple("”’")
GUILLEMETS = re.compile(r"(?<![\w«»])[«»](?=\S)[^«»]+(?<=\S)[«»](?![\w«»])")


def _edits(text: str, readings: Sequence[Reading], glyphs: dict[Role, str]) -> Iterator[Edit]:
    strays = glyphs[Role.DOUBLE_OPEN][:1] != "«" and not GUILLEMETS.search(text)
    advice = opinion(text) if any(reading.other for reading in readings) else ""
    for start, end, role, other in readings:
        new = glyphs[role]
        if new[-1:].isspace():
            while text[end : end + 1] in (" ", "\u00a0", "\u202f"):
                end += 1
        elif new[:1].isspace():
            while start and text[start - 1] in " \u00a0\u202f":
                start -= 1
        old = text[start:end]
        if strays and old[:1] in "«»" and old:
            continue  # specks of a scan in a language that does not quote so
        if old == new or (old in ("“", "”") and new.strip() in ("«", "»") and "«" in text):
            continue  # already so, or the inner marks of a quotation in guillemets
        if other is None or advice[start : start + 1] in (_OPENS if role in OPENING else _CLOSES):
            yield Edit(start, end, new, role.value)
        else:
            why = f"{role.value}, or {other.value}"
            yield Edit(start, end, new, why, Confidence.DOUBTFUL, (new, glyphs[other]))


def _spaces(blocks: Sequence[Block], context: Context) -> Iterator[tuple[int, Edit]]:
    style, data = _style(context), context.language.subject("typography")
    titles, units = tuple(data.get("titles", ())), tuple(data.get("units", ()))
    for index, block in enumerate(blocks):
        if block.kind != "break":
            for edit in spaces(block.text.value, style, titles, units):
                yield index, edit


RULES = (
    Rule("typography.dash", _dashes),
    Rule("typography.speck", _specks, Origin.SCAN),
    Rule("typography.quote", _quotes),
    Rule("typography.space", _spaces),
)


def typography(document: Document, edition: Edition) -> Document:
    """The document with the marks and spaces of its house style; doubtful ones are queried."""
    context = Context.of(document, edition)
    for rule in RULES:
        document = apply_rule(document, rule, context)
    return document
