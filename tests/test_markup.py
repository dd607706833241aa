"""Markup signs leave the text, their marks stay, and nothing else is touched."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.document import Anchor, Block, Document, Source, Text
from publish.edition import Edition
from publish.ledger import Status, check_conservation, undo
from publish.stages.markup import markup

CASES = tomllib.loads((Path(__file__).parent / "cases" / "markup.toml").read_text("utf-8"))["case"]
EDITION = Edition.quick(b"x")


def document(*pieces: tuple[str, str, str]) -> Document:
    """Blocks of (kind, role, text) over a source that holds their texts line by line."""
    source, blocks = "", []
    for number, (kind, role, text) in enumerate(pieces, 1):
        blocks.append(Block(kind, Text(text, (Anchor(0, len(source)),)), f"L{number}", role=role))
        source += text + "\n"
    starts = [0]
    for _, _, text in pieces[:-1]:
        starts.append(starts[-1] + len(text) + 1)
    return Document(Source(source, tuple(starts)), tuple(blocks))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_signs_become_marks_and_nothing_else_does(case: dict[str, Any]) -> None:
    done = markup(document(("paragraph", "", case["given"])), EDITION)
    text = done.blocks[0].text
    assert text.value == case["then"]
    assert [[m.kind, text.value[m.start : m.end]] for m in text.marks] == case["marks"]
    check_conservation(done)


def test_an_unmatched_underscore_is_queried() -> None:
    done = markup(document(("paragraph", "", "He wrote _half a line.")), EDITION)
    assert [change.status for change in done.ledger] == [Status.QUERIED]


def test_a_call_is_bound_to_its_note_and_both_lose_their_markers() -> None:
    done = markup(
        document(
            ("paragraph", "", "The ship was lost.[1] None came back."),
            ("note", "1", "[Footnote 1: Off the northern cape.]"),
        ),
        EDITION,
    )
    call, note = done.blocks
    assert call.text.value == "The ship was lost. None came back."
    assert [(m.start, m.end, m.kind, m.value) for m in call.text.marks] == [
        (18, 18, "noteref", note.id)
    ]
    assert note.text.value == "Off the northern cape."
    check_conservation(done)


def test_notes_at_page_feet_are_called_by_the_nearest_star_before_them() -> None:
    done = markup(
        document(
            ("paragraph", "", "The mill* was old."),
            ("note", "*", "* Since burnt."),
            ("paragraph", "", "The weir* was new, the lock* was older."),
            ("note", "*", "* By a year."),
        ),
        EDITION,
    )
    assert done.blocks[0].text.marks[0].value == done.blocks[1].id
    assert done.blocks[2].text.marks[0].value == done.blocks[3].id
    assert done.blocks[2].text.value == "The weir* was new, the lock was older."


def test_stars_on_both_sides_of_a_word_are_stress_and_call_no_note() -> None:
    done = markup(
        document(
            ("paragraph", "", "The mill *never* stops, and the weir* is older."),
            ("note", "*", "* By a year."),
        ),
        EDITION,
    )
    assert done.blocks[0].text.value == "The mill *never* stops, and the weir is older."


def test_a_note_that_nothing_calls_keeps_its_marker() -> None:
    given_ = document(("paragraph", "", "No call."), ("note", "3", "[3] Alone."))
    assert markup(given_, EDITION).blocks[1].text.value == "[3] Alone."


@given(st.lists(st.text("_=+[]*1 ab.\n", min_size=1, max_size=60).filter(str.strip), max_size=6))
def test_nothing_is_lost_whatever_signs_there_are(texts: list[str]) -> None:
    kinds = ("paragraph", "note", "verse")
    source = document(*((kinds[n % 3], "1", text) for n, text in enumerate(texts)))
    done = markup(source, EDITION)
    assert undo(done) == "".join(source.source.text.split())


@given(st.text("_=+ ab.", min_size=1, max_size=80).filter(str.strip))
def test_every_mark_stays_inside_its_text(text: str) -> None:
    once = markup(document(("paragraph", "", text)), EDITION)
    for block in once.blocks:
        for mark in block.text.marks:
            assert 0 <= mark.start <= mark.end <= len(block.text.value)
