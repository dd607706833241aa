"""What a PDF draws, read from its content streams: a document in, one `Drawn` for each thing out.

Forms, patterns and drawn glyphs are followed wherever they are used. On one page the same thing is
told once, so that a novel is a few thousand of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from publish.pdf.damage import sound
from publish.pdf.matrices import WHOLE, Matrix, times
from publish.pdf.objects import identity
from publish.pdf.operators import COLOUR, DEVICE, FILLED, KNOWN, SHOWN, SPACE, STROKED, STROKING
from publish.pdf.states import Colour, State, initial

if TYPE_CHECKING:
    import pikepdf

DEEPEST: Final = 40  # forms within forms: deeper than any program draws


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something a page draws or sets.

    `kind` is "text", "fill" or "stroke" (with `space` and `values`, the colour), "image" (with the
    matrix from its unit square to points), "shading", "state", "form", "font", "space",
    "operator", "ring" (a form that draws itself) or "damage" (`thing` says what cannot be read).
    Otherwise `thing` is the PDF's own object; of a picture in the content, its dictionary.
    """

    place: str
    kind: str
    thing: Any = None
    space: Any = ""
    values: tuple[float, ...] = ()
    matrix: Matrix = WHOLE


def drawn(document: pikepdf.Pdf) -> list[Drawn]:
    """All that the pages draw, page by page, each thing once on a page."""
    found: list[Drawn] = []
    for number, page in enumerate(document.pages, 1):
        walk = _Walk(f"page {number}")
        found += sound(partial(walk.page, page), walk.damaged)
    return found


