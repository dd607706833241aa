"""Which units are headings, what belongs to one heading, and how deep each is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from publish.structure.headings import (
    QUOTES,
    Shape,
    Terms,
    capitals,
    score,
    shape_of,
    title_case,
)
from publish.structure.layout import Layout, Unit, ended

THRESHOLD = 2.4
LONELY = re.compile(r"^[\[(]?\s*(?:[IVXLC]+|\d{1,3})\s*[\])]?[.:]?$", re.I)


def mark_headings(
    units: list[Unit],
    layout: Layout,
    terms: Terms,
    patterns: Sequence[tuple[str, int]],
    listed: frozenset[str],
) -> list[Unit]:
    """The units with headings marked, their parts joined and their levels set.

    `patterns` are the publisher's own (regular expression for the whole heading, level); `listed`
    are the titles of the text's own table of contents, as `plain` gives them.
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
            shape.score = points
            if points >= THRESHOLD - 1.4:
                shapes[id(unit)] = shape
    _weigh_numbers(units, shapes)
    _weigh_families(units, shapes)
    chosen = {key: shape for key, shape in shapes.items() if shape.score >= THRESHOLD}
    units = _join_titles(units, chosen, layout, terms)
    _set_levels(units, chosen)
    _count(units, chosen)
    return units


def plain(text: str) -> str:
    """A title for comparison: letters and digits in lower case."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def _weigh_numbers(units: Sequence[Unit], shapes: dict[int, Shape]) -> None:
    """Numbers that follow one another speak for one another; a number alone for nothing."""
    by_style: dict[str, list[tuple[int, Shape]]] = {}
    for at, unit in enumerate(units):
        shape = shapes.get(id(unit))
        if shape and shape.value is not None:
            by_style.setdefault(shape.style, []).append((at, shape))
    named = sum(len(family) for family in by_style.values() if family[0][1].level) > 1
    for style, family in by_style.items():
        blurred = any(shape.garbled for _, shape in family)
        for at, (place, shape) in enumerate(family):
            if named and style == "roman" and len(family) < 4:
                shape.score -= 1
            near = {
                s.value
                for far, s in family[max(at - 2, 0) : at + 3]
                if s is not shape and s.value and abs(far - place) > (3 if style == "digits" else 0)
            }
            if shape.garbled:
                shape.score += 0.5 if near or len(family) > 2 else -1
                continue
            assert shape.value is not None
            if shape.value - 1 in near or shape.value + 1 in near:
                shape.score += 1
            elif blurred and (shape.value - 2 in near or shape.value + 2 in near):
                shape.score += 0.5
            elif shape.value == 1 and len(family) > 1 and style != "digits":
                shape.score += 1
            elif style in ("digits", "numbered"):
                shape.score -= 2
            elif style == "roman":
                shape.score -= 0.8


def _weigh_families(units: Sequence[Unit], shapes: dict[int, Shape]) -> None:
    """Short lines in title case that come many at a time are names or verses, not headings."""
    order = [shapes.get(id(unit)) for unit in units]
    for at, shape in enumerate(order):
        if shape is None or shape.style not in ("title", "capitals"):
            continue
        around = order[max(at - 3, 0) : at] + order[at + 1 : at + 4]
        same = sum(1 for s in around if s is not None and s.style == shape.style)
        if same >= 3:
            shape.score -= 1.5
    sure = sum(
        1 for s in shapes.values() if s.style == "title" and s.score >= THRESHOLD and not s.garbled
    )
    for before, unit, after in zip(units, units[1:], units[2:], strict=False):
        shape = shapes.get(id(unit))
        if shape and shape.style == "title" and _between_paragraphs(before, unit, after):
            shape.score += 0.7 + (0.6 if sure >= 3 else 0)
    texts = Counter(plain(u.text) for u in units if id(u) in shapes)
    for unit in units:
        shape = shapes.get(id(unit))
        if shape and shape.style in ("title", "capitals") and texts[plain(unit.text)] > 2:
            shape.score -= 2


def _between_paragraphs(before: Unit, unit: Unit, after: Unit) -> bool:
    """Whether a line stands free between two paragraphs of some length, both whole."""
    return (
        before.kind == after.kind == "paragraph"
        and min(len(before.lines), len(after.lines)) >= 3
        and unit.gap > 0
        and after.gap > 0
        and ended(before.text)
        and after.text[0].isupper()
        and " " in unit.text
    )


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
    if title_case(text, terms) and not text.endswith((":",)) and not ended(text.rstrip("?!.")):
        return len(following) > 0 and (following[0].gap > 0 or following[0].turn)
    return shape is not None and number.style != "digits"


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


def _count(units: Sequence[Unit], chosen: dict[int, Shape]) -> None:
    """Numbers that were read wrongly get the value that the sequence asks for.

    A number is wrong if no number, or if it repeats the one before it without a heading of a
    higher level between; only strokes are taken so for one another (II read as I, Ill, Hl, Il).
    """
    last: dict[int, int] = {}
    for unit in units:
        shape = chosen.get(id(unit))
        if shape is None or unit.kind != "heading":
            continue
        for level in [level for level in last if level > unit.level]:
            del last[level]
        if shape.value is None:
            continue
        due = last.get(unit.level, 0) + 1
        strokes = shape.style == "roman" or shape.garbled
        if strokes and (shape.garbled or (shape.value == due - 1 and due > 1)) and due < 60:
            shape.value = due
            unit.number = due
        if shape.value:
            last[unit.level] = shape.value
