"""The justified paragraphs of the paged document get settled lines, where their measure is known.

Measures and looks stand here as in print.css; a class that changes widths is in both.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import Element

from publish.lines.balance import balance
from publish.lines.faces import Look, width
from publish.lines.settle import Setting, settle
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
TITLE_SIZES: Final = {"book-title": 2.3, "title": 1.45, "text-title": 1.45, "crosshead": 1.12}
TITLE_FILL: Final = 0.92  # of the measure: a title as wide as the text looks like text
CAPITALS: Final = Look(features=("smcp", "c2sc", "onum", "pnum"), tracking=0.08)
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
    setting = Setting(language, LOOKS, frozenset({"noted"}), {"page-ref": PAGE_NUMBER})
    measure = page.measure / page.size
    settled = 0
    for section in sections:
        if not RAGGED_PARTS.intersection(_names(section)):
            settled += _settle_within(section, setting, measure)
            notes = [element for element in section.iter() if "footnote" in _names(element)]
            settled += sum(_settle_note(note, setting, measure / NOTE_SIZE) for note in notes)
    return settled


def balance_titles(sections: Iterable[Element], page: Sheet) -> None:
    """Sets titles and crossheads of several lines in lines of about one length."""
    measure = page.measure / page.size
    for element in (element for section in sections for element in section.iter()):
        names = _names(element)
        size = next((TITLE_SIZES[name] for name in names if name in TITLE_SIZES), 0.0)
        if element.tag == "h3" and "crosshead" in names:
            balance(element, Look(italic=True), measure * TITLE_FILL)
        elif size:
            for title in [element, *element] if element.tag in GROUPS else [element]:
                look = CAPITALS if "capitals" in _names(title) else Look()
                balance(title, look, measure * TITLE_FILL / size)


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
    number = width(note.get("data-label", "") + ".\N{EN SPACE}", Look())
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
