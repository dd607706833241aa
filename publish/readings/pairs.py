"""How often two words stand side by side in a language.

For English, symspellpy's list (MIT licence): the 242,342 commonest pairs of Google's n-grams whose
words stand in a dictionary. Its file is read without importing symspellpy. Other languages have no
such list yet, and then nothing is weighed by it.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Set
from functools import cache
from math import log10
from pathlib import Path

LISTS = {"en": ("symspellpy", "frequency_bigramdictionary_en_243_342.txt")}
RUNNING = 2.5e13  # pairs that were counted: "of the" is 177e9 of them, and 0.7 per cent of prose
LEAST = log10(6.4e6 / RUNNING) + 9  # the Zipf value of the rarest pair that is listed
UNLISTED = 0.3  # powers of ten below the rarest at which an unlisted pair is set at most
APART = 0.3  # how much rarer than by chance two words are that no list has together

WordPairs = Mapping[str, float]


def pair_list(code: str) -> Path | None:
    """The file of a language's word pairs, None where there is none."""
    package, name = LISTS.get(code, ("", ""))
    spec = importlib.util.find_spec(package) if package else None
    if spec is None or not spec.origin:
        return None
    path = Path(spec.origin).parent / name
    return path if path.is_file() else None


@cache
def _lines(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text("utf-8-sig").splitlines())


def word_pairs(code: str, words: Set[str]) -> WordPairs:
    """“left right” → the Zipf value of the pair, for the listed pairs of these words alone.

    Empty where the language has no list.
    """
    path = pair_list(code)
    if path is None or not words:
        return {}
    found = {}
    for line in _lines(path):
        left, right, count = line.split(" ")
        if left in words and right in words:
            found[f"{left} {right}"] = log10(int(count) / RUNNING) + 9
    return found
