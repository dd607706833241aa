"""Specks of a scan that read as single marks: before or after a common word, amid a sentence.

One alone may be a lost quotation mark's partner or a slip of the author, and is queried. Where a
text has several that nothing explains, the scan is known to be specked, and they are brushed off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from publish.ledger import Confidence, Edit
from publish.stages.typography.elisions import Elisions

SEVERAL = 3
_COMMON = 5.0  # Zipf frequency
_WHOLE = 3.8  # so frequent a word may have lost letters here ('is for his), and the mark stays
_LEADING = re.compile(r"(?<=[a-z] )['’]([a-z]{2,})(?= [a-z])")  # ‘ opens, and is no speck
_TRAILING = re.compile(r"(?<![\w'’-])([a-z]{2,})['’](?= [a-z])")
_FREE_CLOSE = re.compile(r"[^\s]['’](?!\w)")
_FREE_OPEN = re.compile(r"(?<!\w)['’‘](?=\w)")
_WHY = "a speck of the scan: no word is shortened here, and nothing is quoted"


def specks(texts: Sequence[str], elisions: Elisions) -> Iterator[tuple[int, Edit]]:
    """The edits, each with the index of its text, that take specks away or query them.

    None in a text that speaks in dialect, where any word may be shortened.
    """
    if not elisions.words or elisions.dialect >= 0.5:
        return
    found = [
        (index, start)
        for index, text in enumerate(texts)
        if "'" in text or "’" in text or "‘" in text
        for start in sorted({*_leading(text, elisions), *_trailing(text, elisions)})
    ]
    sure = Confidence.CERTAIN if len(found) >= SEVERAL else Confidence.LIKELY
    for index, start in found:
        old = texts[index][start]
        candidates = () if sure is Confidence.CERTAIN else ("", old)
        yield index, Edit(start, start + 1, "", _WHY, sure, candidates)


def _leading(text: str, elisions: Elisions) -> Iterator[int]:
    for match in _LEADING.finditer(text):
        word = match[1]
        if elisions.words.get(word, 0.0) < _COMMON or elisions.weight(word) >= 0:
            continue
        whole = max((elisions.words.get(h + word, 0.0) for h in elisions.restored), default=0.0)
        if whole < _WHOLE and not _FREE_CLOSE.search(text, match.end()):
            yield match.start()


def _trailing(text: str, elisions: Elisions) -> Iterator[int]:
    for match in _TRAILING.finditer(text):
        word = match[1]
        if word[-1] in "sxz" or elisions.words.get(word, 0.0) < _COMMON:
            continue
        whole = max((elisions.words.get(word + t, 0.0) for t in elisions.finals), default=0.0)
        if (
            whole < _WHOLE
            and elisions.shortened(word) < 0.3
            and not _FREE_OPEN.search(text, 0, match.end())
        ):
            yield match.end() - 1
