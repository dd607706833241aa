"""Glossary and readings in print: entries run in, each page once, and the numbers are true."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from printed import book, page_texts, prose

from publish.book import Book, Note, Part
from publish.edition import Term
from publish.writers.pdf import write_pdf

USES = (0, 1, 24)  # paragraphs in which the term stands: two on one page, one much later


def with_glossary() -> Book:
    paragraphs = "".join(
        f'<p id="p{at}">The <a epub:type="glossref" role="doc-glossref" id="p{at}-g-level"'
        f' href="#g-level">levels</a> again. {prose(at)}</p>'
        if at in USES
        else f'<p id="p{at}">{prose(at)}</p>'
        for at in range(30)
    )
    paragraphs += '<p id="last">So said <span id="emended-1">the mason</span>. </p>'
    text = Part(
        "text", "Levels", "chapter", "body",
        f'<section id="text"><h2>Levels</h2>{paragraphs}</section>',
    )  # fmt: skip
    links = " ".join(
        f'<a class="page-ref" role="doc-backlink" href="#p{at}-g-level">'
        f'<span class="screen">{number}</span></a>'
        for number, at in enumerate(USES, 1)
    )
    glossary = Part(
        "glossary", "Glossary", "glossary", "back",
        '<section id="glossary" class="glossary" epub:type="glossary"><h2>Glossary</h2><dl>'
        '<div id="g-level"><dt epub:type="glossterm"><dfn>level</dfn>'
        ' <span class="facts">height, 1843</span></dt><dd epub:type="glossdef">'
        f'<p>A height above the sea.</p><p class="uses"><span class="screen">↩</span> {links}</p>'
        "</dd></div></dl></section>",
    )  # fmt: skip
    readings = Part(
        "emendations", "Emendations", "appendix", "back",
        '<section id="emendations" class="appendix"><h2>Emendations</h2><ol class="readings">'
        '<li><a class="place" href="#emended-1"><span class="lemma">the mason</span></a>'
        '<span class="bracket">]</span> <span class="copy">the mansion</span>'
        ' <span class="page-ref" data-target="#emended-1"></span></li></ol></section>',
    )  # fmt: skip
    made = book(parts=(text, glossary, readings), notes=())
    return replace(made, edition=replace(made.edition, glossary=(Term("level", "A height."),)))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return page_texts(write_pdf(with_glossary()), tmp_path_factory.mktemp("apparatus"))


def line_with(pages: list[str], words: str) -> str:
    return next(line.strip() for page in pages for line in page.splitlines() if words in line)


def test_an_entry_names_each_page_of_its_uses_once(pages: list[str]) -> None:
    used = [at + 1 for at, page in enumerate(pages) if "levels again" in page]
    assert len(used) == 2
    entry = line_with(pages, "A height above the sea.")
    assert entry.endswith("→ " + ", ".join(str(number) for number in used))


def test_an_entry_runs_in_headword_facts_and_definition(pages: list[str]) -> None:
    entry = line_with(pages, "A height above the sea.")
    assert re.match(r"level \(height, 1843\)\. A height above the sea\.", entry)


def test_what_only_a_screen_shows_is_not_printed(pages: list[str]) -> None:
    assert not any("↩" in page for page in pages)


def test_a_reading_stands_behind_its_page(pages: list[str]) -> None:
    place = next(at + 1 for at, page in enumerate(pages) if "So said the mason" in page)
    lines = [line for line in pages[place - 1].splitlines() if line.strip()]
    number = next(at for at, line in enumerate(lines) if "So said the mason" in line)
    reading = line_with(pages, "the mansion")  # the first of the lines is the running head
    assert re.fullmatch(rf"{place}\.{number}\s+the mason\] the mansion", reading)


def test_an_imprint_stands_at_the_foot_of_its_page(tmp_path: Path) -> None:
    part = Part(
        "imprint", "Imprint", "copyright-page", "front",
        '<section id="imprint" class="copyright-page"><p>Printed nowhere.</p></section>',
        listed=False,
    )  # fmt: skip
    file = tmp_path / "imprint.pdf"
    file.write_bytes(write_pdf(book(parts=(part,), notes=())))
    read = subprocess.run(
        ["pdftotext", "-bbox", str(file), "-"], capture_output=True, check=True, text=True
    )
    word = re.search(r'yMax="([\d.]+)">nowhere\.', read.stdout)
    assert word
    assert 500 < float(word[1]) < 560  # of 612 points


def test_a_note_called_twice_is_printed_once_and_one_never_called_at_the_end(
    tmp_path: Path,
) -> None:
    first = '<a role="doc-noteref" id="c1" href="#n1">1</a>'
    again = '<a role="doc-noteref" href="#n1">1</a>'
    text = Part(
        "text", "Levels", "chapter", "body",
        f'<section id="text"><h2>Levels</h2><p>First{first} and again{again}.</p></section>',
    )  # fmt: skip
    ends = Part(
        "notes", "Notes", "endnotes", "back",
        '<section id="notes"><h2>Notes</h2><ol><li id="n1"><p>A called note.</p></li>'
        '<li id="n2"><p>A note without a call.</p></li></ol></section>',
    )  # fmt: skip
    notes = (
        Note("n1", "1", "c1", "<p>A called note.</p>"),
        Note("n2", "2", "", "<p>A note without a call.</p>"),
    )
    pages = page_texts(write_pdf(book(parts=(text, ends), notes=notes)), tmp_path)
    everything = "\n".join(pages)
    assert everything.count("A called note.") == 1
    assert "A called note." in pages[0]
    assert "A note without a call." in pages[2]  # a right-hand page


def test_notes_that_are_all_called_have_no_part_at_the_end(tmp_path: Path) -> None:
    text = Part(
        "text", "Levels", "chapter", "body",
        '<section id="text"><h2>Levels</h2><p>First<a role="doc-noteref" id="c1" href="#n1">1</a>'
        ".</p></section>",
    )  # fmt: skip
    ends = Part(
        "notes", "Notes", "endnotes", "back",
        '<section id="notes"><h2>Notes</h2><ol><li id="n1"><p>A note.</p></li></ol></section>',
    )  # fmt: skip
    notes = (Note("n1", "1", "c1", "<p>A note.</p>"),)
    pages = page_texts(write_pdf(book(parts=(text, ends), notes=notes)), tmp_path)
    assert sum("Notes" in page for page in pages) == 0
