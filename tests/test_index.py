"""The index: every occurrence of every form, linked on a screen, by page in print."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from printed import page_texts

from publish.book import Book
from publish.document import Anchor, Block, Document, Mark, Source, Text
from publish.edition import Edition, Metadata, Term
from publish.edition_folder import load_edition
from publish.language import load_language
from publish.pipeline import prepare
from publish.render import render
from publish.rendering.apparatus import lettered
from publish.writers.epub import write_epub
from publish.writers.pdf import write_pdf

SEED = Path(__file__).parent.parent / "seeds" / "russian-events-1937"
NAMES = {"x": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}


def small(
    *terms: Term, texts: tuple[str, ...], kinds: tuple[str, ...] = (), marked: bool = True
) -> Book:
    kinds = kinds or ("paragraph",) * len(texts)
    marks = (Mark(4, 7, "glossref", terms[0].id),) if marked and terms else ()
    blocks = tuple(
        Block(
            kind,
            Text(text, (Anchor(0, at * 100),), marks if at == 0 else ()),
            f"L{at + 1}",
            level=2 if kind == "heading" else 0,
        )
        for at, (text, kind) in enumerate(zip(texts, kinds, strict=True))
    )
    edition = Edition(
        "small", b"x", folder="seeds/small", metadata=Metadata(title="Small"), glossary=terms
    )
    source = Source("x" * 5000, tuple(range(0, 5000, 10)))
    return render(Document(source, blocks), edition)


def entries(book: Book) -> dict[str, list[str]]:
    """For each entry what its links lead to, or the entry it refers to."""
    part = next(part for part in book.parts if part.kind == "index")
    items = re.findall(r"<li[^>]*>.*?</li>", part.body)
    return {
        re.sub("<[^>]*>", "", item).split(",")[0]: re.findall(r'href="#([^"]*)"', item)
        for item in items
    }


def test_each_occurrence_of_each_form_has_its_link() -> None:
    term = Term("cat", "An animal.", forms=("kitten",))
    made = entries(
        small(term, texts=("The cat. A cat, a kitten.", "Concatenate the cat-flap, cat"))
    )
    assert made == {
        "cat": ["L1-g-cat", "L1-i2", "L1-i3", "L2-i1"],
        "kitten": ["i-g-cat"],
    }


def test_headings_are_not_indexed() -> None:
    term = Term("cat", "An animal.")
    made = small(term, texts=("The cat.", "The cat", "No"), kinds=("paragraph", "heading", "break"))
    assert entries(made) == {"cat": ["L1-g-cat"]}


def test_forms_filed_beside_their_term_are_not_referred() -> None:
    term = Term("cat", "An animal.", forms=("cats", "Felis", "Felidae"))
    made = entries(small(term, texts=("The cat. Cats, cats, Felis, Felidae.",)))
    assert list(made) == ["cat", "Felis"]


def test_a_book_without_a_glossary_has_no_index() -> None:
    assert not any(part.kind == "index" for part in small(Term("x", "y"), texts=("a",)).parts[:1])
    edition = Edition("bare", b"x", folder="seeds/bare", metadata=Metadata(title="Bare"))
    block = Block("paragraph", Text("Text.", (Anchor(0, 0),)), "L1")
    book = render(Document(Source("Text.", (0,)), (block,)), edition)
    assert not any(part.kind == "index" for part in book.parts)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition(SEED)


@pytest.fixture(scope="module")
def book(edition: Edition) -> Book:
    return render(prepare(edition), edition)


def test_every_occurrence_in_the_first_edition_is_linked(book: Book, edition: Edition) -> None:
    """Against a count that knows nothing of how they were found: the forms as one pattern."""
    forms = sorted((f for t in edition.glossary for f in (t.term, *t.forms)), key=len)[::-1]
    spelled = "|".join(re.escape(form) for form in forms).replace('"', '[“”"]').replace("'", "[’']")
    pattern = re.compile(rf"(?<![\w])(?<!\w-)(?:{spelled})(?!\w)(?!-\w)")
    count = sum(
        len(pattern.findall(" ".join(block.text.value.split())))
        for block in book.blocks
        if block.kind not in ("heading", "break", "figure")
    )
    links = [id for ids in entries(book).values() for id in ids if not id.startswith("i-")]
    assert len(links) == len(set(links)) == count > 150


def test_links_of_the_epub_lead_to_the_very_words(book: Book, edition: Edition) -> None:
    forms = {t.id: {form.replace('"', "") for form in (t.term, *t.forms)} for t in edition.glossary}
    with ZipFile(BytesIO(write_epub(book))) as epub:
        pages = {
            name.removeprefix("EPUB/"): etree.fromstring(epub.read(name))
            for name in epub.namelist()
            if name.endswith(".xhtml")
        }
    followed = 0
    path = "//x:li[@epub:type='index-entry'][@id]"
    for entry in pages["index.xhtml"].xpath(path, namespaces=NAMES):
        for link in entry.findall("x:a", NAMES):
            file, _, id = link.get("href").partition("#")
            (place,) = pages[file].xpath(f"//*[@id='{id}']")
            text = " ".join("".join(place.itertext()).split()).strip("“”")
            assert text in forms[entry.get("id").removeprefix("i-")], (text, entry.get("id"))
            followed += 1
    assert followed > 150


def whole_words(page: str) -> str:
    """A page's text with the words of its line ends joined; a compound keeps its hyphen."""
    return " ".join(re.sub(r"-\n\s*", "-", re.sub(r"\xad\s*", "", page)).split())


