"""The lines on the pages of a finished PDF: its bytes in, lines and notes in reading order out.

Letters and their places are read from the content streams, paragraphs from the tree of tags, so
that what is reported is what stands on the paper. Measures are in points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby
from statistics import median
from typing import Final, NamedTuple

from publish.errors import UsageError
from publish.pdf.damage import sound
from publish.preflight.set_tags import HEADINGS, Leaf, is_call, is_note, label_of, leaves
from publish.preflight.set_text import Piece

SAME_LINE: Final = 0.4  # of the type size between two baselines
SAME_EDGE: Final = 1.5  # points between the ends of two lines that are both full
INDENT: Final = 0.5  # of the type size: less is no indent
JUSTIFIED: Final = 0.25  # of all lines: more never end at the measure where the edge is ragged
ENTRY: Final = "TOCI"  # the tag said of a list item that is all link, whatever it has


@dataclass(frozen=True, slots=True)
class Line:
    """One line as set. `block` is its paragraph's place in the book's order, `number` its place in
    the paragraph; `spacing` is its word space by the normal one; `left` and `right` are its ends
    from the left edge of the type area, `baseline` its height over the foot of the page."""

    page: int
    block: int
    number: int
    text: str
    tag: str
    spacing: float
    left: float
    right: float
    baseline: float
    size: float


class Foot(NamedTuple):
    """A note that begins at the foot of a page, and whether its call stands on that page."""

    page: int
    label: str
    called: bool


class Setting(NamedTuple):
    """What stands on the pages, which count from 1: the lines of running text, the notes, of each
    page its lowest baseline (notes included), and which pages have notes."""

    lines: tuple[Line, ...]
    notes: tuple[Foot, ...]
    feet: dict[int, float]
    noted: frozenset[int]


def read_setting(pdf: bytes) -> Setting:
    """The setting of a tagged PDF. Raises UsageError for a file that is none, is damaged or
    has no tags."""
    import pikepdf

    try:
        document = pikepdf.open(BytesIO(pdf))
    except pikepdf.PasswordError:
        raise UsageError(
            "the PDF is encrypted.", hint="Save it without a password, and check that."
        ) from None
    except pikepdf.PdfError:
        raise UsageError("this is no PDF that can be read.") from None
    with document:
        if "/StructTreeRoot" not in document.Root:
            raise UsageError(
                "this PDF has no tags, so its paragraphs cannot be told apart.",
                hint="Name the PDF made without --press: it has the same lines.",
            )
        found = sound(lambda: leaves(document), _damaged)
    text = [leaf for leaf in found if not is_note(leaf)]
    notes = [leaf for leaf in found if is_note(leaf)]
    calls = {(leaf.page, leaf.piece.text.strip()) for leaf in text if is_call(leaf)}
    labels = [(leaf.page, label_of(leaf)) for leaf in notes if label_of(leaf)]
    feet: dict[int, float] = {}
    for leaf in [leaf for leaf in found if leaf.piece.text.strip()]:
        feet[leaf.page] = min(feet.get(leaf.page, leaf.piece.baseline), leaf.piece.baseline)
    return Setting(
        tuple(_numbered(text)),
        tuple(Foot(*label, called=label in calls) for label in labels),
        feet,
        frozenset(leaf.page for leaf in notes),
    )


def _damaged(what: str) -> Leaf:
    raise UsageError(
        f"the PDF is damaged: a part of it is not what it should be ({what}).",
        hint="Make it anew.",
    )


def _numbered(leaves: list[Leaf]) -> Iterator[Line]:
    """The lines with their blocks counted through; what a page's end has parted is one block."""
    lines = _aligned([line for _, group in groupby(leaves, _place) for line in _rows(list(group))])
    blocks = [list(same) for _, same in groupby(lines, lambda line: (line.page, line.block))]
    hanging: dict[int, list[float]] = {}  # page → how far the second lines of blocks go in
    measure: dict[int, float] = {}
    for line in lines:
        measure[line.page] = max(measure.get(line.page, 0.0), line.right)
    full = sum(measure[line.page] - line.right < SAME_EDGE for line in lines)
    justified = full > JUSTIFIED * len(lines)
    for first, second in (block[:2] for block in blocks if len(block) > 1):
        inwards = second.left - first.left
        if abs(inwards) > INDENT * first.size:
            hanging.setdefault(first.page, []).append(inwards)
    before: list[Line] = []
    number, tag = -1, 0
    for here in blocks:
        pages = here[0].page - 1, here[0].page
        inwards = median([each for page in pages for each in hanging.get(page, ())] or [0.0])
        widest = max(measure.get(page, 0.0) for page in pages)
        same = here[0].block == tag != 0  # a tag that has lines on both pages
        tag = here[0].block
        if before and (same or _runs_on(before, here, widest, justified, max(inwards, 0.0))):
            start = before[-1].number + 1
        else:
            number, start, before = number + 1, 0, []
        here = [replace(line, block=number, number=start + at) for at, line in enumerate(here)]
        before += here
        yield from here


