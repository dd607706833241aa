"""How well the pages are set: a finished PDF in, counts and findings out.

The faults are those that a compositor is taught to avoid: widows and orphans, headings at the
foot, runts, ladders of hyphens, loose lines, facing pages of unequal depth, notes away from their
calls. Where each stands is said as a reader would say it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Final

from publish.preflight import Finding
from publish.preflight.set_lines import Line, Setting, read_setting
from publish.preflight.set_tags import HEADINGS

HYPHENS: Final = ("-", "\N{HYPHEN}", "\N{SOFT HYPHEN}")
RUNT: Final = 5  # characters: a last line shorter than this hardly covers the next indent
LADDER: Final = 3  # lines
LOOSE: Final = 2.5  # times the normal word space
LINES_AFTER_HEADING: Final = 2
SAME_HEIGHT: Final = 1.0  # points

# Fault → its name for a reader, the most of it that a well-set book has, and of what that is a
# share; None where it depends on the text.
LIMITS: Final = {
    "widow": ("widows", 0.0, ""),
    "orphan": ("orphans", 0.0, ""),
    "heading": ("headings at the foot", 0.0, ""),
    "note": ("notes away from their calls", 0.0, ""),
    "ladder": ("ladders of three hyphens", 1.0, ""),
    "loose": ("loose lines", 0.001, "lines"),
    "runt": ("runts", 0.015, "paragraphs"),
    "hyphen": ("lines that end in a hyphen", 0.08, "lines"),
    "broken": ("words broken over a page end", 0.02, "pages"),
    "unequal": ("facing pages of unequal depth", None, "spreads"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """How often a fault stands in a book. `of` is the number of lines, of paragraphs of more than
    one line, of pages or of spreads it is a share of, 0 where it is counted as such; `most` is the
    number or share that a well-set book does not pass, None where there is none."""

    fault: str
    name: str
    count: int
    of: int
    most: float | None

    @property
    def passed(self) -> bool:
        share = self.count / self.of if self.of else float(self.count)
        return self.most is None or share <= self.most


@dataclass(frozen=True, slots=True)
class Composition:
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        return all(figure.passed for figure in self.figures)


def composition(pdf: bytes) -> Composition:
    """The composition report of a tagged PDF, its findings in the order of their pages.

    Raises UsageError for a file that is no PDF or has no tags.
    """
    setting = read_setting(pdf)
    lines = setting.lines
    findings = [
        *_divided(lines), *_bottom_headings(lines), *_runts(lines), *_ladders(lines),
        *_loose(lines), *_broken(lines), *_unequal(setting), *_stray_notes(setting),
    ]  # fmt: skip
    counted = Counter(finding.check.removeprefix("composition.") for finding in findings)
    counted["hyphen"] = sum(_is_divided(line) for line in lines)
    whole = {
        "lines": len(lines),
        "paragraphs": len({line.block for line in lines if line.number and line.tag == "P"}),
        "pages": len({line.page for line in lines}),
        "spreads": len(setting.feet) // 2,
    }
    figures = tuple(
        Figure(fault, name, counted[fault], whole.get(of, 0), most)
        for fault, (name, most, of) in LIMITS.items()
    )
    findings.sort(key=lambda finding: int(finding.place.rsplit(" ", 1)[1]))
    return Composition(figures, tuple(findings))


def _divided(lines: tuple[Line, ...]) -> Iterator[Finding]:
    """Orphans, a paragraph's first line alone at the foot; widows, its last alone at the head."""
    last = {line.block: line.number for line in lines}
    for before, after in pairwise(lines):
        if before.block != after.block or before.page == after.page:
            continue
        if before.number == 0:
            yield _finding("orphan", before, "A paragraph's first line stands alone at the foot")
        if after.number == last[after.block]:
            yield _finding("widow", after, "A paragraph's last line stands alone at the head")


