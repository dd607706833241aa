"""Lines become paragraphs, headings, stanzas and breaks; nothing is lost on the way."""

from __future__ import annotations

import re
import textwrap
import time
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.document import Anchor, Block, Document, Text
from publish.edition import Edition
from publish.ledger import check_conservation
from publish.read import read
from publish.stages.furniture import furniture
from publish.stages.margins import margins
from publish.stages.normalize import normalize
from publish.stages.structure import structure
from publish.structure.layout import Layout, lines_of
from publish.structure.verse import verse


def rows(name: str) -> list[dict[str, Any]]:
    data = tomllib.loads((Path(__file__).parent / "cases" / f"{name}.toml").read_text("utf-8"))
    cases: list[dict[str, Any]] = data["case"]
    return cases


CASES = rows("structure")
BOOKS = rows("structure-languages")
KINDS = rows("structure-kinds")
PIECES = st.sampled_from(
    ["CHAPTER II.", "The mill stood by the wa-", "ter.", "* * *", "“No.”", "    Set in, so,", "I",
     "", "", "\f", "[Footnote 1: A mill.]", "* A note.", "Mill.[1]", "12", "CONTENTS", "John Marsh",
     "Yours truly,", "HAMLET. Words.", "a  b   c    d", "the water rose and nobody saw it at all"]
)  # fmt: skip


def structured(text: str, language: str = "en") -> Document:
    edition = Edition.quick(text.encode())
    edition = replace(edition, metadata=replace(edition.metadata, language=language))
    document = read(edition.source)
    for stage in (normalize, furniture, margins, structure):
        document = stage(document, edition)
    return document


def printed(text: str, name: str, heads: list[str]) -> str:
    """A typed book as a scanner reads it: narrow lines, indents, pages with heads and folios;
    longer than it was, with its own sentences in other orders."""
    blocks = re.split(r"\n{2,}", text.strip("\n"))
    prose = [block for block in blocks if "\n" in block]
    sentences = re.split(r"(?<=[.])\s+", " ".join(" ".join(block.split()) for block in prose))
    titles = {title for head in heads for title in head[2:].split(" / ")}
    lines: list[str] = []
    for at, block in enumerate(blocks):
        if block in prose:
            more = [sentences[(at * 5 + step * 3) % len(sentences)] for step in range(12)]
            for words in (block, " ".join(more[:5]), " ".join(more[5:])):
                lines += textwrap.wrap(" ".join(words.split()), 48, initial_indent="  ")
        elif block not in titles:
            lines += textwrap.wrap(block, 48, initial_indent="  ")
        else:
            if len(lines) % 26 > 15 and blocks[at - 1] not in titles:
                lines += [""] * (-len(lines) % 26)
            lines += ["", block.center(48).rstrip(), ""]
    pages = [lines[at : at + 26] for at in range(0, len(lines), 26)]
    running = [
        f"{7 + at}    {name}" if at % 2 else f"{name}    {7 + at}" for at in range(len(pages))
    ]
    return "\f".join(
        "\n".join([head, "", *page, ""]) for head, page in zip(running, pages, strict=True)
    )


def headings(document: Document) -> list[str]:
    return [
        f"{block.level} {block.text.value}".replace("\n", " / ")
        for block in document.blocks
        if block.kind == "heading"
    ]


def shown(block: Block) -> str:
    return f"{block.kind}: {block.text.value}".replace("\n", " / ")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_lines_are_grouped_as_printed(case: dict[str, Any]) -> None:
    done = structured(case["given"])
    check_conservation(done)
    got = [shown(block) for block in done.blocks]
    if "not" in case:
        assert not [line for line in got if line.startswith(case["not"])]
        return
    assert len(got) == len(case["then"]), got
    for line, start in zip(got, case["then"], strict=True):
        assert line.startswith(start)


