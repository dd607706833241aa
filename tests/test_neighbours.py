"""The words beside a reading: what they prove, and what they do not."""

import pytest
from test_scannos import ENGLISH, document_of

from publish.context import Context
from publish.edition import Edition
from publish.language import load_language
from publish.ledger import Status
from publish.readings.collocations import Collocations, collocations
from publish.readings.lexicon import Lexicon
from publish.readings.neighbours import Neighbours
from publish.stages.scannos import scannos

TABLE = b"\nold mill 90000000\nold man 800000000\nthe mill 9000000\nthe old 7000000000"
TABLE += b"\nabout it 40000000\nabout the 900000000"
SMALL = Collocations(TABLE, {"old": 5.5, "mill": 5.5, "the": 7.7, "about": 6.3, "it": 7.0})


def neighbours() -> Neighbours:
    return Neighbours(Lexicon(Context.of(document_of("x"), ENGLISH)), collocations("en"))


def test_a_pair_is_attested_where_it_stands_oftener_than_strangers():
    assert SMALL.attested("old", "mill")
    assert not SMALL.attested("mill", "old")
    assert not SMALL.attested("the", "mill")  # seldom, for two such words


def test_lines_of_a_word_are_found_in_each_run_of_its_initial():
    assert set(SMALL.followers("about")) == {"it", "the"}
    assert set(SMALL.followers("old")) == {"mill", "man"}
    assert not SMALL.followers("ol")
    assert not SMALL.followers("æther")


def test_a_pair_that_the_table_lacks_has_less_than_its_least():
    assert SMALL.pair("the", "it") < 6.8 < SMALL.pair("old", "mill")


def test_the_table_of_english_is_there_and_no_other_is():
    assert collocations("en").attested("of", "the")
    assert not collocations("cy")
    assert load_language("cy").words is not None


@pytest.mark.parametrize(
    ("before", "own", "after", "attested"),
    [
        ("in", "the", "morning", True),
        ("of", "the", "xylograph", False),
        ("said,", "the", "morning", True),  # the comma parts the first pair
        ("said,", "the", "(morning", False),  # nothing is left to speak for it
        ("rest", "of the", "day", True),
    ],
)
def test_the_words_beside_a_mended_one_are_known_there(before, own, after, attested):
    assert neighbours().attested(before, own, after) is attested


@pytest.mark.parametrize(
    ("before", "own", "after", "printed", "alone"),
    [
        ("more", "of", "less", "ot", False),  # or
        ("one", "of", "the", "ot", True),
        ("on", "the in", "way", "thein", False),  # their
        ("rest", "of the", "day", "ofthe", True),
        ("the", "station", "house", "statlon", True),
    ],
)
def test_a_reading_has_no_rival_that_fits_better(before, own, after, printed, alone):
    assert neighbours().unrivalled(before, own, after, printed) is alone


def test_neighbours_choose_between_readings():
    value = "otders, says he. It is the otder of the day, and an otder sister came."
    choose = neighbours().chosen
    at = value.index("otder of")
    assert choose(value, at, at + 5, ("older", "order")) == "order"
    at = value.index("otder sister")
    assert choose(value, at, at + 5, ("order", "older")) == "older"
    assert choose(value, 0, 6, ("orders", "elders")) == ""


WORN = (
    "The raihvay cornmittee met on Monday at the town haU to hear the engineer upon the proposed "
    "bndge, which the contraetors say wul not bear the traifio of the harvest. Mr. Tolland moved "
    "that tbe work be put in hand at once, and the chainnan said that the ratepayers would not "
    "be asked for a farthing more than they had voted. A letter was read from the sbire clerk, "
    "asking for a drain beside the pound. It was agreed that the inspector should visit the "
    "place and report. The meeting, which was a long one, then rose at the hour of eleven."
)


def test_in_a_worn_copy_only_known_neighbours_prove_a_reading():
    text = f"{WORN} They spoke of tbe bargoon again, and in tbe morning they left."
    after = scannos(document_of(text), ENGLISH)
    assert Lexicon(Context.of(document_of(text), ENGLISH)).worn
    assert "in the morning" in after.blocks[0].text.value
    assert "of tbe bargoon" in after.blocks[0].text.value
    assert "tbe" in {c.before for c in after.ledger if c.status is Status.QUERIED}


def test_dialect_and_names_are_no_wear():
    text = (
        "Trevanion and Polwhele went down to Lostwithiel together. Ah dunno wot e wants, sez "
        "Polwhele, an ah doan care nuther, so let un bide. Ah dunno, sez Trevanion, ah dunno. "
    ) * 4
    assert not Lexicon(Context.of(document_of(text), ENGLISH)).worn


def test_no_table_means_no_objection():
    lexicon = Lexicon(Context.of(document_of("x"), Edition.quick(b"x", language="fr")))
    silent = Neighbours(lexicon, collocations("fr"))
    assert silent.attested("de", "la", "xylographie")
    assert silent.unrivalled("de", "la", "maison", "1a")
    assert silent.chosen("de la maison", 3, 5, ("la", "le")) == ""
