"""Words with the places where a line may divide them: by the patterns of their language, after a
dash, after the hyphen of a compound."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final
from unicodedata import combining

from publish.lines.faces import Look, width
from publish.lines.total_fit import COMPOUND, DASH, HYPHEN, TIED

HYPHEN_GLYPH: Final = "\N{HYPHEN}"
TIE: Final = "\N{NO-BREAK SPACE}"
TIED_WORDS: Final = re.compile(r"(?<=[\w.])\N{NO-BREAK SPACE}(?=\w)")  # not before a mark
LETTERS: Final = re.compile(r"[^\W\d_]+")
AFTER_DASH: Final = re.compile(r"(?<=[—–])(?=[“‘«(„]?\w)|(?<=[^\W\d_]{2}-)(?=[^\W\d_]{2})")
SHORTEST_DIVIDED: Final = 6  # letters
LONGEST: Final = 100  # characters: more are no word, whatever stands in them
CRUDE: Final = 20  # characters after which such a string may be broken where no other place is
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
    if len(word) > LONGEST:
        return _broken_string(word, look)
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


def _broken_string(string: str, look: Look) -> Broken:
    """What `broken_word` gives, for what is too long for a word: pieces are measured each alone,
    since to measure all before and behind each break takes time by the square of its length."""
    places = [(found.end(), DASH) for found in AFTER_DASH.finditer(string)]
    places += [(found.start(), TIED) for found in TIED_WORDS.finditer(string)]
    inner, at, last = [], 0.0, 0
    for offset, kind in [*sorted(places), (len(string), DASH)]:
        while offset - last > 2 * CRUDE:
            cut = last + CRUDE
            while cut < offset and combining(string[cut]):
                cut += 1
            at += _known(width(string[last:cut], look))
            inner.append((at, at, DASH, cut))
            last = cut
        end = at + _known(width(string[last:offset], look))
        at = end + (_known(width(TIE, look)) if kind == TIED else 0.0)
        inner.append((end, at, kind, offset))
        last = offset + (kind == TIED)
    return at, tuple(inner[:-1])


def _known(measured: float | None) -> float:
    if measured is None:
        raise UnknownWidth
    return measured


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
