"""The conversion for a press: colours, pictures, transparency, and what is left out."""

from __future__ import annotations

import base64
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat

from publish.conditions import condition
from publish.errors import EditionError
from publish.writers.press import make_press

SIZE = (200, 200)
HELD = {"/DeviceGray", "/DeviceCMYK"}


def address(picture: Image.Image, kind: str = "PNG") -> str:
    held = BytesIO()
    picture.save(held, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(held.getvalue()).decode()}"


def page(body: str) -> bytes:
    """One page as the layout makes it, with a trim box."""
    import weasyprint

    made = weasyprint.HTML(
        string='<meta charset="utf-8"><title>Colours</title>'
        '<meta name="dcterms.created" content="2026-01-02"><style>'
        f"@page {{ size: {SIZE[0]}pt {SIZE[1]}pt; margin: 10pt }} p {{ margin: 0 }}</style>{body}"
    ).write_pdf()
    return changed(made, lambda document: None)


def changed(pdf: bytes, change) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as document:
        for each in document.pages:
            each.TrimBox = each.MediaBox
        change(document)
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def pressed(pdf: bytes, name: str = "FOGRA39") -> bytes:
    return make_press(pdf, condition=condition(name), least_ppi=0)


def shown(pdf: bytes, folder: Path) -> Image.Image:
    file = folder / "page.pdf"
    file.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "72", "-png", str(file), str(folder / "page")], check=True)
    return Image.open(next(folder.glob("page-*.png"))).convert("RGB")


def coverage(pdf: bytes, folder: Path) -> list[float]:
    """The share of the page that each of the four inks covers, as Ghostscript finds it."""
    file = folder / "inks.pdf"
    file.write_bytes(pdf)
    told = subprocess.run(
        ["gs", "-q", "-o", "-", "-sDEVICE=inkcov", str(file)],
        capture_output=True, check=True, text=True,
    ).stdout.split()  # fmt: skip
    return [float(share) for share in told[:4]]


def gradient(mode: str = "RGB") -> Image.Image:
    picture = Image.new("RGB", (40, 40))
    picture.putdata([(x * 6, y * 6, 128) for y in range(40) for x in range(40)])
    return picture.convert(mode)


