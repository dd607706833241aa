"""Printed lines become paragraphs, headings, stanzas, notes: line blocks in, typed blocks out.

The layout is measured first. Lines are cut into units at blank lines, indents and lines ended on
purpose; units are told apart by their own marks; headings are found by agreeing evidence; then
paragraphs that a page, a column, a note or an illustration had parted are put together again.
Nothing is dropped: what no rule understands stays a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from publish.context import Context
from publish.document import Block, Container, Document, Mark
from publish.edition import Edition
from publish.ledger import (
    Edit,
    Group,
    Origin,
    Part,
    Proposals,
    Rule,
    apply_edits,
    apply_rule,
    regroup,
)
from publish.structure import blocks as kinds
from publish.structure.contents import find_contents
from publish.structure.headings import (
    NUMBER_LINE,
    capitalized,
    capitals,
)
from publish.structure.layout import Layout, Line, Unit, layout_of, lines_of, quoted
from publish.structure.numerals import bare_numeral, readings, to_roman
from publish.structure.outline import mark_headings, plain
from publish.structure.paragraphs import chunks, continues, split_chunk
from publish.structure.terms import Terms

FOLIOS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
SPECKS = " .,:;'`‘’\"“”*~_°^[](-—–"
PROSE = frozenset({"paragraph", "speech", "item", "note"})


def structure(document: Document, edition: Edition) -> Document:
    """The document's lines as typed blocks; a document that has them already is left alone."""
    if not any(block.kind == "line" for block in document.blocks):
        return document
    context = Context.of(document, edition)
    terms = Terms(context.language.subject("structure"))
    lines = lines_of(document.blocks)
    layout = layout_of(lines)
    units = _units(lines, layout, terms)
    listed = find_contents(units, terms, layout)
    kept = [unit for unit in units if not unit.removed]
    _drop_note_titles(kept, terms)
    kept = [unit for unit in kept if not unit.removed]
    cast = kinds.speakers(kept)
    for unit in kept:
        found = kinds.SPEAKER.match(unit.lines[0].text) if cast else None
        if unit.kind == "paragraph" and found and found[1] in cast:
            unit.kind = "speech"
    running = frozenset(
        plain(FOLIOS.sub("", change.before))
        for change in document.ledger
        if change.rule == "furniture.running_head"
    )
    kept = mark_headings(kept, layout, terms, edition.heading_patterns, listed, running)
    kept = _continued(_places(kept, terms), layout)
    gone = [unit for unit in units if unit.removed]
    groups = [_group(unit, cast) for unit in sorted(kept + gone, key=lambda u: u.lines[0].index)]
    document = regroup(document, groups)
    document = _with_speakers(document, cast)
    heads = [
        unit for unit in sorted(kept, key=lambda u: u.lines[0].index) if unit.kind == "heading"
    ]
    document = apply_edits(document, NUMERAL, _numerals(document, heads))
    document = apply_edits(document, TITLE, _title_lines(document, heads))
    return apply_rule(document, OPENING, context)


def _heads(document: Document, heads: Sequence[Unit]) -> Iterator[tuple[int, Block, Unit]]:
    """(index of the block, block, unit) of every heading; both sequences are in text order."""
    found = [(i, block) for i, block in enumerate(document.blocks) if block.kind == "heading"]
    for (index, block), unit in zip(found, heads, strict=True):
        yield index, block, unit


def _numerals(document: Document, heads: Sequence[Unit]) -> Proposals:
    """Edits that give a number read wrongly the value its place in the sequence asks for."""
    for index, block, unit in _heads(document, heads):
        if not unit.number:
            continue
        first = block.text.value.split("\n", 1)[0]
        start = first.rfind(unit.token)
        end = start + len(unit.token)
        new = to_roman(unit.number)
        if start and first[start - 1].isalnum():
            new = " " + new
        if not first[:start].strip(SPECKS):  # specks around a number that stands alone
            start, end = 0, len(first.rstrip(" ,;:'`‘’\"“”*~_°^-—"))
        if first[start:end] != new:
            why = f"number {unit.number} in the sequence of headings"
            yield index, Edit(start, end, new, why)


