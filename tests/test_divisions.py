"""Front matter, text and back matter are laid out apart: what has not changed is not laid out
again, and the book is the same as if it were."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from command import ROOT
from printed import book, chapter, laid, page_texts, paragraphs, section, whole

from publish.book import Book, Part
from publish.commands.build import build
from publish.commands.layouts import Layouts
from publish.errors import PublishError
from publish.pdf.tags import tags
from publish.preflight.pdf import preflight_pdf
from publish.writers.pdf import write_pdf
from publish.writers.pdf_folios import roman
from publish.writers.weasy.engine import Engine

BOTH = ("screen", "press")
ENTRY = (
    '<div id="g-wall"><dt><dfn>wall</dfn></dt><dd><p>What was never finished.</p>'
    '<p class="uses"><a class="page-ref" href="#noted"></a></p></dd></div>'
)
GLOSSARY = Part(
    "glossary", "Glossary", "glossary", "back",
    section("glossary", "glossary", "Glossary", f"<dl>{ENTRY}</dl>"),
)  # fmt: skip


def with_glossary() -> Book:
    parts = whole()
    return book(parts=(*parts[:-1], GLOSSARY, parts[-1]))


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first ids of the documents that are laid out from now on."""
    seen: list[str] = []
    original = Engine.render

    def render(self: Engine, tree: Any, rules: str = "") -> Any:
        seen.append(tree[1][0].get("id"))
        return original(self, tree, rules)

    monkeypatch.setattr(Engine, "render", render)
    return seen


def changed(made: Book, id: str, old: str, new: str) -> Book:
    """The book with another word in one of its parts."""
    parts = tuple(
        replace(part, body=part.body.replace(old, new)) if part.id == id else part
        for part in made.parts
    )
    assert parts != made.parts
    return replace(made, parts=parts)


@pytest.mark.parametrize("press", [False, True])
@pytest.mark.parametrize(
    ("id", "old", "new", "again"),
    [
        ("introduction", "surveyor", "geometer", {"half"}),
        ("colophon", "machine", "hand", {"glossary"}),
        ("chapter-2", "surveyor", "geometer", {"chapter-0"}),
    ],
)
def test_only_the_division_that_changed_is_laid_out_again(
    press: bool, id: str, old: str, new: str, again: set[str], rendered: list[str], tmp_path: Path
) -> None:
    layouts = Layouts(tmp_path / "kept", "a program", BOTH)
    write_pdf(with_glossary(), press=press, kept=layouts)
    assert set(rendered) == {"half", "chapter-0", "glossary"}
    layouts.save()
    rendered.clear()
    other = changed(with_glossary(), id, old, new)
    again_made = write_pdf(other, press=press, kept=Layouts(tmp_path / "kept", "a program", BOTH))
    assert set(rendered) == again
    assert again_made == write_pdf(other, press=press)


def test_what_moves_the_pages_of_others_has_them_laid_out_again(
    rendered: list[str], tmp_path: Path
) -> None:
    layouts = Layouts(tmp_path / "kept", "a program", BOTH)
    write_pdf(with_glossary(), kept=layouts)
    layouts.save()
    rendered.clear()
    longer = changed(with_glossary(), "chapter-0", "</h1>", f"</h1>{paragraphs('more', 12)}")
    made = write_pdf(longer, kept=Layouts(tmp_path / "kept", "a program", BOTH))
    assert set(rendered) == {"half", "chapter-0", "glossary"}
    assert made == write_pdf(longer)


def test_back_matter_without_a_text_begins_at_one(tmp_path: Path) -> None:
    """A book of a preface and an appendix: nothing waits for a text that is not there."""
    front, back = whole()[4], replace(whole()[5], matter="back")
    made = book(parts=(front, back), notes=())
    before, after = laid(made)
    assert (before.start, after.start) == (1, 1)
    pages = page_texts(write_pdf(made), tmp_path)
    assert re.findall(r"\d+", pages[before.pages + before.pages % 2 + 1].split("\n")[0]) == ["2"]


