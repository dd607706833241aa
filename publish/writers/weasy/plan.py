"""A paragraph's lines as data: what stands on each, how wide it is, where the layout resumes.

The tree of inline boxes that WeasyPrint has made of a paragraph is cut at its line feeds. What is
not known here gives no plan, and the paragraph goes the ordinary way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from publish.writers.weasy.typestyle import TypeStyle, TypeStyles

LONGEST_SINGLE: Final = 200  # characters: more will not fit a line, so is not worth measuring
COLLAPSING: Final = frozenset({"normal", "nowrap", "pre-line"})
PRESERVED: Final = frozenset({"pre"})
UNWRAPPED: Final = frozenset({"pre", "nowrap"})
SIDES: Final = ("top", "right", "bottom", "left")


@dataclass(slots=True, eq=False)
class Run:
    """A piece of text in one style on one line."""

    box: Any
    text: str
    type: TypeStyle
    string: str
    width: float
    spaces: int
    kerns: tuple[float, ...]  # of each space, in thousandths of an em, if it is not widened

    @property
    def kerned(self) -> float:
        """What the kerns add to the width, in px."""
        return sum(self.kerns) * self.type.size / 1000


@dataclass(slots=True, eq=False)
class Span:
    """The part of an inline box that stands on one line."""

    box: Any
    line_height: float
    baseline: float
    items: list[Run | Span] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class PlannedLine:
    """One line: its natural width in px, its spaces, the extent of its boxes above and below the
    baseline; `resume` is WeasyPrint's place behind it, None behind the last. `full` says that
    something stands at its end that leaves no room to fill."""

    items: list[Run | Span]
    resume: Any = None
    width: float = 0.0
    spaces: int = 0
    kerned: float = 0.0
    above: float = 0.0
    below: float = 0.0
    full: bool = False
    wraps: bool = False  # whether text stands in it that the layout may break elsewhere


@dataclass(slots=True, eq=False)
class Plan:
    lines: list[PlannedLine]
    starts: dict[tuple[int, ...], int]  # a place to resume at → the number of the line there
    kept: bool  # whether it holds for later passes: page numbers are not yet known in the first


class Unknown(Exception):
    """Something stands in the paragraph that only the ordinary layout can place."""


def plan_of(line_box: Any, styles: TypeStyles) -> Plan | None:
    """The lines of a paragraph that has line feeds in preserved text, or that is short."""
    from weasyprint.formatting_structure import boxes

    texts = [box for box in line_box.descendants() if isinstance(box, boxes.TextBox)]
    broken = any("\n" in box.text for box in texts)
    if not texts or (not broken and sum(len(box.text) for box in texts) > LONGEST_SINGLE):
        return None
    try:
        return _Planner(styles, texts).plan(line_box)
    except Unknown:
        return None


class _Planner:
    def __init__(self, styles: TypeStyles, texts: list[Any]) -> None:
        self.styles = styles
        self.first, self.last = texts[0], texts[-1]
        self.generated = any("::" in (box.element_tag or "") for box in texts)
        self.lines = [PlannedLine([])]
        self.open: list[Span] = []
        self.path: list[int] = []

    def plan(self, line_box: Any) -> Plan:
        if line_box.text_overflow != "clip" or line_box.style["direction"] != "ltr":
            raise Unknown
        own = self.styles.of(line_box.style)
        if own is None:
            raise Unknown
        self._children(line_box)
        for line in self.lines:
            line.above = max(line.above, own.baseline)
            line.below = max(line.below, own.line_height - own.baseline)
            if not line.items:
                raise Unknown
        starts = {_flat(line.resume): at for at, line in enumerate(self.lines[:-1], 1)}
        return Plan(self.lines, starts, not self.generated)

    def _children(self, parent: Any) -> None:
        from weasyprint.formatting_structure import boxes

        for number, child in enumerate(parent.children):
            self.path.append(number)
            if type(child) is boxes.TextBox:
                self._text(child)
            elif type(child) is boxes.InlineBox:
                self._inline(child)
            else:
                raise Unknown
            self.path.pop()

    def _inline(self, box: Any) -> None:
        style = box.style
        if (
            box.is_leader
            or style["position"] != "static"
            or style["float"] != "none"
            or style["vertical_align"] != "baseline"
            or style["direction"] != "ltr"
            or style["opacity"] < 1
            or style["overflow"] != "visible"
            or style["transform"]
            or box.first_letter_style
            or box.first_line_style
            or box.is_input()
            or _decorated(style)
        ):
            raise Unknown
        wide = style["padding_right"]
        if wide.value and not (wide.unit == "%" and wide.value >= 100):
            raise Unknown
        type = self.styles.of(style)
        if type is None:
            raise Unknown
        span = Span(box, type.line_height, type.baseline)
        self._add(span)
        self._extend(type)
        self.open.append(span)
        self._children(box)
        self.open.pop()
        self.lines[-1].full |= bool(wide.value)

    def _text(self, box: Any) -> None:
        style = box.style
        collapses = style["white_space"] in COLLAPSING
        if (
            style["visibility"] != "visible"
            or style["text_decoration_line"] != "none"
            or not (collapses or style["white_space"] in PRESERVED)
        ):
            raise Unknown
        text = box.text
        if collapses:
            text = text.lstrip(" ") if box is self.first else text
            text = text.rstrip(" ") if box is self.last else text
        if not text:
            return
        type = self.styles.of(style)
        if type is None:
            raise Unknown
        behind = 0
        for number, part in enumerate(text.split("\n")):
            if number:
                if collapses:
                    raise Unknown
                self._break(behind)
            if part:
                found = type.run(part)
                if found is None:
                    raise Unknown
                run = Run(box, part, type, *found)
                self._add(run)
                self._extend(type)
                line = self.lines[-1]
                line.wraps |= style["white_space"] not in UNWRAPPED
                line.kerned += run.kerned if run.kerns else 0.0
                line.width += found[1]
                line.spaces += found[2]
            behind += len(part.encode()) + 1

    def _add(self, item: Run | Span) -> None:
        (self.open[-1].items if self.open else self.lines[-1].items).append(item)

    def _extend(self, type: TypeStyle) -> None:
        line = self.lines[-1]
        line.above = max(line.above, type.baseline)
        line.below = max(line.below, type.line_height - type.baseline)

    def _break(self, behind: int) -> None:
        """Ends the line, and opens on the next what is open on this."""
        resume: Any = {behind: None}
        for number in reversed(self.path):
            resume = {number: resume}
        self.lines[-1].resume = resume
        self.lines.append(PlannedLine([]))
        spans, self.open = self.open, []
        for span in spans:
            again = Span(span.box, span.line_height, span.baseline)
            self._add(again)
            self.open.append(again)
            line = self.lines[-1]
            line.above = max(line.above, span.baseline)
            line.below = max(line.below, span.line_height - span.baseline)


def _decorated(style: Any) -> bool:
    """Whether an inline box takes room of its own or is painted: all but padding to its right."""
    from weasyprint.draw.color import get_color

    return (
        any(style[f"border_{side}_width"] for side in SIDES)
        or any(getattr(style[f"margin_{side}"], "value", 1) for side in ("left", "right"))
        or bool(style["padding_left"].value or style["outline_width"])
        or get_color(style, "background_color").alpha > 0
        or any(kind != "none" for kind, _ in style["background_image"])
        or bool(style["box_shadow"])
        or style["border_image_source"][0] != "none"
        or style["mask_border_source"][0] != "none"
    )


def _flat(stack: Any) -> tuple[int, ...]:
    """A place to resume at as the numbers that lead to it."""
    path = []
    while stack is not None:
        ((number, stack),) = stack.items()
        path.append(number)
    return tuple(path)


def start_of(plan: Plan, stack: Any) -> int | None:
    """The line at which the layout resumes; None if none begins there."""
    return 0 if stack is None else plan.starts.get(_flat(stack))
