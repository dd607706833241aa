"""Deciding in words alone, and that no decision is ever lost once it was made."""

from __future__ import annotations

import os
import pty
import random
import re
import select
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from command import ROOT, publish

from publish.commands.decisions import Ruling, kept, record, right, take_back
from publish.commands.review import begin
from publish.commands.review import review as run_review
from publish.commands.terminal import safe
from publish.edition import Emend, Stet
from publish.edition_folder import load_edition
from publish.errors import EditionError
from publish.ledger import Origin
from publish.read import read

LINES = [
    "The harbour lay quiet under the first snow of the year, and no",
    "boat had gone out since noon. Old Marten counted the lamps",
    "along the quay: there were nine of them, as there had always",
    "been, but the tenth, which nobody else could see, burned a lit-",
    "tle to the left of the church. He had told the pastor so.",
    "The pastor had asked him kindly whether he slept well, and",
    "whether he had eaten, and Marten had said that he had.",
]
OTHER = {"quiet": "still", "nine": "eight", "lit-\ntle": "bit", "kindly": "coldly", "eaten": "ate"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An edition whose five queries come from a witness that reads otherwise in five places."""
    source = "\n".join(LINES)
    (tmp_path / "scan.txt").write_text(source, "utf-8")
    for was, now in OTHER.items():
        source = source.replace(was, now)
    (tmp_path / "witness.txt").write_text(source, "utf-8")
    publish("new", "book", "scan.txt", cwd=tmp_path)
    publish("collate", "book", "witness.txt", cwd=tmp_path)
    return tmp_path / "seeds" / "book"


def reviewed(folder: Path, *answers: str, code: int = 0) -> str:
    """What a review in a pipe says to these lines."""
    run = subprocess.run(
        [sys.executable, "-m", "publish", "review", "book"],
        cwd=folder.parent.parent,
        input="".join(f"{answer}\n" for answer in answers),
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        check=False,
    )
    assert run.returncode == code, run.stderr
    assert run.stderr == ""
    return run.stdout


def decided(folder: Path) -> dict[str, list[dict[str, object]]]:
    path = folder / "corrections.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def test_each_answer_makes_its_decision(folder):
    said = reviewed(
        folder, "", "o", "seven", "s", "f", "f", "n", "two words", "1", "d", "the tense"
    )
    file = decided(folder)
    assert [(e["was"], e["now"], e["origin"]) for e in file["emend"]] == [
        ("quiet", "still", "unsure"),  # a witness does not tell whose fault it is
        ("nine", "seven", "unsure"),
        ("lit-\ntle", "little", "scan"),  # kept: the word that the line end divides stays whole
        ("kindly", "coldly", "print"),
    ]
    assert file["emend"][3]["why"] == "two words"
    assert [(s["text"], s.get("listed", True)) for s in file["stet"]] == [("eaten", True)]
    assert "4 corrections, 1 kept reading, " in said
    assert "No query is open." in said
    assert "No query is open." in reviewed(folder)
    text = publish("text", "book", cwd=folder.parent.parent).stdout
    assert "lay still under" in text
    assert "burned a little to the left" in text


def test_what_was_kept_is_not_asked_again_and_not_listed_in_the_book(folder):
    reviewed(folder, "s", "q")
    document_says = publish("check", "book", cwd=folder.parent.parent).stdout
    assert "“quiet”" not in document_says
    assert "4 open" in document_says


def test_undo_later_and_unknown_keys(folder):
    said = reviewed(folder, "u", "l", "", "u", "x", "9", "q")
    assert "Nothing was decided yet." in said
    assert "Undone: line 3, “nine” → “eight”" in said
    assert "“x” is none of the keys" in said
    assert "There is no reading 9." in said
    assert decided(folder).get("emend", []) == []


def test_the_screen_is_never_drawn_over_and_a_source_cannot_steer_it(folder):
    said = reviewed(folder, "?", "q")
    assert "\x1b" not in said
    assert "\r" not in said
    assert safe("\x1b[2J a\tb\nc\x9b") == "␛[2J a\tb\nc\N{REPLACEMENT CHARACTER}"


def test_the_end_of_the_input_ends_the_session(folder):
    assert "1 correction, written to" in reviewed(folder, "1")


def test_in_a_pipe_each_answer_is_shown_and_nothing_shares_the_prompts_line(folder):
    said = reviewed(folder, "1")
    lines = said.splitlines()
    assert "Enter, 1-9, o, s, d, w, f, n, l, u, q, ? for help: 1" in lines
    assert any(line.startswith("1 correction, written to") for line in lines), said
    assert lines[-2].endswith("for help: ")


def test_on_a_terminal_one_key_decides(folder):
    """No Enter is typed: the key alone must do."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder.parent.parent)
        env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb", "NO_COLOR": "1"}
        os.execve(sys.executable, [sys.executable, "-m", "publish", "review", "book"], env)
    said = ""

    def until(words: str) -> None:
        nonlocal said
        deadline = time.monotonic() + 60
        while words not in said:
            ready, _, _ = select.select([terminal], [], [], 1)
            assert time.monotonic() < deadline, said
            if ready:
                said += os.read(terminal, 4096).decode("utf-8", "replace")

    until("for help: ")
    os.write(terminal, b"1")
    until("Written: line 1, “quiet” → “still”")
    os.write(terminal, b"s")
    until("“nine” stands")
    os.write(terminal, b"q")
    until("3 queries are open")
    os.waitpid(child, 0)
    os.close(terminal)
    assert len(decided(folder)["emend"]) == 1


def test_an_interrupt_keeps_what_was_decided(folder):
    session = begin(folder, in_order=True)
    answers = iter(["1", KeyboardInterrupt])

    def key(prompt: str) -> str:
        answer = next(answers)
        if answer is KeyboardInterrupt:
            raise KeyboardInterrupt
        return answer

    with pytest.raises(KeyboardInterrupt):
        run_review(session, key, key, lambda words: None)
    assert len(decided(folder)["emend"]) == 1


# The file.

KEPT = """\
# Decisions of two people, in their order.
words = [
    "tho", # the author's
]

[[stet]]   # first of all
line = 3
text = "nine"
why = "so the log-book"

# Then the corrections.
[[emend]]
line = 1
was = 'quiet'
now = "still"
origin = "print"
why = "the widow's copy"
# the end"""


def test_comments_and_order_are_kept(folder):
    path = folder / "corrections.toml"
    path.write_text(KEPT, "utf-8")
    reviewed(folder, "", "s")
    text = path.read_text("utf-8")
    assert text.startswith(KEPT + "\n\n[[emend]]\n")
    assert len(decided(folder)["emend"]) == 2
    assert len(decided(folder)["stet"]) == 2


RULING = Ruling(Emend(1, "quiet", "st\"i'll\\ \n", Origin.SCAN, "why"))


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# only a comment",
        KEPT.partition("[[stet]]")[0],
        KEPT.partition("[[stet]]")[0].replace("\n", "\r\n"),
        "emend = [\n  # one list\n  { line = 3, was = 'nine', now = 'ten', origin = 'scan', "
        "why = 'w' },\n]\nstet = []\n",
    ],
)
def test_a_ruling_is_added_and_taken_back_in_any_file(folder, before):
    path = folder / "corrections.toml"
    if before:
        path.write_bytes(before.encode())
    edition = load_edition(folder)
    source = read(edition.source).source
    for ruling in (RULING, kept_at(2, "lamps"), right("Marten")):
        changed = record(folder, edition, source, ruling)
        again = load_edition(folder)
        assert (again.emends, again.stets, again.words) == (
            changed.emends, changed.stets, changed.words,
        )  # fmt: skip
        assert changed != edition
        assert take_back(folder, changed, ruling) == edition
        assert all(row in path.read_text("utf-8") for row in before.splitlines() if "#" in row)