def test_the_contents_follow_a_back_matter_that_folios_make_shorter(tmp_path: Path) -> None:
    """Uses in the introduction, laid out last, are on one page of it: the glossary says that once,
    and what stands behind it moves."""
    words = "".join(f'<p id="in-{at}">Wall.</p>' for at in range(60))
    uses = "".join(f'<a class="page-ref" href="#in-{at}"></a>' for at in range(60))
    entries = "".join(
        f'<div id="g-{at}"><dt><dfn>wall</dfn></dt><dd><p>Unfinished.</p>'
        f'<p class="uses">{uses}</p></dd></div>'
        for at in range(40)
    )
    glossary = section("glossary", "glossary", "Glossary", f"<dl>{entries}</dl>")
    glossary = glossary.replace("<section", '<section class="glossary"')
    end = Part("end", "Note", "appendix", "back", section("end", "appendix", "Note", "<p>End.</p>"))
    parts = whole()
    front = replace(parts[4], body=section("introduction", "introduction", "Introduction", words))
    made = book(
        parts=(*parts[:4], front, *parts[5:-1], replace(GLOSSARY, body=glossary), end), notes=()
    )
    divisions = laid(made)
    folio = divisions[2].start + divisions[2].places["end"]
    pages = page_texts(write_pdf(made), tmp_path)
    contents = next(text for text in pages if "Contents" in text)
    assert re.search(r"Note[ .]*(\d+)", contents)[1] == str(folio)  # type: ignore[index]


def test_a_label_of_a_title_depends_on_the_titles_of_other_divisions(tmp_path: Path) -> None:
    """“Book I. ” is a label where another title has one, too, be it in the back matter."""
    text = Part("c", "Book I. Walls", "chapter", "body",
                section("c", "chapter", "Book I. Walls", paragraphs("c", 2)))  # fmt: skip
    alone = Part(
        "a", "Notices", "appendix", "back", section("a", "appendix", "Notices", "<p>a</p>")
    )
    other = replace(alone, title="Book II. Notices")
    kept = Layouts(tmp_path / "kept", "a program", BOTH)
    write_pdf(book(parts=(text, alone), notes=()), kept=kept)
    made = book(parts=(text, other), notes=())
    assert write_pdf(made, kept=kept) == write_pdf(made)


def test_nothing_is_laid_out_for_a_book_that_is_known(rendered: list[str], tmp_path: Path) -> None:
    first = Layouts(tmp_path / "kept", "a program", BOTH)
    made = write_pdf(with_glossary(), kept=first)
    first.save()
    files = sorted(path.name for path in (tmp_path / "kept").iterdir())
    rendered.clear()
    second = Layouts(tmp_path / "kept", "a program", BOTH)
    assert write_pdf(with_glossary(), kept=second) == made
    second.save()
    assert rendered == []
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == files
    assert write_pdf(with_glossary(), kept=Layouts(tmp_path / "kept", "another", BOTH)) == made
    assert rendered != []


@pytest.mark.parametrize("harm", ["cut", "turned", "emptied", "other"])
def test_a_damaged_layout_is_made_anew(harm: str, rendered: list[str], tmp_path: Path) -> None:
    layouts = Layouts(tmp_path / "kept", "a program", BOTH)
    made = write_pdf(with_glossary(), kept=layouts)
    layouts.save()
    for path in (tmp_path / "kept").iterdir():
        data = path.read_bytes()
        path.write_bytes(
            {
                "cut": data[:-100],
                "turned": data[:-300] + b"?" + data[-299:],
                "emptied": b"",
                "other": b'{"digest": 1}\n',
            }[harm]
        )
    rendered.clear()
    assert write_pdf(with_glossary(), kept=Layouts(tmp_path / "kept", "a program", BOTH)) == made
    assert set(rendered) == {"half", "chapter-0", "glossary"}


