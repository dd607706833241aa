"""References laid over the finished text: the editor's notes and the terms of the glossary.

The text is frozen by now, so its quotation marks may be curled; words in `notes.toml` and
`glossary.toml` match with either kind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from publish.document import Block, Document, Mark
from publish.edition import Edition, EditorNote, Term
from publish.errors import EditionError, Problems, PublishError
from publish.glossary_terms import PLAIN, UNLINKED, Form, forms_of, glossary_error, occurrences

# A note's call follows the stop or closing quotation mark after its words (Chicago 14.26).
CLOSING = re.compile(r"""[.,;:!?]?[”’"')\]]*""")


def annotate(document: Document, edition: Edition) -> Document:
    """The document with marks "editor" (value: the note's index in `edition.notes`) and "glossref"
    (value: the term's id) laid on. Raises EditionError for whatever finds no place."""
    if not (edition.notes or edition.glossary):
        return document
    problems: list[PublishError] = []
    marks: dict[int, list[Mark]] = defaultdict(list)
    for index, mark in _note_marks(document, edition, problems):
        marks[index].append(mark)
    forms = forms_of(edition.glossary, problems)
    found, in_headings = _term_marks(document.blocks, forms, marks)
    for term in edition.glossary:
        if term.id not in found:
            problems.append(_unused(term, term.id in in_headings))
    if problems:
        for problem in problems:
            problem.file = edition.path(problem.file)
        raise problems[0] if len(problems) == 1 else Problems(problems)
    blocks = tuple(
        replace(block, text=block.text.with_marks(marks[index])) if index in marks else block
        for index, block in enumerate(document.blocks)
    )
    return replace(document, blocks=blocks)


def _note_marks(
    document: Document, edition: Edition, problems: list[PublishError]
) -> Iterator[tuple[int, Mark]]:
    notes, source_name = edition.notes, edition.source_name
    standing = _blocks_of_lines(document, {note.line for note in notes})
    for number, note in enumerate(notes):
        pattern = _pattern(note.at)
        places = []
        for index in standing.get(note.line, ()):
            text = document.blocks[index].text.value
            for match in pattern.finditer(text.translate(PLAIN)):
                if document.line_of(document.blocks[index], match.start()) == note.line:
                    closing = CLOSING.match(text, match.end())
                    places.append((index, closing.end() if closing else match.end()))
        if len(places) == 1:
            index, at = places[0]
            yield index, Mark(at, at, "editor", str(number))
        else:
            problems.append(_misplaced(document, note, len(places), standing, source_name))


def _pattern(words: str) -> re.Pattern[str]:
    parts = words.translate(PLAIN).split()
    body = r"\s+".join(re.escape(part) for part in parts) or r"(?!)"
    before = r"(?<!\w)" if re.match(r"\w", words) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", words) else ""
    return re.compile(before + body + after)


def _blocks_of_lines(document: Document, lines: set[int]) -> dict[int, list[int]]:
    """For each of the lines, the blocks that hold text from it."""
    wanted, standing = sorted(lines), defaultdict(list)
    for index, block in enumerate(document.blocks):
        if not block.text.value:
            continue
        first = document.line_of(block)
        last = document.line_of(block, len(block.text.value) - 1)
        for line in wanted[bisect_left(wanted, first) :]:
            if line > last:
                break
            standing[line].append(index)
    return standing


def _misplaced(
    document: Document,
    note: EditorNote,
    count: int,
    standing: dict[int, list[int]],
    source_name: str,
) -> EditionError:
    if count:
        message = f"“{note.at}” stands {count} times on line {note.line} of {source_name}."
        hint = "Quote more of the line in `at`, so that one place is meant."
    else:
        message = f"“{note.at}” does not begin on line {note.line} of {source_name}."
        nearest = _nearest(document, note)
        hint = (
            f"It begins on line {nearest}: correct `line`."
            if nearest
            else "A note's `at` quotes the text as the book has it, and `line` is the line of"
            f" {source_name} where it begins."
        )
    shown = " / ".join(
        _reading(document, document.blocks[index], note.line)
        for index in standing.get(note.line, ())
    )
    last = len(document.source.line_starts)
    if note.line > last:
        detail = f"There is no such line: the source has {last} lines."
    else:
        shown = shown or document.source.line(note.line).strip()
        detail = f"It reads: {shown}" if shown else "That line is empty."
    return EditionError(message, file="notes.toml", detail=detail, hint=hint)


def _nearest(document: Document, note: EditorNote) -> int | None:
    """The source line nearest to the note's on which its words begin; None if on none."""
    pattern = _pattern(note.at)
    lines = (
        document.line_of(block, match.start())
        for block in document.blocks
        for match in pattern.finditer(block.text.value.translate(PLAIN))
    )
    return min(lines, key=lambda line: (abs(line - note.line), line), default=None)


def _reading(document: Document, block: Block, line: int) -> str:
    """What the finished text has from one source line."""
    text = block.text.value
    return "".join(
        text[m.start() : m.end()]
        for m in re.finditer(r"\S+\s*", text)
        if document.line_of(block, m.start()) == line
    ).strip()


def _unused(term: Term, in_heading: bool) -> EditionError:
    where = "only in headings, which carry no links" if in_heading else "nowhere in the text"
    return glossary_error(
        f"the term “{term.term}” stands {where}.",
        "Correct its `forms` to what the text has, as whole words, or remove the entry.",
    )


def _term_marks(
    blocks: Sequence[Block], forms: dict[str, list[Form]], marks: dict[int, list[Mark]]
) -> tuple[set[str], set[str]]:
    """Adds a mark for each term's first occurrence in each section; returns the ids of the terms
    found in the text, and of those found in headings."""
    found: set[str] = set()
    in_headings: set[str] = set()
    if not forms:
        return found, in_headings
    section: set[str] = set()
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            section = set()
        for start, end, term in occurrences(block.text.value, forms):
            if block.kind in UNLINKED:
                in_headings.add(term.id)
            elif term.id not in section and not _crosses(start, end, block.text.marks):
                section.add(term.id)
                marks[index].append(Mark(start, end, "glossref", term.id))
        found |= section
    return found, in_headings


def _crosses(start: int, end: int, marks: Sequence[Mark]) -> bool:
    return any(m.start < start < m.end < end or start < m.start < end < m.end for m in marks)
