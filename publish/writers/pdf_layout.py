"""The pages of a book: its divisions laid out, again where what others say of them has changed."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from functools import cached_property
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from publish.writers.divisions import Division, Plan
from publish.writers.laid import Kept, Laid, facts_of
from publish.writers.pdf_dress import label_words
from publish.writers.pdf_endnotes import Standing, homes_in
from publish.writers.pdf_tree import paged_tree
from publish.writers.weasy.engine import Engine
from publish.writers.weasy.load import jail, load_weasyprint, quiet
from publish.writers.weasy.shortcuts import uncollected

ROUNDS: Final = 6  # a folio in the contents that moves the page it names could go round for ever


class Look(NamedTuple):
    """What a layout depends on besides the book: its style rules, whether its lines are settled,
    and whether its text is asked for."""

    rules: str
    settled: bool = True
    texts: bool = False


def lay_out(plan: Plan, look: Look, kept: Kept | None = None) -> list[Laid]:
    """The divisions in the order of the book, as laid out. With `kept`, those that are known from
    an earlier run are taken from there, and all are left there, written."""
    layout = _Layout(plan, look, kept)
    with quiet(), uncollected() if look.settled else nullcontext():
        layout.run()
        laid = [layout.laid[division.number] for division in plan.divisions]
        if kept is not None:
            for each in laid:
                each.write(plan.identifier, kept.kinds)
    return laid


class _Layout:
    def __init__(self, plan: Plan, look: Look, kept: Kept | None) -> None:
        self.plan, self.look, self.kept = plan, look, kept
        self.laid: dict[int, Laid] = {}
        self.trees: dict[int, Element] = {}
        self.folios: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        self.standing: dict[int, Standing] = {}
        self.gone: frozenset[str] = frozenset()

    def run(self) -> None:
        for _ in range(ROUNDS):
            if not self._round():
                break
        for division in self.plan.divisions:
            known = self.laid[division.number]
            if self.kept is not None and known.lacks(self.kept.kinds):
                again = self._laid_out(division, known.key, known.start)
                again.pdfs |= known.pdfs
                self.laid[division.number] = again

    def _round(self) -> bool:
        """Lays out what is not as it must be; says whether there was any."""
        changed = False
        for division in self.plan.order:
            start = self._start(division)
            key = self._key(division, start)
            before = self.laid.get(division.number)
            if before is not None and before.key == key:
                continue
            changed = True
            if before is not None:
                before.document = None  # of a layout that was not the last, the facts are enough
            laid = self.kept.get(key) if self.kept is not None else None
            if laid is None:
                laid = self._laid_out(division, key, start)
            self.laid[division.number] = laid
            self.lines |= laid.lines
            self.standing[division.number] = laid.notes
            for id, page in laid.places.items():
                self.folios[id] = division.folio(laid.start, page)
        led = {id for each in self.plan.divisions for id in self._away(each)}
        gone = frozenset(led - self.folios.keys())
        changed = changed or gone != self.gone
        self.gone = gone
        return changed

    def _away(self, division: Division) -> Iterator[str]:
        """The ids in other divisions that links in this one lead to."""
        for id in self.plan.targets(division):
            if id in self.plan.home and not self.plan.is_in(id, division):
                yield id

    def _start(self, division: Division) -> int:
        """The number of the division's first page: odd ones are rectos. Only what follows the text
        goes on with its numbers."""
        before = self.plan.divisions[division.number - 1] if division.number else None
        if before is None or not before.is_text:
            return 1
        laid = self.laid[before.number]
        number = laid.start + laid.pages
        return number + 1 if division.recto and number % 2 == 0 else number

    def _key(self, division: Division, start: int) -> str:
        """A digest of all that a division's layout depends on."""
        plan = self.plan
        wanted = [(id, self.folios.get(id), self.lines.get(id)) for id in plan.shown(division)]
        links = [(id, plan.home.get(id)) for id in sorted(plan.targets(division))]
        listed = [
            (part.id, part.title, part.kind, part.matter, part.level, part.listed, part.points)
            for part in plan.parts
        ]
        has_contents = any(part.kind == "toc" for part in division.parts)
        chapters = sum(part.matter == "body" and part.listed for part in plan.parts)
        depends_on = (
                self.look, plan.page, plan.date, plan.book.edition.metadata, plan.identifier,
                plan.logo_address, division, start, plan.notes_in(division),
                listed if has_contents else chapters, sorted(label_words(plan.parts)),
                plan.anchors(division), sorted(plan.numbered), links, wanted, sorted(self.gone),
                self._endnotes(division),
        )  # fmt: skip
        return hashlib.sha256(repr(depends_on).encode()).hexdigest()

    def _endnotes(self, division: Division) -> object:
        """What the notes at the end of the book depend on besides the folios of their calls."""
        notes = self.plan.endnotes_in(division)
        if not notes:
            return ()
        return notes, homes_in(self.plan), self.standing.get(division.number)

    def _laid_out(self, division: Division, key: str, start: int) -> Laid:
        plan, number = self.plan, division.number
        self.trees[number] = paged_tree(
            plan,
            division,
            settled=self.look.settled,
            folios=self.folios,
            lines=self.lines,
            standing=self.standing.get(number, ()),
            gone=self.gone,
            before=None if self.gone else self.trees.get(number),
            meanwhile=None if "weasyprint" in sys.modules else lambda: self._engine,
        )
        document = self._engine.render(self.trees[number], first_page(start))
        own = {id for id in plan.numbered if plan.is_in(id, division)}
        noted = bool(plan.endnotes_in(division))
        laid = facts_of(document, key, start, own, notes=noted, texts=self.look.texts)
        if self.kept is not None:
            self.kept.put(laid)
        return laid

    @cached_property
    def _engine(self) -> Engine:
        load_weasyprint()
        return Engine(self.look.rules, jail(), ready=self.look.settled)


def first_page(start: int) -> str:
    """The style rules by which a document's first page has this number; "" if it has anyway."""
    if start == 1:
        return ""
    verso = "" if start % 2 else "html { break-before: left }"
    return f"@page :first {{ counter-reset: page {start} }}{verso}"
