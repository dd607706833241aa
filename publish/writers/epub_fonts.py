"""The faces of a book that brings its own: cut to the letters it has, with their licence.

The reader's choice of another face stays his: the style only names ours first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from io import BytesIO
from typing import Final, NamedTuple

from publish.resources import font, style
from publish.theme import GARAMOND

FACES: Final = (  # file, style, weight
    (GARAMOND.files.roman, "normal", 400),
    (GARAMOND.files.italic, "italic", 400),
    (GARAMOND.files.semibold, "normal", 600),
)
LICENCE: Final = "OFL.txt"
ALWAYS: Final = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0*…–—‘’“”-"
TAGS: Final = re.compile(r"<[^>]*>")


class FontFile(NamedTuple):
    """A file of the book: a face, or the licence of all."""

    id: str
    name: str
    media_type: str
    data: bytes


def subset_faces(bodies: Iterable[str]) -> tuple[FontFile, ...]:
    """Our faces with no more letters than the pages have, and their licence."""
    letters = frozenset(ALWAYS).union(*(unescape(TAGS.sub("", body)) for body in bodies))
    found = [
        FontFile(name.removesuffix(".ttf"), f"fonts/{name}", "font/ttf", _cut(name, letters))
        for name, _, _ in FACES
    ]
    licence = font(LICENCE).read_bytes()
    return (*found, FontFile("font-licence", f"fonts/{LICENCE}", "text/plain", licence))


def _cut(name: str, letters: Iterable[str]) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options()
    options.layout_features = ["*"]  # small capitals and old-style figures above all
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    face = TTFont(font(name), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(letters)))
    subsetter.subset(face)
    target = BytesIO()
    face.save(target)
    return target.getvalue()


def sheet(name: str, faces: Sequence[FontFile]) -> bytes:
    """The style sheet of this name; the last one names the book's faces, if it has any."""
    text = style(name)
    if faces and name == "epub.css":
        rules = "".join(
            f'@font-face {{ font-family: "{GARAMOND.face}"; font-style: {slope};'
            f" font-weight: {weight}; src: url(../fonts/{file}); }}\n"
            for file, slope, weight in FACES
        )
        named = f'body {{ font-family: "{GARAMOND.face}", serif; }}'
        text += f"\n/* The faces of this book */\n{rules}{named}\n"
    return text.encode()
