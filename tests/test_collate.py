"""Witnesses beside the text: every difference found, nothing that only the setting differs in, and
what a publisher does with them."""

from __future__ import annotations

import random
import re
import shutil
import time
from itertools import pairwise
from pathlib import Path

import pytest
from command import SEED, publish
from hypothesis import given
from hypothesis import strategies as st

from publish.collation.align import align
from publish.collation.differences import differences, witness
from publish.collation.ends import without_ends
from publish.collation.words import folded, words_of
from publish.commands.witnesses import named
from publish.edition_folder import load_edition
from publish.errors import UsageError
from publish.pipeline import prepare
from publish.queries import open_queries

PROSE = """\
The harbour lay quiet under the first snow of the year, and no boat had gone out since noon.
Old Marten counted the lamps along the quay: there were nine of them, as there had always been,
but the tenth, which nobody else could see, burned a little to the left of the church.
He had told the pastor so, and the pastor had asked him kindly whether he slept well."""


def compared(text: str, *others: str) -> list[tuple[str, list[str]]]:
    """(reading of the text, what the others have) of each difference."""
    words = words_of(text)
    found, _ = differences(
        words, [witness(str(i), words, words_of(other)) for i, other in enumerate(others)]
    )
    return [(words.slice(d.first, d.last, d.tail), [now for now, _ in d.readings]) for d in found]


@pytest.mark.parametrize(
    "other",
    [
        PROSE.replace("\n", " "),
        PROSE.replace("counted", "coun-\nted").replace("pastor", "pas-  \n   tor"),
        PROSE.replace("kindly", "_kindly_"),
        PROSE.replace("first", "ﬁrst").replace("slept", "ſlept"),
        re.sub(r"(.{30,40}) ", r"\1\n", PROSE.replace("\n", " ")),
    ],
)
def test_what_only_the_setting_differs_in_is_no_difference(other):
    assert compared(PROSE, other) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('he said, "Come in," and went', "he said, “Come in,” and went"),
        ("he said, 'Come in,' and went", "he said, ``Come in,'' and went"),
        ("the war -- and", "the war—and"),
        ("the war - and", "the war—and"),
        ("wait . . . there", "wait… there"),
        ("to-day we go", "today we go"),
        ("don't go", "don’t go"),
    ],
)
def test_forms_of_marks_are_no_difference(one, other):
    assert compared(one, other) == []
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other", "reads", "has"),
    [
        ("one tbe two", "one the two", "tbe", "the"),
        ("in the' same way", "in the same way", "the'", "the"),
        ("it happened 'to be so", "it happened to be so", "happened 'to", "happened to"),
        ("of the ■evealing day", "of the revealing day", "the ■evealing", "the revealing"),
        ("a night ofthe year", "a night of the year", "ofthe", "of the"),
        ("a night of the year", "a night ofthe year", "of the", "ofthe"),
        ("EVEN the most", "Even the most", "EVEN", "Even"),
        ("there is way out", "there is no way out", "is", "is no"),
        ("there is no no way out", "there is no way out", "no no", "no"),
        ("first one, then", "first one; then", "one,", "one;"),
        ("1887 was a year", "1837 was a year", "1887", "1837"),
        ("Self- Indicting it", "Self-Indicting it", "Self- Indicting", "Self-Indicting"),
        ("way out", "the way out", "way", "the way"),
    ],
)
def test_a_difference_is_quoted_with_what_it_needs(one, other, reads, has):
    found = compared(one, other)
    assert len(found) == 1, found
    assert folded(found[0][0]) == folded(reads), found
    assert [folded(now) for now in found[0][1]] == [folded(has)], found


FRONT = "THE QUAY\n\nA Story\n\nBY A FRIEND OF THE AUTHOR\n\n"
AFTER = "\n\nTHE END\n\nSold by all booksellers of the town and the quay.\n"


def cut(text, other):
    return without_ends(text, witness("b", text, words_of(other)))


@pytest.mark.parametrize(
    ("other", "before", "after"),
    [
        (FRONT + PROSE, 10, 0),
        (PROSE + AFTER, 0, 12),
        (FRONT + PROSE.replace("The harbour", "Tho harbour") + AFTER, 10, 12),
        (FRONT + FRONT + PROSE, 20, 0),
        # These are readings of the text, and stay.
        (PROSE, 0, 0),
        ("And now " + PROSE, 0, 0),
        (PROSE.replace("The harbour lay", "Harbours lay"), 0, 0),
        (PROSE + " He did not.", 0, 0),
        ("Another text of a few words.\n\nIt shares none with it.", 0, 0),
    ],
)
def test_what_a_witness_has_around_the_text_is_left_off(other, before, after):
    one, *counted = cut(words_of(PROSE), other)
    assert counted == [before, after]
    assert len(one.words) == len(words_of(other)) - before - after


