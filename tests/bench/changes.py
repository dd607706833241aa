"""How often a misreading that was mended without asking was one, on any folder of scans with
transcriptions.

    python tests/bench/changes.py FOLDER [--show]

FOLDER holds NAME.raw.txt (the scan, printed lines kept) and NAME.gold.txt (what was printed). Every
raw text goes through the stages, its furniture kept. Each change by a rule for misreadings is then
made alone, in the scan's own words: it is right if the words about it are nearer to the
transcription than before, wrong if they are farther from it. What stands beside it, damaged or not,
is the same both times, so it does not count. Typographic marks and words divided at line ends are
folded.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from queries import FOLD
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from publish.commands.quick import quick_edition
from publish.document import Document
from publish.ledger import Change, Status
from publish.pipeline import prepare
from publish.places import source_ranges

ABOUT = 60  # characters on each side of a change
RULES = "scannos."


class Verdict(NamedTuple):
    """`nearer` is positive where the change brought the words nearer to the transcription."""

    change: Change
    nearer: int


def folded(text: str) -> str:
    """The text with its marks folded, its divided words whole and single spaces."""
    text = re.sub(r"(\w)-[ \t]*\n\s*(\w)", r"\1\2", text.translate(FOLD))
    return " ".join(re.sub(r"\s*-+\s*", "-", text).split())


def verdicts(raw: str, gold: str, document: Document) -> Iterator[Verdict]:
    """What each change by a rule for misreadings did to `raw`, by the record of `document`."""
    changes = [
        change
        for change in document.ledger
        if change.rule.startswith(RULES) and change.status is not Status.QUERIED
    ]
    printed = folded(gold)
    for change, (start, end) in source_ranges(document, changes).items():
        before, after = raw[max(start - ABOUT, 0) : start], raw[end : end + ABOUT]
        was = folded(before + raw[start:end] + after)
        # A change of spaces alone has the range between its neighbours.
        now = folded(before + (change.after if change.after.strip() or start < end else "") + after)
        place = fuzz.partial_ratio_alignment(was, printed)
        if place is None or was == now:
            continue
        meant = printed[place.dest_start : place.dest_end]
        nearer = Levenshtein.distance(was, meant) - Levenshtein.distance(now, meant)
        yield Verdict(change, nearer)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the changes made without asking.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="the changes that were not right")
    asked = parser.parse_args()
    right: Counter[str] = Counter()
    made: Counter[str] = Counter()
    for path in sorted(asked.folder.glob("*.raw.txt")):
        edition = replace(quick_edition(path.read_bytes(), path.name), keep_furniture=True)
        gold = path.with_name(path.name.replace(".raw.", ".gold.")).read_text("utf-8")
        document = prepare(edition)
        for change, nearer in verdicts(document.source.text, gold, document):
            made[change.rule] += 1
            right[change.rule] += nearer > 0
            if asked.show and nearer <= 0:
                what = f"{change.before!r} → {change.after!r}"
                print(f"  {path.name}:{change.line} {change.rule} {what}")
    for rule in sorted(made):
        print(f"{rule:24}{right[rule]:6} of {made[rule]:6}")
    total = sum(made.values())
    print(f"right {sum(right.values()) / max(total, 1):.4f} ({sum(right.values())} of {total})")


if __name__ == "__main__":
    main()
