"""How well the pages are set: laid-out pages in, counts and findings out.

Read off WeasyPrint's boxes, so that what is reported is what stands on the page: widows, orphans,
headings at the foot, runts, ladders of hyphens, loose lines, unequal facing pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Any, Final

from publish.preflight import Finding

HYPHENS: Final = "-\N{HYPHEN}\N{SOFT HYPHEN}"
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
RUNT: Final = 5  # characters: a last line shorter than this hardly covers the next indent
LADDER: Final = 3  # lines
LOOSE: Final = 2.5  # times the normal word space
LINES_AFTER_HEADING: Final = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line as set. `part` and `block` are its section's and its paragraph's places in the
    book's order, `number` its place in the paragraph; `spacing` is its word space by the normal
    one; `foot` its lower edge in px."""

    page: int
    part: int
    block: int
    number: int
    text: str
    tag: str
    spacing: float
    foot: float


def composition(pages: Any) -> list[Finding]:
    """The faults of composition of WeasyPrint's laid-out `pages`, in order of their pages."""
    lines = list(set_lines(pages))
    findings = [
        *_divided(lines), *_bottom_headings(lines), *_runts(lines), *_ladders(lines),
        *_loose(lines), *_unequal(lines, pages), *_stray_notes(pages),
    ]  # fmt: skip
    return sorted(findings, key=lambda finding: int(finding.place.rsplit(" ", 1)[1]))


def counts(findings: list[Finding]) -> Counter[str]:
    """How many findings of each kind."""
    return Counter(finding.check for finding in findings)


def set_lines(pages: Any) -> Iterator[Line]:
    """Every line of running text in reading order; running heads and footnotes are left out."""
    from weasyprint.formatting_structure import boxes

    blocks: dict[int, tuple[int, int]] = {}  # element → place in the book, lines so far

    parts: dict[int, int] = {}

    def walk(box: Any, page: int, part: int) -> Iterator[Line]:
        if isinstance(box, boxes.MarginBox | boxes.FootnoteAreaBox):
            return
        if box.element_tag == "section":
            part = parts.setdefault(id(box.element), len(parts))
        if isinstance(box, boxes.LineBox):
            element = box.element
            text = "".join(
                part.text
                for part in box.descendants()
                if isinstance(part, boxes.TextBox) and "::footnote" not in (part.element_tag or "")
            )
            if element is None or not text.strip():
                return
            place, number = blocks.get(id(element), (len(blocks), 0))
            blocks[id(element)] = place, number + 1
            yield Line(
                page, part, place, number, text, element.tag, _spacing(box),
                box.position_y + box.height,
            )  # fmt: skip
            return
        for child in getattr(box, "children", ()):
            yield from walk(child, page, part)

    for number, page in enumerate(pages, 1):
        yield from walk(page._page_box, number, -1)


def _spacing(line: Any) -> float:
    """The word space of a line by the normal one; 1 where it was not stretched."""
    from weasyprint.formatting_structure import boxes

    for box in line.descendants():
        if isinstance(box, boxes.TextBox) and " " in box.text:
            added = box.justification_spacing + box.style["word_spacing"]
            return 1 + float(added) / _space_width(box) if added else 1.0
    return 1.0


def _space_width(box: Any) -> float:
    """The width in px of the word space before it was stretched or shrunk."""
    from weasyprint.text.line_break import split_first_line

    style = box.style
    wide = split_first_line("x x", style, None, None, 0)[3]
    words = split_first_line("xx", style, None, None, 0)[3]
    return max(float(wide - words) - float(style["word_spacing"]), 0.01)


def _divided(lines: list[Line]) -> Iterator[Finding]:
    """Orphans, a paragraph's first line alone at the foot; widows, its last alone at the head."""
    last = {line.block: line.number for line in lines}
    for before, after in pairwise(lines):
        if before.block != after.block or before.page == after.page or last[before.block] < 1:
            continue
        if before.number == 0:
            yield _finding("orphan", before, "A paragraph's first line stands alone at the foot")
        if after.number == last[after.block]:
            yield _finding("widow", after, "A paragraph's last line stands alone at the head")


