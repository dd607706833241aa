"""A cover around an edition's own picture: whether the picture is fine enough, and the colours that
go on from it over spine and back."""

from __future__ import annotations

import math
from io import BytesIO
from typing import Final

from publish.cover_shapes import Palette
from publish.cover_spread import Spread
from publish.errors import EditionError
from publish.images import Picture
from publish.picture_colour import in_srgb

RESOLUTION: Final = 300  # dots an inch, what presses ask of a picture at its size on paper
EDGE: Final = 0.02  # of the width: the strip beside the spine whose colour goes on
DARK, LIGHT = "#000000", "#ffffff"


def check_resolution(picture: Picture, spread: Spread, file: str) -> None:
    """Raises EditionError unless the picture has 300 pixels an inch where it fills the front and
    its bleed."""
    width = (spread.width_mm + spread.bleed_mm) / 25.4
    height = (spread.height_mm + 2 * spread.bleed_mm) / 25.4
    dots = min(picture.width / width, picture.height / height)
    if dots < RESOLUTION - 0.5:
        raise EditionError(
            f"the cover has {picture.width} × {picture.height} pixels, {dots:.0f} an inch at"
            f" {width * 25.4:.0f} × {height * 25.4:.0f} mm.",
            file=file,
            hint=f"A press needs {RESOLUTION}: {math.ceil(RESOLUTION * width)} ×"
            f" {math.ceil(RESOLUTION * height)} pixels or more.",
        )


def own_colours(picture: Picture) -> Palette:
    """The colour along the picture's left edge as the ground; black or white on it, whichever has
    the greater contrast (at least 4.5 : 1)."""
    from PIL import Image, ImageStat

    with Image.open(BytesIO(picture.data)) as image:
        strip = image.crop((0, 0, max(round(picture.width * EDGE), 1), picture.height))
    red, green, blue = (
        round(value) for value in ImageStat.Stat(in_srgb(strip).convert("RGB")).median
    )
    ground = f"#{red:02x}{green:02x}{blue:02x}"
    # Relative luminance as WCAG 2 has it; black and white contrast alike at 0.179.
    on = DARK if _luminance(red, green, blue) > 0.179 else LIGHT
    return Palette(ground, on, on, on)


def _luminance(*channels: int) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in channels)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
