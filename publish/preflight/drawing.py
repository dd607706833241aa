"""What a PDF draws, read from its content streams: a document in, one `Drawn` for each thing out.

Forms, patterns and drawn glyphs are followed wherever they are used. On one page the same thing is
told once, so that a novel is a few thousand of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pikepdf

Matrix = tuple[float, float, float, float, float, float]

WHOLE: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
DEEPEST: Final = 12  # forms within forms; one that draws itself is cut off there
DEVICE: Final = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}
SHOWN: Final = frozenset({"Tj", "TJ", "'", '"'})
FILLED: Final = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
STROKED: Final = frozenset({"S", "s", "B", "B*", "b", "b*"})
KNOWN: Final = frozenset(  # PDF Reference, third edition (1.4), table A.1
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k"
    " l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W"
    " W* y ' \"".split()
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something a page draws or sets.

    `kind` is "text", "fill" or "stroke" (with `space` and `values`, the colour), "image" (with the
    matrix from its unit square to points), "shading", "state", "form", "pattern", "font", "space"
    or "operator". `thing` is the PDF's own object.
    """

    place: str
    kind: str
    thing: Any = None
    space: Any = ""
    values: tuple[float, ...] = ()
    matrix: Matrix = WHOLE


@dataclass(frozen=True, slots=True)
class Colour:
    space: Any = "/DeviceGray"
    values: tuple[float, ...] = (0.0,)


@dataclass(frozen=True, slots=True)
class State:
    matrix: Matrix = WHOLE
    fill: Colour = Colour()
    stroke: Colour = Colour()
    mode: int = 0  # how text is rendered


def drawn(document: pikepdf.Pdf) -> list[Drawn]:
    """All that the pages draw, page by page, each thing once on a page."""
    found: list[Drawn] = []
    for number, page in enumerate(document.pages, 1):
        walk = _Walk(f"page {number}")
        walk.stream(page, page.resources, State(), 0)
        found += walk.found
    return found


