"""Glossary, index and lists of readings as a book prints them: entries run in, pages for links.

The renderer writes them for every format; a screen has links where print has page numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from publish.writers.pdf_dress import classes

ARROW: Final = "\N{RIGHTWARDS ARROW}"
SCRAP: Final = 6  # letters
STOPS: Final = (".", "?", "!", "…")


def set_apparatus(
    section: Element, pages: Mapping[str, str], lines: Mapping[str, int] | None = None
) -> None:
    """Sets what the section holds of glossary, index and readings. `pages` has the folio of each
    id once they are known: uses on one page are then shown once. `lines` has the lines of the
    readings on their pages."""
    drop_screen(section)
    for parent in list(section.iter()):
        for at, child in enumerate(list(parent)):
            if child.tag == "dl" and "glossary" in classes(section):
                parent[at] = _glossary(child, pages)
            elif "readings" in classes(child):
                parent[at] = _readings(child, lines or {})
                lead = parent[at - 1] if at else None
                if lines and lead is not None and child.get("data-places"):
                    lead.text = f"{lead.text} {child.get('data-places')}"
            elif "entries" in classes(child):
                parent[at] = _index(child, pages)


def _keep_last_words(element: Element) -> None:
    """Lets no scrap of a word stand on a last line alone."""
    text = element.text or ""
    words = text.rsplit(" ", 1)
    if not len(element) and len(words) == 2 and len(words[1]) < SCRAP:
        element.text = "\N{NO-BREAK SPACE}".join(words)


def drop_screen(section: Element) -> None:
    """Takes out what only a screen shows."""
    for parent in list(section.iter()):
        for child in list(parent):
            if "screen" in classes(child):
                parent.remove(child)


def _glossary(entries: Element, pages: Mapping[str, str]) -> Element:
    """Headword, facts, definition and pages of each entry in one hanging paragraph."""
    glossary = Element("div", {"class": "entries"})
    entry = Element("p")
    id = ""
    for child in entries.iter():
        id = child.get("id", id) if child.tag in ("div", "dt") else id
        if child.tag == "dt":
            entry = SubElement(glossary, "p", {"class": "entry", "id": id})
            _headword(entry, child)
        elif child.tag == "dd":
            _definition(entry, child, pages)
    for entry in glossary:
        small = Element("span", {"class": "small"})
        small.extend(list(entry))
        for part in small:
            entry.remove(part)
        entry.append(small)
    glossary.tail = entries.tail
    return glossary


def _headword(entry: Element, term: Element) -> None:
    word, facts = "", ""
    for part in term:
        text = "".join(part.itertext()).strip()
        word, facts = (word, text) if "facts" in classes(part) else (text, facts)
    head = SubElement(entry, "span", {"class": "headword"})
    head.text = word
    head.tail = f" ({facts}). " if facts else " " if word.endswith(STOPS) else ". "


def _definition(entry: Element, definition: Element, pages: Mapping[str, str]) -> None:
    for paragraph in definition:
        if "uses" in classes(paragraph):
            continue
        body = SubElement(entry, "span")
        body.text, body.tail = paragraph.text, " "
        body.extend(list(paragraph))
    links = _page_links(definition, pages)
    if links:
        before = entry[-1] if len(entry) else entry
        before.tail = f"\N{NO-BREAK SPACE}{ARROW}\N{NO-BREAK SPACE}"
    entry.extend(links)


def _page_links(holder: Element, pages: Mapping[str, str]) -> list[Element]:
    """The links that become page numbers, the first to each page, with commas between."""
    links: dict[str, Element] = {}
    for link in holder.iter("a"):
        if "page-ref" in classes(link):
            target = link.get("href", "")
            folio = pages.get(target[1:], "")
            link.set("data-folio", folio)
            links.setdefault(folio or target, link)
    found = list(links.values())
    for link in found:
        link.text, link.tail = None, ", "
    for link in found[-3:-1]:
        link.tail = ",\N{NO-BREAK SPACE}"  # a last line has three numbers, or a word and two
    if found:
        found[-1].tail = None
    return found


def _index(listed: Element, pages: Mapping[str, str]) -> Element:
    """Each entry in a hanging paragraph with its pages; a reference to another entry as it is."""
    entries = Element("div", {"class": "index-entries"})
    entries.tail = listed.tail
    for item in listed:
        entry = SubElement(entries, "p", {"class": "entry", "id": item.get("id", "")})
        links = _page_links(item, pages)
        entry.text = item.text
        entry.extend(part for part in item if "page-ref" not in classes(part))
        if len(links) < 3:
            _tie(entry)
        entry.extend(links)
    return entries


def _tie(entry: Element) -> None:
    """Keeps what comes next on the line of the entry's last word."""
    if len(entry):
        entry[-1].tail = _tied(entry[-1].tail)
    else:
        entry.text = _tied(entry.text)


def _tied(text: str | None) -> str | None:
    return text.rstrip() + "\N{NO-BREAK SPACE}" if text and text.endswith(" ") else text


def _readings(listed: Element, lines: Mapping[str, int]) -> Element:
    """Each reading with its page and line before it."""
    readings = Element("div", {"class": "reading-list"})
    readings.tail = listed.tail
    for item in listed:
        reading = SubElement(readings, "p", {"class": "reading", "id": item.get("id", "")})
        place = SubElement(reading, "span", {"class": "place-page"})
        for child in list(item):
            target = child.get("data-target") or child.get("href") or ""
            if {"page-of", "page-ref"} & set(classes(child)):
                link = SubElement(
                    place, "a", {"class": "page-ref", "href": target, "data-folio": ""}
                )
                if target[1:] in lines:
                    link.tail = f".{lines[target[1:]]}"
            else:
                reading.append(child)
        if len(reading) > 1:
            reading[-1].tail = None
            _keep_last_words(reading[-1])
    return readings
