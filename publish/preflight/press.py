"""A PDF as a press would look at it, beyond the clauses of PDF/X: plates, pictures, bleed."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot
from typing import TYPE_CHECKING, Any, Final

from publish.conditions import CONDITIONS
from publish.pdf.drawing import Drawn
from publish.pdf.objects import identity
from publish.preflight import Finding
from publish.preflight.damage import damage
from publish.preflight.press_ink import gradient_ink, picture_ink

if TYPE_CHECKING:
    import pikepdf

FINE: Final = 300  # pixels to the inch: what a screen of 150 lines can show
COARSE: Final = 150  # below, pixels are seen
LINE_ART: Final = 600  # of one bit
TOLERANCE: Final = 0.005  # shares of ink: as colours are written
SAMPLED: Final = 0.02  # as eight bits an ink tell them
PALE: Final = 0.005  # a share of ink that no plate holds


def check_plates(drawing: list[Drawn]) -> Iterator[Finding]:
    """Text without colour is on the black plate alone, and no colour has all inks as black."""
    for thing in drawing:
        if thing.kind not in ("text", "fill", "stroke") or str(thing.space) != "/DeviceCMYK":
            continue
        if len(thing.values) != 4:
            yield damage("a colour has another count of numbers than its space")
            continue
        cyan, magenta, yellow, black = thing.values
        if black >= 0.95 and max(cyan, magenta, yellow) > PALE and thing.kind == "text":
            yield Finding(
                "press.plates", "error", "Black text is printed with more than black ink.",
                thing.place,
            )  # fmt: skip


def check_ink(document: pikepdf.Pdf, drawing: list[Drawn]) -> Iterator[Finding]:
    """No colour, picture or gradient has more ink than the paper of the named condition takes."""
    limit, known = ink_limit(document), dict[Any, float]()
    for thing in drawing:
        what, total = "A colour", 0.0
        if thing.kind in ("text", "fill", "stroke") and str(thing.space) == "/DeviceCMYK":
            total = sum(thing.values) - TOLERANCE
        elif thing.kind in ("image", "shading"):
            what = "A picture" if thing.kind == "image" else "A gradient"
            own = identity(thing.thing)
            if own not in known:
                ink = picture_ink if thing.kind == "image" else gradient_ink
                known[own] = ink(thing.thing) - SAMPLED
            total = known[own]
        if total > limit:
            share = total + (TOLERANCE if what == "A colour" else SAMPLED)
            yield Finding(
                "press.ink", "error", f"{what} has {share:.0%} ink, the paper takes {limit:.0%}.",
                thing.place,
            )  # fmt: skip


def check_resolution(drawing: list[Drawn]) -> Iterator[Finding]:
    """Pictures have 300 pixels to the inch at the size at which they are placed."""
    for thing in drawing:
        if thing.kind != "image":
            continue
        found, wanted = resolution(thing), FINE
        if thing.thing.get("/ImageMask", False) or thing.thing.get("/BitsPerComponent") == 1:
            wanted = LINE_ART
        if found < wanted - 1:
            size = f"{int(thing.thing.Width)} × {int(thing.thing.Height)} pixels"
            yield Finding(
                "press.resolution", "error" if found < COARSE else "warning",
                f"A picture of {size} has {found:.0f} to the inch where it stands; "
                f"{wanted} are wanted.", thing.place,
            )  # fmt: skip


def check_bleed(document: pikepdf.Pdf, least: float) -> Iterator[Finding]:
    """The bleed is `least` points or more on every side."""
    for number, page in enumerate(document.pages, 1):
        trim: Any = page.get("/TrimBox")
        bleed = page.get("/BleedBox", trim)
        if trim is None:
            continue
        sides = [abs(float(a) - float(b)) for a, b in zip(trim, bleed, strict=True)]
        if min(sides) < least:
            yield Finding("press.bleed", "error", "The bleed is less than 3 mm.", f"page {number}")


def resolution(image: Drawn) -> float:
    """Pixels to the inch of a placed picture, in the direction in which it has fewer."""
    a, b, c, d, _, _ = image.matrix
    across, down = hypot(a, b), hypot(c, d)
    width, height = float(image.thing.Width), float(image.thing.Height)
    return min(width / across if across else 0, height / down if down else 0) * 72


def ink_limit(document: pikepdf.Pdf) -> float:
    """The greatest sum of inks that the file's output intent allows; 4 where that is unknown."""
    for intent in document.Root.get("/OutputIntents", []):
        known = CONDITIONS.get(str(intent.get("/OutputConditionIdentifier", "")))
        if known:
            return known.ink_limit
    return 4.0
