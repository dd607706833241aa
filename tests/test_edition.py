"""A folder of seeds: read whole, or refused with every fault, its line and what to do."""

import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from publish.edition import Contributor, Metadata, Term
from publish.edition_folder import edition_toml, load_edition
from publish.edition_schema import (
    CorrectionsFile,
    EditionFile,
    GlossaryFile,
    NotesFile,
    parsed,
)
from publish.errors import EditionError, Problems, PublishError, SourceError
from publish.ledger import Origin
from publish.pipeline import prepare
from publish.render import render
from publish.trim import page_faults

SEED = Path(__file__).parent.parent / "seeds" / "russian-events-1937"

EDITION = """\
[book]
title = "A Title"
language = "en"
edition_date = 2026-01-31

[[contributor]]
name = "Jane Doe"

[source]
sha256 = "{digest}"
"""


@pytest.fixture
def folder(tmp_path):
    source = b"First line.\nSecond line.\n"
    made = tmp_path / "a-title"
    made.mkdir()
    (made / "source.txt").write_bytes(source)
    text = EDITION.format(digest=hashlib.sha256(source).hexdigest())
    (made / "edition.toml").write_text(text, "utf-8")
    return made


def put(folder, name, text):
    (folder / name).write_text(text, "utf-8")


def change(folder, old, new):
    text = (folder / "edition.toml").read_text("utf-8")
    assert old in text
    put(folder, "edition.toml", text.replace(old, new, 1))


def fault(folder):
    with pytest.raises(PublishError) as caught:
        load_edition(folder)
    assert caught.value.exit_code == 3
    return str(caught.value)


def test_smallest_edition_loads(folder):
    edition = load_edition(folder)
    assert edition.slug == "a-title"
    assert edition.metadata.title == "A Title"
    assert edition.metadata.edition_date == "2026-01-31"
    assert edition.metadata.byline == "Jane Doe"
    assert edition.source == b"First line.\nSecond line.\n"
    assert edition.emends == edition.notes == edition.glossary == ()


