"""Everything the readings rules may know of one document, each part made when first asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from publish.context import Context
from publish.document import Block
from publish.ledger import Origin, Proposals, Rule
from publish.readings.collocations import Collocations, collocations
from publish.readings.company import Company
from publish.readings.habits import Habits, habits
from publish.readings.lexicon import Lexicon
from publish.readings.passages import Passages
from publish.readings.verdicts import Verdict, verdicts

SPACED = frozenset({"fr"})  # languages that print a space before some marks
APART = re.compile(r"(?<=[^\W_][\"'”’)\]]|.[^\W_])( +)([;:?!])(?=[\"'”’)\]]*(?:\s|$))")
SPACED_MARK = re.compile(r" [;:?!]")  # cheap, and true wherever APART is
CLOSE = re.compile(r"[;:?!](?:(?<=[^\W_].)|(?<=[^\W_][\"'”’)\]].))(?=[\"'”’)\]]*(?:\s|$))")


@dataclass(frozen=True)
class Evidence(Context):
    """A context with the evidence for misreadings; made once for a stage, read-only."""

    @classmethod
    def from_context(cls, context: Context) -> Evidence:
        return cls(context.language, context.edition, context.vocabulary)

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon(self)

    @cached_property
    def passages(self) -> Passages:
        return Passages(self)

    @cached_property
    def habits(self) -> Habits:
        """The confusions that this document's scanner makes again and again."""
        return habits(self.vocabulary.printed, self.lexicon)

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """Printed form → what it may have been, for the words that are suspected."""
        return dict(verdicts(self.vocabulary.printed, self.lexicon, self.habits))

    @cached_property
    def company(self) -> Company:
        """What the neighbours of a place say of it."""
        return Company(self.lexicon, self.habits, self.marks_apart, self.collocations)

    @cached_property
    def collocations(self) -> Collocations:
        """Which words of the language stand beside which."""
        return collocations(self.language.code)

    @cached_property
    def marks_apart(self) -> bool:
        """Whether ; : ! ? have a space before them in this copy, as the language or printer set."""
        if self.language.code in SPACED:
            return True
        values = self.vocabulary.values
        apart = sum(len(APART.findall(value)) for value in values if SPACED_MARK.search(value))
        return bool(apart) and apart * 4 > 3 * sum(len(CLOSE.findall(value)) for value in values)

    @cached_property
    def bracketed(self) -> bool:
        """Whether the text has square brackets of its own, for directions or what was added: damage
        hardly ever leaves as many that open as close, paragraph for paragraph."""
        values = [value for value in self.vocabulary.values if "[" in value or "]" in value]
        paired = sum(value.count("[") == value.count("]") for value in values)
        return paired > 1 and paired * 10 >= 9 * len(values)


Propose = Callable[[Sequence[Block], Evidence], Proposals]


def rule(name: str, propose: Propose, evidence: Evidence) -> Rule:
    """A rule for faults of the scan that looks at this evidence, whatever its own pass is given."""
    return Rule(name, lambda blocks, _: propose(blocks, evidence), Origin.SCAN)
