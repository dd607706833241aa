"""The PDF for the screen: tags put right, and each clause of the list for it broken and found."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from command import ROOT
from pikepdf import Array, Dictionary, Name, String
from printed import book, chapter
from rendered import every_kind

from publish.pdf.tags import Tag, shown, tags, tree
from publish.preflight.pdf import preflight_pdf
from publish.preflight.set_text import Reader
from publish.preflight.tagged import CLAUSES, check_tags
from publish.writers.pdf import write_pdf

Plant = Callable[[pikepdf.Pdf], object]
UA = "{http://www.aiim.org/pdfua/ns/id/}part"
INNER = (
    "<h2>Levels</h2><p>Of <em>brass</em>.</p>"
    "<table><thead><tr><th>Day</th><th>Feet</th></tr></thead>"
    "<tbody><tr><td>One</td><td>7</td></tr><tr><td>Two</td><td>9</td></tr></tbody></table>"
    '<ul><li>A chain</li><li>A level</li></ul><p><img alt="A level" src="data:image/png;base64,'
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGOoAgAAewB6N1xddAAAAABJRU5ErkJggg=="/></p>'
)


@pytest.fixture(scope="module")
def sound() -> bytes:
    parts = [*book().parts]
    parts[5] = chapter(0, INNER)
    return write_pdf(book(parts=tuple(parts)))


def changed(pdf: bytes, plant: Plant, **how: object) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as document:
        plant(document)
        out = BytesIO()
        document.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def found(pdf: bytes, password: str = "") -> dict[str, list[str]]:
    with pikepdf.open(BytesIO(pdf), password=password) as document:
        faults: dict[str, list[str]] = {}
        for finding in check_tags(document):
            faults.setdefault(finding.check, []).append(f"{finding.place}: {finding.message}")
    return faults


def tag(document: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    return next(tag.element for tag in tags(document) if tag.kind == kind)


def link(document: pikepdf.Pdf) -> pikepdf.Object:
    return next(note for page in document.pages for note in page.get("/Annots", []))


def draw(content: bytes) -> Plant:
    return lambda of: of.pages[6].contents_add(of.make_stream(content), prepend=False)


def set_of(holder: pikepdf.Object, key: str, value: object) -> None:
    holder[key] = value


def without(holder: pikepdf.Object, *keys: str) -> None:
    for key in keys:
        del holder[key]


def said(document: pikepdf.Pdf, key: str, value: str) -> None:
    with document.open_metadata(set_pikepdf_as_editor=False) as packet:
        if value:
            packet[key] = value
        else:
            del packet[key]


def marked_twice(document: pikepdf.Pdf) -> None:
    piece = next(tag for tag in tags(document) if tag.pieces and tag.kind == "Span")
    page = next(page for page in document.pages if page.obj.objgen == piece.pieces[0][0])
    content = f"/Artifact BMC /P <</MCID {piece.pieces[0][1]}>> BDC 0 0 9 9 re f EMC EMC"
    page.contents_add(document.make_stream(content.encode()), prepend=False)


def headless(document: pikepdf.Pdf) -> None:
    for each in tags(document):
        if each.kind == "TH":
            each.element.S = Name.TD


def unheaded(document: pikepdf.Pdf) -> None:
    for each in tags(document):
        if each.kind == "TD" and "/A" in each.element:
            del each.element.A


def noted(document: pikepdf.Pdf, *names: str) -> None:
    paragraphs = [each.element for each in tags(document) if each.kind == "P"]
    for element, name in zip(paragraphs, names, strict=False):
        element.S = Name.Note
        if name:
            element.ID = String(name)


def unread_font(document: pikepdf.Pdf) -> None:
    for item in document.objects:
        if isinstance(item, Dictionary) and item.get("/Subtype") == "/Type0":
            del item["/ToUnicode"]


PLANTS: list[tuple[str, str, Plant]] = [
    ("pdfua.label", "PDF/UA-9", lambda of: said(of, UA, "9")),
    ("pdfua.tagged", "no tags", lambda of: without(of.Root, "/StructTreeRoot")),
    ("pdfua.tagged", "does not say that it is tagged", lambda of: without(of.Root, "/MarkInfo")),
    ("pdfua.tagged", "may be wrong", lambda of: set_of(of.Root.MarkInfo, "/Suspects", True)),
    ("pdfua.content", "page 7: Something is neither", draw(b"0 0 9 9 re f")),
    ("pdfua.content", "page 7: Something is marked for a structure",
     draw(b"/P <</MCID 9999>> BDC 0 0 9 9 re f EMC")),
    ("pdfua.content", "both an artifact", marked_twice),
    ("pdfua.roles", "Chapter is no standard one", lambda of: set_of(
        tag(of, "Sect"), "/S", Name("/Chapter"))),
    ("pdfua.title", "no title", lambda of: said(of, "dc:title", "")),
    ("pdfua.title", "file's name", lambda of: without(of.Root, "/ViewerPreferences")),
    ("pdfua.language", "does not say its language", lambda of: without(of.Root, "/Lang")),
    ("pdfua.language", "“old English” is none", lambda of: set_of(
        of.Root, "/Lang", String("old English"))),
    ("pdfua.figures", "A figure has no", lambda of: without(tag(of, "Figure"), "/Alt")),
    ("pdfua.headings", "level 3 stands after one of level 1", lambda of: set_of(
        tag(of, "H2"), "/S", Name.H3)),
    ("pdfua.headings", "level 2 stands before any", lambda of: set_of(
        tag(of, "H1"), "/S", Name.H2)),
    ("pdfua.tables", "no header cells", headless),
    ("pdfua.tables", "which headers are theirs", unheaded),
    ("pdfua.tables", "A tag P stands in TR", lambda of: set_of(tag(of, "TD"), "/S", Name.P)),
    ("pdfua.lists", "A tag LI stands in", lambda of: set_of(tag(of, "L"), "/S", Name.Sect)),
    ("pdfua.lists", "A tag P stands in L", lambda of: set_of(tag(of, "LI"), "/S", Name.P)),
    ("pdfua.notes", "no ID of its own", lambda of: noted(of, "")),
    ("pdfua.notes", "no ID of its own", lambda of: noted(of, "a", "a")),
    ("pdfua.layers", "hidden", lambda of: set_of(of.Root, "/OCProperties", Dictionary())),
    ("pdfua.forms", "XFA", lambda of: set_of(of.Root, "/AcroForm", Dictionary(XFA=Array()))),
    ("pdfua.order", "tab key", lambda of: [without(p, "/Tabs") for p in of.pages if "/Tabs" in p]),
    ("pdfua.links", "not in a Link tag", lambda of: set_of(
        next(t.element for t in tags(of) if t.notes), "/S", Name.Span)),
    ("pdfua.links", "in words", lambda of: without(link(of), "/Contents")),
    ("pdfua.unicode", "which characters", unread_font),
]  # fmt: skip
SEALED = pikepdf.Encryption(
    owner="o", user="", R=3, aes=False, metadata=False,
    allow=pikepdf.Permissions(accessibility=False),
)  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "words", "plant"), PLANTS, ids=[f"{c} {w}" for c, w, _ in PLANTS]
)
def test_a_broken_clause_is_found(clause: str, words: str, plant: Plant, sound: bytes) -> None:
    faults = found(changed(sound, plant))
    assert clause in faults, faults
    assert any(words in fault for fault in faults[clause]), faults
    assert set(faults) <= {clause, "pdfua.lists"}, faults  # a wrong list has wrong items, too


def test_a_file_that_is_closed_to_readers_is_found(sound: bytes) -> None:
    closed = changed(sound, lambda of: None, encryption=SEALED)
    assert list(found(closed)) == ["pdfua.security"]


def test_every_clause_is_broken_by_a_plant() -> None:
    assert {clause.name for clause in CLAUSES} == {c for c, _, _ in PLANTS} | {"pdfua.security"}


def test_a_sound_file_passes_and_says_so(sound: bytes) -> None:
    assert found(sound) == {}
    assert preflight_pdf(sound) == []
    with pikepdf.open(BytesIO(sound)) as document:
        assert document.open_metadata()[UA] == "1"


def test_a_file_that_fails_does_not_say_so() -> None:
    """A picture without alternative text keeps the label out."""
    silent = write_pdf(book(parts=(chapter(0, INNER.replace('alt="A level" ', "")),), notes=()))
    assert list(found(silent)) == ["pdfua.figures"]
    with pikepdf.open(BytesIO(silent)) as document:
        assert UA not in document.open_metadata()


def test_other_languages_are_named_and_notes_are_notes() -> None:
    inner = (
        '<p>He said <i xml:lang="fr">rien de tout</i>, and <span xml:lang="de">nichts</span>.</p>'
    )
    parts = [*book().parts]
    parts[5] = chapter(0, inner)
    pdf = write_pdf(book(parts=tuple(parts)))
    assert found(pdf) == {}
    with pikepdf.open(BytesIO(pdf)) as document:
        read = tags(document)
        assert [str(t.element.Lang) for t in read if "/Lang" in t.element] == ["fr", "de"]
        notes = [t for t in read if t.kind == "Note"]
        assert len(notes) == 1
        assert "/ID" in notes[0].element
        assert str(document.Root.Lang) == "en"


def test_spans_that_say_nothing_are_no_tags() -> None:
    """A paragraph holds its lines itself; what is told of a word or a link stays in a tag."""
    line = "Those that came later than the others had to stand in the road. "
    inner = (
        f"<p>{line * 3}<em>Nobody</em> spoke, <span class='odd'>or was asked</span> to, and"
        f' <span xml:lang="de">nichts</span> was <a href="#c1">said</a> besides. {line * 3}</p>'
    )
    pdf = write_pdf(book(parts=(chapter(0, inner), chapter(1)), notes=()))
    assert found(pdf) == {}
    with pikepdf.open(BytesIO(pdf)) as document:
        read = tree(document)
        paragraph = next(tag for tag in read.tags if tag.kind == "P" and len(tag.pieces) > 6)
        within = [tag.kind for tag in read.tags if paragraph in tag.around()]
        # The word that is stressed, the foreign one with its text, and the link.
        assert within == ["NonStruct", "Span", "Span", "Span", "Link"]
        texts = {
            (page.obj.objgen, number): piece.text
            for page in document.pages
            for number, piece in Reader().pieces(page).items()
        }
        said = "".join(
            texts[piece] for tag, piece in read.pieces if paragraph in (tag, *tag.around())
        )
    meant = f"{line * 3}Nobody spoke, or was asked to, and nichts was said besides. {line * 3}"
    assert said.replace("\N{SOFT HYPHEN}", "").replace(" ", "") == meant.replace(" ", "")


def test_an_item_with_paragraphs_of_its_own_has_a_body() -> None:
    pdf = write_pdf(book(parts=(chapter(0, "<ul><li><p>One.</p><p>Two.</p></li></ul>"),), notes=()))
    assert found(pdf) == {}
    with pikepdf.open(BytesIO(pdf)) as document:
        within = [each.parent for each in tags(document) if each.kind == "P"]
    assert within.count("LBody") == 2


def test_every_kind_of_block_passes() -> None:
    assert preflight_pdf(write_pdf(every_kind())) == []


def test_running_heads_and_folios_are_artifacts(sound: bytes) -> None:
    with pikepdf.open(BytesIO(sound)) as document:
        artifacts = [thing for thing in shown(document) if thing.artifact]
        places = {thing.place for thing in artifacts}
        assert {"page 7", "page 8"} <= places
        content = document.pages[7].Contents.read_bytes()
        assert b"/Artifact << /Type /Pagination >> BDC" in content


def test_leaders_are_artifacts_and_links_have_their_words(sound: bytes) -> None:
    with pikepdf.open(BytesIO(sound)) as document:
        words = [str(note.Contents) for page in document.pages for note in page.get("/Annots", [])]
        assert words.count("Introduction") == 1
        assert "Chapter the Second" in words
        assert not any(" . " in said or said in ("", ".") for said in words)
        contents = next(page for page in document.pages if "/Annots" in page)
        assert b"/Artifact << /Type /Layout >> BDC" in contents.Contents.read_bytes()


def test_a_row_of_dots_in_the_text_is_read() -> None:
    text = "<p>Before</p><p>. . .</p><p>. . . . . .</p><p>After</p>"
    made = write_pdf(book(parts=(chapter(0, text, 1),), notes=()))
    with pikepdf.open(BytesIO(made)) as document:
        number, page = next(
            (n, page) for n, page in enumerate(document.pages, 1)
            if len({t.piece for t in shown(document) if t.place == f"page {n}" and t.piece}) > 3
        )  # fmt: skip
        assert b"/Type /Layout" not in page.Contents.read_bytes(), number
        held = {piece for tag in tags(document) for piece in tag.pieces}
        drawn = {t.piece for t in shown(document) if t.place == f"page {number}" and not t.artifact}
        assert drawn <= held


def test_every_link_is_told_once(sound: bytes) -> None:
    with pikepdf.open(BytesIO(sound)) as document:
        linked = [note.objgen for each in tags(document) for note in each.notes]
        drawn = [note.objgen for page in document.pages for note in page.get("/Annots", [])]
        assert sorted(linked) == sorted(drawn)
        assert len(set(linked)) == len(linked)


def test_the_tree_of_parents_leads_back_to_the_tags(sound: bytes) -> None:
    with pikepdf.open(BytesIO(sound)) as document:
        numbers = document.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(key): held for key, held in zip(numbers[::2], numbers[1::2], strict=True)}
        pages = {
            page.obj.objgen: int(page.obj.StructParents)
            for page in document.pages
            if "/StructParents" in page.obj  # a blank page has none
        }
        seen = 0
        for each in tags(document):
            for page, mcid in each.pieces:
                assert parents[pages[page]][mcid].objgen == each.element.objgen
                seen += 1
            for note in each.notes:
                assert parents[int(note.StructParent)].objgen == each.element.objgen
        assert seen > 300


def test_the_manual_prints_the_whole_list() -> None:
    manual = (ROOT / "docs" / "print-preflight.md").read_text("utf-8")
    rows = [f"| `{clause.name}` | {clause.paragraph} | {clause.says} |" for clause in CLAUSES]
    assert [row for row in rows if row not in manual] == []


def names(found: list[Tag]) -> list[str]:
    return [each.name for each in found]


def test_tags_are_read_in_order_and_through_roles() -> None:
    with pikepdf.new() as document:
        kids = Array(
            [Dictionary(S=Name("/Kapitel"), K=Dictionary(S=Name.P)), Dictionary(S=Name.H1)]
        )
        top = Dictionary(S=Name.Document, K=kids)
        document.Root.StructTreeRoot = Dictionary(
            K=top, RoleMap=Dictionary({"/Kapitel": Name("/Teil"), "/Teil": Name.Sect})
        )
        read = tags(document)
        assert names(read) == ["Document", "Kapitel", "P", "H1"]
        assert [each.kind for each in read] == ["Document", "Sect", "P", "H1"]
        assert read[2].above == ("Document", "Sect")
