"""The text's own table of contents: evidence for headings, then gone; navigation is rebuilt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.structure.families import plain
from publish.structure.headings import Terms
from publish.structure.layout import Layout, Unit

ENTRY = re.compile(r"^(.*?\S)(?:\s{2,}|\s*[.·_…]{2,}\s*|\s+)(\d{1,3}|[ivxlc]{1,7})$")
LABEL = re.compile(
    r"^(?:(?:chapter|chap|book|part|act|letter|no)\.?\s+)?(?:[ivxlc]+|\d{1,3})[.:)]?\s+", re.I
)


def find_contents(units: list[Unit], terms: Terms, layout: Layout) -> frozenset[str]:
    """Marks the units of a table of contents as removed; returns the titles it lists.

    A table of contents is headed so, and most of its lines end in page numbers, begin with the
    number of a division, or stand again later as a heading of their own.
    """
    data = terms.data.get("contents", {})
    titles, ignored = frozenset(data.get("titles", ())), frozenset(data.get("ignored", ()))
    later: dict[str, int] = {}
    for at, unit in enumerate(units):
        if len(unit.text) < 130:
            later[plain(LABEL.sub("", unit.text))] = at
            later[plain(unit.text)] = at
    listed: set[str] = set()
    for at, unit in enumerate(units):
        if (
            unit.kind not in ("paragraph", "verse")
            or plain(unit.lines[0].text) not in titles
            or at > len(units) // 2
        ):
            continue
        if len(unit.lines) > 1 and len(unit.text) < 80 and at + 1 == len(units):
            continue
        entries, end, found = _entries(units, at, later, ignored)
        if entries >= 3:
            for gone in units[at:end]:
                gone.removed = True
                gone.rule, gone.why = "contents.removed", "the text's own table of contents"
            listed |= found
    return frozenset(listed)


def list_contents(units: Sequence[Unit], terms: Terms) -> list[Unit]:
    """The units with the lines of a table of contents that stays, because its titles stand nowhere
    else, as items of a list: titles that make a line each are no verse."""
    titles = frozenset(terms.data.get("contents", {}).get("titles", ()))
    out: list[Unit] = []
    for unit in units:
        if unit.kind == "verse" and out and plain(out[-1].text) in titles:
            within = (("list", f"list-{unit.lines[0].index}"),)
            out += [Unit([line], "item", within=within) for line in unit.lines]
        else:
            out.append(unit)
    return out


def _entries(
    units: list[Unit], at: int, later: dict[str, int], ignored: frozenset[str]
) -> tuple[int, int, set[str]]:
    """How many entries follow the title at `at`, where they end, what they list."""
    found: set[str] = set()
    entries = 0
    end = at + 1
    first = units[at].lines[1:]
    lines_here = [first] if first else []
    misses = 0
    for position in range(at, len(units)):
        lines = units[position].lines if position > at else (lines_here[0] if lines_here else [])
        own = position + (len(lines) == 1)  # an entry alone is not its own heading
        kinds = [_entry(line.text, own, later, ignored) for line in lines]
        hits = [kind for kind in kinds if kind]
        if position > at and not hits:
            text = units[position].text
            misses += 1
            if (
                misses > 1
                or len(text) > 100
                or plain(text) in found
                or _heads_text(units, position)
            ):
                break
            continue
        if position > at and len(hits) * 2 < len(lines):
            break
        if position > at and len(lines) == 1 and plain(LABEL.sub("", lines[0].text)) in found:
            break
        misses = 0
        end = position + 1
        entries += sum(1 for hit in hits if hit != "-")
        found |= {hit for hit in hits if hit != "-"}
    return entries, end, found


def _heads_text(units: list[Unit], at: int) -> bool:
    return at + 1 < len(units) and len(units[at + 1].text) > 300


def _entry(text: str, position: int, later: dict[str, int], ignored: frozenset[str]) -> str:
    """The title that a line lists; "-" for a column head; "" if the line is no entry."""
    bare = plain(text)
    if all(word in {plain(i) for i in ignored} for word in bare.split()):
        return "-"
    found = ENTRY.match(text)
    if found and len(found[1]) < 100:
        return plain(LABEL.sub("", found[1])) or "-"
    title = plain(LABEL.sub("", text))
    if later.get(title, -1) > position or later.get(bare, -1) > position:
        return title or "-"
    return ""
