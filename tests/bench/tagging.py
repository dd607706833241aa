"""Tags for a PDF that has none, so that the composition report can read it.

Of pages of plain prose, such as those of the bench, the lines say enough: what is larger than the
text is a heading, and a paragraph begins behind one and where a line goes in. What stands outside
the type area is no text, and neither are the pages before the first chapter.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, NamedTuple

import pikepdf
from fontTools.ttLib import TTFont

from publish.pdf.matrices import WHOLE, Matrix, times
from publish.resources import font
from publish.trim import Sheet

LARGER = 1.2  # times the size of the text: a heading
INDENT = 0.5  # of the type size: less is no indent
SAME_LINE = 0.4  # of the type size between two baselines
RUNS_ON = "RunsOn"
Name = pikepdf.Name


class Shown(NamedTuple):
    """Where an instruction of a content begins to paint text, in points, and at what size."""

    at: int
    left: float
    baseline: float
    size: float


def tagged(pdf: bytes, page: Sheet, chapters: int) -> bytes:
    """The PDF, of a book with so many chapters, with H1 and P for its headings and paragraphs.

    Fonts are taken to be Garamond by their glyph numbers, whose word space they are given: they
    have none where the program that wrote them paints none.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        contents = [list(pikepdf.parse_content_stream(each)) for each in document.pages]
        shown = [_text(instructions, page) for instructions in contents]
        headed = [
            at for at, text in enumerate(shown) if any(_is_heading(each, page) for each in text)
        ]
        root = document.make_indirect(pikepdf.Dictionary(Type=Name.StructTreeRoot))
        fonts: dict[Any, Any] = {}
        tags: list[Any] = []
        for at in range(headed[-chapters], len(contents)):
            each = document.pages[at]
            fonts |= {face.objgen: face for face in each.resources.get("/Font", {}).values()}
            left = page.outer if at % 2 else page.inner
            marks = {text.at: mark for mark, text in enumerate(shown[at])}
            for kind, texts in _blocks(shown[at], left, page):
                if kind != RUNS_ON or not tags:
                    tag = pikepdf.Dictionary(S=Name(f"/{kind}"), P=root, K=pikepdf.Array())
                    tags.append(document.make_indirect(tag))
                for text in texts:
                    piece = pikepdf.Dictionary(Type=Name.MCR, Pg=each.obj, MCID=marks[text.at])
                    tags[-1].K.append(piece)
            each.Contents = document.make_stream(_marked(contents[at], marks))
        for face in fonts.values():
            _give_space(document, face)
        root.K = pikepdf.Array(tags)
        document.Root.StructTreeRoot = root
        made = BytesIO()
        document.save(made, deterministic_id=True)
        return made.getvalue()


def _text(instructions: list[Any], page: Sheet) -> list[Shown]:
    """What is painted within the type area, in the order of the content."""
    found: list[Shown] = []
    stack: list[Matrix] = []
    place, line, size = WHOLE, WHOLE, 0.0
    for at, instruction in enumerate(instructions):
        operands = instruction.operands
        match str(instruction.operator):
            case "q":
                stack.append(place)
            case "Q":
                place = stack.pop()
            case "cm":
                place = times(_matrix(operands), place)
            case "BT":
                line = WHOLE
            case "Tf":
                size = float(operands[1])
            case "Tm":
                line = _matrix(operands)
            case "Td":
                line = times((1, 0, 0, 1, float(operands[0]), float(operands[1])), line)
            case "Tj" | "TJ":
                shown = times(line, place)
                found.append(Shown(at, shown[4], shown[5], size * abs(shown[3])))
    low, high = page.bottom - page.leading / 2, page.height - page.top
    return [each for each in found if low < each.baseline < high]


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in operands)
    return a, b, c, d, e, f


def _is_heading(shown: Shown, page: Sheet) -> bool:
    return shown.size > LARGER * page.size


def _blocks(texts: list[Shown], left: float, page: Sheet) -> list[tuple[str, list[Shown]]]:
    """The headings and paragraphs of a page: a tag's name and what it holds, RUNS_ON for the rest
    of a paragraph begun on a page before."""
    blocks: list[tuple[str, list[Shown]]] = []
    before: Shown | None = None
    for text in texts:
        kind = "H1" if _is_heading(text, page) else "P"
        on_line = before and abs(before.baseline - text.baseline) < SAME_LINE * page.size
        goes_in = not on_line and text.left - left > INDENT * page.size
        if not blocks:
            blocks.append((kind if kind != "P" or goes_in else RUNS_ON, []))
        elif (kind == "H1") != (blocks[-1][0] == "H1") or (kind == "P" and goes_in):
            blocks.append((kind, []))
        blocks[-1][1].append(text)
        before = text
    return blocks


def _marked(instructions: list[Any], marks: dict[int, int]) -> bytes:
    """The content with each text that has a number within a marked sequence of that number."""
    made: list[Any] = []
    for at, instruction in enumerate(instructions):
        if at not in marks:
            made.append(instruction)
            continue
        mark = [Name.Span, pikepdf.Dictionary(MCID=marks[at])]
        made.append(pikepdf.ContentStreamInstruction(mark, pikepdf.Operator("BDC")))
        made.append(instruction)
        made.append(pikepdf.ContentStreamInstruction([], pikepdf.Operator("EMC")))
    return pikepdf.unparse_content_stream(made)


def _give_space(document: pikepdf.Pdf, face: Any) -> None:
    """Gives a font of two-byte glyph numbers the space of Garamond, for a reader's measure."""
    with TTFont(font("EBGaramond-Regular.ttf"), lazy=True) as whole:
        glyph = whole.getGlyphID("space")
        width = whole["hmtx"]["space"][0] * 1000 / whole["head"].unitsPerEm
    descendant = face.DescendantFonts[0]
    descendant.W = pikepdf.Array([*descendant.get("/W", []), glyph, pikepdf.Array([round(width)])])
    names = face.ToUnicode.read_bytes()
    added = b"1 beginbfchar\n<%04X> <0020>\nendbfchar\nendcmap" % glyph
    face.ToUnicode = document.make_stream(names.replace(b"endcmap", added, 1))
