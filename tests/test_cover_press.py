"""Covers for the press: geometry, what a spine bears, the blurb, the barcode, the finished PDF."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from command import copy_of_seed, publish
from conftest import required
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from publish.barcode import magnification, modules
from publish.commands.cover_told import another_book
from publish.conditions import condition
from publish.cover import look_of, words
from publish.cover_back import Placed
from publish.cover_blurb import set_blurb
from publish.cover_designs import DESIGNS, PALETTES
from publish.cover_inks import DESIGN_INKS, inks_of
from publish.cover_own import check_resolution, own_colours
from publish.cover_shapes import Box
from publish.cover_spread import Spread, spine_turn, spine_type_pt
from publish.cover_wrap import OWN, Matter, Wrap, wrap
from publish.edition import Contributor, Metadata
from publish.edition_folder import load_edition
from publish.errors import EditionError
from publish.images import Picture, picture
from publish.preflight.pdf import preflight_pdf
from publish.rendering.markdown import paragraphs
from publish.writers import cover_pdf
from publish.writers.cover_html import _opaque
from publish.writers.cover_pdf import write_cover
from publish.writers.weasy.engine import Engine
from publish.writers.weasy.typestyle import TypeStyles

MM = 72 / 25.4
ISBN = "978-0-306-40615-7"
BLURB = """When the surveyor comes to the valley, everybody tells him that the house is empty.

