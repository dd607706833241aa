"""References over the finished text: at the first place in each section, or an error."""

import time
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.document import Anchor, Block, Document, Mark, Source, Text
from publish.edition import Edition, EditorNote, Term
from publish.errors import EditionError, Problems
from publish.stages.annotate import annotate

CASES = tomllib.loads((Path(__file__).parent / "cases" / "annotate.toml").read_text("utf-8"))[
    "case"
]


def document_of(*paragraphs):
    blocks, starts, at = [], [], 0
    for number, paragraph in enumerate(paragraphs, 1):
        kind = "heading" if paragraph.startswith("# ") else "paragraph"
        text = Text(paragraph.removeprefix("# "), (Anchor(0, at),))
        blocks.append(Block(kind, text, f"L{number}"))
        starts.append(at)
        at += len(paragraph) + 1
    return Document(Source("\n".join(paragraphs), tuple(starts)), tuple(blocks))


def edition_of(terms=(), notes=()):
    return replace(
        Edition.quick(b"x"),
        glossary=tuple(Term(term, "It is.", tuple(forms)) for term, *forms in terms),
        notes=tuple(EditorNote(line, at, "Note.") for line, at in notes),
    )


def marked(document, kind):
    return [
        (index, block.text.value[mark.start : mark.end], mark.value)
        for index, block in enumerate(document.blocks)
        for mark in block.text.marks
        if mark.kind == kind
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_case(case):
    edition = edition_of(case["terms"])
    document = document_of(*case["given"])
    if "error" in case:
        with pytest.raises(EditionError) as caught:
            annotate(document, edition)
        assert case["error"] in str(caught.value)
        return
    ids = {term.id: term.term for term in edition.glossary}
    found = [(i, text, ids[id]) for i, text, id in marked(annotate(document, edition), "glossref")]
    assert found == [tuple(each) for each in case["then"]]


@pytest.mark.parametrize(
    ("text", "at", "before"),
    [
        ("He said “so.” Then", "so", "He said “so.”"),
        ("He said 'so,' then", "'so", "He said 'so,'"),
        ("a trial—secret", "trial", "a trial"),
        ("Hobson’s choice. I", "Hobson's choice", "Hobson’s choice."),
        ("the U.S.S.R. is", "U.S.S.R.", "the U.S.S.R."),
    ],
)
def test_a_notes_call_follows_the_closing_marks(text, at, before):
    document = annotate(document_of(text), edition_of(notes=[(1, at)]))
    (mark,) = document.blocks[0].text.marks
    assert mark == Mark(len(before), len(before), "editor", "0")


def test_misplaced_note_shows_the_line():
    with pytest.raises(EditionError, match="It reads: second line here"):
        annotate(document_of("first", "second line here"), edition_of(notes=[(2, "line hare")]))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (2, "“wohin” does not begin on line 2 of x.txt.\n  It reads: der Müller ging"),
        (2, "It begins on line 3: correct `line`."),
        (7, "It begins on line 6: correct `line`."),
        (4, "That line is empty."),
        (99, "There is no such line: the source has 7 lines.\n  It begins on line 6: correct"),
    ],
)
def test_misplaced_note_says_where_its_words_are(line, said):
    text = document_of("Erster", "der Müller ging", "wohin", "", "er", "wohin", "kam")
    edition = replace(edition_of(notes=[(line, "wohin")]), source_name="x.txt")
    with pytest.raises(EditionError) as caught:
        annotate(text, edition)
    assert said in str(caught.value)


def test_note_in_two_places_of_its_line_is_refused():
    with pytest.raises(EditionError, match="stands 2 times on line 1"):
        annotate(document_of("so and so"), edition_of(notes=[(1, "so")]))


def test_note_is_bound_to_its_line():
    edition = edition_of(notes=[(2, "here")])
    assert marked(annotate(document_of("here", "here", "here"), edition), "editor") == [
        (1, "", "0")
    ]


def test_every_fault_is_reported_at_once():
    edition = edition_of([["one"], ["two"]], [(1, "three")])
    with pytest.raises(Problems) as caught:
        annotate(document_of("nothing"), edition)
    assert len(caught.value.problems) == 3


def test_link_never_crosses_another_mark():
    document = document_of("The Red Army and the Red Army.")
    text = document.blocks[0].text.with_marks([Mark(4, 7, "emphasis"), Mark(21, 29, "emphasis")])
    text = replace(text, marks=(Mark(0, 6, "emphasis"), Mark(21, 29, "emphasis")))
    document = replace(document, blocks=(replace(document.blocks[0], text=text),))
    (mark,) = (
        mark
        for mark in annotate(document, edition_of([["Red Army"]])).blocks[0].text.marks
        if mark.kind == "glossref"
    )
    assert mark.start == 21


def test_thousands_of_terms_are_laid_in_seconds():
    words = [f"word{number}" for number in range(5000)]
    document = document_of(
        *(" ".join(words[i : i + 50]) for i in range(0, 5000, 50)), *["x y z " * 40] * 2000
    )
    begin = time.process_time()
    found = marked(annotate(document, edition_of([[word] for word in words])), "glossref")
    assert len(found) == 5000
    assert time.process_time() - begin < 3


@given(st.lists(st.text("ab -'", min_size=1, max_size=12), min_size=1, max_size=4))
def test_links_are_whole_words_and_never_overlap(paragraphs):
    document = document_of(*paragraphs)
    edition = edition_of([["a"], ["a b"], ["b a"], ["ab"], ["b"]])
    for present in range(len(edition.glossary)):
        try:
            done = annotate(document, replace(edition, glossary=edition.glossary[: present + 1]))
        except EditionError:
            continue
        for block in done.blocks:
            end = 0
            for mark in block.text.marks:
                assert mark.start >= end
                end = mark.end
                around = (
                    block.text.value[mark.start - 1 : mark.start] + block.text.value[end : end + 1]
                )
                assert not around.isalnum()
