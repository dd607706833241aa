"""The notes at the end of a book that stand on each of its pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from publish.writers.pdf_dress import classes

ENDNOTE: Final = "endnote"  # the class of a note's element


def notes_on(pages: Sequence[Any]) -> tuple[tuple[str, ...], ...]:
    """For each of WeasyPrint's pages the ids of the notes that begin or go on there, in order."""
    return tuple(tuple(dict.fromkeys(_standing(page._page_box.children[0]))) for page in pages)


def _standing(box: Any) -> Iterator[str]:
    from weasyprint.formatting_structure import boxes

    for inner in box.descendants():
        if (
            inner.element_tag == "div"
            and ENDNOTE in classes(inner.element)
            and any(isinstance(line, boxes.LineBox) for line in inner.descendants())
        ):
            yield inner.element.get("id", "")
