"""Each clause of the list for a press is broken on purpose, and found broken."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from command import ROOT
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageCms
from printed import book
from test_press import page, pressed

from publish.conditions import CONDITIONS, condition
from publish.errors import EditionError
from publish.preflight.clauses import CLAUSES, check_clauses, opened
from publish.preflight.pdf import preflight_pdf
from publish.preflight.press_ink import picture_ink
from publish.writers.pdf import write_pdf
from publish.writers.press import make_press

Plant = Callable[[pikepdf.Pdf], object]
GREY = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 1, "/Height": 1,
        "/BitsPerComponent": 8, "/ColorSpace": Name.DeviceGray}  # fmt: skip


@pytest.fixture(scope="module")
def press() -> bytes:
    return write_pdf(book(), press=True)


def draw(document: pikepdf.Pdf, content: bytes, kind: str = "", thing: object = None) -> None:
    """Adds content to the third page, which may call a resource /x."""
    page = document.pages[2]
    if kind:
        held = page.Resources.get(kind, Dictionary())
        held["/x"] = thing
        page.Resources[kind] = held
    page.contents_add(document.make_stream(content), prepend=False)


def image(document: pikepdf.Pdf, data: bytes = b"\x80", **more: object) -> pikepdf.Stream:
    return document.make_stream(data, {**GREY, **{f"/{key}": value for key, value in more.items()}})


def intent(document: pikepdf.Pdf) -> pikepdf.Object:
    return document.Root.OutputIntents[0]


def profile(document: pikepdf.Pdf) -> pikepdf.Stream:
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return document.make_stream(screen, N=4)


def set_of(holder: pikepdf.Object, key: str, value: object) -> None:
    holder[key] = value


def tell(document: pikepdf.Pdf, **said: str) -> None:
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as packet:
        for key, value in said.items():
            packet[key] = value


def without(holder: pikepdf.Object, key: str) -> None:
    del holder[key]


def pattern(document: pikepdf.Pdf) -> pikepdf.Stream:
    return document.make_stream(
        b"0 1 0 rg 0 0 5 5 re f", PatternType=1, PaintType=1, TilingType=1,
        BBox=Array([0, 0, 9, 9]), XStep=9, YStep=9, Resources=Dictionary(),
    )  # fmt: skip


def form(document: pikepdf.Pdf, content: bytes, **more: object) -> pikepdf.Stream:
    return document.make_stream(
        content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), **more
    )


def gradient(document: pikepdf.Pdf, first: list[float], last: list[float]) -> pikepdf.Object:
    ends = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=first, C1=last)
    return document.make_indirect(Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 9, 0], Function=ends
    ))  # fmt: skip


def glyphs(document: pikepdf.Pdf) -> pikepdf.Object:
    return document.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1, 1]),
        FontMatrix=Array([1, 0, 0, 1, 0, 0]), FirstChar=65, LastChar=65, Widths=Array([1]),
        Encoding=Dictionary(Differences=Array([65, Name("/a")])),
        CharProcs=Dictionary({"/a": document.make_stream(b"1 0 d0 1 0 0 rg 0 0 1 1 re f")}),
    ))  # fmt: skip


def descriptors(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [
        item for item in document.objects
        if isinstance(item, Dictionary) and item.get("/Type") == "/FontDescriptor"
    ]  # fmt: skip


def later_font(document: pikepdf.Pdf) -> None:
    for font in descriptors(document):
        font.FontFile3 = document.make_stream(b"", Subtype=Name.OpenType)


def bare_font(document: pikepdf.Pdf) -> None:
    for font in descriptors(document):
        del font["/FontFile2"]


def compressed(name: str) -> Plant:
    return lambda of: draw(of, b"/x Do", "/XObject", image(of, Filter=Name(name)))


def with_state(**state: object) -> Plant:
    held = Dictionary({f"/{key}": value for key, value in state.items()})
    return lambda of: draw(of, b"/x gs", "/ExtGState", held)


def note(document: pikepdf.Pdf, **more: object) -> None:
    held = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([9, 9, 20, 20]))
    for key, value in more.items():
        held[f"/{key}"] = value
    document.pages[2].Annots = Array([held])


BLUE = Array([Name.Separation, Name("/Blue"), Name.DeviceRGB, Dictionary()])
LAB = Array([Name.Lab, Dictionary(WhitePoint=Array([0.9, 1, 0.8]))])
DEED = Dictionary(S=Name.JavaScript, JS=String("app.beep()"))
GROUP = Dictionary(S=Name.Transparency)

PLANTS: list[tuple[str, str, Plant]] = [
    ("pdfx.structure", "layers", lambda of: set_of(of.Root, "/OCProperties", Dictionary())),
    ("pdfx.structure", "of PDF 1.7", lambda of: set_of(of.Root, "/Version", Name("/1.7"))),
    ("pdfx.structure", "16 bits", lambda of: draw(
        of, b"/x Do", "/XObject", image(of, b"\0\0", BitsPerComponent=16))),
    ("pdfx.structure", "format after", later_font),
    ("pdfx.structure", "one plate", lambda of: set_of(
        of.pages[2], "/SeparationInfo", Dictionary())),
    ("pdfx.colour", "Something is in DeviceRGB", lambda of: draw(of, b"1 0 0 rg 0 0 9 9 re f")),
    ("pdfx.colour", "Something is in DeviceRGB", lambda of: draw(of, b"1 0 0 RG 0 0 9 9 re S")),
    ("pdfx.colour", "Something is in Lab", lambda of: draw(
        of, b"/x cs 0 0 0 sc 0 0 9 9 re f", "/ColorSpace", LAB)),
    ("pdfx.colour", "Something is in DeviceRGB", lambda of: draw(
        of, b"/x cs 1 scn 0 0 9 9 re f", "/ColorSpace", BLUE)),
    ("pdfx.colour", "DefaultGray", lambda of: set_of(
        of.pages[2].Resources, "/ColorSpace", Dictionary(DefaultGray=LAB))),
    ("pdfx.colour", "A picture is in DeviceRGB", lambda of: draw(
        of, b"/x Do", "/XObject", image(of, b"abc", ColorSpace=Name.DeviceRGB))),
    ("pdfx.colour", "A picture is in ICCBased", lambda of: draw(
        of, b"/x Do", "/XObject", image(of, ColorSpace=Array([Name.ICCBased, profile(of)])))),
    ("pdfx.colour", "A picture is in DeviceRGB", lambda of: draw(
        of, b"/x Do", "/XObject",
        image(of, ColorSpace=Array([Name.Indexed, Name.DeviceRGB, 0, String("abc")])))),
    ("pdfx.colour", "Something is in DeviceRGB", lambda of: draw(
        of, b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI")),
    ("pdfx.colour", "A gradient is in DeviceRGB", lambda of: draw(
        of, b"/x sh", "/Shading", Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB))),
    ("pdfx.colour", "Something is in DeviceRGB", lambda of: draw(
        of, b"/Pattern cs /x scn 0 0 9 9 re f", "/Pattern", pattern(of))),
    ("pdfx.colour", "Something is in DeviceRGB", lambda of: draw(
        of, b"/x Do", "/XObject", form(of, b"0 0 1 rg 0 0 9 9 re f"))),
    ("pdfx.colour", "Something is in DeviceRGB", lambda of: draw(
        of, b"BT /x 9 Tf (A) Tj ET", "/Font", glyphs(of))),
    ("pdfx.intent", "no output intents", lambda of: without(of.Root, "/OutputIntents")),
    ("pdfx.intent", "2 output intents", lambda of: of.Root.OutputIntents.append(intent(of))),
    ("pdfx.intent", "OutputConditionIdentifier", lambda of: without(
        intent(of), "/OutputConditionIdentifier")),
    ("pdfx.intent", "in words", lambda of: without(intent(of), "/Info")),
    ("pdfx.intent", "names no registry", lambda of: without(intent(of), "/RegistryName")),
    ("pdfx.intent", "not one that is known", lambda of: set_of(
        intent(of), "/OutputConditionIdentifier", String("FOGRA99"))),
    ("pdfx.intent", "that of a screen", lambda of: set_of(
        intent(of), "/DestOutputProfile", profile(of))),
    ("pdfx.fonts", "is not embedded", bare_font),
    ("pdfx.files", "embedded", lambda of: set_of(
        of.Root, "/Names", Dictionary(EmbeddedFiles=Dictionary()))),
    ("pdfx.files", "referred to", lambda of: set_of(
        of.Root, "/PieceInfo", Dictionary(F=Dictionary(Type=Name.Filespec)))),
    ("pdfx.files", "kept in another", lambda of: draw(
        of, b"/x Do", "/XObject", image(of, F=String("elsewhere")))),
    ("pdfx.files", "stands in", lambda of: draw(
        of, b"/x Do", "/XObject", image(of, OPI=Dictionary()))),
    ("pdfx.compression", "LZW", compressed("/LZWDecode")),
    ("pdfx.compression", "JBIG2", compressed("/JBIG2Decode")),
    ("pdfx.compression", "JPEG 2000", compressed("/JPXDecode")),
    ("pdfx.trapping", "trapped", lambda of: without(of.docinfo, "/Trapped")),
    ("pdfx.trapping", "trapped", lambda of: set_of(of.docinfo, "/Trapped", Name.Unknown)),
    ("pdfx.trapping", "another word", lambda of: set_of(of.docinfo, "/Trapped", Name("/True"))),
    ("pdfx.identification", "call itself", lambda of: set_of(
        of.docinfo, "/GTS_PDFXVersion", String("PDF/X-3:2003"))),
    ("pdfx.identification", "its title", lambda of: without(of.docinfo, "/Title")),
    ("pdfx.identification", "of making", lambda of: without(of.docinfo, "/CreationDate")),
    ("pdfx.identification", "last change", lambda of: without(of.docinfo, "/ModDate")),
    ("pdfx.identification", "no text", lambda of: set_of(of.docinfo, "/Own", Name("/Key"))),
    ("pdfx.identification", "another title", lambda of: set_of(
        of.docinfo, "/Title", String("Other"))),
    ("pdfx.identification", "another version, “PDF/X-3:2003”", lambda of: tell(
        of, **{"{http://ns.adobe.com/pdfx/1.3/}GTS_PDFXVersion": "PDF/X-3:2003"})),
    ("pdfx.identification", "another date of making", lambda of: tell(
        of, **{"xmp:CreateDate": "1999-01-02T03:04:05+00:00"})),
    ("pdfx.identification", "another date of its last", lambda of: tell(
        of, **{"xmp:ModifyDate": "1999-01-02"})),
    ("pdfx.boxes", "neither", lambda of: without(of.pages[2], "/TrimBox")),
    ("pdfx.boxes", "both", lambda of: set_of(of.pages[2], "/ArtBox", of.pages[2].TrimBox)),
    ("pdfx.boxes", "within one another", lambda of: set_of(
        of.pages[2], "/TrimBox", Array([-9, 0, 396, 612]))),
    ("pdfx.boxes", "within one another", lambda of: set_of(
        of.pages[2], "/CropBox", Array([0, 0, 300, 612]))),
    ("pdfx.state", "transfer curve", with_state(TR=Name.Identity)),
    ("pdfx.state", "transfer curve", with_state(TR2=Dictionary(FunctionType=2))),
    ("pdfx.state", "halftone", with_state(HT=Dictionary(HalftoneType=6))),
    ("pdfx.state", "named", with_state(HT=Dictionary(HalftoneType=1, HalftoneName=String("a")))),
    ("pdfx.postscript", "PostScript", lambda of: draw(
        of, b"", "/XObject", of.make_stream(b"", Type=Name.XObject, Subtype=Name.PS))),
    ("pdfx.postscript", "PostScript", lambda of: draw(
        of, b"", "/XObject", form(of, b"", Subtype2=Name.PS))),
    ("pdfx.alternates", "alternates", lambda of: draw(
        of, b"/x Do", "/XObject", image(of, Alternates=Array()))),
    ("pdfx.annotations", "A Link annotation", lambda of: note(of)),
    ("pdfx.annotations", "A TrapNet annotation", lambda of: note(
        of, Subtype=Name.TrapNet, Rect=Array([0, 0, 0, 0]))),
    ("pdfx.actions", "JavaScript", lambda of: set_of(
        of.Root, "/Names", Dictionary(JavaScript=Dictionary()))),
    ("pdfx.actions", "when it is opened", lambda of: set_of(of.Root, "/OpenAction", DEED)),
    ("pdfx.actions", "acts", lambda of: set_of(of.pages[2], "/AA", Dictionary(O=Dictionary()))),
    ("pdfx.actions", "acts", lambda of: note(
        of, Rect=Array([-90, -90, -80, -80]), A=Dictionary(S=Name.GoTo))),
    ("pdfx.operators", "no operator “nonsense”", lambda of: draw(of, b"BX nonsense EX")),
    ("pdfx.operators", "no operator “Rg”", lambda of: draw(of, b"1 0 0 Rg")),
    ("pdfx.operators", "no operator “CSr”", lambda of: draw(of, b"/DeviceRGB CSr")),
    ("pdfx.operators", "no operator “sCN”", lambda of: draw(of, b"0 sCN")),
    ("pdfx.operators", "is not there", lambda of: draw(of, b"/gone Do")),
    ("pdfx.operators", "scn /gone", lambda of: draw(of, b"/Pattern cs /gone scn 0 0 9 9 re f")),
    ("pdfx.operators", "hidden", lambda of: draw(of, b"/OC /x BDC EMC")),
    ("pdfx.transparency", "The page is", lambda of: set_of(of.pages[2], "/Group", GROUP)),
    ("pdfx.transparency", "A drawing is", lambda of: draw(
        of, b"/x Do", "/XObject", form(of, b"", Group=GROUP))),
    ("pdfx.transparency", "soft mask", lambda of: draw(
        of, b"/x Do", "/XObject", image(of, SMask=image(of)))),
    ("pdfx.transparency", "soft mask", with_state(SMask=Dictionary(S=Name.Alpha))),
    ("pdfx.transparency", "not opaque", with_state(ca=0.5)),
    ("pdfx.transparency", "not opaque", with_state(CA=0.99)),
    ("pdfx.transparency", "blended", with_state(BM=Name.Multiply)),
    ("pdfx.viewer", "TrimBox", lambda of: set_of(
        of.Root.ViewerPreferences, "/ViewArea", Name.TrimBox)),
]  # fmt: skip
SAVED: dict[str, dict[str, object]] = {  # clauses that only the way of writing can break
    "pdfx.structure": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    "pdfx.encryption": {
        "encryption": pikepdf.Encryption(owner="o", user="", R=3, aes=False, metadata=False)
    },
}


def planted(pdf: bytes, plant: Plant, **how: object) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as document:
        plant(document)
        out = BytesIO()
        if "encryption" not in how:  # keep what was planted as it is
            how["stream_decode_level"] = pikepdf.StreamDecodeLevel.none
        how = {"object_stream_mode": pikepdf.ObjectStreamMode.disable, **how}
        document.save(out, compress_streams=False, **how)  # type: ignore[arg-type]
    return out.getvalue()


def found(pdf: bytes) -> dict[str, list[str]]:
    with pikepdf.open(BytesIO(pdf)) as document:
        faults: dict[str, list[str]] = {}
        for finding in check_clauses(opened(document)):
            faults.setdefault(finding.check, []).append(f"{finding.place}: {finding.message}")
    return faults


@pytest.mark.parametrize(
    ("clause", "words", "plant"), PLANTS, ids=[f"{c} {w}" for c, w, _ in PLANTS]
)
def test_a_broken_clause_is_found(clause: str, words: str, plant: Plant, press: bytes) -> None:
    faults = found(planted(press, plant))
    assert list(faults) == [clause], faults
    assert any(words in fault for fault in faults[clause]), faults


@pytest.mark.parametrize("clause", SAVED)
def test_a_clause_broken_in_writing_is_found(clause: str, press: bytes) -> None:
    assert list(found(planted(press, lambda of: None, **SAVED[clause]))) == [clause]


def test_every_clause_is_broken_by_a_plant() -> None:
    assert {clause.name for clause in CLAUSES} == {clause for clause, _, _ in PLANTS} | set(SAVED)
    assert len({clause.name for clause in CLAUSES}) == len(CLAUSES)


def test_a_sound_file_breaks_none(press: bytes) -> None:
    assert found(press) == {}
    assert found(pressed(page('<p style="color: teal">Words'))) == {}


def test_the_label_is_only_for_files_that_pass() -> None:
    bare = planted(page("<p>Words"), bare_font)
    with pytest.raises(EditionError, match="is not embedded"):
        pressed(bare)


def test_a_file_that_calls_itself_by_the_standard_is_held_to_it(press: bytes) -> None:
    broken = planted(press, with_state(ca=0.5))
    assert {finding.check for finding in preflight_pdf(broken)} == {"pdfx.transparency"}


def test_the_manual_prints_the_whole_list() -> None:
    manual = (ROOT / "docs" / "print-preflight.md").read_text("utf-8")
    rows = [f"| `{clause.name}` | {clause.paragraph} | {clause.says} |" for clause in CLAUSES]
    assert [row for row in rows if row not in manual] == []


def test_the_manual_names_every_condition() -> None:
    manual = (ROOT / "docs" / "print-preflight.md").read_text("utf-8")
    for name, held in CONDITIONS.items():
        assert (
            f"| `{name}` | {held.description} | {held.ink_limit:.0%} |".replace("%", " %") in manual
        )


@pytest.mark.parametrize(
    ("plant", "check", "severity"),
    [
        (lambda of: draw(of, b"BT .1 0 0 1 k /F0 9 Tf <0001> Tj ET"), "press.plates", "error"),
        (lambda of: draw(of, b"1 1 1 .9 k 0 0 9 9 re f"), "press.ink", "error"),
        (lambda of: draw(of, b"q .2 0 0 .2 0 0 cm /x Do Q", "/XObject", image(
            of, b"\xff\xff\xff\x80", ColorSpace=Name.DeviceCMYK)), "press.ink", "error"),
        (lambda of: draw(of, b"/x sh", "/Shading", gradient(of, [0, 0, 0, 1], [1, 1, 1, 0.9])),
         "press.ink", "error"),
        (lambda of: draw(of, b"q 100 0 0 100 0 0 cm BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q"),
         "press.resolution", "error"),
        (lambda of: draw(of, b"q 1 0 0 1 0 0 cm /x Do Q", "/XObject", image(of)),
         "press.resolution", "error"),
        (lambda of: draw(of, b"q .36 0 0 .36 0 0 cm /x Do Q", "/XObject", image(of)),
         "press.resolution", "warning"),
        (lambda of: set_of(of.pages[2], "/BleedBox", of.pages[2].TrimBox), "press.bleed", "error"),
    ],
)  # fmt: skip
def test_what_a_press_would_send_back_is_found(
    plant: Plant, check: str, severity: str, press: bytes
) -> None:
    findings = preflight_pdf(planted(press, plant), press=True)
    assert (check, severity, "page 3") in {(f.check, f.severity, f.place) for f in findings}


def test_ink_that_the_paper_takes_is_no_finding(press: bytes) -> None:
    def within(of: pikepdf.Pdf) -> None:
        full = image(of, b"\xff\xff\xff\x40", ColorSpace=Name.DeviceCMYK)  # 325 of 330 %
        draw(of, b"q .2 0 0 .2 0 0 cm /x Do Q", "/XObject", full)
        draw(of, b"/x sh", "/Shading", gradient(of, [0, 0, 0, 1], [1, 1, 1, 0.25]))

    assert preflight_pdf(planted(press, within), press=True) == []


def test_the_edges_of_a_photograph_may_swing_over() -> None:
    with pikepdf.new() as document:

        def share(over: int) -> float:
            data = b"\xff\xff\xff\xff" * over + b"\x80\0\0\0" * (10_000 - over)
            return picture_ink(
                image(document, data, ColorSpace=Name.DeviceCMYK, Width=100, Height=100)
            )

        assert share(10) == pytest.approx(0.5, abs=0.02)
        assert share(11) == pytest.approx(4, abs=0.02)


@pytest.mark.parametrize("decode", [None, [1, 0] * 4])
def test_the_ink_of_a_photograph_is_that_of_its_samples(decode: list[int] | None) -> None:
    """Pillow writes JPEGs of four inks as Adobe does, turned; the PDF has to say so."""
    held = BytesIO()
    Image.new("CMYK", (16, 16), (200, 0, 0, 0)).save(held, "JPEG", quality=95)
    more = {} if decode is None else {"Decode": Array(decode)}
    with pikepdf.new() as document:
        photograph = image(document, held.getvalue(), ColorSpace=Name.DeviceCMYK, Width=16,
                           Height=16, Filter=Name.DCTDecode, **more)  # fmt: skip
        ink = picture_ink(photograph)
    assert ink == pytest.approx(200 / 255 if decode else 4 - 200 / 255, abs=0.05)


def test_a_small_picture_in_the_content_is_refused() -> None:
    content = b"q 100 0 0 100 0 0 cm BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q"
    given = planted(page("<p>x"), lambda of: of.pages[0].contents_add(content))
    with pytest.raises(EditionError, match="2 × 2 pixels is too small"):
        make_press(given, condition=condition())


def test_a_fine_picture_is_no_finding(press: bytes) -> None:
    def small(of: pikepdf.Pdf) -> None:
        draw(of, b"q .24 0 0 .24 0 0 cm /x Do Q", "/XObject", image(of))

    assert preflight_pdf(planted(press, small), press=True) == []


def test_a_profile_of_a_press_is_brought_along(press: bytes) -> None:
    file = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")  # of Ghostscript itself
    made = make_press(page('<p style="color: teal">x'), condition=condition("", file.read_bytes()))
    with pikepdf.open(BytesIO(made)) as document:
        (held,) = document.Root.OutputIntents
        assert held.OutputConditionIdentifier == "Custom"
        assert "/RegistryName" not in held
        assert held.DestOutputProfile.read_bytes() == file.read_bytes()
    assert found(made) == {}
