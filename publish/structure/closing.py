"""The line a book closes with: THE END, FINIS, End of the First Volume. No heading, no sentence."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import accumulate

from publish.structure.families import plain
from publish.structure.layout import Unit

LONGEST = 6  # words of such a line
AFTER = 0.05  # of the text's words may follow it: notes, advertisements, a printer's name


def mark_closing(units: Sequence[Unit], endings: Collection[str], listed: Collection[str]) -> None:
    """Gives lines that say the end the kind "finis". `endings` are what they say, as `plain` gives
    it; one that ends with a space begins such a line and needs no place at the end.

    A title in the text's own table of contents, as `listed` has it, stays a heading.
    """
    if not endings:
        return
    begins = tuple(ending for ending in endings if ending.endswith(" "))
    counts = [len(unit.text.split()) for unit in units]
    so_far = list(accumulate(counts))
    for unit, count, words in zip(units, counts, so_far, strict=True):
        if unit.kind != "paragraph" or count > LONGEST or len(unit.lines) > 1:
            continue
        said = plain(unit.text)
        if said in listed or unit.text.strip().endswith((",", ";", ":", "!", "?")):
            continue
        last = so_far[-1] - words <= AFTER * so_far[-1]
        if (said in endings and last) or (
            begins and said.startswith(begins) and unit.text.isupper()
        ):
            unit.kind = "finis"