def kept_at(line: int, text: str) -> Ruling:
    return Ruling(stet=Stet(line, text, "why", False))


def test_a_ruling_that_contradicts_the_file_is_refused_and_nothing_written(folder):
    path = folder / "corrections.toml"
    path.write_text(KEPT, "utf-8")
    edition = load_edition(folder)
    source = read(edition.source).source
    with pytest.raises(EditionError, match="overlap"):
        record(folder, edition, source, kept_at(1, "lay quiet"))
    path.write_text("[[emend", "utf-8")  # spoilt in an editor meanwhile
    with pytest.raises(EditionError, match="not TOML"):
        record(folder, edition, source, RULING)
    assert path.read_text("utf-8") == "[[emend"


def test_a_ruling_taken_out_of_the_file_by_hand_cannot_be_undone(folder):
    edition = load_edition(folder)
    changed = record(folder, edition, read(edition.source).source, RULING)
    (folder / "corrections.toml").write_text("", "utf-8")
    with pytest.raises(EditionError, match="no longer stands"):
        take_back(folder, changed, RULING)


def test_a_kept_reading_has_a_reason_and_the_book_tells_only_of_listed_ones(folder):
    query = begin(folder).queries[0]
    assert kept(query).stet == Stet(1, "quiet", "right as it stands", False)
    assert kept(query, "as he spells it", listed=True).stet.listed


