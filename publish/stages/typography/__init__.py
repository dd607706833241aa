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
from publish.house_style import HouseStyle, house_style, suited
from publish.ledger import Confidence, Edit, Rule, apply_rule
from publish.stages.typography.dashes import dashes, hyphen_is_dash
from publish.stages.typography.dialogue import dialogue, opening
from publish.stages.typography.levels import (
    TYPED,
    angles,
    doubles_are_inner,
    glyphs,
    speech_in_singles,
    typed_guillemets,
)
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
from publish.stages.typography.spaces import Binding, spaces

_RESETS = frozenset(("heading", "break", "figure", "caption", "note"))


def _style(blocks: Sequence[Block], context: Context) -> HouseStyle:
    """The style the edition names; else that of its language, as its source has it."""
    named = context.edition.house_style
    style = house_style(named, context.language.tag)
    return style if named or not style.name else suited(style, (b.text.value for b in blocks))


def _guillemets(blocks: Sequence[Block], context: Context) -> Iterator[tuple[int, Edit]]:
    """Pairs of angles as guillemets, in languages that quote with them."""
    if context.language.code == "en" or not typed_guillemets(b.text.value for b in blocks):
        return
    for index, block in enumerate(blocks):
        if "<<" in block.text.value or ">>" in block.text.value:
            for start, end, mark in angles(block.text.value):
                yield index, Edit(start, end, mark, "angles typed for a guillemet")


def _dialogue(blocks: Sequence[Block], context: Context) -> Iterator[tuple[int, Edit]]:
    style = _style(blocks, context)
    if style.dialogue:
        for index, block in enumerate(blocks):
            if block.kind in ("paragraph", "speech", "verse"):
                for edit in dialogue(block.text.value, style):
                    yield index, edit


def _dashes(blocks: Sequence[Block], context: Context) -> Iterator[tuple[int, Edit]]:
    style = _style(blocks, context)
    spaced = hyphen_is_dash(block.text.value for block in blocks)
    for index, block in enumerate(blocks):
        if block.kind != "break":
            text = block.text.value
            for edit in dashes(text, style, spaced or opening(text, style) is not None):
                yield index, edit


def _elisions(blocks: Sequence[Block], context: Context, single: bool) -> Elisions:
    data = context.language.subject("typography")
    counts, shorn = learn(block.text.value for block in blocks)
    return Elisions(
        frozenset(data.get("elisions", ())),
        tuple(data.get("restored", ())),
        context.language.words if data.get("restored") else {},
        counts,
        shorn if data.get("restored") else {},  # elsewhere the list of clipped words will do
        single,
        bool(data.get("genitive", True)),
        frozenset(data.get("clipped", ())),
    )


def _quotes(blocks: Sequence[Block], context: Context) -> Iterator[tuple[int, Edit]]:
    style = _style(blocks, context)
    single = primary_single((b.text.value for b in blocks), _often(context))
    elisions = _elisions(blocks, context, single)
    inner = doubles_are_inner((block.text.value for block in blocks), style)
    if style.third:
        single = speech_in_singles((b.text.value for b in blocks), _often(context))
    opened: tuple[str, ...] = ()
    for index, block in enumerate(blocks):
        if block.kind in _RESETS:
            opened = ()
        text = block.text.value
        if block.kind == "break" or not MARK.search(text):
            opened = () if text.strip() else opened
            continue
        readings, opened = read_marks(text, elisions, opened)
        marks = glyphs(text, readings, style, single, inner)
        for edit in _edits(text, readings, marks, style):
            yield index, edit


def _often(context: Context) -> tuple[str, ...]:
    """The shortened words that stand everywhere in a language, Dutch 't and German 's."""
    if context.language.code == "en":
        return ()
    return tuple(context.language.subject("typography").get("elisions", ()))


GUILLEMETS = re.compile(r"(?<![\w«»])[«»](?=\S)[^«»]+(?<=\S)[«»](?![\w«»])")


def _edits(
    text: str, readings: Sequence[Reading], marks: Sequence[str], style: HouseStyle
) -> Iterator[Edit]:
    own = "".join(style.outer + style.inner + sum(style.also, ()))
    strays = "«" not in own and not GUILLEMETS.search(text)
    advice = "" if all(reading.sure for reading in readings) else opinion(text)
    for (start, end, role, sure), new in zip(readings, marks, strict=True):
        if style.retain and text[start:end] not in TYPED:
            continue
        opens = role in (Role.DOUBLE_OPEN, Role.SINGLE_OPEN)
        angled = text[start:end] in (
            "«",
            "»",
            "‹",
            "›",
        )  # spaced inside in one style, not in others
        if new[-1:].isspace() or (angled and opens):
            while text[end : end + 1] in (" ", "\u00a0", "\u202f"):
                end += 1
        elif new[:1].isspace() or angled:
            while start and text[start - 1] in " \u00a0\u202f":
                start -= 1
        old = text[start:end]
        if strays and old[:1] in "«»" and old:
            continue  # specks of a scan in a language that does not quote so
        if old == new:
            continue
        if sure or advice[start:end] == new:
            yield Edit(start, end, new, role.value)
        else:
            yield Edit(start, end, new, role.value, Confidence.DOUBTFUL, (new, old))


def _spaces(blocks: Sequence[Block], context: Context) -> Iterator[tuple[int, Edit]]:
    style, data = _style(blocks, context), context.language.subject("typography")
    binding = Binding.of(data)
    for index, block in enumerate(blocks):
        if block.kind != "break":
            for edit in spaces(block.text.value, style, binding):
                yield index, edit


RULES = (
    Rule("typography.guillemet", _guillemets),
    Rule("typography.dash", _dashes),
    Rule("typography.dialogue", _dialogue),
    Rule("typography.quote", _quotes),
    Rule("typography.space", _spaces),
)


def typography(document: Document, edition: Edition) -> Document:
    """The document with the marks and spaces of its house style; doubtful ones are queried."""
    context = Context.of(document, edition)
    for rule in RULES:
        document = apply_rule(document, rule, context)
    return document
