"""What the printed page must know of a part: its kind of page, its head, how its text opens.

All is written on the part's elements as classes and `data-` attributes, for print.css to read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from publish.book import NavPoint, Part

BARE: Final = frozenset({"cover", "halftitlepage", "titlepage", "copyright-page", "dedication"})
# Kinds of parts that begin on a right-hand page wherever they stand. The back matter as a whole
# begins on one, too (divisions.Plan); what follows in it begins on the next page.
RECTO: Final = frozenset(
    {
        "halftitlepage", "titlepage", "dedication", "toc", "introduction", "foreword", "preface",
        "part",
    }
)  # fmt: skip
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TITLES: Final = HEADINGS | {"hgroup", "header"}
GROUPS: Final = frozenset({"hgroup", "header"})
HOLDERS: Final = frozenset({"section", "div", "blockquote", "li", "dd"})
WORD: Final = re.compile(r"[’']?[^\W\d_][\w’'-]*")
NUMERAL: Final = re.compile(r"[IVXLC]+\.")
# A word or none, a number in digits or as a Roman numeral, its stop, before a title.
LABEL: Final = re.compile(r"^(?:[^\W\d_]{3,}\s+)?(?:\d+|[IVXLC]+)\s*[.:—–]\s*(?=\S)")
NAMED_LABEL: Final = re.compile(
    r"(?P<label>(?P<word>[^\W\d_]{3,})\s+(?:\d+|[IVXLC]+))(?:\s*[.:—–]){1,2}\s*(?=\S)"
)
# What joins a word to the next: a space that does not break, with an abbreviation's stop or none,
# or the stop of an initial.
JOINT: Final = re.compile(r"\.?\N{NO-BREAK SPACE}(?=\w)|(?<=\b[A-HJ-Z])\. ?(?=[A-Z])")
SHORTEST: Final = 32  # characters: a paragraph of no more is set in small capitals as a whole
OPENING_LETTERS, OPENING_WORDS = 10, 4  # small capitals go on to ten letters or the fourth word
LONGEST_WHOLE: Final = 8  # lines of a stanza that no page's end may part
LONGEST_HEAD: Final = 46  # characters of a head where its width is not known


def is_short(title: str) -> bool:
    return len(title) <= LONGEST_HEAD


def dress(
    section: Element,
    part: Part,
    parts: Sequence[Part],
    *,
    opens_matter: bool,
    fits: Callable[[str], bool] = is_short,
) -> None:
    """Writes on the section what kind of pages it asks for and what stands at their head."""
    add_class(section, f"part {part.matter}-matter kind-{part.kind} level-{part.level}")
    if part.kind in BARE:
        add_class(section, "bare")
        _set_foot(section, part.kind)
    if opens_matter:
        add_class(section, "opens-matter")
    if part.kind in RECTO:
        add_class(section, "recto")
    title = section[0] if len(section) and section[0].tag in TITLES else None
    if title is None and opens_matter:
        title = Element("p", {"class": "text-title"})
        title.text = part.title
        section.insert(0, title)
    # On the title, not the section: what runs over a page's end sets its head on each page.
    (section if title is None else title).set(
        "data-head", running_head(part.title, fits, _titled(title))
    )
    section.set("data-title", part.title)
    if title is not None:
        add_class(title, "book-title" if part.kind == "titlepage" else "title")
        if part.kind not in BARE:
            part_label(title, label_words(parts))
    _mark_crossheads(section, title)
    for heading in section.iter():
        if {"title", "crosshead", "book-title"} & set(classes(heading)):
            for line in lines_of(heading):
                if (line.text or "").isupper() and not len(line) and len(line.text or "") > 4:
                    add_class(line, "capitals")
    for stanza in section.iter("p"):
        if sum("line" in classes(line) for line in stanza) > LONGEST_WHOLE:
            add_class(stanza, "long")
    alone = part.matter == "body" and sum(p.matter == "body" and p.listed for p in parts) == 1
    points = {point.id: point for point in part.points}
    for element in section.iter():
        point = points.get(element.get("id", ""))
        if point is not None and element is not section:
            element.set("data-point", " ".join(point.title.split()))
            add_class(element, f"point-{min(point.level + part.level - 1, 4)}")
            if alone:
                element.set("data-head", running_head(point.title, fits, _titled(element)))


def lines_of(heading: Element) -> list[Element]:
    """A heading, and what stands on lines of its own within it."""
    grouped = heading.tag in GROUPS or named_line(heading) is not None
    return [heading, *heading] if grouped else [heading]


def named_line(title: Element) -> Element | None:
    """The title proper of a heading whose label `part_label` has set above it."""
    return next((line for line in title if "named" in classes(line)), None)


def label_words(parts: Sequence[Part]) -> frozenset[str]:
    """The words by which the book numbers its parts (“chapter”): those that begin two titles with
    a number after them. One alone may be a king."""
    found = [NAMED_LABEL.match(" ".join(part.title.split())) for part in parts]
    counted = Counter(each["word"].casefold() for each in found if each)
    return frozenset(word for word, count in counted.items() if count > 1)


def label_of(title: str, words: Container[str]) -> re.Match[str] | None:
    """The label before a title, if it begins with one of these words."""
    found = NAMED_LABEL.match(title)
    return found if found and found["word"].casefold() in words else None


def part_label(title: Element, words: Container[str]) -> None:
    """Sets the label of a title in one line (“Chapter II. ”) on a line of its own above it, without
    the mark between them."""
    found = label_of(title.text or "", words)
    if title.tag in GROUPS or len(title) or not found:
        return
    label = SubElement(title, "span", {"class": "label", "data-type": "ordinal"})
    named = SubElement(title, "span", {"class": "named"})
    label.text, named.text, title.text = found["label"], (title.text or "")[found.end() :], None


def dividing_points(part: Part, parts: Sequence[Part]) -> list[NavPoint]:
    """The crossheads that divide a text of one part as chapters do another."""
    if [other for other in parts if other.matter == "body" and other.listed] != [part]:
        return []
    top = min((point.level for point in part.points), default=1)
    return [point for point in part.points if point.level == top]


def _titled(heading: Element | None) -> str:
    """The title of a heading that has its number on a line of its own; "" for any other."""
    if heading is None or heading.tag not in GROUPS or len(heading) < 2:
        return ""
    title = next((line for line in heading if line.get("data-type") == "title"), None)
    return "" if title is None else without_stop("".join(title.itertext()))


def _set_foot(section: Element, kind: str) -> None:
    """Gathers what stands at the foot of the page: an imprint, the publisher of a title page."""
    foot = Element("div", {"class": "foot"})
    for child in list(section):
        if kind == "copyright-page" or (
            kind == "titlepage" and {"logo", "publisher"} & set(classes(child))
        ):
            section.remove(child)
            foot.append(child)
    if len(foot):
        section.append(foot)


def without_stop(title: str) -> str:
    """A title on one line, without the full stop of a heading; an abbreviation keeps its own."""
    title = " ".join(title.split())
    last = title.rsplit(" ", 1)[-1]
    if NUMERAL.fullmatch(last) or (len(last) > 4 and last.count(".") == 1):
        return title.removesuffix(".")
    return title


def without_label(title: str) -> str:
    """A title of one line without the number before it (“Chapter IV. ”), if a title is left."""
    return LABEL.sub("", title, count=1)


def running_head(title: str, fits: Callable[[str], bool] = is_short, short_title: str = "") -> str:
    """A title cut to what a page's head holds: without its number, or as `short_title` if that is
    given; at a colon or semicolon, else after a word."""
    title = without_stop(title)
    if not fits(title):
        title = short_title or without_label(title)
    if fits(title):
        return title
    for mark in (":", ";", " — ", ", or "):
        first = title.split(mark)[0]
        if first and first != title and fits(first):
            return first
    words = title.split(" ")
    while len(words) > 1 and not fits(_cut(words)):
        words.pop()
    return _cut(words)


def _cut(words: Sequence[str]) -> str:
    return " ".join(words).rstrip(",;:—") + "…"


def _mark_crossheads(element: Element, title: Element | None) -> None:
    for child in element:
        if child.tag in TITLES and child is not title:
            add_class(child, "crosshead")
        elif child.tag in HOLDERS:
            _mark_crossheads(child, title)


def mark_flush(element: Element) -> None:
    """Writes class "flush" on each paragraph that opens a text or follows a heading or a break,
    and "gap" on one that has a line of space below it, before a heading, a quotation or verse.
    (Above those, the space would stay where they head a page.)"""
    before: Element | None = None
    for child in element:
        if child.tag == "p" and (
            before is None
            or before.tag in TITLES
            or before.tag == "hr"
            or "title" in classes(before)
        ):
            add_class(child, "flush")
        elif child.tag in HOLDERS or child.tag in ("dl", "ol", "ul"):
            mark_flush(child)
        last = _last_paragraph(before)
        if last is not None and _is_set_off(child):
            add_class(last, "gap")
        before = child


def _is_set_off(child: Element) -> bool:
    if child.tag == "section" and len(child):
        return "crosshead" in classes(child[0])
    return child.tag != "p" and (
        child.tag == "blockquote"
        or bool({"letter", "poem", "verse", "crosshead"} & set(classes(child)))
    )


def _last_paragraph(element: Element | None) -> Element | None:
    """The paragraph that an element is or ends with, if it adds no space of its own."""
    while element is not None and element.tag in ("section", "div") and len(element):
        if {"letter", "poem", "verse"} & set(classes(element)):
            return None
        element = element[-1]
    return element if element is not None and element.tag == "p" else None


def set_opening(section: Element) -> None:
    """Sets the first words of a part in small capitals, unless the text has its own opening."""
    first = _first_block(section)
    if first is None or first.tag != "p" or first.find(".//*[@class='opening']") is not None:
        return
    end = opening_end(first.text or "")
    if not end:
        return
    span = Element("span", {"class": "opening"})
    if not len(first) and len(first.text or "") <= SHORTEST:
        end = SHORTEST
    span.text, span.tail = (first.text or "")[:end], (first.text or "")[end:]
    first.text = None
    first.insert(0, span)


def _first_block(section: Element) -> Element | None:
    """What comes first but for titles and crossheads."""
    for child in section:
        if child.tag == "section":
            return _first_block(child)
        if not {"title", "text-title", "crosshead"} & set(classes(child)):
            return child
    return None


def opening_end(text: str) -> int:
    """Where the first words end that are set in small capitals: at a stop, at the latest after
    four words; 0 if the text does not begin with words. They take a name with its title or its
    initials whole."""
    end = here = 0
    gap = 1
    for count, word in enumerate(WORD.finditer(text), 1):
        if word.start() > here + gap or (count == 1 and text[: word.start()].strip("“‘«„ ")):
            break
        here = word.end()
        joint = JOINT.match(text, here)
        gap = len(joint[0]) if joint else 1
        if joint:
            continue
        end = here
        if end >= OPENING_LETTERS or count >= OPENING_WORDS or text[end : end + 1] != " ":
            break
    return end


def classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def add_class(element: Element, names: str) -> None:
    element.set("class", f"{element.get('class', '')} {names}".strip())
