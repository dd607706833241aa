"""A conversion for a press under way: what it is for, and the state that matters to ink."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from publish.conditions import Condition
from publish.errors import EditionError
from publish.writers.press_colours import BLACK, Paint

if TYPE_CHECKING:
    import pikepdf


@dataclass
class Job:
    """One conversion: the document, the press, what was converted already, and where we are: the
    page, and the drawings around, one within another."""

    document: pikepdf.Pdf
    condition: Condition
    place: str = ""
    done: dict[Any, Any] = field(default_factory=dict)
    around: list[Any] = field(default_factory=list)

    def refuse(self, what: str, hint: str) -> EditionError:
        return EditionError(f"{self.place}: {what}.", hint=hint)


@dataclass(frozen=True, slots=True)
class State:
    """The part of the graphics state that matters to ink. `base` is the opacity of the group in
    which all this is drawn, the alphas are of fills and strokes within it; `font` is the name by
    which the resources have the font."""

    fill: Paint = BLACK
    stroke: Paint = BLACK
    base: float = 1.0
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    font: str = ""

    def alpha(self, stroke: bool) -> float:
        return self.base * (self.stroke_alpha if stroke else self.fill_alpha)

    def paint(self, stroke: bool) -> Paint:
        return self.stroke if stroke else self.fill

    def painted(self, stroke: bool, paint: Paint) -> State:
        return replace(self, stroke=paint) if stroke else replace(self, fill=paint)
