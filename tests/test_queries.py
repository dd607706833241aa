"""Queries by their place in the source: the record alone leads each doubt to what it quotes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from command import SEED
from hypothesis import given
from hypothesis import strategies as st

from publish.corrections import decisions_of, place_of, quoted, range_of
from publish.document import Document
from publish.edition import Edition, Emend, Stet
from publish.ledger import Confidence, Edit, Group, Origin, Part, Rule, apply_edits, regroup
from publish.pipeline import prepare
from publish.places import Locator, settled, source_ranges
from publish.queries import by_weight, open_queries
from publish.read import read

DOUBT = Rule("test.doubt", lambda blocks, context: (), Origin.SCAN)
JOIN = Rule("test.join", lambda blocks, context: (), Origin.LAYOUT)


def doubted(document: Document, *places: tuple[int, int, int, str]) -> Document:
    edits = [
        (block, Edit(start, end, new, "a doubt", Confidence.LIKELY))
        for block, start, end, new in places
    ]
    return apply_edits(document, DOUBT, edits)


def paragraph(source: str) -> Document:
    """The lines of a source as one paragraph, its divided words made whole."""
    document = read(source.encode())
    parts = tuple(Part(i, 0, len(b.text.value)) for i, b in enumerate(document.blocks))
    document = regroup(document, [Group("paragraph", parts)])
    value = document.blocks[0].text.value
    cuts = [(0, Edit(at, at + 2, "", "divided")) for at in range(len(value))
            if value.startswith("-\n", at)]  # fmt: skip
    return apply_edits(document, JOIN, cuts)


def queried(document: Document, word: str, new: str) -> Document:
    at = document.blocks[0].text.value.index(word)
    return doubted(document, (0, at, at + len(word), new))


@pytest.mark.parametrize(
    ("source", "word", "was", "readings"),
    [
        ("it was a constanf thing", "constanf", "constanf", ("NEW",)),
        ("the op-\nonents of it", "oponents", "op-\nonents", ("NEW",)),
        ("the op-  \nonents of it", "oponents", "op-\nonents", ("NEW",)),
        ("that that is that", "that is", "that is", ("NEW",)),
        ("the cat and the dog", "the dog", "the dog", ("NEW",)),
        ("an im-\nmense dog-\nged ail of it", "ail", "ail", ("NEW",)),
    ],
)
def test_a_query_quotes_the_source(source, word, was, readings):
    (query,) = open_queries(queried(paragraph(source), word, "NEW"))
    assert (query.was, query.readings) == (was, readings)
    assert query.reading.split() == word.split()


def test_a_quotation_is_widened_until_it_stands_once_on_its_line():
    document = doubted(read(b"on and on and on\n"), (0, 7, 9, "in"))
    (query,) = open_queries(document)
    assert "on and on and on".count(query.was) == 1
    assert query.readings == (query.was.replace("and on", "and in", 1),)


def test_a_quotation_stays_out_of_settled_words_where_it_can():
    source = read(b"he on it on he").source
    place = quoted(source, 3, 5, taken=((0, 2),))
    assert source.text[slice(*range_of(source, place))] == "on it"


def test_doubts_that_quote_the_same_words_are_one_query_with_both_mended():
    document = doubted(read(b"tbe arid and"), (0, 0, 3, "the"), (0, 4, 8, "and"))
    assert [q.was for q in open_queries(document)] == ["tbe", "arid"]
    document = doubted(read(b"a tbe tbe b"), (0, 2, 5, "the"), (0, 6, 9, "the"))
    (query,) = open_queries(document)
    assert query.readings[0] == query.was.replace("tbe", "the")


def test_decided_places_are_not_asked_again():
    document = doubted(read(b"one tbe two"), (0, 4, 7, "the"))
    assert len(open_queries(document)) == 1
    assert open_queries(replace(document, protected=((4, 7),))) == ()


@pytest.mark.parametrize(
    ("start", "end", "touches"), [(0, 3, False), (3, 5, True), (5, 9, True), (10, 12, False)]
)
def test_settled_ranges(start, end, touches):
    assert settled(((4, 7), (8, 10)), start, end) is touches


WORDS = st.lists(st.text("abc'-.", min_size=1, max_size=4), min_size=1, max_size=6).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=6), st.data())
def test_any_doubt_can_be_decided_either_way(rows, data):
    """Whatever a query quotes, an emendation and a kept reading of it fit the source, and neither
    is asked for again."""
    document = paragraph("\n".join(rows))
    value = document.blocks[0].text.value
    start = data.draw(st.integers(0, len(value) - 1))
    end = data.draw(st.integers(start + 1, len(value)))
    document = doubted(document, (0, start, end, "NEW"))
    document = apply_edits(document, JOIN, [(0, Edit(0, 0, "xx", "a later pass"))])
    (query,) = open_queries(document)
    assert place_of(document.source, query.line, query.was) == query.place
    edition = Edition.quick(document.source.text.encode())
    emend = Emend(query.line, query.was, query.readings[0], Origin.SCAN, "why")
    for decided in (replace(edition, emends=(emend,)),
                    replace(edition, stets=(Stet(query.line, query.was, "why"),))):  # fmt: skip
        (decision,) = decisions_of(document.source, decided)
        covered = range_of(document.source, decision.place)
        assert open_queries(replace(document, protected=(covered,))) == ()


def test_ranges_of_the_first_edition_hold_what_was_changed():
    """Each correction of the edition is found again at its own place, by the record alone."""
    from publish.edition_folder import load_edition

    document = prepare(load_edition(SEED))
    made = [change for change in document.ledger if change.rule == "emend"]
    ranges = source_ranges(document, made)
    assert len(made) == 20
    for change in made:
        start, end = ranges[change]
        assert "".join(document.source.text[start:end].split()) == "".join(change.before.split())
        assert document.source.line_of(start) == change.line


def test_the_locator_finds_each_character_that_came_through():
    document = prepare(Edition.quick(SEED.joinpath("source.txt").read_bytes()))
    locator, text = Locator(document), document.source.text
    at = text.index("Comintern")
    spot = locator.span(at, at + len("Comintern"))
    assert spot is not None
    assert document.blocks[spot.block].text.value[spot.start : spot.end] == "Comintern"


def test_queries_of_a_raw_text_come_likeliest_first():
    document = prepare(Edition.quick(SEED.joinpath("source.txt").read_bytes()))
    found = open_queries(document)
    assert found
    ranked = [query.confidence for query in by_weight(found)]
    assert ranked == sorted(ranked, key=lambda c: ("likely", "doubtful").index(str(c)))
    for query in found:
        assert place_of(document.source, query.line, query.was) == query.place
