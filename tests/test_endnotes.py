"""Notes at the end of the printed book: their order and setting, and heads that tell the truth."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf
import pytest
from printed import book, elements, laid, page_texts, paragraphs, prose, section, whole

from publish.book import Book, NavPoint, Note, Part
from publish.commands.layouts import Layouts
from publish.edition import PrintSettings
from publish.preflight.composition import composition
from publish.preflight.tagged import check_tags
from publish.rendering.labels import labels
from publish.trim import sheet
from publish.writers.pdf import write_pdf
from publish.writers.pdf_lines import head_room
from publish.writers.pdf_note_homes import Home, group_titles, homes
from publish.writers.pdf_notes import notes_at_end
from publish.writers.pdf_page_list import page_breaks

FEW: Final = 8  # notes of a section
LONGEST: Final = 14  # the note that goes on for more than two pages
ENGLISH: Final = ("Notes to page {page}", "Notes to pages {first}–{last}")
PX_PER_PT: Final = 96 / 72
FOLIO: Final = re.compile(r"[ivxl]+|\d+")


def call(number: int, id: str = "") -> str:
    """A call in a text, behind a word by which its page is found."""
    return (
        f'asked{number}x<a epub:type="noteref" role="doc-noteref" id="{id or f"noteref-{number}"}"'
        f' href="#note-{number}">{number}</a>'
    )


def note(number: int, called: bool = True) -> Note:
    """A note that begins and ends with words of its own."""
    sentences = 60 if number == LONGEST else 2 + number % 5
    more = f"<p>{prose(number, 4)} </p>" if number % 7 == 0 else ""
    body = f"<p>begun{number}x {prose(number, sentences)}{'' if more else f' ended{number}x'}</p>"
    if more:
        body += more.replace(" </p>", f" ended{number}x</p>")
    call = f"noteref-{number}" if called else ""
    return Note(f"note-{number}", str(number), call, body)


def called_from(id: str, kind: str, title: str, matter: str, first: int) -> Part:
    """A section of a few pages that calls some notes, from `first` on."""
    inner = "".join(
        f'<p id="{id}-{at}">{prose(at, 5)} {call(first + at)} {prose(at + 1, 9)}</p>'
        for at in range(FEW)
    )
    return Part(id, title, kind, matter, section(id, kind, title, inner))


def gathered(notes: tuple[Note, ...]) -> Part:
    items = "".join(f'<li id="{note.id}">{note.body}</li>' for note in notes)
    inner = f'<h2 id="notes-h">Notes</h2><ol>{items}</ol>'
    body = f'<section id="notes" epub:type="endnotes" role="doc-endnotes">{inner}</section>'
    return Part("notes", "Notes", "endnotes", "back", body)


def noted(theme: str = "garamond", language: str = "en", trim: str = "digest") -> Book:
    """A book with notes to its introduction and to three chapters."""
    notes = tuple(note(number) for number in range(1, 4 * FEW + 1))
    parts = [part for part in whole() if part.id not in ("introduction", "colophon")]
    parts = [part for part in parts if part.matter == "front"]
    parts.append(called_from("in", "introduction", "Introduction", "front", 1))
    parts += [
        called_from(f"c{at}", "chapter", f"Chapter {at}", "body", at * FEW + 1)
        for at in range(1, 4)
    ]
    colophon = whole()[-1]
    return at_end(book(trim, (*parts, gathered(notes), colophon), notes, language, theme))


def at_end(book: Book) -> Book:
    edition = book.edition
    return replace(book, edition=replace(edition, print=replace(edition.print, notes="end")))


@lru_cache(maxsize=8)
def made(theme: str = "garamond", language: str = "en", *, press: bool = False) -> bytes:
    return write_pdf(noted(theme, language), press=press)


def pages_of(pdf: bytes, folder: Path) -> list[list[str]]:
    """The lines of each page."""
    return [
        [line.strip() for line in page.splitlines() if line.strip()]
        for page in page_texts(pdf, folder)
    ]


def folio(page: list[str]) -> str:
    """The number of a page, at its foot or beside its head."""
    return next(text for text in (page[-1], *pieces(page[0])) if FOLIO.fullmatch(text))


def head(page: list[str], number: int) -> str:
    """What stands between the edges of a page's head, on the page of this number."""
    return " ".join(piece for piece in pieces(page[0]) if piece != str(number))


def pieces(line: str) -> list[str]:
    return re.split(r"\s{3,}", line)


def numbers(sign: str, page: list[str]) -> list[int]:
    return [int(number) for number in re.findall(rf"\b{sign}(\d+)x", " ".join(page))]


