"""What a scanner may have read: a word in, the words it may have been out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from publish.language import FOLDER


class Confusion(NamedTuple):
    read: str
    meant: str
    strong: bool


@cache
def confusions() -> tuple[Confusion, ...]:
    """The glyphs that scanners take for one another in Latin script."""
    table = tomllib.loads((FOLDER / "latin" / "confusions.toml").read_text("utf-8"))
    return tuple(
        Confusion(pair["read"], pair["meant"], pair["class"] == "strong") for pair in table["pairs"]
    )


class Candidate(NamedTuple):
    word: str
    confusion: Confusion
    times: int


LONGEST = 40  # letters; what is longer is no word, and each letter costs a look at all of it


def candidates(word: str) -> Iterator[Candidate]:
    """Each word that one confusion makes of `word`, at one place or at every place it can."""
    if len(word) > LONGEST:
        return
    for confusion in confusions():
        at = word.find(confusion.read)
        if at < 0:
            continue
        times = word.count(confusion.read)
        if times > 1:
            yield Candidate(word.replace(confusion.read, confusion.meant), confusion, times)
        while at >= 0:
            end = at + len(confusion.read)
            yield Candidate(word[:at] + confusion.meant + word[end:], confusion, 1)
            at = word.find(confusion.read, at + 1)
