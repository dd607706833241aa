"""How good the queries are, on any folder of scans with transcriptions.

    python tests/bench/queries.py FOLDER [--show N] [--rules]

FOLDER holds NAME.raw.txt (the scan, printed lines kept) and NAME.gold.txt (what was printed). Every
raw text goes through the stages, its furniture kept. Two figures are printed, over all texts:

  found   of the printed words that the scan has wrong, with letters, and that were not mended, the
          share whose place in the scan a query touches
  real    of the queries, the share that touches such a place or words that were never printed; a
          query of more than three words touches none

Words are aligned by Levenshtein's distance; typographic marks and words divided at line ends are
folded on both sides, so that only readings count.
"""

from __future__ import annotations

import argparse
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from publish.commands.quick import quick_edition
from publish.document import Document
from publish.ledger import Change, Status
from publish.pipeline import prepare
from publish.writers.text import reading_text

TOKEN = re.compile(r"\S+?(?<=\w)[-¬\u00ad—–][ \t]*\n\s*(?=\w)\S+|\S+")
FOLD = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "…": "...",
        "\u00a0": " ", "\u202f": " ", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "¬": "-", "\u00ad": "",
    }
)  # fmt: skip
LONGEST = 3  # words of a query that still points at one


class Token(NamedTuple):
    start: int
    end: int
    word: str


def tokens(text: str) -> list[Token]:
    """The words of a text with their places; a word that a line end divides is one."""
    return [
        Token(
            *found.span(),
            re.sub(r"[-\s]", "", found[0].translate(FOLD))
            if any(map(str.isalnum, found[0]))
            else found[0],
        )
        for found in TOKEN.finditer(text)
    ]


class Counts(NamedTuple):
    wrong: int
    found: int
    queries: int
    real: int
    by_rule: Counter[tuple[str, bool]]
    missed: tuple[str, ...]


def measure(raw: str, gold: str, document: Document) -> Counts:
    """The counts of one text; `document` is what the stages made of `raw`."""
    ours, theirs = tokens(raw), [token.word for token in tokens(gold)]
    mended = _apart(theirs, [token.word for token in tokens(reading_text(document.blocks))])
    lacking = {at for golds, _ in mended for at in golds}
    groups = [
        (lacking.intersection(golds) if golds else frozenset((-1,)), raws)
        for golds, raws in _apart(theirs, [token.word for token in ours])
    ]
    groups = [(golds, raws) for golds, raws in groups if golds]
    lettered = [any(any(map(str.isalpha, ours[at].word)) for at in raws) for _, raws in groups]
    group_of = {at: number for number, (_, raws) in enumerate(groups) for at in raws}
    starts = [token.start for token in ours]
    touched: set[int] = set()
    by_rule: Counter[tuple[str, bool]] = Counter()
    queries = real = 0
    for change, (start, end) in _places(document, raw):
        span = range(max(bisect_right(starts, start) - 1, 0), bisect_left(starts, end))
        hits = {group_of[at] for at in span if at in group_of} if len(span) <= LONGEST else set()
        touched |= hits
        queries, real = queries + 1, real + bool(hits)
        by_rule[change.rule, bool(hits)] += 1
    sizes = [len(golds) if -1 not in golds else 0 for golds, _ in groups]
    wrong = [number for number, has in enumerate(lettered) if has and sizes[number]]
    missed = tuple(
        " ".join(ours[at].word for at in groups[number][1])
        for number in wrong
        if number not in touched
    )
    return Counts(
        sum(sizes[number] for number in wrong),
        sum(sizes[number] for number in wrong if number in touched),
        queries,
        real,
        by_rule,
        missed,
    )


def _apart(gold: Sequence[str], other: Sequence[str]) -> list[tuple[range, range]]:
    """The runs of words in which the two texts differ: words of the gold, words of the other."""
    runs: list[tuple[range, range]] = []
    for op in Levenshtein.opcodes(gold, other):
        if op.tag == "equal":
            continue
        golds, others = range(op.src_start, op.src_end), range(op.dest_start, op.dest_end)
        if runs and runs[-1][0].stop == golds.start and runs[-1][1].stop == others.start:
            golds = range(runs[-1][0].start, golds.stop)
            others = range(runs[-1][1].start, others.stop)
            runs.pop()
        runs.append((golds, others))
    return runs


def _places(document: Document, raw: str) -> Iterator[tuple[Change, tuple[int, int]]]:
    """Each query and the characters of the raw text that it is about."""
    source, taken = document.source, {}
    for change in document.ledger:
        if change.status is not Status.QUERIED:
            continue
        begin = source.line_starts[change.line - 1]
        key = (change.line, change.before)
        pattern = r"\s*".join(map(re.escape, "".join(change.before.split())))
        text = source.text.translate(FOLD) if not change.before.isascii() else source.text
        found = re.compile(pattern).search(text, taken.get(key, begin))
        if found is None or found.start() > begin + 400:
            line = source.line(change.line)
            yield change, (begin, begin + len(line))
            continue
        taken[key] = found.end()
        yield change, found.span()


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the queries on scans with gold.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=0, help="wrong words no query touches")
    parser.add_argument("--rules", action="store_true", help="real and false queries by rule")
    asked = parser.parse_args()
    total = Counts(0, 0, 0, 0, Counter(), ())
    for path in sorted(asked.folder.glob("*.raw.txt")):
        data = path.read_bytes()
        edition = replace(quick_edition(data, path.name), keep_furniture=True)
        gold = path.with_name(path.name.replace(".raw.", ".gold.")).read_text("utf-8")
        document = prepare(edition)
        counts = measure(document.source.text, gold, document)
        total = Counts(*(a + b for a, b in zip(total, counts, strict=True)))
    print(f"found {total.found / max(total.wrong, 1):.3f} ({total.found} of {total.wrong})")
    print(f"real  {total.real / max(total.queries, 1):.3f} ({total.real} of {total.queries})")
    if asked.rules:
        for rule in sorted({rule for rule, _ in total.by_rule}):
            print(f"  {rule:24}{total.by_rule[rule, True]:6}{total.by_rule[rule, False]:6}")
    for word in total.missed[:: max(len(total.missed) // asked.show, 1)] if asked.show else ():
        print("  ", word)


if __name__ == "__main__":
    main()