def test_every_file_is_read(folder):
    put(
        folder,
        "corrections.toml",
        'words = ["tho"]\n'
        '[[emend]]\nline = 1\nwas = "First"\nnow = "The first"\norigin = "print"\nwhy = "w"\n'
        '[[stet]]\nline = 2\ntext = "Second"\nwhy = "w"\n'
        '[[replace]]\nwas = "line"\nnow = "row"\ncount = 2\norigin = "unsure"\nwhy = "w"\n',
    )
    put(folder, "notes.toml", '[[note]]\nline = 1\nat = "First"\ntext = "It *is*."\nsource = "S"\n')
    put(
        folder,
        "glossary.toml",
        '[[term]]\nterm = "Second"\nforms = ["second"]\ndefinition = "2."\n',
    )
    put(folder, "introduction.md", "Hello.\n")
    put(folder, "note-on-the-text.md", "{silent}\n")
    picture = BytesIO()
    Image.new("L", (800, 1280)).save(picture, "PNG")
    (folder / "cover.png").write_bytes(picture.getvalue())
    change(folder, "language", 'cover = "cover.png"\nlanguage')
    edition = load_edition(folder)
    assert edition.words == {"tho"}
    assert edition.emends[0].origin is Origin.PRINT
    assert edition.replaces[0].count == 2
    assert edition.stets[0].text == "Second"
    assert edition.notes[0].source == "S"
    assert edition.glossary[0].forms == ("second",)
    assert (edition.introduction, edition.note_on_the_text) == ("Hello.\n", "{silent}\n")
    assert edition.cover == picture.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("language", "langauge", "edition.toml, line 3: there is no key `langauge` in [book]"),
        ("language", "langauge", "Did you mean `language`?"),
        ('title = "A Title"', "", "edition.toml, line 1: [book] lacks the key `title`"),
        ('"A Title"', "12", "line 2: `title` should be a text in quotation marks, but is 12"),
        ('"A Title"', '""', "`title` should not be empty"),
        (
            "2026-01-31",
            '"31 Jan"',
            "line 4: `edition_date` should be a day such as 2026-03-31, but",
        ),
        ("2026-01-31", "2026-02-31", "line 4: this is not TOML"),
        ('"en"', '"english!"', 'line 3: `language` should be a language tag such as "en"'),
        ('"A Title"', '"A Title', "line 2: this is not TOML"),
        ('name = "Jane Doe"', "", "line 6: [[contributor]] number 1 lacks the key `name`"),
        ('"Jane Doe"', '"Jane Doe"\nrole = "author"', "line 8: `role` should be a MARC relator"),
        ("[source]", '[source]\nencoding = "utf-99"', "line 10: there is no encoding “utf-99”"),
        ("[source]", '[source]\nfile = "../x"', "`file` should name a file in the edition's fold"),
        ("[source]", '[source]\nfile = "x.txt"', "x.txt: the source is missing"),
        ("[book]", 'guessed = ["colour"]\n[book]', "line 1: `guessed` names “colour”"),
        ("[book]", '[book]\ncover = "c.png"', "c.png: the cover is missing"),
        (
            "[book]",
            '[book]\nisbn = {epub = "9780000000001"}',
            "ends in 1, but its check digit would be 2",
        ),
        (
            "[book]",
            '[book]\nisbn = {print = "978-3-16-148410-8"}',
            "ends in 8, but its check digit would be 0",
        ),
        (
            "2026-01-31",
            '2026-01-31\nisbn = { epub = "978-3-16-148410-0", print = "978-3-16-148410-8" }',
            "line 5: `print` is no ISBN",
        ),
        ("2026-01-31", '2026-01-31\nisbn.pdf = "9780"', "line 5: `pdf` should be an ISBN"),
        ("[source]", '[book.isbn]\npdf = "1"\n[source]', "line 10: `pdf` should be an ISBN"),
        (
            "[source]",
            '[text]\n[[text.heading]]\npattern = "a"\n[[text.heading]]\npattern = "(("\n[source]',
            "line 13: `pattern` is no regular expression",
        ),
        ("[[contributor]]", '[[contributor]]\n"shwon" = "x"', "line 7: there is no key `shwon`"),
        ("[book]", '[book]\nisbn = {pdf = "316148410X"}', "an ISBN of 13 digits that begin"),
        ("[book]", '[text]\n[[text.heading]]\npattern = "(("\n[book]', "is no regular expression"),
        ("[book]", "[print]\nbleed_mm = -1\n[book]", "line 2: `bleed_mm` should be 0 or more"),
        ("[book]", "[print]\npage_list = 1\n[book]", "line 2: `page_list` should be true or false"),
        (
            "[book]",
            '[print]\nnotes = "side"\n[book]',
            "line 2: `notes` should be 'foot' or 'end', but is \"side\"",
        ),
        ("[book]", "[pirnt]\n[book]", "line 1: there is no key `pirnt` in the file"),
    ],
)
def test_fault_of_edition_toml_is_told_with_its_line(folder, old, new, said):
    change(folder, old, new)
    assert said in fault(folder)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "corrections.toml",
            "[[emend]]\nline = 1\n",
            "line 1: [[emend]] number 1 lacks the key `was`",
        ),
        (
            "corrections.toml",
            '[[stet]]\nline = "1"\ntext = "x"\nwhy = "w"',
            "line 2: `line` should be",
        ),
        (
            "corrections.toml",
            '[[emend]]\nline = 1\nwas = "a"\nnow = "b"\norigin = "me"\nwhy = "w"',
            "line 5: `origin` should be 'scan', 'print' or 'unsure', but is \"me\"",
        ),
        ("corrections.toml", "[[emendation]]\nline = 1", "Did you mean `emend`?"),
        ("notes.toml", '[[note]]\nline = 0\nat = "x"\ntext = "y"', "`line` should be 1 or more"),
        ("glossary.toml", '[[term]]\nterm = "a"\ndefinition = "b"\nform = ["c"]', "mean `forms`?"),
        ("glossary.toml", "term", "glossary.toml, line 1: this is not TOML"),
    ],
)
def test_fault_of_another_file_is_told_with_its_line(folder, name, text, said):
    put(folder, name, text)
    assert said in fault(folder)


