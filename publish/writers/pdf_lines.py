"""The justified paragraphs of the paged document get settled lines, where their measure is known.

Measures and looks stand here as in print.css; a class that changes widths is in both.
"""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from publish.lines.settle import Setting, settle
from publish.writers.pdf_trim import Sheet

INDENT: Final = 1.3  # em
LOOKS: Final = {  # class → OpenType features, tracking in ems
    "smallcaps": (("smcp", "onum"), 0.03),
    "opening": (("smcp", "c2sc", "onum"), 0.06),
}
INSETS: Final = {"blockquote": 2 * INDENT}  # em, both sides together
OPEN: Final = frozenset({"section", "div", "blockquote"})
FLUSH_AFTER: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"})
RAGGED: Final = frozenset({"bare"})  # parts whose paragraphs are not justified


def settle_lines(body: Element, page: Sheet, language: str) -> int:
    """Settles what can be settled; says how many paragraphs were."""
    setting = Setting(page.size, language, LOOKS, frozenset({"noted"}))
    return sum(
        _settle_within(section, setting, page.measure / page.size)
        for section in body
        if not RAGGED.intersection(section.get("class", "").split())
    )


def _settle_within(element: Element, setting: Setting, measure: float) -> int:
    settled = 0
    for child in element:
        if child.tag == "p":
            flush = "flush" in child.get("class", "").split()
            settled += settle(child, setting, measure, 0.0 if flush else INDENT)
        elif child.tag in OPEN:
            settled += _settle_within(child, setting, measure - INSETS.get(child.tag, 0.0))
    return settled


def mark_flush(element: Element) -> None:
    """Writes class "flush" on each paragraph that opens a text or follows a heading or a break."""
    before = "header"
    for child in element:
        if child.tag == "p" and before in FLUSH_AFTER:
            child.set("class", f"{child.get('class', '')} flush".strip())
        elif child.tag in OPEN:
            mark_flush(child)
        before = child.tag