def heads(pages: list[list[str]], one: str, more: str) -> list[tuple[str, str]]:
    """The head of each page of notes but the first, and what it should say by where notes and
    calls are found on the pages."""
    opening = next(at for at, page in enumerate(pages) if page[:1] == ["Notes"])
    called = {number: folio(page) for page in pages[:opening] for number in numbers("asked", page)}
    begun: list[int] = []
    found = []
    for number, page in enumerate(pages[opening:], int(folio(pages[opening]))):
        if page[:1] == ["Colophon"]:
            return found[1:]
        here = [*begun, *numbers("begun", page)]
        begun = [note for note in here if note not in numbers("ended", page)]
        first, last = called[here[0]], called[here[-1]]
        said = (one if first == last else more).format(page=first, first=first, last=last)
        found.append((head(page, number), said))
    return []


@pytest.mark.parametrize("theme", ["garamond", "source-serif", "large-print"])
def test_heads_say_to_which_pages_the_notes_belong(theme: str, tmp_path: Path) -> None:
    pages = pages_of(made(theme), tmp_path)
    found = heads(pages, *ENGLISH)
    assert [head.lower() for head, _ in found] == [said.lower() for _, said in found]
    said = " ".join(said for _, said in found)
    assert "to pages" in said
    assert re.search(r"pages? [ivx]+\b", said)  # the introduction's
    alone = labels("en")["notes_to_page"].format(page=called_on(pages, LONGEST))
    assert alone in [said for _, said in found]  # on the page that one note fills


def called_on(pages: list[list[str]], number: int) -> str:
    return next(folio(page) for page in pages if number in numbers("asked", page))


def test_the_first_page_of_notes_has_a_title_and_no_head(tmp_path: Path) -> None:
    pages = pages_of(made(), tmp_path)
    first = next(page for page in pages if page[:1] == ["Notes"])
    assert first[1] == "Introduction"
    assert first[2].startswith("1.")
    assert FOLIO.fullmatch(first[-1])


def test_heads_speak_the_language_of_the_book(tmp_path: Path) -> None:
    pages = pages_of(made(language="de"), tmp_path)
    one, more = "Anmerkungen zu Seite {page}", "Anmerkungen zu den Seiten {first}–{last}"
    found = heads(pages, one, more)
    assert found
    assert [head for head, _ in found] == [said for _, said in found]


@pytest.mark.parametrize("language", "de en es fr it nl pl pt ru sv".split())
def test_every_language_has_words_for_the_heads_that_fit(language: str) -> None:
    words = labels(language)
    more = words["notes_to_pages"]
    assert "{page}" in words["notes_to_page"]
    assert "{first}–{last}" in more
    assert language == "en" or more != labels("en")["notes_to_pages"]
    for trim in ("pocket", "digest", "a4"):
        fits = head_room(sheet(trim))
        assert fits(more.format(first="188", last="206"))


def test_a_head_that_has_no_room_is_the_numbers_alone(tmp_path: Path) -> None:
    pages = pages_of(write_pdf(noted(language="de", trim="76x130")), tmp_path)
    found = heads(pages, "{page}", "{first}–{last}")
    assert found
    assert [head for head, _ in found] == [said for _, said in found]


def test_nothing_of_a_note_is_at_the_foot_of_a_page_of_text(tmp_path: Path) -> None:
    pages = pages_of(made(), tmp_path)
    opening = next(at for at, page in enumerate(pages) if page[:1] == ["Notes"])
    assert not any(numbers("begun", page) for page in pages[:opening])
    begun = [number for page in pages[opening:] for number in numbers("begun", page)]
    assert begun == list(range(1, 4 * FEW + 1))


def test_calls_lead_to_notes_and_numbers_back() -> None:
    with pikepdf.open(BytesIO(made())) as document:
        assert check_tags(document) == []
        targets = dict(zip(*[iter(document.Root.Names.Dests.Names)] * 2, strict=True))
        page_of = {page.obj.objgen: at for at, page in enumerate(document.pages)}
        links: dict[str, int] = {}
        for at, page in enumerate(document.pages):
            for link in page.get("/Annots", []):
                links[str(link.get("/Dest"))] = at
        for number in range(1, 4 * FEW + 1):
            note, call = f"note-{number}", f"noteref-{number}"
            assert page_of[targets[note][0].objgen] == links[call]
            assert page_of[targets[call][0].objgen] == links[note]
        kinds = [
            str(tag.get("/S")) for tag in document.objects if isinstance(tag, pikepdf.Dictionary)
        ]
        assert kinds.count("/Note") >= 4 * FEW


