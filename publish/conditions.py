"""Printing conditions by name: what an output intent of a press PDF may refer to.

Each is characterized in the registry of the International Color Consortium, so a file for the press
may name it without bringing its profile (ISO 15930-4, 6.2; ICC Characterization Data Registry).
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import Final

from publish.colour import profile
from publish.errors import EditionError

REGISTRY: Final = "http://www.color.org"
UNREGISTERED: Final = "Custom"  # what the standard has an intent say that brings its own profile
DEFAULT: Final = "FOGRA39"


@dataclass(frozen=True, slots=True)
class Condition:
    """A press with its paper. `ink_limit` is the greatest sum of inks on one spot, as a share
    (3.0 for 300 %); `icc` a profile that describes it, or nothing."""

    name: str
    description: str
    ink_limit: float
    icc: bytes = b""

    @property
    def registered(self) -> bool:
        """Whether the name alone says which condition is meant."""
        return self.name != UNREGISTERED


# Reference names after the registry. The limits are those of the profiles that the owners of the
# data give out: ECI (ISO Coated v2, PSO Coated v3, PSO Uncoated), WAN-IFRA (ISOnewspaper 26v4),
# Idealliance (SWOP), Japan Color. GRACoL has the limit of SWOP here, less than its own.
CONDITIONS: Final = {
    condition.name: condition
    for condition in (
        Condition("FOGRA39", "Offset, ISO 12647-2:2004/Amd 1, coated paper", 3.3),
        Condition("FOGRA47", "Offset, ISO 12647-2:2004/Amd 1, uncoated white paper", 3.0),
        Condition("FOGRA51", "Offset, ISO 12647-2:2013, premium coated paper", 3.0),
        Condition("FOGRA52", "Offset, ISO 12647-2:2013, wood-free uncoated paper", 3.0),
        Condition("IFRA26", "Coldset offset on newsprint, ISO 12647-3", 2.4),
        Condition("CGATS TR 001", "Web offset, SWOP, coated publication paper", 3.0),
        Condition("CGATS TR 006", "Offset, GRACoL 2006, coated paper no. 1", 3.0),
        Condition("CGATS21-2-CRPC6", "Offset, GRACoL 2013, premium coated paper", 3.0),
        Condition("JC200103", "Offset, Japan Color 2001, coated paper", 3.5),
    )
}


def condition(name: str = "", icc: bytes = b"", *, file: str = "", icc_file: str = "") -> Condition:
    """The condition of this name (without one, FOGRA39, or what `icc` describes), with the profile.

    Raises EditionError for a name that is not in the registry's list above, with `file` as the
    place where it stands, and for a profile that is none of a press.
    """
    known = named(name or DEFAULT, file)
    if not icc:
        return known
    held = profile(icc, icc_file)
    if name:
        return replace(known, icc=icc)
    described = (held.profile.profile_description or "").strip() or "A profile of the press"
    return Condition(UNREGISTERED, described, 4.0, icc)  # the profile keeps a limit of its own


def named(name: str, file: str = "") -> Condition:
    """The condition of this name, in whatever case and with whatever signs between its letters.
    Raises EditionError, with `file` as the place of the name, for one that is not in the list."""
    plain = {_plain(known): known for known in CONDITIONS}
    if _plain(name) in plain:
        return CONDITIONS[plain[_plain(name)]]
    near = difflib.get_close_matches(_plain(name), list(plain), 1, 0.7)
    raise EditionError(
        f"the printing condition “{name}” is not known.",
        file=file,
        hint=(f"Did you mean {plain[near[0]]}? " if near else "")
        + f"Known are {', '.join(CONDITIONS)}; for another, an edition gives its ICC profile.",
    )


def _plain(name: str) -> str:
    return "".join(sign for sign in name.upper() if sign.isalnum())
