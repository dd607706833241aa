"""A colophon that is a little too long for one page gives up the white over and under its title."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Final
from xml.etree.ElementTree import Element

from publish.lines.faces import Look
from publish.lines.settle import measured
from publish.lines.slots import Setting
from publish.trim import Sheet
from publish.writers.pdf_dress import add_class, classes

TITLE: Final = 7.5  # lines of the grid that print.css gives a title of one line with its white
SPARED: Final = 5.0  # of these, what a crowded page does without


def crowd_colophon(sections: Iterable[Element], page: Sheet) -> None:
    """Marks the colophon crowded whose last lines would stand alone on a page, if they then fit on
    its first."""
    for section in sections:
        if "kind-colophon" in classes(section):
            over = _lines(section, page) - page.lines
            if 0 < over <= SPARED:
                add_class(section, "crowded")


def _lines(section: Element, page: Sheet) -> float:
    """How many lines it takes, with a line of white between paragraphs. What has a word longer
    than a line, as a digest may be, is counted by its letters."""
    setting = Setting("en", Look(page.theme.family), ragged=True)
    measure = page.measure / page.size
    lines = TITLE - 1
    for paragraph in section.iter("p"):
        found = measured(paragraph, setting, measure, 0.0)
        length = len("".join(paragraph.itertext())) * page.theme.letter
        lines += 1 + (found.lines if found else ceil(length / measure) + 1)
    return lines
