"""What was done to a text, counted from its record: the numbers in a Note on the Text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from publish.errors import EditionError
from publish.ledger import Change, Origin, Status

PLACEHOLDER = re.compile(r"\{([a-z]+)\}")
DASHES = frozenset("—–―")


def tally(ledger: Iterable[Change]) -> dict[str, int]:
    """How often each thing was done.

    silent      readings damaged in the copy and restored without a word in the book
    emended     corrections that the book lists
    retained    readings doubted and kept
    queried     readings that wait for the editor
    hyphens     line-end hyphens removed
    dashes      dashes set or closed up
    quotes      quotation marks and apostrophes curled
    removed     running heads, folios and other matter of the page that was left out
    """
    counts = dict.fromkeys(
        ("silent", "emended", "retained", "queried", "hyphens", "dashes", "quotes", "removed"), 0
    )
    for change in ledger:
        for name in _names(change):
            counts[name] += 1
    return counts


def _names(change: Change) -> Iterable[str]:
    if change.status is Status.QUERIED or change.status is Status.RETAINED:
        yield change.status.value
        return
    if change.status is Status.EMENDED:
        yield "emended"
    elif change.origin is Origin.SCAN:
        yield "silent"
    before, after = change.before, change.after
    if change.rule.startswith("dehyphenate") and before.count("-") > after.count("-"):
        yield "hyphens"
    elif change.rule.startswith("furniture") and before and not after:
        yield "removed"
    elif change.origin is Origin.STYLE:
        if DASHES & set(after) or DASHES & set(before):
            yield "dashes"
        elif set("'\"`") & set(before) and set("“”‘’«»„‚") & set(after):
            yield "quotes"


def filled(text: str, counts: Mapping[str, int], file: str = "note-on-the-text.md") -> str:
    """The text with each {name} replaced by its count; EditionError for a name there is not."""

    def number(match: re.Match[str]) -> str:
        if match[1] not in counts:
            raise EditionError(
                f"there is no count {match[0]}.",
                file=file,
                line=text.count("\n", 0, match.start()) + 1,
                hint=f"The counts are {', '.join(f'{{{name}}}' for name in counts)}.",
            )
        return str(counts[match[1]])

    return PLACEHOLDER.sub(number, text)