*The Harbour and the Upper Town* is a quiet and “very funny” book about a town that has agreed
not to know something, out of print for a century."""
DATE = "2026-01-01T00:00:00Z"
BOOK = Metadata(
    title="The Harbour and the Upper Town",
    contributors=(Contributor("Ada Example"),),
    publisher="Halcyon & Reed",
)


def composed(
    design: str,
    spread: Spread,
    pages: int = 300,
    isbn: str = ISBN,
    blurb: str = BLURB,
    meta: Metadata = BOOK,
    own: Picture | None = None,
    **said: object,
) -> Wrap:
    look = look_of(meta, "title-page" if own else design)
    matter = Matter(
        words(meta), meta.language, pages, isbn, paragraphs(blurb), "Halcyon & Reed, London",
        **said,  # type: ignore[arg-type]
    )  # fmt: skip
    return wrap(matter, design, own_colours(own) if own else look.colours, 1, spread, own)


DIGEST = Spread(139.7, 215.9, 18.0, 3.0)


@cache
def made(design: str) -> bytes:
    return write_cover(composed(design, DIGEST), BOOK, DATE, condition())


def words_on(pdf: bytes, folder: Path) -> list[tuple[str, float, float, float, float]]:
    """(word, left, top, right, bottom) in mm from the upper left corner of the bleed."""
    required("pdftotext", "apt-get install -y poppler-utils")
    file = folder / "cover.pdf"
    file.write_bytes(pdf)
    shown = subprocess.run(
        ["pdftotext", "-bbox", str(file), "-"], capture_output=True, check=True, text=True
    ).stdout
    slug = 6.0  # marks and their distance
    found = []
    for word in ElementTree.fromstring(shown).iter("{http://www.w3.org/1999/xhtml}word"):
        box = (float(word.attrib[k]) / MM - slug for k in ("xMin", "yMin", "xMax", "yMax"))
        found.append((str(word.text), *box))
    return found  # type: ignore[return-value]


def picture_of(pdf: bytes, dpi: int = 300) -> Image.Image:
    required("pdftoppm", "apt-get install -y poppler-utils")
    shown = subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-png", "-singlefile", "-"],
        input=pdf, capture_output=True, check=True,
    ).stdout  # fmt: skip
    return Image.open(BytesIO(shown)).convert("RGB")


def operations(pdf: bytes) -> Iterator[tuple[Sequence[Any], str]]:
    """The operands and operators of the page."""
    with pikepdf.open(BytesIO(pdf)) as document:
        for operation in pikepdf.parse_content_stream(document.pages[0]):
            yield operation.operands, str(operation.operator)


# The PDF


@pytest.mark.parametrize("design", sorted(DESIGNS))
def test_boxes_and_marks_are_where_the_press_cuts_and_folds(design):
    with pikepdf.open(BytesIO(made(design))) as document:
        assert len(document.pages) == 1
        page = document.pages[0]
        boxes = {
            name: [float(v) for v in page[name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox")
        }
    width, height = (2 * 139.7 + 18) * MM, 215.9 * MM
    trim, bleed, media = boxes["/TrimBox"], boxes["/BleedBox"], boxes["/MediaBox"]
    assert trim[2] - trim[0] == pytest.approx(width, abs=0.1)
    assert trim[3] - trim[1] == pytest.approx(height, abs=0.1)
    for side, way in zip(range(4), (-1, -1, 1, 1), strict=True):
        assert (bleed[side] - trim[side]) * way == pytest.approx(3 * MM, abs=0.1)
        assert (media[side] - bleed[side]) * way == pytest.approx(6 * MM, abs=0.1)
    strokes, start = [], (0.0, 0.0)
    for operands, operator in list(operations(made(design)))[-200:]:
        if operator == "m":
            start = float(operands[0]), float(operands[1])
        elif operator == "l":
            strokes.append((*start, float(operands[0]), float(operands[1])))
    assert len(strokes) == 12  # eight at the corners, four at the folds
    for x0, y0, x1, y1 in strokes:  # no mark reaches into the bleed
        assert (
            max(x0, x1) < bleed[0] or min(x0, x1) > bleed[2]
            or max(y0, y1) < bleed[1] or min(y0, y1) > bleed[3]
        )  # fmt: skip
    upright = sorted({round(x0, 1) for x0, _, x1, _ in strokes if x0 == x1})
    spine = trim[0] + 139.7 * MM
    expected = [trim[0], spine, spine + 18 * MM, trim[2]]
    assert upright == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("design", sorted(DESIGNS))
def test_a_cover_passes_as_a_file_for_the_press(design):
    assert preflight_pdf(made(design), press=True) == []


@pytest.mark.parametrize("design", sorted(DESIGNS))
def test_the_bars_are_of_black_ink_alone(design):
    symbol = composed(design, DIGEST).symbol
    assert symbol
    shapes = re.findall(r'width="([\d.]+)" height="([\d.]+)" fill="#000000"', symbol.shapes)
    wanted = sorted((float(width), float(height)) for width, height in shapes)
    assert len(wanted) == 30  # two for each of the 12 digits, six of the guards
    found, fill, box = [], "", (0.0, 0.0)
    for operands, operator in operations(made(design)):
        if operator in ("k", "g"):
            fill = " ".join(f"{float(n):g}" for n in operands) + f" {operator}"
        elif operator == "re":
            box = abs(float(operands[2])), abs(float(operands[3]))
        elif operator in ("f", "f*") and any(box == pytest.approx(bar, abs=1e-3) for bar in wanted):
            assert fill in ("0 0 0 1 k", "0 g"), box
            found.append(box)
    assert sorted(found) == [pytest.approx(bar, abs=1e-3) for bar in wanted]


def test_every_colour_of_the_designs_has_its_inks():
    for palette in PALETTES:
        for name, colour in palette._asdict().items():
            inks = DESIGN_INKS[colour]
            assert sum(inks) <= 2.0, colour
            assert sum(share > 0 for share in inks[:3]) <= 2 or not inks.black, colour
            assert (inks.black == 1) == (name == "ink"), colour
    assert inks_of(0.1, 0.2, 0.3, 3.0) is None
    assert inks_of(0x5B / 255, 0x1F / 255, 0x24 / 255, 1.8) is None  # more than the paper takes


@pytest.mark.parametrize("design", sorted(DESIGNS))
def test_the_cover_is_printed_in_the_inks_of_its_design(design):
    colours = look_of(BOOK, design).colours
    used = set()
    with pikepdf.open(BytesIO(made(design))) as document:
        page = document.pages[0]
        for stream in (page, *page.form_xobjects.values()):
            for operation in pikepdf.parse_content_stream(stream, "k K"):
                used.add(tuple(round(float(share), 2) for share in operation.operands))
    for name, colour in colours._asdict().items():
        if name != "ground" or design != "title-page":  # a title page is all paper
            assert tuple(DESIGN_INKS[colour]) in used, name


def test_with_a_profile_colours_go_through_it_and_type_stays_black():
    from test_press_cli import PROFILE

    required("gs", "apt-get install -y ghostscript")
    press = condition(icc=PROFILE.read_bytes())
    pdf = write_cover(composed("title-page", DIGEST), BOOK, DATE, press)
    assert preflight_pdf(pdf, press=True) == []
    colours = look_of(BOOK, "title-page").colours
    fills = {
        tuple(round(float(share), 2) for share in operands)
        for operands, operator in operations(pdf)
        if operator in ("k", "g")
    }
    assert {(0.0, 0.0, 0.0, 1.0), (0.0,)} & fills
    assert tuple(DESIGN_INKS[colours.accent]) not in fills


@pytest.mark.parametrize("design", sorted(DESIGNS))
def test_nothing_is_printed_beyond_the_bleed(design):
    shown = picture_of(made(design), 72)
    slug = round(6 * MM)
    edge = shown.crop((0, slug + 60, slug - 2, shown.height - slug - 60))
    assert edge.getextrema() == ((255, 255),) * 3
    inside = shown.crop((slug + 2, slug + 60, slug + 6, shown.height - slug - 60))
    assert inside.getextrema() != ((255, 255),) * 3


@pytest.mark.parametrize("design", sorted(DESIGNS))
def test_type_is_embedded_and_only_ours(design):
    with pikepdf.open(BytesIO(made(design))) as document:
        fonts = [
            o for o in document.objects if isinstance(o, pikepdf.Dictionary)
            and o.get("/Type") == "/FontDescriptor"
        ]  # fmt: skip
        assert fonts
        for font in fonts:
            assert "EBGaramond" in str(font.FontName).replace("-", "")
            assert "/FontFile3" in font or "/FontFile2" in font
        assert str(document.docinfo["/Title"]) == BOOK.title
        assert not [o for o in document.objects if isinstance(o, pikepdf.Stream)
                    and "/SMask" in o]  # fmt: skip


@pytest.mark.parametrize("design", sorted(DESIGNS))
def test_every_word_stands_on_its_panel_off_the_edges_and_folds(design, tmp_path):
    panels = [(3, 142.7), (142.7, 160.7), (160.7, 300.4)]
    said = {0: "", 1: "", 2: ""}
    for word, left, top, right, bottom in words_on(made(design), tmp_path):
        panel = next(n for n, (a, b) in enumerate(panels) if a <= (left + right) / 2 < b)
        said[panel] += f"{word} "
        margin = 1.6 if panel == 1 else 6
        # pdftotext gives lines the height of their font's whole box
        assert panels[panel][0] + margin - 0.9 <= left, word
        assert right <= panels[panel][1] - margin + 0.9, word
        assert top >= 3 + 5, word
        assert bottom <= 3 + 215.9 - 5, word
    assert "surveyor" in said[0]
    assert "HALCYON" in said[0]
    assert "Ada Example" in said[1]
    assert "harbour" in said[1].lower()
    assert "harbour" in said[2].lower()


@pytest.mark.parametrize("design", sorted(DESIGNS))
def test_the_barcode_is_read_from_the_printed_page(design):
    import zxingcpp

    (found,) = zxingcpp.read_barcodes(picture_of(made(design)))
    assert found.text == ISBN.replace("-", "")
    assert "13" in str(found.format)


@pytest.mark.parametrize("width", [108, 129, 139.7, 210])
def test_the_barcode_is_of_a_size_that_scanners_read(width):
    spread = Spread(width, 1.5 * width, 10, 3)
    symbol = composed("large-type", spread).symbol
    assert symbol
    assert 0.8 <= symbol.magnification == magnification(width) <= 1
    wide = symbol.box.width * spread.unit_mm
    assert wide == pytest.approx(113 * 0.33 * symbol.magnification, abs=0.01)
    bars = re.findall(r'x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)"',
                      symbol.shapes)[1:]  # fmt: skip
    module = 0.33 * symbol.magnification / spread.unit_mm
    first, last = float(bars[0][0]), float(bars[-1][0]) + float(bars[-1][2])
    assert (first - symbol.box.left) / module == pytest.approx(11, abs=0.01)
    assert (symbol.box.left + symbol.box.width - last) / module == pytest.approx(7, abs=0.01)
    assert last - first == pytest.approx(95 * module, abs=0.01)
    assert {bar[3] for bar in bars}  # of two heights: digits and guards
    assert len({bar[3] for bar in bars}) == 2


LEFT_ODD = "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011".split()
PARITIES = ("OOOOOO OOEOEE OOEEOE OOEEEO OEOOEE OEEOOE OEEEOO OEOEOE OEOEEO OEEOEO").split()


@given(st.integers(0, 10**9 - 1), st.sampled_from(["978", "979"]))
def test_the_bars_say_the_isbn(number, prefix):
    """Read back by the tables of ISO/IEC 15420."""
    twelve = f"{prefix}{number:09d}"
    total = sum(int(d) * (3 if n % 2 else 1) for n, d in enumerate(twelve))
    isbn = twelve + str(-total % 10)
    bars = modules(isbn).replace("G", "1")
    assert len(bars) == 95
    assert (bars[:3], bars[45:50], bars[-3:]) == ("101", "01010", "101")
    parity, read = "", ""
    for start in range(3, 45, 7):
        piece = bars[start : start + 7]
        odd = piece in LEFT_ODD
        parity += "O" if odd else "E"
        mirrored = "".join("10"[int(b)] for b in reversed(piece))
        read += str(LEFT_ODD.index(piece if odd else mirrored))
    for start in range(50, 92, 7):
        piece = "".join("10"[int(b)] for b in bars[start : start + 7])
        read += str(LEFT_ODD.index(piece))
    assert str(PARITIES.index(parity)) + read == isbn


def test_the_same_cover_gives_the_same_bytes():
    for design in DESIGNS:
        assert made(design) == write_cover(composed(design, DIGEST), BOOK, DATE, condition())


def test_a_cover_is_not_laid_out_while_an_engine_works(monkeypatch):
    """An engine puts functions of its own into the layout's, for all threads."""
    begun = Event()
    plain = cover_pdf.cover_html
    monkeypatch.setattr(cover_pdf, "cover_html", lambda *given: begun.set() or plain(*given))
    wrapped = composed("large-type", DIGEST)
    first = made("large-type")
    other: list[bytes] = []
    thread = Thread(
        target=lambda: other.append(write_cover(wrapped, BOOK, DATE, condition())), daemon=True
    )
    with Engine("", None).at_work(TypeStyles()):
        thread.start()
        assert not begun.wait(0.7)
    thread.join(60)
    assert begun.is_set()
    assert other == [first]


