"""The justified paragraphs of the paged document get settled lines, where their measure is known.

Measures and looks stand here as in print.css; a class that changes widths is in both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element

from publish.lines.balance import balance
from publish.lines.faces import Look, width
from publish.lines.pages import ends, fit
from publish.lines.settle import Measured, is_loose, measured, write
from publish.lines.slots import Setting
from publish.trim import Sheet
from publish.writers.pdf_dress import NAMED_LABEL, add_class, classes, lines_of
from publish.writers.pdf_flow import INDENT, column, in_lines_of, is_uneven
from publish.writers.pdf_notes import NOTE_LEADING, NOTE_SIZE

LOOKS: Final = {  # class → OpenType features, tracking in ems
    "smallcaps": (("smcp", "onum", "pnum"), 0.03),
    "call": (("sups", "lnum"), 0.0),
    "headword": (("smcp", "onum", "pnum"), 0.03),
    "speaker": (("smcp", "c2sc", "onum", "pnum"), 0.04),
    "opening": (("smcp", "onum", "pnum"), 0.05),
}
PLAIN_LOOKS: Final = dict.fromkeys(LOOKS, (("onum", "pnum"), 0.0)) | {"call": LOOKS["call"]}
TITLE_SIZES: Final = {"book-title": 2.3, "title": 1.45, "text-title": 1.45, "crosshead": 1.12}
LARGE_SIZES: Final = {"book-title": 1.6}  # of large print, where they differ
TITLE_FILL: Final = 0.92  # of the measure: a title as wide as the text looks like text
# Class of a line of the title page → its lines of text, the space around it with them.
TITLE_LINES: Final = {"subtitle": 2.0, "byline": 3.0, "contributor": 2.0, "date": 3.0, "logo": 3.0}
CONTENTS_ROOM: Final = 5.0  # ems: a hanging indent, a few dots of the leader and the folio
HEAD_SIZE: Final = 0.86  # of the text's
HEAD_FEATURES: Final = ("smcp", "c2sc", "onum", "pnum")
FOLIO_ROOM: Final = 3.0  # ems of the head: three figures and a space
LONGEST_UNKNOWN: Final = 40  # characters of a head in letters that the face lacks
CAPITALS: Final[Mapping[str, Any]] = {
    "features": ("smcp", "c2sc", "onum", "pnum"),
    "tracking": 0.08,
}
NUMBER_ROOM: Final = {  # class of a note at the end → ems left of it for numbers of so many figures
    "figures-1": 1.3, "figures-2": 1.85, "figures-3": 2.4, "figures-4": 2.95,
}  # fmt: skip
GLOSSARY_SIZE: Final = 0.93
PAGE_END: Final = 2e6  # what it may cost, in the demerits of total_fit, to break no word over one
PAGE_NUMBER: Final = 1.4  # em: three figures, as good a guess as any before pages are made
OPEN: Final = frozenset({"section", "div", "blockquote", "dl", "ol", "ul"})
LOOSEST_ENTRY: Final = 2.2  # times the normal word space: short entries are then set ragged
HANGING: Final = frozenset({"speech", "entry"})  # all lines but the first go in by an indent
BLOCKS: Final = frozenset({"p", "dd", "li"})
RAGGED_PARTS: Final = frozenset({"bare", "kind-colophon", "kind-toc"})
RAGGED: Final = frozenset(
    {
        "dateline", "salutation", "valediction", "signature", "attribution", "verse", "stanza",
        "direction", "caption", "subtitle", "byline", "epigraph", "poem", "title", "crosshead",
        "reading-list", "index-entries",
    }
)  # fmt: skip


def settle_lines(sections: Iterable[Element], page: Sheet, language: str) -> int:
    """Settles what can be settled; says how many paragraphs were."""
    base = Look(page.theme.family)
    looks = PLAIN_LOOKS if page.theme.ragged else LOOKS
    fixed = {"page-ref": PAGE_NUMBER}
    ragged = page.theme.ragged
    setting = Setting(language, base, looks, frozenset({"noted"}), fixed, ragged)
    note_size = 1.0 if ragged else NOTE_SIZE
    measure = page.measure / page.size
    settled = 0
    for section in sections:
        if not RAGGED_PARTS.intersection(classes(section)):
            room = measure if ragged else measure / _size_of(section)
            found = {each.paragraph: each for each in _measured_in(section, setting, room)}
            notes = [element for element in section.iter() if "footnote" in classes(element)]
            for note in notes:
                each = _measured_note(note, setting, measure / note_size)
                if each:
                    found[note] = each
            _set_alike(found.values())
            _fill_pages(section, found, base, page)
            _set_alike(found.values())  # one may have been loosened to fill a page
            # A paragraph's notes are inside it: they are written first.
            settled += sum(write(each) for each in reversed(found.values()))
    return settled


def _size_of(section: Element) -> float:
    """The size of a section's paragraphs, by that of the text."""
    names = classes(section)
    if "at-end" in names:
        return NOTE_SIZE
    return GLOSSARY_SIZE if "kind-glossary" in names else 1.0


