"""The index: every occurrence of the glossary's persons and terms, in whatever form.

A screen has a link for each occurrence, print the numbers of the pages. A form that is filed
elsewhere than its term refers to it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from publish.book import Part
from publish.document import Block
from publish.edition import Edition, Term
from publish.glossary_terms import UNLINKED, forms_of, occurrences
from publish.rendering.apparatus import Use, filed
from publish.rendering.front import section_part
from publish.rendering.inline import attribute, escape
from publish.rendering.sections import plain_title

ALIKE = 4  # letters: forms that begin with as many of the term's are filed beside it


class Occurrence(NamedTuple):
    """A place of a term in a block: its words, characters start..end, and the id that is there or
    to be put there (`new`)."""

    term: str
    text: str
    block: str
    start: int
    end: int
    id: str
    section: str
    new: bool


def term_occurrences(
    blocks: Iterable[Block], edition: Edition, opening: str, notes: str
) -> list[Occurrence]:
    """Every occurrence of every term, in the order of the text. `opening` names what stands before
    the first heading, `notes` the section of the text's own notes."""
    forms = forms_of(edition.glossary, [])
    found: list[Occurrence] = []
    section = opening
    for block in blocks:
        if block.kind == "heading":
            section = plain_title(block)
        if block.kind in UNLINKED:
            continue
        linked = {(m.start, m.value) for m in block.text.marks if m.kind == "glossref"}
        named: set[str] = set()
        place = notes if block.kind == "note" else section
        for number, (start, end, term) in enumerate(occurrences(block.text.value, forms), 1):
            link = (start, term.id) in linked and term.id not in named
            id = f"{block.id}-{term.id}" if link else f"{block.id}-i{number}"
            named |= {term.id} if link else set()
            text = " ".join(block.text.value[start:end].split())
            found.append(Occurrence(term.id, text, block.id, start, end, id, place, not link))
    return found


def with_occurrences(
    places: Mapping[str, tuple[tuple[int, int, str], ...]], found: Iterable[Occurrence]
) -> dict[str, tuple[tuple[int, int, str], ...]]:
    """The ids to be put on words, by block, with those of the occurrences."""
    more = dict(places)
    for one in found:
        if one.new:
            more[one.block] = (*more.get(one.block, ()), (one.start, one.end, one.id))
    return more


def index(
    edition: Edition,
    found: Iterable[Occurrence],
    words: Mapping[str, str],
    ids: Container[str],
) -> Part:
    """The terms and their other forms in alphabetical order; `ids` are those that were rendered."""
    uses: dict[str, list[Use]] = {}
    spelled: dict[str, dict[str, None]] = {}
    for one in found:
        if one.id in ids:
            uses.setdefault(one.term, []).append(Use(one.id, one.section))
            spelled.setdefault(one.term, {})[one.text] = None
    entries: list[tuple[str, str]] = []
    for term in edition.glossary:
        if term.id in uses:
            entries.append((filed(term.term), _entry(term, uses[term.id], words)))
            others = _elsewhere(term, spelled[term.id])
            entries += [(filed(form), _reference(form, term, words)) for form in others]
    items = "".join(entry for _, entry in sorted(entries))
    inner = f'<ul class="plain entries" epub:type="index-entry-list">\n{items}</ul>\n'
    return section_part("index", words["index"], "index", "back", inner)


def _elsewhere(term: Term, forms: Iterable[str]) -> list[str]:
    """Of the forms that the text has, those that nobody would look for beside the term, one of
    each that are filed together."""
    heads, kept = [filed(term.term)[:ALIKE]], []
    for form in sorted(forms, key=lambda form: (len(form), form)):
        if not any(filed(form).startswith(head) for head in heads):
            heads.append(filed(form)[:ALIKE])
            kept.append(form)
    return kept


def _entry(term: Term, uses: Sequence[Use], words: Mapping[str, str]) -> str:
    modern = term.modern if term.modern and term.modern != term.term else ""
    shown = f' <span class="facts">({escape(modern)})</span>' if modern else ""
    links = ", ".join(
        f'<a epub:type="index-locator" class="page-ref" href="#{use.id}" aria-label="'
        f'{attribute(words["occurrence"].format(number=number, section=use.section))}">'
        f'<span class="screen">{number}</span></a>'
        for number, use in enumerate(uses, 1)
    )
    return (
        f'<li id="i-{term.id}" epub:type="index-entry">'
        f'<span epub:type="index-term">{escape(term.term)}</span>{shown}, {links}</li>\n'
    )


def _reference(form: str, term: Term, words: Mapping[str, str]) -> str:
    return (
        f'<li epub:type="index-entry"><span epub:type="index-term">{escape(form)}</span>, '
        f'<i>{escape(words["see"])}</i> <span epub:type="index-xref-preferred">'
        f'<a epub:type="index-term" href="#i-{term.id}">{escape(term.term)}</a></span></li>\n'
    )
