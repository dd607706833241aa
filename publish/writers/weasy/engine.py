"""The layout of a document with settled lines: WeasyPrint, with its lines made here."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

from publish.writers.weasy.cascade import shared_cascade
from publish.writers.weasy.footnotes import notes_under_their_calls
from publish.writers.weasy.lines import settled_lines
from publish.writers.weasy.paint import (
    completed_fonts,
    settled_backgrounds,
    settled_drawing,
    settled_stacking,
)
from publish.writers.weasy.shortcuts import (
    compressed_once,
    counted_pages,
    let_go,
    linked_anchors,
    noted_contexts,
    quick_missing,
    resolved_once,
    shared_page_styles,
    uncollected,
)
from publish.writers.weasy.structure import told_structure
from publish.writers.weasy.typestyle import TypeStyles

KNOWN: Final = "70.0"  # the version of WeasyPrint whose functions are replaced here
ONE_AT_A_TIME: Final = threading.RLock()  # the functions are WeasyPrint's own, so are everybody's


def is_known() -> bool:
    """Whether the WeasyPrint that is installed is the one this package was made for."""
    import weasyprint

    return str(weasyprint.__version__) == KNOWN


class Engine:
    """Lays out documents of one style sheet, and keeps what it has learnt for the next: fonts, the
    sheet as parsed, words as shaped. Without `ready`, lines are left to WeasyPrint."""

    def __init__(self, rules: str, fetcher: Any, *, ready: bool = True) -> None:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        self.fetcher, self.fonts = fetcher, FontConfiguration()
        self.sheet = weasyprint.CSS(string=rules, font_config=self.fonts, url_fetcher=fetcher)
        self.styles = TypeStyles()
        self.contexts: list[Any] = []
        self.active = ready and is_known()

    def render(self, tree: Any) -> Any:
        """The laid-out document of an <html> element; it writes its file with this engine."""
        with ONE_AT_A_TIME, notes_under_their_calls(), self.at_work():
            document = _source(tree, self.fetcher).render(
                font_config=self.fonts, stylesheets=[self.sheet]
            )
        document.engine, document.__class__ = self, _settled_document()
        if self.active:
            let_go(document, self.contexts)
            self.contexts.clear()
        return document

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While it lasts, WeasyPrint takes its lines from here."""
        if not self.active:
            yield
            return
        places = self._places()
        with ONE_AT_A_TIME, uncollected():
            originals = [getattr(module, name) for module, name, _ in places]
            try:
                for module, name, mine in places:
                    setattr(module, name, mine)
                yield
            finally:
                for (module, name, _), original in zip(places, originals, strict=True):
                    setattr(module, name, original)

    def _places(self) -> list[tuple[Any, str, Any]]:
        """Where a function is replaced, its name there, and what takes its place."""
        from weasyprint import css, draw, pdf, stacking
        from weasyprint import document as documents
        from weasyprint.layout import background, block, inline, page

        resolve = resolved_once(block.resolve_percentages)
        replaced: tuple[tuple[Any, str, Any], ...] = (
            (block, "iter_line_boxes", lambda old: settled_lines(old, self.styles)),
            (draw, "draw_inline_level", settled_drawing),
            (stacking, "_dispatch", settled_stacking),
            (background, "layout_box_backgrounds", settled_backgrounds),
            (pdf, "build_fonts_dictionary", lambda old: completed_fonts(old, self.styles)),
            (documents, "LayoutContext", noted_contexts(self.contexts)),
            (css.ComputedStyle, "__missing__", quick_missing),
            (css.StyleFor, "__init__", shared_cascade),
            (css, "find_style_attributes", linked_anchors),
            (page, "set_page_type_computed_styles", shared_page_styles),
            (block, "resolve_percentages", lambda _: resolve),
            (inline, "resolve_percentages", lambda _: resolve),
            (page, "resolve_percentages", lambda _: resolve),
            (pdf.pydyf.PDF, "page_references", counted_pages),
            (pdf.pydyf.Stream, "data", compressed_once),
        )
        return [(where, name, mine(getattr(where, name))) for where, name, mine in replaced]


@lru_cache(maxsize=1)
def _settled_document() -> type:
    """The class of documents that write their file with the engine that laid them out. A closure
    for one document would keep it, and all of its boxes, in a circle."""
    from weasyprint import Document

    class SettledDocument(Document):  # type: ignore[misc]
        engine: Engine

        def write_pdf(self, *arguments: Any, **options: Any) -> Any:
            with ONE_AT_A_TIME, told_structure(), self.engine.at_work():
                return super().write_pdf(*arguments, **options)

    return SettledDocument


def _source(tree: Any, fetcher: Any) -> Any:
    """The element tree as WeasyPrint's HTML, without writing it out and parsing it again."""
    import cssselect2
    from weasyprint import HTML

    class Tree(HTML):  # type: ignore[misc]
        def __init__(self) -> None:
            self.base_url, self.url_fetcher, self.media_type = None, fetcher, "print"
            self.wrapper_element = cssselect2.ElementWrapper.from_html_root(
                tree, content_language=None
            )
            self.etree_element = tree

    return Tree()
