"""Printed lines cut into units at blank lines, indents and lines ended on purpose; each unit told
apart by its own marks, where it has any."""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.structure import blocks as kinds
from publish.structure.headings import NUMBER_LINE, capitalized, capitals
from publish.structure.layout import Layout, Line, Unit, quoted
from publish.structure.numerals import bare_numeral, readings
from publish.structure.paragraphs import chunks, split_chunk
from publish.structure.terms import Terms
from publish.structure.verse import body_indent, lines_of_verse, verse


def units_of(lines: Sequence[Line], layout: Layout, terms: Terms) -> list[Unit]:
    """The lines in units, each told apart by its own marks."""
    units: list[Unit] = []
    body = body_indent(lines)
    sung = lines_of_verse(lines, layout)
    noted = False
    called: dict[str, bool] = {}
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
                piece[0].text[0] == "[" or noted or _referred(lines, marker, called)
            ):
                units += [Unit(piece, "note", role=marker)]
                noted = noted or piece[0].text[0] != "["
            elif verse(piece, layout, body) or _all_in(piece, sung):
                units.append(Unit(piece, "verse"))
            else:
                for part in kinds.by_figures(piece):
                    if kinds.figures(part):
                        units.append(Unit(part, "verse"))  # a sum keeps its lines
                    else:
                        units += [Unit(own) for own in split_chunk(part, layout)]
    return units


def _head_of(run: list[Line], layout: Layout, terms: Terms) -> int:
    """How many lines at the head of a run are a number and its title; 0 if none are."""
    first = run[0].text
    if not (NUMBER_LINE.match(first) or readings(bare_numeral(first))):
        return 0
    rest = " ".join(line.text for line in run[1:]) if len(run) < 5 else ""
    if rest and not quoted(rest) and (capitals(rest) or capitalized(rest, terms)):
        if rest[-1] not in ".,;:" and not rest[0].islower():
            return len(run)  # a title that fills its lines
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


def _all_in(lines: Sequence[Line], sung: frozenset[int]) -> bool:
    """Whether all of two lines or more are known for verse."""
    return len(lines) > 1 and all(line.index in sung for line in lines)


def _by_notes(run: list[Line]) -> list[list[Line]]:
    """The run cut where footnotes begin inside it."""
    pieces = [[run[0]]]
    for line in run[1:]:
        if line.text[:1] in "[*†‡" and kinds.note_marker(line.text) is not None:
            pieces.append([line])
        else:
            pieces[-1].append(line)
    return pieces


def _referred(lines: Sequence[Line], marker: str, known: dict[str, bool]) -> bool:
    """Whether the marker stands at the end of a word or sentence somewhere; each is looked for
    once, and `known` keeps the answer."""
    if marker not in known:
        known[marker] = _called(lines, marker)
    return known[marker]


def _called(lines: Sequence[Line], marker: str) -> bool:
    if not marker.strip("*†‡§¶"):
        pattern = re.compile(rf"[\w.,;:!?\"'”’)]{re.escape(marker)}(?:\s|$|[.,;:])")
        return any(pattern.search(line.text) for line in lines)
    return False
