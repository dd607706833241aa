"""Verse is known by capitals that chance does not make, wherever its lines stand."""

from __future__ import annotations

import random
import textwrap

import pytest

from publish.document import Document
from publish.edition import Edition
from publish.ledger import Status, check_conservation
from publish.pipeline import prepare

EPIC = """\
  Now when the miller, who had watched all night
Beside the sluice, and heard the river rise
Against the boards that held it, saw the light
Come slowly down the valley, and the eyes
Of all the windows of the village fill
With morning, he got up, and took the key
Whose ring had worn the nail above the sill
In forty winters, and went out to see
What water, which forgives not, had undone.
  So spake he to his daughter, and she gave
No answer but to point where, in the sun
That stood already high above the nave
Of old Saint Bride's, a single broken wheel
Went round, as if it had not heard that they
Who built it were no longer there to feel
The shaking of the floor at break of day.
"""
PROSE = """\
The miller had watched all night beside the sluice, and he heard the river
rise against the boards that held it. When Martin came down the valley in
the morning the windows of the village were already bright, and they went
out together to look at what the water had done to the wheel and the race.
Nothing was broken; but the floor shook, as it always did before a thaw.
"""
STANZAS = """\
Go, little boat, and carry out
    The lamp that I have trimmed for thee;
And if they ask what thou'rt about,
    Say only that thou goest to sea.

The sea is wide, and small the bay,
    And all who wait behind the wall
Have wished that they had gone away
    Before the night began to fall.
"""
CHANCE = """\
It was at the fair, and on a Monday, that Mr. Lee of the lower farm told
Mrs. Bell what he had heard of the old man at the mill, and how it was that
Martin had come home without his coat, his hat, or the money that he owed to
Anne.
"""


def made(text: str, language: str = "en") -> Document:
    document = prepare(Edition.quick(text.encode()))
    check_conservation(document)
    return document


def kinds(document: Document) -> list[str]:
    return [block.kind for block in document.blocks]


@pytest.mark.parametrize("whole", [True, False])
def test_verse_at_the_measure_keeps_its_lines(whole: bool) -> None:
    document = made(EPIC if whole else f"{PROSE}\n{EPIC}\n{PROSE}")
    assert kinds(document) == (["verse"] if whole else ["paragraph", "verse", "paragraph"])
    lines = document.blocks[0 if whole else 1].text.value.split("\n")
    assert len(lines) == 16
    assert lines[9].startswith("  So spake")


def test_capitals_of_verse_are_no_misreadings() -> None:
    document = made(PROSE + "\n" + EPIC)
    assert not [change for change in document.ledger if change.rule == "scannos.capital"]


def test_stanzas_speak_for_one_another() -> None:
    document = made(f"{PROSE}\n{STANZAS}\n{PROSE}")
    assert kinds(document) == ["paragraph", "verse", "verse", "paragraph"]


def test_prose_whose_lines_happen_to_begin_with_capitals_runs_on() -> None:
    assert kinds(made(f"{PROSE}\n{CHANCE}\n{PROSE}")) == ["paragraph"] * 3


def test_short_prose_between_short_verses_runs_on() -> None:
    said = '"He has not been here," said Martin, "since the Monday after Easter, when\nMrs. Bell'
    text = f"{PROSE}\n{said} came.\n\nGo, little boat,\nBut do not stay.\n\n{said} went.\n\n{PROSE}"
    assert kinds(made(text))[:2] == ["paragraph", "paragraph"]


def test_a_text_that_capitalises_its_nouns_is_prose() -> None:
    dice = random.Random(7)
    nouns = "Haus Wald Mühle Fluss Kind Abend Fenster Garten Winter Brot".split()
    words = " ".join(
        f"und sah das {dice.choice(nouns)} vor dem {dice.choice(nouns)}" for _ in range(300)
    )
    paragraphs = [
        textwrap.fill("Er kam " + words[at : at + 240] + ".", 40) for at in range(0, 6000, 240)
    ]
    assert "verse" not in kinds(made("\n\n".join(paragraphs)))


def test_what_a_speaker_says_in_one_line_is_no_verse() -> None:
    turns = "".join(
        f"{name}\n{said}\n\n"
        for name, said in (("MILLER.", "What, is the Wheel gone?"), ("ANNE.", "The wheel stands."))
    )
    document = made(f"ACT I\n\n{turns * 8}")
    assert set(kinds(document)) == {"heading", "speech"}


def test_names_in_a_column_of_their_own_speak() -> None:
    turns = "".join(
        f"MILLER{' ' * 6}What is it that stands there?\n\n"
        f"ANNE{' ' * 8}It is the wheel, and it goes\n{' ' * 12}round again.\n\n"
        for _ in range(8)
    )
    document = made(f"ACT I\n\n{turns}")
    assert kinds(document) == ["heading", *["speech"] * 16]
    marks = [mark for mark in document.blocks[1].text.marks if mark.kind == "speaker"]
    assert [document.blocks[1].text.value[m.start : m.end] for m in marks] == ["MILLER"]


def test_nothing_is_mended_in_verse_without_asking() -> None:
    silent = [c for c in made(EPIC * 3).ledger if c.status is not Status.QUERIED]
    assert not [change for change in silent if change.rule.startswith("scannos.")]


def test_a_stanza_runs_on_over_the_end_of_a_page() -> None:
    lines = EPIC.splitlines()
    assert kinds(made("\n".join(lines[:6]) + "\n\f\n" + "\n".join(lines[6:]))) == ["verse"]
    parted = "\n".join(lines[:9]) + "\n\f\n" + "\n".join(lines[9:])
    assert kinds(made(parted)) == ["verse", "verse"]


def test_the_end_of_a_line_too_long_for_the_page_speaks_not_against_verse() -> None:
    lines = EPIC.splitlines()
    lines[5:5] = [" " * 30 + "in spring"]
    assert kinds(made("\n".join(lines))) == ["verse"]


def test_numbers_of_lines_leave_the_verse() -> None:
    lines = (EPIC * 3).splitlines()
    for at in range(4, len(lines), 5):
        lines[at] = f"{lines[at]:60}{at + 1}"
    document = made("\n".join(lines))
    assert kinds(document) == ["verse"]
    assert not [c for c in document.blocks[0].text.value if c.isdigit()]
    assert sum(c.rule == "structure.line_number" for c in document.ledger) == 9


def test_other_numbers_at_the_ends_of_verses_stay() -> None:
    lines = (EPIC * 3).splitlines()
    for at, number in zip(range(4, 40, 7), (1812, 1813, 7, 40, 1815), strict=False):
        lines[at] += f"   {number}"
    value = made("\n".join(lines)).blocks[0].text.value
    assert all(number in value for number in ("1812", "1813", "1815"))
