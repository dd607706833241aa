"""Imposition: the sheets, folded as a binder folds them, read in order; pages keep their boxes."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from command import ROOT, publish
from conftest import required
from hypothesis import given
from hypothesis import strategies as st

from publish.commands.impose import impose as impose_file
from publish.commands.impose import told
from publish.errors import PublishError, SourceError, UsageError
from publish.imposition import (
    SHEETS_MM,
    Sheet,
    booklet,
    creep_mm,
    impose,
    scale_to_fit,
    signatures,
)
from publish.paper import PAPERS, measured, paper, spine_mm
from publish.writers.impose import Imposed, impose_pdf

MM = 72 / 25.4
A6 = (105 * MM, 148 * MM)


def read_folded(signature: list[Sheet], right_to_left: bool = False) -> list[int | None]:
    """The pages as they are read once the sheets are folded.

    The sheets lie open, backs up, the outermost undermost. A turn over the short edge put the
    front's right behind the back's left. Who reads from the left has the left pile first, from
    below upwards, each leaf from its lower face to its upper, then the right pile downwards.
    """
    left = [(s.front.right, s.back.left) for s in signature]  # (lower face, upper face)
    right = [(s.front.left, s.back.right) for s in signature]
    first, second = (right, left) if right_to_left else (left, right)
    upwards = [page for leaf in first for page in leaf]
    downwards = [page for lower, upper in reversed(second) for page in (upper, lower)]
    return upwards + downwards


@given(st.integers(1, 700), st.sampled_from([0, 4, 8, 12, 16, 20, 32, 64]), st.booleans())
def test_the_folded_and_gathered_book_reads_in_order(pages, signature_pages, right_to_left):
    lengths = signatures(pages, signature_pages) if signature_pages else booklet(pages)
    sheets = impose(pages, lengths, right_to_left)
    read: list[int | None] = []
    for number in range(len(lengths)):
        signature = [s for s in sheets if s.signature == number]
        assert [s.depth for s in signature] == list(range(len(signature)))
        read += read_folded(signature, right_to_left)
    assert read[:pages] == list(range(1, pages + 1))
    assert read[pages:] == [None] * (len(read) - pages)
    assert len(read) - pages < 4


@given(st.integers(1, 700), st.sampled_from([4, 8, 16, 32]))
def test_a_short_signature_stands_last_but_one(pages, signature_pages):
    lengths = signatures(pages, signature_pages)
    short = [n for n, length in enumerate(lengths) if length != signature_pages]
    assert short in ([], [max(len(lengths) - 2, 0)])


@pytest.mark.parametrize("odd", [-4, 0, 2, 6, 15, 17, 68])
def test_a_signature_is_made_of_folded_sheets(odd):
    with pytest.raises(UsageError, match="multiple of 4"):
        signatures(100, odd)


def test_pages_are_scaled_only_down_and_never_too_small():
    assert scale_to_fit((105, 148), SHEETS_MM["a4"]) == 1
    assert scale_to_fit((148, 210), SHEETS_MM["a4"]) == 1
    assert scale_to_fit((210, 297), SHEETS_MM["a4"]) == pytest.approx(0.707, abs=0.001)
    with pytest.raises(UsageError, match="too small to read"):
        scale_to_fit((300, 420), SHEETS_MM["a4"])


def test_papers_are_as_thick_as_their_sources_say():
    assert paper("book-80").caliper_um == 120  # 80 g/m² at bulk 1.5
    assert spine_mm(300, paper("kdp-white")) == pytest.approx(300 * 0.002252 * 25.4, abs=0.01)
    assert spine_mm(128, paper("50-lb")) - 0.6 == pytest.approx(64 * 0.0039 * 25.4, abs=0.01)
    assert all(60 < p.caliper_um < 200 and 0.8 <= p.caliper_um / p.grammage_gsm < 1.9
               for p in PAPERS.values())  # fmt: skip
    with pytest.raises(UsageError, match="offset-80"):
        paper("vellum")
    with pytest.raises(UsageError, match="no paper"):
        measured(5000)


# The PDF


def pdf_of(
    pages: int,
    size: tuple[float, float] = A6,
    margin: float = 0,
    turned: int = 0,
    unit: float = 1,
    **keys: object,
) -> bytes:
    """Pages that say "page7" 20 pt right of and 30 pt above their trim's corner as a reader sees
    it; `margin` lies between media and trim, `turned` is /Rotate, `unit` /UserUnit."""
    document = pikepdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    width, height = (size[0] + 2 * margin) / unit, (size[1] + 2 * margin) / unit
    x, y = (margin + 20) / unit, (margin + 30) / unit
    media = (width, height) if turned % 180 == 0 else (height, width)
    turn = {
        0: f"1 0 0 1 {x} {y}",
        90: f"0 1 -1 0 {media[0] - y} {x}",
        180: f"-1 0 0 -1 {media[0] - x} {media[1] - y}",
        270: f"0 -1 1 0 {y} {media[1] - x}",
    }[turned]
    for number in range(1, pages + 1):
        document.add_blank_page(page_size=media)
        page = document.pages[-1]
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        content = f"BT /F {12 / unit} Tf {turn} Tm (page{number}) Tj ET"
        page.Contents = document.make_stream(content.encode())
        if margin:
            m = margin / unit
            page.TrimBox = [m, m, media[0] - m, media[1] - m]
        if turned:
            page.Rotate = turned
        if unit != 1:
            page.UserUnit = unit
        for key, value in keys.items():
            page[f"/{key}"] = value
    out = BytesIO()
    document.save(out, static_id=True)
    return out.getvalue()


def words_of(pdf: bytes, folder: Path) -> list[dict[str, tuple[float, float]]]:
    """Word → (left, baseline's distance from the sheet's foot, about) of each side, in points."""
    required("pdftotext", "apt-get install -y poppler-utils")
    file = folder / "sheets.pdf"
    file.write_bytes(pdf)
    made = subprocess.run(
        ["pdftotext", "-bbox", str(file), "-"], capture_output=True, check=True, text=True
    ).stdout
    sides = []
    for page in ElementTree.fromstring(made).iter("{http://www.w3.org/1999/xhtml}page"):
        height = float(page.attrib["height"])
        sides.append(
            {str(w.text): (float(w.attrib["xMin"]), height - float(w.attrib["yMax"])) for w in page}
        )
    return sides


def imposed(pdf: bytes, sheet: str = "a4", caliper: float = 100, **options: object) -> Imposed:
    return impose_pdf(pdf, sheet, caliper, **options)  # type: ignore[arg-type]


def test_eight_pages_stand_where_a_booklet_has_them(tmp_path):
    sides = words_of(imposed(pdf_of(8)).data, tmp_path)
    assert [sorted(side) for side in sides] == [
        ["page1", "page8"], ["page2", "page7"], ["page3", "page6"], ["page4", "page5"],
    ]  # fmt: skip
    assert sides[0]["page8"][0] < sides[0]["page1"][0]
    assert sides[1]["page2"][0] < sides[1]["page7"][0]


@pytest.mark.parametrize("margin", [0.0, 40.0])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("unit", [1.0, 2.0])
def test_the_trim_box_is_placed_upright_beside_the_fold(margin, turned, unit, tmp_path):
    made = imposed(pdf_of(4, margin=margin, turned=turned, unit=unit))
    assert made.page_mm == pytest.approx((105, 148), abs=0.01)
    front = words_of(made.data, tmp_path)[0]
    fold, foot = 297 * MM / 2, (210 - 148) / 2 * MM
    assert front["page1"][0] == pytest.approx(fold + 20, abs=0.1)
    assert front["page4"][0] == pytest.approx(fold - A6[0] + 20, abs=0.1)
    baseline = foot + 30 - 12 * 0.22  # Helvetica's descender, about
    assert front["page1"][1] == pytest.approx(baseline, abs=0.6)


def test_creep_moves_inner_pages_to_the_fold_a_thickness_a_sheet(tmp_path):
    plain = words_of(imposed(pdf_of(40), caliper=100).data, tmp_path)
    thick = words_of(imposed(pdf_of(40), caliper=300).data, tmp_path)
    for depth in range(10):
        for words, others in zip(plain[2 * depth :][:2], thick[2 * depth :][:2], strict=True):
            moved = creep_mm(depth, 200) * MM
            for word, (x, _) in words.items():
                way = 1 if x < 297 * MM / 2 else -1
                assert others[word][0] - x == pytest.approx(way * moved, abs=0.02), word
    assert imposed(pdf_of(40), caliper=100).creep_mm == pytest.approx(0.9)


def test_blanks_fill_the_last_sheet(tmp_path):
    made = imposed(pdf_of(5))
    assert (made.pages, made.blanks, made.sheets) == (5, 3, 2)
    sides = words_of(made.data, tmp_path)
    assert [sorted(side) for side in sides] == [
        ["page1"], ["page2"], ["page3"], ["page4", "page5"],
    ]  # fmt: skip


def test_pages_that_do_not_fit_are_scaled_down_together(tmp_path):
    made = imposed(pdf_of(4, (210 * MM, 297 * MM)))
    assert made.scale == pytest.approx(0.7071, abs=0.0002)
    assert not made.marked
    front = words_of(made.data, tmp_path)[0]
    assert front["page1"][0] == pytest.approx(297 * MM / 2 + 20 * made.scale, abs=0.1)


def test_a_book_bound_at_its_right_is_folded_the_other_way(tmp_path):
    with pikepdf.open(BytesIO(pdf_of(4))) as document:
        document.Root.ViewerPreferences = pikepdf.Dictionary(Direction=pikepdf.Name.R2L)
        out = BytesIO()
        document.save(out)
    front = words_of(imposed(out.getvalue()).data, tmp_path)[0]
    assert front["page1"][0] < front["page4"][0]


def test_bleed_is_kept_but_not_over_the_fold_nor_a_printers_marks():
    """A page whose media is all grey shows its bleed at the fore-edge, nothing beyond it."""
    from PIL import Image

    required("pdftoppm", "apt-get install -y poppler-utils")

    def grey(bleed: float) -> bytes:
        keys = {"BleedBox": [40 - bleed, 40 - bleed, A6[0] + 40 + bleed, A6[1] + 40 + bleed]}
        with pikepdf.open(BytesIO(pdf_of(1, margin=40, **keys if bleed else {}))) as document:
            page = document.pages[0]
            page.Contents = document.make_stream(b"0.5 g 0 0 2000 2000 re f")
            out = BytesIO()
            document.save(out)
        return out.getvalue()

    for bleed in (0.0, 9.0):
        run = subprocess.run(
            ["pdftoppm", "-r", "72", "-png", "-singlefile", "-"],
            input=imposed(grey(bleed)).data, capture_output=True, check=True,
        )  # fmt: skip
        picture = Image.open(BytesIO(run.stdout)).convert("L")
        row = [picture.getpixel((x, picture.height // 2)) for x in range(picture.width)]
        dark = [x for x, value in enumerate(row) if value < 200]  # type: ignore[operator]
        fold = 297 * MM / 2
        assert dark[0] == pytest.approx(fold, abs=1.5)
        assert dark[-1] == pytest.approx(fold + A6[0] + bleed, abs=1.5)


def test_fonts_are_shared_and_what_spoke_of_the_pages_is_gone():
    with pikepdf.open(BytesIO(pdf_of(8))) as document:
        document.Root.PageLabels = pikepdf.Dictionary(
            Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.D)]
        )
        document.docinfo["/Title"] = "A Book"
        document.docinfo["/GTS_PDFXVersion"] = "PDF/X-1a:2003"
        with document.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Page 3", 2))
        out = BytesIO()
        document.save(out)
    with pikepdf.open(BytesIO(imposed(out.getvalue()).data)) as made:
        fonts = [o for o in made.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o]
        assert len(fonts) == 1
        pages = [o for o in made.objects if isinstance(o, pikepdf.Dictionary)
                 and o.get("/Type") == "/Page"]  # fmt: skip
        assert len(pages) == 4
        assert str(made.docinfo["/Title"]) == "A Book"
        assert "/GTS_PDFXVersion" not in made.docinfo
        assert not {"/PageLabels", "/Outlines"} & set(made.Root.keys())
        assert made.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"


def test_what_a_reader_filled_in_is_printed(tmp_path):
    with pikepdf.open(BytesIO(pdf_of(1))) as document:
        page = document.pages[0]
        look = pikepdf.Stream(
            document, b"BT /F 12 Tf 1 0 0 1 2 2 Tm (filled) Tj ET", Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form, BBox=[0, 0, 100, 20], Resources=page.Resources,
        )  # fmt: skip
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[100, 100, 200, 120],
            F=4, AP=pikepdf.Dictionary(N=look),
        )  # fmt: skip
        page.Annots = pikepdf.Array([document.make_indirect(note)])
        out = BytesIO()
        document.save(out)
    assert "filled" in words_of(imposed(out.getvalue()).data, tmp_path)[0]


def test_the_same_book_gives_the_same_sheets():
    book = pdf_of(20)
    assert imposed(book).data == imposed(book).data


def collated_bars(data: bytes) -> list[float]:
    """The feet of the filled bars on the fold of each sheet's front."""
    feet = []
    with pikepdf.open(BytesIO(data)) as document:
        for page in document.pages:
            lines = page.Contents.read_bytes().decode().splitlines()
            feet += [float(line.split()[4]) for line in lines if line.endswith("re f Q")]
    return feet


