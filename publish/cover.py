"""The cover: an edition's own image, checked, or one of our typographic designs as a PNG.

Designs are SVG, drawn by resvg with the fonts that come with the program and no others, so that the
same edition has the same cover everywhere. A title in a script that these fonts lack gets a cover
of ornament without words; its alternative text still names the book.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import NamedTuple

from publish.cover_designs import DESIGNS, PALETTES, Drawing
from publish.cover_shapes import EBOOK, Palette, Words
from publish.edition import Edition, Metadata
from publish.images import picture
from publish.resources import font
from publish.theme import GARAMOND

WORDLESS = "patterned-paper"  # the design that needs no words
LONGEST = 90  # characters of a title that a cover can set; what follows a stop in it goes below


@dataclass(frozen=True, slots=True)
class Cover:
    """The bytes of an image and what kind they are."""

    data: bytes
    media_type: str = "image/png"
    extension: str = "png"


def cover(edition: Edition, design: str = "") -> Cover:
    """The edition's own cover, or 1600 × 2560 pixels in the named design.

    Without a name the design and its colours follow from the title, so each book of a shelf looks
    its own and always the same; the books of a series share a design, and differ in colour. Raises
    EditionError if the edition's own cannot be shown.
    """
    if edition.cover:
        own = picture(edition.cover, "cover", edition.folder)
        return Cover(own.data, own.media_type, own.extension)
    return Cover(draw(drawing(edition.metadata, design)))


class Look(NamedTuple):
    """The design of a book's cover by name, its colours, and the number that picks a variant."""

    design: str
    colours: Palette
    variant: int


def drawing(metadata: Metadata, design: str = "") -> Drawing:
    """The front in one of `DESIGNS`, on the page of an e-book."""
    look = look_of(metadata, design)
    return DESIGNS[look.design](words(metadata), look.colours, look.variant, EBOOK)


def look_of(metadata: Metadata, design: str = "") -> Look:
    """What the cover looks like: by its title and author, or by its series."""
    seed = hashlib.sha256(f"{_line(metadata.title)}\n{_line(metadata.byline)}".encode()).digest()
    look, colour, variant = seed[0], seed[1], seed[2]
    if metadata.series:
        series = hashlib.sha256(_line(metadata.series).encode()).digest()
        look, variant = series[0], series[2]
        if metadata.series_number.isdigit():  # one after the other: neighbours never look the same
            colour = series[1] + int(metadata.series_number)
    titled = bool(words(metadata).title)
    name = design or (sorted(DESIGNS)[look % len(DESIGNS)] if titled else WORDLESS)
    return Look(name, PALETTES[colour % len(PALETTES)], variant)


def draw(drawing: Drawing) -> bytes:
    """The drawing as PNG. Costs about 0.15 s."""
    if not drawing.tile:
        return _png(drawing.svg)
    from PIL import Image

    tile = Image.open(BytesIO(_png(drawing.tile.svg))).convert("RGB")
    row = Image.new("RGB", (drawing.page.width, tile.height))
    for x in range(0, row.width, tile.width):
        row.paste(tile, (x, 0))
    page = Image.new("RGB", drawing.page)
    for y in range(0, page.height, tile.height):
        page.paste(row, (0, y))
    if drawing.label:
        label = Image.open(BytesIO(_png(drawing.svg))).convert("RGB")
        page.paste(label, (int(drawing.label.left), int(drawing.label.top)))
    target = BytesIO()
    page.save(target, "PNG", compress_level=6)
    return target.getvalue()


def _png(svg: str) -> bytes:
    from resvg_py import svg_to_bytes

    return bytes(
        svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            font_files=[str(font(name)) for name in GARAMOND.files],
            font_family=GARAMOND.face,
            serif_family=GARAMOND.face,
        )
    )


def words(metadata: Metadata) -> Words:
    """What the cover says: only what our faces can set, and a long title in two."""
    title, rest = shorten(_line(metadata.title))
    said = (
        title,
        metadata.subtitle or rest,
        metadata.byline,
        metadata.publisher,
        " · ".join(filter(None, (metadata.series, metadata.series_number))),
    )
    return Words(*(_line(text) if settable(_line(text)) else "" for text in said))


def left_out(edition: Edition) -> tuple[str, ...]:
    """What a designed cover should say and cannot: texts with letters that our faces lack. Nothing
    for an edition with an image of its own."""
    meta = edition.metadata
    said = () if edition.cover else (meta.title, meta.subtitle, meta.byline, meta.series)
    return tuple(text for text in said if not settable(_line(text)))


def _line(text: str) -> str:
    """The text in one line, without what cannot be drawn: control characters, lone surrogates."""
    shown = (" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)
    return " ".join("".join(shown).split())


def shorten(title: str) -> tuple[str, str]:
    """The title and what its cover sets below it: a long one ends at its first strong stop."""
    if len(title) <= LONGEST // 2:
        return title, ""
    for stop in (": ", "; ", ". ", " — ", ", or, ", " or, "):
        head, found, rest = title.partition(stop)
        if found and len(head) >= 3:
            return head.rstrip(",; "), rest[:1].upper() + rest[1:] if len(rest) <= LONGEST else ""
    if len(title) <= LONGEST:
        return title, ""
    return title[: title.rindex(" ", 0, LONGEST)] + " …" if " " in title[:LONGEST] else title, ""


def settable(text: str) -> bool:
    """True if our faces have every letter of the text."""
    text = unicodedata.normalize("NFC", text)
    strange = {
        c for c in text if not (" " <= c <= "~" or "\u00a0" <= c <= "\u017f" or c in "–—‘’“”…")
    }
    return not strange or strange <= _letters()


@cache
def _letters() -> frozenset[str]:
    from fontTools.ttLib import TTFont

    faces = (TTFont(font(name), lazy=True).getBestCmap() for name in GARAMOND.files)
    return frozenset(map(chr, set.intersection(*map(set, faces))))
