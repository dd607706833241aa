"""The title page that a typed text begins with: its title, “by”, its author.

What it says is metadata, and the book has a title page of its own; so its lines leave the text,
and stay in the record.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from publish.structure.families import plain

FIRST = 14  # lines at the head of a text that a title page may take
LONGEST = 90  # characters of one of its lines
BY = re.compile(
    r"^_?(?:written )?(?:by|von|par|por|di|door|av|af|przez)(?:[\s:]+(?P<name>\S.*?))?_?[.,:]?$",
    re.I,
)
NAME = re.compile(r"^(?:(?:Mr|Mrs|Miss|Dr|Sir|Lady|Lord|Rev)\.? )?(?:[^\W\d_][\w'’.-]* ?){1,5}$")
YEAR = re.compile(r"^\(?(?:1[4-9]|20)\d\d\)?[.,]?$")
DATED = re.compile(r"[\s,]*\((?:1[4-9]|20)\d\d\)$")


# Words that a title broken over lines ends a line with, or begins one with: no subtitle follows.
JOINING = frozenset(
    "a an and as at by de del den der des di die das du e ein eine el en et for from i il in la le"
    " les los of on och oder or ou the to und van vom von y z zu zum zur with".split()
)

ARTICLES = frozenset("a an das der die ein eine el il la le les los the".split())


class TitlePage(NamedTuple):
    """The title's lines as printed, those of its `subtitle` if they are clearly of another kind,
    the `author`, and how many `lines` all of them and a year take."""

    titles: tuple[str, ...]
    subtitle: str
    author: str
    lines: int

    @property
    def title(self) -> str:
        """The title without its subtitle."""
        whole = _joined(self.titles)
        return _joined([whole.removesuffix(self.subtitle)]) if self.subtitle else whole

    def rest(self, title: str) -> str | None:
        """What stands below `title` on the page, where its first lines are that title; None where
        they are not. Capitals, punctuation and spaces count for nothing."""
        for count in range(len(self.titles), 0, -1):
            if plain(_joined(self.titles[:count])) == plain(title):
                return _joined(self.titles[count:])
        return None

    def says(self, title: str, subtitle: str) -> bool:
        """Whether the page tells nothing but this title and subtitle: its lines are the two in
        order, or its first lines are the title."""
        both = plain(f"{title} {subtitle}") == plain(_joined(self.titles))
        return bool(plain(title)) and (both or self.rest(title) is not None)


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
        rows = [(text, gap) for text, gap in head[:at] if not YEAR.match(text)]
        titles = tuple(text for text, _ in rows)
        return TitlePage(titles, _subtitle(rows), name, end) if _titled(" ".join(titles)) else None
    return None


def _joined(lines: Sequence[str]) -> str:
    return " ".join(lines).strip(" _,:")


def _subtitle(rows: Sequence[tuple[str, int]]) -> str:
    """The last of a title's lines (text, blank lines before it), if something parts them clearly
    from the first: capitals above and small letters below, or the one widest gap among them."""
    cuts = range(1, len(rows))
    cased = [at for at in cuts if rows[at - 1][0].isupper() != rows[at][0].isupper()]
    widest = max((rows[at][1] for at in cuts), default=0)
    spaced = [at for at in cuts if widest and rows[at][1] == widest]
    if len(cased) == 1 and rows[0][0].isupper():
        cut = cased[0]
    elif len(spaced) == 1 and not cased:
        cut = spaced[0]
    else:
        return ""
    before, after = plain(rows[cut - 1][0]).split(), plain(rows[cut][0]).split()
    if not before or not after or before[-1] in JOINING:
        return ""
    below = _joined([text for text, _ in rows[cut:]])
    if after[0] in JOINING - ARTICLES or not _titled(below):
        return ""
    return below


def known_title_page(
    lines: Sequence[tuple[str, int]], title: str, authors: Sequence[str], subtitle: str = ""
) -> TitlePage | None:
    """The title page without “by” that `lines` begin with, of a book whose `title` and `authors`
    are known: the title, perhaps with its `subtitle`, on one to four lines, on the next an author,
    of whose names some may be left out but never the last, then perhaps a year; None without one.
    """
    head = [(text.strip(), gap) for text, gap in lines[:FIRST]]
    known = {
        _words(title),
        _words(f"{title} {subtitle}"),
        _words(re.split(r"[:;]| [—–] ", title)[0]),
    } - {()}
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
            return TitlePage(tuple(text for text, _ in head[:at]), "", head[at][0], end)
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
