"""What stands behind the text: glossary, emendations, readings retained, colophon."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import count
from string import ascii_lowercase
from typing import NamedTuple

from publish import __version__
from publish.book import Part
from publish.document import Block, Document
from publish.edition import Edition, Term
from publish.ledger import Change, Status
from publish.rendering.front import in_words, paragraph, section_part
from publish.rendering.inline import attribute, escape
from publish.rendering.markdown import Marks, markdown, marks_for
from publish.rendering.sections import plain_title
from publish.theme import THEMES

WORD = re.compile(r"[\w’'-]")
DIVIDED = re.compile(r"-\s*\n")  # joined by the time the book is made


class Use(NamedTuple):
    """A reference to a glossary term: its id in the text, and the section it stands in."""

    id: str
    section: str


class Reading(NamedTuple):
    """A decision as the book lists it: where, how the edition and how the copy reads, and why."""

    id: str
    block: str
    start: int
    end: int
    lemma: str
    copy: str
    why: str


def uses(blocks: Iterable[Block], opening: str, ids: Container[str]) -> dict[str, list[Use]]:
    """For each term its references in the order of the text, one in a block; `opening` names what
    stands before the first heading, `ids` are those that were rendered."""
    found: dict[str, list[Use]] = {}
    section = opening
    for block in blocks:
        if block.kind == "heading":
            section = plain_title(block)
        for term in dict.fromkeys(m.value for m in block.text.marks if m.kind == "glossref"):
            if f"{block.id}-{term}" in ids:
                found.setdefault(term, []).append(Use(f"{block.id}-{term}", section))
    return found


def glossary(
    edition: Edition,
    used: Mapping[str, Sequence[Use]],
    words: Mapping[str, str],
    leads: Callable[[str], bool],
) -> Part:
    """The terms in alphabetical order, each with links to its first use in every section, as the
    lead says: the index has all."""
    entries = sorted(edition.glossary, key=lambda term: filed(term.term))
    file = edition.path("glossary.toml")
    marks = marks_for(edition)
    inner = "".join(
        _entry(term, used.get(term.id, ()), words, file, leads, marks) for term in entries
    )
    lead = paragraph(words["glossary_lead"]) if any(used.get(term.id) for term in entries) else ""
    listed = f"{lead}<dl>\n{inner}</dl>\n"
    return section_part("glossary", words["glossary"], "glossary", "back", listed)


def lettered(number: int) -> str:
    """The nth of several links back, from 1: a to z, then aa. A number would be taken for that of
    a page."""
    before, at = divmod(number - 1, len(ascii_lowercase))
    return (lettered(before) if before else "") + ascii_lowercase[at]


def filed(term: str) -> str:
    """The term as it is sorted: letters and digits only, accents off."""
    plain = unicodedata.normalize("NFKD", term.casefold())
    return "".join(char for char in plain if char.isalnum())


def _entry(
    term: Term,
    used: Sequence[Use],
    words: Mapping[str, str],
    file: str,
    leads: Callable[[str], bool],
    marks: Marks,
) -> str:
    modern = escape(term.modern) if term.modern and term.modern != term.term else ""
    facts = ", ".join(filter(None, (modern, escape(term.dates))))
    shown = f' <span class="facts">{facts}</span>' if facts else ""
    body = markdown(term.definition, file, leads, 4, marks=marks).strip()
    links = " ".join(
        f'<a class="page-ref" role="doc-backlink" href="#{use.id}" aria-label="'
        f'{attribute(words["first_use"].format(number=letter, section=use.section))}">'
        f'<span class="screen">{letter}</span></a>'
        for letter, use in zip(map(lettered, count(1)), used, strict=False)
    )
    if links:
        links = (
            f'<p class="uses"><span class="screen" aria-hidden="true">↩\ufe0e</span> {links}</p>'
        )
    # The id is the entry's, not the term's: readers show what it names when a reference is tapped.
    headword = f"<dfn>{escape(term.term)}</dfn>{shown}"
    return (
        f'<div id="{term.id}"><dt epub:type="glossterm">{headword}</dt>\n'
        f'<dd epub:type="glossdef">{body}{links}</dd></div>\n'
    )


def readings(document: Document, status: Status) -> list[Reading]:
    """The decisions of this status, in the order of the text, with the reading the text has now."""
    changes = [change for change in document.ledger if change.status is status]
    if not changes:
        return []
    spans = _spans(document)
    prefix = "emended" if status is Status.EMENDED else "retained"
    placed = []
    for change in changes:
        source = document.source.line_starts[change.line - 1] + _column(document, change)
        placed.append((source, change))
    made = []
    for number, (source, change) in enumerate(sorted(placed, key=lambda p: p[0]), 1):
        made.append(_reading(document, spans, source, change, f"{prefix}-{number}"))
    return made


def _column(document: Document, change: Change) -> int:
    """Where on its source line the reading of the copy begins: the rule counted from the start of
    its block, which may be lines before, so the line itself is asked."""
    line = document.source.line(change.line)
    first = change.before.split("\n")[0]
    near = line.find(first, max(change.offset, 0)) if change.offset < len(line) else -1
    return max(
        near if line[change.offset : change.offset + len(first)] == first else line.find(first), 0
    )


def _spans(document: Document) -> list[tuple[int, int, Block]]:
    """(source offset, text offset, block) of every anchor, by source offset."""
    return sorted(
        (
            (anchor.source, anchor.offset, block)
            for block in document.blocks
            for anchor in block.text.anchors
        ),
        key=lambda span: (span[0], span[1]),
    )


def _reading(
    document: Document,
    spans: Sequence[tuple[int, int, Block]],
    source: int,
    change: Change,
    id: str,
) -> Reading:
    copied = document.source.text[source : source + 4 * len(change.before) + 200]
    copy_end = source + _length(copied, change.before)
    block, start = _placed(spans, source)
    value = block.text.value
    after = change.after if change.status is Status.EMENDED else change.before
    length = _length(value[start:], DIVIDED.sub("", after))
    end = min(start + length, len(value))
    text = document.source.text
    left = right = 0
    while (
        start > left and WORD.match(value[start - left - 1]) and WORD.match(text[source - left - 1])
    ):
        left += 1
    while (
        end + right < len(value)
        and copy_end + right < len(text)
        and WORD.match(value[end + right])
        and WORD.match(text[copy_end + right])
    ):
        right += 1
    start, end = start - left, end + right
    copy = text[source - left : copy_end + right]
    copy = " / ".join(line.strip() for line in copy.splitlines() if line.strip())
    lemma = " ".join(value[start:end].split())
    return Reading(id, block.id, start, end, lemma, copy, change.why)


def _placed(spans: Sequence[tuple[int, int, Block]], source: int) -> tuple[Block, int]:
    at = max(bisect_right(spans, source, key=lambda span: span[0]) - 1, 0)
    base, offset, block = spans[at]
    return block, min(max(offset + source - base, 0), len(block.text.value))


def _length(value: str, after: str) -> int:
    """How many characters of `value` have as much ink as `after`."""
    wanted, seen = len("".join(after.split())), 0
    for at, char in enumerate(value):
        if seen == wanted:
            return at
        seen += not char.isspace()
    return len(value)


def places(listed: Iterable[Reading]) -> dict[str, tuple[tuple[int, int, str], ...]]:
    """The ids to be put on the words of the readings, by block."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for reading in listed:
        found.setdefault(reading.block, []).append((reading.start, reading.end, reading.id))
    return {id: tuple(spans) for id, spans in found.items()}


