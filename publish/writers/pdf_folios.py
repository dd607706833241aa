"""The numbers of pages: roman in the front matter, arabic from 1 where the text opens."""

from __future__ import annotations


def roman(number: int) -> str:
    """A number in lower-case roman numerals."""
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = "m cm d cd c xc l xl x ix v iv i".split()
    figures = ""
    for value, sign in zip(values, signs, strict=True):
        count, number = divmod(number, value)
        figures += sign * count
    return figures
