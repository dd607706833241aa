"""Ready-made lines: what WeasyPrint asks its inline layout for, from the plan of a paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

from publish.writers.weasy.plan import COLLAPSING, Plan, PlannedLine, Run, Span, plan_of, start_of
from publish.writers.weasy.typestyle import TypeStyles

PLAN: Final = "publish_plan"  # the attribute of a line box that holds its plan
SLACK: Final = 1e-6  # px by which rounding may make a line too wide


@lru_cache(maxsize=1)
def box_classes() -> tuple[Any, Any, Any]:
    """The classes of settled lines, of inline boxes within them and of their text. Margins, padding
    and borders are known to be none, so no instance carries them."""
    from weasyprint.formatting_structure import boxes

    none = {
        f"{what}_{side}{width}": 0
        for what, width in (("margin", ""), ("padding", ""), ("border", "_width"))
        for side in ("top", "right", "bottom", "left")
    }
    shared: dict[str, Any] = {
        **none, "background": None, "first_letter_style": None, "first_line_style": None,
        "remove_decoration_sides": frozenset(), "text_indent": 0, "children": (),
    }  # fmt: skip
    line = type("SettledLine", (boxes.LineBox,), dict(shared))
    inline = type("SettledInline", (boxes.InlineBox,), dict(shared))
    text = type("SettledText", (boxes.TextBox,), {**shared, "pango_layout": None})
    return line, inline, text


def settled_lines(
    original: Callable[..., Iterator[Any]], styles: TypeStyles
) -> Callable[..., Iterator[Any]]:
    """What takes the place of WeasyPrint's `iter_line_boxes`, which is called for all other
    paragraphs."""

    def iter_line_boxes(
        context: Any, box: Any, position_y: float, bottom_space: float, skip_stack: Any,
        containing_block: Any, absolute_boxes: Any, fixed_boxes: Any,
        first_letter_style: Any, first_line_style: Any,
    ) -> Iterator[Any]:  # fmt: skip
        plan = None
        if not (first_letter_style or first_line_style or context.excluded_shapes):
            plan = box.__dict__.get(PLAN, ())
            if plan == ():
                plan = plan_of(box, styles)
                if plan is None or plan.kept:
                    setattr(box, PLAN, plan)
        start = None if plan is None else start_of(plan, skip_stack)
        indent = 0.0
        if plan is not None and start is not None and box.style["direction"] == "ltr":
            indent = _indent(box, containing_block) if start == 0 else 0.0
            if _fits(plan, containing_block.width, indent):
                yield from _made(plan, start, box, position_y, containing_block, indent)
                return
        yield from original(
            context, box, position_y, bottom_space, skip_stack, containing_block,
            absolute_boxes, fixed_boxes, first_letter_style, first_line_style,
        )  # fmt: skip

    return iter_line_boxes


def _indent(box: Any, containing_block: Any) -> float:
    from weasyprint.layout.percent import percentage

    return float(percentage(box.style["text_indent"], box.style, containing_block.width))


def _fits(plan: Plan, measure: Any, indent: float) -> bool:
    """Whether no line is wider than the measure that WeasyPrint would then break elsewhere."""
    return isinstance(measure, float | int) and all(
        not line.wraps or line.width + (0.0 if at else indent) <= measure + SLACK
        for at, line in enumerate(plan.lines)
    )


def _made(
    plan: Plan, start: int, box: Any, position_y: float, containing_block: Any, indent: float
) -> Iterator[Any]:
    make = _Maker(box, containing_block.content_box_x(), containing_block.width)
    for planned in plan.lines[start:]:
        line = make.line(planned, position_y, indent)
        position_y += line.height
        indent = 0.0
        yield line, planned.resume


class _Maker:
    """Makes the boxes of a paragraph's lines."""

    def __init__(self, box: Any, left: float, measure: float) -> None:
        self.box, self.left, self.measure = box, left, measure
        self.line_class, self.inline_class, self.text_class = box_classes()
        style = box.style
        align, last = style["text_align_all"], style["text_align_last"]
        self.fills = style["white_space"] in COLLAPSING
        # Both a line before a line feed and a paragraph's last count as last lines.
        self.align = align if last == "auto" else last
        self.baseline = 0.0

    def line(self, planned: PlannedLine, top: float, indent: float) -> Any:
        """One line at `top`, its boxes placed."""
        made = self.line_class.__new__(self.line_class)
        room = 0.0 if planned.full else self.measure - planned.width - indent
        extra, offset = 0.0, 0.0
        if room > 0 and self.align == "justify":
            if self.fills and planned.spaces:
                extra = room / planned.spaces
        elif not planned.full and room - planned.kerned > 0:
            room -= planned.kerned
            if self.align in ("right", "end"):
                offset = room
            elif self.align == "center":
                offset = room / 2
        self.baseline, self.extra = top + planned.above, extra
        self.kerned = bool(planned.kerned) and not extra
        box = self.box
        values = made.__dict__
        values["element_tag"], values["element"], values["style"] = (
            box.element_tag, box.element, box.style,
        )  # fmt: skip
        values["children"], end = self._items(planned.items, self.left + offset + indent)
        values["position_x"], values["position_y"] = self.left + offset, top
        values["width"] = end - self.left - offset
        values["height"], values["baseline"] = planned.above + planned.below, planned.above
        return made

    def _items(self, items: list[Run | Span], x: float) -> tuple[list[Any], float]:
        made = []
        for item in items:
            box = self._text(item, x) if type(item) is Run else self._inline(item, x)
            x += box.width
            made.append(box)
        return made, x

    def _text(self, run: Any, x: float) -> Any:
        made = self.text_class.__new__(self.text_class)
        box, kind = run.box, run.type
        width = run.width + run.spaces * self.extra
        kerned = bool(self.kerned and run.kerns)
        if kerned:
            width += run.kerned
        made.__dict__.update(
            element_tag=box.element_tag, element=box.element, style=box.style, text=run.text,
            run=run, position_x=x, position_y=self.baseline - kind.baseline,
            width=width, height=kind.line_height, baseline=kind.baseline,
            justification_spacing=self.extra, kerned=kerned,
        )  # fmt: skip
        return made

    def _inline(self, span: Any, x: float) -> Any:
        made = self.inline_class.__new__(self.inline_class)
        values = made.__dict__
        values.update(span.box.__dict__)
        values["children"], end = self._items(span.items, x)
        size = span.box.style["font_size"]
        half = (span.line_height - size) / 2
        values.update(
            position_x=x, position_y=self.baseline - span.baseline, width=end - x, height=size,
            baseline=span.baseline, margin_top=half, margin_bottom=half,
        )  # fmt: skip
        return made