def test_faults_of_all_files_are_told_at_once(folder):
    change(folder, "title", "titel")
    put(folder, "corrections.toml", "[[emend]]\nline = 1\n")
    put(folder, "notes.toml", "[note")
    (folder / "introduction.md").write_bytes(b"ab\n\xff")
    with pytest.raises(Problems) as caught:
        load_edition(folder)
    files = {Path(problem.file).name for problem in caught.value.problems}
    assert files == {"edition.toml", "corrections.toml", "notes.toml", "introduction.md"}
    assert len(caught.value.problems) == 8
    assert "introduction.md, line 2: byte 3 (0xff) is not UTF-8" in str(caught.value)


PRINT = """
[print]
{}
"""


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (['trim = "banana"'], ["line 13: the trim size “banana” is not known"]),
        (['trim = "60x60"'], ["line 13: the trim size “60x60” holds no", "63x72 would do"]),
        (['trim = "2000x200"'], ["line 13: the trim size “2000x200”", "1000 mm a side at most"]),
        (['theme = "large-print"', "size_pt = 10"], ["line 14: 10 pt type is no large print"]),
        (['trim = "a5"', "leading_pt = 9"], ["line 14: with a leading of 9 pt"]),
        (['bleed_mm = 3', 'cover_condition = "FOGRA93"'],
         ["line 14: the printing condition “FOGRA93” is not known"]),
        (['condition = "FOGRA93"'], ["line 13: the printing condition “FOGRA93” is not known"]),
        (
            ['trim = "60x60"', 'theme = "gothic"', 'condition = "X"', 'paper = "papyrus"',
             "leading_pt = 9", "page_list = 1"],
            ["line 13: the trim", "line 14: `theme`", "line 15: the printing condition",
             "line 16: there is no paper", "line 17: with a leading", "line 18: `page_list`"],
        ),
    ],
)  # fmt: skip
def test_settings_of_print_are_told_together_with_file_and_line(folder, rows, said):
    path = folder / "edition.toml"
    put(folder, "edition.toml", path.read_text("utf-8") + PRINT.format("\n".join(rows)))
    with pytest.raises(EditionError) as caught:
        load_edition(folder)
    for words in said:
        assert words in str(caught.value)
    faults = getattr(caught.value, "problems", (caught.value,))
    assert all(fault.file == str(path) for fault in faults)


@pytest.mark.parametrize("trim", ["60x60", "60x300", "300x60", "20x30", "400x71"])
@pytest.mark.parametrize(("theme", "size"), [("garamond", 0), ("large-print", 0), ("garamond", 40)])
def test_the_size_that_would_do_does(trim, theme, size):
    ((key, fault),) = page_faults(trim, size, theme) or ()
    assert key == "trim"
    least = re.search(r"(\S+) would do", fault.hint)[1]
    kept = size or float(re.search(r"in ([\d.]+) pt", fault.message)[1])
    assert list(page_faults(least, kept, theme)) == []


def test_misplaced_corrections_are_told_beside_faults_of_other_files(folder):
    where = 'now = "b"\norigin = "scan"\nwhy = "w"\n'
    put(
        folder,
        "corrections.toml",
        f'[[emend]]\nline = 1\nwas = "zebra"\n{where}\n[[emend]]\nline = 900\nwas = "a"\n{where}',
    )
    change(folder, "title", "titel")
    with pytest.raises(Problems) as caught:
        load_edition(folder)
    said = str(caught.value)
    assert "titel" in said
    assert "line 1 of the source does not contain “zebra”" in said
    assert "there is no line 900" in said
    (folder / "source.txt").write_bytes(b"Another text.\n")
    with pytest.raises(Problems) as caught:
        load_edition(folder)
    assert "zebra" not in str(caught.value)  # of another source it is not known


