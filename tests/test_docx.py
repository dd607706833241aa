"""The DOCX for a proofreader: the words of the reading text, dressed for a word processor."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from rendered import every_kind

from publish.book import Book
from publish.writers.docx import write_docx
from publish.writers.text import reading_text


@pytest.fixture(scope="module")
def book() -> Book:
    return every_kind()


@pytest.fixture(scope="module")
def made(book: Book) -> docx.document.Document:
    return docx.Document(BytesIO(write_docx(book)))


def ink(text: str) -> str:
    return "".join(text.split())


def test_its_words_are_those_of_the_reading_text(book: Book, made: docx.document.Document) -> None:
    words = ink("".join(node.text or "" for node in made.element.body.iter(qn("w:t"))))
    text = ink(reading_text(book.blocks))
    at = text.index("[1][1]Itwasmended")  # the notes have a heading of their own
    assert words == f"TheFerryAdaExample{text[:at]}Notes{text[at:]}"


def test_headings_have_the_levels_of_the_text(made: docx.document.Document) -> None:
    found = [(p.style.name, p.text) for p in made.paragraphs if p.style.name.startswith("Heading")]
    assert found == [
        ("Heading 1", "To the Reader"),
        ("Heading 1", "PART ONE"),
        ("Heading 2", "I\nThe Landing"),
        ("Heading 3", "A Crosshead"),
        ("Heading 2", "II\nThe Letter"),
        ("Heading 1", "GLOSSARY OF BOATS"),
        ("Heading 1", "Notes"),
    ]


def test_marks_become_what_a_word_processor_calls_them(made: docx.document.Document) -> None:
    runs = [run for paragraph in made.paragraphs for run in paragraph.runs]
    assert {"CLERK."} == {r.text for r in runs if r.font.small_caps and r.text.startswith("CLERK")}
    assert any(r.italic and r.bold for r in runs)
    assert [r.text for r in runs if r.font.superscript] == ["[1]"]
    assert [r.text for r in runs if r.italic and "sits" in r.text] == ["(He sits.)"]


def test_verse_keeps_its_lines_and_tables_their_cells(made: docx.document.Document) -> None:
    verse = next(p for p in made.paragraphs if p.text.startswith("O river"))
    assert verse.text.count("\n") == 2
    assert verse.paragraph_format.left_indent
    (table,) = made.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Ferry", "Fare"], ["Morning", "4"], ["Evening", "12½"],
    ]  # fmt: skip


def test_the_file_says_what_it_is_and_in_which_language(made: docx.document.Document) -> None:
    facts = made.core_properties
    assert (facts.title, facts.author, facts.language) == ("The Ferry", "Ada Example", "en")
    assert {t.get(qn("w:val")) for t in made.styles.element.iter(qn("w:lang"))} == {"en"}


def test_the_same_bytes_on_every_run_and_in_every_time_zone(book: Book, tmp_path: Path) -> None:
    program = (
        "import sys; from rendered import every_kind; from publish.writers.docx import write_docx;"
        "sys.stdout.buffer.write(write_docx(every_kind()))"
    )
    folders = (Path(__file__).parent, Path(__file__).parent.parent)
    environment = {"PYTHONPATH": os.pathsep.join(map(str, folders)), "TZ": "Pacific/Auckland",
                   "PYTHONHASHSEED": "7"}  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, **environment},
    )
    assert run.stdout == write_docx(book)
    with ZipFile(BytesIO(run.stdout)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(2026, 11, 1, 0, 0, 0)}
