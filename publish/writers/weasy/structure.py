"""What WeasyPrint leaves unsaid in the tags of a PDF: other languages, and which texts are notes.

Should another version build its tags otherwise, they stay as they are; a test says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

UNTAGGED: Final = ("html", "body")  # elements that have no tag of their own
NOTES: Final = frozenset({"footnote", "endnote"})  # the classes of a note's element


@contextmanager
def told_structure() -> Iterator[None]:
    """While it lasts, tags say the language of elements that name one, and notes are tagged as
    such, each with an ID of its own (ISO 14289-1, 7.2 and 7.9)."""
    from weasyprint.pdf import tags

    original = getattr(tags, "_build_box_tree", None)
    if original is None:
        yield
        return
    tags._build_box_tree = _telling(original)
    try:
        yield
    finally:
        tags._build_box_tree = original


def _telling(original: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """WeasyPrint's function that makes the tags of a box and of those within it, telling more."""

    def _build_box_tree(
        box: Any, parent: Any, pdf: Any, page_number: int, *others: Any
    ) -> Iterator[Any]:
        box = getattr(box, "_box", box)  # what is placed absolutely
        element, tag = getattr(box, "element", None), box.element_tag or ""
        told = element is not None and "::" not in tag and tag not in UNTAGGED
        for made in original(box, parent, pdf, page_number, *others):
            if told:
                _tell(made, element, page_number)
            yield made

    return _build_box_tree


def _tell(made: Any, element: Any, page_number: int) -> None:
    """Adds to a tag what its element says."""
    import pydyf  # type: ignore[import-untyped]

    language = element.get("lang")
    if language:
        made["Lang"] = pydyf.String(language)
    if NOTES.intersection((element.get("class") or "").split()):
        made["S"] = "/Note"
        made["ID"] = pydyf.String(f"{element.get('id') or 'note'}-{page_number}")
