"""The few words of a page's content that say what is drawn, found by a pattern.

Taking a content apart costs ten times as much as reading it; a book has hundreds of pages and, in
its content, tens of thousands of operators that nobody asks about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from publish.pdf.objects import several

if TYPE_CHECKING:
    import pikepdf

Word = tuple[str, re.Match[bytes]]

STRING: Final = rb"\((?:[^\\()]++|\\.|\((?:[^\\()]++|\\.)*+\))*+\)?+"  # may hold a pair of its own
# Kinds of words by their group; strings, comments and inline images are passed over. What begins
# and does not end is passed over, too, once: so any content is read in linear time. PDF 32000-1,
# 7.2 and 7.3. No group that may give back what it took is possessive: the first releases of Python
# 3.11 have that wrong.
WORDS: Final = re.compile(
    rb"""
      (?P<font>/[^\s/<>\[\]()]++)\s++[-+.\d]++\s++Tf\b
    | (?P<shown>\[(?:[^\[\]()]++|%(string)s)*+\]|<[0-9A-Fa-f\s]*+>|%(string)s)\s*+(?:T[jJ]\b|['"])
    | /(?P<tag>[^\s/<>\[\]()]++)\s*+<<\s*+/MCID\s++(?P<mcid>\d++)\s*+>>\s*+BDC\b
    | /(?P<mark>[^\s/<>\[\]()]++)\s*+(?:BMC\b|<<\s*+/Type\s*+/\w++\s*+>>\s*+BDC\b)
    | (?P<other>\bBDC\b)
    | (?P<end>\bEMC\b)
    | (?<![^\s\]>)])(?P<drawn>f\*?|F|B\*?|b\*?|S|s|sh|Do|EI)(?!\S)
    | \[(?:[^\[\]()]++|%(string)s)*+\]?+ | %(string)s | %%[^\r\n]*+
    | (?P<image>\bBI\s)
    """
    % {b"string": STRING},
    re.VERBOSE | re.DOTALL,
)
IMAGE: Final = "image"
IMAGE_DATA: Final = re.compile(rb"ID\s")
IMAGE_END: Final = re.compile(rb"\sEI(?!\S)")


def content_of(page: pikepdf.Page) -> bytes:
    """The page's content, its streams joined."""
    held: Any = page.obj.get("/Contents")
    return b"\n".join(stream.read_bytes() for stream in several(held))


class Contents:
    """The contents of pages with their words, each read once for all who ask. What takes a
    content's place must be a stream of its own, not the same one written over."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[int, int], ...], tuple[bytes, list[Word]]] = {}

    def of(self, page: pikepdf.Page) -> tuple[bytes, list[Word]]:
        """A page's content and the words in it."""
        held: Any = page.obj.get("/Contents")
        streams = tuple(stream.objgen for stream in several(held))
        if streams not in self._known:
            content = content_of(page)
            self._known[streams] = content, list(words(content))
        return self._known[streams]


def words(content: bytes) -> Iterator[Word]:
    """The words that matter, each with its kind: "font" is chosen, text is "shown", something is
    "drawn"; marked content with a number ("mcid") or without one ("mark") begins, or one that has
    to be taken apart to be understood ("other"), and it ends ("end")."""
    at = 0
    while at < len(content):
        for found in WORDS.finditer(content, at):
            kind = found.lastgroup
            if kind == IMAGE:
                at = _image_end(content, found.end())
                break
            if kind:
                yield kind, found
        else:
            return


def _image_end(content: bytes, at: int) -> int:
    """Where an inline image that began before `at` ends; the content's end, if it does not."""
    data = IMAGE_DATA.search(content, at)
    end = IMAGE_END.search(content, data.end()) if data else None
    return end.start() if end else len(content)
