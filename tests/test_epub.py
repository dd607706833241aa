"""The EPUB writer: package, pages, links, navigation, metadata, and the same bytes every time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from everything import PROSE, everything
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from rendered import every_kind

from publish.book import Book, Part
from publish.edition import Contributor, Metadata
from publish.errors import UsageError
from publish.language import FOLDER, load_language
from publish.preflight.epub import check_format
from publish.writers.docx import write_docx
from publish.writers.epub import write_epub
from publish.writers.epub_kobo import kobo_spans
from publish.writers.epub_metadata import identifier, name_file_as, title_file_as
from publish.writers.epub_page_breaks import with_page_breaks
from publish.writers.epub_pages import PAGE_LIMIT, file_stem, page_xhtml, pieces
from publish.writers.moment import moment
from publish.writers.pdf import write_pdf

NAMES = {
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "x": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
}
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


@pytest.fixture(scope="module")
def book() -> Book:
    return everything()


@pytest.fixture(scope="module")
def epub(book: Book) -> ZipFile:
    return ZipFile(BytesIO(write_epub(book)))


@pytest.fixture(scope="module")
def package(epub: ZipFile) -> etree._Element:
    return etree.fromstring(epub.read("EPUB/content.opf"))


def texts(tree: etree._Element, path: str) -> list[str]:
    return [str(node.text) for node in tree.xpath(path, namespaces=NAMES)]


def pages_of(epub: ZipFile) -> dict[str, etree._Element]:
    return {
        name.removeprefix("EPUB/"): etree.fromstring(epub.read(name))
        for name in epub.namelist()
        if name.endswith(".xhtml")
    }


# The container ------------------------------------------------------------------------------


def test_mimetype_comes_first_and_uncompressed(epub: ZipFile) -> None:
    first = epub.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
    assert epub.read("mimetype") == b"application/epub+zip"


def test_entries_bear_the_editions_date_and_no_trace_of_the_machine(epub: ZipFile) -> None:
    for entry in epub.infolist():
        assert entry.date_time == (2026, 11, 1, 0, 0, 0), entry.filename
        assert (entry.create_system, entry.external_attr >> 16) == (3, 0o644)


def test_a_date_before_1980_does_not_stop_the_writer(book: Book) -> None:
    metadata = replace(book.edition.metadata, edition_date="1970-01-01")
    old = replace(book, edition=replace(book.edition, metadata=metadata))
    with ZipFile(BytesIO(write_epub(old))) as epub:
        assert {entry.date_time[0] for entry in epub.infolist()} == {1980}
        package = etree.fromstring(epub.read("EPUB/content.opf"))
    assert texts(package, "//opf:meta[@property='dcterms:modified']") == ["1970-01-01T00:00:00Z"]


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "UTC"},
        {"PYTHONHASHSEED": "77", "TZ": "Pacific/Auckland", "LC_ALL": "C"},
    ],
)
def test_bytes_are_the_same_in_every_time_zone_and_folder(
    book: Book, tmp_path: Path, environment: dict[str, str]
) -> None:
    program = (
        "import sys; from everything import everything;"
        "from publish.writers.epub import write_epub;"
        "sys.stdout.buffer.write(write_epub(everything()))"
    )
    tests = os.pathsep.join(map(str, (Path(__file__).parent, Path(__file__).parent.parent)))
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, **environment, "PYTHONPATH": tests},
        check=True,
    )
    assert run.stdout == write_epub(book)


def test_source_date_epoch_decides_the_date(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    with ZipFile(BytesIO(write_epub(book))) as epub:
        package = etree.fromstring(epub.read("EPUB/content.opf"))
        assert epub.infolist()[1].date_time == (2023, 11, 14, 22, 13, 20)
    assert texts(package, "//opf:meta[@property='dcterms:modified']") == ["2023-11-14T22:13:20Z"]


def test_modified_never_asks_the_clock() -> None:
    assert moment(Metadata(edition_date="2026-11-01")).isoformat() == "2026-11-01T00:00:00+00:00"


@pytest.mark.parametrize("epoch", ["yesterday", "-1", "1e9", "99999999999999999", "²"])
@pytest.mark.parametrize("write", [write_epub, write_docx, write_pdf])
def test_an_epoch_that_is_no_date_is_one_sentence(
    epoch: str, write: Callable[[Book], bytes], book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(UsageError, match=f"is “{epoch}”, which is no date"):
        write(book)


# Pages and links ----------------------------------------------------------------------------


def test_every_link_inside_the_book_finds_its_place(epub: ZipFile) -> None:
    pages = pages_of(epub)
    ids = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    count = 0
    for name, page in pages.items():
        for href in page.xpath("//x:a/@href", namespaces=NAMES):
            target, _, fragment = href.partition("#")
            assert (target or name) in pages, (name, href)
            assert not fragment or fragment in ids[target or name], (name, href)
            count += 1
    assert count > 20


def test_ids_are_unique_over_the_whole_book(epub: ZipFile) -> None:
    pages = pages_of(epub)
    del pages["contents.xhtml"]  # its ids are its own
    ids = [id for page in pages.values() for id in page.xpath("//@id")]
    assert len(ids) == len(set(ids))


def test_no_page_is_larger_than_readers_take(epub: ZipFile) -> None:
    sizes = {entry.filename: entry.file_size for entry in epub.infolist()}
    assert "EPUB/l90-2.xhtml" in sizes, "the long chapter is not split"
    assert all(size <= PAGE_LIMIT for name, size in sizes.items() if name.endswith(".xhtml"))


def test_pages_say_their_language_and_title(epub: ZipFile, package: etree._Element) -> None:
    assert package.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    for name, page in pages_of(epub).items():
        assert page.get("lang") == "en", name
        assert page.xpath("string(//x:title)", namespaces=NAMES), name


def test_bodies_keep_every_byte_of_the_rendering(book: Book, epub: ZipFile) -> None:
    part = next(part for part in book.parts if part.id == "preface")
    assert part.body.encode() in epub.read("EPUB/preface.xhtml")


def test_parts_for_other_formats_stay_out(epub: ZipFile) -> None:
    assert not any("print-only" in name for name in epub.namelist())


def test_file_names_suit_every_file_system_and_stay_apart() -> None:
    taken: set[str] = set()
    for id in ("L39", "l39", "L 39", "§ 4", "…", "part/one"):
        stem = file_stem(id, taken)
        assert re.fullmatch(r"[a-z0-9_-]+", stem), stem
        assert f"{stem}.xhtml" not in taken
        taken.add(f"{stem}.xhtml")


words = st.text("abc äß€ &<>\"'", min_size=1, max_size=30)
leaf = words.map(lambda w: f"<p>{w.replace('&', '&amp;').replace('<', '&lt;')}</p>")


def container(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inside = st.lists(children, min_size=1, max_size=6).map("".join)
    items = st.lists(children, min_size=1, max_size=5).map(
        lambda c: "<ol>" + "".join(f"<li>{x}</li>" for x in c) + "</ol>"
    )
    terms = st.lists(children, min_size=1, max_size=4).map(
        lambda c: "<dl>" + "".join(f"<dt>t</dt><dd>{x}</dd>" for x in c) + "</dl>"
    )
    return st.one_of(
        inside.map(
            lambda c: f'<section epub:type="chapter" role="doc-chapter"><h2>H</h2>{c}</section>'
        ),
        inside.map(lambda c: f'<blockquote class="q">{c}</blockquote>'),
        items,
        terms,
    )


@given(st.recursive(leaf, container, max_leaves=60), st.integers(60, 600))
@settings(max_examples=150, deadline=None)
def test_split_pieces_are_well_formed_and_hold_all_the_text(content: str, limit: int) -> None:
    body = f'<section id="s" aria-labelledby="h"><h1 id="h">Head</h1>{content}</section>'
    split = pieces(body, limit)
    trees = [etree.fromstring(page_xhtml("t", piece, "en", ())) for piece in split]
    whole = etree.fromstring(page_xhtml("t", body, "en", ()))
    path = "//x:body//text()"
    given_text = "".join("".join(whole.xpath(path, namespaces=NAMES)).split())
    made = "".join("".join("".join(t.xpath(path, namespaces=NAMES)).split()) for t in trees)
    assert made == given_text
    ids = [id for tree in trees for id in tree.xpath("//@id")]
    assert ids == ["s", "h"]
    for tree in trees[:-1]:  # a heading never stands at the foot of a page, nor a term
        last = list(tree.iter("{*}h1", "{*}h2", "{*}dt", "{*}p"))[-1]
        assert etree.QName(last).localname == "p"


def test_a_chapter_is_cut_at_its_sections_rather_than_within_them() -> None:
    inner = f"<section><h3>Head</h3>{f'<p>{PROSE}</p>' * 3}</section>"
    split = pieces(f"<section>{inner * 10}</section>", len(inner) * 4)
    assert len(split) > 2
    for piece in split:
        assert piece.startswith("<section><section><h3>")
        assert piece.endswith("</p></section></section>")


def test_a_list_goes_on_counting_where_it_was_cut() -> None:
    items = "".join(f"<li>{n}</li>" for n in range(1, 101))
    split = pieces(f"<section><ol>{items}</ol></section>", 400)
    assert len(split) > 2
    for piece in split[1:]:
        start, first = re.search(r'<ol start="(\d+)"><li>(\d+)</li>', piece).groups()  # type: ignore[union-attr]
        assert start == first


def test_a_body_that_cannot_be_cut_stays_whole() -> None:
    table = "<table>" + "<tr><td>x</td></tr>" * 50 + "</table>"
    assert pieces(f"<section>{table}</section>", 200) == [f"<section>{table}</section>"]


# Navigation ---------------------------------------------------------------------------------


def test_contents_are_nested_as_the_parts_are(epub: ZipFile) -> None:
    nav = etree.fromstring(epub.read("EPUB/contents.xhtml"))
    top = "//x:nav[@epub:type='toc']/x:ol/x:li"
    assert texts(nav, f"{top}/x:a") == [
        "Preface", "Part One: Below", "Notes", "Glossary", "Colophon",
    ]  # fmt: skip
    assert texts(nav, f"{top}/x:ol/x:li/x:a") == ["Chapter I. Of Stairs", "Chapter II. Of Letters"]
    assert texts(nav, f"{top}/x:ol/x:li/x:ol/x:li/x:a") == ["The Lift That Was Not Built"]


def test_ncx_and_contents_agree(epub: ZipFile) -> None:
    nav = etree.fromstring(epub.read("EPUB/contents.xhtml"))
    ncx = etree.fromstring(epub.read("EPUB/toc.ncx"))
    listed = nav.xpath("//x:nav[@epub:type='toc']//x:a", namespaces=NAMES)
    points = ncx.xpath("//ncx:navPoint", namespaces=NAMES)
    labels = [p.findtext("ncx:navLabel/ncx:text", namespaces=NAMES) for p in points]
    assert [a.text for a in listed] == labels
    assert [a.get("href") for a in listed] == [
        p.find("ncx:content", NAMES).get("src") for p in points
    ]
    assert ncx.xpath("//ncx:meta[@name='dtb:depth']/@content", namespaces=NAMES) == ["3"]


def test_the_contents_page_stands_where_the_book_has_it(package: etree._Element) -> None:
    spine = package.xpath("//opf:spine/opf:itemref/@idref", namespaces=NAMES)
    assert spine[:5] == ["cover", "p-halftitle", "p-titlepage", "nav", "p-preface"]


def test_landmarks_name_each_kind_once(epub: ZipFile) -> None:
    nav = etree.fromstring(epub.read("EPUB/contents.xhtml"))
    links = nav.xpath("//x:nav[@epub:type='landmarks']//x:a", namespaces=NAMES)
    kinds = [link.get(EPUB_TYPE) for link in links]
    assert kinds == ["titlepage", "toc", "preface", "bodymatter", "endnotes", "glossary"]
    assert (
        dict(zip(kinds, (a.get("href") for a in links), strict=True))["bodymatter"]
        == "part-1.xhtml"
    )


def test_only_a_book_with_print_pages_has_a_page_list(book: Book, epub: ZipFile) -> None:
    nav = etree.fromstring(epub.read("EPUB/contents.xhtml"))
    path = "//x:nav[@epub:type='page-list']//x:a"
    assert texts(nav, path) == ["1", "2", "3"]
    with ZipFile(BytesIO(write_epub(replace(book, page_breaks=())))) as plain:
        assert not texts(etree.fromstring(plain.read("EPUB/contents.xhtml")), path)
        assert b"pageBreak" not in plain.read("EPUB/content.opf")
        assert b"pageList" not in plain.read("EPUB/toc.ncx")


@pytest.mark.parametrize(
    ("offset", "before"),
    [(0, ""), (4, "one "), (8, "one two "), (12, "one two 2&3 "), (99, "one two 2&3 four.")],
)
def test_a_page_break_stands_at_the_very_character(offset: int, before: str) -> None:
    body = (
        '<section id="s"><p id="a">other</p><p id="b">one <em>two</em><a role="doc-noteref" '
        'href="#n">17</a> 2&amp;3 four.</p><p>after</p></section>'
    )
    marked = with_page_breaks(body, {"b": [(offset, "xii")]})
    ahead = marked[marked.index('<p id="b">') : marked.index("<span epub:type")]
    said = re.sub(r"<[^>]*>", "", re.sub(r"<a .*?</a>", "", ahead))
    assert unescape(said) == before
    assert re.sub(r"<span [^>]*pagebreak[^>]*></span>", "", marked) == body
    assert 'id="page-xii" title="xii"' in marked


@pytest.mark.parametrize(
    ("head", "marked"),
    [
        ('<h2 id="a">One</h2>', 'BREAK<h2 id="a">One</h2>'),
        (
            '<hgroup><h2 id="a">I</h2><p>One</p></hgroup>',
            'BREAK<hgroup><h2 id="a">I</h2><p>One</p></hgroup>',
        ),
    ],
)
def test_a_page_that_begins_with_a_heading_is_no_part_of_its_title(head: str, marked: str) -> None:
    body = f"<section>{head}<p>text</p></section>"
    made = with_page_breaks(body, {"a": [(0, "7")]})
    assert (
        re.sub(r"<span [^>]*></span>", "BREAK", made) == f"<section>{marked}<p>text</p></section>"
    )


# Metadata -----------------------------------------------------------------------------------


def test_titles_and_people_are_refined(package: etree._Element) -> None:
    assert texts(package, "//dc:title") == [
        "The Harbour & the Upper Town", "Being a Book of Every Structure",
    ]  # fmt: skip
    refined = "//opf:meta[@refines='#{}' and @property='{}']"
    assert texts(package, refined.format("title", "title-type")) == ["main"]
    assert texts(package, refined.format("title", "file-as")) == ["Harbour & the Upper Town, The"]
    assert texts(package, refined.format("subtitle", "title-type")) == ["subtitle"]
    assert texts(package, "//dc:creator") == ["Ada Example"]
    assert texts(package, "//dc:contributor") == ["Bertram von Sample"]
    assert texts(package, refined.format("person1", "role")) == ["aut"]
    assert texts(package, refined.format("person2", "role")) == ["edt"]
    assert texts(package, refined.format("person2", "file-as")) == ["Sample, Bertram von"]
    assert texts(package, "//dc:subject") == ["Harbours", "Stairs < lifts"]


def test_an_isbn_and_the_place_in_a_series_are_given(book: Book) -> None:
    metadata = replace(
        book.edition.metadata,
        identifier="urn:example:7",
        isbn=(("epub", "978-1-23456-789-7"), ("print", "978-0-00000-000-2")),
        series_number="2",
    )
    numbered = replace(book, edition=replace(book.edition, metadata=metadata))
    with ZipFile(BytesIO(write_epub(numbered))) as epub:
        package = etree.fromstring(epub.read("EPUB/content.opf"))
    assert texts(package, "//dc:identifier") == ["urn:example:7", "urn:isbn:9781234567897"]
    assert texts(package, "//opf:meta[@property='group-position']") == ["2"]
    assert texts(package, "//opf:meta[@property='pageBreakSource']") == ["urn:isbn:9780000000002"]


def test_accessibility_is_stated_and_conformance_is_not(package: etree._Element) -> None:
    stated = "//opf:meta[@property='schema:{}']"
    assert texts(package, stated.format("accessMode")) == ["textual"]
    assert texts(package, stated.format("accessModeSufficient")) == ["textual"]
    assert texts(package, stated.format("accessibilityHazard")) == ["none"]
    features = texts(package, stated.format("accessibilityFeature"))
    assert {"tableOfContents", "structuralNavigation", "pageNavigation"} <= set(features)
    assert len(features) == len(set(features))
    summary = texts(package, stated.format("accessibilitySummary"))[0]
    assert "Page numbers are those of the print edition." in summary
    assert texts(package, stated.format("wordCount")) == ["12000"]
    assert texts(package, stated.format("timeRequired")) == ["PT50M"]
    assert not texts(package, "//opf:meta[@property='dcterms:conformsTo']")


def test_an_attributed_author_is_not_called_author(book: Book) -> None:
    people = (Contributor("Ada Example", "att", shown="attributed to Ada Example"),)
    edition = replace(book.edition, metadata=replace(book.edition.metadata, contributors=people))
    with ZipFile(BytesIO(write_epub(replace(book, edition=edition)))) as epub:
        package = etree.fromstring(epub.read("EPUB/content.opf"))
        cover = epub.read("EPUB/cover.xhtml").decode()
    assert texts(package, "//opf:meta[@property='role']") == ["att"]
    assert "attributed to Ada Example" in cover


@pytest.mark.usefixtures("validators")
@pytest.mark.parametrize("listed", [True, False])
def test_a_book_of_which_nothing_is_known_is_still_valid(
    book: Book, tmp_path: Path, listed: bool
) -> None:
    part = Part(
        "L1", "", "chapter", "body", '<section id="L1"><p>Text</p></section>', listed=listed
    )
    bare = Book(replace(book.edition, metadata=Metadata(language="")), (part,))
    path = tmp_path / "bare.epub"
    path.write_bytes(write_epub(bare))
    assert check_format(path) == []
    with ZipFile(path) as epub:
        package = etree.fromstring(epub.read("EPUB/content.opf"))
    assert texts(package, "//dc:title") == ["Untitled"]
    assert not texts(package, "//dc:creator")
    assert all(texts(package, "//dc:*"))


@pytest.mark.usefixtures("validators")
def test_hostile_metadata_is_written_as_words(book: Book, tmp_path: Path) -> None:
    """A form feed from a scan, a lone surrogate, markup: none may break or vanish from the file."""
    nasty = 'A\x0c\x00 <b>"Title"</b> & \ud800more\n]]>'
    metadata = Metadata(
        title=nasty, subtitle=nasty, language="en_US", description=nasty, subjects=(nasty, " "),
        contributors=(Contributor(nasty), Contributor("\x07")), publisher=nasty, rights=nasty,
        series=nasty, source_note=nasty,
    )  # fmt: skip
    path = tmp_path / "nasty.epub"
    path.write_bytes(write_epub(replace(book, edition=replace(book.edition, metadata=metadata))))
    assert check_format(path) == []
    with ZipFile(path) as epub:
        package = etree.fromstring(epub.read("EPUB/content.opf"))
    said = 'A <b>"Title"</b> & more ]]>'
    assert texts(package, "//dc:title") == [said, said]
    assert texts(package, "//dc:subject") == [said]
    assert texts(package, "//dc:creator") == [said]
    assert texts(package, "//dc:language") == ["en-US"]


def test_identifier_is_the_editions_or_follows_the_source(book: Book) -> None:
    given = replace(book.edition.metadata, identifier="urn:example:7", isbn=(("epub", "978-0"),))
    with_urn = replace(book, edition=replace(book.edition, metadata=given))
    assert identifier(with_urn) == "urn:example:7"
    numbered = replace(given, identifier="")
    assert (
        identifier(replace(book, edition=replace(book.edition, metadata=numbered)))
        == "urn:isbn:9780"
    )
    assert identifier(book).startswith("urn:uuid:")
    assert identifier(book) == identifier(everything())
    assert identifier(book) != identifier(replace(book, source_digest="other"))


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("Jane Austen", "Austen, Jane"),
        ("Homer", "Homer"),
        ("Johann Wolfgang von Goethe", "Goethe, Johann Wolfgang von"),
        ("Oliver Wendell Holmes Jr.", "Holmes, Oliver Wendell, Jr."),
        ("Austen, Jane", "Austen, Jane"),
        ("The Brothers Grimm", "The Brothers Grimm"),
    ],
)
def test_names_are_filed_by_the_last_word(name: str, filed: str) -> None:
    assert name_file_as(Contributor(name)) == filed


@pytest.mark.parametrize(
    ("title", "language", "filed"),
    [
        ("The Mill", "en", "Mill, The"),
        ("[The Latest]", "en-US", "Latest, The"),
        ("A", "en", "A"),
        ("Therefore", "en", "Therefore"),
        ("The Mill", "fi", "The Mill"),
    ],
)
def test_titles_are_filed_without_their_article(title: str, language: str, filed: str) -> None:
    assert title_file_as(title, language) == filed


# Kobo ---------------------------------------------------------------------------------------


def test_kobo_spans_hold_sentences_and_change_no_text() -> None:
    body = (
        '<section id="s"><h2>Head</h2><p>One &amp; two. “Three?” <em>Four. Five</em>, six.</p>\n'
        "<p>A<br/>B &lt; C.</p><svg><text>No. No.</text></svg></section>"
    )
    made = kobo_spans(body)
    assert re.sub(r"</?(?:span|div)[^>]*>", "", made) == body
    spans = re.findall(r'<span class="koboSpan" id="([^"]*)">([^<]*)</span>', made)
    assert spans == [
        ("kobo.1.1", "Head"),
        ("kobo.2.1", "One &amp; two. "),
        ("kobo.2.2", "“Three?” "),
        ("kobo.2.3", "Four. "),
        ("kobo.2.4", "Five"),
        ("kobo.2.5", ", six."),
        ("kobo.3.1", "A"),
        ("kobo.3.2", "B &lt; C."),
    ]


@pytest.mark.usefixtures("validators")
def test_a_book_for_kobo_is_valid(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "everything.kepub.epub"
    path.write_bytes(write_epub(book, kobo=True))
    assert check_format(path) == []
    with ZipFile(path) as epub:
        assert b'<span class="koboSpan" id="kobo.1.1">' in epub.read("EPUB/l39.xhtml")


@pytest.mark.parametrize("code", [path.parent.name for path in FOLDER.glob("*/epub.toml")])
def test_every_language_says_all_that_english_does(code: str) -> None:
    def keys(subject: Mapping[str, Any]) -> set[str]:
        inner = {f"{k}.{n}" for k, v in subject.items() if isinstance(v, dict) for n in v}
        return set(subject) | inner

    english, other = (load_language(c).subject("epub") for c in ("en", code))
    assert keys(other) == keys(english)
    assert "{title}" in other["cover_alt"]
    assert "{title}" in other["cover_alt_by"]
    assert "{byline}" in other["cover_alt_by"]


# Glossary -----------------------------------------------------------------------------------


def test_a_search_key_map_leads_from_each_form_to_its_entry() -> None:
    book = every_kind()
    (term,) = book.edition.glossary
    terms = (replace(term, forms=("clocks", "time-piece & watch")),)
    book = replace(book, edition=replace(book.edition, glossary=terms))
    with ZipFile(BytesIO(write_epub(book))) as epub:
        package = etree.fromstring(epub.read("EPUB/content.opf"))
        keys = etree.fromstring(epub.read("EPUB/search-key-map.xml"))
        entry = etree.fromstring(epub.read("EPUB/glossary.xhtml"))
    (item,) = package.xpath("//opf:item[@href='search-key-map.xml']", namespaces=NAMES)
    assert item.get("media-type") == "application/vnd.epub.search-key-map+xml"
    assert item.get("properties").split() == ["glossary", "search-key-map"]
    (group,) = keys
    assert group.get("href") == "glossary.xhtml#g-clock"
    assert entry.xpath("//*[@id='g-clock']")
    assert [group[0].get("value"), *(value.get("value") for value in group[0])] == [
        "clock", "clocks", "time-piece & watch", "tower clock",
    ]  # fmt: skip
    (page,) = package.xpath("//opf:item[@href='glossary.xhtml']", namespaces=NAMES)
    assert page.get("properties") == "glossary"


def test_a_book_without_a_glossary_has_no_search_key_map(book: Book) -> None:
    assert not book.edition.glossary
    assert "EPUB/search-key-map.xml" not in ZipFile(BytesIO(write_epub(book))).namelist()


def test_pages_say_which_matter_they_are(epub: ZipFile) -> None:
    pages = pages_of(epub)
    said = {name: page.find("x:body", NAMES).get(EPUB_TYPE) for name, page in pages.items()}
    assert said["preface.xhtml"] == said["cover.xhtml"] == said["contents.xhtml"] == "frontmatter"
    assert said["l39.xhtml"] == said["l90-2.xhtml"] == "bodymatter"
    assert said["glossary.xhtml"] == said["notes.xhtml"] == "backmatter"