def faded() -> Image.Image:
    picture = gradient()
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    return picture


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><defs><linearGradient id="g">'
    '<stop offset="0" stop-color="red"/><stop offset=".5" stop-color="yellow"/>'
    '<stop offset="1" stop-color="teal"/></linearGradient><radialGradient id="r">'
    '<stop offset="0" stop-color="white"/><stop offset="1" stop-color="green"/></radialGradient>'
    '<pattern id="p" width="10" height="10" patternUnits="userSpaceOnUse">'
    '<circle cx="5" cy="5" r="4" fill="maroon"/></pattern></defs>'
    '<circle cx="25" cy="25" r="25" fill="url(#g)"/><circle cx="75" cy="25" r="25" fill="url(#r)"/>'
    '<rect y="50" width="50" height="50" fill="url(#p)"/><g opacity=".5">'
    '<circle cx="70" cy="70" r="20" fill="black"/><circle cx="80" cy="80" r="15" fill="red"/></g>'
    "</svg>"
)
DRAWINGS = {
    "words": '<p style="color: #804020; font-size: 30pt">Words '
    '<b style="color: lab(50% 40 20)">Lab',
    "see-through": '<p style="color: rgb(0 0 0 / 0.3); font-size: 40pt">Faint <b style="color: '
    'device-cmyk(0 .5 1 0 / 0.5)">ink',
    "group": '<div style="opacity: .4; background: black; padding: 20px">'
    '<p style="background: yellow; color: red; font-size: 30pt">in <i style="opacity: .5">group',
    "drawing": SVG,
    "gradient": '<div style="height: 90pt; '
    'background: linear-gradient(45deg, red, olive 30%, teal)">',
    "pattern": f'<div style="height: 90pt; background: url({address(gradient())}); ">',
    "border": '<p style="border: 6px dashed green; border-radius: 9px; font-size: 30pt">Border',
    "picture": f'<img src="{address(gradient())}"><img src="{address(gradient(), "JPEG")}">',
    "faded picture": f'<img src="{address(faded())}"><img src="{address(faded().convert("LA"))}">',
    "faint picture": f'<img style="opacity: .4" src="{address(gradient())}">',
    "palette": f'<img src="{address(gradient().quantize(16))}">',
    "inks": f'<img src="{address(gradient("CMYK"), "JPEG")}"><img src="{address(gradient("L"))}">',
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_press_file_looks_like_the_layout(name: str, tmp_path: Path) -> None:
    given = page(DRAWINGS[name])
    made = pressed(given)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    before, after = shown(given, tmp_path / "a"), shown(made, tmp_path / "b")
    assert ImageStat.Stat(ImageChops.invert(before)).mean > [0.5] * 3, "an empty page"
    # Inks are duller than light, so only the lightness is compared.
    apart = ImageChops.difference(before.convert("L"), after.convert("L"))
    assert ImageStat.Stat(apart).mean[0] < 6
    worst = apart.reduce(5).getextrema()[1]  # edges may fall a little otherwise
    assert worst < 60, worst
    assert_only_inks(made)


def assert_only_inks(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Stream) and "/ColorSpace" in item:
                space = item.ColorSpace
                assert str(space[1] if isinstance(space, pikepdf.Array) else space) in HELD
                assert "/SMask" not in item
            if isinstance(item, (pikepdf.Stream, pikepdf.Dictionary)):
                assert not {"/ca", "/CA", "/SMask", "/Group"} & set(item.keys()), item
        written = b"".join(
            item.read_bytes() for item in document.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") in (None, "/Form")
            and b"FontName" not in item.read_bytes()[:3000]
        )  # fmt: skip
    assert b" rg\n" not in written
    assert b" RG\n" not in written


def test_black_and_grey_are_on_the_black_plate(tmp_path: Path) -> None:
    grey = gradient("L").convert("RGB")
    body = f'<p>Black <span style="color: #777">grey</span> <img src="{address(grey)}">'
    cyan, magenta, yellow, black = coverage(pressed(page(body)), tmp_path)
    assert (cyan, magenta, yellow) == (0, 0, 0)
    assert black > 0.01


def test_ink_stays_within_the_limit_of_the_paper(tmp_path: Path) -> None:
    made = pressed(page('<p style="background: rgb(3 0 20); height: 100pt">'), "IFRA26")
    with pikepdf.open(BytesIO(made)) as document:
        colours = [
            sum(float(share) for share in operands)
            for operands, operator in pikepdf.parse_content_stream(document.pages[0])
            if str(operator) == "k"
        ]
    assert max(colours) == pytest.approx(2.4, abs=0.001)


def test_the_file_says_what_it_is() -> None:
    made = pressed(page("<p>Words"))
    assert made.startswith(b"%PDF-1.4")
    with pikepdf.open(BytesIO(made)) as document:
        info = document.docinfo
        assert info["/GTS_PDFXVersion"] == "PDF/X-1a:2003"
        assert info["/Trapped"] == pikepdf.Name("/False")
        assert info["/CreationDate"] == info["/ModDate"]
        (intent,) = document.Root.OutputIntents
        assert (intent.S, intent.OutputConditionIdentifier) == ("/GTS_PDFX", "FOGRA39")
        assert intent.RegistryName == "http://www.color.org"
        assert "/ID" in document.trailer
        packet = document.open_metadata()
        assert packet["pdf:Trapped"] == "False"
        assert packet["{http://ns.adobe.com/pdfx/1.3/}GTS_PDFXVersion"] == "PDF/X-1a:2003"


def test_links_tags_and_outlines_stay_behind() -> None:
    made = pressed(page('<h1>Head</h1><p><a href="https://example.org">link</a>'))
    with pikepdf.open(BytesIO(made)) as document:
        assert "/Annots" not in document.pages[0]
        assert not {"/Outlines", "/Names", "/StructTreeRoot", "/MarkInfo"} & set(document.Root)


def test_the_same_file_gives_the_same_bytes() -> None:
    given = page(DRAWINGS["drawing"])
    assert pressed(given) == pressed(given)


def drawn(content: bytes, **resources: object) -> bytes:
    def draw(document: pikepdf.Pdf) -> None:
        first = document.pages[0]
        first.Contents = document.make_stream(content)
        first.Resources = pikepdf.Dictionary(
            {f"/{kind}": pikepdf.Dictionary({"/x": thing(document) if callable(thing) else thing})
             for kind, thing in resources.items()}
        )  # fmt: skip

    return changed(page("<p>x"), draw)


def operations(pdf: bytes) -> list[str]:
    with pikepdf.open(BytesIO(pdf)) as document:
        content = pikepdf.unparse_content_stream(pikepdf.parse_content_stream(document.pages[0]))
    return content.decode().split("\n")


def test_a_profile_of_four_inks_begins_with_none() -> None:
    """PDF 32000-1, 8.6.8: only the space that is named DeviceCMYK begins with black."""

    def profiled(document: pikepdf.Pdf) -> pikepdf.Array:
        return pikepdf.Array([pikepdf.Name.ICCBased, document.make_stream(b"", N=4)])

    made = operations(pressed(drawn(b"/x cs 0 0 9 9 re f", ColorSpace=profiled)))
    assert made == ["0 0 0 0 k", "0 0 9 9 re", "f"]
    made = operations(pressed(drawn(b"/DeviceCMYK cs 0 0 9 9 re f")))
    assert made == ["0 0 0 1 k", "0 0 9 9 re", "f"]


def test_opacity_is_a_tint() -> None:
    half = pikepdf.Dictionary({"/ca": 0.5, "/LW": 3})
    made = operations(pressed(drawn(b"0 g q /x gs 0 0 9 9 re f Q 0 0 5 5 re f", ExtGState=half)))
    assert made == ["0 0 0 1 k", "q", "/E0 gs", "0 0 0 0.5 k", "0 0 9 9 re",
                    "f", "Q", "0 0 5 5 re", "f"]  # fmt: skip


def letters(document: pikepdf.Pdf, *drawings: bytes, **more: object) -> pikepdf.Dictionary:
    """A Type 3 font whose glyphs a, b, … are these drawings."""
    names = [pikepdf.Name(f"/{chr(97 + n)}") for n in range(len(drawings))]
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FontBBox=[0, 0, 1, 1],
        FontMatrix=[1, 0, 0, 1, 0, 0], FirstChar=97, LastChar=96 + len(drawings),
        Widths=[1] * len(drawings), Encoding=pikepdf.Dictionary(Differences=[97, *names]),
        CharProcs=pikepdf.Dictionary(
            {str(n): document.make_stream(d) for n, d in zip(names, drawings, strict=True)}
        ), **more,
    )  # fmt: skip