# Killed.


def killed_at(number: int, folder: Path) -> bool:
    """A decision made in a process that is killed before its system call of this number; whether
    it was alive at the end."""
    child = os.fork()
    if child == 0:
        calls = 0

        def before_call(frame: object, event: str, call: object) -> None:
            nonlocal calls
            if event == "c_call":
                if calls == number:
                    os.kill(os.getpid(), signal.SIGKILL)
                calls += 1

        import publish.commands.decisions as decisions

        edition = load_edition(folder)
        source = read(edition.source).source
        really = decisions.write

        def watched(path: Path, data: bytes, durable: bool = False) -> None:
            sys.setprofile(before_call)  # from here on the file system is touched
            really(path, data, durable)

        decisions.write = watched
        try:
            record(folder, edition, source, RULING)
        finally:
            sys.setprofile(None)
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFEXITED(status)


def test_a_kill_before_any_system_call_loses_at_most_the_decision_in_hand(folder):
    """Every call into the system that writing makes, one after the other, is the last one."""
    path = folder / "corrections.toml"
    path.write_text(KEPT.replace("line = 1", "line = 5").replace("'quiet'", "'church'"), "utf-8")
    before = path.read_bytes()
    seen = set()
    for number in range(500):
        path.write_bytes(before)
        alive = killed_at(number, folder)
        after = path.read_bytes()
        assert after.startswith(before)
        assert len(load_edition(folder).emends) == (1 if after == before else 2)
        seen.add(after == before)
        if alive:
            break
    else:
        pytest.fail("it never came to its end")
    assert number > 20
    assert seen == {True, False}


@pytest.mark.parametrize("seed", range(4))
def test_a_review_killed_at_any_time_keeps_all_that_it_said_was_written(folder, seed):
    rng = random.Random(seed)
    review = subprocess.Popen(
        [sys.executable, "-u", "-m", "publish", "review", "book"],
        cwd=folder.parent.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )
    assert review.stdin
    assert review.stdout
    said = ""
    while "for help: " not in said:
        said += review.stdout.read(1)
    review.stdin.write("1\nu\n" * 400)
    review.stdin.flush()
    time.sleep(rng.uniform(0.01, 0.5))
    review.kill()
    said += review.stdout.read()
    review.stdin.close()
    review.wait()
    made = len(re.findall("Written: ", said)) - len(re.findall("Undone: ", said))
    stands = len(load_edition(folder).emends)
    assert abs(stands - made) <= 1, said[-400:]