def test_pages_of_the_print_are_those_of_the_words(
    book: Book, edition: Edition, tmp_path: Path
) -> None:
    pages = page_texts(write_pdf(replace(book, page_breaks=())), tmp_path)
    opening = next(at for at, text in enumerate(pages) if "Even the most obedient" in text)
    plain = [whole_words(page) for page in pages]
    first = min(at for at, page in enumerate(plain) if page.startswith("Index "))
    columns = subprocess.run(  # one after the other, as they are read
        ["pdftotext", "-f", str(first + 1), "-l", str(first + 3), str(tmp_path / "book.pdf"), "-"],
        capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    printed = whole_words(columns)
    checked = 0
    for term in edition.glossary:
        line = re.search(rf"(?<= ){re.escape(term.term)}(?: \([^)]*\))?((?:, \d+)+)(?= )", printed)
        within = [other for other in edition.glossary if other.term.endswith(" " + term.term)]
        if not line or within or "(" in term.modern:
            continue
        for number in re.findall(r"\d+", line[1]):
            page = plain[opening + int(number) - 1]
            forms = [form.strip('"') for form in (term.term, *term.forms)]
            parted = [
                form[: form.index("-") + 1] for form in forms if "-" in form
            ]  # by a page's end
            assert any(form in page for form in [*forms, *parted]), term.term
            checked += 1
        assert len(set(re.findall(r"\d+", line[1]))) == len(re.findall(r"\d+", line[1]))
    assert checked > 80


def test_readings_are_found_by_page_and_line(book: Book, tmp_path: Path) -> None:
    pages = page_texts(write_pdf(replace(book, page_breaks=())), tmp_path)
    opening = next(at for at, text in enumerate(pages) if "Even the most obedient" in text)
    listed = next(text for text in pages if "before the bracket" in text)
    assert "Numbers are those of page and line." in " ".join(listed.split())
    bodies = " ".join(part.body for part in book.parts)
    headings = re.findall(r"<h\d[^>]*>(.*?)</h\d>", bodies)
    titles = {unescape(re.sub(r"<[^>]*>", "", heading)) for heading in headings}
    found = re.findall(r"^ *(\d+)\.(\d+) +([^\s\]]+)", listed, re.MULTILINE)
    for folio, number, word in found:
        lines = [line.strip() for line in pages[opening + int(folio) - 1].splitlines()]
        counted = [line for line in lines if line][1:]  # below the running head
        counted = [line for line in counted if line not in titles]
        assert word in counted[int(number) - 1], (folio, number, word)
    assert len(found) == 5


def test_locators_bear_the_printed_pages_where_there_is_a_page_list(book: Book) -> None:
    breaks = (("1", "L1", 0), ("2", "L27", 479), ("3", "L111", 0))
    with ZipFile(BytesIO(write_epub(replace(book, page_breaks=breaks)))) as epub:
        index = unescape(epub.read("EPUB/index.xhtml").decode())
    line = re.search(r'<li id="i-g-c-p-s-u".*?</li>', index, re.DOTALL)
    assert line
    assert re.findall(r'">(\d+)</span>', line[0]) == ["1", "2", "3"]  # each page once
    assert re.findall(r'aria-label="(\d+):', line[0]) == ["1", "2", "3"]
    assert re.sub("<[^>]*>", "", line[0]).endswith(", 1, 2, 3")
    kept = re.findall(r'#([^"]*)" aria-label', line[0])
    every = next(ids for ids in entries(book).values() if kept[0] in ids)
    assert set(kept) < set(every)
    assert kept[0] == every[0]
    for entry in re.findall(r'<li id="i-.*?</li>', index, re.DOTALL):
        folios = re.findall(r'">(\d+)</span>', entry)
        assert folios == sorted(set(folios), key=int)


def test_links_back_from_the_glossary_are_lettered_and_said_to_be_the_first(book: Book) -> None:
    """A number there would be taken for that of a page; the index has every place."""
    part = next(part for part in book.parts if part.kind == "glossary")
    entry = re.search(r'<div id="g-agents-of.*?</div>', part.body, re.DOTALL)
    assert entry
    assert re.findall(r'<span class="screen">(\w+)</span>', entry[0]) == ["a", "b"]
    assert re.findall(r'aria-label="(\w+): first use in', entry[0]) == ["a", "b"]
    lead = "Each entry ends with the places where its term first stands in each section"
    assert lead in part.body.split("<dl>")[0]
    assert [lettered(n) for n in (1, 26, 27, 52, 53)] == ["a", "z", "aa", "az", "ba"]


def test_a_glossary_whose_terms_stand_nowhere_promises_no_places() -> None:
    made = small(Term("cat", "An animal."), texts=("No such beast is here.",), marked=False)
    part = next(part for part in made.parts if part.kind == "glossary")
    assert "<dl>" in part.body
    assert "Each entry" not in part.body


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "it"])
def test_every_language_with_a_glossary_says_what_its_places_are(language: str) -> None:
    own = load_language(language).subject("apparatus")
    assert own["glossary_lead"].endswith(".")
    assert own["glossary"]
