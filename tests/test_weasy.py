"""Ready-made lines beside WeasyPrint's own: the same pages, words, places, links and tags."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from command import ROOT
from everything import everything
from printed import book, chapter, laid, prose

from publish.book import Book, Part
from publish.edition_folder import load_edition
from publish.pipeline import prepare
from publish.render import render
from publish.theme import THEMES
from publish.writers.pdf import write_pdf
from publish.writers.weasy import engine
from publish.writers.weasy.load import NOISY
from publish.writers.weasy.shortcuts import compressed_once
from publish.writers.weasy.typestyle import TypeStyles

WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)
# WeasyPrint cuts each kern, word space and letter space to whole thousandths of the em, which may
# move the end of a line by a third of a point; ready-made lines end where the measure does.
NEAR = 0.35


def first_edition() -> Book:
    edition = load_edition(next((ROOT / "seeds").glob("*/edition.toml")).parent)
    return render(prepare(edition), edition)


def mixed() -> Book:
    """Paragraphs that are known and paragraphs that are not, line for line beside each other."""
    odd = (
        f"<p>{prose(0)} <sub>below</sub> {prose(1)}</p>",
        f"<p>{prose(1)} &#x2672; {prose(2)}</p>",
        f'<p>{prose(2)} <span style="text-decoration: underline">{prose(0, 1)}</span></p>',
        f"<p>{prose(3)} <em>{prose(4, 2)} <cite>Title</cite> {prose(2, 1)}</em></p>",
        f"<p>{prose(4)} <b>{prose(1, 1)}</b> <i><b>both</b></i> {prose(0, 1)}</p>",
        f"<p>{prose(5)} Ἐν ἀρχῇ ἦν ὁ λόγος, в начале было Слово. {prose(1)}</p>",
        f'<p>{prose(0)} <a href="#chapter-0">{prose(1, 2)}</a> {prose(2)}</p>',
        "<p>One line, and no more.</p><p>“A\u00a0line with a fixed space.”</p>",
        f'<p class="dateline">Rome, May 1</p><p>soft\u00adhyphen {prose(3)}</p>',
        f"<blockquote><p>{prose(1)}</p></blockquote><ol><li>{prose(2)}</li><li>no</li></ol>",
        '<p class="stanza"><span class="line">Tyger, tyger, burning bright</span></p>',
    )
    return book(parts=(chapter(0, "".join(odd)), chapter(1)), notes=())


def themed(theme: str) -> Book:
    """In a face that kerns its spaces: those of last lines, where they are set as they are."""
    made = book()
    settings = replace(made.edition.print, theme=theme)
    return replace(made, edition=replace(made.edition, print=settings))


BOOKS: dict[str, Callable[[], Book]] = {
    "printed": book,
    "everything": everything,
    "first": first_edition,
    "mixed": mixed,
    "serif": lambda: themed("source-serif"),
    "large": lambda: themed("large-print"),
}


@pytest.fixture(scope="module", params=sorted(BOOKS))
def pair(request: pytest.FixtureRequest) -> tuple[bytes, bytes]:
    """The screen PDF of a book as WeasyPrint sets its settled lines, and with ready-made ones."""
    made = BOOKS[request.param]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "KNOWN", "another")
        plain = write_pdf(made)
    return plain, write_pdf(made)


def words(pdf: bytes, folder: Path) -> list[list[tuple[str, float, float, float, float]]]:
    """The words of each page with their boxes, in the order in which they are read."""
    file = folder / "book.pdf"
    file.write_bytes(pdf)
    told = subprocess.run(
        ["pdftotext", "-bbox", str(file), "-"], capture_output=True, check=True, text=True
    ).stdout
    return [
        [(found[5], *(float(found[at]) for at in (1, 2, 3, 4))) for found in WORD.finditer(page)]
        for page in told.split("<page ")[1:]
    ]  # fmt: skip


def test_every_word_stands_where_the_plain_lines_have_it(
    pair: tuple[bytes, bytes], tmp_path: Path
) -> None:
    plain, ready = (words(pdf, tmp_path) for pdf in pair)
    # A face may have one glyph for a small capital and the capital's: which of the two it stands
    # for is decided by what comes first, in either way.
    assert [[word[0].casefold() for word in page] for page in plain] == [
        [word[0].casefold() for word in page] for page in ready
    ]
    moved = [
        (max(abs(a - b) for a, b in zip(one[1:], other[1:], strict=True)), one, other)
        for page, same in zip(plain, ready, strict=True)
        for one, other in zip(page, same, strict=True)
    ]
    assert max(moved)[0] < NEAR, max(moved)
    assert sum(by for by, _, _ in moved) / len(moved) < 0.05


def outline(document: pikepdf.Pdf) -> list[tuple[int, str, int]]:
    def walk(items: Any, depth: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            page = next(
                at for at, page in enumerate(document.pages)
                if page.obj.objgen == item.destination[0].objgen
            )  # fmt: skip
            yield depth, item.title, page
            yield from walk(item.children, depth + 1)

    with document.open_outline() as found:
        return list(walk(found.root, 0))


def links(document: pikepdf.Pdf) -> list[tuple[int, str, list[float]]]:
    return [
        (at, str(note.get("/Dest", note.get("/A", {}).get("/URI") if "/A" in note else "")),
         [float(value) for value in note["/Rect"]])
        for at, page in enumerate(document.pages)
        for note in page.get("/Annots", [])
    ]  # fmt: skip


def structure(document: pikepdf.Pdf) -> list[str]:
    """The tree of tags, each with its depth and, where it is a leaf, the page of its content."""
    places = {page.obj.objgen: at for at, page in enumerate(document.pages)}
    found: list[str] = []

    def walk(node: Any, depth: int) -> None:
        if not isinstance(node, pikepdf.Dictionary):
            found.append(f"{depth} content {int(node)}")
        elif "/S" in node:
            page = places[node["/Pg"].objgen] if "/Pg" in node else ""
            found.append(f"{depth} {node['/S']} {page}")
            for kid in node["/K"] if isinstance(node["/K"], pikepdf.Array) else [node["/K"]]:
                walk(kid, depth + 1)
        else:
            found.append(f"{depth} {node['/Type']}")

    walk(document.Root.StructTreeRoot["/K"][0], 0)
    return found


def test_outline_links_and_tags_are_the_same(pair: tuple[bytes, bytes]) -> None:
    with pikepdf.open(BytesIO(pair[0])) as plain, pikepdf.open(BytesIO(pair[1])) as ready:
        assert outline(plain) == outline(ready)
        assert structure(plain) == structure(ready)
        before, after = links(plain), links(ready)
        assert [link[:2] for link in before] == [link[:2] for link in after]
        for (_, _, one), (_, _, other) in zip(before, after, strict=True):
            assert one == pytest.approx(other, abs=NEAR)


@pytest.mark.parametrize("name", sorted(BOOKS))
def test_most_lines_are_ready_made(name: str) -> None:
    from weasyprint.formatting_structure import boxes

    from publish.writers.weasy.lines import box_classes

    settled = box_classes()[0]
    ready = [
        type(box) is settled
        for each in laid(BOOKS[name]())
        for page in each.document.pages
        for box in page._page_box.descendants()
        if isinstance(box, boxes.LineBox)
    ]
    # Entries of an index that run over two lines of their column are left to WeasyPrint.
    assert sum(ready) > (0.6 if name == "mixed" else 0.85) * len(ready)


def test_a_document_can_be_written_twice() -> None:
    document = laid(book())[1].document
    assert document.write_pdf(pdf_identifier=b"x") == document.write_pdf(pdf_identifier=b"x")


def test_glyphs_of_one_book_are_not_in_the_next() -> None:
    part = Part("s", "S", "chapter", "body", '<section id="s"><h1>S</h1><p>Zyx, Qq.</p></section>')
    alone = write_pdf(book())
    write_pdf(book(parts=(part,), notes=()))
    assert write_pdf(book()) == alone


def test_another_weasyprint_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.layout import block

    monkeypatch.setattr(engine, "KNOWN", "another")
    original = block.iter_line_boxes
    with engine.Engine("", None).at_work(TypeStyles()):
        assert block.iter_line_boxes is original


def test_the_known_version_is_the_one_required() -> None:
    required = (ROOT / "requirements.txt").read_text("utf-8")
    assert f"weasyprint=={engine.KNOWN}" in required


def patched() -> list[object]:
    """What stands in each place where a function of WeasyPrint is replaced while it works."""
    from weasyprint.layout import block

    places = engine.Engine("", None)._places(TypeStyles())
    return [getattr(where, name) for where, name, _ in places] + [block._linebox_layout]


def test_functions_are_put_back() -> None:
    before = patched()

    def fail() -> None:
        with engine.notes_under_their_calls(), engine.Engine("", None).at_work(TypeStyles()):
            assert not any(one is other for one, other in zip(patched(), before, strict=True))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert patched() == before


def test_two_layouts_at_a_time_leave_all_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    before, source = patched(), engine._source
    levels = [logging.getLogger(name).level for name in NOISY]

    def slow(*given: Any) -> Any:
        time.sleep(0.4)
        return source(*given)

    monkeypatch.setattr(engine, "_source", slow)
    made: list[Any] = []
    threads = [threading.Thread(target=lambda: made.append(laid(book()))) for _ in range(2)]
    for thread in threads:
        thread.start()
        time.sleep(0.1)  # the second comes while the first is within
    for thread in threads:
        thread.join()
    assert len(made) == 2
    assert patched() == before
    assert [logging.getLogger(name).level for name in NOISY] == levels


LOADED_TWICE = """
import ctypes.util, threading, time
from publish.writers.weasy.load import load_weasyprint
find, got = ctypes.util.find_library, []
threads = [threading.Thread(target=lambda: got.append(hasattr(load_weasyprint(), "Page")))
           for _ in range(4)]