def stencil(document: pikepdf.Pdf, shade: int) -> pikepdf.Stream:
    return document.make_stream(
        bytes([shade]), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
        Width=1, Height=1, BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceGray,
    )  # fmt: skip


def test_each_drawn_letter_keeps_its_own_picture() -> None:
    def font(document: pikepdf.Pdf) -> pikepdf.Object:
        pictures = pikepdf.Dictionary({"/A": stencil(document, 1), "/B": stencil(document, 2)})
        own = pikepdf.Dictionary(XObject=pictures)
        drawings = (b"1 0 d0 /A Do", b"1 0 d0 /B Do")
        return document.make_indirect(letters(document, *drawings, Resources=own))

    with pikepdf.open(BytesIO(pressed(drawn(b"BT /x 9 Tf (ab) Tj ET", Font=font)))) as document:
        made = document.pages[0].Resources.Font["/x"]
        shades = []
        for glyph in made.CharProcs.values():
            (name,) = pikepdf.parse_content_stream(glyph, "Do")[0].operands
            shades.append(made.Resources.XObject[str(name)].read_bytes())
    assert shades == [b"\1", b"\2"]


def test_a_font_that_stands_in_the_resources_themselves_is_printed() -> None:
    """Its glyphs take the resources of the page, in which it stands."""
    given = drawn(b"BT /x 9 Tf (a) Tj ET", Font=lambda of: letters(of, b"1 0 d0 0 0 1 1 re f"))
    with pikepdf.open(BytesIO(pressed(given))) as document:
        assert document.pages[0].Resources.Font["/x"].Subtype == "/Type3"


