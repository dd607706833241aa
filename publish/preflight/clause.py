"""A clause of a standard as this program checks it, and what breaks a list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from publish.pdf.damage import sound
from publish.preflight import Finding
from publish.preflight.damage import damage

Of = TypeVar("Of")
Fault = tuple[str, str]  # a sentence, and the place where it is so
Faults = Iterator[Fault]


class Clause(NamedTuple, Generic[Of]):
    """One clause: its name in findings, its paragraph, what it asks, and who finds its faults."""

    name: str
    paragraph: str
    says: str
    faults: Callable[[Of], Faults]


def broken(clauses: Sequence[Clause[Of]], of: Of) -> Iterator[Finding]:
    """What breaks a clause, in the order of the list. Where damage keeps a clause from being looked
    at, that is a finding of its own; the others are looked at all the same."""
    for clause in clauses:
        yield from dict.fromkeys(sound(partial(_findings, clause, of), damage))


def _findings(clause: Clause[Of], of: Of) -> Iterator[Finding]:
    for message, place in clause.faults(of):
        yield Finding(clause.name, "error", message, place)
