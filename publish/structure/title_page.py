"""The title page that a typed text begins with: its title, “by”, its author.

What it says is metadata, and the book has a title page of its own; so its lines leave the text,
and stay in the record.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

FIRST = 14  # lines at the head of a text that a title page may take
LONGEST = 90  # characters of one of its lines
BY = re.compile(
    r"^_?(?:written )?(?:by|von|par|por|di|door|av|af|przez)(?:[\s:]+(?P<name>\S.*?))?_?[.,:]?$",
    re.I,
)
NAME = re.compile(r"^(?:(?:Mr|Mrs|Miss|Dr|Sir|Lady|Lord|Rev)\.? )?(?:[^\W\d_][\w'’.-]* ?){1,5}$")
YEAR = re.compile(r"^\(?(?:1[4-9]|20)\d\d\)?[.,]?$")
DATED = re.compile(r"[\s,]*\((?:1[4-9]|20)\d\d\)$")


class TitlePage(NamedTuple):
    """The `title` and `author` as printed, and how many `lines` they and a year take."""

    title: str
    author: str
    lines: int


def title_page(lines: Sequence[tuple[str, int]]) -> TitlePage | None:
    """The title page that `lines` (text, blank lines before it) begin with; None without one.

    It is a title of one to four lines, a line with “by” and a name, set off from each other or
    from what follows, before anything that could be prose.
    """
    head = [(text.strip(), gap) for text, gap in lines[:FIRST]]
    for at, (text, _) in enumerate(head):
        if not text or len(text) > LONGEST:
            return None
        found = BY.match(text)
        if found is None:
            continue
        name, end = found["name"] or "", at + 1
        if not name and end < len(head):
            name, end = head[end][0], end + 1
        name = DATED.sub("", name).strip(" _,.:") if len(name) < LONGEST else ""
        if not 1 <= at <= 4 or not NAME.match(name) or not _capital(name):
            return None
        if end < len(head) and YEAR.match(head[end][0]):
            end += 1
        if end < len(lines) and not lines[end][1]:
            return None  # runs on into what follows
        title = " ".join(text for text, _ in head[:at] if not YEAR.match(text))
        return TitlePage(title.strip(" _,:"), name, end) if _titled(title) else None
    return None


def known_title_page(
    lines: Sequence[tuple[str, int]], title: str, authors: Sequence[str]
) -> TitlePage | None:
    """The title page without “by” that `lines` begin with, of a book whose `title` and `authors`
    are known: the title on one to four lines, on the next an author, of whose names some may be
    left out but never the last, then perhaps a year; None without one."""
    head = [(text.strip(), gap) for text, gap in lines[:FIRST]]
    known = {_words(title), _words(re.split(r"[:;]| [—–] ", title)[0])} - {()}
    for at in range(1, min(5, len(head))):
        name = _words(head[at][0])
        if _words(" ".join(text for text, _ in head[:at])) not in known or not name:
            continue
        if not any(name[-1:] == (own := _words(a))[-1:] and {*name} <= {*own} for a in authors):
            continue
        end = at + 1
        if end < len(head) and YEAR.match(head[end][0]):
            end += 1
        if end == len(lines) or lines[end][1]:
            return TitlePage(" ".join(text for text, _ in head[:at]), head[at][0], end)
    return None


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", text.casefold()))


def _capital(name: str) -> bool:
    """Whether the words of a name begin with capitals, but for such as de and von."""
    words = name.split()
    return all(w[0].isupper() or len(w) < 4 for w in words) and words[-1][0].isupper()


def _titled(title: str) -> bool:
    letters = [c for c in title if c.isalpha()]
    return bool(letters) and title.lstrip("_\"“'‘«")[0].isupper() and len(title) <= 200


def shown(text: str) -> str:
    """A title or name printed in capitals as metadata has it: PRIDE AND PREJUDICE in title case."""
    if not text.isupper():
        return text
    small = frozenset("a an and as at by de for from in of on or the to with".split())
    words = text.lower().split()
    return " ".join(
        word if at and word in small else re.sub(r"[^\W\d_]", lambda m: m[0].upper(), word, count=1)
        for at, word in enumerate(words)
    )
