"""What content is made of that is content again, for the press: forms, patterns, drawn glyphs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any, Final

from publish.pdf.drawing import DEEPEST
from publish.pdf.objects import identity
from publish.writers.press_colours import Paint
from publish.writers.press_job import Job, State
from publish.writers.press_shadings import shading_in_inks

FORM_KEYS: Final = ("/Type", "/Subtype", "/BBox", "/Matrix", "/FormType")
PATTERN_KEYS: Final = ("/Type", "/PatternType", "/PaintType", "/TilingType", "/BBox", "/XStep",
                       "/YStep", "/Matrix")  # fmt: skip


def form_in_inks(job: Job, form: Any, state: State, outer: Any) -> Any:
    """A form in process inks. Drawn as a group it begins with opacities of its own."""
    group = form.get("/Group", {}).get("/S") == "/Transparency"
    inside = replace(state, font="")
    if group:
        inside = replace(inside, base=state.alpha(False), fill_alpha=1.0, stroke_alpha=1.0)
    begins = inside.alpha(True) != state.alpha(True)  # fills have this opacity already
    return _stream(job, form, inside, outer, FORM_KEYS, begins=begins)


def pattern_in_inks(job: Job, paint: Paint, alpha: float, outer: Any) -> Any:
    import pikepdf

    given: Any = paint.pattern
    if int(given.PatternType) == 1:
        if int(given.get("/PaintType", 1)) != 1:
            raise job.refuse("a pattern takes its colour from outside", "Give it a colour.")
        return _stream(job, given, State(base=alpha), outer, PATTERN_KEYS, begins=alpha != 1)
    made = pikepdf.Dictionary(
        Type=pikepdf.Name.Pattern,
        PatternType=2,
        Shading=shading_in_inks(job, given.Shading, alpha),
    )
    if "/Matrix" in given:
        made.Matrix = given.Matrix
    return made


def _stream(
    job: Job, given: Any, state: State, outer: Any, keys: Iterable[str], *, begins: bool
) -> Any:
    from publish.writers.press_content import converted

    # Without resources of its own it takes those of the place where it is drawn.
    around = () if "/Resources" in given else identity(outer)
    key = ("stream", given.objgen, around, state, begins)
    if given.objgen in job.around:
        raise job.refuse("a drawing draws itself", "The file is damaged.")
    if len(job.around) > DEEPEST:
        raise job.refuse(f"drawings within drawings, more than {DEEPEST} deep", "Merge them.")
    if key not in job.done:
        job.around.append(given.objgen)
        content, resources = converted(
            job, given, given.get("/Resources", outer), state, begins=begins
        )
        job.around.pop()
        made = job.document.make_stream(content)
        for name in keys:
            if name in given:
                made[name] = given[name]
        made["/Resources"] = resources
        job.done[key] = made
    return job.done[key]


def fonts_in_inks(job: Job, resources: Any) -> Any:
    """The fonts of these resources, converted, by their names; each an object of its own."""
    import pikepdf

    made = pikepdf.Dictionary()
    for name, font in resources.get("/Font", {}).items():
        drawn = font.get("/Subtype") == "/Type3"
        around = () if "/Resources" in font or not drawn else identity(resources)
        key = ("font", identity(font), around)
        if key not in job.done:
            job.done[key] = _drawn_font(job, font, resources, key) if drawn else _font(job, font)
        made[name] = job.done[key]
    return made


def _drawn_font(job: Job, font: Any, outer: Any, key: Any) -> Any:
    """A font whose glyphs are drawings, with all of them in process inks: a font of its own, for
    where it has no resources it depends on the place. The glyphs share what resources they need."""
    import pikepdf

    from publish.writers.press_content import converted

    made = job.document.make_indirect(pikepdf.Dictionary(dict(font.items())))
    job.done[key] = made  # a glyph may set text in its own font
    shared = pikepdf.Dictionary()
    glyphs = pikepdf.Dictionary()
    for name, glyph in font.CharProcs.items():
        content, _ = converted(job, glyph, font.get("/Resources", outer), made=shared)
        glyphs[name] = job.document.make_stream(content)
    made.CharProcs = glyphs
    made.Resources = shared
    return made


def _font(job: Job, font: Any) -> Any:
    """An OpenType program is cut down to its outlines, the form that PDF 1.4 knows."""
    import pikepdf

    for holder in [font, *font.get("/DescendantFonts", [])]:
        program = holder.get("/FontDescriptor", {}).get("/FontFile3")
        if program is not None and program.get("/Subtype") == "/OpenType":
            from fontTools.ttLib import TTFont

            outlines = TTFont(BytesIO(program.read_bytes())).reader["CFF "]
            holder.FontDescriptor.FontFile3 = job.document.make_stream(
                outlines, Subtype=pikepdf.Name.CIDFontType0C
            )
    return font if font.is_indirect else job.document.make_indirect(font)