def test_the_press_has_the_same_pages_without_links(tmp_path: Path) -> None:
    press = made(press=True)
    assert pages_of(press, tmp_path) == pages_of(made(), tmp_path)
    with pikepdf.open(BytesIO(press)) as document:
        assert not any("/Annots" in page for page in document.pages)


@pytest.mark.parametrize("theme", ["garamond", "source-serif", "large-print"])
def test_notes_at_the_end_are_well_set(theme: str) -> None:
    report = composition(made(theme))
    assert [figure.fault for figure in report.figures if not figure.passed] == []


@pytest.mark.parametrize("theme", ["garamond", "large-print"])
def test_lines_of_notes_stand_on_one_grid(theme: str) -> None:
    share = 0.8 if theme == "garamond" else 1.0
    leading = sheet("digest", theme=theme).leading * share * PX_PER_PT
    tops = [
        line.position_y
        for division in laid(noted(theme))
        for page in division.document.pages
        for note in page._page_box.children[0].descendants()
        if "endnote" in (note.element.get("class") or "") and note.element_tag == "div"
        for line in lines_of(note)
    ]
    assert len(tops) > 150
    steps = [(top - min(tops)) / leading for top in tops]
    assert max(abs(step - round(step)) for step in steps) < 0.01


def lines_of(box: Any) -> list[Any]:
    from weasyprint.formatting_structure import boxes

    return [inner for inner in box.descendants() if isinstance(inner, boxes.LineBox)]


def test_lines_of_notes_are_settled_but_for_the_numbers_hung_out() -> None:
    notes = [each for each in elements(noted()) if "endnote" in each.get("class", "").split()]
    assert len(notes) == 4 * FEW
    for note in notes:
        assert "figures-2" in note.get("class", "")
        assert note.get("data-folio")
        for paragraph in note.iter("p"):
            assert "set" in paragraph.get("class", "").split()


def test_notes_stand_under_the_titles_of_their_chapters() -> None:
    assert titles(noted()) == ["Introduction", "Chapter 1", "Chapter 2", "Chapter 3"]
    one = noted()
    sections = [part for part in one.parts if part.id != "in"]
    few = tuple(note for note in one.notes if 9 <= int(note.label) <= 16)
    sections = [gathered(few) if part.id == "notes" else part for part in sections]
    sections = [part for part in sections if part.id not in ("c2", "c3")]
    assert titles(replace(one, parts=tuple(sections), notes=few)) == []


def titles(book: Book) -> list[str]:
    groups = (each for each in elements(book) if each.get("class") == "notes-of")
    return [(group.findtext("h3") or "") for group in groups]


def test_what_no_text_calls_stands_where_it_is_counted() -> None:
    """A note that a note calls, and one that nothing calls."""
    whole = noted()
    notes = list(whole.notes)
    notes[11] = replace(notes[11], call="", body="<p>Nobody asks for this.</p>")
    text = f"<p>Of a note{call(33).replace('asked33x', '')} below.</p>"
    notes[2] = replace(notes[2], body=text)
    notes.append(Note("note-33", "33", "noteref-33", "<p>As was said above.</p>"))
    parts = tuple(gathered(tuple(notes)) if part.id == "notes" else part for part in whole.parts)
    sections = [
        replace(part, body=part.body.replace(call(12), "asked12x")) if part.id == "c1" else part
        for part in parts
    ]
    changed = replace(whole, parts=tuple(sections), notes=tuple(notes))
    texts = [part for part in changed.parts if part.id != "notes"]
    found = [home.id for home in homes(notes, texts)]
    assert found[11] == "c1"
    assert found[32] == "in"
    with pikepdf.open(BytesIO(write_pdf(changed))) as document:
        assert check_tags(document) == []