def _set_alike(found: Iterable[Measured]) -> None:
    """Sets all entries of a section ragged where one of them must be: a ragged one among justified
    ones looks like a fault. Where the edge is uneven, no word needs to be divided."""
    entries = [each for each in found if each.loosest < float("inf")]
    if any(is_loose(each) for each in entries if each.loosest):
        for each in entries:
            each.loosest = 0.0
            each.set_ragged()


def _fill_pages(
    section: Element, found: Mapping[Element, Measured], base: Look, page: Sheet
) -> None:
    """Sets paragraphs a line longer or shorter where that fills a page."""
    leading = 1.0 if page.theme.ragged else NOTE_LEADING
    blocks, paragraphs = column(section, found, base, page.measure / page.size, leading)
    depth = page.lines
    if "at-end" in classes(section):
        depth = int(page.lines / leading + 1e-6)
        blocks[:1] = [in_lines_of(leading, title) for title in blocks[:1]]

    def cost(number: int, by: int) -> float | None:
        paragraph = paragraphs[number]
        return paragraph.cost_of(paragraph.lines + by) if paragraph else None

    changed = fit(blocks, depth, cost)
    for number, by in changed.items():
        paragraph = paragraphs[number]
        if paragraph:
            paragraph.set_in(paragraph.lines + by)
    for number, line in ends(blocks, depth, changed):
        paragraph = paragraphs[number]
        if paragraph and line:
            paragraph.make_whole(line - 1, PAGE_END)


def balance_titles(sections: Sequence[Element], page: Sheet) -> None:
    """Sets titles and crossheads of several lines in lines of about one length."""
    measure = page.measure / page.size
    plain = Look(page.theme.family)
    sizes = TITLE_SIZES | (LARGE_SIZES if page.theme.ragged else {})
    for element in (element for section in sections for element in section.iter()):
        names = classes(element)
        size = next((sizes[name] for name in names if name in sizes), 0.0)
        if "entry" in names and element.tag == "a":
            _set_entry(element, page, measure)
        if element.tag == "h3" and "crosshead" in names:
            balance(element, plain._replace(italic=True), measure * TITLE_FILL)
        elif size:
            for title in lines_of(element):
                capitals = "capitals" in classes(title)
                spaced = capitals and not page.theme.ragged
                look = plain._replace(**CAPITALS) if spaced else plain
                balance(title, look, measure * TITLE_FILL / size)
            if is_uneven(element):
                add_class(element, "half")
    for section in sections:
        if "kind-titlepage" in classes(section) and _title_page_lines(section, page) > page.lines:
            add_class(section, "crowded")


