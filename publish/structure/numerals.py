"""Numbers as headings print them (IV, 4, the Fourth), and as scanners read them: Hl, Il, VU."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product

ROMAN = re.compile(r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})", re.I)
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

# What a glyph may be of a roman numeral's strokes, where a scanner took them for something else.
STROKES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys("Iil1|!jJrftT", ("I",)),
    **dict.fromkeys("HhnNuU", ("II",)),
    **dict.fromkeys("mM", ("III",)),
    **dict.fromkeys("VvYy¥", ("V",)),
    **dict.fromkeys("XxKk", ("X",)),
    **dict.fromkeys("Ww", ("VI", "IV")),
    "L": ("I", "L"),
    "E": ("I", "II"),
    **dict.fromkeys("CcG", ("C",)),
}
LOOSE = frozenset("Iil1|!VvXxLTHUJjY¥nutrfNmMKWCcGhE")
# Everyday words of those letters, which a line may hold; Ill, Hl and Vill are more often numerals.
WORDS = frozenset(
    "it lit ill till tilt cit THE HE ME WE HER HIM HIS MY IN IF MEN TIE LIE TELL HILL MILL WELL "
    "WILL FULL NUN LINE MINE NINE TENT VINE TIME LIFE HELL THEN MR MRS Hill Mill Will Well Tell "
    "Till Full Time Life Mine Nine The He Me We Her Him It In If Men Then Mr Mrs".split()
)
LONGEST = 7  # characters of a numeral read wrongly
# What a reading costs that is not what the glyphs say at first sight: strokes that ran together or
# were lost are commoner than strokes too many.
BROKEN, LOST_ONE, LOST_TWO, ADDED = 0.3, 0.9, 1.5, 1.3


def roman(text: str) -> int | None:
    """The value of a roman numeral up to 399; None if the text is none."""
    if not ROMAN.fullmatch(text):
        return None
    digits = [VALUES[letter] for letter in text.lower()]
    return sum(
        -value if value < after else value
        for value, after in zip(digits, [*digits[1:], 0], strict=True)
    )


def number(text: str, words: Mapping[str, int]) -> int | None:
    """The value of a number in digits, roman numerals or words of the language."""
    text = text.strip(" .:)]([-—–").lower()
    if text.isdecimal() and len(text) < 4:
        return int(text)
    value = roman(text)
    if value is not None:
        return value
    if text.startswith("the "):
        text = text[4:]
    return words.get(text)


def bare_numeral(text: str) -> str:
    """A line without the signs and specks around its one word; empty if it has more words."""
    bare = text.strip(" \t.,:;—–-_*'\"“”‘’`´[](){}°~^=")
    return bare if len(bare) <= LONGEST and " " not in bare else ""


def readings(token: str, named: bool = False) -> dict[int, float]:
    """The values that a numeral read by a scanner may have, each with what speaks against it.

    Empty where the glyphs are no strokes of a numeral, or make an everyday word and are not
    `named`, that is, do not follow a division's word (ACT It).
    """
    if token.isdecimal() and set(token) != {"1"}:
        return {int(token): 0.0} if len(token) < 4 else {}
    if not token or len(token) > LONGEST or not LOOSE.issuperset(token):
        return {}
    if not named and token in WORDS:
        return {}
    if token.islower() and not set(token) <= set("ilvxcjt1"):
        return {}
    clean = roman(token) if token.isupper() else None
    if not clean and not set(token) & set("IVXLilv1|HTUJ¥"):
        return {}
    found: dict[int, float] = {}
    shapes = {re.sub(r"V{2,}", "V", "".join(p)) for p in product(*(STROKES[c] for c in token))}
    for shape in sorted(shapes):
        value = roman(shape)
        if value and shape.count("I") <= 4:
            found[value] = BROKEN
    if clean:
        found[clean] = 0.0
    for value, cost in sorted(found.items(), key=lambda pair: pair[1]):
        for other, more in ((value + 1, LOST_ONE), (value + 2, LOST_TWO), (value - 1, ADDED)):
            if other > 0 and found.get(other, 9.0) > cost + more:
                found[other] = cost + more
    return found


def to_roman(value: int) -> str:
    """A value from 1 to 399 in roman numerals."""
    out = ""
    for step, letters in (
        (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
        (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        out += letters * (value // step)
        value %= step
    return out
