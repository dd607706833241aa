"""What is see-through and cannot be printed as a tint on paper, for the press."""

from __future__ import annotations

from typing import Any, Final

from publish.pdf.operators import FILLED, SHOWN, STROKED
from publish.writers.press_colours import mixed
from publish.writers.press_job import Job, State

PAINTS: Final = FILLED | STROKED | SHOWN


def check_tint(job: Job, state: State, operator: str, resources: Any) -> None:
    """Raises EditionError where a tint would cover what is to be seen through it: white and clear
    things print as paper, whatever lies below, and those in a group that is see-through do so, too,
    for what lies below the group is not known; and letters that are drawings in colours of their
    own are drawn once for all opacities."""
    if state.alpha(False) != 1 and operator not in STROKED - FILLED:
        _check_ink(job, state, stroke=False)
    if state.alpha(True) != 1 and operator in STROKED:
        _check_ink(job, state, stroke=True)
    if operator in SHOWN and state.alpha(False) != 1:
        font = resources.get("/Font", {}).get(state.font)
        if font is not None and font.get("/Subtype") == "/Type3" and _colours_itself(font):
            raise job.refuse(
                "letters with colours of their own are see-through", "Make them opaque."
            )


def _check_ink(job: Job, state: State, *, stroke: bool) -> None:
    paint, alpha = state.paint(stroke), state.alpha(stroke)
    if paint.space.kind == "/Pattern":
        return
    inks = paint.values if paint.space.array is not None else mixed(
        paint, alpha, job.condition, job.refuse
    )  # fmt: skip
    if not any(inks) or not alpha:
        raise job.refuse(
            "something white or clear is see-through",
            "Leave it out, or draw it with the colour that is to be seen.",
        )


def _colours_itself(font: Any) -> bool:
    """Whether a glyph of a Type 3 font has colours of its own (d0) instead of the text's (d1)."""
    import pikepdf

    return any(
        str(instruction.operator) == "d0"
        for glyph in font.CharProcs.values()
        for instruction in pikepdf.parse_content_stream(glyph, "d0")
    )
