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
    "speaker": (("smcp", "onum"), 0.03),
    "opening": (("smcp", "c2sc", "onum"), 0.06),
}
INSETS: Final = {"blockquote": 2 * INDENT}  # em, both sides together
OPEN: Final = frozenset({"section", "div", "blockquote"})
FLUSH_AFTER: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr"})
RAGGED_PARTS: Final = frozenset({"bare", "kind-colophon", "kind-toc"})
RAGGED: Final = frozenset(
    {
        "dateline", "salutation", "valediction", "signature", "attribution", "verse", "stanza",
        "direction", "caption", "subtitle", "byline", "epigraph", "poem", "title", "crosshead",
    }
)  # fmt: skip


def settle_lines(body: Element, page: Sheet, language: str) -> int:
    """Settles what can be settled; says how many paragraphs were."""
    setting = Setting(page.size, language, LOOKS, frozenset({"noted"}))
    return sum(
        _settle_within(section, setting, page.measure / page.size)
        for section in body
        if not RAGGED_PARTS.intersection(_names(section))
    )


def _settle_within(element: Element, setting: Setting, measure: float) -> int:
    settled = 0
    for child in element:
        names = _names(child)
        if RAGGED.intersection(names):
            continue
        if child.tag == "p":
            if "speech" in names:
                settled += settle(child, setting, measure - INDENT, -INDENT)
            else:
                settled += settle(child, setting, measure, 0.0 if "flush" in names else INDENT)
        elif child.tag in OPEN:
            inset = INSETS.get(child.tag, 0.0) or (2 * INDENT if "letter" in names else 0.0)
            nested = element.tag == "blockquote" or "letter" in _names(element)
            settled += _settle_within(child, setting, measure - (0.0 if nested else inset))
    return settled


def _names(element: Element) -> list[str]:
    return element.get("class", "").split()


def mark_flush(element: Element) -> None:
    """Writes class "flush" on each paragraph that opens a text or follows a heading or a break."""
    before = "header"
    for child in element:
        if child.tag == "p" and before in FLUSH_AFTER:
            child.set("class", f"{child.get('class', '')} flush".strip())
        elif child.tag in OPEN:
            mark_flush(child)
        before = child.tag