def test_hostile_words_are_printed_as_they_are(tmp_path):
    meta = replace(BOOK, title="</title><b>A & B</b>", publisher="<i>")
    blurb = 'Read <script>alert("x")</script> & ]]> </div> *this*.'
    said = words_on(
        write_cover(
            composed("large-type", DIGEST, blurb=blurb, meta=meta), meta, DATE, condition()
        ),
        tmp_path,
    )
    assert "</div>" in [word for word, *_ in said]


# The spine


@pytest.mark.parametrize(
    ("spine", "pages", "bears"),
    [(18, 300, True), (6, 90, True), (6, 78, False), (5, 90, False), (6, 0, True), (0, 0, False)],
)
def test_a_spine_bears_text_where_it_fits(spine, pages, bears):
    size = spine_type_pt(spine, pages)
    assert bool(size) == bears
    if bears:
        assert size >= 7
        assert size * 0.95 / MM <= spine - 2 * 1.6 + 1e-9
    for design in DESIGNS:
        spread = replace(DIGEST, spine_mm=spine)
        assert composed(design, spread, pages).spine_said == bears


@pytest.mark.parametrize(
    ("language", "reads", "turn"),
    [("en", "", 90), ("en-US", "", 90), ("nl", "", 90), ("fr", "", -90), ("de-AT", "", -90),
     ("ru", "", -90), ("fr", "down", 90), ("en", "up", -90)],
)  # fmt: skip
def test_a_spine_reads_as_is_usual_in_its_language(language, reads, turn):
    assert spine_turn(language, reads) == turn
    meta = replace(BOOK, language=language)
    for design in DESIGNS:
        turned = {line.turn for line in composed(design, DIGEST, meta=meta, reads=reads).lines}
        assert turned == {0, turn}


