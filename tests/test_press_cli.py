"""The press file as publishers meet it: commands, settings of the edition, messages."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from command import copy_of_seed, publish
from conftest import required
from PIL import Image, ImageCms

from publish.writers.pdf_glyphs import borrowed_told

STORY = "CHAPTER I\n\nThe lamp was lit. “Go,” he said.\n\nNobody went.\n"
PROFILE = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")  # Ghostscript's own


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, "utf-8")
    return path


def label(pdf: Path) -> str:
    with pikepdf.open(pdf) as document:
        return str(document.docinfo.get("/GTS_PDFXVersion", ""))


def told(seed: Path, settings: str, code: int = 3) -> str:
    """What a press build says with these settings under [print]; nothing may be written then."""
    toml = seed / "edition.toml"
    text = toml.read_text("utf-8")
    toml.write_text(text.replace("[print]\n", f"[print]\n{settings}\n"), "utf-8")
    where = seed.parent.parent
    run = publish("build", "--formats", "press", cwd=where, code=code)
    assert code == 0 or not list(where.glob("dist/*.pdf"))
    return run.stderr


def test_the_first_edition_goes_to_press_on_one_plate(tmp_path: Path) -> None:
    required("gs", "apt-get install -y ghostscript")
    seed = copy_of_seed(tmp_path)
    publish("build", "--press", "--formats", "pdf", cwd=tmp_path)
    made = tmp_path / "dist" / f"{seed.name}.press.pdf"
    assert label(made) == "PDF/X-1a:2003"
    assert label(tmp_path / "dist" / f"{seed.name}.pdf") == ""
    inks = subprocess.run(
        ["gs", "-q", "-o", "-", "-sDEVICE=inkcov", made], capture_output=True, check=True, text=True
    ).stdout
    pages = [row.split() for row in inks.splitlines() if "CMYK" in row]
    assert len(pages) > 20
    assert all(float(ink) == 0 for page in pages for ink in page[:3])
    assert "No syntax or stream encoding errors" in subprocess.run(
        ["qpdf", "--check", made], capture_output=True, check=True, text=True
    ).stdout  # fmt: skip
    assert "passed" in publish("preflight", made, cwd=tmp_path).stdout


@pytest.mark.parametrize(("name", "options"), [("a.pdf", ["--press"]), ("a.press.pdf", [])])
def test_a_quick_book_goes_to_press(story: Path, name: str, options: list[str]) -> None:
    publish("convert", story, story.parent / name, *options, cwd=story.parent)
    assert label(story.parent / name) == "PDF/X-1a:2003"


def test_only_a_pdf_can_be_for_a_press(story: Path) -> None:
    run = publish("convert", story, "a.epub", "--press", cwd=story.parent, code=2)
    assert "only a PDF can be made for a press" in run.stderr
    run = publish("convert", story, "a.press", cwd=story.parent, code=2)
    assert "press.pdf" in run.stderr


def test_a_condition_is_named_in_the_file(tmp_path: Path) -> None:
    seed = copy_of_seed(tmp_path)
    told(seed, 'condition = "fogra52"', code=0)
    with pikepdf.open(tmp_path / "dist" / "book.press.pdf") as document:
        assert document.Root.OutputIntents[0].OutputConditionIdentifier == "FOGRA52"


def test_a_quick_book_goes_to_the_press_that_is_named(story: Path) -> None:
    where = story.parent
    publish("convert", story, "a.press.pdf", "--condition", "fogra 52", cwd=where)
    with pikepdf.open(where / "a.press.pdf") as document:
        assert document.Root.OutputIntents[0].OutputConditionIdentifier == "FOGRA52"


@pytest.mark.parametrize(
    ("out", "name", "code", "said"),
    [
        ("a.pdf", "FOGRA52", 2, "only a PDF for a press has a printing condition"),
        ("a.epub", "FOGRA52", 2, "only a PDF for a press has a printing condition"),
        ("a.press.pdf", "FOGRA93", 2, "the printing condition “FOGRA93” is not known"),
    ],
)
def test_a_quick_books_condition_is_one_of_a_press(
    story: Path, out: str, name: str, code: int, said: str
) -> None:
    where = story.parent
    run = publish("convert", story, out, "--condition", name, cwd=where, code=code)
    assert said in run.stderr
    assert not (where / out).exists()


def test_a_condition_that_is_unknown_is_one_sentence(tmp_path: Path) -> None:
    words = told(copy_of_seed(tmp_path), 'condition = "FOGRA93"')
    assert "edition.toml, line 43: the printing condition “FOGRA93” is not known" in words
    assert "Did you mean FOGRA39?" in words


def test_a_profile_that_is_not_there_or_of_no_press_is_one_sentence(tmp_path: Path) -> None:
    seed = copy_of_seed(tmp_path)
    words = told(seed, 'icc = "press.icc"')
    assert "press.icc: the profile is missing" in words
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    (seed / "press.icc").write_bytes(screen)
    assert "press.icc: the ICC profile is that of a screen, in RGB." in told(seed, "")
    (seed / "press.icc").write_bytes(b"nothing")
    assert "press.icc: this is no ICC profile." in told(seed, "")
    words = told(seed, 'cover_icc = "cover.icc"')
    assert "cover.icc: the profile is missing" in words
    assert "take `cover_icc` out" in words


def test_a_profile_of_a_press_is_brought_along(tmp_path: Path) -> None:
    seed = copy_of_seed(tmp_path)
    (seed / "press.icc").write_bytes(PROFILE.read_bytes())
    told(seed, 'icc = "press.icc"', code=0)
    with pikepdf.open(tmp_path / "dist" / "book.press.pdf") as document:
        held = document.Root.OutputIntents[0]
        assert held.DestOutputProfile.read_bytes() == PROFILE.read_bytes()


def test_a_press_file_is_held_to_its_label_without_being_asked(story: Path) -> None:
    where = story.parent
    publish("convert", story, where / "a.press.pdf", cwd=where)
    with pikepdf.open(where / "a.press.pdf", allow_overwriting_input=True) as document:
        document.pages[0].contents_add(document.make_stream(b"1 0 0 rg 0 0 9 9 re f"))
        document.save(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    run = publish("preflight", "a.press.pdf", cwd=where, code=1)
    assert "page 1: error: Something is in DeviceRGB. [pdfx.colour]" in run.stdout


def test_a_character_without_a_glyph_is_named_with_its_lines(story: Path) -> None:
    story.write_text("One \U000f0000 lamp.\n\nTwo\nlamps \U000f0000 and \U000f0001.\n", "utf-8")
    out = story.parent / "a.press.pdf"
    run = publish("convert", story, out, cwd=story.parent, code=3)
    assert (
        "story.txt, line 1: no font has a glyph for “\U000f0000” (U+F0000, lines 1, 4) and"
        " “\U000f0001” (U+F0001, line 4)." in run.stderr
    )
    assert not out.exists()


def test_no_pdf_has_boxes_for_characters(story: Path, tmp_path: Path) -> None:
    story.write_text("One lamp.\n\nTwo\U000f0000\nlamps.\n", "utf-8")
    out = story.parent / "a.pdf"
    run = publish("convert", story, out, cwd=story.parent, code=3)
    assert "story.txt, line 3: no font has a glyph for “\U000f0000” (U+F0000, line 3)" in run.stderr
    assert "an .epub or .txt" in run.stderr
    assert not out.exists()
    publish("convert", story, story.parent / "a.epub", cwd=story.parent)


@pytest.mark.parametrize(("faces", "named"), [(["EBGaramond"], 0), (["EBGaramond", "Other"], 1)])
def test_a_face_of_the_machine_is_named(faces: list[str], named: int) -> None:
    document, kind = pikepdf.new(), pikepdf.Name.FontDescriptor
    made = [pikepdf.Dictionary(Type=kind, FontFamily=pikepdf.String(face)) for face in faces]
    document.Root.Held = pikepdf.Array([document.make_indirect(each) for each in made])
    out = BytesIO()
    document.save(out)
    assert borrowed_told(out.getvalue()).count("set in Other, from this machine") == named


def test_a_build_refuses_characters_without_a_glyph_and_writes_nothing(tmp_path: Path) -> None:
    seed = copy_of_seed(tmp_path)
    toml = seed / "edition.toml"
    toml.write_text(
        toml.read_text("utf-8").replace("[book]", '[book]\nsubtitle = "A \U000f0000"', 1), "utf-8"
    )
    run = publish("build", "book", cwd=tmp_path, code=3)
    assert "no font has a glyph for “\U000f0000” (U+F0000, page " in run.stderr
    assert "--formats epub,txt" in run.stderr
    assert not list((tmp_path / "dist").glob("*.*"))
    publish("build", "book", "--formats", "epub,txt", cwd=tmp_path)


def test_a_logo_too_small_for_print_is_one_sentence(tmp_path: Path) -> None:
    seed = copy_of_seed(tmp_path)
    Image.new("L", (20, 20), 128).save(seed / "logo.png")
    toml = seed / "edition.toml"
    toml.write_text(
        toml.read_text("utf-8").replace("[book]\n", '[book]\nlogo = "logo.png"\n'), "utf-8"
    )
    words = told(seed, "")
    assert "a picture of 20 × 20 pixels is too small" in words
    publish("build", "--formats", "pdf", cwd=tmp_path)
