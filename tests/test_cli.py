"""The commands, through the real command line."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from command import ROOT, publish

from publish import __version__

TALE = """\
THE LAMPLIGHTER'S TALE

CHAPTER I

The lamp had burned all night, and no-
body had come to trim it. "It will go out,"
she said -- and it did.

CHAPTER II

In the morning the street was white with
frost, and the lamplighter slept.
"""


@pytest.fixture
def tale(tmp_path: Path) -> Path:
    path = tmp_path / "tale.txt"
    path.write_text(TALE, "utf-8")
    return path


def test_version_is_the_packages_own(tmp_path):
    assert publish("--version", cwd=tmp_path).stdout == f"publish {__version__}\n"


def test_help_names_each_command_and_exit_code(tmp_path):
    shown = publish("--help", cwd=tmp_path).stdout
    for command in (
        *("new", "build", "text", "convert", "check", "review", "desk", "collate"),
        *("preflight", "proof", "doctor"),
    ):
        assert re.search(rf"^  {command} ", shown, re.M), command
    for code in ("0 done", "1 findings", "2 ", "3 ", "4 ", "130 interrupted"):
        assert code in " ".join(shown.split()), code


def test_exit_codes_stand_in_the_manual():
    manual = (ROOT / "docs" / "publishers-manual.md").read_text("utf-8")
    for code in (0, 1, 2, 3, 4, 130, 141):
        assert re.search(rf"^\| `?{code}`? \|", manual, re.M), code


def test_help_is_instant(tmp_path):
    def seconds() -> float:
        start = os.times().children_user + os.times().children_system
        publish("--help", cwd=tmp_path)
        return os.times().children_user + os.times().children_system - start

    assert min(seconds() for _ in range(3)) < 0.5


def test_quick_books_load_nothing_they_do_not_use(tale):
    """Half a second of imports is a fifth of the time that a novel may take. (Typer itself brings
    pydantic.)"""
    code = (
        "import sys; from publish.cli import main\n"
        f"try: main(['convert', {str(tale)!r}, {str(tale.with_suffix('.epub'))!r}])\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print([m for m in ('weasyprint', 'rich', 'wordfreq', 'distributed') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("ending", ["epub", "pdf", "txt", "html", "EPUB"])
def test_each_format_is_told_by_its_ending(tale, ending):
    out = tale.with_name(f"book.{ending}")
    publish("convert", tale, out, cwd=tale.parent)
    start = {"epub": b"PK", "pdf": b"%PDF", "html": b"<!DOCTYPE html>"}.get(ending.lower(), b"")
    assert out.read_bytes().startswith(start)
    assert len(out.read_bytes()) > 100


def test_what_is_said_on_the_command_line_is_in_the_book(tale):
    out = tale.with_suffix(".epub")
    given = ("--title", "A & B <i>", "--author", "Ann Ode", "--author", "Cy Dee", "--lang", "en-GB")
    publish("convert", tale, out, *given, cwd=tale.parent)
    package = zipfile.ZipFile(out).read("EPUB/content.opf").decode()
    for words in ("A &amp; B &lt;i&gt;", "Ann Ode", "Cy Dee", "<dc:language>en-GB<"):
        assert words in package, words


def on_terminal(*words: str | Path, cwd: Path, code: str = "", leaves: int = 0) -> str:
    """What a command, or this code, says on a terminal; it must leave with `leaves`."""
    program = ["-c", code] if code else ["-m", "publish", *map(str, words)]
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(cwd)
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        os.execve(sys.executable, [sys.executable, *program], env)
    said = b""
    while True:
        try:
            read = os.read(terminal, 4096)
        except OSError:  # Linux tells of the other end's closing so
            break
        if not read:
            break
        said += read
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == leaves, said
    return said.decode().replace("\r\n", "\n")


def test_convert_tells_a_person_what_it_guessed(tale):
    tale.write_text(TALE + "\nThe quay was ernpty, qxzv.\n", "utf-8")
    said = on_terminal("convert", tale.name, "my book.epub", cwd=tale.parent)
    first, second = said.splitlines()
    assert first.startswith("my book.epub: “THE LAMPLIGHTER’S TALE”, no author found, language en,")
    assert first.endswith("3 headings (guessed: title, language).")
    assert re.fullmatch(
        r"  \d+ changes, \d+ places? in doubt\. To see them: publish proof tale\.txt; "
        r"to decide them: publish new my-book tale\.txt",
        second,
    )
    given = ("--title", "T", "--author", "A", "--lang", "en")
    said = on_terminal("convert", tale.name, "b.txt", *given, cwd=tale.parent)
    assert said.startswith("b.txt: “T”, by A, language en, ")
    assert "guessed" not in said


def test_convert_is_quiet_in_a_pipe(tale):
    run = publish("convert", tale, tale.with_suffix(".txt.epub"), cwd=tale.parent)
    assert (run.stdout, run.stderr) == ("", "")


def test_a_dash_is_standard_input(tale):
    def piped(*words: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "publish", *words]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            command, input=given, cwd=tale.parent, capture_output=True, env=env, check=False
        )

    shown = publish("text", tale, cwd=tale.parent).stdout.encode()
    assert piped("text", "-", given=TALE.encode()).stdout == shown
    assert piped("convert", "-", "lamp-lit.epub", given=b"It was night.").returncode == 0
    package = zipfile.ZipFile(tale.parent / "lamp-lit.epub").read("EPUB/content.opf").decode()
    assert ">Lamp Lit</dc:title>" in package
    empty = piped("text", "-", given=b"")
    assert (empty.returncode, empty.stderr) == (3, b"standard input: nothing came in.\n")


def test_a_library_header_names_the_book(tmp_path):
    source = tmp_path / "pg.txt"
    source.write_text(
        "The Project Gutenberg eBook of The Grey Heron\n\nThis eBook is for the use of anyone.\n\n"
        "Title: The Grey Heron\n\nAuthor: Maud Tarn\n\nRelease date: May 1, 2003 [eBook #99999]\n\n"
        "Language: English\n\n*** START OF THE PROJECT GUTENBERG EBOOK THE GREY HERON ***\n\n\n"
        + TALE
        + "\n\n*** END OF THE PROJECT GUTENBERG EBOOK THE GREY HERON ***\n\nLicense words.\n",
        "utf-8",
    )
    publish("convert", source, tmp_path / "pg.epub", cwd=tmp_path)
    package = zipfile.ZipFile(tmp_path / "pg.epub").read("EPUB/content.opf").decode()
    assert "The Grey Heron" in package
    assert "Maud Tarn" in package
    shown = publish("text", source, cwd=tmp_path).stdout
    assert "lamplighter slept" in shown
    assert "License words" not in shown
    assert "GUTENBERG" not in shown


def test_reading_text_parts_paragraphs_by_a_blank_line(tale):
    shown = publish("text", tale, cwd=tale.parent).stdout
    assert "The lamp had burned all night, and nobody had come to trim it." in shown
    assert "In the morning the street was white with frost, and the lamplighter slept." in shown
    assert "“It will go out,” she said—and it did.\n\n" in shown


def test_reading_text_goes_to_a_file_as_to_the_screen(tale):
    out = tale.with_name("reading.txt")
    assert publish("text", tale, "-o", out, cwd=tale.parent).stdout == ""
    assert out.read_text("utf-8") == publish("text", tale, cwd=tale.parent).stdout


@pytest.mark.parametrize("lines", [4, 40_000], ids=["within a buffer", "beyond"])
@pytest.mark.parametrize("command", ["text", "check", "--help"])
def test_a_pipe_that_closes_early_ends_a_command_without_a_word(tale, command, lines):
    """As it ends other programs: a shell says 141, 128 and the number of SIGPIPE."""
    tale.write_text(TALE + "The quay was qxzvb.\n\n" * lines, "utf-8")
    words = {"text": f"text '{tale}'", "check": "check", "--help": "--help"}[command]
    if command == "check":
        publish("new", "tale", tale, cwd=tale.parent)
    run = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m publish {words} | true; echo ${{PIPESTATUS[0]}}"],
        cwd=tale.parent,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert (run.stdout, run.stderr) == ("141\n", "")


@pytest.mark.parametrize(
    ("done", "said"),
    [("pass", "Stopped; nothing was written."), ("write(Path('a.txt'), b'1')", "Stopped.")],
)
def test_ctrl_c_is_answered_on_a_terminal_only(tmp_path, done, said):
    (tmp_path / "s.txt").write_text(TALE, "utf-8")
    code = (
        "import os, signal\nfrom pathlib import Path\nfrom publish.cli import main\n"
        "from publish.commands import quick\nfrom publish.commands.files import write\n"
        f"def reading(*_):\n {done}\n os.kill(os.getpid(), signal.SIGINT)\n"
        "quick.reading = reading\nmain(['text', 's.txt'])\n"
    )
    assert on_terminal(cwd=tmp_path, code=code, leaves=130) == f"\n{said}\n"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (130, "", "")


def test_new_build_check_go_together(tale):
    where = tale.parent
    publish("new", "my-book", tale, cwd=where)
    folder = where / "seeds" / "my-book"
    assert (folder / "source.txt").read_bytes() == tale.read_bytes()
    assert "# guessed" in (folder / "edition.toml").read_text("utf-8")
    built = json.loads(publish("build", "--json", cwd=where).stdout)
    (edition,) = built["editions"]
    assert edition["slug"] == "my-book"
    assert built["errors"] == []
    for file in edition["files"]:
        assert (where / file).stat().st_size > 100
    publish("build", "--final", cwd=where, code=1)
    checked = json.loads(publish("check", "--json", cwd=where).stdout)
    assert "title" in checked["editions"][0]["guessed"]
    publish("check", "--strict", cwd=where, code=1)


def begin_lamp(folder, text):
    """Begins an edition named lamp, in which nothing is marked as guessed; its source."""
    source = folder / "s.txt"
    source.write_text(text, "utf-8")
    publish("new", "lamp", source, cwd=folder)
    toml = folder / "seeds" / "lamp" / "edition.toml"
    toml.write_text(re.sub("(?m)^guessed = .*$", "", toml.read_text("utf-8")), "utf-8")
    return source


def test_a_final_book_is_made_when_nothing_is_open(tmp_path):
    begin_lamp(tmp_path, "The lamp was lit, and the room was warm.\n")
    publish("check", "--strict", cwd=tmp_path)
    publish("build", "--final", "--formats", "txt", cwd=tmp_path)
    assert (tmp_path / "dist" / "lamp.txt").is_file()


def test_what_is_one_is_told_as_one(tmp_path):
    source = begin_lamp(tmp_path, "The lamp was lit -- and the qxzvb was warm.\n")
    built = publish("build", "--formats", "txt", cwd=tmp_path).stdout
    assert "8 words, 1 change, 1 open query\n" in built
    refused = publish("build", "--final", cwd=tmp_path, code=1).stderr
    assert "1 query is open.\n  `publish check lamp` lists what to settle" in refused
    collated = publish("collate", "lamp", source, cwd=tmp_path).stdout
    assert "0 corrections borne out; 1 query open.\n" in collated


def test_check_proposes_no_reading_that_stands_there(tmp_path):
    source = tmp_path / "s.txt"
    source.write_text("The lamp was lit, and the qxzvb was warm. He had a rnan ln.\n", "utf-8")
    publish("new", "lamp", source, cwd=tmp_path)
    said = publish("check", "lamp", cwd=tmp_path).stdout
    assert "lamp, line 1: “qxzvb” (doubtful)\n  in no list of words" in said
    assert re.search(r"“ln” → “\w+”", said), said


def test_a_second_build_makes_nothing_again_and_a_harmed_book_is_mended(tale):
    where = tale.parent
    publish("new", "my-book", tale, cwd=where)

    def build() -> bool:
        shown = publish("build", "--json", "--formats", "epub,txt", cwd=where).stdout
        return bool(json.loads(shown)["editions"][0]["up_to_date"])

    assert not build()
    book = where / "dist" / "my-book.epub"
    whole, made = book.read_bytes(), book.stat().st_mtime_ns
    time.sleep(0.01)
    assert build()
    assert book.stat().st_mtime_ns == made
    book.write_bytes(whole[:-10])
    assert not build()
    assert book.read_bytes() == whole
    (where / "seeds" / "my-book" / "introduction.md").write_text("A word before.\n", "utf-8")
    assert not build()


@pytest.mark.parametrize("name", ["symspellpy", "smartypants", "weasyprint"])
def test_a_book_is_made_again_with_another_version_of_what_makes_it(tale, monkeypatch, name):
    from importlib import metadata

    from publish.commands import build

    was, version = build.fingerprint(tale.parent), metadata.version
    monkeypatch.setattr(metadata, "version", lambda n: "0" if n == name else version(n))
    build._program.cache_clear()
    assert build.fingerprint(tale.parent) != was
    build._program.cache_clear()


def test_a_book_is_made_again_for_another_date_of_the_environment(tale, monkeypatch):
    from publish.commands import build

    publish("new", "my-book", tale, cwd=tale.parent)
    folder, dist = tale.parent / "seeds" / "my-book", tale.parent / "dist"
    dated = []
    for epoch in ("86400", "172800"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        assert not build.build(folder, dist, ("epub",)).up_to_date
        dated.append((dist / "my-book.epub").read_bytes())
    assert dated[0] != dated[1]
    assert build.build(folder, dist, ("epub",)).up_to_date


def test_the_same_book_twice_is_the_same_bytes(tale):
    where = tale.parent
    publish("new", "my-book", tale, cwd=where)
    formats = "epub,pdf,txt,html,proof,kepub,onix"
    for seed, zone, out in (("1", "UTC", "a"), ("2", "Asia/Tokyo", "b")):
        env = {"PYTHONHASHSEED": seed, "TZ": zone}
        publish("build", "--formats", formats, "-o", out, cwd=where, env=env)
    made = sorted(p.name for p in (where / "a").iterdir() if not p.name.startswith("."))
    assert len(made) == 7
    for name in made:
        assert (where / "a" / name).read_bytes() == (where / "b" / name).read_bytes(), name


def test_doctor_names_what_a_book_needs(tmp_path):
    shown = publish("doctor", cwd=tmp_path).stdout
    assert re.search(r"^Pango: ok", shown, re.M)
    assert re.search(r"^Java: (ok|missing, for publish preflight\n  \S)", shown, re.M)


def test_completion_can_be_shown_to_a_shell(tmp_path):
    """Under bash, for the shell is known by the process that asks."""
    asked = f"{sys.executable} -m publish --show-completion; exit $?"
    shown = subprocess.run(
        ["bash", "-c", asked],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert shown.returncode == 0, shown.stderr
    assert "complete" in shown.stdout