@pytest.mark.parametrize("design", sorted(DESIGNS))
@pytest.mark.parametrize("title", ["Emma", "Преступление и наказание", "A Very Long Title " * 5])
@pytest.mark.parametrize("author", ["", "Ada Example", "Ada Example and Nine Others " * 3])
def test_lines_on_a_spine_do_not_lie_on_one_another(design, title, author):
    from publish.cover_lines import text_length

    people = (Contributor(author.strip()),) if author else ()
    meta = replace(BOOK, title=title.strip(), contributors=people)
    for spine in (7, 12, 40):
        for reads in ("up", "down"):
            spread = replace(DIGEST, spine_mm=spine)
            lines = [x for x in composed(design, spread, meta=meta, reads=reads).lines if x.turn]
            ends = []
            for line in lines:
                face = "EBGaramond-Italic.ttf" if line.italic else "EBGaramond-Regular.ttf"
                long = text_length(line.text, line.track, face) * line.size
                share = {"start": 0.0, "middle": 0.5, "end": 1.0}[line.anchor]
                start = line.y - share * long if line.turn > 0 else line.y - (1 - share) * long
                ends.append((start, start + long))
                assert start >= 120, (line, start)
                assert start + long <= spread.page.height - 120, line
            ends.sort()
            assert all(a[1] < b[0] for a, b in pairwise(ends)), lines


