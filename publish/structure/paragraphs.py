"""Where paragraphs begin and end: by blank line, indent, short last line, and across breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from publish.structure.layout import (
    DASHED,
    DIVIDED,
    Layout,
    Line,
    Unit,
    ended,
    first_letter,
    quoted,
)

SHORT = 0.85  # a line that leaves more than this share empty was ended on purpose


def chunks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines without a blank line or the end of a page between them."""
    run: list[Line] = []
    for line in lines:
        if run and (line.gap or line.turn):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def split_chunk(run: list[Line], layout: Layout) -> list[list[Line]]:
    """The paragraphs inside a run of lines, by indent or short last line."""
    if len(run) == 1:
        return [run]
    base = min(line.indent for line in run)
    pieces = [[run[0]]]
    settled = sum(line.end > layout.width * 0.8 for line in run) * 2 >= len(run) - 1
    for before, line in pairwise(run):
        if _begins(before, line, base, layout, settled):
            pieces.append([line])
        else:
            pieces[-1].append(line)
    return pieces


def _begins(before: Line, line: Line, base: int, layout: Layout, settled: bool) -> bool:
    """Whether a paragraph begins with `line`, `before` standing directly above it."""
    lower = first_letter(line.text).islower()
    stop = ended(before.text) or bool(DASHED.search(before.text)) or before.text[-1:] == ":"
    if layout.indented and base < line.indent <= base + 10 and before.indent <= line.indent:
        if not lower and (stop or before.indent == base):
            return stop or before.end < layout.width * 0.75
        return False
    if lower or not stop:
        return False
    word = line.text.split(" ", 1)[0]
    short = before.end + 1 + len(word) < layout.width * (SHORT if layout.unmarked else 0.7)
    if layout.unmarked:
        return short or (
            quoted(line.text) and _closed(before.text) and not layout.full(before, line.text, 1.0)
        )
    return short and not layout.indented and (settled or _speaks(before, line))


def _speaks(before: Line, line: Line) -> bool:
    """Whether two lines are turns of speech, which no blank line need part."""
    return quoted(line.text) and _closed(before.text)


def _closed(text: str) -> bool:
    return text[-1:] in "\"“”‘’»«›‹'"


def continues(before: Unit, after: Unit, layout: Layout) -> str:
    """Why `after` goes on with the paragraph `before`; empty if it does not."""
    last, first = before.lines[-1], after.lines[0]
    text, following = last.text, first.text
    letter = first_letter(following)
    if DIVIDED.search(text) and (letter.islower() or (first.turn and letter.isalpha())):
        return "a divided word"
    stop = ended(text)
    lower = letter.islower() and not (following[:1] in "-—–*(" and stop)
    if lower and not stop and text[-1:] != ":":
        return "no stop before, lower case after"
    if lower and (first.turn or layout.full(last, following, 0.9)) and not quoted(following):
        return "lower case after"
    if layout.indented and first.turn and first.indent == 0 and _body_line(last, layout):
        return "no indent after the end of a page"
    dashed = bool(DASHED.search(text))
    if not stop and not dashed and text[-1:] not in ":":
        if (
            layout.full(last, following, 0.8)
            and letter
            and (not quoted(following) or text[-1:] not in ",;" or first.turn)
        ):
            return "no stop before a full line's end"
        return ""
    if dashed and not quoted(following) and layout.full(last, following, 0.9) and first.turn:
        return "a dash before the end of a page"
    page = first.turn or (layout.torn and first.gap >= 3)
    if page and stop and not layout.indented and first.gap < 12:
        if (
            layout.full(last, following, 0.97)
            and not quoted(following)
            and not _closed(text)
            and first.indent <= last.indent
            and _body_line(last, layout)
        ):
            return "a full line at the end of a page or column"
    return ""


def _body_line(line: Line, layout: Layout) -> bool:
    return line.end > layout.width * 0.6