def test_files_for_a_screen_and_for_a_press_share_their_layout(
    rendered: list[str], tmp_path: Path
) -> None:
    layouts = Layouts(tmp_path / "kept", "a program", BOTH)
    made = [write_pdf(with_glossary(), press=press, kept=layouts) for press in (False, True)]
    assert sorted(rendered) == ["chapter-0", "glossary", "half"]
    assert made == [write_pdf(with_glossary(), press=press) for press in (False, True)]


def test_a_kind_of_file_that_no_run_has_asked_for_is_laid_out_and_kept(
    rendered: list[str], tmp_path: Path
) -> None:
    made = {}
    for kind in ("screen", "press", "screen", "press"):
        rendered.clear()
        layouts = Layouts(tmp_path / "kept", "a program", (kind,))
        made[kind] = write_pdf(book(), press=kind == "press", kept=layouts)
        layouts.save()
    assert rendered == []
    assert made == {kind: write_pdf(book(), press=kind == "press") for kind in BOTH}


def test_links_and_bookmarks_lead_from_one_division_into_another() -> None:
    with pikepdf.open(BytesIO(write_pdf(with_glossary()))) as document:
        listed = list(document.Root.Names.Dests.Names)
        names = [bytes(name) for name in listed[::2]]
        assert names == sorted(set(names))
        leads = {
            bytes(note.Dest).decode()
            for page in document.pages
            for note in page.obj.get("/Annots", ())
        }
        assert {"introduction", "chapter-0", "colophon", "noted"} <= leads
        assert leads <= {name.decode() for name in names}
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        item, titles, places = document.Root.Outlines.First, [], []
        while item is not None:
            titles.append(str(item.Title))
            places.append(numbers[item.Dest[0].objgen])
            item = item.get("/Next")
        assert titles == [
            "Contents", "Introduction", "Chapter the First", "Chapter the Second",
            "Chapter the Third", "Glossary", "Colophon",
        ]  # fmt: skip
        assert places == sorted(places)
        assert len(titles) == int(document.Root.Outlines.Count)


def test_a_link_leads_to_a_place_whose_name_is_not_of_ascii() -> None:
    text = section("c", "chapter", "Text", '<p id="größe">Here.</p>')
    front = section("i", "introduction", "Front", '<p>See <a href="#größe">there</a>.</p>')
    parts = (
        Part("i", "Front", "introduction", "front", front),
        Part("c", "Text", "chapter", "body", text),
    )
    with pikepdf.open(BytesIO(write_pdf(book(parts=parts, notes=())))) as document:
        names = [bytes(name) for name in list(document.Root.Names.Dests.Names)[::2]]
        leads = [
            bytes(note.Dest) for page in document.pages for note in page.obj.get("/Annots", ())
        ]
    assert len(leads) == 1
    assert leads[0] in names


@pytest.mark.parametrize("press", [False, True])
def test_viewers_call_each_page_by_its_folio(press: bool, tmp_path: Path) -> None:
    """Typing 2 leads to the page with folio 2; blank pages are counted with those before them."""
    parts = whole()
    short = replace(
        parts[4], body=section("introduction", "introduction", "In", paragraphs("i", 2))
    )
    made = write_pdf(book(parts=(*parts[:4], short, *parts[5:])), press=press)
    with pikepdf.open(BytesIO(made)) as document:
        labels = [page.label for page in document.pages]
        assert len(list(document.Root.PageLabels.Nums)) == 4
    texts = page_texts(made, tmp_path)
    opens = next(at for at, text in enumerate(texts) if "Chapter the First" in text and at > 5)
    assert labels[:opens] == [roman(at + 1) for at in range(opens)]
    assert labels[opens:] == [str(at + 1) for at in range(len(texts) - opens)]
    assert any(not text.strip() for text in texts[opens - 1 : opens])  # a blank verso, counted
    printed = 0
    for label, text in zip(labels, texts, strict=True):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        ends = [word for line in lines[:1] + lines[-1:] for word in (line, *line.split())]
        if any(re.fullmatch(r"[ivxl]+|\d+", word) for word in ends):
            assert label in ends
            printed += 1
    assert printed > 8


