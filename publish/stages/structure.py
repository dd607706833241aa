"""Printed lines become paragraphs, headings, stanzas, notes: line blocks in, typed blocks out.

The layout is measured first. Lines are cut into units at blank lines, indents and lines ended on
purpose; units are told apart by their own marks; headings are found by agreeing evidence; then
paragraphs that a page, a column, a note or an illustration had parted are put together again.
Nothing is dropped: what no rule understands stays a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from publish.context import Context
from publish.document import Container, Document, Mark
from publish.edition import Edition
from publish.ledger import (
    Group,
    Origin,
    Part,
    Rule,
    apply_edits,
    apply_rule,
    regroup,
)
from publish.structure import edits
from publish.structure.closing import mark_closing
from publish.structure.contents import find_contents, list_contents
from publish.structure.drama import ALONE, SPEAKER, cast_of, indents, mark_speeches
from publish.structure.families import plain
from publish.structure.insets import mark_attributions, mark_dedication, mark_insets
from publish.structure.layout import Layout, Unit, ended, layout_of, lines_of
from publish.structure.letters import mark_letters
from publish.structure.lists import ITEM, find_lists
from publish.structure.openings import display_capitals
from publish.structure.outline import mark_headings
from publish.structure.paragraphs import continues
from publish.structure.terms import Terms
from publish.structure.title_matter import drop_title_page
from publish.structure.units import units_of
from publish.structure.verse import body_indent

FOLIOS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
# In a speech; up to a page of it, for some playwrights describe a whole person there.
ACTED = re.compile(r"\[[^\[\]\d*†‡][^\[\]]{0,3000}\]|\(_[^()_]{1,3000}_\)")
PROSE = frozenset({"paragraph", "speech", "item", "note"})


def structure(document: Document, edition: Edition) -> Document:
    """The document's lines as typed blocks; a document that has them already is left alone."""
    if not any(block.kind == "line" for block in document.blocks):
        return document
    context = Context.of(document, edition)
    terms = Terms(context.language.subject("structure"))
    lines = lines_of(document.blocks)
    layout = layout_of(lines)
    units = units_of(lines, layout, terms)
    drop_title_page(units, lines, edition.metadata, terms)
    listed = find_contents([unit for unit in units if not unit.removed], terms, layout)
    kept = [unit for unit in units if not unit.removed]
    _drop_note_titles(kept, terms)
    kept = [unit for unit in kept if not unit.removed]
    body = body_indent(lines)
    cast = cast_of(kept, terms)
    kept = find_lists(mark_speeches(list_contents(kept, terms), cast, terms), layout)
    kept = mark_attributions(kept, terms, body)
    running = frozenset(
        plain(FOLIOS.sub("", change.before))
        for change in document.ledger
        if change.rule == "furniture.running_head"
    )
    endings = context.language.subject("structure").get("closing", ())
    mark_closing(kept, frozenset(endings), listed)
    kept = mark_headings(kept, layout, terms, edition.heading_patterns, listed, running)
    kept = mark_letters(kept, layout, terms)
    kept = _continued(kept, layout)
    mark_insets(kept, layout, body)
    mark_dedication(kept, layout, terms)
    gone = [unit for unit in units if unit.removed]
    groups = [_group(unit) for unit in sorted(kept + gone, key=lambda u: u.lines[0].index)]
    document = regroup(document, groups)
    document = _with_marks(document)
    heads = [
        unit for unit in sorted(kept, key=lambda u: u.lines[0].index) if unit.kind == "heading"
    ]
    document = apply_edits(document, edits.NUMERAL, edits.numerals(document, heads))
    document = apply_edits(document, edits.TITLE, edits.title_lines(document, heads))
    document = apply_edits(document, edits.LINE_NUMBER, edits.line_numbers(document))
    document = apply_edits(document, edits.CAPTION, edits.captions(document))
    document = apply_edits(document, edits.RULED, edits.rules(document))
    return apply_rule(document, OPENING, context)


