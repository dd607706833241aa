"""The tests' own generator of scanning damage: a sound text in, a damaged one and its record out.

The confusions of glyphs are not the stage's own: they are the ambiguities of Latin letters that the
authors of Tesseract published for its recogniser (tesseract-ocr/langdata, eng/eng.unicharambigs,
Apache License 2.0; facts, turned about: there "read, perhaps meant"). The other kinds are those of
issue 5: signs and digits inside words, joined, torn and doubled words, impossible punctuation.
"""

from __future__ import annotations

import random
import re
from typing import NamedTuple

READ_FOR = {
    "rn": "m", "m": "in", "d": "cl", "nn": "rm", "n": "ri", "h": "li", "u": "ii", "f": "t",
    "t": "f", "o": "a", "a": "o", "c": "e", "e": "c", "w": "vv", "in": "m", "cl": "d", "rm": "nn",
    "ri": "n",
}  # fmt: skip
KINDS = (
    ("glyph",) * 11 + ("sign",) * 2 + ("digit",) * 2 + ("torn",) * 2 + ("doubled",) + ("marks",) * 2
)
DIGITS = {"o": "0", "l": "1", "s": "5", "g": "9"}
WORD = re.compile(r"(?<![^\s“(])[a-zäöüß]{5,}(?=[,.;]? [a-zäöüß])")


class Damage(NamedTuple):
    """`wrong` stands in the paragraph (by number) where `right` was printed."""

    paragraph: int
    right: str
    wrong: str


def damage(paragraphs: list[str], seed: int) -> tuple[list[str], list[Damage]]:
    """Twenty places of the paragraphs damaged, each kind as often as KINDS has it."""
    dice = random.Random(seed)
    text, done = list(paragraphs), []
    places = [(n, m) for n, value in enumerate(paragraphs) for m in WORD.finditer(value)]
    dice.shuffle(places)
    taken: list[tuple[int, int]] = []
    for kind in KINDS:
        for number, found in places:
            near = any(n == number and abs(at - found.start()) < 80 for n, at in taken)
            made = None if near else _broken(kind, paragraphs[number], found, dice)
            if made and made.wrong not in " ".join(paragraphs):
                taken.append((number, found.start()))
                done.append((found.start(), made._replace(paragraph=number)))
                break
    for start, made in sorted(done, reverse=True):
        value = text[made.paragraph]
        text[made.paragraph] = value[:start] + made.wrong + value[start + len(made.right) :]
    return text, [made for _, made in done]


def _broken(kind: str, value: str, found: re.Match[str], dice: random.Random) -> Damage | None:
    word, after = found[0], value[found.end() : found.end() + 1]
    middle = dice.randrange(2, len(word) - 2)
    if kind == "glyph":
        options = [meant for meant in READ_FOR if meant in word]
        if not options:
            return None
        meant = dice.choice(options)
        return Damage(0, word, word.replace(meant, READ_FOR[meant], 1))
    if kind == "sign":
        return Damage(0, word, word[:middle] + "■" + word[middle + 1 :])
    if kind == "digit":
        at = next((n for n, letter in enumerate(word) if n and letter in DIGITS), None)
        return (
            None if at is None else Damage(0, word, word[:at] + DIGITS[word[at]] + word[at + 1 :])
        )
    if kind == "torn":
        whole = len(word) > 6
        return Damage(0, word, f"{word[:middle]} {word[middle:]}") if whole else None
    if kind == "doubled":
        return Damage(0, word, f"{word} {word}")
    return Damage(0, word + after, f"{word}{after};") if after == "," else None