def test_an_empty_file_counts_as_one_that_is_not_there(folder):
    without = load_edition(folder)
    parts = [part.id for part in render(prepare(without), without).parts]
    for name in ("corrections", "collation", "notes", "glossary"):
        put(folder, f"{name}.toml", " \n")
    for name in ("introduction", "note-on-the-text"):
        put(folder, f"{name}.md", " \n")
    edition = load_edition(folder)
    blank = replace(edition, introduction="", note_on_the_text="")
    assert blank == without
    assert [part.id for part in render(prepare(edition), edition).parts] == parts


def test_a_misplaced_correction_is_told_beside_one_with_a_fault(folder):
    where = 'line = 1\nwas = "zebra"\nnow = "b"\norigin = "scan"\n'
    put(folder, "corrections.toml", f'[[emend]]\n{where}\n[[emend]]\n{where}why = "w"\n')
    with pytest.raises(Problems) as caught:
        load_edition(folder)
    lacking, misplaced = caught.value.problems
    assert lacking.message == "[[emend]] number 1 lacks the key `why`."
    assert misplaced.message == "line 1 of the source does not contain “zebra”."


def test_faults_are_told_file_by_file_in_the_order_of_their_lines(folder):
    path = folder / "edition.toml"
    rows = 'trim = "60x60"\ncondition = "FOGRA93"\nbleed_mm = -1'
    put(folder, "edition.toml", path.read_text("utf-8") + PRINT.format(rows))
    put(folder, "corrections.toml", "[[emend]]\nline = 1\n")
    change(folder, "[source]", '[source]\nencoding = "utf-99"')
    with pytest.raises(Problems) as caught:
        load_edition(folder)
    told = [(Path(fault.file).name, fault.line) for fault in caught.value.problems]
    assert told[:4] == [("edition.toml", line) for line in (10, 14, 15, 16)]
    assert {name for name, _ in told[4:]} == {"corrections.toml"}


def test_changed_source_is_refused_with_both_digests(folder):
    pinned = tomllib.loads((folder / "edition.toml").read_text("utf-8"))["source"]["sha256"]
    (folder / "source.txt").write_bytes(b"Other.\n")
    with pytest.raises(SourceError) as caught:
        load_edition(folder)
    found = hashlib.sha256(b"Other.\n").hexdigest()
    assert pinned[:12] in caught.value.detail
    assert found[:12] in caught.value.detail
    assert f'sha256 = "{found}"' in caught.value.hint


def test_empty_source_is_refused(folder):
    (folder / "source.txt").write_bytes(b" \n")
    change(
        folder,
        hashlib.sha256(b"First line.\nSecond line.\n").hexdigest(),
        hashlib.sha256(b" \n").hexdigest(),
    )
    assert "the source is empty" in fault(folder)


def test_unknown_slug_names_the_nearest(folder):
    with pytest.raises(EditionError) as caught:
        load_edition(folder.parent / "a-titel")
    assert caught.value.hint == "Did you mean a-title?"


def test_unknown_slug_among_none_says_how_to_begin(tmp_path):
    with pytest.raises(EditionError, match="publish new"):
        load_edition(tmp_path / "nothing" / "here")


def test_line_in_a_long_text_is_not_taken_for_a_key(folder):
    change(
        folder, "[[contributor]]", 'description = """\n[source]\nsha256 = 1\n"""\n[[contributor]]'
    )
    change(folder, '[source]\nsha256 = "', '[source]\nfiel = 1\nsha256 = "')
    assert "line 14: there is no key `fiel`" in fault(folder)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(TEXT, TEXT, st.sets(st.sampled_from(["title", "contributors", "date"])))
