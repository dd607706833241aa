"""The printed pages as a reader sees them: heads, folios, contents, notes at the foot."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from printed import (
    bare_pdf,
    book,
    chapter,
    elements,
    laid,
    page_texts,
    paragraphs,
    points,
    section,
    whole,
)

from publish.book import Part
from publish.preflight.set_lines import read_setting
from publish.writers.pdf import page_of, write_pdf
from publish.writers.pdf_dress import (
    label_words,
    opening_end,
    part_label,
    running_head,
    set_opening,
)

ROMAN = {"v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return page_texts(write_pdf(book()), tmp_path_factory.mktemp("print"))


def inked(page: str) -> list[str]:
    return [line.strip() for line in page.splitlines() if line.strip()]


def opening(pages: list[str], title: str) -> int:
    """The index of the page that a section begins on."""
    return next(at for at, page in enumerate(pages) if inked(page)[:1] == [title])


def folio(page: str) -> str:
    lines = inked(page)
    head = re.findall(r"^(\S+)\s{3,}|\s{3,}(\S+)$", lines[0])
    if head:
        return head[0][0] or head[0][1]
    return lines[-1] if re.fullmatch(r"[ivxlc]+|\d+", lines[-1]) else ""


def test_front_matter_counts_in_roman_and_the_text_begins_again_at_one(pages: list[str]) -> None:
    introduction, first = opening(pages, "Introduction"), opening(pages, "Chapter the First")
    assert ROMAN[folio(pages[introduction])] == introduction + 1
    assert folio(pages[introduction + 1]) == "viii"
    assert folio(pages[first]) == "1"
    numbered = [folio(page) for page in pages[first:] if inked(page)]
    assert numbered == [str(at + 1) for at in range(len(numbered))]


def test_the_text_begins_on_a_recto(pages: list[str]) -> None:
    assert opening(pages, "Chapter the First") % 2 == 0
    assert opening(pages, "Introduction") % 2 == 0


def test_title_pages_and_blank_versos_are_bare(pages: list[str]) -> None:
    assert inked(pages[0]) == ["The Unfinished Wall"]
    assert inked(pages[1]) == []
    assert inked(pages[2]) == ["The Unfinished Wall", "❧"]
    assert inked(pages[3]) == ["Printed nowhere."]


def test_a_section_opens_without_a_running_head(pages: list[str]) -> None:
    for title in ("Introduction", "Chapter the First", "Chapter the Third"):
        page = inked(pages[opening(pages, title)])
        assert page[0] == title
        assert "The Unfinished Wall" not in page[:2]


def test_versos_carry_the_title_and_rectos_the_section(pages: list[str]) -> None:
    first, second = opening(pages, "Chapter the First"), opening(pages, "Chapter the Second")
    for at in range(first + 1, second):
        head = inked(pages[at])[0]
        if at % 2:
            assert re.fullmatch(r"\d+\s+The Unfinished Wall", head), head
        else:
            assert re.fullmatch(r"Chapter the First\s+\d+", head), head


def test_contents_give_the_page_on_which_each_section_begins(pages: list[str]) -> None:
    contents = pages[opening(pages, "Contents")]
    for title in ("Introduction", "Chapter the First", "Chapter the Second", "Colophon"):
        line = next(line for line in contents.splitlines() if line.strip().startswith(title))
        assert re.search(r"(\. ){5}", line)
        assert line.split()[-1] == folio(pages[opening(pages, title)])


def test_a_note_stands_at_the_foot_of_the_page_of_its_call(pages: list[str]) -> None:
    called = [at for at, page in enumerate(pages) if "The levels were taken" in page]
    noted = [at for at, page in enumerate(pages) if "Levelling was then done by eye." in page]
    assert called == noted
    assert len(noted) == 1
    lines = inked(pages[noted[0]])
    place = next(at for at, line in enumerate(lines) if "Levelling was then" in line)
    assert place >= len(lines) - 2
    assert lines[place].startswith("1.")


def test_a_section_of_notes_that_is_prose_is_printed(tmp_path: Path) -> None:
    inner = "<p>These remarks were made a year later.</p>"
    remarks = Part(
        "remarks", "Notes", "endnotes", "back", section("remarks", "endnotes", "Notes", inner)
    )
    pages = page_texts(write_pdf(book(parts=(*whole(), remarks))), tmp_path)
    assert any("These remarks were made a year later." in page for page in pages)


def test_a_text_of_one_part_has_its_crossheads_at_the_head(tmp_path: Path) -> None:
    inner = "".join(
        f'<h2 id="{point.id}">{point.title}</h2>{paragraphs(point.id, 8)}' for point in points()
    )
    body = f'<section id="text"><h1>The Unfinished Wall</h1>{paragraphs("t", 4)}{inner}</section>'
    part = Part("text", "The Unfinished Wall", "chapter", "body", body, points=points())
    pages = page_texts(write_pdf(book(parts=(part,), notes=())), tmp_path)
    heads, last = {"First Levels": 0, "Second Levels": 0}, "The Unfinished Wall"
    for at, page in enumerate(pages[:-1]):
        last = next((line for line in reversed(inked(page)[1:]) if line in heads), last)
        if at and at % 2 == 0:
            assert re.fullmatch(rf"{last}\s+{at + 1}", inked(page)[0])
            heads[last] = heads.get(last, 0) + 1
    assert heads["First Levels"]
    assert heads["Second Levels"]


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("The Unfinished Wall", "The Unfinished Wall"),
        ("The Unfinished Wall: Being a Surveyor’s Account of a Valley", "The Unfinished Wall"),
        (
            "An Account of the Levels Taken in the Valley before the Rains",
            "An Account of the Levels Taken in the Valley…",
        ),
        ("Chapter\n  the First", "Chapter the First"),
        ("Preface to the Levels.", "Preface to the Levels"),
        ("A History of the U.S.S.R.", "A History of the U.S.S.R."),
        ("Dombey & Son, Esq.", "Dombey & Son, Esq."),
        ("CHAPTER XIV.", "CHAPTER XIV"),
        (
            "CHAPTER XIV. AN ACCOUNT OF THE LEVELS IN THE VALLEY.",
            "AN ACCOUNT OF THE LEVELS IN THE VALLEY",
        ),
        (
            "12. The Levels Taken Again in the Valley After It",
            "The Levels Taken Again in the Valley After It",
        ),
        ("CHAPTER XIV. THE WALL", "CHAPTER XIV. THE WALL"),
    ],
)
def test_a_long_title_is_cut_for_the_head(title: str, head: str) -> None:
    assert running_head(title) == head


def test_words_divided_at_line_ends_can_be_found(pages: list[str]) -> None:
    divided = [
        line for page in pages for line in page.splitlines() if line.endswith(("‐", "-", "\xad"))
    ]
    assert divided
    assert all(line.endswith("\xad") for line in divided)


def test_same_text_is_set_with_and_without_settled_lines() -> None:
    from publish.preflight.set_lines import read_setting

    def text(settled: bool) -> str:
        lines = [line.text for line in read_setting(bare_pdf(laid(book(), settled=settled))).lines]
        joined = "".join(
            line.removesuffix("‐") if line.endswith("‐") else line.strip() + " " for line in lines
        )
        return re.sub(r"(?<=\w-) ", "", joined)

    assert text(True) == text(False)


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("To Sherlock Holmes she is always the woman.", "To Sherlock"),
        ("“Well, Prince, so Genoa and Lucca", "“Well"),
        ("It was a dark and stormy night", "It was a dark"),
        ("’Twas the night before", "’Twas the night"),
        ("No. The old man was there", "No"),
        (
            "It is Mrs.\N{NO-BREAK SPACE}Higgins’s at-home day.",
            "It is Mrs.\N{NO-BREAK SPACE}Higgins’s",
        ),
        ("Mr\xa0Jones, of the Manor Farm", "Mr\xa0Jones"),
        ("J. P. Morgan had walked", "J. P. Morgan"),
        ("Bien\xa0! dit le Chat", "Bien"),
        ("No.\xa0— He went", "No"),
        ("1. A numbered paragraph", ""),
        ("—And so he went", ""),
        ("", ""),
    ],
)
def test_first_words_of_a_chapter_end_at_a_stop_or_the_fourth_word(text: str, opening: str) -> None:
    assert text[: opening_end(text)] == opening


def test_a_title_in_capitals_is_set_in_small_ones(tmp_path: Path) -> None:
    body = f'<section id="s"><h2>THE WALL</h2>{paragraphs("s", 2)}</section>'
    part = Part("s", "THE WALL", "chapter", "body", body)
    heading = next(each for each in elements(book(parts=(part,), notes=())) if each.tag == "h2")
    assert "capitals" in heading.get("class", "").split()
    assert not any("capitals" in element.get("class", "") for element in elements(book()))


def right_edges(pdf: bytes, page: int) -> dict[str, float]:
    """The right edge, in tenths of a point, of the last word of each line of a page."""
    read = subprocess.run(
        ["pdftotext", "-bbox-layout", "-f", str(page), "-l", str(page), "-", "-"],
        input=pdf, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    words = re.findall(r'xMax="([\d.]+)" yMax="([\d.]+)">([^<]+)</word>', read)
    edges: dict[str, tuple[float, str]] = {}
    for x, y, word in words:
        edges[y] = max(edges.get(y, (0.0, "")), (float(x), word))
    return {f"{y} {word}": round(x, 1) for y, (x, word) in edges.items()}


@pytest.mark.parametrize("theme", ["garamond", "large-print"])
def test_folios_of_the_contents_end_at_the_measure(theme: str, tmp_path: Path) -> None:
    titles = [
        "CHAPTER I. THE WALL.",
        "CHAPTER II. AN ACCOUNT OF THE LEVELS IN THE VALLEY BEFORE THE RAINS.",
        "An Account of the Levels Taken in the Valley before the Rains Began",
    ]
    parts = [each for each in whole() if not each.id.startswith("chapter")]
    for at, each in enumerate(titles):
        body = section(f"c{at}", "chapter", each, paragraphs(f"c{at}", 9))
        parts.append(Part(f"c{at}", each, "chapter", "body", body))
    trim = "pocket" if theme == "garamond" else "digest"
    pdf = write_pdf(book(trim=trim, theme=theme, parts=tuple(parts)))
    texts = page_texts(pdf, tmp_path)
    contents = opening(texts, "Contents")
    edges = right_edges(pdf, contents + 1)
    folios = [x for word, x in edges.items() if re.fullmatch(r"\S+ [ivx\d]+", word)]
    folios = folios[:-1]  # the last is the page's own
    assert len(folios) == 5
    assert max(folios) - min(folios) < 1.0  # figures have their own sides
    assert "WALL. ." not in texts[contents]
    assert "RAINS. ." not in texts[contents]


def test_contents_set_a_title_in_capitals_as_its_chapter_does() -> None:
    body = section("s", "chapter", "THE WALL.", paragraphs("s", 2))
    parts = (whole()[3], Part("s", "THE WALL.", "chapter", "body", body))
    made = elements(book(parts=parts, notes=()))
    entry = next(each for each in made if each.tag == "a" and "entry" in each.get("class", ""))
    assert "capitals" in entry.get("class", "").split()
    assert entry.text == "THE WALL"


@pytest.mark.parametrize(
    ("title", "label", "named"),
    [
        ("CHAPTER II. The Garden of Live Flowers", "CHAPTER II", "The Garden of Live Flowers"),
        ("Chapter 3: The Wall", "Chapter 3", "The Wall"),
        ("KAPITEL IV.—Die Mauer", "KAPITEL IV", "Die Mauer"),
        ("CHAPTER II.", "", ""),
        ("I. A Scandal", "", ""),
        ("Henry V. at Agincourt", "", ""),  # no other title begins with Henry
    ],
)
def test_the_label_of_a_title_stands_on_a_line_of_its_own(
    title: str, label: str, named: str
) -> None:
    element = Element("h2")
    element.text = title
    titles = [title, "Chapter I. The House", "CHAPTER V. The Rains", *["Kapitel V. Das Haus"] * 2]
    parts = [Part(each, each, "chapter", "body", "") for each in titles]
    part_label(element, label_words(parts))
    if not label:
        assert element.text == title
        assert not len(element)
        return
    assert [line.text for line in element] == [label, named]


@pytest.mark.parametrize("shout", [False, True])
def test_a_title_with_its_label_keeps_the_grid(shout: bool, tmp_path: Path) -> None:
    title = "CHAPTER II. An Account of the Levels Taken in the Valley before the Rains"
    title = title.upper() if shout else title
    part = Part("s", title, "chapter", "body", section("s", "chapter", title, paragraphs("s", 9)))
    other = Part("t", "Chapter I. A", "chapter", "back", section("t", "chapter", "A", "<p>A.</p>"))
    pdf = write_pdf(book(trim="pocket", parts=(whole()[3], part, other), notes=()))
    lines = read_setting(pdf).lines
    heading = [line for line in lines if line.tag == "H1" and line.page == 3]
    assert heading[0].text.strip() == "CHAPTER II"
    assert len(heading) == 3 + shout
    text = {line.page: line.baseline for line in reversed(lines) if line.tag == "P"}
    leading = page_of(book(trim="pocket")).leading
    steps = (text[4] - text[3]) / leading  # the first lines of both pages
    assert abs(steps - round(steps)) < 0.05
    entry = next(text for text in page_texts(pdf, tmp_path) if "Contents" in text)
    assert title[:22] in " ".join(entry.split())


def test_a_title_of_large_print_is_balanced_in_the_size_it_has() -> None:
    made = book(theme="large-print", title="Adventures of Huckleberry Finn, Complete")
    inner = section("title", "titlepage", "Adventures of Huckleberry Finn, Complete", "")
    parts = (Part("title", "Title page", "titlepage", "front", inner, listed=False), chapter(0))
    made = replace(made, parts=parts, notes=())
    title = next(each for each in elements(made) if "book-title" in each.get("class", ""))
    assert len(title.findall("br")) == 2


@pytest.mark.parametrize("trim", ["pocket", "digest", "royal"])
@pytest.mark.parametrize("theme", ["garamond", "large-print"])
def test_a_title_page_of_many_lines_keeps_to_its_page(
    trim: str, theme: str, tmp_path: Path
) -> None:
    if (trim, theme) == ("pocket", "large-print"):
        trim = "a5"
    title = "The Unfinished Wall and the Levels That Were Taken in the Valley"
    lines = (
        '<p class="subtitle">Being an Account of the Eleven Days before the Rains and after</p>'
        '<p class="byline">attributed to A. Surveyor</p><p class="date">June 18, 1837</p>'
        '<p class="publisher">The Valley Press</p>'
    )
    parts = list(whole())
    parts[1] = Part(
        "title", "Title page", "titlepage", "front", section("title", "titlepage", title, lines),
        listed=False,
    )  # fmt: skip
    texts = page_texts(write_pdf(book(trim=trim, theme=theme, parts=tuple(parts))), tmp_path)
    assert inked(texts[2])[-1].lower() == "the valley press"
    assert inked(texts[3]) == ["Printed nowhere."]


def test_a_short_first_paragraph_is_set_in_small_capitals_as_a_whole() -> None:
    from xml.etree.ElementTree import fromstring

    made = fromstring("<section><p>A Professor of Phonetics.</p><p>He came in.</p></section>")
    set_opening(made)
    assert [span.text for span in made.iter("span")] == ["A Professor of Phonetics."]


def test_nothing_in_large_print_is_smaller_than_its_text() -> None:
    body = section("s", "chapter", "The Wall", paragraphs("s", 2) + '<p class="finis">ENDE</p>')
    parts = (whole()[3], Part("s", "The Wall", "chapter", "body", body), whole()[-1])
    pdf = write_pdf(book(theme="large-print", parts=parts, notes=()))
    read = subprocess.run(
        ["pdftohtml", "-xml", "-i", "-zoom", "1", "-stdout", "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    ).stdout.decode()
    sizes = {int(size) for size in re.findall(r'<fontspec [^>]*size="(\d+)"', read)}
    assert "ENDE" in read
    assert min(sizes) >= 16


@pytest.mark.parametrize("before", range(14, 22))
def test_no_item_of_a_list_stands_alone_on_a_page(before: int, tmp_path: Path) -> None:
    lines = "".join(f"<p>Line {at}.</p>" for at in range(before))
    items = "".join(f"<li>Item {at}.</li>" for at in range(5))
    body = section("s", "chapter", "The Wall", f"{lines}<ul>{items}</ul>")
    part = Part("s", "The Wall", "chapter", "body", body)
    for page in page_texts(write_pdf(book(trim="pocket", parts=(part,), notes=())), tmp_path):
        assert page.count("Item") != 1
