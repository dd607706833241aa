"""Bad input through the real command line: one sentence that says where, what stands there and what
to do; the documented exit code; nothing written, and earlier books as they were."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from command import ROOT, copy_of_seed, publish

from publish import catalogue
from publish.errors import UsageError

TEXT = "The lamp was lit, and the room was warm.\n"


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    """A copy of the first edition, with a book built of it before it is spoilt."""
    (tmp_path / "dist").mkdir()
    for ending in ("epub", "txt"):
        (tmp_path / "dist" / f"book.{ending}").write_bytes(b"an earlier book")
    return copy_of_seed(tmp_path)


def refused(seed: Path, *parts: str, code: int = 3, command: str = "build") -> str:
    """What the command says of the spoilt edition; fails unless it keeps its hands off dist/."""
    where = seed.parent.parent
    before = {p.name: p.read_bytes() for p in (where / "dist").iterdir()}
    words = [command, "book"] + (["--formats", "epub,txt"] if command == "build" else [])
    said = publish(*words, cwd=where, code=code).stderr
    assert {p.name: p.read_bytes() for p in (where / "dist").iterdir()} == before
    for part in parts:
        assert part in said, said
    return said


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + "\n" + text, "utf-8")


def alter(path: Path, pattern: str, new: str) -> None:
    old = path.read_text("utf-8")
    changed = re.sub(pattern, new, old, count=1, flags=re.M)
    assert changed != old, f"{pattern} is not in {path.name}"
    path.write_text(changed, "utf-8")


def test_no_such_slug_names_the_nearest(seed):
    where = seed.parent.parent
    said = publish("build", "bok", cwd=where, code=2).stderr
    assert said.count("\n") == 2
    assert "“bok”" in said
    assert "Did you mean book?" in said


def test_no_such_slug_among_many_says_how_many_more_there_are(tmp_path):
    for number in range(15):
        (tmp_path / "seeds" / f"book-{number:02}").mkdir(parents=True)
        (tmp_path / "seeds" / f"book-{number:02}" / "edition.toml").touch()
    with pytest.raises(UsageError) as caught:
        catalogue.folder("zebra", tmp_path / "seeds")
    assert "There are book-00, " in caught.value.hint
    assert caught.value.hint.endswith(", book-11 and 3 more.")
    with pytest.raises(UsageError) as caught:
        catalogue.folder("SEEDS/book-13", tmp_path / "seeds")
    assert caught.value.hint == "Name the edition alone: book-13."


def test_no_seeds_at_all(tmp_path):
    said = publish("build", cwd=tmp_path, code=2).stderr
    assert "there is no edition here" in said
    assert "publish new" in said


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n\f\n"])
def test_empty_source(tmp_path, data):
    (tmp_path / "empty.txt").write_bytes(data)
    said = publish("convert", "empty.txt", "out.epub", cwd=tmp_path, code=3).stderr
    assert said == "empty.txt: the source is empty.\n"
    publish("new", "slug", "empty.txt", cwd=tmp_path, code=3)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["empty.txt"]


def test_source_that_has_changed(seed):
    add(seed / "source.txt", "A line more.\n")
    said = refused(seed, "source.txt", "sha256")
    assert re.search(r"[0-9a-f]{64}", said), "the digest that stands there is not shown"


@pytest.mark.parametrize(
    "data",
    [
        zipfile.ZipFile.__doc__.encode("utf-16-le").replace(b"\0", b"\0\0\0"),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10" + bytes(range(256)) * 40,
        b"PK\x03\x04\x14\0\0\0\x08\0" + bytes(range(256)) * 40,
    ],
    ids=["nuls", "png", "zip"],
)
def test_bytes_that_are_no_text(tmp_path, data):
    (tmp_path / "picture.txt").write_bytes(data)
    said = publish("convert", "picture.txt", "out.epub", cwd=tmp_path, code=3).stderr
    assert said.startswith("picture.txt")
    assert "text" in said
    assert not (tmp_path / "out.epub").exists()


def test_all_errors_of_edition_toml_at_once(seed):
    toml = seed / "edition.toml"
    alter(toml, r"^edition_date = .*$", 'edition_date = "last week"')
    alter(toml, r"^\[book\]$", '[book]\ntitel = "x"')
    alter(toml, r"^language = .*$", "language = 7")
    said = refused(seed, "titel", "language", "edition_date", "last week")
    assert len(re.findall(r"edition\.toml, line \d+", said)) >= 3, said


def test_correction_that_does_not_stand_at_its_line(seed):
    where = 'line = 40\nwas = "zebra"\nnow = "horse"\norigin = "scan"\nwhy = "a test"\n'
    add(seed / "corrections.toml", f"[[emend]]\n{where}")
    line = (seed / "source.txt").read_text("utf-8").split("\n")[39].strip()
    refused(seed, "corrections.toml", "line 40", "“zebra”", line)


def test_overlapping_corrections(seed):
    line = (seed / "source.txt").read_text("utf-8").split("\n")[39].strip()
    for was in (line, line.split()[1]):
        entry = f'line = 40\nwas = "{was}"\nnow = "x"\norigin = "scan"\nwhy = "a test"\n'
        add(seed / "corrections.toml", f"[[emend]]\n{entry}")
    refused(seed, "corrections.toml", "line 40")


def test_term_that_never_occurs(seed):
    add(seed / "glossary.toml", '[[term]]\nterm = "Quagga"\ndefinition = "A beast."\n')
    refused(seed, "glossary.toml", "“Quagga”", "stands nowhere")


def test_duplicate_term(seed):
    first = re.search(r'^term = "(.*)"$', (seed / "glossary.toml").read_text("utf-8"), re.M)
    assert first
    add(seed / "glossary.toml", f'[[term]]\nterm = "{first[1]}"\ndefinition = "Again."\n')
    refused(seed, "glossary.toml", first[1])


def test_broken_link_in_the_introduction(seed):
    add(seed / "introduction.md", "See [the end](#nowhere-at-all).\n")
    refused(seed, "introduction.md", "nowhere-at-all")


def test_markup_in_the_introduction_is_shown_and_never_run(seed):
    add(
        seed / "introduction.md",
        "A <script>alert(1)</script> and <img src=x onerror=alert(2)> "
        "and [a link](javascript:alert(3)).\n",
    )
    where = seed.parent.parent
    run = publish("build", "book", "--formats", "epub,html", cwd=where, code=0)
    assert run.stderr == ""
    pages = [(where / "dist" / "book.html").read_text("utf-8")]
    with zipfile.ZipFile(where / "dist" / "book.epub") as book:
        pages += [book.read(n).decode() for n in book.namelist() if n.endswith("xhtml")]
    for page in pages:
        assert not re.search(r"<script|<img[^>]*onerror|href=\"javascript:", page, re.I)
    assert "&lt;script&gt;" in pages[0]


def test_output_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "s.txt").write_text(TEXT, "utf-8")
    (tmp_path / "file").write_text("in the way", "utf-8")
    said = publish("convert", "s.txt", "file/out.epub", cwd=tmp_path, code=2).stderr
    wanted = "file: a file stands here, where a folder is needed.\n  Name another place, or move "
    assert said == wanted + "the file away.\n"
    publish("new", "slug", "s.txt", cwd=tmp_path)
    for folder in ("file", "file/dist"):
        assert publish("build", "-o", folder, cwd=tmp_path, code=2).stderr == said
    assert (tmp_path / "file").read_text("utf-8") == "in the way"


@pytest.mark.parametrize(
    "words",
    [("convert", "s.txt", "nope/a.epub"), ("text", "s.txt", "-o", "nope/a.txt"),
     ("proof", "s.txt", "-o", "nope/a.html")],
)  # fmt: skip
def test_a_folder_that_is_not_there_is_not_made_for_a_file(tmp_path, words):
    (tmp_path / "s.txt").write_text(TEXT, "utf-8")
    said = publish(*words, cwd=tmp_path, code=2).stderr
    assert said == "nope: there is no such folder.\n  Make it, or name another place.\n"
    assert not (tmp_path / "nope").exists()
    publish("proof", "s.txt", cwd=tmp_path)
    assert (tmp_path / "dist" / "s.proof.html").is_file()


def test_folder_without_permission(tmp_path):
    """As a user who may not write there; root may write anywhere."""
    (tmp_path / "s.txt").write_text(TEXT, "utf-8")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    code = (
        "import os; from pathlib import Path\n"
        "from publish.commands.files import OutputError, writable\n"
        "os.geteuid() or (os.setgroups([]), os.setuid(65534))\n"
        f"try: writable(Path({str(closed)!r}))\n"
        "except OutputError as error: print(error)\n"
    )
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "nothing can be written here: Permission denied" in run.stdout, run.stdout


def test_missing_pango_is_one_command(tmp_path):
    """A loader that finds no Pango is all that a machine without it has."""
    (tmp_path / "s.txt").write_text(TEXT, "utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    env = {"PYTHONPATH": f"{site}{os.pathsep}{ROOT}"}
    said = publish("convert", "s.txt", "out.pdf", cwd=tmp_path, code=4, env=env).stderr
    assert "Pango" in said
    assert "apt-get install" in said
    assert not (tmp_path / "out.pdf").exists()
    shown = publish("doctor", cwd=tmp_path, code=4, env=env).stdout
    assert re.search(r"^Pango: missing, for PDF\n  .*apt-get install", shown, re.M)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["convert", "s.txt", "out.doc"], ".epub, .pdf"),
        (["convert", "none.txt", "out.epub"], "none.txt: there is no such file"),
        (["convert", "folder", "out.epub"], "this is a folder"),
        (["preflight", "my-book"], "dist/my-book.epub"),
        (["preflight", "folder"], "this is a folder, not a finished book"),
        (["convert", "s.txt", "s.txt"], "over its source"),
        (["convert", "s.txt", "o.epub", "--house-style", "nil"], "There are brazilian"),
        (["convert", "s.txt", "o.epub", "--lang", "no such"], "language tag"),
        (["convert", "s.txt", "o.epub", "--lang", ""], "language tag"),
        (["convert", "s.txt", "o.epub", "--lang", "xx-yy-zz-q"], "language tag"),
        (["convert", "s.txt", "o.epub", "--trim", "nonsense"], "Known are pocket"),
        (["convert", "s.txt", "o.epub", "--trim", "20x20"], "would do"),
        (["convert", "s.txt", "o.epub", "--theme", "nonsense"], "There are garamond"),
        (["convert", "s.txt", "o.pdf", "--press", "--condition", "nonsense"], "Known are FOGRA39"),
        (["build", "--formats", "doc"], "There are epub"),
        (["new", "Bad Slug", "s.txt"], "small letters"),
        (["new", "folder/../up", "s.txt"], "small letters"),
        (["text", "none.txt"], "there is no such file"),
        (["preflight", "none.epub"], "no such file"),
        (["preflight", "s.txt"], "cannot be checked"),
        (["nonsense"], "No such command"),
        (["build", "--nonsense"], "No such option"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_words_that_cannot_be_carried_out(tmp_path, words, part):
    (tmp_path / "s.txt").write_text(TEXT, "utf-8")
    (tmp_path / "folder").mkdir()
    assert part in publish(*words, cwd=tmp_path, code=2).stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "s.txt"]


def test_an_edition_that_is_there_is_not_begun_again(tmp_path):
    (tmp_path / "s.txt").write_text(TEXT, "utf-8")
    publish("new", "slug", "s.txt", cwd=tmp_path)
    toml = tmp_path / "seeds" / "slug" / "edition.toml"
    toml.write_text("my own work", "utf-8")
    assert "is there already" in publish("new", "slug", "s.txt", cwd=tmp_path, code=2).stderr
    assert toml.read_text("utf-8") == "my own work"


def test_a_fault_in_one_edition_does_not_keep_the_others(tmp_path):
    (tmp_path / "s.txt").write_text(TEXT, "utf-8")
    for slug in ("bad", "good"):
        publish("new", slug, "s.txt", cwd=tmp_path)
    (tmp_path / "seeds" / "bad" / "source.txt").write_text("Another text.", "utf-8")
    publish("build", "--formats", "txt", cwd=tmp_path, code=3)
    assert [p.name for p in (tmp_path / "dist").glob("*.txt")] == ["good.txt"]