def _place(leaf: Leaf) -> tuple[int, int]:
    return leaf.page, leaf.block


def _rows(leaves: list[Leaf]) -> Iterator[Line]:
    """The lines of one block on one page, with the place of its tag for its own."""
    first = leaves[0]
    listed = all("LI" in leaf.path and "Link" in leaf.path for leaf in leaves)
    rows: list[list[Piece]] = []
    for leaf in leaves:
        piece = leaf.piece
        if rows and abs(rows[-1][0].baseline - piece.baseline) < SAME_LINE * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        gaps = [gap for piece in row for gap in piece.gaps]
        inked = [piece for piece in row if piece.text.strip()]
        if inked:
            yield Line(
                first.page, first.block, 0, "".join(piece.text for piece in row),
                ENTRY if listed else first.tag,
                median(gaps) if gaps else 1.0, min(piece.left for piece in inked),
                max(piece.right for piece in inked), inked[0].baseline,
                max(piece.size for piece in inked),
            )  # fmt: skip


def _aligned(lines: list[Line]) -> list[Line]:
    """The lines with their ends counted from the left edge of the type area, which is where most
    lines of versos begin, or of rectos."""
    edges = {
        side: Counter(round(line.left, 1) for line in lines if line.page % 2 == side)
        for side in (0, 1)
    }
    found = {side: counted.most_common(1)[0][0] for side, counted in edges.items() if counted}
    return [
        replace(line, left=line.left - edge, right=line.right - edge)
        for line in lines
        for edge in [found[line.page % 2]]
    ]


def _runs_on(
    before: list[Line], here: list[Line], measure: float, justified: bool, hang: float
) -> bool:
    """Whether a block at the head of a page is the rest of the one at the foot of the page before:
    the tags have two. A first line goes in or hangs out, a last line is seldom full; what begins
    behind a full line where the lines of that block began is its rest. Headings and entries of the
    contents, which fill their lines with dots, keep together. `hang` is by how much lines but the
    first go in on these pages, 0 where first lines do: it says which of the two it is
    where one line is all there is to go by."""
    last, first = before[-1], here[0]
    if last.page == first.page or last.tag != first.tag or last.tag in {*HEADINGS, ENTRY}:
        return False
    if last.text.rstrip().endswith(("\N{SOFT HYPHEN}", "\N{HYPHEN}")):
        return True
    indent = INDENT * first.size
    if len(here) > 1 and abs(here[1].left - first.left) > indent:
        return False
    if not _is_full(before, here, measure, justified):
        return False
    if last.number:
        return abs(first.left - last.left) < indent
    if hang:
        return abs(first.left - last.left - hang) < indent
    return last.left - first.left > indent or abs(first.left) < indent


def _is_full(before: list[Line], here: list[Line], measure: float, justified: bool) -> bool:
    """Whether the last line before is as long as the others, or in ragged text whether the first
    word here would not have fitted on it."""
    last, first = before[-1], here[0]
    widest = max(line.right for line in before)
    if justified and all(widest - line.right < SAME_EDGE for line in before[:-1]):
        known = [max(line.right for line in lines) for lines in (before, here) if len(lines) > 1]
        return any(abs(edge - last.right) < SAME_EDGE for edge in (*known, measure))
    letter = (first.right - first.left) / max(len(first.text), 1)
    word = len(first.text.split(" ")[0])
    return last.right + letter * (word + 1) > measure