for thread in threads:
    thread.start()
    time.sleep(0.05)
for thread in threads:
    thread.join()
print(got, ctypes.util.find_library is find)
"""


def test_two_that_load_the_layout_at_a_time_have_all_of_it() -> None:
    """Python names a module among the loaded ones before it is."""
    told = subprocess.run(
        [sys.executable, "-c", LOADED_TWICE], capture_output=True, text=True, check=True
    )
    assert told.stdout == f"{[True] * 4} True\n"


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_weasyprint_finds_nothing_amiss_with_the_style_sheets(
    theme: str, caplog: pytest.LogCaptureFixture
) -> None:
    from publish.writers.pdf import print_rules, sheet
    from publish.writers.weasy.load import jail

    with caplog.at_level(logging.WARNING, "weasyprint"):
        engine.Engine(print_rules(sheet("digest", theme=theme)), jail())
    assert [record.getMessage() for record in caplog.records] == []


def styles_of(tree: Any, *, shared: bool) -> dict[Any, Any]:
    """The computed style of each element and pseudo-element, as WeasyPrint finds it or by the
    shorter way."""
    from weasyprint.css import get_all_computed_styles
    from weasyprint.css.counters import CounterStyle
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.css.targets import TargetCollector

    from publish.writers.pdf import page_rules, sheet, style
    from publish.writers.weasy.load import jail

    rules = page_rules(sheet("digest")) + style("base.css") + style("print.css")
    made = engine.Engine(rules, jail(), ready=shared)
    with made.at_work(TypeStyles()):
        found = get_all_computed_styles(
            engine._source(tree, None), [made.sheet], False, made.fonts, CounterStyle(), {}, [], [],
            TargetCollector(), False,
        )  # fmt: skip
        names = [name for name in INITIAL_VALUES if name != "anchor"]
        return {
            place: (id(style), {name: style[name] for name in names})
            for place, style in found.get_computed_styles().items()
        }


@pytest.mark.parametrize("division", [0, 1, 2])
def test_styles_are_those_of_the_ordinary_cascade(division: int) -> None:
    tree = laid(first_edition())[division].document._html.etree_element
    plain, shared = (styles_of(tree, shared=way) for way in (False, True))
    assert set(plain) == set(shared)
    for (element, pseudo), (_, values) in plain.items():
        other = shared[element, pseudo][1]
        differing = [name for name in values if values[name] != other[name]]
        assert differing == [], (element.tag, element.attrib, pseudo)
    assert len({made for made, _ in shared.values()}) < len({made for made, _ in plain.values()})


@pytest.mark.parametrize("extra", [{}, {"Length1": 9}])
@pytest.mark.parametrize("compress", [False, True])
def test_streams_hold_what_pydyf_writes(extra: dict[str, int], compress: bool) -> None:
    """What a page draws is compressed by another level; anything else is the same to the byte."""
    import pydyf

    def stream(lines: int) -> Any:
        words = [b"BT", f"/F {lines} Tf", 1.5, pydyf.Dictionary({"MCID": 3}), b"ET"]
        return pydyf.Stream(words * lines, dict(extra), compress=compress)

    def written(made: Any) -> bytes:
        pdf = pydyf.PDF()
        pdf.add_object(made)
        out = BytesIO()
        pdf.write(out)
        return out.getvalue()

    plain = [written(stream(lines)) for lines in (0, 1, 300)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pydyf.Stream, "data", compressed_once(pydyf.Stream.data))
        quick = [written(stream(lines)) for lines in (0, 1, 300)]
    assert (plain == quick) == bool(extra or not compress)
    for one, other in zip(plain, quick, strict=True):
        with pikepdf.open(BytesIO(one)) as before, pikepdf.open(BytesIO(other)) as after:
            (first,), (second,) = (
                [each for each in document.objects if isinstance(each, pikepdf.Stream)]
                for document in (before, after)
            )
            assert first.read_bytes() == second.read_bytes()
            assert set(first.keys()) == set(second.keys())
