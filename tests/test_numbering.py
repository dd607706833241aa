"""The numbers of headings: what the glyphs may be, and what the sequence makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.edition import Edition
from publish.ledger import check_conservation
from publish.read import read
from publish.stages.structure import structure
from publish.structure.numbering import Numbered, values_of
from publish.structure.numerals import bare_numeral, readings, roman, to_roman


@pytest.mark.parametrize(
    ("token", "value"),
    [("Il", 2), ("Hl", 3), ("Ill", 3), ("VU", 7), ("Vv", 5), ("iit", 3), ("UE", 3), ("IX", 9),
     ("Vill", 8), ("TV", 4), ("XIl", 12), ("¥", 5), ("VIL", 7), ("XTV", 14)],
)  # fmt: skip
def test_strokes_are_read_as_numerals(token, value):
    costs = readings(token)
    assert costs[value] < 1, costs


@pytest.mark.parametrize("token", ["it", "THE", "Will", "KK", "", "abc", "Chapter", "mill", "He"])
def test_words_are_no_numerals(token):
    assert not readings(token)


def test_a_division_s_word_makes_any_strokes_a_number():
    assert 2 in readings("It", named=True)


def test_a_number_among_specks_is_bare():
    assert bare_numeral("; III :") == "III"
    assert bare_numeral("two words") == ""


@given(st.integers(1, 399))
def test_a_numeral_is_its_own_cheapest_reading(value):
    token = to_roman(value)
    if len(token) <= 7:
        assert roman(token) == value
        assert readings(token).get(value) == 0.0


def sequence(*tokens: str, fresh: tuple[int, ...] = (0,)) -> list[int]:
    return values_of([Numbered(readings(t), at in fresh) for at, t in enumerate(tokens)])


@pytest.mark.parametrize(
    ("tokens", "values"),
    [
        (("I", "Il", "Hl", "IV"), [1, 2, 3, 4]),
        (("I", "I", "III"), [1, 2, 3]),  # a stroke lost
        (("I", "II", "IV", "V"), [1, 2, 4, 5]),  # a heading lost: the others are not renumbered
        (("V", "VI", "VII"), [5, 6, 7]),  # a part of a book
        (("I", "II", "III", "I", "II"), [1, 2, 3, 1, 2]),  # begun anew, nothing printed over it
    ],
)
def test_values_come_of_the_whole_sequence(tokens, values):
    assert sequence(*tokens) == values


def test_a_sequence_begins_anew_under_a_higher_heading():
    assert sequence("I", "Il", "I", "Il", fresh=(0, 2)) == [1, 2, 1, 2]


def test_nothing_is_counted_as_nothing():
    assert values_of([]) == []


PROSE = "The ferry lay by the bank all winter, and the miller's men\nwent over on the ice.\n"


def test_numbers_read_wrongly_are_put_right_and_recorded():
    text = "".join(f"{token}\n\n{PROSE}\n{PROSE}\n" for token in ("I", "Il", "Hl", "IV", "Vv"))
    document = structure(read(text.encode()), Edition.quick(text.encode()))
    check_conservation(document)
    heads = [block.text.value for block in document.blocks if block.kind == "heading"]
    assert heads == ["I", "II", "III", "IV", "V"]
    mended = [c for c in document.ledger if c.rule == "structure.numeral"]
    assert [(c.before, c.after) for c in mended] == [("Il", "II"), ("Hl", "III"), ("Vv", "V")]
