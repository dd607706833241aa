"""The inks of the designs' colours: what a press is to print where a screen shows a palette.

Black with at most two inks beside it, so that misregister shows little; light papers are a tint
without black, which would be grain. Each is the mixture, in steps of 5 % (papers of 1 %), whose Lab
is nearest to the screen's under a profile of offset on coated paper (SWOP) with black points
compensated: within ΔE 2.1. The dark of the type is black alone.
"""

from __future__ import annotations

from typing import Final

from publish.colour import Inks

_PER_CENT: Final = {
    "#21344b": (55, 30, 0, 80),
    "#f4eee0": (4, 4, 12, 0),
    "#1b2733": (0, 0, 0, 100),
    "#b4552d": (0, 65, 80, 30),
    "#5b1f24": (0, 70, 40, 80),
    "#f5ecdc": (4, 5, 13, 0),
    "#2b1618": (0, 0, 0, 100),
    "#a8842c": (0, 25, 85, 40),
    "#28493d": (45, 0, 40, 80),
    "#f3eedd": (4, 4, 13, 0),
    "#18271f": (0, 0, 0, 100),
    "#b3702a": (0, 45, 85, 35),
    "#3a3250": (40, 45, 0, 75),
    "#f2ece2": (4, 5, 10, 0),
    "#231d33": (0, 0, 0, 100),
    "#a64b4b": (0, 70, 45, 35),
    "#634326": (0, 35, 60, 75),
    "#f6efe0": (3, 4, 11, 0),
    "#2c2017": (0, 0, 0, 100),
    "#2f5d62": (45, 0, 15, 70),
    "#2b4f5c": (40, 0, 0, 80),
    "#f4efe4": (4, 4, 9, 0),
    "#172a31": (0, 0, 0, 100),
    "#b8623b": (0, 60, 75, 30),
    "#43402f": (0, 0, 30, 90),
    "#f3eede": (4, 4, 12, 0),
    "#24221a": (0, 0, 0, 100),
    "#8c3b2a": (0, 70, 70, 50),
}
DESIGN_INKS: Final = {
    colour: Inks(*(share / 100 for share in shares)) for colour, shares in _PER_CENT.items()
}


def inks_of(red: float, green: float, blue: float, limit: float) -> Inks | None:
    """The inks of a palette's colour, its channels from 0 to 1; None for any other colour, and
    where they are more than the paper takes."""
    channels = (round(255 * channel) for channel in (red, green, blue))
    inks = DESIGN_INKS.get("#" + "".join(f"{channel:02x}" for channel in channels))
    return inks if inks and sum(inks) <= limit else None
