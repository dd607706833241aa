"""Formats beside the EPUB that are made of it: for Kobo, for Kindle, through other programs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from command import publish
from conftest import required
from lxml import etree
from rendered import every_kind

from publish.edition_folder import load_edition
from publish.errors import MissingToolError, PublishError
from publish.pipeline import prepare
from publish.preflight.epub import check_format
from publish.render import render
from publish.writers import WRITERS
from publish.writers.azw3 import write_azw3
from publish.writers.epub import write_epub
from publish.writers.text import reading_text

STORY = "CHAPTER I\n\nThe lamp was lit. “Go,” he said.\n\nNobody went.\n"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, "utf-8")
    return path


def has_spans(book: Path) -> bool:
    with ZipFile(book) as epub:
        return any(b'class="koboSpan"' in epub.read(name) for name in epub.namelist())


@pytest.mark.parametrize(
    ("name", "options", "spans"),
    [
        ("a.epub", (), False),
        ("a.epub", ("--kepub",), True),
        ("a.kepub.epub", (), True),
    ],
)
def test_kobos_spans_are_made_where_they_are_asked_for(
    story: Path, name: str, options: tuple[str, ...], spans: bool
) -> None:
    out = story.parent / name
    publish("convert", story, out, *options, cwd=story.parent)
    assert has_spans(out) == spans


def test_only_an_epub_can_be_for_kobo(story: Path) -> None:
    run = publish("convert", story, "a.pdf", "--kepub", cwd=story.parent, code=2)
    assert "only an EPUB" in run.stderr


@pytest.mark.usefixtures("validators")
def test_a_kepub_of_every_kind_is_valid_and_keeps_its_structure(tmp_path: Path) -> None:
    plain, kobo = tmp_path / "a.epub", tmp_path / "a.kepub.epub"
    plain.write_bytes(write_epub(every_kind()))
    kobo.write_bytes(WRITERS["kepub"](every_kind()))
    assert check_format(kobo) == []
    with ZipFile(plain) as one, ZipFile(kobo) as other:
        assert one.namelist() == other.namelist()
        counted = 0
        for name in one.namelist():
            if not name.endswith(".xhtml"):
                continue
            left, right = etree.fromstring(one.read(name)), etree.fromstring(other.read(name))
            for span in right.findall(".//{*}span[@class='koboSpan']"):
                assert span.get("id", "").startswith("kobo.")
                counted += 1
            etree.strip_tags(right, "{http://www.w3.org/1999/xhtml}span")
            etree.strip_tags(left, "{http://www.w3.org/1999/xhtml}span")
            bodies = [tree.find("{*}body") for tree in (left, right)]
            said = ["".join(body.itertext()) for body in bodies if body is not None]
            assert said[0].split() == said[1].split(), name
        assert counted > 50


def program(folder: Path, script: str) -> None:
    path = folder / "ebook-convert"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_without_calibre_an_azw3_is_refused_with_the_way_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingToolError, match="calibre") as raised:
        write_azw3(every_kind())
    assert "apt-get install" in raised.value.hint
    assert raised.value.exit_code == 4


def test_calibre_is_given_the_epub_and_its_failure_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    program(tmp_path, 'cp "$1" "$2"')
    assert write_azw3(every_kind()) == write_epub(every_kind())
    program(tmp_path, "echo 'no such plugin' >&2; exit 1")
    with pytest.raises(PublishError, match="no such plugin"):
        write_azw3(every_kind())


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha())


def read_by_calibre(book: Path, folder: Path) -> str:
    """What calibre makes of a book as text; fails if it warns of anything."""
    convert = required("ebook-convert", "apt-get install -y calibre")
    out = folder / "read.txt"
    run = subprocess.run(
        [convert, str(book), str(out)],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
        env={**os.environ, "CALIBRE_CONFIG_DIRECTORY": str(folder / "calibre")},
    )
    said = run.stdout + run.stderr
    assert not any(word in said.lower() for word in ("warn", "error", "fail", "invalid")), said
    return out.read_text("utf-8")


@pytest.mark.long
def test_calibre_reads_the_first_edition_without_a_warning_and_letter_by_letter(
    tmp_path: Path,
) -> None:
    edition = load_edition(Path(__file__).parent.parent / "seeds" / "russian-events-1937")
    document = prepare(edition)
    book = tmp_path / "book.epub"
    book.write_bytes(write_epub(render(document, edition)))
    text = letters(reading_text(document.blocks))
    assert len(text) > 20_000
    assert text in letters(read_by_calibre(book, tmp_path))


@pytest.mark.long
def test_calibre_reads_every_kind_of_block(tmp_path: Path) -> None:
    made = every_kind()
    book = tmp_path / "book.epub"
    book.write_bytes(write_epub(made))
    read = letters(read_by_calibre(book, tmp_path))
    at = 0
    for block in made.blocks:
        if block.kind not in ("break", "figure", "note"):
            at = read.index(letters(block.text.value), at)


@pytest.mark.long
def test_calibre_makes_an_azw3(tmp_path: Path) -> None:
    required("ebook-convert", "apt-get install -y calibre")
    data = write_azw3(every_kind())
    assert data[60:68] == b"BOOKMOBI"
    book = tmp_path / "book.azw3"
    book.write_bytes(data)
    assert "Theferryhadgone" in letters(read_by_calibre(book, tmp_path))
