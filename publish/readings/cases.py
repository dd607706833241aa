"""Capitals: a reading takes that of the word it stands for, or that of a sentence's beginning."""

from __future__ import annotations

import re
from collections.abc import Collection

BEGINS = re.compile(
    r"(?:^|[.!?…][\"'”’)\]]*\s+|(?<!\w )[\"“‘(\[«„]|(?<!\w)(?<!\w )')[\"“‘'(\[«„]*$"
)
STOPPED = re.compile(r"(\w+)\.\s+$")
NEAR = 40  # characters before a word that tell whether a sentence begins with it


def begins_sentence(value: str, start: int, titles: Collection[str] = ()) -> bool:
    """Whether a sentence begins at `start`: at the head of the text, behind a stop or an opening
    mark that no word runs into. The stop of an initial or of one of the `titles` ends none."""
    before = value[max(start - NEAR, 0) : start]
    if not BEGINS.search(before) or (start > NEAR and not before.strip()):
        return False
    stopped = STOPPED.search(before)
    return not (stopped and (len(stopped[1]) == 1 or stopped[1] in titles))


def cased(value: str, start: int, word: str, reading: str, titles: Collection[str] = ()) -> str:
    """The lower-case `reading` for `word`, which stands at `start`.

    A capital stays one. Where the first letter is what was misread, its case is not known from it:
    a sentence then begins with a capital, for an l is oftener an I than an i (lt was late).
    """
    misread = word[:1].lower() != reading[:1].lower()
    if word[:1].isupper() or (misread and begins_sentence(value, start, titles)):
        return reading[:1].upper() + reading[1:]
    return reading