def test_a_form_without_resources_takes_those_of_each_page() -> None:
    def two(document: pikepdf.Pdf) -> None:
        form = document.make_stream(
            b"/c cs 1 0 0 sc 0 0 9 9 re f", Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9],
        )  # fmt: skip
        document.pages.append(document.pages[0])
        lab = pikepdf.Array([pikepdf.Name.Lab, pikepdf.Dictionary(WhitePoint=[0.9, 1, 0.8])])
        for each, space in zip(document.pages, (pikepdf.Name.DeviceRGB, lab), strict=True):
            each.Contents = document.make_stream(b"/x Do")
            each.Resources = pikepdf.Dictionary(
                XObject=pikepdf.Dictionary({"/x": form}),
                ColorSpace=pikepdf.Dictionary({"/c": space}),
            )
            each.TrimBox = each.MediaBox

    with pikepdf.open(BytesIO(pressed(changed(page("<p>x"), two)))) as document:
        red, dark = (each.Resources.XObject["/X0"].read_bytes() for each in document.pages)
    assert red != dark
    assert b"0 1 1 0 k" in red


def test_a_pattern_that_sets_no_colour_has_the_opacity_of_what_it_fills() -> None:
    def pattern(document: pikepdf.Pdf) -> pikepdf.Stream:
        return document.make_stream(
            b"0 0 5 5 re f", PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 9, 9],
            XStep=9, YStep=9, Resources=pikepdf.Dictionary(),
        )  # fmt: skip

    half = pikepdf.Dictionary({"/ca": 0.5})
    content = b"/Pattern cs /x scn /x gs 0 0 9 9 re f"
    given = drawn(content, Pattern=pattern, ExtGState=half)
    with pikepdf.open(BytesIO(pressed(given))) as document:
        held = document.pages[0].Resources.Pattern
        made = [each.read_bytes().split(b"\n")[0] for each in held.values()]
    assert b"0 0 0 0.5 k" in made


def test_no_state_says_what_is_printed_over_what() -> None:
    over = pikepdf.Dictionary(OP=True, op=True, OPM=1, LW=2)
    with pikepdf.open(BytesIO(pressed(drawn(b"/x gs 0 0 9 9 re f", ExtGState=over)))) as document:
        assert set(document.pages[0].Resources.ExtGState["/E0"].keys()) == {"/LW"}


@pytest.mark.parametrize(
    "content",
    [
        b"1 g /x gs 0 0 9 9 re f",
        b"0 0 0 0 K /x gs 0 0 9 9 re S",
        b"0 g /y gs 0 0 9 9 re f",
        b"1 g /x gs BI /W 1 /H 1 /IM true /BPC 1 ID a EI",
        b"1 g /x gs /m Do",
    ],
)
def test_white_that_is_see_through_is_refused(content: bytes) -> None:
    def draw(document: pikepdf.Pdf) -> None:
        first = document.pages[0]
        first.Contents = document.make_stream(content)
        half, clear = pikepdf.Dictionary(ca=0.5, CA=0.5), pikepdf.Dictionary(ca=0)
        first.Resources = pikepdf.Dictionary(
            ExtGState=pikepdf.Dictionary({"/x": half, "/y": clear}),
            XObject=pikepdf.Dictionary(
                {
                    "/m": document.make_stream(
                        b"a", Subtype=pikepdf.Name.Image, Width=1, Height=1, ImageMask=True
                    )
                }
            ),
        )

    with pytest.raises(EditionError, match="page 1: something white or clear is see-through"):
        pressed(changed(page("<p>x"), draw))


