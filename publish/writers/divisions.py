"""The printed book in its divisions: front matter, text and back matter, each laid out by itself.

The text's folios begin anew, so it stays as it is laid out while the front matter changes, and
the other way round. What one division says of another's pages is given to it as text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from publish.book import Book, Note, Part
from publish.trim import Sheet
from publish.writers.logo import in_black, inline_address, logo_of
from publish.writers.pdf_folios import roman
from publish.writers.pdf_notes import ID, footnotes, gathers_notes

TARGET: Final = re.compile(r'\s(?:href|data-target)="#([^"]*)"')
SHOWS_PAGES: Final = ('class="page-ref', 'class="page-of')  # a part that has one prints folios
SHOWS_LINES: Final = 'class="readings'  # and one that has this the lines on those pages, too


@dataclass(frozen=True)
class Division:
    """Parts that follow one another. `recto` says that they begin on a right-hand page."""

    number: int
    parts: tuple[Part, ...]
    recto: bool

    @property
    def is_front(self) -> bool:
        return self.parts[0].matter == "front"

    @property
    def is_text(self) -> bool:
        return self.parts[0].matter == "body"

    def folio(self, start: int, page: int) -> str:
        """The folio of a page, counted from 0, of a division that begins with number `start`."""
        return roman(start + page) if self.is_front else str(start + page)


@dataclass(frozen=True)
class Plan:
    """What is known of the whole book before anything is laid out."""

    book: Book
    page: Sheet
    date: str

    @cached_property
    def identifier(self) -> str:
        """What names the PDF of this book and source, 32 hexadecimal digits."""
        named = f"{self.book.edition.metadata.identifier} {self.book.source_digest}"
        return hashlib.sha256(named.encode()).hexdigest()[:32]

    @cached_property
    def logo_address(self) -> str:
        """The publisher's logo, in black, as an address; "" if there is none. Raises EditionError
        if it cannot be shown."""
        logo = logo_of(self.book.edition)
        return inline_address(in_black(logo)) if logo else ""

    @cached_property
    def notes(self) -> dict[str, Note]:
        """The notes by id that stand with their calls."""
        return footnotes(self.book, self.page)

    @cached_property
    def endnotes(self) -> tuple[Note, ...]:
        """The notes that stand at the end of the book."""
        return tuple(note for note in self.book.notes if note.id not in self.notes)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts that are printed: endnotes only if some are left at the end."""
        return tuple(
            part
            for part in self.book.parts
            if part.wanted_by("pdf") and (not gathers_notes(part, self.book) or self.endnotes)
        )

    @cached_property
    def divisions(self) -> tuple[Division, ...]:
        """In the order of the book."""
        cuts = [0]
        for matter in ("body", "back"):
            at = next((at for at, part in enumerate(self.parts) if part.matter == matter), None)
            if at is not None and at > cuts[-1]:
                cuts.append(at)
        ends = [*cuts[1:], len(self.parts)]
        return tuple(
            Division(number, self.parts[start:end], self._recto(start))
            for number, (start, end) in enumerate(zip(cuts, ends, strict=True))
            if start < end
        )

    def _recto(self, at: int) -> bool:
        """Whether the part that opens a division begins on a right-hand page: all do but a colophon
        that is the whole of the back matter, which needs no leaf of its own."""
        part = self.parts[at]
        return part.matter != "back" or part.kind != "colophon"

    @cached_property
    def order(self) -> tuple[Division, ...]:
        """In the order of laying out: the text needs the least of others, the contents the most."""
        return tuple(sorted(self.divisions, key=lambda each: (not each.is_text, each.is_front)))

    @cached_property
    def home(self) -> Mapping[str, tuple[int, str]]:
        """Where each id of the printed book is: the number of its division, and its matter."""
        found: dict[str, tuple[int, str]] = {}
        called = {note.call: note for note in self.notes.values()}
        for division in self.divisions:
            for part in division.parts:
                here = division.number, part.matter
                for id in ID.findall(part.body):
                    found.setdefault(id, here)
                    note = called.get(id)
                    if note is not None:
                        for inner in (note.id, *ID.findall(note.body)):
                            found[inner] = here
        return found

    def notes_in(self, division: Division) -> list[Note]:
        """The notes that stand in a division with their calls."""
        return [note for id, note in self.notes.items() if self.home[id][0] == division.number]

    def endnotes_in(self, division: Division) -> tuple[Note, ...]:
        """The notes that stand in a division because it is the end of the book."""
        gathers = any(gathers_notes(part, self.book) for part in division.parts)
        return self.endnotes if gathers else ()

    def targets(self, division: Division) -> frozenset[str]:
        """The ids that links in a division lead to."""
        return self._targets[division.number]

    @cached_property
    def _targets(self) -> Mapping[int, frozenset[str]]:
        return {each.number: frozenset(self._led_to(each)) for each in self.divisions}

    def _led_to(self, division: Division) -> Iterator[str]:
        for part in division.parts:
            yield from self.listed if part.kind == "toc" else TARGET.findall(part.body)
        for note in self.notes_in(division):
            yield from TARGET.findall(note.body)
        yield from (note.call for note in self.endnotes_in(division) if note.call)

    @cached_property
    def listed(self) -> tuple[str, ...]:
        """The ids that the contents may lead to."""
        return tuple(
            id
            for part in self.parts
            if part.listed
            for id in (part.id, *(point.id for point in part.points))
        )

    def anchors(self, division: Division) -> tuple[str, ...]:
        """The ids in a division that others lead to."""
        others = (found for number, found in self._targets.items() if number != division.number)
        wanted = frozenset[str]().union(*others)
        return tuple(sorted(id for id in wanted if self.is_in(id, division)))

    def is_in(self, id: str, division: Division) -> bool:
        return id in self.home and self.home[id][0] == division.number

    def shown(self, division: Division) -> tuple[str, ...]:
        """The ids whose folios a division prints as they are given to it: those of other
        divisions, and those that decide what its glossary, index and lists of readings hold and
        what stands over the pages of its notes."""
        found = {note.call for note in self.endnotes_in(division) if note.call}
        for part in division.parts:
            if part.kind == "toc":
                found |= {id for id in self.listed if not self.is_in(id, division)}
            elif any(mark in part.body for mark in SHOWS_PAGES):
                found |= set(TARGET.findall(part.body))
        return tuple(sorted(found))

    @cached_property
    def numbered(self) -> frozenset[str]:
        """The ids whose lines on their pages are printed somewhere."""
        return frozenset(
            id
            for part in self.parts
            if SHOWS_LINES in part.body
            for id in TARGET.findall(part.body)
        )
