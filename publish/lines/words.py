"""Words with the places where a line may divide them: by the patterns of their language, after a
dash, after the hyphen of a compound."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from publish.lines.faces import Look, width
from publish.lines.total_fit import COMPOUND, DASH, HYPHEN, TIED

HYPHEN_GLYPH: Final = "\N{HYPHEN}"
TIE: Final = "\N{NO-BREAK SPACE}"
TIED_WORDS: Final = re.compile(r"(?<=[\w.])\N{NO-BREAK SPACE}(?=\w)")  # not before a mark
LETTERS: Final = re.compile(r"[^\W\d_]+")
AFTER_DASH: Final = re.compile(r"(?<=[—–])(?=[“‘«(„]?\w)|(?<=[^\W\d_]{2}-)(?=[^\W\d_]{2})")
SHORTEST_DIVIDED: Final = 6  # letters
MOST_KEPT: Final = 100_000  # words of one look and language
LEFT, RIGHT = 2, 3  # letters that stay before and after a division


class UnknownWidth(Exception):
    """Something stands in the text whose width is not known."""


# A word's width, and the breaks within it: (end, start of the rest, kind, offset).
Broken = tuple[float, tuple[tuple[float, float, int, int], ...]]


class Words(dict[str, Broken]):
    """The words of one look and language, measured when they are first asked for."""

    def __init__(self, look: Look, language: str) -> None:
        super().__init__()
        self.look, self.language = look, language

    def __missing__(self, word: str) -> Broken:
        if len(self) >= MOST_KEPT:
            self.clear()
        found = self[word] = broken_word(word, self.look, self.language)
        return found


@lru_cache(maxsize=64)
def words_of(look: Look, language: str) -> Words:
    """The words measured so far in a look and a language."""
    return Words(look, language)


def broken_word(word: str, look: Look, language: str) -> Broken:
    """The width of a word, and the breaks within it: (end, start of the rest, kind, offset)."""
    full = width(word, look)
    if full is None:
        raise UnknownWidth
    places = [
        (found.end(), COMPOUND if word[found.end() - 1] == "-" else DASH)
        for found in AFTER_DASH.finditer(word)
    ]
    places += [(found.start(), TIED) for found in TIED_WORDS.finditer(word)]
    for letters in LETTERS.finditer(word):
        places += [
            (letters.start() + offset, HYPHEN) for offset in divisions(letters.group(), language)
        ]
    inner = []
    for offset, kind in sorted(places):
        before = width(word[:offset] + (HYPHEN_GLYPH if kind == HYPHEN else ""), look)
        after = width(word[offset + (kind == TIED) :], look)
        if before is None or after is None:
            raise UnknownWidth
        inner.append((before, full - after, kind, offset))
    return full, tuple(inner)


@lru_cache(maxsize=100_000)
def divisions(letters: str, language: str) -> tuple[int, ...]:
    """Where a word of letters may be divided; capitals alone and short words are left whole."""
    patterns = _patterns(language)
    if patterns is None or len(letters) < SHORTEST_DIVIDED or letters.isupper():
        return ()
    return tuple(
        int(at) for at in patterns.positions(letters) if LEFT <= at <= len(letters) - RIGHT
    )


@lru_cache(maxsize=16)
def _patterns(language: str) -> Any:
    import pyphen

    known = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=known, left=LEFT, right=RIGHT) if known else None
