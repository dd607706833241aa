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
from publish.ledger import Confidence, Edit, Rule, apply_rule
from publish.stages.typography.dashes import dashes, hyphen_is_dash
from publish.stages.typography.quotes import (
    MARK,
    Elisions,
    Reading,
    Role,
    learn,
    primary_single,
    read_marks,
)
from publish.stages.typography.smart import opinion
from publish.stages.typography.spaces import spaces

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
    counts, shorn = learn(block.text.value for block in blocks)
    return Elisions(
        frozenset(data.get("elisions", ())),
        tuple(data.get("restored", ())),
        context.language.words if data.get("restored") else {},
        counts,
        shorn,
        single,
    )


def _quotes(blocks: Sequence[Block], context: Context) -> Iterator[tuple[int, Edit]]:
    style = _style(context)
    single = primary_single(block.text.value for block in blocks)
    elisions = _elisions(blocks, context, single)
    glyphs = _glyphs(style, single)
    opened: tuple[str, ...] = ()
    for index, block in enumerate(blocks):
        if block.kind in _RESETS:
            opened = ()
        text = block.text.value
        if block.kind == "break" or not MARK.search(text):
            opened = () if text.strip() else opened
            continue
        readings, opened = read_marks(text, elisions, opened)
        for edit in _edits(text, readings, glyphs):
            yield index, edit


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
    }


GUILLEMETS = re.compile(
    r"(?<![\w«»])(?:«[^\W_][^«»]*[^\s«»]»|»[^\W_][^«»]*[^\s«»]«|« [^\W_][^«»]*[^\s«»] »)(?![\w«»])"
)


def _edits(text: str, readings: Sequence[Reading], glyphs: dict[Role, str]) -> Iterator[Edit]:
    strays = glyphs[Role.DOUBLE_OPEN][:1] != "«" and any(
        sign in "«»" for sign in GUILLEMETS.sub("", text)
    )
    advice = "" if all(reading.sure for reading in readings) else opinion(text)
    for start, end, role, sure in readings:
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
        if sure or advice[start:end] == new:
            yield Edit(start, end, new, role.value)
        else:
            yield Edit(start, end, new, role.value, Confidence.DOUBTFUL, (new, old))


def _spaces(blocks: Sequence[Block], context: Context) -> Iterator[tuple[int, Edit]]:
    style, data = _style(context), context.language.subject("typography")
    titles, units = tuple(data.get("titles", ())), tuple(data.get("units", ()))
    for index, block in enumerate(blocks):
        if block.kind != "break":
            for edit in spaces(block.text.value, style, titles, units):
                yield index, edit


RULES = (
    Rule("typography.dash", _dashes),
    Rule("typography.quote", _quotes),
    Rule("typography.space", _spaces),
)


def typography(document: Document, edition: Edition) -> Document:
    """The document with the marks and spaces of its house style; doubtful ones are queried."""
    context = Context.of(document, edition)
    for rule in RULES:
        document = apply_rule(document, rule, context)
    return document
