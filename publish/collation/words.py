"""A text as words to be compared: each with the marks that follow it, folded so that what only
the typesetter or the line decided is the same.

Folded are: line ends and spaces, hyphens within and at the end of a line, the forms of quotation
marks, dashes and points of ellipsis, ligatures and the long s, signs of italics. Letters, their
case, figures and all other punctuation count.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

HYPHENS = "-\N{SOFT HYPHEN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}¬"
WORD = re.compile(
    rf"[^\W_]+(?:(?:[.'’‘´`]|[{HYPHENS}](?:[^\S\n]*\n\s*)?)(?=[^\W_])[^\W_]+)*", re.UNICODE
)
QUOTES = re.compile("(?:''|``|,,|[\"'’‘´`“”„‚‛‟«»‹›])")
DASHES = re.compile(rf"(?:[—–―‒]|[{HYPHENS}]{{2,}}|(?<=\s)[{HYPHENS}](?=\s))+")
DOTS = re.compile(r"…|\.(?:\s*\.){2,}")
DIVIDED = re.compile(rf"(?<=\w)[{HYPHENS}][^\S\n]*\n\s*(?=[^\W\d_])")
UNHEARD = re.compile(rf"[{HYPHENS}\s_*=]+")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text. Word i is text[starts[i]:ends[i]], and the marks after it end, white
    space left off, at `stops[i]`. `cores` and `tails` are word and marks folded, `keys` the words
    in lower case, by which they are aligned. What stands before the first word is not compared."""

    text: str
    starts: list[int]
    ends: list[int]
    stops: list[int]
    cores: list[str]
    tails: list[str]
    keys: list[str]

    def __len__(self) -> int:
        return len(self.starts)

    def glued(self, at: int) -> bool:
        """Whether nothing but marks stands between word `at` and the one before it."""
        return 0 < at < len(self.starts) and not any(
            map(str.isspace, self.text[self.stops[at - 1] : self.starts[at]])
        )

    def slice(self, first: int, last: int, tail: bool = True) -> str:
        """Words first..last (excluded) as the text has them, single spaces between; with the marks
        that follow the last one or without."""
        if first >= last:
            return ""
        end = self.stops[last - 1] if tail else self.ends[last - 1]
        return " ".join(DIVIDED.sub("", self.text[self.starts[first] : end]).split())


def words_of(text: str) -> Words:
    """The words of a text in one pass."""
    found = list(WORD.finditer(text))
    starts = [match.start() for match in found]
    ends = [match.end() for match in found]
    following = [*starts[1:], len(text)]
    stops = [
        end + len(text[end:after].rstrip()) for end, after in zip(ends, following, strict=True)
    ]
    cores = [_word(match.group()) for match in found]
    tails = [_marks(text[end:after]) for end, after in zip(ends, following, strict=True)]
    return Words(text, starts, ends, stops, cores, tails, [core.casefold() for core in cores])


def folded(text: str) -> str:
    """A reading as it is compared: two that fold alike do not differ."""
    words = words_of(text)
    head = _marks(text[: words.starts[0]] if len(words) else text)
    return " ".join([head, *(f"{c}{t}" for c, t in zip(words.cores, words.tails, strict=True))])


def _word(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word
    plain = unicodedata.normalize("NFKC", word).replace("ſ", "s")
    return QUOTES.sub("'", UNHEARD.sub("", plain))


def _marks(marks: str) -> str:
    if marks == " ":
        return ""
    return UNHEARD.sub("", QUOTES.sub("'", DASHES.sub("—", DOTS.sub("…", marks))))