WIDE = Layout(width=60, indented=True, unmarked=False, gap=1)
SONGS = [
    ("""
      'The baker came down with a lamp and a sack,
      'Twas heavy with flour and broke half his back;
    He set out the loaves in a row on the sill,
    And the miller came up for his share from the mill.'
    """, True),
    ("""
      "Good morrow, my baker, how rises the dough!
      It rises with honey, with barley and snow:
      It rises at midnight, it rises at three--
    Come down, all you hungry people, eat it with me!"
    """, True),
    # turns of speech of one line each
    ("""
    "Who has been at the honey since I went out, then?"
    "The cat was in here before we were, I believe."
    "The cat cannot lift the lid of that old stone jar."
    "Then it was the wind, or else it was Martin."
    """, False),
    # paragraphs of a sentence each
    ("""
    The lid of the jar had been taken off with a spoon.
    Nobody in the house had heard it fall on the floor.
    Martin was fond of honey and of all that is sweet.
    The cook looked at him and then at the two windows.
    """, False),
    # prose set in, whose lines break where they must
    ("""
    Whoever finds this letter may keep the jar, the spoon and
    The Baker's Almanac, and is asked for nothing but that the
    Captain be told of it, and Martin, and Mrs. Bell, and that
    They who come after me look for no more honey in the mill.
    """, False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sung"), SONGS)
def test_lines_nearly_full_and_set_in_as_paragraphs_begin(text: str, sung: bool) -> None:
    typed = [line for line in text.splitlines() if line.strip()]
    blocks = [Block("line", Text(line, (Anchor(0, 0),)), f"L{at}") for at, line in enumerate(typed)]
    assert verse(lines_of(blocks), WIDE, 0) is sung


@pytest.mark.parametrize("case", KINDS, ids=lambda case: case["why"])
def test_kinds_of_block(case: dict[str, Any]) -> None:
    done = structured(case["given"], case.get("language", "en"))
    check_conservation(done)
    got = ["/".join([*(c.kind for c in block.within), shown(block)]) for block in done.blocks]
    assert len(got) == len(case["then"]), got
    for line, start in zip(got, case["then"], strict=True):
        assert line.startswith(start)


@pytest.mark.parametrize("case", BOOKS, ids=lambda case: f"{case['language']}: {case['why']}")
def test_headings_of_a_language(case: dict[str, Any]) -> None:
    typed = structured(case["given"], case["language"])
    scanned = structured(printed(case["given"], case["name"], case["heads"]), case["language"])
    for document in (typed, scanned):
        check_conservation(document)
        assert headings(document) == case["heads"]


def test_a_mended_break_is_recorded_with_its_reason() -> None:
    done = structured(CASES[0]["given"])
    whys = [change.why for change in done.ledger if change.rule == "structure.continuation"]
    assert len(whys) == 1
    assert whys[0]


@settings(deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=40))
def test_nothing_is_lost_in_any_order_of_lines(lines: list[str]) -> None:
    text = "\n".join([*lines, "End."])
    done = structured(text)
    check_conservation(done)
    assert all(block.kind != "line" for block in done.blocks)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=300).filter(str.strip))
def test_garbage_is_kept(text: str) -> None:
    edition = Edition.quick(text.encode("utf-8", "replace"))
    if edition.source.decode("utf-8", "replace").strip():
        check_conservation(structure(read(edition.source), edition))


def test_four_times_the_text_takes_about_four_times_as_long() -> None:
    piece = CASES[3]["given"] + CASES[8]["given"] + CASES[4]["given"]

    def seconds(times: int) -> float:
        best = 9e9
        for _ in range(2):
            start = time.process_time()
            structured(piece * times)
            best = min(best, time.process_time() - start)
        return best

    seconds(5)
    assert seconds(240) < 8 * seconds(60) + 0.05


@pytest.mark.parametrize("sentences", [1, 12])
def test_a_direction_in_a_speech_may_describe_a_whole_person(sentences: int) -> None:
    described = "He is a large man with a small hat, who smells of tar. " * sentences
    acted = f"[{described.strip()}]"
    asked = "LENE. The tide is at {}.\n\nMAYOR. Then ring the bell.\n\n"
    speeches = [asked.format(hour) for hour in range(3, 10)]
    entry = textwrap.fill(f"LENE. There he comes. {acted} Good evening.", 72)
    document = structured(f"ACT I.\n\n{''.join(speeches)}{entry}\n")
    marks = [
        block.text.value[mark.start : mark.end].replace("\n", " ")
        for block in document.blocks
        for mark in block.text.marks
        if mark.kind == "direction"
    ]
    assert marks == [acted]