def test_a_text_with_a_title_page_of_its_own_is_compared_with_it():
    text = words_of(FRONT + PROSE)
    assert cut(text, FRONT.replace("Story", "Tale") + PROSE)[1:] == (0, 0)
    assert cut(text, PROSE)[1:] == (0, 0)


WORDS = st.lists(
    st.sampled_from("the a snow boat lamp church nine said kept of".split()), min_size=1,
    max_size=14,
)  # fmt: skip
MARKS = st.sampled_from(["", "", "", ",", ".", "'", ";", " —", "■"])


@given(WORDS, WORDS, st.data())
def test_the_text_with_all_readings_taken_is_the_witness(one, other, data):
    text, theirs = (
        " ".join(f"{word}{data.draw(MARKS)}" for word in words) for words in (one, other)
    )
    words = words_of(text)
    found, apart = differences(words, [witness("w", words, words_of(theirs))])
    assert apart == []
    for each in reversed(found):
        stop = words.stops[each.last - 1] if each.tail else words.ends[each.last - 1]
        text = text[: words.starts[each.first]] + each.readings[0][0] + text[stop:]
    assert folded(text) == folded(theirs)


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_pairs_rise_in_both_and_lie_inside(one, other):
    pairs = align(one, other)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
    assert all(0 <= i < len(one) and 0 <= j < len(other) for i, j in pairs)


def test_two_witnesses_that_agree_come_first_and_those_for_the_text_are_named():
    words = words_of("the cat sat on the mat by day")
    others = {"a": "the bat sat on the mat by day", "b": "the cot sat on the mat by day",
              "c": "the cot sat on the hat by day"}  # fmt: skip
    found, _ = differences(words, [witness(n, words, words_of(t)) for n, t in others.items()])
    assert [d.readings for d in found] == [
        (("cot", ("b", "c")), ("bat", ("a",))),
        (("hat", ("c",)),),
    ]
    assert [d.same for d in found] == [(), ("a", "b")]


def novel(words: int) -> list[str]:
    """Words in the proportions of a language: few are common, most are rare."""
    rng = random.Random(5)
    stock = ["".join(rng.choices("aeioubcdlmnprst", k=rng.randint(2, 9))) for _ in range(9000)]
    weights = [1 / (rank + 2) for rank in range(len(stock))]
    return rng.choices(stock, weights, k=words)


def test_a_missing_passage_is_told_and_its_neighbours_are_still_compared():
    text = novel(3000)
    other = [*text[:1000], *text[1400:2500], "xyzzy", *text[2501:]]
    words = words_of(" ".join(text))
    found, apart = differences(words, [witness("w", words, words_of(" ".join(other)))])
    assert [(d.first, d.last, d.readings) for d in found] == [(2500, 2501, (("xyzzy", ("w",)),))]
    (gap,) = apart
    assert gap.words == 0
    assert abs(gap.first - 1000) < 3
    assert abs(gap.last - 1400) < 3


