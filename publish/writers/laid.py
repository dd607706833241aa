"""A laid-out division: what is to be known of its pages, and its PDF once that is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Protocol

from publish.writers.weasy.line_numbers import line_numbers
from publish.writers.weasy.load import quiet
from publish.writers.weasy.note_pages import notes_on

HOLDERS: Final = frozenset(("section", "body"))  # their ids name no text of their own


# Kinds of files → whether they have structure for those who listen; a press has no use for it.
TAGGED: Final = {"screen": True, "press": False}


class Line(NamedTuple):
    """A line of running text: the ids of its block ("" for none) and of its part."""

    id: str
    part: str
    text: str


@dataclass(slots=True)
class Laid:
    """`key` is a digest of all that it depends on, `start` the number of its first page. `places`
    has the page, from 0, of each id that is linked to, `lines` the line of each reading on its
    page, `notes` the endnotes that begin or go on on each page, `texts` the lines of its running
    text, where they were asked for. `pdfs` has the pages as they were written for each kind of
    file; of a layout that was not the last there may be none."""

    key: str
    start: int
    pages: int
    places: Mapping[str, int]
    lines: Mapping[str, int]
    notes: tuple[tuple[str, ...], ...] = ()
    texts: tuple[tuple[Line, ...], ...] = ()
    pdfs: dict[str, bytes] = field(default_factory=dict)
    document: Any = field(default=None, repr=False, compare=False)

    def lacks(self, kinds: Iterable[str]) -> bool:
        """Whether the pages of one of these kinds can neither be had nor be written."""
        return self.document is None and not self.pdfs.keys() >= set(kinds)

    def write(self, identifier: str, kinds: Iterable[str]) -> None:
        """Writes the pages for each of these kinds of file, and lets the layout go."""
        for kind in kinds:
            if kind not in self.pdfs:
                with quiet():
                    self.pdfs[kind] = self.document.write_pdf(
                        pdf_identifier=identifier.encode(),
                        pdf_version="1.7",
                        pdf_tags=TAGGED[kind],
                    )
        self.document = None


class Kept(Protocol):
    """Layouts of earlier runs; `kinds` are the kinds of files that are wanted in this."""

    kinds: Sequence[str]

    def get(self, key: str) -> Laid | None:
        """The layout with this key, if there is one."""

    def put(self, laid: Laid) -> None:
        """Takes up a layout, whose pages may still be written."""


def facts_of(
    document: Any, key: str, start: int, readings: Collection[str], *, notes: bool, texts: bool
) -> Laid:
    """The facts of WeasyPrint's document. `readings` are the ids whose lines are wanted."""
    places: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        for id in page.anchors:
            places.setdefault(id, number)
    return Laid(
        key,
        start,
        len(document.pages),
        places,
        line_numbers(document, readings) if readings else {},
        notes_on(document.pages) if notes else (),
        tuple(tuple(_lines(page._page_box)) for page in document.pages) if texts else (),
        document=document,
    )


def _lines(box: Any, id: str = "", part: str = "") -> Iterator[Line]:
    """The lines of running text on a page."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.MarginBox | boxes.FootnoteAreaBox):
        return
    if isinstance(box, boxes.LineBox):
        text = "".join(
            part.text
            for part in box.descendants()
            if isinstance(part, boxes.TextBox) and "::" not in (part.element_tag or "")
        )
        if text.strip():
            yield Line(id, part, text)
        return
    if box.element is not None:
        if box.element_tag == "section" and "part" in box.element.get("class", "").split():
            id, part = "", box.element.get("id", "")
        elif box.element_tag not in HOLDERS:
            id = box.element.get("id", id)
    for child in getattr(box, "children", ()):
        yield from _lines(child, id, part)
