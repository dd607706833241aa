"""A division of the book as a paged document: an element tree for the layout.

Each part is parsed once; notes move to their calls, the contents are made anew with leaders and
page numbers, and every element that a running head follows says so in `data-head`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from publish.book import Book, Part
from publish.writers.divisions import Division, Plan
from publish.writers.halves import in_two
from publish.writers.logo import with_logo
from publish.writers.pdf_apparatus import set_apparatus
from publish.writers.pdf_colophon import crowd_colophon
from publish.writers.pdf_dress import (
    BARE,
    add_class,
    dividing_points,
    dress,
    label_of,
    label_words,
    mark_flush,
    running_head,
    set_opening,
    without_stop,
)
from publish.writers.pdf_endnotes import Standing, set_endnotes
from publish.writers.pdf_lines import balance_titles, head_room, settle_lines
from publish.writers.pdf_markup import parsed
from publish.writers.pdf_notes import gathers_notes, set_notes

ELSEWHERE: Final = "elsewhere:"  # begins the address of a link into another division
UNKNOWN: Final = "000"  # stands for a folio before it is known, about as wide


def paged_tree(
    plan: Plan,
    division: Division,
    *,
    settled: bool = True,
    folios: Mapping[str, str] | None = None,
    lines: Mapping[str, int] | None = None,
    standing: Standing = (),
    gone: Container[str] = (),
    before: Element | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> Element:
    """A division of the book as an <html> element; without `settled`, all lines are left for the
    layout to break. `folios` has the folio of each id, `lines` the line of each reading and
    `standing` the endnotes of each page, as far as layouts have found them, `gone` the ids that no
    page has. `before` is the tree of an earlier layout, from which all is taken that no folio
    changes: what has no element with `data-folio`. `meanwhile` is what else may be done while
    another process helps, see `in_two`."""
    book, page = plan.book, plan.page
    root = Element("html", {"lang": hyphenation_language(book.edition.metadata.language)})
    root.set("data-anchors", " ".join(plan.anchors(division)))
    _head(SubElement(root, "head"), book, plan.date)
    fits = head_room(page)
    title = running_head(book.edition.metadata.title, fits)
    body = SubElement(root, "body", {"data-title": title})
    made: list[Element] = []
    kept = dict(zip(division.parts, before[1], strict=True)) if before is not None else {}
    previous: Part | None = None
    for part in division.parts:
        section = kept.get(part)
        if section is None or section.find(".//*[@data-folio]") is not None:
            if part.kind == "toc":
                section = _contents(part, plan.parts)
            else:
                section = parsed(with_logo(part.body, plan.logo_address))
            if gathers_notes(part, book):
                set_endnotes(section, plan, fits, folios or {}, standing)
            set_apparatus(section, folios or {}, lines)
            opens = part.matter == "body" and (previous is None or previous.matter != "body")
            dress(section, part, plan.parts, opens_matter=opens, fits=fits)
            if previous is not None and previous.kind == "part":
                add_class(section, "recto")
            set_notes(section, plan.notes)
            mark_flush(section)
            if part.matter == "body":
                set_opening(section)
            made.append(section)
        body.append(section)
        previous = part

    def set_sections(sections: list[Element]) -> None:
        balance_titles(sections, page)
        crowd_colophon(sections, page)
        if settled:
            settle_lines(sections, page, root.get("lang", ""))
        for section in sections:
            for link in section.iter("a"):
                _dress_link(link, plan, division, folios or {}, gone)

    places = [at for at, section in enumerate(body) if section in made]
    for at, section in zip(places, in_two(made, set_sections, meanwhile), strict=True):
        body[at] = section
    return root


def hyphenation_language(language: str) -> str:
    """The tag that chooses the division patterns: English without a country is American, since
    the patterns for "en" are a mixture."""
    return "en-US" if language.lower() == "en" else language


def _head(head: Element, book: Book, date: str) -> None:
    meta = book.edition.metadata
    SubElement(head, "title").text = meta.title
    facts = {
        "author": meta.byline,
        "description": meta.description,
        "keywords": ", ".join(meta.subjects),
        "generator": "publish",
        "dcterms.created": date,
        "dcterms.modified": date,
    }
    for name, content in facts.items():
        if content:
            SubElement(head, "meta", {"name": name, "content": content})


def _contents(part: Part, parts: Sequence[Part]) -> Element:
    """The contents with a leader and a page number in each line."""
    section = Element("section", {"id": part.id, "data-type": "toc", "role": "doc-toc"})
    heading = SubElement(section, "h1")
    heading.text = part.title
    lines = SubElement(section, "ol", {"class": "contents"})
    listed = [
        other for other in parts if other.listed and other.kind not in BARE | {"toc", "cover"}
    ]
    words = label_words(listed)
    for other in listed:
        _contents_line(lines, other.id, other.title, other.level, other.matter, words)
        for point in dividing_points(other, parts):
            if point.title != other.title:
                _contents_line(lines, point.id, point.title, 2, other.matter, words)
    return section


def _contents_line(
    lines: Element, target: str, title: str, level: int, matter: str, words: Container[str]
) -> None:
    item = SubElement(lines, "li", {"class": f"level-{min(level, 3)} of-{matter}"})
    names = f"entry level-{min(level, 3)}"
    link = SubElement(item, "a", {"href": f"#{target}", "class": names, "data-folio": ""})
    link.text = without_stop(title)
    if link.text.isupper():
        add_class(link, "capitals")
    elif label_of(link.text, words):
        add_class(link, "labelled")


def _dress_link(
    link: Element,
    plan: Plan,
    division: Division,
    folios: Mapping[str, str],
    gone: Container[str],
) -> None:
    """Says on a link within the book in which numerals its target's page is counted, and on one
    into another division on which page it is."""
    target = link.get("href", "").removeprefix("#")
    if not target or target == link.get("href"):
        return
    number, matter = plan.home.get(target, (-1, ""))
    if not matter or target in gone:
        del link.attrib["href"]
        return
    add_class(link, f"to-{matter}")
    if number != division.number:
        link.set("href", ELSEWHERE + target)
        link.set("data-page", folios.get(target, UNKNOWN))
