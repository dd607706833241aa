"""The first source through the whole pipeline: what its edition claims, counted."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from publish.edition_folder import load_edition
from publish.ledger import Origin, Status
from publish.pipeline import prepare
from publish.tally import filled, tally

SEED = Path(__file__).parent.parent / "seeds" / "russian-events-1937"
FALSE_BREAKS = (39, 135, 211, 229, 453, 542, 566, 685, 801)  # lines that go on after a blank one


@pytest.fixture(scope="module")
def edition():
    return load_edition(SEED)


@pytest.fixture(scope="module")
def document(edition):
    return prepare(edition)


@pytest.fixture(scope="module")
def text(document):
    return "\n\n".join(block.text.value for block in document.blocks)


def test_source_is_as_delivered(edition):
    assert len(edition.source.splitlines()) == 922
    assert edition.source.startswith(b"EVEN the most obedient and \n")


def test_paragraphs_headings_and_dateline_are_found(document):
    assert Counter(block.kind for block in document.blocks) == {
        "paragraph": 38,
        "heading": 9,
        "dateline": 1,
    }
    assert document.blocks[-1].kind == "dateline"
    assert document.blocks[-1].text.value == "June 18, 1937"


def test_headings_of_two_lines_are_one(document):
    headings = [re.sub(r"\s+", " ", b.text.value) for b in document.blocks if b.kind == "heading"]
    assert headings == [
        "Great Discontent in the Soviet Union",
        "Stalin Confronted with a Double Dilemma",
        "Self-Indicting Accusers",
        "Background and Basis of Recent Events",
        "New Moods in Masses and Party Members",
        "Stalin’s Faction Strategy Falls Short",
        "Errors That Are Terrifically Costly",
        "Darkness Before the Dawn",
        "What’s To Be Done",
    ]


def test_false_breaks_are_mended_and_no_other(document):
    begins = {document.line_of(block) for block in document.blocks}
    assert not begins & set(FALSE_BREAKS)
    assert {1, 14, 27, 47, 60, 81, 97, 111, 138, 155, 856, 878, 899, 919} <= begins


def test_no_line_end_hyphen_is_left(text):
    assert "-\n" not in text.replace("\n\n", "")
    kept = ("out-and-out", "first and second Five-Year Plans", "Self-Indicting")
    joined = ("demigods", "is today", "supervision", "self-criticism", "soft-pedalled", "overhaul")
    for word in (*kept, *joined):
        assert word in text, word


def test_initials_are_whole_where_a_line_end_parted_them(text):
    assert text.count("U.S.S.R.") == 18
    assert text.count("C.P.S.U.") == 11
    assert not re.search(r"U\.S\.\s+S\.R|C\.P\.\s+S\.U", text)


def test_dashes_are_closed(text):
    assert len(re.findall(r"(?<=\S)—(?=\S)", text)) == text.count("—") == 27


def test_quotation_marks_face_the_right_way(text):
    assert '"' not in text
    assert "'" not in text
    assert re.findall(r"“[^“”]*”", text) == [
        "“explanations”",
        "“ites”",
        "“scapegoat”",
        "“excesses.”",
        "“dizzy with success.”",
        "“blessings”",
        "“great democracies”",
        "“war for civilization”",
    ]
    assert "‘" not in text
    assert "Stalin’s attorney" in text


def test_readings_are_decided_as_the_editor_decided_them(document, edition):
    statuses = Counter(c.status for c in document.ledger if c.rule.startswith("emend"))
    assert statuses == {
        Status.SILENT: 15, Status.EMENDED: 5, Status.RETAINED: 7, Status.PASSED: 1
    }  # fmt: skip
    assert len(edition.emends) == 20
    assert {e.origin for e in edition.emends} == {Origin.SCAN, Origin.PRINT}


def test_settled_readings_stand_in_the_text(text):
    for reading in (
        "Even the most obedient",
        "events in the U.S.S.R., and we",
        "they later switched political",
        "even weirdest fantasy",
        "potential opponents is not new",
        "without distracting one bit",
        "the size of pictures diminished, the",
        "secure a genuine party",
        "more deepgoing and",
        "set no dates for improvement or vital change, but I think that the full logic of his",
        "disillusioned, despairing, Communist",
        "forces revealing the",
        "there should be any attempt",
        "the workers movement",
    ):
        assert reading in text, reading


def test_period_spellings_stay(text):
    for word in (
        "Tho", "thru", "thruout", "burocracy", "burocrats", "burocratism", "Political Buro",
        "frameup", "cadre", "calibre", "glamor", "paeans", "soft-pedalled", "imperilled",
        "untrammelled", "incompetency", "inner party", "leveled", "levelled", "Bucharin",
        "Rykoff", "Umschlicht", "Piatakov",
    ):  # fmt: skip
        assert re.search(rf"\b{word}\b", text), word


def test_note_on_the_text_states_the_recorded_counts(document, edition):
    counts = tally(document.ledger)
    assert (counts["silent"], counts["emended"], counts["retained"]) == (15, 5, 7)
    note = filled(edition.note_on_the_text, counts)
    assert "repaired in 15 places" in note
    assert "corrected in 5 places" in note
    assert "In 7 places" in note


def test_every_note_and_term_has_its_place(document, edition):
    marks = [mark for block in document.blocks for mark in block.text.marks]
    calls = [int(mark.value) for mark in marks if mark.kind == "editor"]
    assert sorted(calls) == list(range(len(edition.notes)))
    linked = {mark.value for mark in marks if mark.kind == "glossref"}
    assert linked == {term.id for term in edition.glossary}
    assert 50 <= len(edition.glossary) <= 60


def test_glossary_stands_in_order(edition):
    def order(term):
        return re.sub(r"[^a-z ]", "", term.term.lower())

    for one, other in pairwise(edition.glossary):
        assert order(one) < order(other)


def test_introduction_has_its_length(edition):
    assert 700 <= len(edition.introduction.split()) <= 1000


def test_nothing_probable_is_stated_as_certain(edition):
    metadata = edition.metadata
    assert metadata.title == "[The Latest Russian Events]"
    assert metadata.byline == "attributed to Jay Lovestone"
    assert [person.role for person in metadata.contributors] == ["att"]
    assert metadata.guessed == ()
    everything = " ".join(
        (
            metadata.description, metadata.rights, metadata.source_note,
            edition.introduction, edition.note_on_the_text,
        )
    )  # fmt: skip
    assert "public domain" not in everything.lower()
    assert "by Jay Lovestone" not in everything
    for place in re.finditer(r"Workers Age", everything):
        assert re.search(r"probabl", everything[max(place.start() - 80, 0) : place.start()])


def test_own_voice_keeps_to_american_style(edition):
    own = [edition.introduction, edition.note_on_the_text, edition.metadata.description]
    own += [note.text for note in edition.notes] + [term.definition for term in edition.glossary]
    for text in own:
        assert not re.search(r"['\"]", text), text
        assert not re.search(r"”[.,]", text), text
        assert "Trotskyite" not in text, text
        assert not re.search(r"\b\d{1,2} (?:January|June|May) \d{4}", text), text