@pytest.mark.parametrize("alpha", [0, 0.5, 1])
@pytest.mark.parametrize("content", [b"1 g 0 0 9 9 re f", b"1 G 0 0 9 9 re S", b"/x Do"])
def test_white_in_a_group_hides_no_ink_below_it(content: bytes, alpha: float) -> None:
    """Half of it would be seen through; as a tint it is paper. In an opaque group it is white."""

    def draw(document: pikepdf.Pdf) -> None:
        inner = form(document, b"1 g 0 0 9 9 re f")
        group = form(document, content, XObject=inner)
        first = document.pages[0]
        first.Contents = document.make_stream(b"0 g 0 0 9 9 re f /x gs /g Do")
        first.Resources = pikepdf.Dictionary(
            ExtGState=pikepdf.Dictionary({"/x": pikepdf.Dictionary(ca=alpha)}),
            XObject=pikepdf.Dictionary({"/g": group}),
        )

    given = changed(page("<p>x"), draw)
    if alpha == 1:
        assert operations(pressed(given))[-1] == "/X0 Do"
    else:
        with pytest.raises(EditionError, match="page 1: something white or clear is see-through"):
            pressed(given)


def test_letters_with_colours_of_their_own_are_not_faded() -> None:
    half = pikepdf.Dictionary({"/ca": 0.5})

    def given(glyph: bytes) -> bytes:
        content = b"/x gs BT /x 9 Tf (a) Tj ET"
        return drawn(content, ExtGState=half, Font=lambda of: letters(of, glyph))

    with pytest.raises(EditionError, match="letters with colours of their own are see-through"):
        pressed(given(b"1 0 d0 1 0 0 rg 0 0 1 1 re f"))
    assert "0 0 0 0.5 k" in operations(pressed(given(b"1 0 0 0 1 1 d1 0 0 1 1 re f")))


def form(document: pikepdf.Pdf, content: bytes, **resources: object) -> pikepdf.Stream:
    return document.make_stream(
        content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9],
        Group=pikepdf.Dictionary(S=pikepdf.Name.Transparency),
        Resources=pikepdf.Dictionary(
            {f"/{kind}": pikepdf.Dictionary({"/x": thing}) for kind, thing in resources.items()}
        ),
    )  # fmt: skip


def test_a_ring_of_ever_fainter_groups_is_refused() -> None:
    def ring(document: pikepdf.Pdf) -> pikepdf.Stream:
        made = form(document, b"/x gs /x Do", ExtGState=pikepdf.Dictionary(ca=0.5))
        made.Resources.XObject = pikepdf.Dictionary({"/x": made})
        return made

    with pytest.raises(EditionError, match="page 1: a drawing draws itself"):
        pressed(drawn(b"/x Do", XObject=ring))


def test_drawings_nested_without_end_are_refused() -> None:
    def nest(document: pikepdf.Pdf) -> pikepdf.Stream:
        made = form(document, b"0 0 9 9 re f")
        for _ in range(400):
            made = form(document, b"/x Do", XObject=made)
        return made

    with pytest.raises(EditionError, match="page 1: drawings within drawings, more than 40 deep"):
        pressed(drawn(b"/x Do", XObject=nest))


def test_a_spot_ink_of_process_colours_stays() -> None:
    def spot(document: pikepdf.Pdf) -> pikepdf.Array:
        function = pikepdf.Dictionary(
            FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[0, 1, 1, 0]
        )
        return pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name("/Red"),
                              pikepdf.Name.DeviceCMYK, function])  # fmt: skip

    assert operations(pressed(drawn(b"/x cs .5 scn 0 0 9 9 re f", ColorSpace=spot)))[:4] == [
        "/C0 cs", "1 scn", "/C0 cs", "0.5 scn",
    ]  # fmt: skip


