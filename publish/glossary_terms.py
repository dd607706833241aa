"""The terms of a glossary in a text: which spelling of which stands where.

Words in `glossary.toml` match with straight or curled quotation marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from publish.edition import Term
from publish.errors import EditionError, PublishError

PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xa0": " ", "\n": " ", "\t": " "})
WORD = re.compile(r"\w+")
UNLINKED = frozenset(("heading", "break", "figure"))  # kinds whose words are no occurrences


class Form(NamedTuple):
    """A spelling of a term; `lead` characters of it stand before its first word."""

    text: str
    lead: int
    term: Term


def forms_of(glossary: Sequence[Term], problems: list[PublishError]) -> dict[str, list[Form]]:
    """The forms by their first word, longest first. A clash or a duplicate term is a problem."""
    owners: dict[str, Term] = {}
    ids: dict[str, Term] = {}
    forms: dict[str, list[Form]] = defaultdict(list)
    for term in glossary:
        if term.id in ids:
            message = f"the term “{term.term}” is entered twice."
            if ids[term.id].term != term.term:
                message = f"the terms “{ids[term.id].term}” and “{term.term}” are too much alike."
            problems.append(glossary_error(message, "Make one entry of the two."))
            continue
        ids[term.id] = term
        for spelling in dict.fromkeys((term.term, *term.forms)):
            plain = " ".join(spelling.translate(PLAIN).split())
            owner = owners.setdefault(plain, term)
            word = WORD.search(plain)
            if owner is not term:
                message = f"the form “{spelling}” belongs to “{owner.term}” and to “{term.term}”."
                problems.append(glossary_error(message, "Leave it to one of them."))
            elif word is None:
                problems.append(
                    glossary_error(f"the form “{spelling}” has no word in it.", "Remove it.")
                )
            else:
                forms[word.group()].append(Form(plain, word.start(), term))
    for spellings in forms.values():
        spellings.sort(key=lambda form: -len(form.text))
    return forms


def occurrences(text: str, forms: Mapping[str, Sequence[Form]]) -> list[tuple[int, int, Term]]:
    """(start, end, term) where forms stand as whole words, in order; of those that overlap, the
    longest."""
    text = text.translate(PLAIN)
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


def glossary_error(message: str, hint: str) -> EditionError:
    """A fault of the glossary; the caller names the folder."""
    return EditionError(message, file="glossary.toml", hint=hint)
