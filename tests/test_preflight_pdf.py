"""Each fault that preflight names is planted in a sound file and found there."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from printed import book, chapter
from typer.testing import CliRunner

from publish.cli import app
from publish.conditions import condition
from publish.errors import EditionError, UsageError
from publish.pdf.tags import tags
from publish.preflight import Finding, grouped
from publish.preflight.composition import composition
from publish.preflight.pdf import preflight_pdf
from publish.writers.pdf import write_pdf
from publish.writers.press import make_press

Fault = Callable[[pikepdf.Pdf], None]


@pytest.fixture(scope="module")
def sound() -> bytes:
    return write_pdf(book())


@pytest.fixture(scope="module")
def press() -> bytes:
    return write_pdf(book(), press=True)


def damaged(pdf: bytes, fault: Fault) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as document:
        fault(document)
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def narrow_page(document: pikepdf.Pdf) -> None:
    page = document.pages[6]
    x0, y0, x1, y1 = (float(value) for value in page["/TrimBox"])
    page["/TrimBox"] = pikepdf.Array([x0, y0, x1 - 1, y1])


def trim_beyond_bleed(document: pikepdf.Pdf) -> None:
    page = document.pages[2]
    page["/TrimBox"] = pikepdf.Array([-1000, 0, 396, 612])


def no_trim(document: pikepdf.Pdf) -> None:
    del document.pages[0]["/TrimBox"]


def no_media(document: pikepdf.Pdf) -> None:
    del document.pages[2].obj["/MediaBox"]


def thin_bleed(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        x0, y0, x1, y1 = (float(value) for value in page["/TrimBox"])
        page["/BleedBox"] = pikepdf.Array([x0 - 2, y0 - 2, x1 + 2, y1 + 2])


def unembedded_font(document: pikepdf.Pdf) -> None:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if key in item:
                    del item[key]
            return


def whole_font(document: pikepdf.Pdf) -> None:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type0":
            item["/BaseFont"] = pikepdf.Name("/EBGaramond")


def empty_box(document: pikepdf.Pdf) -> None:
    page = document.pages[6]
    name = next(iter(page["/Resources"]["/Font"].keys()))
    page.contents_add(
        document.make_stream(f"/Artifact BMC BT {name} 10 Tf <00000001> Tj ET EMC".encode()),
        prepend=False,
    )


def no_title(document: pikepdf.Pdf) -> None:
    del document.docinfo["/Title"]


def no_language(document: pikepdf.Pdf) -> None:
    del document.Root.Lang


def broken_link(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        for note in page.get("/Annots", []):
            note["/A"] = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.String("nowhere"))
            return


def odd_page(document: pikepdf.Pdf) -> None:
    del document.pages[-1]


def red_text(document: pikepdf.Pdf) -> None:
    document.pages[4].contents_add(document.make_stream(RED), prepend=False)


def long_and_unmarked(document: pikepdf.Pdf) -> None:
    del document.Root.Outlines
    while len(document.pages) < 22:
        document.add_blank_page(page_size=(396, 612))
        document.pages[-1].TrimBox = document.pages[-1].MediaBox


def no_folio(document: pikepdf.Pdf) -> None:
    """What the third line of the contents says last is put first, its folio before its title."""
    links = [tag for tag in tags(document) if tag.kind == "Link" and "LI" in tag.above]
    held = links[2].element
    held.K = pikepdf.Array(list(held.K)[::-1])


def labels_astray(document: pikepdf.Pdf) -> None:
    document.Root.PageLabels.Nums[3].St = 2


RED = b"/Artifact BMC 1 0 0 rg 0 0 9 9 re f EMC"
FAULTS: list[tuple[Fault, str, str, bool]] = [
    (narrow_page, "pdf.boxes", "page 7", False),
    (trim_beyond_bleed, "pdf.boxes", "page 3", False),
    (no_trim, "pdf.boxes", "page 1", False),
    (thin_bleed, "press.bleed", "page 1", True),
    (unembedded_font, "pdf.fonts", "", False),
    (whole_font, "pdf.fonts", "", False),
    (empty_box, "pdf.glyphs", "page 7", False),
    (no_title, "pdf.metadata", "", False),
    (no_language, "pdfua.language", "", False),
    (broken_link, "pdf.links", "page 5", False),
    (odd_page, "pdf.pages", "", False),
    (long_and_unmarked, "pdf.bookmarks", "", False),
    (no_folio, "pdf.contents", "page 5", False),
    (labels_astray, "pdf.labels", "page 5", False),
    (red_text, "pdfx.colour", "page 5", True),
]


@pytest.mark.parametrize(("fault", "check", "place", "of_press"), FAULTS)
def test_planted_fault_is_found_where_it_stands(
    fault: Fault, check: str, place: str, of_press: bool, sound: bytes, press: bytes
) -> None:
    findings = preflight_pdf(damaged(press if of_press else sound, fault), press=of_press)
    assert (check, place) in {(finding.check, finding.place) for finding in findings}
    assert {finding.check for finding in findings} == {check}


def test_a_sound_file_has_no_finding(sound: bytes, press: bytes) -> None:
    assert preflight_pdf(sound) == []
    assert preflight_pdf(press, press=True) == []


def without_labels(document: pikepdf.Pdf) -> None:
    del document.Root.PageLabels


def test_pages_without_labels_are_advice_where_folios_are_others(
    sound: bytes, tmp_path: Path
) -> None:
    (found,) = preflight_pdf(damaged(sound, without_labels))
    assert (found.check, found.severity) == ("pdf.labels", "advice")
    file = tmp_path / "other.pdf"
    file.write_bytes(damaged(sound, without_labels))
    told = CliRunner().invoke(app, ["preflight", str(file)])
    assert told.exit_code == 0
    assert "advice: The pages have no labels" in told.output
    assert f"{file}: passed." in told.output
    only_text = write_pdf(book(parts=(chapter(0), chapter(1), chapter(2)), notes=()))
    assert preflight_pdf(damaged(only_text, without_labels)) == []


def test_a_list_of_links_is_not_taken_for_the_contents(sound: bytes) -> None:
    """Links to chapters in words of their own have no folios to be missed."""
    links = "".join(f'<li><a href="#chapter-{n}">the tale no. {n}</a></li>' for n in range(3))
    made = write_pdf(
        book(parts=(chapter(0, f"<ul>{links}</ul>"), chapter(1), chapter(2)), notes=())
    )
    assert preflight_pdf(made) == []


def test_red_is_no_fault_on_a_screen(sound: bytes) -> None:
    assert preflight_pdf(damaged(sound, red_text)) == []


def test_what_is_no_pdf_is_one_finding() -> None:
    assert [finding.check for finding in preflight_pdf(b"%PDF-1.7 nothing")] == ["pdf.readable"]


def draws_itself(document: pikepdf.Pdf) -> None:
    form = document.make_stream(
        b"/x Do 2 0 0 2 0 0 cm /x Do /x Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
        BBox=pikepdf.Array([0, 0, 9, 9]),
    )  # fmt: skip
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/x": form}))
    page = document.pages[2]
    page.Resources["/XObject"] = pikepdf.Dictionary({"/x": form})
    page.contents_add(document.make_stream(b"/x Do"), prepend=False)


def turns_in_circles(document: pikepdf.Pdf) -> None:
    top = document.Root.StructTreeRoot.K[0]
    top.K.append(top)


def a_number_for_a_font(document: pikepdf.Pdf) -> None:
    document.pages[6].Resources.Font = 7


@pytest.mark.parametrize(
    ("fault", "of_press", "checks"),
    [
        (draws_itself, True, {"pdfx.operators"}),
        (turns_in_circles, False, {"pdfua.tagged"}),
        (a_number_for_a_font, False, {"pdf.readable"}),
        (a_number_for_a_font, True, {"pdf.readable"}),
    ],
)
def test_a_damaged_file_is_a_finding_at_worst(
    fault: Fault, of_press: bool, checks: set[str], sound: bytes, press: bytes
) -> None:
    findings = preflight_pdf(damaged(press if of_press else sound, fault), press=of_press)
    assert {finding.check for finding in findings} == checks


@pytest.mark.parametrize("of_press", [False, True])
def test_a_page_without_a_media_box_is_said_to_have_none(
    of_press: bool, sound: bytes, press: bytes
) -> None:
    """A reader of PDFs that gives it the paper of a letter does not hide that."""
    findings = preflight_pdf(damaged(press if of_press else sound, no_media), press=of_press)
    assert {finding.message for finding in findings} == {"The page has no media box."}
    assert {finding.place for finding in findings} == {"page 3"}
    assert ("pdfx.boxes" in {finding.check for finding in findings}) == of_press


def test_one_damaged_tag_hides_no_other_finding(sound: bytes) -> None:
    def several(document: pikepdf.Pdf) -> None:
        del document.Root.Lang
        document.Root.ViewerPreferences = 7
        document.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.Array())

    findings = preflight_pdf(damaged(sound, several))
    assert [f.check for f in findings] == ["pdf.readable", "pdfua.language", "pdfua.forms"]


def deep_in_tags(document: pikepdf.Pdf) -> None:
    top = document.Root.StructTreeRoot.K[0]
    inner = top.K[0]
    for _ in range(3000):
        inner = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Div, K=inner))
    top.K[0] = inner


def ring_of_arrays(document: pikepdf.Pdf) -> None:
    held = document.make_indirect(pikepdf.Array([]))
    held.append(held)
    document.Root.StructTreeRoot.K.append(held)


@pytest.mark.parametrize("fault", [turns_in_circles, ring_of_arrays])
def test_composition_of_a_tree_in_circles_is_refused_in_a_sentence(
    fault: Fault, sound: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "ring.pdf"
    file.write_bytes(damaged(sound, fault))
    told = CliRunner().invoke(app, ["preflight", "--composition", str(file)])
    assert told.exit_code == 2
    assert f"{file}: the PDF is damaged" in told.output
    assert "a tag stands within itself" in told.output


def test_composition_of_a_damaged_page_is_refused_in_a_sentence(sound: bytes) -> None:
    with pytest.raises(UsageError, match="the PDF is damaged"):
        composition(damaged(sound, a_number_for_a_font))


def test_tags_as_deep_as_can_be_are_read(sound: bytes) -> None:
    assert composition(damaged(sound, deep_in_tags)).figures == composition(sound).figures


def test_text_that_is_in_no_paragraph_is_read(sound: bytes) -> None:
    def bare(document: pikepdf.Pdf) -> None:
        for tag in tags(document):
            if tag.kind == "P":
                tag.element.S = pikepdf.Name.Div

    assert composition(damaged(sound, bare)).figures


def test_damage_keeps_no_other_check_from_being_made(press: bytes) -> None:
    def several(document: pikepdf.Pdf) -> None:
        a_number_for_a_font(document)
        red_text(document)
        document.Root.OutputIntents = 7
        del document.docinfo["/Title"]

    findings = preflight_pdf(damaged(press, several), press=True)
    assert {"pdf.readable", "pdf.metadata", "pdfx.colour", "pdfx.identification"} <= {
        finding.check for finding in findings
    }


def test_a_mistake_of_our_own_is_no_damage(monkeypatch, sound: bytes) -> None:
    monkeypatch.setattr("publish.preflight.pdf.check_parity", lambda document: [Finding.nothing])
    with pytest.raises(AttributeError):
        preflight_pdf(sound)


def test_the_colour_with_which_a_space_begins_is_no_damage(press: bytes) -> None:
    def cyan(document: pikepdf.Pdf) -> None:
        content = b"/DeviceCMYK cs 0 0 50 50 re f"
        document.pages[4].contents_add(document.make_stream(content), prepend=False)

    assert preflight_pdf(damaged(press, cyan), press=True) == []


def test_drawings_within_drawings_are_walked_once(press: bytes) -> None:
    def deep(document: pikepdf.Pdf) -> None:
        form = document.make_stream(b"0 0 9 9 re f", Subtype=pikepdf.Name.Form)
        for _ in range(30):  # 3 to the 30th
            form = document.make_stream(
                b"/x Do 1 0 0 1 5 5 cm /x Do 1 0 0 1 5 5 cm /x Do", Subtype=pikepdf.Name.Form,
                Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/x": form})),
            )  # fmt: skip
        page = document.pages[2]
        page.Resources["/XObject"] = pikepdf.Dictionary({"/x": form})
        page.contents_add(document.make_stream(b"/x Do"), prepend=False)

    assert preflight_pdf(damaged(press, deep), press=True) == []


@pytest.mark.parametrize("user", ["", "secret"])
def test_an_encrypted_file_is_said_to_be_one(user: str, sound: bytes) -> None:
    with pikepdf.open(BytesIO(sound)) as document:
        out = BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="other", user=user))
    (finding,) = preflight_pdf(out.getvalue())
    assert finding.check == "pdf.encryption"
    assert "Save it without a password" in finding.message
    if user:
        with pytest.raises(UsageError, match="encrypted"):
            composition(out.getvalue())


def test_a_file_that_is_cut_off_is_said_to_be_one(sound: bytes) -> None:
    (finding,) = preflight_pdf(sound[: len(sound) // 2])
    assert finding == Finding(
        "pdf.readable", "error",
        "The file is cut off: the end of the PDF is missing. Make it anew.",
    )  # fmt: skip


def test_one_fault_of_many_pages_is_told_once(sound: bytes) -> None:
    findings = preflight_pdf(sound, press=True)
    assert "This is the PDF for the screen" in findings[0].message
    with pikepdf.open(BytesIO(sound)) as document:
        pages = len(document.pages)
    told = grouped(findings)
    assert told[0] == findings[0]
    assert [f.place for f in told if f.check == "press.bleed"] == [f"pages 1–{pages}"]
    apart = [Finding("a", "error", "b", f"page {n}") for n in (1, 2, 4, 7, 8, 9)]
    assert [f.place for f in grouped(apart)] == ["pages 1–2, 4, 7–9"]
    assert grouped(apart[:1]) == apart[:1]


def test_a_drawing_that_draws_itself_is_refused(sound: bytes) -> None:
    with pytest.raises(EditionError, match="page 3: a drawing draws itself"):
        make_press(damaged(sound, draws_itself), condition=condition())


def test_a_character_without_a_glyph_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    unassigned = "\U000e5431"
    monkeypatch.setattr("publish.writers.pdf_boxes.refuse_missing_glyphs", lambda *_: None)
    pdf = write_pdf(book(parts=(chapter(0, f"<p>A{unassigned}b</p>", 1),), notes=()))
    assert "pdf.glyphs" in {finding.check for finding in preflight_pdf(pdf)}