@dataclass
class _Walk:
    place: str
    found: list[Drawn] = field(default_factory=list)
    told: set[Any] = field(default_factory=set)
    walked: set[Any] = field(default_factory=set)  # forms, each with the state that it was met in
    around: list[Any] = field(default_factory=list)  # the forms in which we are
    depth: int = 0  # of drawings within drawings of any kind

    def page(self, page: pikepdf.Page) -> Iterator[Drawn]:
        try:
            self.stream(page, page.resources, State())
        finally:  # what was drawn before the damage counts
            yield from self.found

    def damaged(self, what: str) -> Drawn:
        return Drawn(self.place, "damage", what)

    def tell(self, key: Any, kind: str, make: Callable[[], Drawn] | None = None) -> None:
        if (kind, key) not in self.told:
            self.told.add((kind, key))
            self.found.append(make() if make else Drawn(self.place, kind, key))

    def paint(self, kind: str, colour: Colour) -> None:
        key = (str(colour.space), colour.values)
        self.tell(key, kind, lambda: Drawn(self.place, kind, None, colour.space, colour.values))

    def thing(self, kind: str, thing: Any, matrix: Matrix = WHOLE) -> None:
        rounded = tuple(round(value, 2) for value in matrix[:4])  # wherever it stands
        self.tell(
            (identity(thing), rounded), kind, lambda: Drawn(self.place, kind, thing, matrix=matrix)
        )

    def stream(self, holder: Any, resources: Any, state: State) -> None:
        import pikepdf

        if self.depth > DEEPEST:
            raise ValueError(f"forms within forms, more than {DEEPEST} deep")
        self.depth += 1
        spaces = resources.get("/ColorSpace", {})
        for name in ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK"):
            if name in spaces:
                self.tell(name, "space")
        stack: list[State] = []
        for instruction in pikepdf.parse_content_stream(holder):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self.inline(instruction.iimage, state)
                continue
            operator, operands = str(instruction.operator), instruction.operands
            if operator == "q":
                stack.append(state)
            elif operator == "Q":
                state = stack.pop() if stack else state
            else:
                state = self.operation(operator, operands, resources, state)
        self.depth -= 1

    def operation(self, operator: str, operands: Any, resources: Any, state: State) -> State:
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
        elif operator in DEVICE:
            return state.coloured(operator, Colour(DEVICE[operator], _numbers(operands)))
        elif operator in SPACE:
            space = resources.get("/ColorSpace", {}).get(str(operands[0]), operands[0])
            return state.coloured(operator, Colour(space, initial(space)))
        elif operator in COLOUR:
            return self.special(operator, operands, resources, state)
        elif operator in ("gs", "Do", "sh", "Tf"):
            self.named(operator, operands, resources, state)
        elif operator not in KNOWN:
            self.tell(operator, "operator")
        elif operator == "BDC" and str(operands[0]) == "/OC":
            self.tell("/OC", "operator")
        return state

    def special(self, operator: str, operands: Any, resources: Any, state: State) -> State:
        import pikepdf

        before = state.stroke if operator in STROKING else state.fill
        values = list(operands)
        if values and isinstance(values[-1], pikepdf.Name):
            name = str(values.pop())
            pattern = resources.get("/Pattern", {}).get(name)
            if pattern is None:
                self.tell(f"{operator} {name}", "operator")
            else:
                self.pattern(pattern, resources, state)
        return state.coloured(operator, Colour(before.space, _numbers(values)))

    def pattern(self, pattern: Any, resources: Any, state: State) -> None:
        if int(pattern.get("/PatternType", 0)) == 2:
            self.thing("shading", pattern.Shading)
        elif ("inside", identity(pattern)) not in self.told:
            self.told.add(("inside", identity(pattern)))
            matrix = _numbers(pattern.get("/Matrix", WHOLE))
            own = pattern.get("/Resources", resources)
            self.stream(pattern, own, State(matrix=matrix))

    def named(self, operator: str, operands: Any, resources: Any, state: State) -> None:
        kind = {"gs": "/ExtGState", "Do": "/XObject", "sh": "/Shading", "Tf": "/Font"}[operator]
        thing = resources.get(kind, {}).get(str(operands[0]))
        if thing is None:
            self.tell(f"{operator} {operands[0]}", "operator")
        elif operator == "gs":
            self.thing("state", thing)
        elif operator == "sh":
            self.thing("shading", thing)
        elif operator == "Tf":
            self.font(thing, resources)
        elif thing.get("/Subtype") == "/Image":
            self.thing("image", thing, state.matrix)
            if thing.get("/ImageMask", False):
                self.paint("fill", state.fill)
        else:
            self.thing("form", thing)
            if thing.get("/Subtype") == "/Form":
                matrix = times(_numbers(thing.get("/Matrix", WHOLE)), state.matrix)
                own = thing.get("/Resources", resources)
                self.form(thing, own, replace(state, matrix=matrix))

    def form(self, form: Any, resources: Any, state: State) -> None:
        """What a form draws, unless it is met again in the same state, wherever it stands."""
        if form.objgen in self.around:
            self.tell("", "ring")
            return
        key = (form.objgen, identity(resources), state.key())
        if key not in self.walked:
            self.walked.add(key)
            self.around.append(form.objgen)
            self.stream(form, resources, state)
            self.around.pop()

    def inline(self, given: Any, state: State) -> None:
        """A picture that stands in the content."""
        import pikepdf

        if given.image_mask:
            self.paint("fill", state.fill)
        else:
            self.tell(str(given.colorspace), "space")
        image = pikepdf.Dictionary(
            Subtype=pikepdf.Name.Image, Width=given.width, Height=given.height,
            BitsPerComponent=given.bits_per_component, ImageMask=given.image_mask,
        )  # fmt: skip
        self.thing("image", image, state.matrix)

    def font(self, font: Any, resources: Any) -> None:
        self.thing("font", font)
        if font.get("/Subtype") == "/Type3" and ("inside", identity(font)) not in self.told:
            self.told.add(("inside", identity(font)))
            own = font.get("/Resources", resources)
            for glyph in font.CharProcs.values():
                self.stream(glyph, own, State())


def of_kind(drawing: list[Drawn], kind: str) -> Iterator[Drawn]:
    """Those of one kind."""
    return (thing for thing in drawing if thing.kind == kind)


def _numbers(operands: Any) -> Any:
    return tuple(float(value) for value in operands)
