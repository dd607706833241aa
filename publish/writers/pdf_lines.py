"""The justified paragraphs of the paged document get settled lines, where their measure is known.

Measures and looks stand here as in print.css; a class that changes widths is in both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element

from publish.lines.balance import balance
from publish.lines.faces import Look, width
from publish.lines.settle import settle
from publish.lines.slots import Setting
from publish.writers.pdf_dress import GROUPS
from publish.writers.pdf_trim import Sheet

INDENT: Final = 1.3  # em
LOOKS: Final = {  # class → OpenType features, tracking in ems
    "smallcaps": (("smcp", "onum", "pnum"), 0.03),
    "again": (("sups", "lnum"), 0.0),
    "headword": (("smcp", "onum", "pnum"), 0.03),
    "speaker": (("smcp", "onum", "pnum"), 0.03),
    "opening": (("smcp", "onum", "pnum"), 0.05),
}
PLAIN_LOOKS: Final = dict.fromkeys(LOOKS, (("onum", "pnum"), 0.0)) | {"again": LOOKS["again"]}
TITLE_SIZES: Final = {"book-title": 2.3, "title": 1.45, "text-title": 1.45, "crosshead": 1.12}
TITLE_FILL: Final = 0.92  # of the measure: a title as wide as the text looks like text
CONTENTS_ROOM: Final = 5.0  # ems: a hanging indent, a few dots of the leader and the folio
HEAD_SIZE: Final = 0.86  # of the text's
HEAD_FEATURES: Final = ("smcp", "c2sc", "onum", "pnum")
FOLIO_ROOM: Final = 3.0  # ems of the head: three figures and a space
LONGEST_UNKNOWN: Final = 40  # characters of a head in letters that the face lacks
CAPITALS: Final[Mapping[str, Any]] = {
    "features": ("smcp", "c2sc", "onum", "pnum"),
    "tracking": 0.08,
}
NOTE_SIZE: Final = 0.84  # of the text's
PAGE_NUMBER: Final = 1.4  # em: three figures, as good a guess as any before pages are made
OPEN: Final = frozenset({"section", "div", "blockquote", "dl", "ol", "ul"})
LOOSEST_ENTRY: Final = 2.4  # times the normal word space: short entries are then set ragged
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
        if not RAGGED_PARTS.intersection(_names(section)):
            settled += _settle_within(section, setting, measure)
            notes = [element for element in section.iter() if "footnote" in _names(element)]
            settled += sum(_settle_note(note, setting, measure / note_size) for note in notes)
    return settled


def balance_titles(sections: Iterable[Element], page: Sheet) -> None:
    """Sets titles and crossheads of several lines in lines of about one length."""
    measure = page.measure / page.size
    plain = Look(page.theme.family)
    for element in (element for section in sections for element in section.iter()):
        names = _names(element)
        size = next((TITLE_SIZES[name] for name in names if name in TITLE_SIZES), 0.0)
        if "entry" in names and element.tag == "a":
            balance(element, plain, measure - CONTENTS_ROOM)
        if element.tag == "h3" and "crosshead" in names:
            balance(element, plain._replace(italic=True), measure * TITLE_FILL)
        elif size:
            for title in [element, *element] if element.tag in GROUPS else [element]:
                capitals = "capitals" in _names(title)
                spaced = capitals and not page.theme.ragged
                look = plain._replace(**CAPITALS) if spaced else plain
                balance(title, look, measure * TITLE_FILL / size)
            if _height(element) % 1:
                element.set("class", f"{element.get('class', '')} half".strip())


def _height(title: Element) -> float:
    """The lines of text that a title takes, by print.css."""
    if title.tag not in GROUPS:
        names = _names(title)
        each = 2.5 if "book-title" in names else 0.0 if "crosshead" in names else 1.5
        return each * (1 + len(title.findall("br")))
    kinds = [(part.get("data-type", ""), 1 + len(part.findall("br"))) for part in title]
    return sum(
        1.5 if "ordinal" in kind else 1.5 * lines if kind == "title" else lines
        for kind, lines in kinds
    )


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


def _settle_within(element: Element, setting: Setting, measure: float) -> int:
    settled = 0
    for child in element:
        names = _names(child)
        if RAGGED.intersection(names):
            continue
        inset = _inset(child, names)
        if child.tag in OPEN:
            nested = element.tag == "blockquote" or "letter" in _names(element)
            settled += _settle_within(child, setting, measure - (0.0 if nested else inset))
        elif child.tag != "p" and child.find("p") is not None:
            settled += _settle_within(child, setting, measure - inset)
        elif child.tag in BLOCKS:
            hangs = bool(HANGING.intersection(names))
            first = child.tag == "p" and not hangs and "flush" not in names
            indent = -INDENT if hangs else INDENT if first else 0.0
            loosest = LOOSEST_ENTRY if "entry" in names else float("inf")
            settled += settle(child, setting, measure - inset, indent, loosest)
    return settled


def _settle_note(note: Element, setting: Setting, measure: float) -> int:
    """A note of one paragraph: its first line begins with its number."""
    number = width(note.get("data-label", "") + ".\N{EN SPACE}", setting.base)
    return int(number is not None and settle(note, setting, measure, number))


def _inset(element: Element, names: list[str]) -> float:
    """What print.css takes off the measure for this element, in ems, both sides together."""
    if element.tag == "dd" or HANGING.intersection(names):
        return INDENT
    if "letter" in names or element.tag == "blockquote":
        return 2 * INDENT
    if element.tag in ("ol", "ul"):
        return 0.0 if "plain" in names else 1.5 * INDENT
    return 0.0


def _names(element: Element) -> list[str]:
    return element.get("class", "").split()