@pytest.mark.parametrize("times", [1, 3])
def test_all_altered_words_of_a_novel_are_found_fast(times):
    """120,000 words; with `times` 3 a third of them thrice over, so that no passage is unique."""
    text = novel(120_000 // times) * times
    rng = random.Random(11)
    altered = sorted(rng.sample(range(len(text)), 600))
    other = list(text)
    for at in altered:
        other[at] += "qx"
    words, theirs = words_of(" ".join(text)), words_of("\n".join(other))
    begin = time.process_time()
    found, apart = differences(words, [witness("w", words, theirs)])
    seconds = time.process_time() - begin
    covered = {at for each in found for at in range(each.first, each.last)}
    assert set(altered) <= covered
    assert len(covered) <= len(altered) + 5
    assert apart == []
    assert seconds < 10


# The first edition: facts of its damaged places, and the whole way of a publisher with a witness.

DAMAGED = (1, 4, 82, 87, 119, 187, 288, 365, 409, 431, 545, 557, 636, 690, 752, 795, 797, 870, 881)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """The first edition with nothing decided, and its finished text beside it."""
    folder = tmp_path / "seeds" / "raw"
    shutil.copytree(SEED, folder)
    for name in ("corrections.toml", "notes.toml", "glossary.toml"):
        (folder / name).unlink()
    publish("text", SEED, "-o", tmp_path / "finished.txt", cwd=tmp_path)
    return folder


def lines_found(folder: Path) -> set[int]:
    """The source lines that collation.toml speaks of, each quotation with all its lines."""
    import tomllib

    data = tomllib.loads((folder / "collation.toml").read_text("utf-8"))
    entries = [*data.get("variant", ()), *data.get("confirmed", ())]
    return {e["line"] + k for e in entries for k in range(e["was"].count("\n") + 1)}


def test_collating_the_raw_source_finds_every_damaged_place(raw):
    publish("collate", "raw", "finished.txt", cwd=raw.parent.parent)
    assert set(DAMAGED) - lines_found(raw) <= {795}  # the word divided over 795 and 796
    assert {795, 796} & lines_found(raw)
    assert "corrections.toml" not in {path.name for path in raw.iterdir()}


def test_taking_each_reading_of_the_witness_makes_the_text_the_witness(raw):
    top = raw.parent.parent
    finished = (top / "finished.txt").read_text("utf-8")
    publish("collate", "raw", "finished.txt", cwd=top)
    document = prepare(load_edition(raw))
    of_witness = [q for q in open_queries(document) if "finished" in q.why]
    rows = ['words = ["deepgoing"]']
    for query in of_witness:
        import json

        now = next(r for r in query.readings if r != query.was)
        rows += ["[[emend]]", f"line = {query.line}", f"was = {json.dumps(query.was)}"]
        rows += [f"now = {json.dumps(now)}", 'origin = "scan"', 'why = "so the witness"']
    (raw / "corrections.toml").write_text("\n".join(rows), "utf-8")
    assert folded(publish("text", "raw", cwd=top).stdout) == folded(finished)
    assert not [q for q in open_queries(prepare(load_edition(raw))) if "finished" in q.why]


def test_a_witness_is_named_so_that_a_reader_knows_it(tmp_path):
    for name in ("b.txt", "second-ocr.txt", "c.txt", "x=y.txt"):
        (tmp_path / name).write_text("x", "utf-8")

    def names(*files: str) -> list[str]:
        return [name for name, _ in named([Path(file) for file in files])]

    def at(name: str) -> str:
        return str(tmp_path / name)

    assert names(at("b.txt"), at("second-ocr.txt")) == ["b.txt", "second-ocr"]
    assert names(f"Second edition={at('b.txt')}", at("c.txt")) == ["Second edition", "c.txt"]
    assert names(at("x=y.txt")) == ["x=y"]
    with pytest.raises(UsageError, match="twice"):
        names(f"one={at('b.txt')}", f"two={at('b.txt')}")
    with pytest.raises(UsageError, match="one name"):
        names(f"one={at('b.txt')}", f"one={at('c.txt')}")


def test_a_title_page_and_a_name_on_the_command_line(raw):
    top = raw.parent.parent
    finished = top / "finished.txt"
    finished.write_text("A TRANSCRIPT\n\nMADE BY HAND\n\n" + finished.read_text("utf-8"), "utf-8")
    said = publish("collate", "raw", "the transcript=finished.txt", cwd=top).stdout
    assert "the transcript: 5 words before the text were left off." in said
    assert "MADE BY HAND" not in (raw / "collation.toml").read_text("utf-8")
    assert "in the transcript" in publish("check", "raw", cwd=top).stdout


def test_variants_of_another_source_are_refused(raw):
    top = raw.parent.parent
    publish("collate", "raw", "finished.txt", cwd=top)
    file = raw / "collation.toml"
    file.write_text(re.sub(r'source = ".', 'source = "0', file.read_text("utf-8")), "utf-8")
    run = publish("check", "raw", cwd=top, code=3)
    assert "collated with another source" in run.stderr
    assert "publish collate raw" in run.stderr


@pytest.mark.parametrize(
    ("witnesses", "said", "code"),
    [
        (["none.txt"], "there is no such file", 2),
        (["other.txt"], "no witness of the text", 3),
        (["finished.txt", "finished.txt"], "named twice", 2),
        (["empty.txt"], "empty", 3),
    ],
)
def test_what_is_no_witness_is_refused_in_a_sentence(raw, witnesses, said, code):
    top = raw.parent.parent
    (top / "other.txt").write_text(PROSE, "utf-8")
    (top / "empty.txt").write_text("\n", "utf-8")
    run = publish("collate", "raw", *witnesses, cwd=top, code=code)
    assert said in run.stderr
    assert not (raw / "collation.toml").exists()
