"""Typography: quotation marks, apostrophes, dashes, ellipses and spaces as books have them.

Dashes and ellipses come first, for the marks beside them are read by what they are; then the
quotation marks, with what is still open from one paragraph to the next; then the spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from publish.context import Context
from publish.document import Block, Document
from publish.edition import Edition
from publish.house_style import house_style
from publish.ledger import Edit, Origin, Rule, apply_rule
from publish.readings.lexicon import Lexicon
from publish.stages.typography.balance import (
    doubled_queries,
    runs_on,
    unbalanced,
    unclosed_queries,
    unopened_queries,
)
from publish.stages.typography.dashes import dashes, hyphen_is_dash
from publish.stages.typography.dialogue import dialogue, opening
from publish.stages.typography.elisions import (
    Elisions,
    articles_elide,
    curled_by_machine,
    dropped,
    learn,
    primary_single,
)
from publish.stages.typography.levels import (
    angles,
    doubles_are_inner,
    speech_in_singles,
    typed_guillemets,
)
from publish.stages.typography.manner import Manner, manner_of, typeset
from publish.stages.typography.marks import MARK, QUOTING
from publish.stages.typography.setting import glyphs_of, mark_edits, settled, stray_guillemets
from publish.stages.typography.spaces import Binding, hugged, spaces
from publish.stages.typography.specks import specks

_BLANKS = re.compile(r"(?<=\S)  (?=\S)")  # more are a gap that was meant
_RUNNING = frozenset(("paragraph", "heading", "note", "caption"))  # blanks mean nothing there
_OF_SCANS = ("scannos.", "dehyphenate.join", "margins.")  # rules that mend what scans alone have
_SEVERAL, _ONE_IN = 2, 1000  # of them, and words, that tell a scan from what was typed
_RESETS = frozenset(("heading", "break", "figure", "caption", "note"))


def _manner(document: Document, context: Context) -> Manner:
    """The house's style as the source has it, with the ways of the source itself."""
    texts = [block.text.value for block in document.blocks if block.kind != "break"]
    named = context.edition.house_style
    style = house_style(named, context.language.tag)
    if named or not style.name:
        return manner_of(texts, style, named=True, scanned=False)
    mended = sum(c.applied and c.rule.startswith(_OF_SCANS) for c in document.ledger)
    words, _ = context.vocabulary.marks()
    scanned = mended >= max(_SEVERAL, words / _ONE_IN) or (
        not typeset(texts) and Lexicon(context).worn
    )
    return manner_of(texts, style, named=False, scanned=scanned)


def _guillemets(blocks: Sequence[Block], context: Context) -> Iterator[tuple[int, Edit]]:
    """Pairs of angles as guillemets, in languages that quote with them."""
    if context.language.code == "en" or not typed_guillemets(b.text.value for b in blocks):
        return
    for index, block in enumerate(blocks):
        if "<<" in block.text.value or ">>" in block.text.value:
            for start, end, mark in angles(block.text.value):
                yield index, Edit(start, end, mark, "angles typed for a guillemet")


def _dialogue(
    manner: Manner, blocks: Sequence[Block], _context: Context
) -> Iterator[tuple[int, Edit]]:
    style = manner.style
    if style.dialogue:
        for index, block in enumerate(blocks):
            if block.kind in ("paragraph", "speech", "verse"):
                for edit in dialogue(block.text.value, style, manner.dashed):
                    yield index, edit


def _dashes(
    manner: Manner, blocks: Sequence[Block], _context: Context
) -> Iterator[tuple[int, Edit]]:
    style = manner.style
    spaced = hyphen_is_dash(block.text.value for block in blocks)
    for index, block in enumerate(blocks):
        if block.kind != "break":
            text = block.text.value
            hyphen = spaced or opening(text, style) is not None
            for edit in dashes(text, style, hyphen, manner.dashed):
                yield index, edit


def _elisions(blocks: Sequence[Block], context: Context, manner: Manner) -> Elisions:
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
        shorn=shorn if words else {},  # elsewhere the list of clipped words will do
        clipped=frozenset(data.get("clipped", ())),
        single_primary=primary_single(texts, _often(context)),
        endings=frozenset(data.get("endings", ())),
        finals=tuple(data.get("finals", ())),
        dropped=dropped(texts, data.get("dropped", ()), words),
        curled_by_machine=curled_by_machine(texts, known),
        opener=manner.opener,
        closing=manner.closing,
        lossy=manner.lossy,
        articles=context.language.code != "en" and articles_elide(texts),
    )


def _specks(
    elisions: Elisions, blocks: Sequence[Block], _context: Context
) -> Iterator[tuple[int, Edit]]:
    return specks([block.text.value for block in blocks], elisions)


