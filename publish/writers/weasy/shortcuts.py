"""Shorter ways to what WeasyPrint computes again and again: styles, lengths, page types.

Each gives what the function it replaces gives. A book has thousands of paragraphs and hundreds of
pages, but few styles; what depends on the style alone is found once.
"""

from __future__ import annotations

import gc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from publish.writers.weasy.plan import SIDES

USED: Final = (  # what WeasyPrint's resolve_percentages sets on a box
    *(f"{what}_{side}" for what in ("margin", "padding") for side in SIDES),
    *(f"border_{side}_width" for side in SIDES),
    "width", "min_width", "max_width", "height", "min_height", "max_height",
)  # fmt: skip
DONE_WITH: Final = (  # of a layout's context: pictures drawn later ask it for others and for words
    "target_collector", "page_maker", "running_elements", "style_for", "string_set", "tables",
    "footnotes", "page_footnotes", "current_page_footnotes", "reported_footnotes",
    "rendered_notes", "current_footnote_area", "broken_out_of_flow",
)  # fmt: skip
QUICK: Final = 5  # of zlib's levels of compression, 1 to 9
ODD: Final = frozenset({"position", "float", "display", "page"})  # computed from other properties


@contextmanager
def uncollected() -> Iterator[None]:
    """While it lasts, nobody looks for cycles among the millions of objects of a layout, which
    takes a third of the time and finds nothing: all of them are in use."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def quick_missing(original: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """What takes the place of `ComputedStyle.__missing__`: a property that no rule sets is
    inherited or initial, and needs no computing."""
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.functions import check_math
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    def is_odd(name: str) -> bool:
        return name in ODD or name.startswith("text_decoration_")

    inherited = frozenset(name for name in INHERITED if not is_odd(name))
    initial = {
        name: value
        for name, value in INITIAL_VALUES.items()
        if not (name in INHERITED or name in INITIAL_NOT_COMPUTED or is_odd(name))
        and not check_math(value)
    }
    logical = {
        name: (function(block="ttb", inline="ltr"), function(block="ttb", inline="rtl"))
        for name, function in PHYSICAL_FUNCTIONS.items()
    }

    def missing(self: Any, name: str) -> Any:
        cascaded = self.cascaded
        if name not in cascaded:
            others = logical.get(name)
            if others is None or (others[0] not in cascaded and others[1] not in cascaded):
                if name in initial:
                    value = self[name] = initial[name]
                    return value
                if name in inherited and self.parent_style is not None:
                    value = self[name] = self.parent_style[name]
                    return value
        return original(self, name)

    return missing


def linked_anchors(original: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """What takes the place of `find_style_attributes`: an id that no link leads to, here or from
    another document (`data-anchors` of the root), makes no anchor, hence no style of its own for
    its element."""

    def find_style_attributes(tree: Any, *rest: Any, **named: Any) -> Iterator[Any]:
        wanted = {
            element.get("href", "").removeprefix("#")
            for element in tree.iter()
            if element.get("href", "").startswith("#")
        }
        wanted.update(tree.get("data-anchors", "").split())
        for found in original(tree, *rest, **named):
            declarations = list(found[2])
            anchor = any(getattr(each, "name", "") == "-weasy-anchor" for each in declarations)
            if not anchor or found[1].get("id", found[1].get("name")) in wanted:
                yield (*found[:2], declarations, *found[3:])

    return find_style_attributes


def resolved_once(original: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """What takes the place of `resolve_percentages`, for boxes of one style within one width."""
    from weasyprint.formatting_structure import boxes

    known: dict[tuple[Any, ...], tuple[Any, dict[str, Any]]] = {}

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        if isinstance(containing_block, boxes.Box):
            width, height = containing_block.width, containing_block.height
        else:
            width, height = containing_block
        style = box.style
        if style["border_collapse"] == "collapse":
            original(box, containing_block)
            return
        key = id(style), width, height, isinstance(box, boxes.PageBox)
        found = known.get(key)
        if found is None:
            original(box, containing_block)
            values = box.__dict__
            known[key] = style, {name: values[name] for name in USED}  # the style keeps its id
        else:
            box.__dict__.update(found[1])

    return resolve_percentages


def shared_page_styles(original: Callable[..., None]) -> Callable[..., None]:
    """What takes the place of `set_page_type_computed_styles`: pages that the same rules match
    have the same styles, their margin boxes too."""
    selectors: list[Any] = []
    known: dict[tuple[int, ...], list[tuple[Any, Any]]] = {}
    possible: dict[tuple[Any, ...], list[int]] = {}

    def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
        if not selectors:
            selectors.extend(
                selector[2]
                for sheet, _, _ in style_for._sheets
                for _, listed, _ in sheet.page_rules
                for selector in listed
            )
        matches = style_for._page_type_match
        kind = page_type.side, page_type.blank, page_type.index == 0, page_type.name
        if kind not in possible:
            possible[kind] = [
                at for at, each in enumerate(selectors)
                if matches(each._replace(index=None), page_type)
            ]  # fmt: skip
        key = tuple(
            at for at in possible[kind]
            if selectors[at].index is None or matches(selectors[at], page_type)
        )  # fmt: skip
        computed = style_for.get_computed_styles()
        if key in known:
            for pseudo, style in known[key]:
                computed[page_type, pseudo] = style
            return
        style_for.get_cascaded_styles().clear()
        original(page_type, html, style_for)
        known[key] = [
            (pseudo, computed[page_type, pseudo])
            for of, pseudo in style_for.get_cascaded_styles()
            if of == page_type
        ]
        if (page_type, None) not in style_for.get_cascaded_styles():
            known[key].append((None, computed[page_type, None]))

    return set_page_type_computed_styles


def counted_pages(original: Any) -> Any:
    """What takes the place of pydyf's `page_references`, which each tag asks for anew: the same
    tuple as long as no page is added."""

    def page_references(self: Any) -> Any:
        known = self.__dict__.get("publish_references", ())
        if len(known) != len(self.pages["Kids"]) // 3:
            known = self.publish_references = original.fget(self)
        return known

    return property(page_references)


def compressed_once(original: Any) -> Any:
    """What takes the place of the `data` of pydyf's streams: a file is written once, and once its
    digest is taken, of the same bytes. What a page draws is compressed in half the time that the
    best takes, for a fiftieth more: most pages are written anew when the book is finished."""
    from pydyf import _to_bytes  # type: ignore[import-untyped]

    def compressed(stream: Any) -> bytes:
        content = zlib.compress(b"\n".join(map(_to_bytes, stream.stream)), QUICK)
        head = b"<</Filter /FlateDecode/Length %d>>" % len(content)
        return b"\n".join((head, b"stream", content, b"endstream"))

    def data(self: Any) -> Any:
        known = self.__dict__.get("publish_data")
        if known is None or known[0] != len(self.stream):
            plain = self.compress and not self.extra  # neither a picture nor a font
            made = compressed(self) if plain else original.fget(self)
            known = self.publish_data = len(self.stream), made
        return known[1]

    return property(data)


def noted_contexts(contexts: list[Any]) -> Callable[[Any], Any]:
    """What takes the place of `LayoutContext` in WeasyPrint's document: notes each that is made."""

    def wrap(original: Any) -> Any:
        def make(*arguments: Any, **named: Any) -> Any:
            contexts.append(original(*arguments, **named))
            return contexts[-1]

        return make

    return wrap


def let_go(document: Any, contexts: list[Any]) -> None:
    """Opens the circles by which a layout would keep all of its boxes until somebody looks for
    them: what only the layout needed is forgotten, and goes with the document."""
    from weasyprint.formatting_structure import boxes

    for context in contexts:
        context.target_collector.counter_lookup_items.clear()
        context.target_collector.target_lookup_items.clear()
        for name in DONE_WITH:
            setattr(context, name, None)
    for page in document.pages:
        for area in page._page_box.children:
            if isinstance(area, boxes.FootnoteAreaBox):
                area.page = None