def _bottom_headings(lines: tuple[Line, ...]) -> Iterator[Finding]:
    """A heading with fewer than two lines of text below it on its page."""
    for at, line in enumerate(lines):
        if line.tag not in HEADINGS:
            continue
        wanted: list[Line] = []
        for after in lines[at + 1 :]:
            if len(wanted) == LINES_AFTER_HEADING or (
                after.tag in HEADINGS and after.page != line.page
            ):  # a title page has no text of its own
                break
            if after.tag not in HEADINGS:
                wanted.append(after)
        if len(wanted) == 2 and wanted[1].block != wanted[0].block:
            wanted = wanted[:1]  # a paragraph of one line is all there is to keep with
        if wanted and wanted[-1].page != line.page:
            yield _finding("heading", line, "A heading stands at the foot of the page")


def _runts(lines: tuple[Line, ...]) -> Iterator[Finding]:
    last = {line.block: line for line in lines}
    for line in last.values():
        if line.number and line.tag == "P" and len(line.text.strip()) < RUNT:
            yield _finding("runt", line, "A paragraph ends in a scrap of a line")


def _ladders(lines: tuple[Line, ...]) -> Iterator[Finding]:
    run = 0
    for line, after in zip_longest(lines, lines[1:]):
        divided = _is_divided(line)
        run = run + 1 if divided and after and after.block == line.block else 0
        if run == LADDER:
            yield _finding("ladder", line, "Three lines in a row end in a hyphen")


def _is_divided(line: Line) -> bool:
    return line.text.rstrip().endswith(HYPHENS)


def _loose(lines: tuple[Line, ...]) -> Iterator[Finding]:
    for line in lines:
        if line.spacing > LOOSE:
            yield _finding("loose", line, f"Word spaces are {line.spacing:.1f} times the normal")


def _broken(lines: tuple[Line, ...]) -> Iterator[Finding]:
    """A word divided between two pages; over a leaf, the reader must keep it while turning."""
    for line, after in pairwise(lines):
        if line.block == after.block and line.page != after.page and _is_divided(line):
            over = "over the leaf" if line.page % 2 else "to the facing page"
            yield _finding("broken", line, f"A word is broken {over}")


def _unequal(setting: Setting) -> Iterator[Finding]:
    """Facing pages of running text that end at different heights, and why."""
    first: dict[int, Line] = {}
    last: dict[int, Line] = {}
    for line in setting.lines:
        first.setdefault(line.page, line)
        last[line.page] = line
    heads = Counter(round(line.baseline) for line in first.values())
    head = max(heads, key=lambda height: (heads[height], height), default=0)
    for verso in range(2, max(first, default=0), 2):
        pages = [page for page in (verso, verso + 1) if _runs_on(page, first, last, head)]
        if len(pages) < 2:
            continue
        feet = [setting.feet[page] for page in pages]
        if abs(feet[0] - feet[1]) > SAME_HEIGHT:
            short = max(pages, key=lambda page: setting.feet[page])
            which = "left" if short == verso else "right"
            reason = _reason(first[short + 1], setting)
            yield _finding("unequal", last[short], f"The {which} page is the shorter{reason}")


def _runs_on(page: int, first: dict[int, Line], last: dict[int, Line], head: float) -> bool:
    """Whether a page's text goes on at the head of the next one."""
    after = first.get(page + 1)
    return page in last and after is not None and abs(after.baseline - head) < 2 * after.size


def _reason(after: Line, setting: Setting) -> str:
    """Why what heads the next page did not go on the page before."""
    if after.tag in HEADINGS:
        return ", for a heading keeps with its text"
    if after.page in setting.noted or after.page - 1 in setting.noted:
        return ", for a note keeps with its call"
    return ", for what comes next keeps together"


def _stray_notes(setting: Setting) -> Iterator[Finding]:
    for note in setting.notes:
        if not note.called:
            message = f"The note “{note.label}” begins on another page than its call."
            yield Finding("composition.note", "warning", message, f"page {note.page}")


def _finding(fault: str, line: Line, message: str) -> Finding:
    return Finding(
        f"composition.{fault}", "warning", f"{message}: “{line.text.strip()[:40]}”.",
        f"page {line.page}",
    )  # fmt: skip
