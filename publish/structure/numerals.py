"""Numbers as headings print them: IV, 4, Four, the Fourth."""

from __future__ import annotations

import re

ROMAN = re.compile(r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})", re.I)
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def roman(text: str) -> int | None:
    """The value of a roman numeral up to 399; None if the text is none."""
    if not ROMAN.fullmatch(text):
        return None
    digits = [VALUES[letter] for letter in text.lower()]
    return sum(
        -value if value < after else value
        for value, after in zip(digits, [*digits[1:], 0], strict=True)
    )


def number(text: str, words: dict[str, int]) -> int | None:
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
