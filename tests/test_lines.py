"""What printed lines lose on their way to running text: specks, hyphens, furniture, line ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.boilerplate import guess_language, header_metadata
from publish.edition import Edition
from publish.ledger import Status, check_conservation
from publish.read import read
from publish.stages.dehyphenate import dehyphenate
from publish.stages.furniture import furniture
from publish.stages.margins import margins
from publish.stages.reflow import reflow
from publish.stages.structure import structure

EDITION = Edition.quick(b"x", language="en")


def running(*lines: str, edition: Edition = EDITION) -> str:
    """The lines as one paragraph after dehyphenation and reflow."""
    document = structure(read("\n".join(lines).encode()), edition)
    document = reflow(dehyphenate(document, edition), edition)
    check_conservation(document)
    return "\n\n".join(block.text.value for block in document.blocks)


HYPHENS = [
    (("it was a three-year-", "old filly"), "it was a three-year-old filly", "three words"),
    (("it was soft-pedal-", "led by all"), "it was soft-pedalled by all", "a form of a word"),
    (("the govern-", "ment fell"), "the government fell", "a word of the list"),
    (("a self-", "governing town"), "a self-governing town", "a compound of self"),
    (("went a-", "hunting there"), "went a-hunting there", "a- before a participle"),
    (("the Anglo-", "Saxon race"), "the Anglo-Saxon race", "a capital after the hyphen"),
    (("bought rat-", "tans and canes"), "bought rattans and canes", "the plural of a headword"),
    (("a cue there-", "from, he said"), "a cue therefrom, he said", "an adverb of place"),
    (("they pro-", "Cure it"), "they proCure it", "a capital inside a word"),
    (("in 1914-", "18 they"), "in 1914-18 they", "numbers"),
    (("of matter-of-", "fact people"), "of matter-of-fact people", "a compound of three"),
    (("a spell-", "ing-book here"), "a spelling-book here", "one word in a compound"),
    (("a red-haired, blue-", "eyed boy"), "a red-haired, blue-eyed boy", "a usual compound"),
    (("Umschlichtian and Umsch-", "lichtian views"), "Umschlichtian and Umschlichtian views",
     "whole elsewhere, though no list has it"),
    (("a zig-zag road and a zig-", "zag path"), "a zig-zag road and a zig-zag path",
     "hyphened elsewhere"),
    (("he stopped--", "then ran"), "he stopped--then ran", "a dash is no hyphen"),
    (("the U.S.S.R. and the U.S.", "S.R. again"), "the U.S.S.R. and the U.S.S.R. again",
     "an initialism whole elsewhere"),
    (("in the U.S.", "A. Smith spoke"), "in the U.S. A. Smith spoke", "no initialism of the text"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "then", "why"), HYPHENS)
def test_a_divided_word(lines, then, why):
    assert running(*lines) == then, why


ABROAD = [
    ("de", ("ein alter Land-", "mann kam"), "ein alter Landmann kam", "zwei Wörter, ein Wort"),
    ("de", ("er sah mit-", "Zufahren zu"), "er sah mitZufahren zu", "a misread capital"),
    ("de", ("die Nord-", "Süd-Bahn kam"), "die Nord-Süd-Bahn kam", "a capital of its own"),
    ("fr", ("il ferma les au-", "vents du bac"), "il ferma les auvents du bac", "one word"),
    ("fr", ("viens, dit-", "il au passeur"), "viens, dit-il au passeur", "an inverted subject"),
    ("fr", ("on par-", "le du bac"), "on parle du bac", "one word, though « le » is another"),
    ("it", ("disse sotto-", "voce il mozzo"), "disse sottovoce il mozzo", "one word"),
    ("es", ("el barco sali-", "ó al alba"), "el barco salió al alba", "one word"),
    ("es", ("Oye, Juan", "—dijo Ana—, ven", "pronto —gritó Luis—."),
     "Oye, Juan —dijo Ana—, ven pronto —gritó Luis—.", "a dash that opens a remark"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "lines", "then", "why"), ABROAD)
def test_a_line_end_in_other_languages(language, lines, then, why):
    edition = Edition.quick(b"x", language=language)
    assert running(*lines, edition=edition) == then, why


def test_a_doubtful_hyphen_is_queried():
    document = structure(read(b"the lamp was on the fog-\nbed of the sea by night"), EDITION)
    asked = [c for c in dehyphenate(document, EDITION).ledger if c.status is Status.QUERIED]
    assert [c.candidates for c in asked] == [("fog-bed", "fogbed")]


SPECKS = [
    (("an improve-", "j ment of it"), ("an improve-", "ment of it"), "a rule in a divided word"),
    (("one line here", "| and then more"), ("one line here", "and then more"), "a lone rule"),
    (("all was engaged. :", "Next"), ("all was engaged.", "Next"), "a colon behind a stop"),
    (("in the wilder—", "ness again"), ("in the wilder-", "ness again"), "a hyphen read as a dash"),
    # what must stay
    (("he stopped—", "then ran"), ("he stopped—", "then ran"), "a dash"),
    (("one thing for—", "get it"), ("one thing for—", "get it"), "two words"),
    (("* one", "* two", "* three"), ("* one", "* two", "* three"), "a list"),
    (("'tis true", "'em all"), ("'tis true", "'em all"), "elisions"),
    (("and then", "I went home"), ("and then", "I went home"), "a pronoun"),
    (("wait . . .", "and see"), ("wait . . .", "and see"), "an ellipsis"),
    (("a part-", "a second part"), ("a part-", "a second part"), "no word comes of it"),
]


@pytest.mark.parametrize(("given_lines", "then", "why"), SPECKS)
def test_a_speck_at_a_line_end(given_lines, then, why):
    document = margins(read("\n".join(given_lines).encode()), EDITION)
    check_conservation(document)
    assert tuple(block.text.value for block in document.blocks) == then, why


def book_of(pages: int, head: str = "THE KEEPER OF THE LIGHT") -> str:
    """Pages of prose, headed and numbered as books are."""
    out = ["CHAPTER I.", "", "THE LAMP", ""]
    for page in range(1, pages + 1):
        if page > 1:
            out += ["", f"{page}    {head}" if page % 2 == 0 else f"THE LAMP    {page}", ""]
        out += [
            f"the keeper wrote the weather of day {page} and line {line} in his book again"
            for line in range(30)
        ]
    return "\n".join(out)


def test_running_heads_and_folios_leave_the_text_and_stay_in_the_record():
    document = furniture(read(book_of(9).encode()), EDITION)
    check_conservation(document)
    left = [b.text.value for b in document.blocks if not b.text.value.startswith("the keeper")]
    assert left == ["CHAPTER I.", "THE LAMP"]
    assert len(document.ledger) == 8
    assert sum(block.turn for block in document.blocks) == 8


def test_a_garbled_running_head_is_known_by_its_like():
    text = book_of(9).replace("6    THE KEEPER OF THE LIGHT", "6    TBE KEBPER OF THE L1GHT")
    document = furniture(read(text.encode()), EDITION)
    assert not any("KEBPER" in block.text.value for block in document.blocks)


def test_furniture_can_be_kept():
    from dataclasses import replace

    document = read(book_of(9).encode())
    assert furniture(document, replace(EDITION, keep_furniture=True)) == document


def test_numbers_and_lines_that_recur_in_a_text_without_pages_stay():
    text = "\n\n".join(["LIZA. No.", "He sat down and said nothing for a while.", "12"] * 5)
    document = read(text.encode())
    assert furniture(document, EDITION).blocks == document.blocks


HEADER = """The Project Gutenberg EBook of The Lighthouse, by Ann Example

