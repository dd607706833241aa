"""The pronoun I, which scanners read as a rule, a bracket or a figure, or glue to its verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.document import Block
from publish.ledger import Confidence, Edit, Proposals
from publish.readings.evidence import Evidence

ALONE = re.compile(
    r"(?:(?<=[\w,;:.!?\"”’—–] )|(?<=[\"“‘(—–])|(?<=^))([|\]\[1l])(?= ([a-z]+))", re.M
)
SIGN = re.compile(r"[|\]\[1l](?<![^\W_]l) [a-z]")  # cheap, and true wherever ALONE is
GLUED = re.compile(r"(?<![\w'’])I([a-z]{2,})(?![\w'’])")
BEFORE = re.compile(r"[^\W\d_]+(?= $)")
LONGEST = 24  # letters of the word before, and its space
SLIGHT = "1l["  # signs that a text may have for itself


def pronouns(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """Proposals for | had, ] am, Iwas: certain before the words that follow the pronoun most."""
    verbs = frozenset(evidence.language.subject("scannos").get("after_i", ()))
    if not verbs:
        return
    glued = [
        word
        for word in evidence.vocabulary.printed
        if word[0] == "I" and word[1:] in verbs and evidence.lexicon.listed(word.lower()) < 3.3
    ]
    gluing = frozenset(evidence.vocabulary.to_search(blocks, glued))
    for index, block in enumerate(blocks):
        value = block.text.value
        if block.kind in ("table", "break", "heading"):
            continue
        for found in ALONE.finditer(value) if SIGN.search(value) else ():
            verb = found[2]
            if verb not in verbs and (found[1] in SLIGHT or not verb.endswith("ed")):
                continue
            sure = evidence.company.good(value, *found.span(1), "I") and value.count("|") < 40
            sure = sure and not (found[1] in SLIGHT and _number(value, found.start(1), evidence))
            how = Confidence.CERTAIN if sure else Confidence.LIKELY
            yield index, Edit(*found.span(1), "I", "the pronoun, before its verb", how, ("I",))
        for found in GLUED.finditer(value) if index in gluing else ():
            if found[1] in verbs and evidence.lexicon.listed(found[0].lower()) < 3.3:
                new = f"I {found[1]}"
                sure = evidence.company.good(value, *found.span(), new)
                how = Confidence.CERTAIN if sure else Confidence.LIKELY
                yield index, Edit(*found.span(), new, "the pronoun glued to its verb", how, (new,))


def _number(value: str, start: int, evidence: Evidence) -> bool:
    """Whether a word stands before the sign, and the pronoun is not known to follow that word:
    "sense 1 may", "we 1 believe"."""
    before = BEFORE.search(value, max(start - LONGEST, 0), start)
    return before is not None and not evidence.collocations.attested(before[0].lower(), "i")
