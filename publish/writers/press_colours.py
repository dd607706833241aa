"""Colour spaces of a PDF and what they are in process inks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from publish.colour import inks, lab_to_srgb
from publish.conditions import Condition
from publish.errors import EditionError

Refuse = Callable[[str, str], EditionError]

CALIBRATED: Final = {"/CalGray": "/DeviceGray", "/CalRGB": "/DeviceRGB"}
BY_COMPONENTS: Final = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
SHORT: Final = {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK", "/I": "/Indexed"}
FEW: Final = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4, "/Lab": 3}


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space: the device space that holds its numbers, "/Lab" or "/Pattern"; with `array`
    it is a spot ink's, which stays as it is."""

    kind: str
    array: Any = None

    def __hash__(self) -> int:
        return hash(self.kind)


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour: its numbers in a space, or a pattern."""

    space: Space
    values: tuple[float, ...] = ()
    pattern: Any = None

    def __hash__(self) -> int:
        return hash((self.space, self.values))


BLACK: Final = Paint(Space("/DeviceGray"), (0.0,))


def space_of(given: Any, refuse: Refuse) -> Space:
    """The space that a name or an array of a PDF means.

    Calibrated and ICC spaces become the device space with as many components. Raises what
    `refuse` makes for a spot ink that stands for colours of the screen, and for an unknown space.
    """
    import pikepdf

    name = str(given if isinstance(given, pikepdf.Name) else given[0])
    name = SHORT.get(name, name)
    if name in FEW or name == "/Pattern":
        return Space(name)
    if name in CALIBRATED:
        return Space(CALIBRATED[name])
    if name == "/ICCBased":
        return Space(BY_COMPONENTS[int(given[1].N)])
    if name in ("/Separation", "/DeviceN"):
        if space_of(given[2], refuse).kind not in ("/DeviceCMYK", "/DeviceGray"):
            raise refuse("a spot ink is described in colours of the screen", "Describe it in CMYK.")
        return Space(name, given)
    raise refuse(f"the colour space {name[1:]} is not known", "Draw it in RGB or CMYK.")


def mixed(
    paint: Paint, alpha: float, condition: Condition, refuse: Refuse
) -> tuple[float, float, float, float]:
    """The four inks of a colour that has this opacity, on paper."""
    kind, values = paint.space.kind, paint.values
    if len(values) != FEW.get(kind, -1):
        raise refuse("a colour has another count of numbers than its space", "The file is damaged.")
    if kind == "/DeviceCMYK":
        ink = tuple(min(max(value, 0.0), 1.0) for value in values)
    else:
        if kind == "/DeviceGray":
            values = values * 3
        elif kind == "/Lab":
            values = lab_to_srgb(*values)
        ink = inks(*values, limit=condition.ink_limit, icc=condition.icc)
    cyan, magenta, yellow, black = (share * alpha for share in ink)
    return cyan, magenta, yellow, black
