"""The editor's corrections: made where they fit, refused where they do not, recorded once."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from publish.context import Context
from publish.edition import Edition, Emend, Replace, Stet
from publish.errors import EditionError, Problems
from publish.ledger import (
    Edit,
    Group,
    Origin,
    Part,
    Rule,
    Status,
    apply_rule,
    check_conservation,
    each_block,
    regroup,
    replay,
)
from publish.read import read
from publish.stages.emend import emend

CASES = tomllib.loads((Path(__file__).parent / "cases" / "emend.toml").read_text("utf-8"))["case"]


def edition_of(source, emends=(), stets=(), replaces=()):
    return replace(
        Edition.quick(source.encode()),
        emends=tuple(Emend(*each, Origin.SCAN, "why") for each in emends),
        stets=tuple(Stet(*each, "why") for each in stets),
        replaces=tuple(Replace(*each, Origin.SCAN, "why") for each in replaces),
    )


def emended(edition):
    return emend(read(edition.source), edition)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_case(case):
    edition = edition_of(
        case["given"], case.get("emend", ()), case.get("stet", ()), case.get("replace", ())
    )
    if "error" in case:
        with pytest.raises(EditionError) as caught:
            emended(edition)
        assert case["error"] in str(caught.value)
        assert "corrections.toml" in str(caught.value)
        return
    document = emended(edition)
    assert [block.text.value for block in document.blocks] == case["then"]
    assert all(block.kind == "line" for block in document.blocks)
    check_conservation(document)


def test_every_misfit_is_reported_at_once():
    edition = edition_of("one\ntwo", [(1, "on e", "x"), (2, "tow", "two")], [(9, "nine")])
    with pytest.raises(Problems) as caught:
        emended(edition)
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (Origin.SCAN, Status.SILENT),
        (Origin.PRINT, Status.EMENDED),
        (Origin.UNSURE, Status.EMENDED),
    ],
)
def test_origin_decides_whether_the_book_lists_a_correction(origin, status):
    edition = edition_of("a geniune one")
    edition = replace(edition, emends=(Emend(1, "geniune", "genuine", origin, "transposed"),))
    (change,) = emended(edition).ledger
    assert (change.status, change.origin) == (status, origin)
    assert (change.before, change.after, change.line) == ("geniune", "genuine", 1)
    assert change.why == "transposed"


def test_correction_over_a_line_end_is_one_change():
    (change,) = emended(edition_of("an op-\nonents of", [(1, "op-\nonents", "opponents")])).ledger
    assert (change.before, change.after) == ("op-\nonents", "opponents")


def test_kept_reading_is_recorded_and_unchanged():
    document = emended(edition_of("even weirdest fantasy", stets=[(1, "weirdest")]))
    assert document.blocks[0].text.value == "even weirdest fantasy"
    (change,) = document.ledger
    assert change.status is Status.RETAINED
    assert not change.applied


@pytest.mark.parametrize("origin", [Origin.SCAN, Origin.STYLE])
def test_only_typographic_rules_touch_settled_readings(origin):
    edition = edition_of("foo bar baz qux", [(1, "foo", "fob")], [(1, "baz")])
    rule = Rule(
        "test",
        each_block(lambda text, _: [Edit(i, i + 3, "XXX", "") for i in (0, 4, 8, 12)]),
        origin,
    )
    document = emended(edition)
    document = apply_rule(document, rule, Context.of(document, edition))
    expected = "XXX XXX XXX XXX" if origin is Origin.STYLE else "fob XXX baz XXX"
    assert document.blocks[0].text.value == expected


def test_gaps_and_turns_stay_with_their_lines():
    source = "one two-\n\nthree four\n\n\n\x0cfive"
    document = emended(edition_of(source, [(1, "two-\n\nthree", "two-three")]))
    assert [(b.text.value.strip(), b.gap, b.turn) for b in document.blocks] == [
        ("one two-three", 0, False),
        ("four", 0, False),
        ("five", 2, True),
    ]


WORDS = st.lists(st.text("abc'-", min_size=1, max_size=5), min_size=1, max_size=5).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=6), st.data())
def test_any_correction_is_made_conserved_and_replayed(rows, data):
    source = "\n".join(rows)
    start = data.draw(st.integers(0, len(source) - 1))
    end = data.draw(st.integers(start + 1, len(source)))
    was = source[start:end]
    line = source.count("\n", 0, start) + 1
    now = data.draw(st.text("xyz \n", max_size=8))
    edition = edition_of(source, [(line, was, now)])
    first, quoted = source.split("\n")[line - 1], was.split("\n")[0]
    assume(was.strip("\n ") == was and was and first.find(quoted) == first.rfind(quoted))
    document = emended(edition)
    check_conservation(document)
    assert "".join("".join(b.text.value for b in document.blocks).split()) == "".join(
        (source[:start] + now + source[end:]).split()
    )
    if len(document.blocks) == len(rows) and "\n" not in was + now:
        before = read(source.encode()).blocks
        assert replay(before, document.ledger) == {b.id: b.text.value for b in document.blocks}


def test_a_kept_reading_over_a_line_end_is_still_reflowed():
    edition = edition_of("even\nweirdest", stets=[(1, "even\nweirdest")])
    document = emended(edition)
    document = regroup(document, [Group("paragraph", (Part(0, 0, 4), Part(1, 0, 8)))])
    rule = Rule("lines", each_block(lambda text, _: [Edit(4, 5, " ", "")]), Origin.LAYOUT, True)
    document = apply_rule(document, rule, Context.of(document, edition))
    assert document.blocks[0].text.value == "even weirdest"


@pytest.mark.parametrize(
    ("source", "was", "now", "opens"),
    [
        ("EVEN the most", "EVEN", "Even", True),
        ('"IN THE beginning', "IN THE", "In the", True),
        ("CHAPTER ONE", "CHAPTER ONE", "Chapter One", False),
        ("the U.S.S.E. is", "U.S.S.E.", "U.S.S.R.", False),
        ("an EVEN one", "EVEN", "even", False),
        ("even so", "even", "Even", False),
    ],
)
def test_lowered_display_capitals_stay_an_opening(source, was, now, opens):
    (block,) = emended(edition_of(source, [(1, was, now)])).blocks
    marked = [block.text.value[m.start : m.end] for m in block.text.marks if m.kind == "opening"]
    assert marked == ([now] if opens else [])
