"""What is set in from the body: epigraphs, quotations, who said them, lines between stanzas."""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.structure.drama import LOWER, UPPER
from publish.structure.layout import Layout, Line, Unit, ended, first_letter
from publish.structure.letters import begins
from publish.structure.terms import Terms

INSET = 3  # columns from which a block stands apart from the body
LONGEST_EPIGRAPH = 24  # lines
FRONT, LONGEST_DEDICATION = 40, 9  # units before the first chapter, lines
# A dash, then a name or a title: it may hold small words, never a clause.
ATTRIBUTION = re.compile(rf"^(?:—|–|--|-)\s?[_\"“‘]?[{UPPER}][^?!;]{{1,70}}$")


def attribution(text: str, terms: Terms) -> bool:
    """Whether a line is a dash and who said what stands over it."""
    if not ATTRIBUTION.match(text):
        return False
    words = re.findall(r"[^\W\d_][\w'’.]*", text)
    large = [w for w in words if w.lower().strip(".") not in terms.small and len(w) > 2]
    return len(words) <= 12 and all(w[0] not in LOWER for w in large)


def mark_attributions(units: list[Unit], terms: Terms, body: int) -> list[Unit]:
    """The units with attributions of inset words marked, those at the foot of verse cut off; and
    a line that stands between two stanzas as a stanza of its own."""
    out: list[Unit] = []
    for unit in units:
        lines = unit.lines
        before = out[-1] if out else None
        if (
            unit.kind in ("verse", "paragraph")
            and len(lines) > 1
            and _apart(lines, body)
            and attribution(lines[-1].text, terms)
            and (unit.kind == "verse" or ended(lines[-2].text))
        ):
            unit.lines = lines[:-1]
            out += [unit, Unit(lines[-1:], "attribution")]
            continue
        if (
            unit.kind == "paragraph"
            and len(lines) == 1
            and before is not None
            and (before.kind == "verse" or (before.kind == "paragraph" and _inset(before, body)))
            and lines[0].indent >= body + INSET
            and attribution(lines[0].text, terms)
        ):
            unit.kind = "attribution"
        out.append(unit)
    for before, unit, after in zip(out, out[1:], out[2:], strict=False):
        if (
            before.kind == after.kind == "verse"
            and unit.kind == "paragraph"
            and len(unit.lines) == 1
            and unit.lines[0].indent >= body + INSET
            and before.lines[0].indent >= body + INSET
            and max(unit.gap, after.gap) <= 2
            and unit.text[-1] != ":"  # leads on to the stanza from the one before it
        ):
            unit.kind = "verse"
    return out


def _apart(lines: Sequence[Line], body: int) -> bool:
    return min(line.indent for line in lines) >= body + INSET


def _inset(unit: Unit, body: int) -> bool:
    """Whether the lines of a paragraph are set in evenly; its first may go further in or out."""
    rest = {line.indent for line in unit.lines[1:]}
    return len(unit.lines) > 1 and len(rest) == 1 and _apart(unit.lines, body)


def mark_insets(units: Sequence[Unit], layout: Layout, body: int) -> None:
    """Puts epigraphs and block quotations into containers.

    Words under a heading with an attribution are an epigraph; paragraphs evenly set in, in a text
    whose paragraphs are not, are a quotation.
    """
    for at, unit in enumerate(units):
        if unit.kind == "attribution":
            start = at
            while start and units[start - 1].kind in ("verse", "paragraph"):
                said = units[start - 1]
                apart = said.kind == "verse" or _apart(said.lines, body)
                if said.within or not apart or (start < at and units[start].gap > 2):
                    break
                start -= 1
            over = units[start - 1] if start else None
            lines = sum(len(said.lines) for said in units[start:at])
            if start < at:
                head = over is None or over.kind in ("heading", "attribution")
                kind = "epigraph" if head and lines <= LONGEST_EPIGRAPH else "quotation"
                _contain(units[start : at + 1], kind)
    prose = [u for u in units if u.kind == "paragraph" and len(u.lines) > 1 and not u.within]
    quotations = [u for u in prose if _inset(u, body) and _fills(u, layout)]
    if not quotations or len(quotations) * 4 > len(prose):
        return
    set_in = {id(unit) for unit in quotations}
    run: list[Unit] = []
    for unit in units:
        if id(unit) in set_in:
            run.append(unit)
        elif run:
            _contain(run, "quotation")
            run = []
    if run:
        _contain(run, "quotation")


def mark_dedication(units: Sequence[Unit], layout: Layout, terms: Terms) -> None:
    """Puts a dedication that nothing labels into a container: before the first chapter, a few
    short lines, none of them a sentence's end but the last, that begin as dedications do."""
    for unit in units[:FRONT]:
        if unit.kind == "heading" and (unit.role or unit.number):
            return
        lines = unit.lines
        if unit.kind != "paragraph" or not 1 < len(lines) <= LONGEST_DEDICATION or unit.within:
            continue
        short = max(len(line.text) for line in lines) < layout.width * 0.6
        whole = not any(ended(line.text) for line in lines[:-1])
        if short and whole and begins(unit.text.lower().strip("_ "), terms.dedications):
            _contain([unit], "dedication")
            return


def _fills(unit: Unit, layout: Layout) -> bool:
    """Whether the lines of an inset paragraph fill a measure of their own and break where they
    must, some before a small letter, as those of prose do and those of verse do not."""
    if not any(first_letter(line.text).islower() for line in unit.lines[1:]):
        return False
    widest = max(line.end for line in unit.lines)
    full = [
        before.end + 1 + len(after.text.split(" ", 1)[0]) > widest
        for before, after in zip(unit.lines, unit.lines[1:], strict=False)
    ]
    return max(len(line.text) for line in unit.lines) > layout.width * 0.5 and all(full)


def _contain(units: Sequence[Unit], kind: str) -> None:
    within = (kind, f"{kind}-{units[0].lines[0].index}")
    for unit in units:
        unit.within = (*unit.within, within)
