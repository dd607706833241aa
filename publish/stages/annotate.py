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
from typing import NamedTuple

from publish.document import Block, Document, Mark
from publish.edition import Edition, EditorNote, Term
from publish.errors import EditionError, Problems, PublishError

UNLINKED = frozenset(("heading", "break", "figure"))  # kinds that carry no glossary links
PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xa0": " ", "\n": " ", "\t": " "})
WORD = re.compile(r"\w+")
# A note's call follows the stop or closing quotation mark after its words (Chicago 14.26).
CLOSING = re.compile(r"""[.,;:!?]?[”’"')\]]*""")


class Form(NamedTuple):
    """A spelling of a term; `lead` characters of it stand before its first word."""

    text: str
    lead: int
    term: Term


def annotate(document: Document, edition: Edition) -> Document:
    """The document with marks "editor" (value: the note's index in `edition.notes`) and "glossref"
    (value: the term's id) laid on. Raises EditionError for whatever finds no place."""
    if not (edition.notes or edition.glossary):
        return document
    problems: list[PublishError] = []
    marks: dict[int, list[Mark]] = defaultdict(list)
    for index, mark in _note_marks(document, edition.notes, problems):
        marks[index].append(mark)
    forms = _forms(edition.glossary, problems)
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
    document: Document, notes: Sequence[EditorNote], problems: list[PublishError]
) -> Iterator[tuple[int, Mark]]:
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
            problems.append(_misplaced(document, note, len(places), standing))


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
    document: Document, note: EditorNote, count: int, standing: dict[int, list[int]]
) -> EditionError:
    if count:
        message = f"“{note.at}” stands {count} times on line {note.line}."
        hint = "Quote more of the line in `at`, so that one place is meant."
    else:
        message = f"“{note.at}” does not begin on line {note.line} of the reading text."
        hint = "A note's `at` quotes the text as the book has it, and `line` is where it begins."
    shown = " / ".join(
        _reading(document, document.blocks[index], note.line)
        for index in standing.get(note.line, ())
    )
    detail = f"It reads: {shown or document.source.line(note.line)}"
    return EditionError(message, file="notes.toml", detail=detail, hint=hint)


def _reading(document: Document, block: Block, line: int) -> str:
    """What the finished text has from one source line."""
    text = block.text.value
    return "".join(
        text[m.start() : m.end()]
        for m in re.finditer(r"\S+\s*", text)
        if document.line_of(block, m.start()) == line
    ).strip()


def _forms(glossary: Sequence[Term], problems: list[PublishError]) -> dict[str, list[Form]]:
    """The forms by their first word, longest first. A clash or a duplicate term is a problem."""
    owners: dict[str, Term] = {}
    ids: dict[str, Term] = {}
    forms: dict[str, list[Form]] = defaultdict(list)
    for term in glossary:
        if term.id in ids:
            message = f"the term “{term.term}” is entered twice."
            if ids[term.id].term != term.term:
                message = f"the terms “{ids[term.id].term}” and “{term.term}” are too much alike."
            problems.append(_error(message, "Make one entry of the two."))
            continue
        ids[term.id] = term
        for spelling in dict.fromkeys((term.term, *term.forms)):
            plain = " ".join(spelling.translate(PLAIN).split())
            owner = owners.setdefault(plain, term)
            word = WORD.search(plain)
            if owner is not term:
                message = f"the form “{spelling}” belongs to “{owner.term}” and to “{term.term}”."
                problems.append(_error(message, "Leave it to one of them."))
            elif word is None:
                problems.append(_error(f"the form “{spelling}” has no word in it.", "Remove it."))
            else:
                forms[word.group()].append(Form(plain, word.start(), term))
    for spellings in forms.values():
        spellings.sort(key=lambda form: -len(form.text))
    return forms


def _error(message: str, hint: str) -> EditionError:
    return EditionError(message, file="glossary.toml", hint=hint)


def _unused(term: Term, in_heading: bool) -> EditionError:
    where = "only in headings, which carry no links" if in_heading else "nowhere in the text"
    return _error(
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
        for start, end, term in _occurrences(block.text.value.translate(PLAIN), forms):
            if block.kind in UNLINKED:
                in_headings.add(term.id)
            elif term.id not in section and not _crosses(start, end, block.text.marks):
                section.add(term.id)
                marks[index].append(Mark(start, end, "glossref", term.id))
        found |= section
    return found, in_headings


def _occurrences(text: str, forms: dict[str, list[Form]]) -> list[tuple[int, int, Term]]:
    """Where forms stand as whole words, in order; of those that overlap, the longest."""
    candidates = []
    for word in WORD.finditer(text):
        for form in forms.get(word.group(), ()):
            start = word.start() - form.lead
            end = start + len(form.text)
            if start >= 0 and text.startswith(form.text, start) and _whole(text, start, end):
                candidates.append((start, end, form.term))
    if len(candidates) < 2:
        return candidates
    kept: list[tuple[int, int, Term]] = []
    for found in sorted(candidates, key=lambda c: (c[0] - c[1], c[0])):
        at = bisect_left(kept, found[:2], key=lambda c: (c[0], c[1]))
        free = at == 0 or kept[at - 1][1] <= found[0]
        if free and (at == len(kept) or found[1] <= kept[at][0]):
            kept.insert(at, found)
    return kept


def _whole(text: str, start: int, end: int) -> bool:
    """Whether nothing goes on before or after: no letter, and no hyphen with a letter behind it.

    "Soviet" is no whole word in "anti-Soviet"; "Lenin" is one in "Lenin's".
    """
    return not _goes_on(text[max(start - 2, 0) : start][::-1], text[start]) and not _goes_on(
        text[end : end + 2], text[end - 1]
    )


def _goes_on(beyond: str, edge: str) -> bool:
    if not beyond or not (edge.isalnum() or edge == "_"):
        return False
    hyphened = beyond[0] in "-‐‑" and beyond[1:].isalnum()
    return hyphened or beyond[0].isalnum() or beyond[0] == "_"


def _crosses(start: int, end: int, marks: Sequence[Mark]) -> bool:
    return any(m.start < start < m.end < end or start < m.start < end < m.end for m in marks)
