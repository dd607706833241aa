"""Content streams for the press: operators in, the same drawing in process inks out.

A page, a form, a pattern and a drawn glyph are all content. What they refer to is converted when it
is first drawn and put into resources of their own; what they never draw is left behind. Opacity is
laid on paper: ink at half opacity is half the ink. That is what is seen wherever paper lies below.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from publish.pdf.objects import several
from publish.pdf.operators import COLOUR, DEVICE, SPACE, STROKING
from publish.pdf.states import initial
from publish.preflight.clauses_drawing import BLENDS
from publish.writers.press_colours import Paint, Space, mixed, space_of
from publish.writers.press_images import image_in_inks, inline_in_inks
from publish.writers.press_job import Job, State
from publish.writers.press_opacity import PAINTS, check_tint
from publish.writers.press_parts import fonts_in_inks, form_in_inks, pattern_in_inks
from publish.writers.press_shadings import shading_in_inks

MARKED: Final = frozenset({"BMC", "BDC", "EMC", "MP", "DP"})
# Keys of a graphics state that are transparency, laid on paper here, or the press's own business,
# such as what is printed over other inks: that was meant for the colours as they were.
DROPPED: Final = ("/ca", "/CA", "/SMask", "/BM", "/AIS", "/TK", "/TR", "/TR2", "/HT", "/HTP",
                  "/OP", "/op", "/OPM", "/Type")  # fmt: skip


def converted(
    job: Job,
    holder: Any,
    resources: Any,
    state: State | None = None,
    *,
    begins: bool = False,
    made: Any = None,
) -> tuple[bytes, Any]:
    """The content of a page or stream in process inks, and the resources it then needs.

    With `begins` the colours in force at its beginning are set there, for they are not those that
    it has from outside. `made` are resources to add to, where several streams share them. Raises
    EditionError for what no ink can show as it is meant.
    """
    import pikepdf

    content = _Content(job, resources, state or State(), made)
    if begins:
        content.colour(False)
        content.colour(True)
    return content.rewritten(pikepdf.parse_content_stream(holder))


class _Content:
    """One stream on its way: the state where it stands, and the resources of what came out."""

    def __init__(self, job: Job, resources: Any, state: State, made: Any) -> None:
        import pikepdf

        self.job, self.old, self.state = job, resources, state
        self.stack: list[State] = []
        self.made = pikepdf.Dictionary() if made is None else made
        self.out: list[Any] = []
        if "/ProcSet" in resources:
            self.made["/ProcSet"] = resources["/ProcSet"]
        if "/Font" in resources:
            self.made["/Font"] = fonts_in_inks(job, resources)

    def rewritten(self, instructions: Iterable[Any]) -> tuple[bytes, Any]:
        import pikepdf

        for instruction in instructions:
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self.inline(instruction)
            else:
                self.operation(str(instruction.operator), instruction.operands, instruction)
        return pikepdf.unparse_content_stream(self.out), self.made

    def emit(self, operands: list[Any], operator: str) -> None:
        import pikepdf

        self.out.append(pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(operator)))

    def operation(self, operator: str, operands: Any, instruction: Any) -> None:
        stroke = operator in STROKING
        if operator in DEVICE:
            numbers = tuple(float(value) for value in operands)
            self.set(stroke, Paint(Space(DEVICE[operator]), numbers))
        elif operator in SPACE:
            given = self.named("/ColorSpace", operands[0])
            self.set(stroke, Paint(space_of(given, self.job.refuse), initial(given)))
        elif operator in COLOUR:
            self.coloured(stroke, operands)
        elif operator == "gs":
            self.graphics_state(self.named("/ExtGState", operands[0]))
        elif operator == "Do":
            self.draw(self.named("/XObject", operands[0]))
        elif operator == "sh":
            self.shade(self.named("/Shading", operands[0]))
        elif operator not in MARKED:
            if operator in PAINTS:
                check_tint(self.job, self.state, operator, self.old)
            elif operator == "Tf":
                self.state = replace(self.state, font=str(operands[0]))
            elif operator == "q":
                self.stack.append(self.state)
            elif operator == "Q" and self.stack:
                self.state = self.stack.pop()
            self.out.append(instruction)  # as it is: most of a page is type
        elif operator == "BDC" and str(operands[0]) == "/OC":
            raise self.job.refuse("a part of the drawing may be hidden", "Leave the layer out.")

    def named(self, kind: str, name: Any) -> Any:
        """The resource of this name; a colour space that is no resource names itself."""
        found = self.old.get(kind, {}).get(str(name))
        if found is None and kind != "/ColorSpace":
            raise self.job.refuse(f"{str(name)[1:]} is drawn and not there", "The file is damaged.")
        return name if found is None else found

    def set(self, stroke: bool, paint: Paint) -> None:
        self.state = self.state.painted(stroke, paint)
        self.colour(stroke)

    def coloured(self, stroke: bool, operands: Any) -> None:
        import pikepdf

        space = self.state.paint(stroke).space
        values, pattern = list(operands), None
        if values and isinstance(values[-1], pikepdf.Name):
            pattern = self.named("/Pattern", values.pop())
        numbers = tuple(float(value) for value in values)
        self.set(stroke, Paint(space, numbers, pattern))

    def colour(self, stroke: bool) -> None:
        """Emits the colour in force, as ink."""
        import pikepdf

        paint, alpha = self.state.paint(stroke), self.state.alpha(stroke)
        if paint.space.kind == "/Pattern":
            if paint.pattern is not None:
                pattern = pattern_in_inks(self.job, paint, alpha, self.old)
                name = self.resource("/Pattern", pattern)
                self.emit([pikepdf.Name("/Pattern")], "CS" if stroke else "cs")
                self.emit([name], "SCN" if stroke else "scn")
        elif paint.space.array is not None:  # a spot ink: a plate of its own
            name = self.resource("/ColorSpace", paint.space.array)
            self.emit([name], "CS" if stroke else "cs")
            self.emit(
                [_number(value * alpha) for value in paint.values], "SCN" if stroke else "scn"
            )
        else:
            ink = mixed(paint, alpha, self.job.condition, self.job.refuse)
            self.emit([_number(share) for share in ink], "K" if stroke else "k")

    def graphics_state(self, given: Any) -> None:
        import pikepdf

        mask, blend = given.get("/SMask", "/None"), given.get("/BM", "/Normal")
        blends = several(blend)
        if str(mask) != "/None":
            raise self.job.refuse("a soft mask fades the drawing", "Draw it without the fading.")
        if str(blends[0]) not in BLENDS:
            raise self.job.refuse(
                f"a drawing is blended with what lies below ({str(blends[0])[1:]})",
                "Draw it with the colour that is to be seen.",
            )
        before = self.state
        self.state = replace(
            before,
            fill_alpha=float(given.get("/ca", before.fill_alpha)),
            stroke_alpha=float(given.get("/CA", before.stroke_alpha)),
        )
        rest = {key: value for key, value in given.items() if key not in DROPPED}
        if rest:
            self.emit([self.resource("/ExtGState", pikepdf.Dictionary(rest))], "gs")
        for stroke in (False, True):
            if self.state.alpha(stroke) != before.alpha(stroke):
                self.colour(stroke)

    def draw(self, thing: Any) -> None:
        kind = str(thing.get("/Subtype", ""))
        if kind == "/Image":
            if thing.get("/ImageMask", False):  # painted with the colour in force
                check_tint(self.job, self.state, "f", self.old)
            made = image_in_inks(self.job, thing, self.state.alpha(False))
        elif kind == "/Form" and "/PS" not in thing and str(thing.get("/Subtype2")) != "/PS":
            made = form_in_inks(self.job, thing, self.state, self.old)
        else:
            raise self.job.refuse("a piece of PostScript is drawn", "Draw it otherwise.")
        self.emit([self.resource("/XObject", made)], "Do")

    def shade(self, given: Any) -> None:
        made = shading_in_inks(self.job, given, self.state.alpha(False))
        self.emit([self.resource("/Shading", made)], "sh")

    def inline(self, instruction: Any) -> None:
        made = inline_in_inks(self.job, instruction.iimage, self.state.alpha(False))
        if made is None:
            if instruction.iimage.image_mask:
                check_tint(self.job, self.state, "f", self.old)
            self.out.append(instruction)
        else:
            self.emit([self.resource("/XObject", made)], "Do")

    def resource(self, kind: str, thing: Any) -> Any:
        """The name of a resource of the made stream, put there if it is not yet."""
        import pikepdf

        if kind not in self.made:
            self.made[kind] = pikepdf.Dictionary()
        held = self.made[kind]
        for name, other in held.items():
            if other == thing if not thing.is_indirect else other.objgen == thing.objgen:
                return pikepdf.Name(name)
        made = pikepdf.Name(f"/{kind[1]}{len(held.keys())}")
        held[str(made)] = thing
        return made


def _number(value: float) -> Any:
    from decimal import Decimal

    return Decimal(f"{value:.4f}".rstrip("0").rstrip(".") or "0")
