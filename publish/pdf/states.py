"""The part of a PDF's graphics state that matters to what is drawn (PDF 32000-1, 8.4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from publish.pdf.matrices import WHOLE, Matrix
from publish.pdf.operators import STROKING

INITIAL: Final = {
    "/DeviceGray": (0.0,), "/CalGray": (0.0,), "/Indexed": (0.0,), "/Separation": (1.0,),
    "/DeviceRGB": (0.0, 0.0, 0.0), "/CalRGB": (0.0, 0.0, 0.0), "/Lab": (0.0, 0.0, 0.0),
    "/DeviceCMYK": (0.0, 0.0, 0.0, 1.0),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour: its numbers in a colour space, which is the PDF's own name or array."""

    space: Any = "/DeviceGray"
    values: tuple[float, ...] = (0.0,)


@dataclass(frozen=True, slots=True)
class State:
    """The matrix to points, the colours, and how text is rendered."""

    matrix: Matrix = WHOLE
    fill: Colour = Colour()
    stroke: Colour = Colour()
    mode: int = 0  # PDF 32000-1, table 106

    def key(self) -> tuple[Any, ...]:
        """The state apart from the place, to tell it from another."""
        paints = ((str(paint.space), paint.values) for paint in (self.fill, self.stroke))
        return (tuple(round(value, 4) for value in self.matrix[:4]), *paints, self.mode)

    def coloured(self, operator: str, colour: Colour) -> State:
        """With a colour that an operator sets."""
        if operator in STROKING:
            return replace(self, stroke=colour)
        return replace(self, fill=colour)


def initial(space: Any) -> tuple[float, ...]:
    """The numbers of the colour in force just after a space was chosen (PDF 32000-1, 8.6.8)."""
    import pikepdf

    name = str(space[0] if isinstance(space, pikepdf.Array) else space)
    if name == "/ICCBased":
        return (0.0,) * int(space[1].N)
    if name == "/DeviceN":
        return (1.0,) * len(space[1])
    return INITIAL.get(name, ())
