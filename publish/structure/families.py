"""Headings of one style weighed together: numbers in sequence, titles that are many or alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from publish.structure.headings import Shape
from publish.structure.layout import Line, Unit, ended
from publish.structure.numerals import readings

THRESHOLD = 2.4  # score from which a unit is a heading


def plain(text: str) -> str:
    """A title for comparison: letters and digits in lower case."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def weigh_numbers(units: Sequence[Unit], shapes: dict[int, Shape]) -> None:
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


def weigh_families(units: Sequence[Unit], shapes: dict[int, Shape]) -> None:
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
