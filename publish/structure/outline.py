"""Which units are headings, what belongs to one heading, and how deep each is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from publish.structure.counting import count_headings
from publish.structure.families import THRESHOLD, plain, weigh_families, weigh_numbers
from publish.structure.headings import (
    QUOTES,
    Shape,
    Terms,
    capitals,
    score,
    shape_of,
    title_case,
)
from publish.structure.layout import Layout, Unit, ended, quoted


def mark_headings(
    units: list[Unit],
    layout: Layout,
    terms: Terms,
    patterns: Sequence[tuple[str, int]],
    listed: frozenset[str],
    running: frozenset[str] = frozenset(),
) -> list[Unit]:
    """The units with headings marked, their parts joined and their levels set.

    `patterns` are the publisher's own (regular expression for the whole heading, level); `listed`
    are the titles of the text's own table of contents, `running` the running heads that were
    taken off its pages, both as `plain` gives them.
    """
    shapes: dict[int, Shape] = {}
    own = [(re.compile(pattern), level) for pattern, level in patterns]
    for at, unit in enumerate(units):
        if unit.kind != "paragraph":
            continue
        for pattern, level in own:
            if pattern.fullmatch(unit.text):
                shapes[id(unit)] = Shape("own", 9.0, level)
                break
        else:
            shape = shape_of(unit, terms)
            if shape is None:
                continue
            points = score(units, at, shape, layout, terms)
            if plain(unit.text) in listed:
                points += 2
            if plain(unit.text) in running and shape.value is None:
                points += 1.5
            shape.score = points
            if points >= THRESHOLD - 1.4:
                shapes[id(unit)] = shape
    weigh_numbers(units, shapes)
    weigh_families(units, shapes)
    chosen = {key: shape for key, shape in shapes.items() if shape.score >= THRESHOLD}
    units = _join_titles(units, chosen, layout, terms)
    _set_levels(units, chosen)
    count_headings(units, chosen)
    return units


def _join_titles(
    units: list[Unit], chosen: dict[int, Shape], layout: Layout, terms: Terms
) -> list[Unit]:
    """A number and the title printed under it become one heading."""
    out: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        shape = chosen.get(id(unit))
        if shape is None:
            out.append(unit)
            at += 1
            continue
        unit.kind = "heading"
        unit.role = shape.role
        unit.breaks = _number_lines(unit, shape)
        numbered = shape.value is not None and not shape.title and len(unit.lines) == 1
        if numbered and at + 1 < len(units):
            after = units[at + 1]
            if _is_title(
                after, chosen.get(id(after)), units[at + 2 : at + 3], layout, terms, shape
            ):
                unit.breaks = [len(unit.lines) - 1]
                unit.lines = unit.lines + after.lines
                chosen.pop(id(after), None)
                at += 1
        unit.rule = "structure.heading"
        unit.why = f"{shape.style}, {shape.score:.1f} for a heading"
        out.append(unit)
        at += 1
    return out


def _number_lines(unit: Unit, shape: Shape) -> list[int]:
    """After which line of one heading its title begins."""
    if shape.value is not None and not shape.title and len(unit.lines) > 1:
        return [0]
    return []


def _is_title(
    unit: Unit,
    shape: Shape | None,
    following: Sequence[Unit],
    layout: Layout,
    terms: Terms,
    number: Shape,
) -> bool:
    """Whether the unit under a number is its title."""
    if unit.kind != "paragraph" or len(unit.lines) > 4 or len(unit.text) > 130 or unit.gap > 4:
        return False
    if shape is not None and shape.value is not None:
        return False
    text = unit.text.strip(QUOTES + " ")
    if not text or text[0].islower() or text[-1] in ",;-":
        return False
    if capitals(text):
        return not following or not (unit.gap == 0 and following[0].gap == 0)
    parted = bool(following) and following[0].gap > max(layout.gap, unit.gap - 1)
    if quoted(unit.text) and ended(unit.text) and not parted:
        return False  # the first words of a talk
    if title_case(text, terms) and not text.endswith((":",)) and not ended(text.rstrip("?!.")):
        return len(following) > 0 and (following[0].gap > 0 or following[0].turn)
    return shape is not None and number.style != "digits" and shape.style != "line"


def _set_levels(units: Sequence[Unit], chosen: dict[int, Shape]) -> None:
    """Parts 1, chapters 2, what stands under a chapter 3, one level for one style."""
    heads = [
        (unit, chosen[id(unit)]) for unit in units if id(unit) in chosen and unit.kind == "heading"
    ]
    styles = Counter(shape.style for _, shape in heads)
    named = any(shape.level == 2 and shape.value is not None for _, shape in heads)
    ones = [
        at
        for at, (_, s) in enumerate(heads)
        if s.value == 1 and s.style in ("roman", "digits", "numbered")
    ]
    restarts = len(ones) > 1
    titled = styles["capitals"] + styles["title"]
    for at, (unit, shape) in enumerate(heads):
        if shape.style == "own" or (shape.level and shape.level != 2):
            unit.level = shape.level
        elif shape.level == 2:
            unit.level = 2
        elif shape.style in ("roman", "digits", "numbered"):
            alone = len(unit.lines) == 1 and not shape.title
            under = alone and (named or (restarts and titled) or _mixed(heads, shape))
            unit.level = 3 if under else 2
        else:
            numbered = named or any(
                s.style in ("roman", "numbered") and (len(u.lines) > 1 or s.title) for u, s in heads
            )
            unit.level = 3 if numbered and at else 2
        if not unit.role:
            unit.role = {1: "part", 2: "chapter"}.get(unit.level, "") if shape.level else ""


def _mixed(heads: Sequence[tuple[Unit, Shape]], shape: Shape) -> bool:
    """Whether the same kind of number heads titled chapters too: then a bare one is a section."""
    bare = [s for u, s in heads if s.style == shape.style and len(u.lines) == 1]
    titled = any(s.style == shape.style and len(u.lines) > 1 for u, s in heads)
    return titled and (len(bare) > 1 or any(s.value == 1 for s in bare))