def _title_lines(document: Document, heads: Sequence[Unit]) -> Proposals:
    """Edits that run on a title printed over several lines; number and title stay apart."""
    for index, block, unit in _heads(document, heads):
        value = block.text.value
        for line, found in enumerate(re.finditer("\n", value)):
            at = found.start()
            if line not in unit.breaks and value[at - 1] not in "-¬\u00ad":
                yield index, Edit(at, at + 1, " ", "")


NUMERAL = Rule("structure.numeral", lambda blocks, context: (), Origin.SCAN)
TITLE = Rule("structure.title", lambda blocks, context: (), Origin.LAYOUT, white=True)


def _drop_note_titles(units: Sequence[Unit], terms: Terms) -> None:
    """FOOTNOTES: over notes goes; the book has a heading of its own for its notes."""
    for unit, after in pairwise(units):
        bare = unit.text.lower().strip(" .:[]")
        if after.kind == "note" and terms.titles.get(bare) == "endnotes":
            unit.removed, unit.rule = True, "structure.notes_title"
            unit.why = "the notes are gathered under a heading of the book"


def _units(lines: Sequence[Line], layout: Layout, terms: Terms) -> list[Unit]:
    """The lines in units, each told apart by its own marks."""
    units: list[Unit] = []
    body = kinds.body_indent(lines)
    noted = False
    for run in chunks(lines):
        if kinds.is_break(run):
            units.append(Unit(run, "break"))
            continue
        shown = kinds.figure(run[0].text)
        if shown and run[-1].text.endswith("]"):
            units.append(Unit(run, shown))
            continue
        if kinds.table(run):
            units.append(Unit(run, "table"))
            continue
        while run and (head := _head_of(run, layout, terms)):
            units.append(Unit(run[:head]))
            run = run[head:]
        if not run:
            continue
        for piece in _by_notes(run):
            marker = kinds.note_marker(piece[0].text)
            if marker is not None and (
                piece[0].text[0] == "[" or noted or _referred(lines, marker)
            ):
                units += [Unit(piece, "note", role=marker)]
                noted = True
            elif kinds.verse(piece, layout, body):
                units.append(Unit(piece, "verse"))
            else:
                units += [Unit(part) for part in split_chunk(piece, layout)]
    return units


def _head_of(run: list[Line], layout: Layout, terms: Terms) -> int:
    """How many lines at the head of a run are a number and its title; 0 if none are."""
    first = run[0].text
    if not (NUMBER_LINE.match(first) or readings(bare_numeral(first))):
        return 0
    count = 1
    for line, after in zip(run[1:4], [*run[2:4], None], strict=False):
        bare = line.text.strip("\"'“”‘’ ")
        nested = after is not None and bool(readings(bare_numeral(after.text)))
        if line.end > layout.width * 0.9 or quoted(line.text):
            break
        if bare[-1:] in ",;" or (bare[-1:] == "." and not nested):
            break
        if not (capitals(bare) or (capitalized(bare, terms) and (" " in bare or count > 1))):
            break
        count += 1
    if count == 1 and len(run) > 1:
        parted = (run[0].gap or run[0].turn) and run[1].text[:1].isupper() and len(first) < 8
        return 1 if parted and run[1].end > layout.width * 0.6 and first != "I" else 0
    return count


def _by_notes(run: list[Line]) -> list[list[Line]]:
    """The run cut where footnotes begin inside it."""
    pieces = [[run[0]]]
    for line in run[1:]:
        if line.text[:1] in "[*†‡" and kinds.note_marker(line.text) is not None:
            pieces.append([line])
        else:
            pieces[-1].append(line)
    return pieces


def _referred(lines: Sequence[Line], marker: str) -> bool:
    """Whether the marker stands at the end of a word or sentence somewhere."""
    if not marker.strip("*†‡§¶"):
        pattern = re.compile(rf"[\w.,;:!?\"'”’)]{re.escape(marker)}(?:\s|$|[.,;:])")
        return any(pattern.search(line.text) for line in lines)
    return False