# The back


@given(
    st.lists(
        st.lists(st.text("abcdefghij", min_size=1, max_size=12), min_size=1, max_size=40),
        min_size=1, max_size=4,
    ),
    st.integers(200, 400),
)  # fmt: skip
def test_a_blurb_has_every_word_once_and_fits(texts, width):
    blurb = set_blurb([[(" ".join(text), False)] for text in texts], width, 10_000, 12.5)
    assert blurb
    said = " ".join("".join(text for text, _ in line) for line in blurb.lines)
    assert said.split() == [word for text in texts for word in text]
    from publish.cover_lines import text_length

    for line in blurb.lines:
        length = sum(text_length(text, 0) for text, _ in line) * blurb.size
        assert length <= width + 0.01 or len(line[0][0].split()) == 1


def test_a_blurb_shrinks_until_it_fits_or_is_refused():
    text: Sequence[Sequence[tuple[str, bool]]] = [[("every word counts " * 60, False)]]
    roomy, tight = set_blurb(text, 280, 500, 12.5), set_blurb(text, 280, 250, 12.5)
    assert roomy
    assert roomy.size == 12.5
    assert tight
    assert 8.5 <= tight.size < 12.5
    assert tight.height <= 250
    assert set_blurb(text, 280, 60, 12.5) is None


def test_emphasis_is_set_in_italics_and_stops_stay_with_their_word():
    runs = paragraphs("Read *Emma*, by the author\nof *Persuasion*.")
    assert runs == [[("Read ", False), ("Emma", True), (", by the author", False), (" ", False),
                     ("of ", False), ("Persuasion", True), (".", False)]]  # fmt: skip
    blurb = set_blurb(runs, 1000, 1000, 12)
    assert blurb
    assert "".join(text for text, _ in blurb.lines[0]) == "Read Emma, by the author of Persuasion."
    assert [text.strip() for text, italic in blurb.lines[0] if italic] == ["Emma", "Persuasion"]


@pytest.mark.parametrize("design", [*sorted(DESIGNS), OWN])
@pytest.mark.parametrize("shape", [(108, 175), (148, 210), (210, 210), (297, 210), (210, 297)])
@pytest.mark.parametrize("isbn", ["", ISBN])
def test_things_on_the_back_do_not_lie_on_one_another(design, shape, isbn):
    own = image(4000, 4000) if design == OWN else None
    logo = image(900, 500)
    wrapped = composed(design, Spread(*shape, 12, 3), isbn=isbn, own=own, logo=logo)
    assert wrapped.blurb_fits
    left, right = wrapped.spread.back.left, wrapped.spread.back.left + wrapped.spread.page.width
    boxes = [(p.box.left, p.box.top, p.box.left + p.box.width, p.box.top + p.box.height)
             for p in wrapped.pictures if not p.fills]  # fmt: skip
    inside = wrapped.symbol.lines if wrapped.symbol else ()
    if wrapped.symbol:
        b = wrapped.symbol.box
        boxes.append((b.left, b.top, b.left + b.width, b.top + b.height))
    from publish.cover_lines import text_length

    for line in wrapped.lines:
        if line.turn or line in inside or line.x > right:
            continue
        long = text_length(line.text, line.track) * line.size
        start = line.x - long / 2 if line.anchor == "middle" else line.x
        boxes.append((start, line.y - 0.65 * line.size, start + long, line.y + 0.2 * line.size))
    for n, one in enumerate(boxes):
        assert left + 100 <= one[0] < one[2] <= right - 100, one
        assert 100 <= one[1] < one[3] <= wrapped.spread.page.height - 100, one
        for other in boxes[n + 1 :]:
            apart = (
                one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            )
            assert apart, (one, other)


