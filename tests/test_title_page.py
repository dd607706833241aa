"""The title page a typed text begins with: metadata, not text; and no prose is taken for one."""

from __future__ import annotations

from dataclasses import replace

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


UHR = "Die Uhr am Markt{0}Eine kleine Geschichte{1}von Anna Probst\n\n\nErstes Kapitel\n\n"
UHR += "Die Uhr am Markt ging nach, und der Müller wartete auf den Jungen.\n" * 4


@pytest.mark.parametrize(
    ("between", "title", "subtitle"),
    [
        ("\n\n", "Die Uhr am Markt", "Eine kleine Geschichte"),
        ("\n", "Die Uhr am Markt Eine kleine Geschichte", ""),
        ("\n", "Die Uhr am Markt", "Eine kleine Geschichte"),
        ("\n", "Die Uhr am Markt", ""),
        ("\n", "DIE UHR AM MARKT.", "Eine Erzählung"),
    ],
)
def test_title_and_subtitle_together_are_the_page(between, title, subtitle):
    edition = quick_edition(UHR.format(between, "\n\n").encode(), "x.txt")
    said = replace(edition.metadata, title=title, subtitle=subtitle)
    document = prepare(replace(edition, metadata=said))
    check_conservation(document)
    assert document.blocks[0].text.value == "Erstes Kapitel"
    gone = [c.before for c in document.ledger if c.rule == "furniture.title_page"]
    assert " ".join(" ".join(gone).split()) == (
        "Die Uhr am Markt Eine kleine Geschichte von Anna Probst"
    )


def test_title_and_subtitle_without_by_are_the_page_of_a_known_author():
    source = UHR.format("\n", "\n\n").replace("von Anna Probst", "Anna Probst").encode()
    edition = quick_edition(source, "x.txt", title="Die Uhr am Markt", authors=("Anna Probst",))
    said = replace(edition.metadata, subtitle="Eine kleine Geschichte")
    document = prepare(replace(edition, metadata=said))
    check_conservation(document)
    assert document.blocks[0].text.value == "Erstes Kapitel"
    bare = replace(said, subtitle="")
    kept = prepare(replace(edition, metadata=bare))
    assert kept.blocks[0].text.value.startswith("Die Uhr am Markt")


def test_a_part_of_the_title_alone_keeps_the_page_in_the_text():
    edition = quick_edition(UHR.format("\n", "\n\n").encode(), "x.txt")
    said = replace(edition.metadata, title="Die Uhr", subtitle="am Markt")
    document = prepare(replace(edition, metadata=said))
    assert document.blocks[0].text.value.startswith("Die Uhr am Markt")


@pytest.mark.parametrize(
    ("head", "title", "subtitle"),
    [
        (("Die Uhr am Markt", "", "Eine kleine Geschichte"),
         "Die Uhr am Markt", "Eine kleine Geschichte"),
        (("DIE UHR AM MARKT", "Eine kleine Geschichte"),
         "DIE UHR AM MARKT", "Eine kleine Geschichte"),
        (("THE FERRY", "A Tale", "of the River"), "THE FERRY", "A Tale of the River"),
        (("THE MILLER", "AND HIS MEN", "", "A MELODRAMA"),
         "THE MILLER AND HIS MEN", "A MELODRAMA"),
        (("Die Uhr am Markt", "Eine kleine Geschichte"),
         "Die Uhr am Markt Eine kleine Geschichte", ""),
        (("THE HISTORY", "", "OF THE FERRY"), "THE HISTORY OF THE FERRY", ""),
        (("THE HISTORY OF", "", "THE FERRY"), "THE HISTORY OF THE FERRY", ""),
        (("THE", "", "GREAT", "", "FERRY"), "THE GREAT FERRY", ""),
    ],
)  # fmt: skip
def test_a_subtitle_is_of_another_kind_than_the_title(head, title, subtitle):
    rows, gap = [], 0
    for line in (*head, "", "by Ann Marsh", "", "", "CHAPTER I"):
        if line:
            rows.append((line, gap))
        gap = 0 if line else gap + 1
    page = title_page(rows)
    assert page is not None
    assert (page.title, page.subtitle) == (title, subtitle)


def test_a_title_that_is_given_leaves_the_rest_of_the_page_to_the_subtitle():
    source = UHR.format("\n", "\n\n").encode()
    found = quick_edition(source, "x.txt", title="Die Uhr am Markt")
    assert found.metadata.subtitle == "Eine kleine Geschichte"
    assert prepare(found).blocks[0].text.value == "Erstes Kapitel"
    other = quick_edition(UHR.format("\n\n", "\n\n").encode(), "x.txt", title="Das Tor")
    assert not other.metadata.subtitle


def test_a_first_paragraph_that_begins_with_the_title_stays():
    text = "The Ferry\nlay by the bank all winter, and the miller's men went over\non the ice.\n"
    document = prepare(quick_edition(text.encode() * 2, "x.txt", title="The Ferry"))
    assert document.blocks[0].text.value.startswith("The Ferry lay by the bank")


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


IMPRINT = """\
Author of "The Lamp," "Ice," etc.

With Pictures by John Lee

LONDON
MARSH & CO.
1897

_All rights reserved._

TO MY MOTHER

"""


@pytest.mark.parametrize("before", ["", "[Illustration: The ferry in winter]\n\n"])
def test_what_the_printed_edition_says_of_itself_goes_with_its_title_page(before):
    text = f"{before}THE FERRY\n\nBy Ann Marsh\n\n{IMPRINT}THE FERRY\n\n\nCHAPTER I\n\n{PROSE * 2}"
    edition = quick_edition(text.encode(), "x.txt")
    metadata = replace(edition.metadata, title="The Ferry")
    document = prepare(replace(edition, metadata=metadata))
    check_conservation(document)
    left = [block.text.value for block in document.blocks if block.kind != "caption"]
    assert left[:3] == ["With Pictures by John Lee", "TO MY MOTHER", "CHAPTER I"]


def test_prose_under_a_title_page_is_no_imprint():
    opening = "The press was sold by Marsh & Co. in 1897, and the ferry with it.\n\n"
    text = f"THE FERRY\n\nBy Ann Marsh\n\n\n{opening}{PROSE}"
    document = prepare(quick_edition(text.encode(), "x.txt"))
    assert document.blocks[0].text.value.startswith("The press was sold")


@pytest.mark.parametrize(
    "words", ["TO THE GENTLEMEN\nOF THE PRESS", "To My Father\nand His Publishers"]
)
def test_a_dedication_to_a_house_is_no_imprint(words):
    text = f"THE FERRY\n\nBy Ann Marsh\n\n\n{words}\n\n\nCHAPTER I\n\n{PROSE * 2}"
    document = prepare(quick_edition(text.encode(), "x.txt"))
    left = " ".join(block.text.value for block in document.blocks[:2])
    assert " ".join(left.split()).startswith(" ".join(words.split()))