def test_a_key_colour_is_paper(tmp_path: Path) -> None:
    def image(document: pikepdf.Pdf) -> pikepdf.Stream:
        return document.make_stream(
            bytes([255, 0, 0, 0, 0, 255]), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
            Width=2, Height=1, BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceRGB,
            Mask=pikepdf.Array([0, 9, 0, 9, 250, 255]),
        )  # fmt: skip

    made = pressed(drawn(b"q 100 0 0 100 0 0 cm /x Do Q", XObject=image))
    with pikepdf.open(BytesIO(made)) as document:
        picture = document.pages[0].get_images()["/X0"]
        assert picture.read_bytes() == bytes([0, 255, 255, 0, 0, 0, 0, 0])
        assert "/Mask" not in picture


def test_sixteen_bits_become_eight() -> None:
    def image(document: pikepdf.Pdf) -> pikepdf.Stream:
        return document.make_stream(
            bytes([200, 1, 100, 2]), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
            Width=2, Height=1, BitsPerComponent=16, ColorSpace=pikepdf.Name.DeviceGray,
        )  # fmt: skip

    with pikepdf.open(BytesIO(pressed(drawn(b"/x Do", XObject=image)))) as document:
        picture = document.pages[0].get_images()["/X0"]
        assert (picture.read_bytes(), picture.BitsPerComponent) == (bytes([200, 100]), 8)


REFUSED = {
    "soft mask": ("ExtGState", pikepdf.Dictionary(SMask=pikepdf.Dictionary()), b"/x gs"),
    "blended": ("ExtGState", pikepdf.Dictionary(BM=pikepdf.Name.Multiply), b"/x gs"),
    "PostScript": (
        "XObject", lambda document: document.make_stream(b"", Subtype=pikepdf.Name.PS), b"/x Do",
    ),
    "not known": ("ColorSpace", pikepdf.Array([pikepdf.Name.Odd]), b"/x cs"),
    "screen": (
        "ColorSpace",
        pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name.Red, pikepdf.Name.DeviceRGB, 1]),
        b"/x cs",
    ),
    "not there": ("XObject", pikepdf.Dictionary(), b"/y Do"),
    "hidden": ("Properties", pikepdf.Dictionary(), b"/OC /x BDC EMC"),
}  # fmt: skip


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_printed_is_one_sentence(words: str) -> None:
    kind, thing, content = REFUSED[words]
    with pytest.raises(EditionError, match=f"page 1: .*{words}"):
        pressed(drawn(content, **{kind: thing}))


def test_a_page_without_trim_box_and_a_file_without_title_are_refused() -> None:
    def trimless(document: pikepdf.Pdf) -> None:
        del document.pages[0]["/TrimBox"]

    def nameless(document: pikepdf.Pdf) -> None:
        del document.docinfo["/Title"]

    with pytest.raises(EditionError, match="no trim box"):
        pressed(changed(page("<p>x"), trimless))
    with pytest.raises(EditionError, match="no title"):
        pressed(changed(page("<p>x"), nameless))


def test_a_picture_too_small_for_print_is_one_sentence() -> None:
    """40 pixels over 30 points are 96 to the inch; over 18 points, 160."""
    with pytest.raises(EditionError, match="40 × 40 pixels is too small: it has 96 to the inch"):
        make_press(page(DRAWINGS["picture"]), condition=condition())
    small = DRAWINGS["picture"].replace("<img", '<img style="width: 18pt"')
    assert make_press(page(small), condition=condition())


def test_a_picture_whose_profile_does_not_serve_is_one_sentence() -> None:
    def image(document: pikepdf.Pdf) -> pikepdf.Stream:
        space = pikepdf.Array([pikepdf.Name.ICCBased, document.make_stream(b"nonsense", N=3)])
        return document.make_stream(
            b"\xff\0\0", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
            Width=1, Height=1, BitsPerComponent=8, ColorSpace=space,
        )  # fmt: skip

    with pytest.raises(EditionError, match=r"page 1: a picture cannot be read \(ICC profile"):
        pressed(drawn(b"/x Do", XObject=image))
