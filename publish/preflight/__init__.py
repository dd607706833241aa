"""What a finished book must be, as checks: the bytes of a file in, findings out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a finished book. `check` names it ("pdf.fonts"), `severity` is "error" or
    "warning", `place` is where it stands, as a reader would say it ("page 12")."""

    check: str
    severity: str
    message: str
    place: str = ""