def test_signatures_bear_steps_that_go_down_the_back():
    feet = collated_bars(imposed(pdf_of(64), signature_pages=16).data)
    assert len(feet) == 4
    assert feet == sorted(feet, reverse=True)
    assert not collated_bars(imposed(pdf_of(64)).data)


# What cannot be imposed, in one sentence


def encrypted() -> bytes:
    with pikepdf.open(BytesIO(pdf_of(2))) as document:
        out = BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def owned() -> bytes:
    with pikepdf.open(BytesIO(pdf_of(2))) as document:
        out = BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="o", user=""))
    return out.getvalue()


def unequal() -> bytes:
    with pikepdf.open(BytesIO(pdf_of(3))) as document:
        document.pages[2].MediaBox = [0, 0, 400, 500]
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def no_pages() -> bytes:
    out = BytesIO()
    pikepdf.new().save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"just words, and no PDF", "no PDF that can be read"),
        (pdf_of(2)[:60], "no PDF that can be read"),
        (encrypted(), "encrypted"),
        (owned(), "encrypted"),
        (no_pages(), "no pages"),
        (unequal(), r"page 3 is 141\.1 × 176\.4 mm, page 1 105\.0 × 148\.0 mm"),
        (pdf_of(2, (420 * MM, 594 * MM)), "too small to read"),
    ],
)
def test_a_file_that_cannot_be_folded_is_refused(data, said):
    with pytest.raises(PublishError, match=said):
        imposed(data)