def emendations(listed: Sequence[Reading], words: Mapping[str, str]) -> Part:
    """Lemma, bracket, copy reading, for every correction of the printed copy."""
    items = "".join(
        f'<li id="{r.id}-entry"><a class="place" href="#{r.id}">'
        f'<span class="lemma">{escape(r.lemma)}</span></a>'
        f'<span class="bracket">]</span> <span class="copy">{escape(r.copy)}</span>'
        f"{_why(r)}{_page(r)}</li>\n"
        for r in listed
    )
    inner = _list(words["emendations_lead"], items, words)
    return section_part("emendations", words["emendations"], "appendix", "back", inner)


def retained(listed: Sequence[Reading], words: Mapping[str, str]) -> Part:
    """Every reading that was doubted and kept, with the reason."""
    items = "".join(
        f'<li id="{r.id}-entry"><a class="place" href="#{r.id}">'
        f'<span class="lemma">{escape(r.lemma)}</span></a>'
        f"{_why(r)}{_page(r)}</li>\n"
        for r in listed
    )
    inner = _list(words["retained_lead"], items, words)
    return section_part("retained", words["retained"], "appendix", "back", inner)


def _list(lead: str, items: str, words: Mapping[str, str]) -> str:
    """The readings below their `lead`. What print says of the numbers before them is kept beside
    it: a screen has links instead."""
    numbers = attribute(words["page_and_line"])
    return f'{paragraph(lead)}<ol class="readings" data-places="{numbers}">\n{items}</ol>\n'


def _why(reading: Reading) -> str:
    return f' <span class="why">({escape(reading.why)})</span>' if reading.why else ""


def _page(reading: Reading) -> str:
    """Where print puts the page number; empty on a screen, where the lemma is the link."""
    return f' <span class="page-ref" data-target="#{reading.id}"></span>'


def colophon(edition: Edition, digest: str, words: Mapping[str, str]) -> Part:
    """When and from what this edition was made, and where to report an error."""
    metadata = edition.metadata
    lines: Iterator[str] = iter(
        (
            paragraph(
                words["made"].format(
                    date=in_words(metadata.edition_date, words), version=__version__
                )
            ),
            paragraph(words["digest"].format(digest=digest), "digest"),
            paragraph(words["report"].format(contact=metadata.contact)) if metadata.contact else "",
            paragraph(words["fonts"].format(face=THEMES[edition.print.theme].face)),
        )
    )
    return section_part("colophon", words["colophon"], "colophon", "back", "".join(lines))
