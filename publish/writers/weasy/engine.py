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
    """Lays out documents of one style sheet, which is parsed once. Without `ready`, lines are left
    to WeasyPrint. What is known of faces and words is of one document alone: the glyphs that are
    embedded must not depend on what else has been laid out."""

    def __init__(self, rules: str, fetcher: Any, *, ready: bool = True) -> None:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        self.fetcher, self.fonts = fetcher, FontConfiguration()
        self.sheet = weasyprint.CSS(string=rules, font_config=self.fonts, url_fetcher=fetcher)
        self.contexts: list[Any] = []
        self.active = ready and is_known()

    def render(self, tree: Any, rules: str = "") -> Any:
        """The laid-out document of an <html> element, with style rules of its own after those of
        all; it writes its file with this engine."""
        import weasyprint

        own, styles = [weasyprint.CSS(string=rules)] if rules else [], TypeStyles()
        with ONE_AT_A_TIME, notes_under_their_calls(), self.at_work(styles):
            document = _source(tree, self.fetcher).render(
                font_config=self.fonts, stylesheets=[self.sheet, *own]
            )
        document.engine, document.styles = self, styles
        document.__class__ = _settled_document()
        if self.active:
            let_go(document, self.contexts)
            self.contexts.clear()
        return document

    @contextmanager
    def at_work(self, styles: TypeStyles) -> Iterator[None]:
        """While it lasts, WeasyPrint takes its lines from here, and `styles` learn of them."""
        if not self.active:
            yield
            return
        places = self._places(styles)
        with ONE_AT_A_TIME, uncollected():
            originals = [getattr(module, name) for module, name, _ in places]
            try:
                for module, name, mine in places:
                    setattr(module, name, mine)
                yield
            finally:
                for (module, name, _), original in zip(places, originals, strict=True):
                    setattr(module, name, original)

    def _places(self, styles: TypeStyles) -> list[tuple[Any, str, Any]]:
        """Where a function is replaced, its name there, and what takes its place."""
        from weasyprint import css, draw, pdf, stacking
        from weasyprint import document as documents
        from weasyprint.layout import background, block, inline, page

        resolve = resolved_once(block.resolve_percentages)
        replaced: tuple[tuple[Any, str, Any], ...] = (
            (block, "iter_line_boxes", lambda old: settled_lines(old, styles)),
            (draw, "draw_inline_level", settled_drawing),
            (stacking, "_dispatch", settled_stacking),
            (background, "layout_box_backgrounds", settled_backgrounds),
            (pdf, "build_fonts_dictionary", lambda old: completed_fonts(old, styles)),
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
        styles: TypeStyles

        def write_pdf(self, *arguments: Any, **options: Any) -> Any:
            with ONE_AT_A_TIME, told_structure(), self.engine.at_work(self.styles):
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
