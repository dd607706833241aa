"""The title page a typed text begins with: metadata, not text; and no prose is taken for one."""

from __future__ import annotations

import pytest

from publish.commands.quick import quick_edition
from publish.ledger import check_conservation
from publish.pipeline import prepare
from publish.structure.title_page import shown, title_page

PROSE = "The ferry lay by the bank all winter, and the miller's men went over\non the ice.\n"


@pytest.mark.parametrize(
    ("head", "title", "author"),
    [
        ("THE FERRY\n\nBy Ann Marsh\n\n\n", "The Ferry", "Ann Marsh"),
        ("The Ferry\n\n\nby\n\nA. B. Marsh (1803)\n\n\n", "The Ferry", "A. B. Marsh"),
        ("THE FERRY\nAND OTHER TALES\n\nby ANN MARSH\n\n(1811)\n\n\n",
         "The Ferry and Other Tales", "Ann Marsh"),
        ("DIE FÄHRE\n\nvon Anna Marsch\n\n", "Die Fähre", "Anna Marsch"),
    ],
)  # fmt: skip
def test_title_and_author_are_found_and_leave_the_text(head, title, author):
    source = (head + "CHAPTER I\n\n" + PROSE * 2).encode()
    edition = quick_edition(source, "x.txt")
    assert edition.metadata.title == title
    assert [c.name for c in edition.metadata.contributors] == [author]
    document = prepare(edition)
    check_conservation(document)
    assert document.blocks[0].text.value == "CHAPTER I"
    assert all(c.before for c in document.ledger if c.rule == "furniture.title_page")


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "CHAPTER I\n\n" + PROSE,
        "The war was won\nby Saturday, and the men came home, and the\n" + PROSE,
        "We went\nby\nthe river road.\n\n" + PROSE,
        "THE FERRY\n\nby the mill and over the weir and home\n\n" + PROSE,
        "by Ann Marsh\n\n" + PROSE,
        "The Ferry\nby Ann Marsh\nlay by the bank all winter.\n\n" + PROSE,
    ],
)
def test_prose_has_no_title_page(text):
    rows, gap = [], 0
    for line in text.split("\n"):
        if line:
            rows.append((line, gap))
        gap = 0 if line else gap + 1
    assert title_page(rows) is None


def test_another_title_in_the_metadata_keeps_the_page_in_the_text():
    source = b"THE FERRY\n\nBy Ann Marsh\n\n\nCHAPTER I\n\n" + PROSE.encode()
    document = prepare(quick_edition(source, "x.txt", title="The Mill"))
    assert document.blocks[0].text.value == "THE FERRY"


@pytest.mark.parametrize(
    ("head", "first"),
    [
        ("THE FERRY\n\nANN MARSH\n\n1812\n\n\n", "CHAPTER I"),
        ("THE FERRY\n\nMARSH\n\n\n", "CHAPTER I"),
        ("THE\nFERRY\n\nMiss Ann Marsh\n\n\n", "THE\nFERRY"),  # another's, or the same: who knows
        ("THE FERRY\n\nANN\n\n\n", "THE FERRY"),
        ("THE FERRY\n\nANN MARSH\nlay ill all winter.\n\n", "THE FERRY"),
        ("THE FERRY\n\n\n", "THE FERRY"),
    ],
)
def test_a_title_page_without_by_is_known_by_title_and_author(head, first):
    header = "Title: The Ferry\n\nAuthor: Ann Eliza Marsh\n\n"
    start = "*** START OF THE PROJECT GUTENBERG EBOOK THE FERRY ***\n\n\n"
    source = (header + start + head + "CHAPTER I\n\n" + PROSE * 2).encode()
    document = prepare(quick_edition(source, "x.txt"))
    check_conservation(document)
    assert document.blocks[0].text.value.startswith(first.replace("\n", " "))


def test_capitals_are_set_down_for_a_catalogue():
    assert shown("THE LIGHT OF THE WORLD") == "The Light of the World"
    assert shown("O’Neill") == "O’Neill"
