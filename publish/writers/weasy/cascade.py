"""The style of each element: WeasyPrint's cascade, gone through once for elements that it treats
alike."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any


def shared_cascade(original: Callable[..., None]) -> Callable[..., None]:
    """What takes the place of `StyleFor.__init__`. Elements of one parent style that the same
    selectors match share a style already; here they share the way to it, and the styles of their
    pseudo-elements. A document with style attributes goes the ordinary way."""

    def init(
        self: Any, html: Any, sheets: Any, hints: Any, font_config: Any, target_collector: Any
    ) -> None:
        if hints or any(element.get("style") for element in html.etree_element.iter()):
            original(self, html, sheets, hints, font_config, target_collector)
            return
        self._cascaded_styles, self._computed_styles = {}, {}
        self.initial_page_sizes = {"box": None, "area": None}
        self._sheets, self.font_config = sheets, font_config
        _Cascade(self, html, target_collector).run()
        self._cascaded_styles.clear()  # the dictionary itself is used later, for pages

    return init


class _Cascade:
    def __init__(self, style_for: Any, html: Any, target_collector: Any) -> None:
        from weasyprint import css

        self.css, self.style_for, self.html = css, style_for, html
        self.cascaded, self.computed = style_for._cascaded_styles, style_for._computed_styles
        self.collector = target_collector
        self.known: dict[tuple[Any, ...], Any] = {}  # key → the first element of its kind
        self.kinds: list[tuple[Any, Any]] = []  # element, and the first of its kind

    def run(self) -> None:
        own = self._own_declarations()
        for wrapper in self.html.wrapper_element.iter_subtree():
            element = wrapper.etree_element
            parent = wrapper.parent.etree_element if wrapper.parent else None
            matched = [
                (origin, sheet_specificity or specificity, pseudo, declarations, layer_of)
                for sheet, origin, sheet_specificity in self.style_for._sheets
                for specificity, _, pseudo, (declarations, layer) in sheet.matcher.match(wrapper)
                for layer_of in (inf if layer is None else sheet.layers.index(layer),)
            ]
            key = (
                None if parent is None else id(self.computed[parent, None]),
                own.get(element),
                tuple((id(each[3]), each[1], each[2]) for each in matched),
            )
            first = self.known.setdefault(key, element)
            self.kinds.append((element, first))
            if first is element:
                self._cascade(element, matched)
                self._compute(element, None, parent)
            else:
                self.computed[element, None] = self.computed[first, None]
        self._pseudo_elements()

    def _own_declarations(self) -> dict[Any, tuple[Any, ...]]:
        """What attributes such as `id` and `lang` declare, put into the cascade."""
        css, own = self.css, {}
        found = css.find_style_attributes(self.html.etree_element, False, self.html.base_url)
        for specificity, element, declarations, base_url in found:
            # As in WeasyPrint, the last of several attributes tells elements apart.
            own[element] = tuple(declarations)
            parsed = tuple(css.preprocess_declarations(base_url, declarations))
            self._add(element, None, parsed, "author", specificity, inf)
        return own

    def _cascade(self, element: Any, matched: list[Any]) -> None:
        for origin, specificity, pseudo, declarations, layer in matched:
            self._add(element, pseudo, declarations, origin, specificity, layer)

    def _add(
        self, element: Any, pseudo: Any, declarations: Any, origin: str, specificity: Any,
        layer: float,
    ) -> None:  # fmt: skip
        style = self.cascaded.setdefault((element, pseudo), {})
        for name, values, importance in declarations:
            weight = (self.css.declaration_precedence(origin, importance), layer, specificity)
            before = style.get(name)
            if before is None or before[1] <= weight:
                style[name] = values, weight

    def _compute(self, element: Any, pseudo: Any, parent: Any) -> None:
        self.style_for.set_computed_styles(
            element, root=self.html.etree_element, parent=parent, pseudo_type=pseudo,
            base_url=self.html.base_url, target_collector=self.collector,
        )  # fmt: skip

    def _pseudo_elements(self) -> None:
        """They come last, as they inherit from their elements."""
        pseudos: dict[Any, list[Any]] = {}
        for element, pseudo in list(self.cascaded):
            if pseudo:
                pseudos.setdefault(element, []).append(pseudo)
                self._compute(element, pseudo, element)
        for element, first in self.kinds:
            if element is not first:
                for pseudo in pseudos.get(first, ()):
                    self.computed[element, pseudo] = self.computed[first, pseudo]