def _drop_note_titles(units: Sequence[Unit], terms: Terms) -> None:
    """FOOTNOTES: over notes goes; the book has a heading of its own for its notes."""
    for unit, after in pairwise(units):
        bare = unit.text.lower().strip(" .:[]")
        if after.kind == "note" and terms.titles.get(bare) == "endnotes":
            unit.removed, unit.rule = True, "structure.notes_title"
            unit.why = "the notes are gathered under a heading of the book"


def _continued(units: list[Unit], layout: Layout) -> list[Unit]:
    """The units with paragraphs put together again that something had parted."""
    out: list[Unit] = []
    for unit in units:
        if out and unit.kind == out[-1].kind == "verse" and _sings_on(out[-1], unit):
            out[-1].lines = out[-1].lines + unit.lines
            out[-1].rule, out[-1].why = "structure.continuation", "a stanza over the end of a page"
            continue
        before = _open(out)
        if before is not None and unit.kind == "paragraph":
            why = continues(before, unit, layout)
            parted = before.kind == "item" and why != _STRICT[0]
            if why and not parted and (out[-1] is before or why in _STRICT):
                before.lines = before.lines + unit.lines
                before.rule, before.why = "structure.continuation", why
                continue
        out.append(unit)
    return out


def _sings_on(before: Unit, after: Unit) -> bool:
    """Whether a page ended within a stanza: in a sentence, and no name of a speaker follows."""
    return after.turn and after.role == before.role == "" and not ended(before.lines[-1].text)


_STRICT = ("a divided word", "no stop before, lower case after")


def _open(out: list[Unit]) -> Unit | None:
    """The paragraph that may go on: the last one, past notes and illustrations."""
    for unit in reversed(out[-4:]):
        if unit.kind in PROSE:
            if unit.kind == "note" and any(u.kind in ("paragraph", "speech") for u in out[-4:]):
                continue
            return unit
        if unit.kind not in ("caption", "figure", "note"):
            return None
    return None


def _group(unit: Unit) -> Group:
    """What `regroup` is told of one unit."""
    if unit.kind in ("verse", "table"):
        steps = indents(unit.lines, unit.role == "speech")
        parts = tuple(
            Part(
                line.index,
                max(line.start - (_step(step) if unit.kind == "verse" else step), 0),
                line.start + len(line.text),
            )
            for line, step in zip(unit.lines, steps, strict=True)
        )
    else:
        parts = tuple(
            Part(line.index, line.start, line.start + len(line.text)) for line in unit.lines
        )
    return Group(
        unit.kind,
        parts,
        unit.rule or f"structure.{unit.kind}",
        unit.why,
        unit.level,
        unit.role,
        tuple(Container(*container) for container in unit.within),
        unit.removed,
    )


def _step(indent: int) -> int:
    """How many blanks of a verse line's indent to keep: two for each step of the page's."""
    return 0 if indent < 2 else min((indent + 1) // 2 * 2, 12)


def _with_marks(document: Document) -> Document:
    """The document with speakers, stage directions in speeches and markers of lists marked."""
    blocks = []
    for block in document.blocks:
        marks: list[Mark] = []
        value = block.text.value
        first = value.split("\n", 1)[0]
        if block.kind == "speech" or block.role == "speech":
            found = SPEAKER.match(value.replace("\n", " ")) or ALONE.match(first)
            if found:
                marks.append(Mark(*found.span(1), "speaker"))
            marks += [Mark(*found.span(), "direction") for found in ACTED.finditer(value)]
        elif block.kind == "item" and (item := ITEM.match(first)):
            marks.append(Mark(0, len(item[0].rstrip()), "marker"))
        blocks.append(replace(block, text=block.text.with_marks(marks)) if marks else block)
    return replace(document, blocks=tuple(blocks))


OPENING = Rule("structure.opening", display_capitals, Origin.LAYOUT)
