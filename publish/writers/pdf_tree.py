"""The book as one paged document: a `Book` in, an element tree for the layout out.

Each part is parsed once; notes move to their calls, the contents are made anew with leaders and
page numbers, and every element that a running head follows says so in `data-head`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from publish.book import Book, Part
from publish.trim import Sheet
from publish.writers.halves import in_two
from publish.writers.logo import in_black, inline_address, logo_of, with_logo
from publish.writers.pdf_apparatus import set_apparatus
from publish.writers.pdf_dress import (
    BARE,
    add_class,
    dress,
    label_of,
    label_words,
    mark_flush,
    running_head,
    set_opening,
    without_stop,
)
from publish.writers.pdf_lines import balance_titles, head_room, settle_lines
from publish.writers.pdf_notes import EPUB, TYPE, footnotes, keep_uncalled, set_notes

LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def paged_tree(
    book: Book,
    page: Sheet,
    date: str,
    *,
    settled: bool = True,
    pages: Mapping[str, str] | None = None,
    lines: Mapping[str, int] | None = None,
    before: Element | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> Element:
    """The whole book as an <html> element; without `settled`, all lines are left for the layout to
    break. `pages` has the folio of each id and `lines` the line of each reading, where a first
    layout has found them; `before` is the tree of that layout, from which all is taken that no
    folio changes. `meanwhile` is what else may be done while another process helps, see
    `in_two`."""
    notes = footnotes(book)
    ends = {part.id: _parsed(part.body) for part in book.parts if part.kind == "endnotes"}
    spared = {id for id, section in ends.items() if not keep_uncalled(section, notes)}
    parts = [part for part in book.parts if part.wanted_by("pdf") and part.id not in spared]
    language = hyphenation_language(book.edition.metadata.language)
    root = Element("html", {"lang": language})
    _head(SubElement(root, "head"), book, date)
    fits = head_room(page)
    body = SubElement(root, "body", {"data-title": running_head(book.edition.metadata.title, fits)})
    logo = logo_of(book.edition)
    address = inline_address(in_black(logo)) if logo else ""
    matter_of: dict[str, str] = {}
    previous = ""
    made: list[Element] = []
    kept = (
        dict(zip((part.id for part in parts), before[1], strict=True)) if before is not None else {}
    )
    for part in parts:
        section = kept.get(part.id)
        if section is not None and section.find(".//*[@data-folio]") is None:
            body.append(section)
            matter_of.update(dict.fromkeys(_ids(section), part.matter))
            previous = part.matter
            continue
        if part.id in ends:
            section = ends[part.id]
        else:
            body_text = with_logo(part.body, address)
            section = _contents(part, parts) if part.kind == "toc" else _parsed(body_text)
        set_apparatus(section, pages or {}, lines)
        opens = part.matter == "body" and previous != "body"
        dress(section, part, parts, opens_matter=opens, fits=fits)
        set_notes(section, notes)
        matter_of.update(dict.fromkeys(_ids(section), part.matter))
        previous = part.matter
        mark_flush(section)
        if part.matter == "body":
            set_opening(section)
        body.append(section)
        made.append(section)

    def set_sections(sections: list[Element]) -> None:
        balance_titles(sections, page)
        if settled:
            settle_lines(sections, page, language)
        for section in sections:
            for link in section.iter("a"):
                _dress_link(link, matter_of)

    places = [at for at, section in enumerate(body) if section in made]
    for at, section in zip(places, in_two(made, set_sections, meanwhile), strict=True):
        body[at] = section
    return root


def _ids(section: Element) -> Iterator[str]:
    return (element.attrib["id"] for element in section.iter() if "id" in element.attrib)


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


def _parsed(body: str) -> Element:
    """A part's section as elements. Its `epub:type` becomes `data-type`, which a plain selector
    reaches, and `xml:lang` becomes `lang`."""
    section = ElementTree.fromstring(f'<div xmlns:epub="{EPUB}">{body}</div>')[0]
    for element in section.iter():
        if TYPE in element.attrib:
            element.set("data-type", element.attrib.pop(TYPE))
        if LANG in element.attrib:
            element.set("lang", element.attrib.pop(LANG))
    return section


def _contents(part: Part, parts: list[Part]) -> Element:
    """The contents with a leader and a page number in each line."""
    section = Element("section", {"id": part.id, "data-type": "toc", "role": "doc-toc"})
    heading = SubElement(section, "h1")
    heading.text = part.title
    lines = SubElement(section, "ol", {"class": "contents"})
    listed = [
        other for other in parts if other.listed and other.kind not in BARE | {"toc", "cover"}
    ]
    words = label_words(listed)
    bodies = [other for other in listed if other.matter == "body"]
    for other in listed:
        _contents_line(lines, other.id, other.title, other.level, other.matter, words)
        if len(bodies) == 1 and other is bodies[0]:
            top = min((point.level for point in other.points), default=1)
            for point in other.points:
                if point.level == top and point.title != other.title:
                    _contents_line(lines, point.id, point.title, 2, other.matter, words)
    return section


def _contents_line(
    lines: Element, target: str, title: str, level: int, matter: str, words: Container[str]
) -> None:
    item = SubElement(lines, "li", {"class": f"level-{min(level, 3)} of-{matter}"})
    link = SubElement(item, "a", {"href": f"#{target}", "class": f"entry level-{min(level, 3)}"})
    link.text = without_stop(title)
    if link.text.isupper():
        add_class(link, "capitals")
    elif label_of(link.text, words):
        add_class(link, "labelled")


def _dress_link(link: Element, matter_of: dict[str, str]) -> None:
    """Says on a link within the book in which numerals its target's page is counted."""
    target = link.get("href", "")
    if target.startswith("#"):
        matter = matter_of.get(target[1:])
        if matter is None:
            del link.attrib["href"]
            return
        link.set("class", f"{link.get('class', '')} to-{matter}".strip())