def _set_entry(entry: Element, page: Sheet, measure: float) -> None:
    """Breaks a line of the contents that is too long, and lets what is turned over hang."""
    look = Look(page.theme.family)
    names = classes(entry)
    if "capitals" in names and not page.theme.ragged:
        look = look._replace(features=HEAD_FEATURES, tracking=0.05)
    steps = int("level-2" in names) + 2 * int("level-3" in names)
    balance(entry, look, measure - CONTENTS_ROOM - steps * INDENT)
    found = NAMED_LABEL.match(entry.text or "") if "labelled" in names else None
    if found and found["label"].isupper():
        label = Element("span", {"class": "capitals"})
        label.text, label.tail = found[0].rstrip(), " " + (entry.text or "")[found.end() :]
        entry.text = None
        entry.insert(0, label)
    for line in entry.findall("br"):
        turned = Element("span", {"class": "turned"})
        turned.tail, line.tail = line.tail, None
        entry.insert([*entry].index(line) + 1, turned)


def _title_page_lines(section: Element, page: Sheet) -> float:
    """About how many lines a title page takes with the sink and the ornament of print.css."""
    large = page.theme.ragged
    lines = 4.0 + 4.0 if large else 6.0 + 6.0
    for element in section.iter():
        names = classes(element)
        if "book-title" in names:
            lines += 1.5 + (1.5 if large else 2.5) * (1 + len(element.findall("br")))
        elif element.tag == "p":
            size = 1.3 if {"subtitle", "byline"} & set(names) else 1.0
            ems = len("".join(element.itertext())) * page.theme.letter * size
            lines += TITLE_LINES.get(names[0] if names else "", 1.0)
            lines += size * int(ems * page.size / page.measure)
    return lines


def head_room(page: Sheet) -> Callable[[str], bool]:
    """Whether a running head fits between the folios."""
    plain = Look(page.theme.family)
    look = plain if page.theme.ragged else plain._replace(features=HEAD_FEATURES, tracking=0.09)
    room = page.measure / page.size / (1.0 if page.theme.ragged else HEAD_SIZE)
    room -= 0.0 if page.theme.ragged else 2 * FOLIO_ROOM  # large print has them at the foot

    def fits(title: str) -> bool:
        words = [width(word, look) for word in title.split()]
        if any(each is None for each in words):
            return len(title) < LONGEST_UNKNOWN
        spaces = (len(words) - 1) * (width(" ", look) or 0.0)
        return sum(each or 0.0 for each in words) + spaces <= room

    return fits


def _measured_in(element: Element, setting: Setting, measure: float) -> Iterator[Measured]:
    for child in element:
        names = classes(child)
        if RAGGED.intersection(names):
            continue
        inset = _inset(child, names)
        if child.tag in OPEN:
            nested = element.tag == "blockquote" or "letter" in classes(element)
            yield from _measured_in(child, setting, measure - (0.0 if nested else inset))
        elif child.tag != "p" and child.find("p") is not None:
            yield from _measured_in(child, setting, measure - inset)
        elif child.tag in BLOCKS:
            hangs = bool(HANGING.intersection(names))
            first = child.tag == "p" and not hangs and "flush" not in names
            indent = -INDENT if hangs else INDENT if first else 0.0
            loosest = LOOSEST_ENTRY if "entry" in names else float("inf")
            found = measured(child, setting, measure - inset, indent, loosest)
            if found:
                yield found


def _measured_note(note: Element, setting: Setting, measure: float) -> Measured | None:
    """A note of one paragraph: its first line begins with its number."""
    number = width(note.get("data-label", "") + ".\N{EN SPACE}", setting.base)
    return None if number is None else measured(note, setting, measure, number)


def _inset(element: Element, names: list[str]) -> float:
    """What print.css takes off the measure for this element, in ems, both sides together."""
    if "endnote" in names:
        return next(NUMBER_ROOM[name] for name in names if name in NUMBER_ROOM)
    if element.tag == "dd" or HANGING.intersection(names):
        return INDENT
    if "letter" in names or element.tag == "blockquote":
        return 2 * INDENT
    if element.tag in ("ol", "ul"):
        return 0.0 if "plain" in names else 1.5 * INDENT
    return 0.0