def test_a_fresh_edition_toml_says_what_it_was_given(title, name, guessed):
    metadata = Metadata(title=title, language="fr", contributors=(Contributor(name),), date="1867")
    data = tomllib.loads(edition_toml(metadata, "0" * 64, tuple(guessed)))
    assert data["book"] == {"title": title, "language": "fr", "date": "1867"}
    assert data["contributor"] == [{"name": name, "role": "aut"}]
    assert set(data.get("guessed", ())) == guessed


def test_a_fresh_edition_toml_loads_and_marks_guesses(folder):
    metadata = Metadata(title="Guess", contributors=(Contributor("N. N."),))
    sha256 = hashlib.sha256((folder / "source.txt").read_bytes()).hexdigest()
    text = edition_toml(metadata, sha256, ("title", "contributors"))
    put(folder, "edition.toml", text)
    assert 'title = "Guess"  # guessed' in text
    assert load_edition(folder).metadata == replace(metadata, guessed=("title", "contributors"))


@pytest.mark.parametrize(
    ("language", "style"),
    [("de", "german"), ("en", "chicago"), ("en-GB", "hart"), ("fr", "french"), ("eo", "faithful")],
)
def test_a_fresh_edition_toml_shows_what_else_may_be_said(folder, language, style):
    sha256 = hashlib.sha256((folder / "source.txt").read_bytes()).hexdigest()
    text = edition_toml(Metadata(title="A", language=language), sha256)
    assert f'# house_style = "{style}"' in text
    for key in ("blurb", "place", "isbn", "theme", "notes"):
        assert f"\n# {key} = " in text
    # What is shown may be said: every commented key is one there is, in the table it stands in.
    said = re.sub(r"(?m)^# (?=\w+ = )", "", text).replace("978…", "978-3-16-148410-0")
    said = re.sub(r"(?m)^(date|rights|identifier|edition_date) = \"\"$", "", said)
    put(folder, "edition.toml", said)
    assert load_edition(folder).house_style == style


def test_a_copy_of_the_first_edition_loads_anywhere(tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(SEED, copy)
    assert replace(load_edition(copy), slug="", folder="") == replace(
        load_edition(SEED), slug="", folder=""
    )


@pytest.mark.parametrize(
    ("one", "other"), [("Толстой", "Чехов"), ("Bücher", "Bucher?"), ("C.I.", "CI"), ("Ω", "Ψ")]
)
def test_ids_of_terms_are_plain_and_apart(one, other):
    ids = [Term(term, "It is.").id for term in (one, other)]
    assert all(re.fullmatch(r"g-[a-z0-9-]+", id) for id in ids)
    assert (ids[0] != ids[1]) is (one != "Bücher")


def test_a_quick_book_needs_no_loader():
    code = "import sys, publish.pipeline; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


VALUES = st.sampled_from(["12", "1.5", "true", '"x"', "[]", "[[1]]", "{}", "{a = 1}", "1979-05-27"])
FORMS = st.sampled_from([EditionFile, CorrectionsFile, NotesFile, GlossaryFile])
KEYS = st.sampled_from(
    ["book", "title", "source", "emend", "line", "was", "term", "forms", "note", "isbn", "print"]
)


@given(st.lists(st.tuples(st.sampled_from(["", "[{}]\n", "[[{}]]\n"]), KEYS, KEYS, VALUES)), FORMS)
def test_any_toml_is_read_or_refused_in_sentences(rows, form):
    text = "".join(f"{head.format(table)}{key} = {value}\n" for head, table, key, value in rows)
    problems: list[PublishError] = []
    read = parsed(text, form, "x.toml", problems)
    assert problems or read is not None
    for problem in problems:
        assert problem.line is None or 1 <= problem.line <= max(len(text.splitlines()), 1)
        assert problem.message.endswith((".", "…"))
