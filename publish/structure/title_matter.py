"""The text's own title page leaves it, and what the printed book said under it: imprint, copyright,
the author's other books, the title again above the first chapter.

What only the printed edition said of itself is no part of the text; it stays in the record. Who
translated or drew, and to whom a book is dedicated, is told to the reader and stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.edition import Metadata
from publish.structure.families import plain
from publish.structure.headings import NUMBER_LINE
from publish.structure.layout import Line, Unit
from publish.structure.letters import begins
from publish.structure.terms import Terms
from publish.structure.title_page import YEAR, known_title_page, title_page

LONGEST, MOST_LINES, MOST_UNITS = 75, 8, 12  # characters, lines, units under a title
# Words that only a printed edition has there, in the languages whose books name them so.
SAID = re.compile(
    r"^[\W_]*(?:copyright|copr\.|©|all rights reserved|entered according to|"
    r"printed (?:by|in|and)\b|published (?:by|in)\b|first (?:published|edition|printed)\b|"
    r"reprinted\b|author of\b|"
    r"autor von|verfasser (?:von|de[rs])\b|auteur d|tous droits|alle rechte|gedruckt|imprimerie|"
    r"druck von)",
    re.IGNORECASE,
)
HOUSE = re.compile(
    r"& co\b|\b(?:and company|& company|& sons|and sons|publishers?|press|verlag|éditeurs?|edition|"
    r"auflage)\b",
    re.IGNORECASE,
)
DATE = re.compile(r"\b(?:1[4-9]|20)\d\d\W*$")
SHOWN = frozenset({"caption", "figure"})


def drop_title_page(
    units: Sequence[Unit], lines: Sequence[Line], known: Metadata, terms: Terms
) -> None:
    """Marks as removed the text's own title page where the book's says the same, or has its title
    above a subtitle worded otherwise, and what a printed edition says of itself under it. A
    picture may stand before it, and stays."""
    first = next((unit.lines[0].index for unit in units if unit.kind not in SHOWN), 0)
    head = [(line.text, line.gap) for line in lines if line.index >= first]
    found = title_page(head)
    if found is None or not found.says(known.title, known.subtitle):
        authors = [person.name for person in known.contributors if person.role in ("aut", "att")]
        found = known_title_page(head, known.title, authors, known.subtitle)
    if found is None:
        return
    last = [line for line in lines if line.index >= first][found.lines - 1].index
    if any(unit.lines[0].index <= last < unit.lines[-1].index for unit in units):
        return
    for unit in units:
        if first <= unit.lines[0].index and unit.lines[-1].index <= last:
            unit.removed, unit.rule = True, "furniture.title_page"
            unit.why = "the book has a title page of its own"
    for unit in _imprint([unit for unit in units if unit.lines[0].index > last], known, terms):
        unit.removed, unit.rule = True, "furniture.title_page"
        unit.why = "what the printed edition says of itself"


def _imprint(units: Sequence[Unit], known: Metadata, terms: Terms) -> list[Unit]:
    """The units under a title page that are its imprint or repeat its title, up to the first
    heading or the first words of prose."""
    out = []
    for unit in units[:MOST_UNITS]:
        if unit.kind not in SHOWN | {"paragraph", "verse", "break"} or not _displayed(unit, terms):
            break
        again = {plain(known.title), plain(f"{known.title} {known.subtitle}")} - {""}
        if plain(unit.text) in again or _of_the_printer(unit, terms):
            out.append(unit)
    return out


def _displayed(unit: Unit, terms: Terms) -> bool:
    """Whether a unit may be one of a title page: short lines, no division, no title of a part."""
    first = unit.lines[0].text
    headed = terms.divide(first) or (NUMBER_LINE.match(first) and not YEAR.match(first))
    return (
        not headed
        and first.lower().strip(" .:") not in terms.titles
        and len(unit.lines) <= MOST_LINES
        and all(len(line.text) <= LONGEST for line in unit.lines)
    )


def _of_the_printer(unit: Unit, terms: Terms) -> bool:
    """Whether a unit is an imprint: opening words of one; a year alone; or a house with a place or
    a year, on lines of their own, to which nothing is dedicated (TO THE GENTLEMEN OF THE PRESS)."""
    if YEAR.match(unit.text) or (SAID.match(unit.text) and len(unit.text) <= 2 * LONGEST):
        return True
    if begins(unit.text.lower().strip("_ "), terms.dedications):
        return False
    words = re.findall(r"[^\W\d_]+", unit.text)
    named = sum(word[0].isupper() for word in words) * 2 >= len(words)  # no sentence about a house
    return bool(named and HOUSE.search(unit.text)) and (
        len(unit.lines) > 1 or "& " in unit.text or bool(DATE.search(unit.text))
    )
