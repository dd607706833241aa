"""What WeasyPrint leaves unsaid in the tags of a PDF, other languages and which texts are notes,
and what it says in vain: spans that have nothing to say of what they hold.

Should another version build its tags otherwise, they stay as they are; a test says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

UNTAGGED: Final = ("html", "body")  # elements that have no tag of their own
NOTES: Final = frozenset({"footnote", "endnote"})  # the classes of a note's element
HOLDERS: Final = frozenset(  # tags that may hold content themselves: ISO 32000-1, 14.8.4.3 and .4
    ("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Link", "/Span")
)


class _Content(NamedTuple):
    """Marked content among the tags within a tag, which lists them by what they are referred to."""

    reference: int  # its number


@contextmanager
def told_structure() -> Iterator[None]:
    """While it lasts, tags say the language of elements that name one, notes are tagged as such,
    each with an ID of its own (ISO 14289-1, 7.2 and 7.9), and what is in a span that says nothing
    is in the tag around it: there is one to each line of a settled paragraph."""
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
    from weasyprint.formatting_structure import boxes

    def _build_box_tree(
        box: Any, parent: Any, pdf: Any, page_number: int, nums: Any, annotations: Any, tags: Any
    ) -> Iterator[Any]:
        box = getattr(box, "_box", box)  # what is placed absolutely
        element, tag = getattr(box, "element", None), box.element_tag or ""
        others = pdf, page_number, nums, annotations, tags
        if isinstance(box, boxes.InlineBox) and parent["S"] in HOLDERS and _says_nothing(box):
            for child in box.children:
                if isinstance(child, boxes.TextBox):
                    number = tags.pop(child)["mcid"]
                    nums[number] = parent.reference
                    yield _Content(number)
                else:
                    yield from _build_box_tree(child, parent, *others)
            return
        told = element is not None and "::" not in tag and tag not in UNTAGGED
        for made in original(box, parent, *others):
            if told:
                _tell(made, element, page_number)
            yield made

    return _build_box_tree


def _says_nothing(box: Any) -> bool:
    """Whether a box within a line is a span that nothing can be told of but what it holds."""
    element = box.element
    return (
        box.element_tag == "span"
        and element is not None
        and not element.get("lang")
        and not _is_note(element)
        and not (box.link_annotation or box.widget_annotation)
    )


def _is_note(element: Any) -> bool:
    return not NOTES.isdisjoint((element.get("class") or "").split())


def _tell(made: Any, element: Any, page_number: int) -> None:
    """Adds to a tag what its element says."""
    import pydyf  # type: ignore[import-untyped]

    language = element.get("lang")
    if language:
        made["Lang"] = pydyf.String(language)
    if _is_note(element):
        made["S"] = "/Note"
        made["ID"] = pydyf.String(f"{element.get('id') or 'note'}-{page_number}")
