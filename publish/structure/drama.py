"""Plays: who speaks, run in or on a line of his own, and what is done on the stage."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from publish.structure.layout import Line, Unit, ended, first_letter
from publish.structure.terms import Terms

# Letters of Latin, Greek and Cyrillic by case; `re` has no classes for them.
_LETTERS = [chr(code) for code in range(0x41, min(0x530, sys.maxunicode))]
UPPER = "".join(letter for letter in _LETTERS if letter.isupper())
LOWER = "".join(letter for letter in _LETTERS if letter.islower())

_CAPITALS = rf"[{UPPER}][{UPPER}'’.]*(?:[ -][{UPPER}][{UPPER}'’.]*){{0,3}}"
# Goes with the name after it, and is none: “Mrs. Bell comes in.” has no speaker.
_ADDRESS = r"(?:Messrs|Mrs?|Ms|Mmes?|Mlles?|MM|M|Dr|Prof|Capt|Col|Gen|Lieut|Lt|Rev|St|Sra?|Hr|Fr)\."
_TITLE = (
    rf"(?!{_ADDRESS}(?! [{UPPER}][{LOWER}'’]+[.:]))(?:{_ADDRESS} )?(?:(?:The|A|An) )?"
    rf"[{UPPER}][{LOWER}'’]+(?: (?:[{UPPER}][{LOWER}'’]+\.?|[a-z]{{2,3}}))?"
    rf"(?: [{UPPER}][{LOWER}'’]+)?"
)
_DIRECTED = r"(?: ?[\[({][^\[\](){}]{1,300}[\])}])?"  # HAMLET (aside).
SPEAKER = re.compile(
    rf"^_?((?:{_CAPITALS})|{_TITLE}){_DIRECTED}(?:(?:[.:]_?|(?<=[\])])[.:]?)(?:[—–]|--)?"
    rf"(?: +(?=[\"“„«»‘'\[({{_]?[{UPPER}\d\[({{¿¡])| {{2,}})"
    rf"|(?<=[{UPPER}])(?:\t[\t ]*| {{3,}})(?=\S))"  # in a column of their own: HAMLET    Words.
)
ALONE = re.compile(rf"^_?((?:{_CAPITALS})|{_TITLE}(?=[.:_])){_DIRECTED}[.:]?_?$")
NUMERAL = re.compile(r"^[IVXLC]+\.?$")
DIRECTION = re.compile(r"^_?(?:\[[^\[\]]+\]|\([^()]+\)|\{[^{}]+\})[.]?_?$")
# A speech between others spoken at the same time, which may go on with a small letter.
AT_ONCE = re.compile(rf"^((?:{_CAPITALS})|{_TITLE})[.:](?: ?[—–-]+)?( +)(?=\S)")
DIRECTED = 5  # lines that a direction beside a name may take
VERSE = 0.7  # share of lines that begin with capitals in a play in verse
SHORTEST = 12  # paragraphs a play has at least


def speaker_of(
    unit: Unit, terms: Terms, cast: frozenset[str] | None = None
) -> re.Match[str] | None:
    """The match whose first group is the name that a unit begins with."""
    first = unit.lines[0].text
    if terms.divide(first) or first.lower().strip(" .:") in terms.titles:
        return None  # ACT I.
    found = SPEAKER.match(" ".join(line.text for line in unit.lines[:DIRECTED]))
    if found is None and len(first) < 60:
        found = ALONE.match(first)
    if found is None or len(found[1]) < 2 or NUMERAL.match(found[1]):
        return None
    return found if cast is None or found[1].rstrip(".") in cast else None


def cast_of(units: Sequence[Unit], terms: Terms) -> frozenset[str]:
    """The names that many units begin with, where the text is a play.

    A play is a text in which a third of the paragraphs begin with a few names that recur.
    """
    names: Counter[str] = Counter()
    alone: set[str] = set()
    paragraphs = 0
    for at, unit in enumerate(units):
        if unit.kind not in ("paragraph", "verse"):
            continue
        paragraphs += 1
        found = speaker_of(unit, terms)
        if found is None:
            continue
        if found.re is ALONE and len(unit.lines) == 1:
            if not _followed(units, at):
                continue
            paragraphs -= 1  # the name and what is said are one
            alone.add(found[1].rstrip("."))
        names[found[1].rstrip(".")] += 1
    cast = {name for name, count in names.items() if count >= 3}
    spoken = sum(names[name] for name in cast)
    if len(cast) < 2 or paragraphs < SHORTEST or spoken * 3 < paragraphs:
        return frozenset()
    return frozenset(
        cast | {n for n, c in names.items() if c > 1 or (n.isupper() and n not in alone)}
    )


def _at_once(unit: Unit, cast: frozenset[str]) -> list[Unit]:
    """The speeches that follow each other in a paragraph of a play without a blank line between.

    A line begins one if a name of the cast stands at its head, parted from what is said by two
    blanks or more, or in capitals after the end of a sentence.
    """
    if unit.kind not in ("paragraph", "verse") or len(unit.lines) < 2:
        return [unit]
    pieces = [[unit.lines[0]]]
    for before, line in pairwise(unit.lines):
        found = AT_ONCE.match(line.text)
        named = found is not None and found[1].rstrip(".") in cast
        if found and named and (len(found[2]) > 1 or (found[1].isupper() and ended(before.text))):
            pieces.append([line])
        else:
            pieces[-1].append(line)
    return [unit] if len(pieces) == 1 else [Unit(lines) for lines in pieces]


def _followed(units: Sequence[Unit], at: int) -> bool:
    """Whether something said may follow a name on a line of its own."""
    after = units[at + 1] if at + 1 < len(units) else None
    return after is not None and after.kind in ("paragraph", "verse") and after.gap <= 1


def mark_speeches(units: list[Unit], cast: frozenset[str], terms: Terms) -> list[Unit]:
    """The units of a play with speeches, each with its speaker, and stage directions."""
    if not cast:
        return units
    starts = tuple(terms.data.get("drama", {}).get("directions", ()))
    units = [part for unit in units for part in _at_once(unit, cast)]
    out: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        at += 1
        out.append(unit)
        if unit.kind not in ("paragraph", "verse"):
            continue
        found = speaker_of(unit, terms, cast)
        if found is None:
            if unit.kind == "paragraph" and _directs(unit, starts):
                unit.kind = "direction"
            continue
        if found.re is ALONE and len(unit.lines) == 1:
            if not _followed(units, at - 1) or speaker_of(units[at], terms, cast):
                continue
            after = units[at]
            at += 1
            unit.lines, unit.kind = unit.lines + after.lines, after.kind
        unit.kind = "verse" if unit.kind == "verse" and len(_said(unit)) > 1 else "speech"
        unit.role = "speech" if unit.kind == "verse" else ""
    _mark_verse(out)
    return out


def _mark_verse(units: Sequence[Unit]) -> None:
    """Speeches in verse, where the play is in verse: most lines begin with capitals that do not
    begin a speech, which in prose few do. What goes on after a direction is of the speech too."""
    speeches = [unit for unit in units if unit.kind == "speech" or unit.role == "speech"]
    said = [_said(unit) for unit in speeches]
    following = [first_letter(line.text) for lines in said for line in lines[1:]]
    if sum(letter.isupper() for letter in following) < VERSE * max(len(following), 8):
        return
    for unit, lines in zip(speeches, said, strict=True):
        if unit.kind == "speech" and len(lines) > 1 and _large(lines):
            unit.kind, unit.role = "verse", "speech"
    for unit in units:
        if unit.kind == "paragraph" and len(unit.lines) > 2 and _large(unit.lines):
            unit.kind = "verse"


def _large(lines: Sequence[Line]) -> bool:
    """Whether every line begins with a capital."""
    return all(first_letter(line.text).isupper() for line in lines)


def _said(unit: Unit) -> list[Line]:
    """The lines of a speech without the one that holds a name only."""
    return unit.lines[1:] if ALONE.match(unit.lines[0].text) else unit.lines


def _directs(unit: Unit, starts: tuple[str, ...]) -> bool:
    """Whether a paragraph of a play says what is done: in brackets, or by its first word."""
    text = unit.text
    if DIRECTION.match(text):
        return True
    words = text.lower().strip("_[( ")
    return len(unit.lines) <= 3 and any(
        re.match(rf"{re.escape(start)}\b", words) for start in starts
    )


def indents(lines: Sequence[Line], speech: bool) -> list[int]:
    """The columns by which lines of verse are set in; a speaker's name is at the left."""
    body = lines[1:] if speech and len(lines) > 1 else lines
    base = min(line.indent for line in body)
    steps = [max(line.indent - base, 0) for line in lines]
    return [0, *steps[1:]] if speech else steps