Title: The Lighthouse
       A Tale of the Coast

Author: Ann Example

Translator: Bo Sample

Release Date: May 1, 2001 [EBook #1]

Language: French

*** START OF THIS PROJECT GUTENBERG EBOOK THE LIGHTHOUSE ***

Produced by Somebody

The lamp was lit.

End of the Project Gutenberg EBook of The Lighthouse

*** END OF THIS PROJECT GUTENBERG EBOOK THE LIGHTHOUSE ***
Licence.
"""


def test_a_library_header_tells_of_the_book_and_leaves_it():
    found = header_metadata(HEADER)
    assert (found.title, found.authors) == ("The Lighthouse A Tale of the Coast", ("Ann Example",))
    assert (found.language, found.translator, found.release) == ("fr", "Bo Sample", "May 1, 2001")
    document = furniture(read(HEADER.encode()), EDITION)
    assert [block.text.value for block in document.blocks] == ["The lamp was lit."]
    check_conservation(document)


def test_a_sentence_about_the_library_is_no_title():
    text = "He wrote to the Project Gutenberg list,\nby accident, to ask for a name.\n\nText."
    assert header_metadata(text).title == ""


def test_a_text_without_a_header_tells_nothing():
    assert header_metadata("Title: not a header\n\nText.").title == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Le gardien de la lampe était dans une tour qui est sur la mer et il ne dort pas", "fr"),
        ("Der Wärter und die Lampe sind nicht auf dem Turm, aber es war eine Nacht mit Wind", "de"),
        ("The keeper of the lamp was in the tower that had been built for the sea", "en"),
        ("El farero y su hija no duermen por la noche, pero la luz era para los barcos", "es"),
    ],
)
def test_the_language_is_told_by_its_small_words(text, code):
    assert guess_language(text * 3) == code


garbage = st.lists(
    st.sampled_from(
        ["12", "THE HEAD  3", "I that", "| x", "a-", "word-", "ment", "— 4 —", "* * *", "", "",
         "  in", "[1] note", "CHAPTER I", "End of the Project Gutenberg EBook", "Said he. .",
         "U.S.", "S.R."]
    ),
    min_size=1,
    max_size=40,
).map("\n".join)  # fmt: skip


@given(garbage)
def test_no_stage_loses_a_character(text):
    if not text.strip():
        return
    document = read(text.encode())
    for stage in (furniture, margins, structure, dehyphenate, reflow):
        document = stage(document, EDITION)
        check_conservation(document)