def image(width: int, height: int, colour: str = "#c0d0e0", mode: str = "RGB") -> Picture:
    target = BytesIO()
    Image.new(mode, (width, height), colour).save(target, "PNG")
    return picture(target.getvalue(), "cover", "x")


def test_a_picture_of_too_few_pixels_is_refused():
    check_resolution(image(1686, 2621), DIGEST, "x")
    with pytest.raises(
        EditionError, match=r"800 × 1280 pixels, 142 an inch at 143 × 222 mm"
    ) as caught:
        check_resolution(image(800, 1280), DIGEST, "seeds/x")
    assert caught.value.hint == "A press needs 300: 1686 × 2621 pixels or more."
    manual = (Path(__file__).parent.parent / "docs" / "edition-files.md").read_text("utf-8")
    assert "1686 × 2621" in manual


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#777777", "#21344b", "#f4eee0"])
def test_type_stands_out_from_the_colour_of_a_pictures_edge(colour):
    from test_cover import contrast

    colours = own_colours(image(900, 900, colour))
    assert colours.ground == colour
    assert contrast(colours.ink, colours.ground) >= 4.5


def turned_profile() -> bytes:
    """A profile of a screen whose red is sRGB's green, and whose green its red."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return srgb.replace(b"rXYZ", b"?XYZ").replace(b"gXYZ", b"rXYZ").replace(b"?XYZ", b"gXYZ")


@pytest.mark.parametrize("mode", ["RGBA", "P"])
def test_a_clear_picture_keeps_the_colours_of_its_profile(mode):
    shown = Image.new("RGBA", (4, 4), (255, 0, 0, 255))
    shown.putpixel((0, 0), (0, 0, 0, 0))
    file = BytesIO()
    shown.convert(mode).save(file, "PNG", icc_profile=turned_profile())
    placed = Placed(picture(file.getvalue(), "logo", "x"), Box(0, 0, 4, 4), "#0000ff")
    with Image.open(BytesIO(_opaque(placed))) as laid:
        assert laid.mode == "RGB"
        assert "icc_profile" not in laid.info
        assert laid.getpixel((0, 0)) == (0, 0, 255)
        assert laid.getpixel((2, 2)) == pytest.approx((0, 255, 0), abs=2)


def test_the_colour_that_goes_on_is_that_of_the_pictures_profile():
    file = BytesIO()
    Image.new("RGB", (90, 90), "#ff0000").save(file, "PNG", icc_profile=turned_profile())
    ground = own_colours(picture(file.getvalue(), "cover", "x")).ground
    red, green, blue = (int(ground[at : at + 2], 16) for at in (1, 3, 5))
    assert (red, green, blue) == pytest.approx((0, 255, 0), abs=2)


def test_a_picture_fills_the_front_and_its_colour_goes_on():
    own = image(1800, 2700, "#2060a0")
    pdf = write_cover(composed(OWN, DIGEST, own=own, logo=image(90, 90, "#00000000", "RGBA")), BOOK,
                      DATE, condition())  # fmt: skip
    shown = picture_of(pdf, 72)
    slug = round(6 * MM)
    colour = shown.getpixel((slug + 3, slug + 3))
    assert isinstance(colour, tuple)
    assert colour[0] < colour[1] < colour[2]
    for x in (slug + 200, round(slug + 170 * MM), shown.width - slug - 3):
        assert shown.getpixel((x, slug + 3)) == pytest.approx(colour, abs=2)
    with pikepdf.open(BytesIO(pdf)) as document:
        assert not [o for o in document.objects if isinstance(o, pikepdf.Stream) and "/SMask" in o]


# The command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of_seed(tmp_path)


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "edition.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_pages_are_counted_where_they_stand(folder, tmp_path):
    laid_out = publish("cover", "book", cwd=tmp_path).stdout
    publish("build", "book", "--formats", "pdf", cwd=tmp_path)
    with pikepdf.open(tmp_path / "dist" / "book.pdf") as document:
        pages = len(document.pages)
    assert f"{pages} pages, laid out, for there is no dist/book.pdf." in laid_out
    assert "(book-80, 120 µm a sheet: no paper is named)" in laid_out
    assert "presses print none on books of fewer than 79 pages" in laid_out
    assert "no barcode" in laid_out
    read_off = f"{pages} pages, read off dist/book.pdf."
    assert read_off in publish("cover", "book", cwd=tmp_path).stdout
    change(folder, 'house_style = "chicago"', 'house_style = "hart"')
    assert "dist/book.pdf is of another state" in publish("cover", "book", cwd=tmp_path).stdout
    said = publish("cover", "book", "--interior", "dist/book.pdf", cwd=tmp_path).stdout
    assert read_off in said


def test_an_odd_number_of_pages_fills_its_last_leaf(folder, tmp_path):
    said = publish("cover", "book", "--pages", "91", cwd=tmp_path).stdout
    assert "92 pages, given as 91: a leaf has two." in said


def test_the_pdf_of_another_book_is_asked_about(folder):
    edition = load_edition(folder)
    for title, asked in (
        ("Der Torwart", True),
        (edition.metadata.title.upper(), False),
        ("", False),
    ):
        with pikepdf.new() as other:
            other.add_blank_page()
            other.docinfo["/Title"] = title
            out = BytesIO()
            other.save(out)
        said = another_book(edition, out.getvalue(), "a.pdf")
        assert bool(said) is asked


def test_the_press_has_the_last_word_on_the_spine(folder, tmp_path):
    change(folder, "bleed_mm = 3.0", "bleed_mm = 3.0\nspine_mm = 11.4")
    (tmp_path / "out").mkdir()
    said = publish("cover", "book", "-o", "out/c.pdf", cwd=tmp_path).stdout
    assert "out/c.pdf: " in said
    assert "spine 11.4 mm (as the edition gives it)" in said
    assert "pages" not in said
    with pikepdf.open(tmp_path / "out" / "c.pdf") as document:
        box = [float(v) for v in document.pages[0].TrimBox]
        assert (box[2] - box[0]) / MM == pytest.approx(2 * 139.7 + 11.4, abs=0.04)


def test_isbn_paper_and_blurb_come_from_the_edition(folder, tmp_path):
    change(folder, 'publisher = ""', 'publisher = "H & R"\nisbn = { print = "978-0-306-40615-7" }\n'
           'blurb = "A *short* text for the back."')  # fmt: skip
    change(folder, "bleed_mm = 3.0", 'bleed_mm = 3.0\npaper = "kdp-cream"')
    said = publish("cover", "book", "--pages", "200", "--json", cwd=tmp_path).stdout
    assert '"spine_mm": 12.7' in said
    assert "barcode" not in said
    text = " ".join(w for w, *_ in words_on((tmp_path / "dist/book.cover.pdf").read_bytes(),
                                            tmp_path))  # fmt: skip
    assert "A short text for the back." in text
    assert "978-0-306-40615-7" in text


def test_the_description_serves_as_it_is_written(folder, tmp_path):
    change(
        folder, 'description = """', 'description = """1. 2 * 3 * 4 is a "sum" of <b>_x_</b> & # '
    )
    publish("cover", "book", "--pages", "90", cwd=tmp_path)
    text = " ".join(w for w, *_ in words_on((tmp_path / "dist/book.cover.pdf").read_bytes(),
                                            tmp_path))  # fmt: skip
    assert "1. 2 * 3 * 4 is a “sum” of <b>_x_</b> & # An article" in text


def test_a_back_without_text_says_why_once(folder, tmp_path):
    for blurb, why in (("源氏物語", "our typefaces lack letters of the blurb"), ("", "give blurb")):
        text = (folder / "edition.toml").read_text("utf-8")
        text = re.sub(r'description = """.*?"""', f'description = "{blurb}"', text, flags=re.DOTALL)
        text = re.sub('description = "源氏物語"', f'description = "{blurb}"', text)
        (folder / "edition.toml").write_text(text, "utf-8")
        said = publish("cover", "book", "--pages", "90", cwd=tmp_path).stdout
        assert said.count("The back has no text: ") == 1
        assert f"The back has no text: {why}" in said


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ('condition = "FOGRA52"', "FOGRA52"),
        ('condition = "FOGRA52"\ncover_condition = "FOGRA51"', "FOGRA51"),
        ('condition = "FOGRA52"\ncover_icc = "cover.icc"', "Custom"),
        ('icc = "cover.icc"\ncover_condition = "FOGRA51"', "FOGRA51"),
    ],
)
def test_a_cover_has_a_press_and_paper_of_its_own(folder, tmp_path, settings, named):
    from test_press_cli import PROFILE

    required("gs", "apt-get install -y ghostscript")
    (folder / "cover.icc").write_bytes(PROFILE.read_bytes())
    change(folder, "bleed_mm = 3.0", f"bleed_mm = 3.0\n{settings}")
    publish("cover", "book", "--pages", "90", cwd=tmp_path)
    with pikepdf.open(tmp_path / "dist" / "book.cover.pdf") as document:
        held = document.Root.OutputIntents[0]
        assert held.OutputConditionIdentifier == named
        assert ("/DestOutputProfile" in held) == (named == "Custom")
    edition = load_edition(folder)
    assert edition.print.condition == ("FOGRA52" if settings.startswith("cond") else "")


def test_the_pages_of_a_press_file_count_too(folder, tmp_path):
    publish("build", "book", "--formats", "press", cwd=tmp_path)
    assert "read off dist/book.press.pdf" in publish("cover", "book", cwd=tmp_path).stdout


def test_a_title_our_faces_lack_leaves_a_cover_of_ornament(folder, tmp_path):
    change(folder, "[The Latest Russian Events]", "源氏物語")
    said = publish("cover", "book", "--pages", "400", cwd=tmp_path).stdout
    assert "leaves out “源氏物語”" in said
    with pikepdf.open(tmp_path / "dist" / "book.cover.pdf") as document:
        assert preflight_pdf((tmp_path / "dist" / "book.cover.pdf").read_bytes(), press=True) == []
        assert len(document.pages[0].form_xobjects) == 1  # the tile of the pattern


@pytest.mark.parametrize(
    ("old", "new", "words", "code", "said"),
    [
        ('publisher = ""', 'isbn = { print = "978-0-306-40615-8" }', [], 3, "check digit"),
        ("bleed_mm = 3.0", 'paper = "vellum"', [], 3, "there is no paper “vellum”"),
        ("bleed_mm = 3.0", "spine_mm = 90", [], 3, "spine_mm"),
        ("bleed_mm = 3.0", 'spine_reads = "left"', [], 3, "spine_reads"),
        ('trim = "digest"', 'trim = "20x30"', ["--pages", "90"], 3, "holds no book page"),
        ("bleed_mm = 3.0", "bleed_mm = 3.0", ["--pages", "2400"], 3, "a spine of 145 mm"),
        ("bleed_mm = 3.0", "bleed_mm = 3.0", ["--pages", "-4"], 2, "no paperback has -4 pages"),
        ("bleed_mm = 3.0", "bleed_mm = 3.0", ["--pages", "0"], 2, "no paperback has 0 pages"),
        ("bleed_mm = 3.0", "bleed_mm = 3.0", ["--interior", "none.pdf"], 2, "no such file"),
        ("bleed_mm = 3.0", "bleed_mm = 3.0", ["--interior", "a5.pdf"], 3, "148.0 × 210.0 mm"),
        ("bleed_mm = 3.0", "bleed_mm = 3.0", ["--pages", "90", "-o", "seeds"], 2, "a folder"),
        ('publisher = ""', f'blurb = "{"word " * 900}"', ["--pages", "90"], 3, "does not fit"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_a_sentence_and_nothing_written(
    folder, tmp_path, old, new, words, code, said
):
    with pikepdf.new() as other:
        other.add_blank_page(page_size=(148 * MM, 210 * MM))
        other.save(tmp_path / "a5.pdf")
    change(folder, old, new)
    assert said in publish("cover", "book", *words, cwd=tmp_path, code=code).stderr
    assert not list(tmp_path.glob("dist/*"))