@dataclass
class _Walk:
    place: str
    found: list[Drawn] = field(default_factory=list)
    told: set[Any] = field(default_factory=set)

    def tell(self, key: Any, kind: str, make: Callable[[], Drawn] | None = None) -> None:
        if (kind, key) not in self.told:
            self.told.add((kind, key))
            self.found.append(make() if make else Drawn(self.place, kind, key))

    def paint(self, kind: str, colour: Colour) -> None:
        key = (str(colour.space), colour.values)
        self.tell(key, kind, lambda: Drawn(self.place, kind, None, colour.space, colour.values))

    def thing(self, kind: str, thing: Any, matrix: Matrix = WHOLE) -> None:
        key = thing.objgen if thing.is_indirect else thing.unparse()
        rounded = tuple(round(value, 2) for value in matrix)
        self.tell((key, rounded), kind, lambda: Drawn(self.place, kind, thing, matrix=matrix))

    def stream(self, holder: Any, resources: Any, state: State, depth: int) -> None:
        import pikepdf

        if depth > DEEPEST:
            return
        spaces = resources.get("/ColorSpace", {})
        for name in ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK"):
            if name in spaces:
                self.tell(name, "space")
        stack: list[State] = []
        for instruction in pikepdf.parse_content_stream(holder):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                inline = instruction.iimage
                if not inline.image_mask:
                    self.tell(str(inline.colorspace), "space")
                continue
            operator, operands = str(instruction.operator), instruction.operands
            if operator == "q":
                stack.append(state)
            elif operator == "Q":
                state = stack.pop() if stack else state
            else:
                state = self.operation(operator, operands, resources, state, depth)

    def operation(
        self, operator: str, operands: Any, resources: Any, state: State, depth: int
    ) -> State:
        small = operator.lower()
        if operator == "cm":
            return replace(state, matrix=times(_numbers(operands), state.matrix))
        if operator == "Tr":
            return replace(state, mode=int(operands[0]))
        if operator in SHOWN:
            if state.mode in (0, 2, 4, 6):
                self.paint("text", state.fill)
            if state.mode in (1, 2, 5, 6):
                self.paint("text", state.stroke)
        elif operator in FILLED or operator in STROKED:
            if operator in FILLED:
                self.paint("fill", state.fill)
            if operator in STROKED:
                self.paint("stroke", state.stroke)
        elif small in DEVICE:
            return _coloured(state, operator, Colour(DEVICE[small], _numbers(operands)))
        elif small == "cs":
            space = resources.get("/ColorSpace", {}).get(str(operands[0]), operands[0])
            return _coloured(state, operator, Colour(space, ()))
        elif small in ("sc", "scn"):
            return self.special(operator, operands, resources, state, depth)
        elif operator in ("gs", "Do", "sh", "Tf"):
            self.named(operator, operands, resources, state, depth)
        elif operator not in KNOWN or operator in ("BX", "EX"):
            self.tell(operator, "operator")
        elif operator == "BDC" and str(operands[0]) == "/OC":
            self.tell("/OC", "operator")
        return state

    def special(
        self, operator: str, operands: Any, resources: Any, state: State, depth: int
    ) -> State:
        import pikepdf

        before = state.stroke if operator.isupper() else state.fill
        values = list(operands)
        if values and isinstance(values[-1], pikepdf.Name):
            pattern = resources.get("/Pattern", {}).get(str(values.pop()))
            if pattern is not None:
                self.pattern(pattern, resources, state, depth)
        return _coloured(state, operator, Colour(before.space, _numbers(values)))

    def pattern(self, pattern: Any, resources: Any, state: State, depth: int) -> None:
        self.thing("pattern", pattern)
        if int(pattern.get("/PatternType", 0)) == 2:
            self.thing("shading", pattern.Shading)
        elif ("inside", pattern.objgen) not in self.told:
            self.told.add(("inside", pattern.objgen))
            matrix = _numbers(pattern.get("/Matrix", WHOLE))
            own = pattern.get("/Resources", resources)
            self.stream(pattern, own, State(matrix=matrix), depth + 1)

    def named(self, operator: str, operands: Any, resources: Any, state: State, depth: int) -> None:
        kind = {"gs": "/ExtGState", "Do": "/XObject", "sh": "/Shading", "Tf": "/Font"}[operator]
        thing = resources.get(kind, {}).get(str(operands[0]))
        if thing is None:
            self.tell(f"{operator} {operands[0]}", "operator")
        elif operator == "gs":
            self.thing("state", thing)
        elif operator == "sh":
            self.thing("shading", thing)
        elif operator == "Tf":
            self.font(thing, resources, depth)
        elif thing.get("/Subtype") == "/Image":
            self.thing("image", thing, state.matrix)
            if thing.get("/ImageMask", False):
                self.paint("fill", state.fill)
        else:
            self.thing("form", thing)
            if thing.get("/Subtype") == "/Form":
                matrix = times(_numbers(thing.get("/Matrix", WHOLE)), state.matrix)
                own = thing.get("/Resources", resources)
                self.stream(thing, own, replace(state, matrix=matrix), depth + 1)

    def font(self, font: Any, resources: Any, depth: int) -> None:
        self.thing("font", font)
        if font.get("/Subtype") == "/Type3" and ("inside", font.objgen) not in self.told:
            self.told.add(("inside", font.objgen))
            own = font.get("/Resources", resources)
            for glyph in font.CharProcs.values():
                self.stream(glyph, own, State(), depth + 1)


def times(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does `first`, then `second` (PDF 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, l = second  # noqa: E741
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + l,
    )  # fmt: skip


def of_kind(drawing: list[Drawn], kind: str) -> Iterator[Drawn]:
    """Those of one kind."""
    return (thing for thing in drawing if thing.kind == kind)


def _coloured(state: State, operator: str, colour: Colour) -> State:
    if operator.isupper():
        return replace(state, stroke=colour)
    return replace(state, fill=colour)


def _numbers(operands: Any) -> Any:
    return tuple(float(value) for value in operands)