def _quotes(
    manner: Manner, elisions: Elisions, blocks: Sequence[Block], context: Context
) -> Iterator[tuple[int, Edit]]:
    style = manner.style
    kinds = glyphs_of(style, elisions.single_primary)
    inner = doubles_are_inner((block.text.value for block in blocks), style)
    single = elisions.single_primary
    if style.third:
        single = not manner.keeps and speech_in_singles(
            (b.text.value for b in blocks), _often(context)
        )
    angled = [b.text.value for b in blocks if "«" in b.text.value or "»" in b.text.value]
    strays = 2 * sum(stray_guillemets(text, style) for text in angled) > len(angled)
    chosen = partial(
        mark_edits, manner=manner, single=single, inner=inner, strays=strays, kinds=kinds
    )
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
        paragraph = settled(text, elisions, opened, after, kinds)
        if all(reading.role not in QUOTING for reading in paragraph.readings):
            yield from ((index, edit) for edit in chosen(text, paragraph.readings))
            continue  # within a quotation or not, this tells nothing of it
        answered = bool(opened) and _repeats(text, opened)
        answered = answered and (may_run_on or bool(paragraph.opened))
        if not paragraph.carried and not answered:
            yield from pending
        pending = []
        yield from ((index, edit) for edit in chosen(text, paragraph.readings))
        if stray_guillemets(text, style):
            opened = paragraph.opened
            continue
        unopened, unclosed, doubled = unbalanced(text, paragraph.readings, paragraph.carried)
        yield from (
            (index, edit) for edit in unopened_queries(text, unopened, paragraph.readings, kinds)
        )
        yield from ((index, edit) for edit in doubled_queries(text, doubled, kinds))
        pending = [(index, edit) for edit in unclosed_queries(text, unclosed, kinds)]
        may_run_on = bool(opened) or runs_on(text, paragraph.readings)
        opened = paragraph.opened
    yield from pending


def _repeats(text: str, opened: Sequence[str]) -> bool:
    """Whether a paragraph begins with the mark of what was open before it."""
    return text[:1] in ('"“„«`' if opened[0] == "d" else "'‘’`‚")


def _often(context: Context) -> tuple[str, ...]:
    """The shortened words that stand everywhere in a language, Dutch 't and German 's."""
    if context.language.code == "en":
        return ()
    return tuple(context.language.subject("typography").get("elisions", ()))


_SPACED = re.compile(" [;!?]")
_APART = re.compile(r"[^\W_] [;!?](?=\s|$)")
_CLOSE = re.compile(r"[^\W_][;!?]")


def _apart(blocks: Sequence[Block], lexicon: Lexicon) -> bool:
    """Whether a text sets ; ! ? apart from their words no less often than close to them, or is so
    worn that a mark may be what is left of a letter."""
    texts = [block.text.value for block in blocks]
    apart = sum(len(_APART.findall(text)) for text in texts if _SPACED.search(text))
    close = sum(len(_CLOSE.findall(text)) for text in texts)
    if apart and apart >= close:
        return True
    return any(_SPACED.search(text) for text in texts) and lexicon.worn


def _spaces(
    manner: Manner, blocks: Sequence[Block], context: Context
) -> Iterator[tuple[int, Edit]]:
    style, data = manner.style, context.language.subject("typography")
    binding = Binding.of(data)
    lexicon = Lexicon(context)
    hugging = style.close and style.outer[0] == "“"
    english = context.language.code == "en"  # of the others the language's own style is set
    if english and style.close and not context.edition.house_style and _apart(blocks, lexicon):
        style = replace(style, close=False)
    for index, block in enumerate(blocks):
        if block.kind != "break":
            text = block.text.value
            for edit in spaces(text, style, binding):
                yield index, edit
            if hugging and ("“ " in text or " ”" in text) and not lexicon.worn:
                for edit in hugged(text, lexicon.sound):
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
    document = apply_rule(document, Rule("typography.guillemet", _guillemets), context)
    manner = _manner(document, context)
    for rule in (
        Rule("typography.dash", partial(_dashes, manner)),
        Rule("typography.dialogue", partial(_dialogue, manner)),
    ):
        document = apply_rule(document, rule, context)
    elisions = _elisions(document.blocks, context, manner)
    for rule in (
        Rule("typography.speck", partial(_specks, elisions), Origin.SCAN),
        Rule("typography.quote", partial(_quotes, manner, elisions)),
        Rule("typography.doubled", _doubled, white=True),
        Rule("typography.space", partial(_spaces, manner)),
    ):
        document = apply_rule(document, rule, context)
    return document
