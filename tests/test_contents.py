"""Contents without numbers of pages, what stands in brackets, numbers of chapters."""

from __future__ import annotations

import pytest

from publish.document import Document
from publish.edition import Edition
from publish.ledger import check_conservation
from publish.pipeline import prepare

PROSE = """\
The old miller went down to the ferry with his lantern, and found that the boat which
had been tied there since the summer was gone, and that nobody knew anything of it.
"""
TITLES = ("The Ferry", "A Lantern in the Orchard", "What Was Found", "The Ledger")


def made(text: str) -> Document:
    document = prepare(Edition.quick(text.encode()))
    check_conservation(document)
    return document


def shown(document: Document, *kinds: str) -> list[str]:
    return [block.text.value for block in document.blocks if block.kind in kinds]


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_titles_that_stand_again_go_and_tell_of_the_headings(gap: str) -> None:
    chapters = "".join(f"\n\n{title.upper()}\n\n{PROSE}\n{PROSE}" for title in TITLES)
    document = made("CONTENTS" + gap + "\n".join(TITLES) + "\n\n" + chapters)
    assert shown(document, "heading") == [title.upper() for title in TITLES]
    assert not shown(document, "verse", "item")


def test_titles_that_stand_nowhere_else_are_a_list() -> None:
    chapters = "".join(f"\n\nCHAPTER {n}\n\n{PROSE}\n{PROSE}" for n in ("I", "II", "III", "IV"))
    document = made("CONTENTS\n\n" + "\n".join(TITLES) + "\n\n" + chapters)
    assert shown(document, "item") == list(TITLES)
    assert shown(document, "heading")[0] == "CONTENTS"


@pytest.mark.parametrize(
    "line",
    ["(ENTER THE MILLER: THEN, ALL)", "[A NOISE OF WATER BEHIND THE MILL.]", "[Enter Martin Lee]"],
)
def test_what_stands_in_brackets_is_no_heading(line: str) -> None:
    document = made(f"CHAPTER I\n\n{PROSE}\n\n\n{line}\n\n\n{PROSE}\n\n\nCHAPTER II\n\n{PROSE}")
    assert shown(document, "heading") == ["CHAPTER I", "CHAPTER II"]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("I II III VI V VI", "I II III IV V VI"),
        ("I II III IY V VI", "I II III IV V VI"),
        ("I II III IV V VII VII", "I II III IV V VI VII"),
        ("I II IV V", "I II IV V"),
        ("I II III V", "I II III V"),
        ("I II III XL V", "I II III XL V"),
        ("I II III I II III", "I II III I II III"),
    ],
)
def test_a_number_after_its_word_is_mended_where_both_neighbours_ask_for_it(
    read: str, meant: str
) -> None:
    text = "\n\n".join(f"CHAPTER {number}\n\n{PROSE}\n{PROSE}\n" for number in read.split())
    assert shown(made(text), "heading") == [f"CHAPTER {number}" for number in meant.split()]