def test_each_subset_of_a_face_has_a_tag_of_its_own() -> None:
    with pikepdf.open(BytesIO(write_pdf(with_glossary()))) as document:
        embedded: dict[str, set[tuple[int, int]]] = {}
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                file = next(item[key] for key in ("/FontFile2", "/FontFile3") if key in item)
                embedded.setdefault(str(item.FontName), set()).add(file.objgen)
    assert len(embedded) > 3
    assert all(re.match(r"/[A-Z]{6}\+EB", name) for name in embedded)
    assert all(len(files) == 1 for files in embedded.values())


TABLE = (
    "<table><thead><tr><th>Year</th><th>Height</th></tr></thead>"
    "<tbody><tr><td>1843</td><td>212</td></tr></tbody></table>"
)


def test_heads_of_tables_in_two_divisions_keep_their_cells() -> None:
    parts = whole()
    front = replace(parts[4], body=section("introduction", "introduction", "Introduction", TABLE))
    made = write_pdf(book(parts=(*parts[:4], front, chapter(0, TABLE)), notes=()))
    assert preflight_pdf(made) == []
    with pikepdf.open(BytesIO(made)) as document:
        found = tags(document)
        heads = [str(tag.element.ID) for tag in found if tag.kind == "TH"]
        cells = [[str(name) for name in tag.element.A.Headers] for tag in found if tag.kind == "TD"]
    assert len(set(heads)) == len(heads) == 4
    assert sorted(name for names in cells for name in names) == sorted(heads)


def test_the_back_matter_goes_on_with_the_folios_of_the_text(tmp_path: Path) -> None:
    """On either side of the leaf, and on a right-hand page where it must be."""
    note = section("a", "colophon", "Note", paragraphs("a", 12))
    end = Part("a", "Note", "colophon", "back", note)
    added = section("n", "appendix", "Addition", paragraphs("n", 2))
    others = Part("n", "Addition", "appendix", "back", added)
    words = replace(GLOSSARY, body=GLOSSARY.body.replace("#noted", "#c-1"))
    sides = set()
    for count in range(3, 18, 3):
        body = section("c", "chapter", "Text", paragraphs("c", count))
        text = Part("c", "Text", "chapter", "body", body)
        made = book(parts=(text, end), notes=())
        before, after = laid(made)
        assert after.start == before.pages + 1
        sides.add(after.start % 2)
        first, second = page_texts(write_pdf(made), tmp_path)[before.pages : before.pages + 2]
        assert "Note" in first
        head = second.strip().splitlines()[0]
        folio = str(after.start + 1)
        assert re.findall(r"\d+", head) == [folio]
        assert head.strip().startswith(folio) == (after.start % 2 == 1)  # at the outer edge
        made = book(parts=(text, words), notes=())
        before, after = laid(made)
        assert after.start == before.pages + 1 + before.pages % 2  # on a right-hand page
        assert "What was never" in page_texts(write_pdf(made), tmp_path)[after.start - 1]
        made = book(parts=(text, others, words), notes=())
        before, after = laid(made)
        assert after.start == before.pages + 1 + before.pages % 2  # whatever comes first
        assert after.pages == 2
        texts = page_texts(write_pdf(made), tmp_path)
        assert "Addition" in texts[after.start - 1]
        assert "What was never" in texts[after.start]  # overleaf, with no blank page before it
    assert sides == {0, 1}


