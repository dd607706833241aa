"""Letters: dateline, salutation, valediction, signature, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.structure.drama import UPPER
from publish.structure.layout import Layout, Unit, first_letter, quoted
from publish.structure.terms import Terms

QUOTES = "\"“”„«»‘’'_ "
LONGEST_LETTER = 120  # units between a salutation and its valediction
SHORT = 70  # characters of a dateline, a salutation, a valediction
POSTSCRIPT = re.compile(r"^[\"“„«]?_?P\. ?S\.")


def dateline(text: str, terms: Terms) -> bool:
    """Whether a short unit is a place and a date, or a date alone."""
    if len(text) > SHORT or not re.search(r"\d", text) or '"' in text:
        return False
    words = re.findall(r"[^\W\d_]+", text)
    lower = bool(terms.data.get("letter", {}).get("lower_months"))
    month = [w for w in words if w.lower() in terms.months]
    if len(month) != 1 or len(words) > 8:
        return False
    small = ("the", "of", "st", "nd", "rd", "th", *terms.data.get("letter", {}).get("date", ()))
    return all(w[0].isupper() or w.lower() in small or (lower and w in terms.months) for w in words)


def letter_part(text: str, terms: Terms) -> str:
    """ "salutation", "valediction" or "" for a short unit, by how letters begin and end."""
    data = terms.data.get("letter", {})
    low = text.lower().strip("\"“‘'_ ")
    if (len(text) < 50 and text[-1:] in ",:-—") or text.endswith((":—", ",—", ":--", ",--")):
        if len(text) < 60 and begins(low, data.get("salutation", ())):
            return "salutation"
        if len(text) < 60 and begins(low, data.get("valediction", ())):
            return "valediction"
    return ""


def begins(low: str, openings: Sequence[str]) -> bool:
    """Whether a text in lower case begins with one of the words or phrases, whole."""
    return any(
        low.startswith(word) and not low[len(word) : len(word) + 1].isalnum() for word in openings
    )


def mark_letters(units: list[Unit], layout: Layout, terms: Terms) -> list[Unit]:
    """The units with the parts of letters marked, and letters known by both ends in containers."""
    out: list[Unit] = []
    for unit in units:
        out += _parts(unit, layout, terms) if unit.kind == "paragraph" else [unit]
    for at, unit in enumerate(out):
        if unit.kind == "paragraph":
            _mark(out, at, terms)
        if at and unit.kind == "paragraph" and out[at - 1].kind == "valediction" and _signs(unit):
            unit.kind, unit.rule, unit.why = (
                "signature",
                "structure.signature",
                "under a valediction",
            )
    _contain(out, terms)
    return out


def _parts(unit: Unit, layout: Layout, terms: Terms) -> list[Unit]:
    """The unit, cut after a salutation on its first line or a valediction before a name."""
    lines = unit.lines
    if len(lines) < 2 or len(lines[0].text) > layout.width * 0.75:
        return [unit]
    part = letter_part(lines[0].text, terms)
    rest = Unit(lines[1:])
    if part == "salutation" and first_letter(lines[1].text).isupper():
        return [Unit(lines[:1]), rest]
    if part == "valediction" and len(lines) <= 3 and _signs(rest):
        return [Unit(lines[:1]), rest]
    return [unit]


def _mark(units: Sequence[Unit], at: int, terms: Terms) -> None:
    unit = units[at]
    text = unit.text
    if len(unit.lines) == 1 and dateline(text, terms):
        unit.kind, unit.rule, unit.why = (
            "dateline",
            "structure.dateline",
            "a date alone on its line",
        )
    elif len(unit.lines) <= 2 and len(text) < SHORT:
        part = letter_part(text, terms)
        if part:
            unit.kind, unit.rule = part, f"structure.{part}"
            unit.why = "how letters begin" if part == "salutation" else "how letters end"


def _signs(unit: Unit) -> bool:
    """Whether a unit under a valediction is a name, not a sentence."""
    text = unit.text.strip(QUOTES)
    words = re.findall(r"[^\W\d_][\w'’.-]*", text)
    if len(text) >= 60 or not 0 < len(words) < 9 or not text or text[-1] in ",;:?!":
        return False
    if text[0] not in UPPER or any(word[0] not in UPPER and len(word) > 3 for word in words):
        return False
    inset = min(line.indent for line in unit.lines) >= 10
    return inset or text[-1] != "." or len(words) > 1 or text.isupper() or quoted(unit.text)


def _contain(units: Sequence[Unit], terms: Terms) -> None:
    """Puts what stands from a letter's dateline to its signature into a container."""
    at = 0
    while at < len(units):
        if units[at].kind != "salutation" and not _exclaimed(units, at, terms):
            at += 1
            continue
        end = _end(units, at)
        if not end:
            at += 1
            continue
        if units[at].kind != "salutation":
            units[at].kind, units[at].rule = "salutation", "structure.salutation"
            units[at].why = "how letters begin"
        first = at
        if at and _dates(units[at - 1], terms):
            first = at - 1
            units[first].kind, units[first].rule = "dateline", "structure.dateline"
            units[first].why = "a place and a date over a letter"
        within = ("letter", f"letter-{units[first].lines[0].index}")
        for unit in units[first:end]:
            unit.within = (within, *unit.within)
        at = end


def _end(units: Sequence[Unit], at: int) -> int:
    """Where the letter ends that begins with the salutation at `at`; 0 if nothing shows it."""
    for far in range(at + 1, min(at + LONGEST_LETTER, len(units))):
        kind = units[far].kind
        if kind in ("heading", "salutation", "break"):
            return 0
        if kind == "valediction":
            end = far + 1
            while end < len(units) and (
                units[end].kind == "signature"
                or (units[end].kind == "dateline" and units[end].gap < 3)
                or (units[end].kind == "paragraph" and POSTSCRIPT.match(units[end].text))
            ):
                end += 1
            return end
    return 0


def _exclaimed(units: Sequence[Unit], at: int, terms: Terms) -> bool:
    """A salutation that ends in an exclamation mark, as German ones do, under a dateline or at
    the head of a text; elsewhere it may be anything."""
    data, unit = terms.data.get("letter", {}), units[at]
    if not data.get("exclaims") or unit.kind != "paragraph" or len(unit.lines) > 1:
        return False
    text = unit.text
    if not text.endswith("!") or len(text) > 50 or quoted(text):
        return False
    before = units[at - 1] if at else None
    placed = before is None or before.kind in ("dateline", "heading")
    return placed and begins(text.lower(), data.get("salutation", ()))


def _dates(unit: Unit, terms: Terms) -> bool:
    """Whether a unit over a salutation is its dateline: quoted, or in two or three lines."""
    if unit.kind == "dateline":
        return True
    text = unit.text.strip(QUOTES)
    return unit.kind == "paragraph" and len(unit.lines) <= 3 and dateline(text, terms)