def _places(units: list[Unit], terms: Terms) -> list[Unit]:
    """Units that their words or their place make something other than a paragraph."""
    for at, unit in enumerate(units):
        if unit.kind != "paragraph":
            continue
        text = unit.text
        if len(unit.lines) == 1 and kinds.dateline(text, terms):
            unit.kind, unit.rule, unit.why = (
                "dateline",
                "structure.dateline",
                "a date alone on its line",
            )
        elif len(unit.lines) <= 2 and len(text) < 70:
            part = kinds.letter_part(text, terms)
            if part:
                unit.kind, unit.rule = part, f"structure.{part}"
                unit.why = "how letters begin" if part == "salutation" else "how letters end"
            elif (
                at and units[at - 1].kind == "valediction" and len(text) < 40 and text[0].isupper()
            ):
                unit.kind, unit.rule, unit.why = (
                    "signature",
                    "structure.signature",
                    "under a valediction",
                )
    return units


def _continued(units: list[Unit], layout: Layout) -> list[Unit]:
    """The units with paragraphs put together again that something had parted."""
    out: list[Unit] = []
    for unit in units:
        before = _open(out)
        if before is not None and unit.kind == "paragraph":
            why = continues(before, unit, layout)
            if why and (out[-1] is before or why in _STRICT):
                before.lines = before.lines + unit.lines
                before.rule, before.why = "structure.continuation", why
                continue
        out.append(unit)
    return out


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


def _group(unit: Unit, cast: frozenset[str]) -> Group:
    """What `regroup` is told of one unit."""
    if unit.kind == "verse":
        base = min(line.indent for line in unit.lines)
        parts = tuple(
            Part(
                line.index,
                max(line.start - _step(line.indent - base), 0),
                line.start + len(line.text),
            )
            for line in unit.lines
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


def _with_speakers(document: Document, cast: frozenset[str]) -> Document:
    """The document with speakers' names and list markers marked, headings in one line or two."""
    blocks = []
    for block in document.blocks:
        if block.kind == "speech":
            found = kinds.SPEAKER.match(block.text.value)
            if found:
                block = replace(
                    block, text=block.text.with_marks([Mark(0, found.end(1), "speaker")])
                )
        blocks.append(block)
    return replace(document, blocks=tuple(blocks))


CAPITALS = re.compile(
    r"^([\"“‘'_]*)([A-Z][A-Z'’]+|[A-Z](?= [A-Z]{2}))((?:[ \n][A-Z][A-Z'’]*)*)(?=[ ,;\n][^\n]*[a-z])"
)


DISPLAYED = 4  # words in display capitals that open a chapter, at most
PROSE_AFTER = re.compile(r"[ ,;\n]+[a-z][\w'’]*[ ,;\n]+[a-z]")


def display_capitals(blocks: Sequence[Block], context: Context) -> Proposals:
    """EVEN the most obedient: the first words of a text or chapter, set in display capitals, are
    an opening, not shouting. A word that is capitals elsewhere too, or no word, is left."""
    after_heading = True
    printed, words = context.vocabulary.printed, context.language.words
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            after_heading = True
            continue
        if block.kind == "paragraph" and after_heading:
            found = CAPITALS.match(block.text.value)
            if found and (not words or found[2].lower() in words):
                run = found[2] + found[3]
                if (
                    len(run.split()) <= DISPLAYED
                    and PROSE_AFTER.match(block.text.value, found.end())
                    and len(run) > 1
                    and not run.isdigit()
                    and found[2] not in ("I", "O")
                ):
                    new = _lowered(run, printed, words)
                    if new and new != run:
                        start = found.start(2)
                        yield (
                            index,
                            Edit(start, start + len(run), new, "display capitals at an opening"),
                        )
        if block.kind in ("paragraph", "verse", "speech"):
            after_heading = False


def _lowered(run: str, printed: object, words: object) -> str:
    """The run of capitals in lower case, its first letter and its names capital."""
    assert isinstance(printed, dict) or hasattr(printed, "get")
    out = []
    for at, word in enumerate(re.split(r"([ \n])", run)):
        if not word.strip() or word == "I":
            out.append(word)
            continue
        lower, title = word.lower(), word[0] + word[1:].lower()
        if at == 0 or printed.get(title, 0) > printed.get(lower, 0):
            out.append(title)
        elif printed.get(lower, 0) or (hasattr(words, "get") and words.get(lower, 0) > 3):
            out.append(lower)
        else:
            return ""
    return "".join(out)


OPENING = Rule("structure.opening", display_capitals, Origin.LAYOUT)
