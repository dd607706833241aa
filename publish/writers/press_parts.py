"""What content is made of that is content again, for the press: forms, patterns, drawn glyphs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any, Final

from publish.writers.press_colours import Paint
from publish.writers.press_job import Job, State
from publish.writers.press_shadings import shading_in_inks

FORM_KEYS: Final = ("/Type", "/Subtype", "/BBox", "/Matrix", "/FormType")
PATTERN_KEYS: Final = ("/Type", "/PatternType", "/PaintType", "/TilingType", "/BBox", "/XStep",
                       "/YStep", "/Matrix")  # fmt: skip


def form_in_inks(job: Job, form: Any, state: State, outer: Any) -> Any:
    """A form in process inks. Drawn as a group it begins with opacities of its own."""
    group = form.get("/Group", {}).get("/S") == "/Transparency"
    if group:
        state = replace(state, base=state.alpha(False), fill_alpha=1.0, stroke_alpha=1.0)
    return _stream(job, form, state, outer, FORM_KEYS)


def pattern_in_inks(job: Job, paint: Paint, alpha: float, outer: Any) -> Any:
    import pikepdf

    given: Any = paint.pattern
    if int(given.PatternType) == 1:
        if int(given.get("/PaintType", 1)) != 1:
            raise job.refuse("a pattern takes its colour from outside", "Give it a colour.")
        return _stream(job, given, State(base=alpha), outer, PATTERN_KEYS)
    made = pikepdf.Dictionary(
        Type=pikepdf.Name.Pattern,
        PatternType=2,
        Shading=shading_in_inks(job, given.Shading, alpha),
    )
    if "/Matrix" in given:
        made.Matrix = given.Matrix
    return made


def _stream(job: Job, given: Any, state: State, outer: Any, keys: Iterable[str]) -> Any:
    from publish.writers.press_content import converted

    key = ("stream", given.objgen, state)
    if key in job.done and job.done[key] is None:
        raise job.refuse("a drawing draws itself", "The file is damaged.")
    if key not in job.done:
        job.done[key] = None
        content, resources = converted(job, given, given.get("/Resources", outer), state)
        made = job.document.make_stream(content)
        for name in keys:
            if name in given:
                made[name] = given[name]
        made["/Resources"] = resources
        job.done[key] = made
    return job.done[key]


def convert_font(job: Job, font: Any, outer: Any) -> None:
    """Glyphs that are drawings of their own come in process inks, too; an OpenType program is cut
    down to its outlines, the form that PDF 1.4 knows."""
    import pikepdf

    from publish.writers.press_content import converted

    if ("font", font.objgen) in job.done:
        return
    job.done["font", font.objgen] = True
    if font.get("/Subtype") == "/Type3":
        resources = font.get("/Resources", outer)
        for name, glyph in list(font.CharProcs.items()):
            content, font.Resources = converted(job, glyph, resources)
            font.CharProcs[name] = job.document.make_stream(content)
    for holder in [font, *font.get("/DescendantFonts", [])]:
        program = holder.get("/FontDescriptor", {}).get("/FontFile3")
        if program is not None and program.get("/Subtype") == "/OpenType":
            from fontTools.ttLib import TTFont

            outlines = TTFont(BytesIO(program.read_bytes())).reader["CFF "]
            holder.FontDescriptor.FontFile3 = job.document.make_stream(
                outlines, Subtype=pikepdf.Name.CIDFontType0C
            )