@pytest.mark.parametrize("turned", [45, -10, 90.5])
def test_a_page_that_stands_aslant_is_damaged(turned):
    with pytest.raises(SourceError, match="page 1 of the PDF is damaged"):
        imposed(pdf_of(1, Rotate=turned))


def test_creep_that_takes_the_text_over_the_fold_is_refused(tmp_path):
    assert imposed(pdf_of(404), caliper=100).creep_mm == pytest.approx(10.0)
    with pytest.raises(UsageError, match=r"102 sheets .* 10\.1 mm over the fold"):
        imposed(pdf_of(408), caliper=100)
    (tmp_path / "book.pdf").write_bytes(pdf_of(300))
    target, made = impose_file(tmp_path / "book.pdf", None, "a4", "booklet")
    assert any("look at the innermost sheet" in line for line in told(target, made, "a4"))
    target, made = impose_file(tmp_path / "book.pdf", None, "a4", "signatures")
    assert not any("innermost sheet" in line for line in told(target, made, "a4"))
    assert set(made.lengths) <= {16, 12}


def test_the_length_of_signatures_asks_for_signatures(tmp_path):
    (tmp_path / "book.pdf").write_bytes(pdf_of(16))
    said = publish("impose", "book.pdf", "--signature-pages", "8", cwd=tmp_path).stdout
    assert "book.signatures.pdf: 16 pages on 4 sheets of A4 in 2 signatures of 8 pages." in said