def _bottom_headings(lines: list[Line]) -> Iterator[Finding]:
    """A heading with fewer than two lines of text below it on its page."""
    for at, line in enumerate(lines):
        if line.tag not in HEADINGS:
            continue
        after = [
            other
            for other in lines[at + 1 : at + 8]
            if other.tag not in HEADINGS and other.part == line.part
        ]
        wanted = after[:LINES_AFTER_HEADING]
        if len(wanted) == 2 and wanted[1].block != wanted[0].block:
            wanted = wanted[:1]  # a paragraph of one line is all there is to keep with
        if wanted and wanted[-1].page != line.page:
            yield _finding("heading", line, "A heading stands at the foot of the page")


def _runts(lines: list[Line]) -> Iterator[Finding]:
    last = {line.block: line for line in lines}
    for line in last.values():
        if line.number and line.tag == "p" and len(line.text.strip()) < RUNT:
            yield _finding("runt", line, "A paragraph ends in a scrap of a line")


def _ladders(lines: list[Line]) -> Iterator[Finding]:
    run = 0
    for line, after in zip_longest(lines, lines[1:]):
        divided = line.text.rstrip().endswith(tuple(HYPHENS))
        run = run + 1 if divided and after and after.block == line.block else 0
        if run == LADDER:
            yield _finding("ladder", line, "Three lines in a row end in a hyphen")


def _loose(lines: list[Line]) -> Iterator[Finding]:
    for line in lines:
        if line.spacing > LOOSE:
            yield _finding("loose", line, f"Word spaces are {line.spacing:.1f} times the normal")


def _unequal(lines: list[Line], pages: Any) -> Iterator[Finding]:
    """Facing pages of running text that end at different heights."""
    feet: dict[int, Line] = {}
    for line in lines:
        feet[line.page] = line
    for verso in range(2, len(pages), 2):
        left, right = feet.get(verso), feet.get(verso + 1)
        after = feet.get(verso + 2)
        if not (left and right and after):
            continue
        runs_on = left.block == _first(lines, verso + 1) and right.block == _first(lines, verso + 2)
        notes = any(_has_footnotes(pages[n - 1]) for n in (verso, verso + 1))
        if runs_on and not notes and abs(left.foot - right.foot) > 1:
            yield _finding("unequal", left, "Facing pages end at different heights")


def _stray_notes(pages: Any) -> Iterator[Finding]:
    """Notes that do not begin on the page of their call. The call holds its note as a child."""
    from weasyprint.formatting_structure import boxes

    calls: dict[str, int] = {}
    feet: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        for area in page._page_box.children:
            for box in area.descendants():
                names = box.element.get("class", "").split() if box.element is not None else ()
                if isinstance(area, boxes.FootnoteAreaBox) and "footnote" in names:
                    feet.setdefault(box.element.get("id", ""), number)
                elif "noted" in names and len(box.element):
                    calls.setdefault(box.element[0].get("id", ""), number)
    for note, number in calls.items():
        if feet.get(note, number) != number:
            message = f"The note “{note}” stands on page {feet[note]}, away from its call."
            yield Finding("composition.note", "warning", message, f"page {number}")


def _first(lines: list[Line], page: int) -> int:
    return next((line.block for line in lines if line.page == page), -1)


def _has_footnotes(page: Any) -> bool:
    area = getattr(page._page_box, "children", ())
    return any(type(box).__name__ == "FootnoteAreaBox" and box.children for box in area)


def _finding(kind: str, line: Line, message: str) -> Finding:
    return Finding(
        f"composition.{kind}", "warning", f"{message}: “{line.text.strip()[:40]}”.",
        f"page {line.page}",
    )  # fmt: skip
