"""House styles: the form of each mark, by name, as data.

A style is one file under house_styles/. Without a style the text keeps the marks and the levels
of its source; with one, the outer and inner quotation marks, the dash and the spaces are its own.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from publish.errors import EditionError

FOLDER = Path(__file__).parent / "house_styles"

# A language's own marks, for an edition that names no style but whose source has straight ones.
BY_LANGUAGE = {
    "fr": "french", "de": "german", "es": "spanish", "it": "italian", "pt": "portuguese",
    "pl": "polish", "nl": "dutch", "sv": "swedish", "ru": "russian",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """`outer` and `inner` are the opening and closing marks, with any space inside them.

    `primary` says which level the source's marks turn into: "double" or "single" makes that the
    outer one, "keep" leaves double marks outer and single ones inner. `dash` stands for a dash
    between words with its spaces ("" keeps the source's), `spaced` are the marks that take
    `before` before them. `bind` ties titles, initials and units with no-break spaces.
    """

    name: str = ""
    authority: str = ""
    outer: tuple[str, str] = ("“", "”")
    inner: tuple[str, str] = ("‘", "’")
    primary: str = "keep"
    dash: str = "—"
    ellipsis: str = "…"
    ranges: bool = True
    spaced: str = ""
    before: str = "\u202f"
    colon: str = ""
    bind: bool = True


def names() -> tuple[str, ...]:
    """The styles there are, in order of the alphabet."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def house_style(name: str, language: str = "en") -> HouseStyle:
    """The style of that name; for "" that of the source, in the language's own marks.

    Raises EditionError, with the names there are, for one that does not exist.
    """
    if name:
        return _read(name)
    own = BY_LANGUAGE.get(language)
    return _read(own) if own else HouseStyle()


@cache
def _read(name: str) -> HouseStyle:
    path = FOLDER / f"{name}.toml"
    if name not in names():
        raise EditionError(
            f"there is no house style “{name}”.", hint=f"There are {', '.join(names())}."
        )
    data = tomllib.loads(path.read_text("utf-8"))
    known = {field.name for field in fields(HouseStyle)}
    values = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in data.items()
        if key in known
    }
    return HouseStyle(**{**values, "name": name})
