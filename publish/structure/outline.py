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
from publish.structure.layout import Layout, Line, Unit, ended, quoted
from publish.structure.numbering import Numbered, values_of
from publish.structure.numerals import readings

THRESHOLD = 2.4


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
            lines = units[place].lines
            titled = shape.style in ("digits", "roman") and _worded(lines[1:])
            if titled:
                shape.score += 1.2
            near: set[int] = set()
            for far, other in family[max(at - 2, 0) : at + 3]:
                if other is not shape and abs(far - place) > (3 if style == "digits" else 0):
                    near |= _values(other)
            if shape.garbled:
                shape.score += 0.5 if near or len(family) > 2 else -0.3
                continue
            assert shape.value is not None
            if shape.value - 1 in near or shape.value + 1 in near:
                shape.score += 1
            elif blurred and (shape.value - 2 in near or shape.value + 2 in near or not near):
                shape.score += 0.5
            elif shape.value == 1 and len(family) > 1 and style != "digits":
                shape.score += 1
            elif style in ("digits", "numbered"):
                shape.score -= 0.5 if titled else 2
            elif style == "roman":
                shape.score -= 0.2 if len(shape.token) > 1 else 0.8


def _worded(lines: Sequence[Line]) -> bool:
    """Whether lines under a number hold words, as a title does and a sum does not."""
    return sum(c.isalpha() for line in lines for c in line.text) > 2


def _values(shape: Shape) -> set[int]:
    """The value of a heading's number, or those that its glyphs may well have."""
    if shape.garbled:
        return {
            value for value, cost in readings(shape.token, bool(shape.level)).items() if cost < 1
        }
    return {shape.value} if shape.value else set()


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
    gaps = Counter(
        unit.gap
        for unit in units
        if (shape := shapes.get(id(unit))) and shape.style == "title" and shape.score >= THRESHOLD
    )
    for unit in units:  # set off as the others of its kind are
        shape = shapes.get(id(unit))
        if shape and shape.style == "title" and unit.gap >= 3 and gaps[unit.gap] >= 3:
            shape.score += 0.8
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


def _count(units: Sequence[Unit], chosen: dict[int, Shape]) -> None:
    """Numbers that were read wrongly get the value that the sequence asks for."""
    families: dict[tuple[int, bool], list[tuple[int, Unit, Shape]]] = {}
    heads = [(at, u) for at, u in enumerate(units) if u.kind == "heading" and id(u) in chosen]
    for at, unit in heads:
        shape = chosen[id(unit)]
        if shape.value is not None:
            families.setdefault((unit.level, bool(shape.level)), []).append((at, unit, shape))
    for (level, _), family in families.items():
        if not any(shape.style == "roman" or shape.garbled for _, _, shape in family):
            continue
        sequence, before = [], -1
        for at, _unit, shape in family:
            over = [far for far, other in heads if before < far < at and other.level < level]
            fresh = before < 0 or bool(over)
            late = fresh and at - (over[-1] if over else -1) > 1 and shape.garbled
            known = (
                readings(shape.token, bool(shape.level))
                if shape.style == "roman" or shape.garbled
                else None
            )
            sequence.append(Numbered(known or {shape.value or 0: 0.0}, fresh, late))
            before = at
        for (_at, unit, shape), value in zip(family, values_of(sequence), strict=True):
            if value != shape.value or shape.garbled:
                shape.value = unit.number = value
                unit.token = shape.token
