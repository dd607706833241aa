"""Numbers of headings that were read wrongly get the value that their sequence asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from publish.structure.headings import Shape
from publish.structure.layout import Unit
from publish.structure.numbering import Numbered, values_of
from publish.structure.numerals import readings, to_roman

Member = tuple[int, Unit, Shape]  # place among the units, heading, its shape


def count_headings(units: Sequence[Unit], chosen: Mapping[int, Shape]) -> None:
    """Sets `number` and `token` of the headings whose number is not what was read; `chosen` are the
    shapes of the headings by the identity of their unit."""
    families: dict[tuple[int, bool], list[Member]] = {}
    heads = [(at, u) for at, u in enumerate(units) if u.kind == "heading" and id(u) in chosen]
    for at, unit in heads:
        shape = chosen[id(unit)]
        if shape.value is not None:
            families.setdefault((unit.level, bool(shape.level)), []).append((at, unit, shape))
    for (level, _), family in families.items():
        over = [at for at, unit in heads if unit.level < level]
        if any(shape.style == "roman" or shape.garbled for _, _, shape in family):
            _by_sequence(family, over)
        else:
            _between_neighbours(family, over)


def _by_sequence(family: Sequence[Member], over: Sequence[int]) -> None:
    """Counts a family whose numbers stand alone or were read with doubt; it begins anew after a
    heading `over` it."""
    sequence, before = [], -1
    for at, _unit, shape in family:
        above = [far for far in over if before < far < at]
        fresh = before < 0 or bool(above)
        late = fresh and at - (above[-1] if above else -1) > 1 and shape.garbled
        known = (
            readings(shape.token, bool(shape.level))
            if shape.style == "roman" or shape.garbled
            else None
        )
        sequence.append(Numbered(known or {shape.value or 0: 0.0}, fresh, late))
        before = at
    for (_at, unit, shape), value in zip(family, values_of(sequence), strict=True):
        if value != shape.value or shape.garbled:
            _correct(unit, shape, value)


def _between_neighbours(family: Sequence[Member], over: Sequence[int]) -> None:
    """Corrects a roman number after a division's word where both neighbours are one off the value
    that its glyphs may have, or that they have in another order: III, VI, V."""
    for (first, second), (_, third) in pairwise(pairwise(family)):
        _, unit, shape = second
        before, after = first[2].value or 0, third[2].value or 0
        value = before + 1
        if after != value + 1 or shape.value == value or not shape.token.isalpha():
            continue
        if any(first[0] < far < third[0] for far in over):
            continue
        swapped = sorted(shape.token.upper()) == sorted(to_roman(value))
        if swapped or value in readings(shape.token, named=True):
            _correct(unit, shape, value)


def _correct(unit: Unit, shape: Shape, value: int) -> None:
    shape.value = unit.number = value
    unit.token = shape.token
