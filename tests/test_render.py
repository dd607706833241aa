"""Rendering: well-formed for any text and marks, ids unique, links resolved, parts sensible."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.book import Book, Part
from publish.document import Anchor, Block, Container, Document, Mark, Source, Text
from publish.edition import Contributor, Edition, EditorNote, Term
from publish.language import FOLDER, load_language
from publish.render import check_parts, render
from publish.rendering.blocks import block_xhtml
from publish.rendering.inline import References, inline
from publish.rendering.labels import labels
from publish.rendering.sections import plain_title
from publish.writers.html import write_html
from publish.writers.text import write_text

OPS = "{http://www.idpf.org/2007/ops}"
NOT_INK = re.compile(r"<[^>]+>")


def block(kind: str, text: str, id: str, marks: tuple[Mark, ...] = (), **rest) -> Block:
    return Block(kind, Text(text, (Anchor(0, 0),), marks), id, **rest)


def document_of(*blocks: Block) -> Document:
    return Document(Source("x", (0,)), blocks)


def book_of(*blocks: Block, edition: Edition | None = None) -> Book:
    edition = edition or Edition.quick(b"x", title="A Title")
    return render(document_of(*blocks), edition)


def body_of(*blocks: Block) -> str:
    return "".join(p.body for p in book_of(*blocks).parts if p.matter == "body")


def heading(text: str, id: str, level: int = 2, role: str = "") -> Block:
    return block("heading", text, id, level=level, role=role)


def words(count: int, id: str) -> Block:
    return block("paragraph", "word " * count, id)


def parsed(body: str) -> ElementTree.Element:
    return ElementTree.fromstring(f'<x xmlns:epub="{OPS[1:-1]}">{body}</x>')


TEXTS = st.text(st.characters(codec=None), min_size=1, max_size=60)
KINDS = ("emphasis", "strong", "smallcaps", "opening", "speaker", "direction", "marker",
         "language", "noteref", "glossref", "editor", "unheard-of")  # fmt: skip


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, tuple[Mark, ...]]:
    text = draw(TEXTS)
    place = st.integers(0, len(text))
    marks = draw(
        st.lists(
            st.builds(
                lambda a, b, kind: Mark(min(a, b), max(a, b), kind, VALUES.get(kind, "")),
                place, place, st.sampled_from(KINDS),
            ),
            max_size=6,
        )
    )  # fmt: skip
    return text, tuple(sorted(set(marks)))


VALUES = {"language": "fr", "noteref": "L9", "glossref": "g-term", "editor": "0"}
ANNOTATED = Edition(
    "x", b"x", glossary=(Term("term", "A *word*."),), notes=(EditorNote(1, "a", "So."),)
)


@given(marked(), st.sampled_from(("paragraph", "verse", "heading", "table", "speech", "item")))
def test_any_text_and_marks_are_well_formed(given_text, kind):
    text, marks = given_text
    edition = replace(ANNOTATED, folder="seeds/x")
    render(
        document_of(
            block(kind, text, "L1", marks, level=2), block("note", "A note.", "L9", role="1")
        ),
        edition,
    )  # check_parts raises on any fault


@given(marked())
def test_marks_add_no_ink_and_lose_none(given_text):
    text, marks = given_text
    marks = tuple(m for m in marks if m.kind not in ("noteref", "editor"))
    plain = inline(block("paragraph", text, "L1"), References())
    shown = inline(block("paragraph", text, "L1", marks), References({}, frozenset({"g-term"})))
    assert NOT_INK.sub("", shown) == plain


def test_overlapping_marks_nest():
    marks = (Mark(0, 7, "emphasis"), Mark(4, 11, "strong"))
    shown = inline(block("paragraph", "one two four", "L1", marks), References())
    assert shown == "<em>one <strong>two</strong></em><strong> fou</strong>r"


def test_a_call_waits_for_the_end_of_a_glossary_link():
    marks = (Mark(0, 8, "glossref", "g-term"), Mark(4, 4, "editor", "0"))
    text = "Red Army"
    edition = replace(ANNOTATED, folder="seeds/x")
    book = book_of(block("paragraph", text, "L1", marks), edition=edition)
    body = next(part.body for part in book.parts if part.matter == "body")
    assert body.index("</a>") < body.index("noteref")


def test_a_language_under_emphasis_is_set_as_foreign():
    marks = (Mark(0, 8, "emphasis"), Mark(0, 8, "language", "la"))
    shown = inline(block("paragraph", "sub rosa", "L1", marks), References())
    assert shown == '<i xml:lang="la" lang="la">sub rosa</i>'


def test_emphasis_beside_a_language_stays_emphasis():
    marks = (Mark(0, 3, "emphasis"), Mark(4, 8, "language", "la"))
    shown = inline(block("paragraph", "sub rosa", "L1", marks), References())
    assert shown == '<em>sub</em> <span xml:lang="la" lang="la">rosa</span>'


def test_number_and_title_are_one_group():
    body = body_of(heading("IV\nThe Lift", "L1", role="chapter"), words(9, "L2"))
    group = parsed(body).find(".//hgroup")
    assert [child.tag for child in group] == ["h2", "p"]
    assert ["".join(child.itertext()) for child in group] == ["IV", "The Lift"]


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("IV.\nTHE LIFT", ["capitals", "capitals"]),
        ("CHAPTER IV.\nTHE LIFT", ["capitals", "capitals"]),
        ("4.\nTHE LIFT", ["", "capitals"]),
        ("IV.\nThe Lift", ["", ""]),
    ],
)
def test_a_numeral_over_a_title_in_capitals_is_no_larger(text, classes):
    """Both are set in small capitals; a capital I would stand out above them."""
    group = parsed(body_of(heading(text, "L1", role="chapter"), words(9, "L2"))).find(".//hgroup")
    assert [child.get("class", "") for child in group] == classes


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("IV\nThe Lift", "IV. The Lift"),
        ("CHAPTER IV.\nThe Lift", "CHAPTER IV. The Lift"),
        ("The Lift", "The Lift"),
    ],
)
def test_titles_in_the_contents_have_one_line(text, title):
    assert plain_title(heading(text, "L1")) == title


def test_an_essay_with_crossheads_stays_in_one_part():
    blocks = [words(300, "L1")]
    for number in range(2, 10):
        blocks.append(heading(f"A Thought {'about' * number}", f"L{number}0"))
        blocks.append(words(400, f"L{number}1"))
    book = book_of(*blocks)
    (part,) = [part for part in book.parts if part.matter == "body"]
    assert part.listed
    assert part.title == "A Title"
    assert [point.id for point in part.points] == [f"L{n}0" for n in range(2, 10)]
    assert "A Title" not in part.body


def test_chapters_have_parts_of_their_own():
    book = book_of(
        heading("CHAPTER I", "L1", role="chapter"), words(50, "L2"),
        heading("CHAPTER II", "L3", role="chapter"), words(50, "L4"),
        heading("A Crosshead", "L5", level=3), words(50, "L6"),
    )  # fmt: skip
    parts = [part for part in book.parts if part.matter == "body"]
    assert [part.id for part in parts] == ["L1", "L3"]
    assert [point.title for point in parts[1].points] == ["A Crosshead"]
    section = parsed(parts[1].body).find("section/section")
    assert section.get("id") == "L5"
    assert section[0].tag == "h3"


def test_chapters_within_parts_are_one_level_deeper():
    book = book_of(
        heading("Preface", "L1", level=2, role="preface"), words(5, "L2"),
        heading("PART ONE", "L3", level=1, role="part"),
        heading("I", "L4", level=2, role="chapter"), words(5, "L5"),
        heading("Appendix", "L6", level=2, role="appendix"), words(5, "L7"),
    )  # fmt: skip
    text = [part for part in book.parts if part.id.startswith("L")]
    assert [(p.kind, p.matter, p.level) for p in text] == [
        ("preface", "front", 1),
        ("part", "body", 1),
        ("chapter", "body", 2),
        ("appendix", "back", 1),
    ]


def test_a_poem_is_one_division_with_its_stanzas():
    poem = (Container("poem", "L1"),)
    body = body_of(
        block("verse", "O harbour,\n  with thy stairs", "L1", within=poem),
        block("verse", "I count thee", "L3", within=poem),
    )
    (verse,) = parsed(body).findall(".//div")
    assert verse.get(f"{OPS}type") == "z3998:poem"
    assert [p.get("class") for p in verse] == ["stanza", "stanza"]
    lines = [(s.get("class"), s.text) for s in verse[0].findall("span")]
    assert lines == [("line", "O harbour,"), ("line indent-1", "with thy stairs")]


def test_a_speech_and_its_speaker_are_one_paragraph():
    marks = (Mark(0, 6, "speaker"), Mark(7, 14, "direction"))
    body = body_of(block("speech", "CLERK. [rises] Yes.", "L1", marks))
    (speech,) = parsed(body).findall(".//p")
    assert "".join(speech.itertext()) == "CLERK. [rises] Yes."
    assert speech.find("b").text == "CLERK."


def test_containers_open_and_close_once():
    letter = (Container("letter", "L1"),)
    quoted = (*letter, Container("quotation", "L3"))
    body = body_of(
        block("dateline", "May 3", "L1", within=letter),
        block("paragraph", "Sir", "L2", within=letter),
        block("paragraph", "quoted", "L3", within=quoted),
        block("signature", "B.", "L4", within=letter),
        block("paragraph", "After.", "L5"),
    )
    tree = parsed(body).find("section")
    assert [child.tag for child in tree] == ["div", "p"]
    assert [child.tag for child in tree[0]] == ["p", "p", "blockquote", "p"]


def test_lists_nest_in_their_items():
    outer = (Container("list", "L1"),)
    inner = (*outer, Container("list", "L2"))
    body = body_of(
        block("item", "one", "L1", within=outer),
        block("item", "within", "L2", within=inner),
        block("item", "two", "L3", within=outer),
    )
    top = parsed(body).find(".//ul")
    assert [child.tag for child in top] == ["li", "li"]
    assert top[0].find("ul/li/p").text == "within"


def test_paragraph_that_goes_on_after_verse_is_flush():
    body = body_of(
        block("paragraph", "He sang:", "L1"), block("verse", "O harbour", "L2"),
        block("paragraph", "and went.", "L3"), block("verse", "O stairs", "L4"),
        block("paragraph", "Night fell.", "L5"),
    )  # fmt: skip
    flush = [p.get("id") for p in parsed(body).iter("p") if p.get("class") == "flush"]
    assert flush == ["L1", "L3"]


def test_table_rows_have_cells_of_one_count():
    body = body_of(block("table", "Flight\tSteps\nLower\t1,120\nUpper", "L1"))
    rows = parsed(body).findall(".//tr")
    assert [len(row) for row in rows] == [2, 2, 2]
    assert rows[1][1].get("class") == "number"
    assert rows[0][1].get("class") is None


def test_a_table_without_a_head_has_one_at_each_row():
    rows = parsed(body_of(block("table", "Rye\t2s.\nOats\t3s.\n\t1d.", "L1"))).findall(".//tr")
    assert [[cell.tag for cell in row] for row in rows] == [["th", "td"]] * 2 + [["td", "td"]]
    assert {row[0].get("scope") for row in rows[:2]} == {"row"}


def test_notes_are_numbered_in_the_order_of_their_calls():
    book = book_of(
        block("paragraph", "One and two.", "L1",
              (Mark(3, 3, "noteref", "L8"), Mark(7, 7, "noteref", "L6"))),
        block("note", "First printed.", "L6", role="*"),
        block("note", "It goes on.", "L7"),
        block("note", "[2] Second printed.", "L8", role="2"),
        block("note", "Nobody calls.", "L9", role="3"),
    )  # fmt: skip
    assert [(n.label, n.call) for n in book.notes] == [
        ("1", "noteref-1"),
        ("2", "noteref-2"),
        ("3", ""),
    ]
    texts = ["".join(parsed(note.body).itertext()) for note in book.notes]
    assert "Second printed." in texts
    assert "First printed.It goes on." in texts
    assert any(part.kind == "endnotes" for part in book.parts)


def test_no_notes_no_part_of_notes():
    assert not any(part.kind == "endnotes" for part in book_of(words(5, "L1")).parts)


def test_a_quick_book_has_no_apparatus():
    kinds = [part.kind for part in book_of(words(5, "L1")).parts]
    assert kinds == ["titlepage", "bodymatter"]


def test_markup_that_is_not_well_formed_names_its_part():
    with pytest.raises(ValueError, match="part L5"):
        check_parts([Part("L5", "Five", "chapter", "body", '<section id="L5"><p></section>')])


def test_an_id_that_stands_twice_is_refused():
    part = Part("L5", "Five", "chapter", "body", '<section id="L5"><p id="L5"/></section>')
    with pytest.raises(ValueError, match="the id L5"):
        check_parts([part])


def test_a_link_that_leads_nowhere_is_refused():
    body = '<section id="L5"><a href="#L6">on</a></section>'
    with pytest.raises(ValueError, match="L6"):
        check_parts([Part("L5", "Five", "chapter", "body", body)])


def test_reading_text_keeps_verse_lines_and_gathers_notes():
    book = book_of(
        heading("I", "L1", role="chapter"),
        block("paragraph", "A road.", "L2", (Mark(6, 6, "noteref", "L3"),)),
        block("note", "By hand.", "L3", role="1"),
        block("verse", "O harbour\n  O stairs", "L4"),
    )
    assert write_text(book).decode() == (
        "A Title\n\n\nI\n\nA road[1].\n\nO harbour\n  O stairs\n\n[1] By hand.\n"
    )


def test_plain_text_begins_with_title_and_author_unless_the_text_does():
    edition = Edition.quick(b"x", title="A Title", contributors=(Contributor("Ann Ode"),))
    said = write_text(book_of(words(2, "L1"), edition=edition)).decode()
    assert said == "A Title\nAnn Ode\n\n\nword word\n"
    own = book_of(heading("A TITLE.", "L1", level=1), words(2, "L2"), edition=edition)
    assert write_text(own).decode() == "A TITLE.\n\nword word\n"


def test_the_closing_line_is_no_heading():
    ends = book_of(words(5, "L1"), block("finis", "THE END", "L2"))
    body = "".join(part.body for part in ends.parts)
    assert '<p id="L2" class="finis">THE END</p>' in body
    assert not any("END" in point.title for part in ends.parts for point in part.points)


def test_the_page_of_html_stands_alone():
    html = write_html(book_of(words(5, "L1"), block("break", "* * *", "L2"))).decode()
    assert "epub:type" not in html
    assert "xml:lang" not in html
    assert '<hr id="L2">' in html
    assert not re.search(r'(?:src|href)="(?!#)', html)


def test_a_whole_blocks_language_stands_on_its_element() -> None:
    spoken = Block(
        "paragraph", Text("Je pense.", (Anchor(0, 0),), (Mark(0, 9, "language", "fr"),)), "L1"
    )
    assert block_xhtml(spoken, References()) == (
        '<p id="L1" xml:lang="fr" lang="fr">Je pense.</p>\n'
    )
    partly = Block(
        "paragraph", Text("Je pense, he said.", (Anchor(0, 0),), (Mark(0, 8, "language", "fr"),)),
        "L1",
    )  # fmt: skip
    assert '<p id="L1"><span xml:lang="fr" lang="fr">Je pense</span>,' in block_xhtml(
        partly, References()
    )


def test_fractions_are_figures() -> None:
    rows = Block("table", Text("Ferry\tFare\nMorning\t4\nEvening\t12½", (Anchor(0, 0),)), "L1")
    assert "<thead>" in block_xhtml(rows, References())


@pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("*/apparatus.toml")), ids=lambda p: p.parent.name
)
def test_labels_have_the_blanks_of_the_english_ones(path: Path) -> None:
    english = labels("en")
    for name, text in tomllib.loads(path.read_text("utf-8")).items():
        assert name in english, name
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(
            re.findall(r"\{\w+\}", english[name])
        ), name
    assert len(labels(path.parent.name)["months"].split()) == 12


@pytest.mark.parametrize("code", ["de", "fr", "es", "it"])
def test_an_edition_speaks_in_the_language_of_its_book(code: str) -> None:
    own = load_language(code).subject("apparatus")
    assert own.keys() == labels("en").keys()
