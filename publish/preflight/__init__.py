"""What a finished book must be, as checks: a file in, findings out.

A book passes if it has no finding but advice. A validator that is not installed is a finding of its
own, of severity "missing": nothing that was not checked counts as a pass.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from publish.errors import UsageError

PAGE: Final = re.compile(r"page (\d+)")


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a finished book. `check` names it ("pdf.fonts"), `severity` is "error",
    "warning", "missing" (a tool is not installed, and what to do about it) or "advice" (no standard
    asks for it, and readers would be better served), `place` is where the fault stands, as a reader
    would say it ("page 12")."""

    check: str
    severity: str
    message: str
    place: str = ""


def grouped(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, where the same one stands on several pages once, with all of them as its place
    ("pages 1–4, 9"), each where it stood first."""
    places: dict[Finding, list[str]] = {}
    for finding in findings:
        places.setdefault(replace(finding, place=""), []).append(finding.place)
    made = []
    for finding, held in places.items():
        paged = [PAGE.fullmatch(place) for place in held]
        numbers = [int(found[1]) for found in paged if found]
        if len(held) > 1 and len(numbers) == len(held):
            made.append(replace(finding, place=f"pages {_ranges(sorted(set(numbers)))}"))
        else:
            made += [replace(finding, place=place) for place in held]
    return made


def _ranges(numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)


def preflight(path: Path, *, press: bool = False) -> list[Finding]:
    """All findings about an EPUB or PDF; with `press`, also those that matter to a press alone.

    Raises UsageError if the file is not there or is of another kind.
    """
    if not path.is_file():
        raise UsageError(
            "this is a folder, not a finished book." if path.is_dir() else "there is no such file.",
            file=str(path),
            hint=f"Name a finished book, such as dist/{path.name}.epub or dist/{path.name}.pdf; "
            "`publish build` makes them."
            if path.is_dir() or not path.suffix
            else "",
        )
    match path.suffix.lower():
        case ".epub":
            from publish.preflight.epub import preflight_epub

            return preflight_epub(path)
        case ".pdf":
            from publish.preflight.pdf import preflight_pdf

            return preflight_pdf(path.read_bytes(), press=press)
    raise UsageError(
        f"a file of the kind “{path.suffix}” cannot be checked.",
        file=str(path),
        hint="Checked are books made by `publish build` and `publish convert`: .epub and .pdf.",
    )
