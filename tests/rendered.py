"""A document that holds every kind of block and mark the pipeline knows, as `render` takes it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from publish.book import Book
from publish.document import Anchor, Block, Container, Document, Mark, Source, Text
from publish.edition import Contributor, Edition, EditorNote, Metadata, Term
from publish.render import render

PROSE = "The ferry had gone, and with it the only clock in the place that anybody trusted. "
LETTER, EPIGRAPH = Container("letter", "c1"), Container("epigraph", "c2")
QUOTATION, POEM = Container("quotation", "c3"), Container("poem", "c4")
LIST = Container("list", "c5")


def every_kind(**more: Any) -> Book:
    """The book of that document, with the whole apparatus of an edition, and `more` of its
    fields."""
    edition = Edition(
        "every-kind",
        b"source",
        folder="seeds/every-kind",
        metadata=Metadata(
            title="The Ferry",
            contributors=(Contributor("Ada Example"),),
            edition_date="2026-11-01",
            rights="Not known.",
        ),
        notes=(EditorNote(1, "ferry", "A *chain* ferry."),),
        glossary=(Term("clock", "A **public** clock.", modern="tower clock", dates="1790"),),
        introduction="An introduction with *emphasis*.\n\n- one\n- two\n",
    )
    edition = replace(edition, **more)
    source = Source("x" * 9000, tuple(range(0, 9000, 10)))
    return render(Document(source, tuple(_blocks())), edition)


def _blocks() -> list[Block]:
    blocks: list[Block] = []

    def add(kind: str, text: str, *marks: Mark, **fields: object) -> None:
        at = len(blocks)
        anchored = Text(text, (Anchor(0, at * 100),), tuple(sorted(marks)))
        blocks.append(Block(kind, anchored, f"L{at + 1}", **fields))  # type: ignore[arg-type]

    add("heading", "To the Reader", level=1, role="preface")
    add("paragraph", PROSE)
    add("heading", "PART ONE", level=1, role="part")
    add("heading", "I\nThe Landing", level=2, role="chapter")
    add("paragraph", "Wait, and see.", within=(EPIGRAPH,))
    add("attribution", "A ferryman", within=(EPIGRAPH,))
    ferry, clock = PROSE.index("ferry"), PROSE.index("clock")
    add(
        "paragraph",
        PROSE * 3,
        Mark(0, 3, "opening"),
        Mark(ferry + 5, ferry + 5, "editor", "0"),
        Mark(clock, clock + 5, "glossref", "g-clock"),
        Mark(20, 40, "emphasis"),
        Mark(30, 50, "strong"),
        Mark(60, 66, "smallcaps"),
        Mark(70, 78, "language", "fr"),
        Mark(len(PROSE), len(PROSE), "noteref", "L31"),
    )
    add("heading", "A Crosshead", level=3)
    add("paragraph", PROSE * 2)
    add("paragraph", PROSE, within=(QUOTATION,))
    add("paragraph", "and so on, he said.")
    add("break", "* * *")
    add("verse", "O river, run\n  more slowly than you do\nand wait.", within=(POEM,))
    add("verse", "O clock,\n    stand still.", within=(POEM,))
    add("verse", "One line by itself")
    add("heading", "II\nThe Letter", level=2, role="chapter")
    add("dateline", "The Landing, May 3, 1843", within=(LETTER,))
    add("salutation", "Dear Sir,", within=(LETTER,))
    add("paragraph", PROSE, within=(LETTER,))
    add("valediction", "Your obedient servant,", within=(LETTER,))
    add("signature", "A. Example", within=(LETTER,))
    add(
        "speech", "CLERK. It has gone. (He sits.)", Mark(0, 6, "speaker"), Mark(20, 30, "direction")
    )
    add("direction", "A bell is heard.")
    add("item", "1. A trunk", Mark(0, 2, "marker"), within=(LIST,))
    add("item", "2. A hat", Mark(0, 2, "marker"), within=(LIST,))
    add("item", "A bullet without a marker")
    add("table", "Ferry\tFare\nMorning\t4\nEvening\t12½")
    add("figure", "[Illustration]")
    add("caption", "[Illustration: The landing at low water]")
    add("paragraph", PROSE * 2)
    add("note", "[1] It was mended in 1850.", role="1")
    add("heading", "GLOSSARY OF BOATS", level=1, role="appendix")
    add("paragraph", PROSE)
    return blocks