def test_a_link_to_what_no_page_has_leads_nowhere() -> None:
    hidden = '<p>See <a href="#gone">there</a>.</p>'
    away = '<p>Here is <span id="gone" hidden="hidden"></span> nothing.</p>'
    parts = whole()
    front = replace(parts[4], body=section("introduction", "introduction", "Introduction", hidden))
    made = write_pdf(book(parts=(*parts[:4], front, chapter(0, away)), notes=()))
    with pikepdf.open(BytesIO(made)) as document:
        listed = [bytes(name) for name in list(document.Root.Names.Dests.Names)[::2]]
        leads = {
            bytes(note.Dest) for page in document.pages for note in page.obj.get("/Annots", ())
        }
    assert leads <= set(listed)
    assert preflight_pdf(made) == []


def test_a_build_lays_out_only_a_changed_introduction(rendered: list[str], tmp_path: Path) -> None:
    seed = next((ROOT / "seeds").glob("*/edition.toml")).parent
    folder = tmp_path / seed.name
    shutil.copytree(seed, folder)
    dist = tmp_path / "dist"
    build(folder, dist, ("pdf", "press"))
    text = (folder / "introduction.md").read_text("utf-8")
    (folder / "introduction.md").write_text(text.replace("the", "this", 1), "utf-8")
    rendered.clear()
    assert not build(folder, dist, ("pdf", "press")).up_to_date
    assert len(rendered) > 0
    assert len(set(rendered)) == 1
    made = {path.name: path.read_bytes() for path in dist.glob("*.pdf")}
    rendered.clear()
    build(folder, dist, ("pdf", "press"), force=True)
    assert len(set(rendered)) == 3
    assert {path.name: path.read_bytes() for path in dist.glob("*.pdf")} == made


def test_a_file_in_the_way_of_the_layouts_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("mine")
    layouts = Layouts(tmp_path / "kept", "a program", BOTH)
    write_pdf(book(parts=(chapter(0),), notes=()), kept=layouts)
    with pytest.raises(PublishError, match="no folder can be made here"):
        layouts.save()
    assert (tmp_path / "kept").read_text() == "mine"


def test_what_cannot_be_removed_from_among_the_layouts_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "kept" / "mine.laid").mkdir(parents=True)
    layouts = Layouts(tmp_path / "kept", "a program", BOTH)
    write_pdf(book(parts=(chapter(0),), notes=()), kept=layouts)
    with pytest.raises(PublishError, match="it cannot be removed"):
        layouts.save()


def test_a_layout_under_the_name_of_another_is_not_believed(
    rendered: list[str], tmp_path: Path
) -> None:
    layouts = Layouts(tmp_path / "kept", "a program", BOTH)
    made = write_pdf(with_glossary(), kept=layouts)
    layouts.save()
    files = sorted((tmp_path / "kept").iterdir())
    assert len(files) > 2
    data = [path.read_bytes() for path in files]
    for path, other in zip(files, [*data[1:], data[0]], strict=True):
        path.write_bytes(other)
    rendered.clear()
    kept = Layouts(tmp_path / "kept", "a program", BOTH)
    assert write_pdf(with_glossary(), kept=kept) == made
    assert set(rendered) == {"half", "chapter-0", "glossary"}


def test_books_are_made_where_layouts_cannot_be_kept(tmp_path: Path) -> None:
    seed = next((ROOT / "seeds").glob("*/edition.toml")).parent
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / f".{seed.name}.layouts").write_text("mine")
    built = build(seed, dist, ("pdf",))
    assert any("no layouts were kept" in remark for remark in built.remarks)
    assert (dist / f".{seed.name}.layouts").read_text() == "mine"
    again = build(seed, dist, ("pdf",))
    assert again.up_to_date
    assert again.remarks == built.remarks[:-1]


def test_a_folder_in_the_way_of_the_record_is_told_before_a_book_is_made(tmp_path: Path) -> None:
    seed = next((ROOT / "seeds").glob("*/edition.toml")).parent
    (tmp_path / "dist" / f".{seed.name}.json").mkdir(parents=True)
    with pytest.raises(PublishError, match="a folder of this name is in the way"):
        build(seed, tmp_path / "dist", ("txt",))
    assert [path.name for path in (tmp_path / "dist").iterdir()] == [f".{seed.name}.json"]
