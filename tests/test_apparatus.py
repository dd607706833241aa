"""The apparatus: lists of readings, glossary and counts are made from the record."""

import re
from dataclasses import replace

import pytest

from publish.document import Document
from publish.edition import Edition, Emend, Stet, Term
from publish.errors import EditionError
from publish.ledger import Group, Origin, Part, regroup
from publish.read import read
from publish.render import render
from publish.stages.annotate import annotate
from publish.stages.emend import emend

SOURCE = b"The mayor was of the opin-\nnion that teh harbour wall\nwould stand for ever."
EDITION = replace(
    Edition.quick(SOURCE, title="The Wall"),
    folder="seeds/wall",
    emends=(
        Emend(1, "opin-\nnion", "opin-\nion", Origin.PRINT, "n doubled"),
        Emend(2, "teh", "the", Origin.PRINT, "letters transposed"),
    ),
    stets=(Stet(3, "for ever", "two words in the copy"),),
    glossary=(Term("harbour", "A *haven*.", dates="1843"), Term("Mayor", "He.", ("mayor",))),
    note_on_the_text="In {emended} places emended, in {retained} kept.",
)  # fmt: skip


def paragraphs(document: Document) -> Document:
    parts = tuple(Part(i, 0, len(b.text.value)) for i, b in enumerate(document.blocks))
    return regroup(document, [Group("paragraph", parts, separator="\n")])


def rendered(edition: Edition = EDITION) -> dict[str, str]:
    document = annotate(paragraphs(emend(read(edition.source), edition)), edition)
    return {part.id: part.body for part in render(document, edition).parts}


def plain(xhtml: str) -> str:
    return " ".join(re.sub("<[^>]+>", "", xhtml).split())


def test_emendations_set_the_lemma_against_the_copy():
    items = [plain(item) for item in re.findall("<li>.*?</li>", rendered()["emendations"])]
    assert items[1] == "the] teh (letters transposed)"
    assert items[0].endswith("] opin- / nion (n doubled)")


def test_readings_kept_are_listed_with_the_reason():
    assert "for ever (two words in the copy)" in plain(rendered()["retained"])


def test_each_reading_links_to_its_own_words():
    parts = rendered()
    text = next(body for id, body in parts.items() if id.startswith("text"))
    (target,) = re.findall('href="#(retained-1)"', parts["retained"])
    assert re.search(f'<span id="{target}">for ever</span>', text)


def test_the_note_on_the_text_counts_from_the_record():
    assert "In 2 places emended, in 1 kept." in rendered()["note-on-the-text"]
    fewer = replace(EDITION, emends=EDITION.emends[:1])
    assert "In 1 places emended, in 1 kept." in rendered(fewer)["note-on-the-text"]


def test_an_unknown_count_is_an_error():
    with pytest.raises(EditionError, match="wonders"):
        rendered(replace(EDITION, note_on_the_text="{wonders}"))


def test_no_list_without_entries():
    parts = rendered(replace(EDITION, emends=(), stets=(), glossary=()))
    assert not {"emendations", "retained", "glossary"} & parts.keys()


def test_the_glossary_is_in_alphabetical_order_and_leads_back():
    parts = rendered()
    assert re.findall("<dfn>(.*?)</dfn>", parts["glossary"]) == ["harbour", "Mayor"]
    text = next(body for id, body in parts.items() if id.startswith("text"))
    for id in re.findall('role="doc-backlink" href="#(.*?)"', parts["glossary"]):
        assert f'id="{id}"' in text


def test_a_broken_link_of_the_introduction_names_its_file():
    with pytest.raises(EditionError, match=r"seeds/wall/introduction\.md, line 3"):
        rendered(replace(EDITION, introduction="One.\n\n[two](#three)"))


def test_the_parts_stand_in_their_order():
    order = list(rendered(replace(EDITION, introduction="So.")))
    assert order == [
        "halftitle", "titlepage", "imprint", "contents", "introduction", "note-on-the-text",
        "text-L1", "glossary", "emendations", "retained", "colophon",
    ]  # fmt: skip
