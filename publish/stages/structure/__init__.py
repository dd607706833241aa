"""Printed lines in, paragraphs, headings and verse out.

The layout is measured first; then every stretch of lines between blank ones is classified; then
lines are grouped. What no rule understands stays a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator

from publish.context import Context
from publish.document import Document
from publish.edition import Edition
from publish.ledger import Group, Part, regroup
from publish.stages.structure.breaks import is_break
from publish.stages.structure.headings import (
    LONGEST,
    THRESHOLD,
    Heading,
    Style,
    division_of,
    is_number,
    score,
)
from publish.stages.structure.layout import Layout, layout_of
from publish.stages.structure.paragraphs import parted
from publish.stages.structure.verse import is_stanza


def structure(document: Document, edition: Edition) -> Document:
    """The document in typed blocks."""
    if any(block.kind != "line" for block in document.blocks):
        return document
    context = Context.of(document, edition)
    layout = layout_of(document.blocks)
    return regroup(document, _groups(document, layout, Style.of(context)))


def _groups(document: Document, layout: Layout, style: Style) -> Iterator[Group]:
    at, lines = 0, layout.lines
    run: list[int] = []
    mended = ""
    headings = _headings(layout, style)
    levels = _numeral_level(layout, headings)

    def paragraph() -> Group:
        return _group(
            document, "paragraph", run, "structure.continuation" if mended else "", mended
        )

    while at < len(lines):
        heading = headings.get(at)
        end = _chunk_end(layout, at)
        fresh = at == 0 or lines[at].apart
        kind = "break" if is_break(lines[at].text) else ""
        if heading:
            kind, end = "heading", heading.end
        elif kind:
            end = at + 1
        elif fresh and is_stanza(layout, at, end):
            kind = "verse"
        if kind:
            if run:
                yield paragraph()
                run, mended = [], ""
            span = list(range(at, end))
            if heading:
                level = heading.level or levels
                yield from _heading(document, heading, level)
            else:
                yield _group(document, kind, span)
            at = end
            continue
        if run:
            new, why = parted(layout, at)
            if new:
                yield paragraph()
                run, mended = [], ""
            elif why:
                mended = why
        run.append(at)
        at += 1
    if run:
        yield paragraph()


def _chunk_end(layout: Layout, at: int) -> int:
    end = at + 1
    while end < len(layout.lines) and not layout.lines[end].apart and end - at < 64:
        end += 1
    return end


def _group(document: Document, kind: str, span: list[int], rule: str = "", why: str = "") -> Group:
    values = [document.blocks[n].text.value for n in span]
    indents = [len(v) - len(v.lstrip()) for v in values]
    if kind == "verse":
        indents = [min(indents)] * len(indents)
    parts = tuple(
        Part(n, indent, len(value.rstrip()))
        for n, indent, value in zip(span, indents, values, strict=True)
    )
    return Group(kind, parts, rule, why)


def _heading(document: Document, heading: Heading, level: int) -> Iterator[Group]:
    """A heading's lines; the number and the title parted by "\\n", lines of a title by spaces."""
    span = list(range(heading.start, heading.end))
    group = _group(document, "heading", span)
    separator = "\n" if heading.number and len(span) == heading.number + 1 else " "
    yield group._replace(level=level, role=heading.role, separator=separator)


def _numeral_level(layout: Layout, headings: dict[int, Heading]) -> int:
    """The level of bare numbers: below the chapters where there are other headings, else theirs."""
    bare = [h for h in headings.values() if h.level == 0]
    first = sum(layout.lines[h.start].text.strip("[]().: ") in ("I", "1") for h in bare)
    return 3 if len(headings) > len(bare) and (first > 1 or len(bare) < len(headings)) else 2


def _headings(layout: Layout, style: Style) -> dict[int, Heading]:
    found: dict[int, Heading] = {}
    lines, at = layout.lines, 0
    previous = -1  # the line after the last heading found
    while at < len(lines):
        line = lines[at]
        end = _chunk_end(layout, at)
        free = at == 0 or line.apart or previous == at
        number = is_number(line.text) or _whole_division(style, line.text)
        if not free and number and lines[at - 1].ends and layout.short(at - 1):
            free, end = True, at + 1
        if not free:
            at += 1
            continue
        if number and end - at > 1 and score(layout, at, at + 1, style) >= THRESHOLD:
            stop = at + 1
            while stop < end and stop - at < LONGEST and layout.short(stop - 1):
                stop += 1
            titled = score(layout, at + 1, end, style) >= THRESHOLD
            end = end if end - at <= LONGEST and titled and stop > at + 1 else at + 1
        if end - at <= LONGEST and score(layout, at, end, style) >= THRESHOLD:
            level, role = _level(style, line.text)
            numbers = 1 if number else 0
            if number and end == at + 1 and end < len(lines):
                more = _chunk_end(layout, end)
                title = lines[end].text
                joined = not is_number(title) and not division_of(style, title)
                if joined and more - end < LONGEST and score(layout, end, more, style) >= 1.5:
                    end, level = more, level or 2
                    role = role or "chapter"
            elif number and end > at + 1:
                level, role = level or 2, role or "chapter"
            found[at] = Heading(at, end, level, role, numbers)
            previous = at = end
            continue
        at = max(at + 1, end if end - at > 1 and line.apart and not layout.even else at + 1)
    return found


def _whole_division(style: Style, text: str) -> bool:
    found = division_of(style, text)
    return found is not None and found.end() == len(text)


def _level(style: Style, text: str) -> tuple[int, str]:
    found = division_of(style, text)
    if found:
        level, role = style.divisions[found[1].lower()]
        return level, role
    if is_number(text):
        return 0, ""
    return 2, style.roles.get(text.rstrip(".:").lower(), "chapter")
