"""The number of the line that something stands on, counted on its page as readers count."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from publish.writers.pdf_dress import HEADINGS

NEAR: Final = 1.0  # px by which an inline box may begin above its line


def line_numbers(document: Any, ids: Collection[str]) -> dict[str, int]:
    """The line of each of these ids on its page, from 1. Lines of headings, notes and running
    heads do not count, as in critical editions."""
    from weasyprint.formatting_structure import boxes

    wanted, found = frozenset(ids), dict[str, int]()
    for page in document.pages:
        here = wanted & page.anchors.keys()
        if not here:
            continue
        text = page._page_box.children[0]  # its other children are margin boxes and notes
        tops = sorted(
            {
                round(box.position_y, 2)
                for box in text.descendants()
                if isinstance(box, boxes.LineBox) and not _of_heading(box)
            }
        )
        for id in here:
            top = page.anchors[id][1] + NEAR
            found[id] = max(sum(line <= top for line in tops), 1)
    return found


def _of_heading(line: Any) -> bool:
    """Whether a line is of a heading, or of its number or subtitle, which are paragraphs in it."""
    tag = (line.element_tag or "").split("::")[0]
    return tag in HEADINGS or (line.element is not None and "data-type" in line.element.attrib)