def test_the_shorter_of_two_signatures_is_told_as_the_first(tmp_path):
    (tmp_path / "book.pdf").write_bytes(pdf_of(28))
    said = publish("impose", "book.pdf", "--method", "signatures", cwd=tmp_path).stdout
    assert "7 sheets of A4 in 2 signatures of 16 pages, the first of 12 (3 sheets)." in said


def test_a_page_without_size_is_refused():
    with pytest.raises(SourceError, match="page 1 of the PDF"):
        imposed(pdf_of(1, TrimBox=pikepdf.Array([900, 900, 950, 950])))


def test_the_command_writes_the_sheets_and_says_how_to_print_them(tmp_path):
    (tmp_path / "book.pdf").write_bytes(pdf_of(18, (139.7 * MM, 215.9 * MM)))
    said = publish("impose", "book.pdf", cwd=tmp_path).stdout
    assert "book.booklet.pdf: 18 pages and 2 blanks on 5 sheets of A4." in said
    assert "97.3%" in said
    assert "short edge" in said
    (tmp_path / "out").mkdir()
    said = publish(
        "impose", "book.pdf", "--sheet", "tabloid", "--method", "signatures", "--signature-pages",
        "8", "--thickness", "130", "-o", "out/s.pdf", cwd=tmp_path,
    ).stdout  # fmt: skip
    assert (
        "5 sheets of Tabloid in 3 signatures of 8 pages, the last but one of 4 (1 sheet)." in said
    )
    assert "0.13 mm" in said
    assert (tmp_path / "out" / "s.pdf").is_file()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["none.pdf"], 2, "no such file"),
        (["."], 2, "folder"),
        (["book.pdf", "--sheet", "a5"], 2, "a4, a3, letter, tabloid"),
        (["book.pdf", "--method", "glue"], 2, "booklet and signatures"),
        (["book.pdf", "--method", "signatures", "--signature-pages", "10"], 2, "multiple of 4"),
        (["book.pdf", "--paper", "vellum"], 2, "no paper “vellum”"),
        (["book.pdf", "--paper", "book-80", "--thickness", "90"], 2, "one of them"),
        (["book.pdf", "--thickness", "-3"], 2, "no paper"),
        (["book.pdf", "--thickness", "0"], 2, "no paper"),
        (["book.pdf", "--signature-pages", "0"], 2, "multiple of 4"),
        (["book.pdf", "--method", "booklet", "--signature-pages", "8"], 2, "--method signatures"),
        (["book.pdf", "-o", "book.pdf"], 2, "the book itself"),
        (["book.pdf", "-o", "book.pdf/x.pdf"], 2, "a file stands here"),
        (["words.txt"], 3, "no PDF"),
    ],
)
def test_a_wrong_word_is_answered_in_a_sentence_and_nothing_is_written(words, code, said, tmp_path):
    (tmp_path / "book.pdf").write_bytes(pdf_of(4))
    (tmp_path / "words.txt").write_text("words")
    before = sorted(tmp_path.iterdir())
    assert said in publish("impose", *words, cwd=tmp_path, code=code).stderr
    assert sorted(tmp_path.iterdir()) == before


def test_the_table_of_papers_is_printed_as_it_is():
    rows = re.findall(
        r"^\| `(\S+)` \| (\d+) \| ([\d.]+) \| ([\d.]+) \|",
        (ROOT / "docs" / "print-papers.md").read_text("utf-8"),
        re.M,
    )
    assert [(name, float(grammage), float(caliper)) for name, grammage, _, caliper in rows] == [
        (p.name, p.grammage_gsm, p.caliper_um) for p in PAPERS.values()
    ]
    for name, grammage, bulk, caliper in rows:
        assert float(caliper) / float(grammage) == pytest.approx(float(bulk), abs=0.01), name
