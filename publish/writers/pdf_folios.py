"""The folios of laid-out pages: roman for the front matter, arabic from 1 where the text opens."""

from __future__ import annotations

from typing import Any


def folios(pages: Any) -> list[str]:
    """The folio of each of WeasyPrint's pages, whether it is printed there or not."""
    opened = next(
        (at for at, page in enumerate(pages) if page._page_box.page_type.name == "opening"),
        len(pages),
    )
    return [str(at - opened + 1) if at >= opened else roman(at + 1) for at in range(len(pages))]


def roman(number: int) -> str:
    """A number in lower-case roman numerals."""
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = "m cm d cd c xc l xl x ix v iv i".split()
    figures = ""
    for value, sign in zip(values, signs, strict=True):
        count, number = divmod(number, value)
        figures += sign * count
    return figures
