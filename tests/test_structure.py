"""Lines become paragraphs, headings, stanzas and breaks; nothing is lost on the way."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.document import Block, Document
from publish.edition import Edition
from publish.ledger import check_conservation
from publish.read import read
from publish.stages.structure import structure

CASES = tomllib.loads((Path(__file__).parent / "cases" / "structure.toml").read_text("utf-8"))[
    "case"
]
PIECES = st.sampled_from(
    ["CHAPTER II.", "The mill stood by the wa-", "ter.", "* * *", "“No.”", "    Set in, so,", "I",
     "", "", "\f", "[Footnote 1: A mill.]", "* A note.", "Mill.[1]", "12", "CONTENTS", "John Marsh",
     "Yours truly,", "HAMLET. Words.", "a  b   c    d", "the water rose and nobody saw it at all"]
)  # fmt: skip


def structured(text: str) -> Document:
    edition = Edition.quick(text.encode())
    return structure(read(edition.source), edition)


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