def test_crossheads_divide_the_notes_of_a_text_of_one_part() -> None:
    inner = f"<p>{call(1)}</p>" + "".join(
        f'<h2 id="{id}">{id}</h2><p>{call(number)}</p><h3 id="{id}-b">Below</h3>'
        f"<p>{call(number + 1)}</p>"
        for id, number in (("First", 2), ("Second", 4))
    )
    crossheads = tuple(
        NavPoint(f"{id}{below}", f"{id} Levels.", 2 + len(below) // 2)
        for id in ("First", "Second")
        for below in ("", "-b")
    )
    part = Part(
        "text", "The Wall", "chapter", "body", section("text", "chapter", "The Wall", inner),
        points=crossheads,
    )  # fmt: skip
    notes = [note(number) for number in range(1, 6)]
    found = homes(notes, [part])
    assert [home.id for home in found] == ["text", "First", "First", "Second", "Second"]
    assert list(group_titles(found).values()) == ["The Wall", "First Levels", "Second Levels"]
    other = replace(part, id="other", body=section("other", "chapter", "Other", ""), points=())
    assert {home.id for home in homes(notes, [part, other])} == {"text"}


def test_chapters_of_the_same_title_are_told_apart_by_their_division() -> None:
    found = [
        Home("a", "Chapter I", "Part One"),
        Home("b", "Chapter II", "Part One"),
        Home("c", "Chapter I", "Part Two"),
    ]
    assert list(group_titles([*found, found[0]]).values()) == [
        "Part One, Chapter I", "Chapter II", "Part Two, Chapter I",
    ]  # fmt: skip
    parts = [
        Part("one", "Part One", "part", "body", section("one", "part", "Part One", "")),
        Part("a", "Chapter I", "chapter", "body", section("a", "chapter", "I", call(1)), 2),
        Part("z", "Afterword", "afterword", "body", section("z", "afterword", "Z", call(2))),
    ]
    assert homes([note(1), note(2)], parts) == [
        Home("a", "Chapter I", "Part One"), Home("z", "Afterword"),
    ]  # fmt: skip


def test_page_lists_find_the_words_with_which_pages_of_notes_begin(tmp_path: Path) -> None:
    book = noted()
    bodies = {note.id: re.sub("<[^>]*>", "", note.body) for note in book.notes}
    breaks = [each for each in page_breaks(book) if each[1] in bodies]
    assert len(breaks) > 3
    by_folio = {folio(page): page for page in pages_of(made(), tmp_path) if len(page) > 9}
    continued = 0
    for label, id, offset in breaks:
        page = " ".join(by_folio[label][1:])
        assert bodies[id][offset : offset + 12] in page
        if offset:
            continued += 1
            assert by_folio[label][1].startswith(bodies[id][offset : offset + 12])
    assert continued


def at_foot(book: Book) -> Book:
    edition = book.edition
    return replace(book, edition=replace(edition, print=replace(edition.print, notes="foot")))


def test_notes_stand_at_the_foot_if_nothing_is_said_but_what_no_page_holds(tmp_path: Path) -> None:
    assert PrintSettings().notes == "foot"
    pages = pages_of(write_pdf(at_foot(noted())), tmp_path)
    for number in set(range(1, 4 * FEW + 1)) - {LONGEST}:
        page = next(page for page in pages if number in numbers("asked", page))
        assert number in numbers("begun", page)
    opening = next(at for at, page in enumerate(pages) if page[:1] == ["Notes"])
    assert [number for page in pages[opening:] for number in numbers("begun", page)] == [LONGEST]
    assert any(line.startswith(f"{LONGEST}.") for line in pages[opening])
    second = int(folio(pages[opening])) + 1
    assert head(pages[opening + 1], second) == f"Notes to page {called_on(pages, LONGEST)}"


@pytest.mark.parametrize("theme", ["source-serif", "large-print"])
def test_no_note_at_the_foot_is_cut_off(theme: str, tmp_path: Path) -> None:
    pages = pages_of(write_pdf(at_foot(noted(theme))), tmp_path)
    for sign in ("begun", "ended"):
        found = [number for page in pages for number in numbers(sign, page)]
        assert sorted(found) == list(range(1, 4 * FEW + 1))


def test_a_book_without_notes_is_laid_out_once_and_has_no_such_section() -> None:
    assert not notes_at_end(at_end(book(notes=())))


def test_kept_layouts_know_when_the_heads_of_notes_change(tmp_path: Path) -> None:
    """A longer introduction moves the calls in it, and only the heads of the notes say so."""
    first = Layouts(tmp_path / "kept", "a program", ("screen",))
    before = write_pdf(noted(), kept=first)
    first.save()
    assert (
        write_pdf(noted(), kept=Layouts(tmp_path / "kept", "a program", ("screen",)))
        == before
        == made()
    )
    parts = tuple(
        replace(part, body=part.body.replace("</h1>", f"</h1>{paragraphs('more', 9)}"))
        if part.id == "in"
        else part
        for part in noted().parts
    )
    longer = replace(noted(), parts=parts)
    after = write_pdf(longer, kept=Layouts(tmp_path / "kept", "a program", ("screen",)))
    assert after == write_pdf(longer)
    found = heads(pages_of(after, tmp_path), *ENGLISH)
    assert [head for head, _ in found] == [said for _, said in found]
    assert found != heads(pages_of(before, tmp_path), *ENGLISH)
