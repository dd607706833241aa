"""Numbers with their nouns, as all commands tell them."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 page", "2 pages". `many` is for a noun that takes no s."""
    return f"{number} {one if number == 1 else many or one + 's'}"
