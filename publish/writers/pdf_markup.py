"""The XHTML of a book's parts as elements that a plain selector reaches."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from publish.writers.pdf_notes import EPUB, TYPE

LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def parsed(body: str) -> Element:
    """A part's section as elements. Its `epub:type` becomes `data-type`, and `xml:lang` becomes
    `lang`."""
    section = ElementTree.fromstring(f'<div xmlns:epub="{EPUB}">{body}</div>')[0]
    for element in section.iter():
        if TYPE in element.attrib:
            element.set("data-type", element.attrib.pop(TYPE))
        if LANG in element.attrib:
            element.set("lang", element.attrib.pop(LANG))
    return section
