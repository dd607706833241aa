"""The text of a tagged PDF in the order of reading: a document in, its marked pieces of text out,
each with its page and the tags above it (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from publish.pdf.tags import Tag, tree
from publish.preflight.set_text import Piece, Reader

if TYPE_CHECKING:
    import pikepdf

HEADINGS: Final = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
BLOCKS: Final = HEADINGS | {"P", "LBody", "Lbl", "TD", "TH", "Caption"}
HOLDERS: Final = frozenset(
    "Document Part Art Sect Div BlockQuote L LI Table TR THead TBody TFoot Figure".split()
)
NOTES: Final = frozenset({"NonStruct", "Note", "FENote"})  # where they stand at a page's top level


class Leaf(NamedTuple):
    """A piece of text and where it hangs in the tree: the tags above it, and its block, by the
    place of that among all tags and by its name."""

    page: int
    path: tuple[str, ...]
    block: int
    tag: str
    piece: Piece


def leaves(document: pikepdf.Pdf) -> Iterator[Leaf]:
    """Every tagged piece of text in the order of the tree, which is that of reading. Raises
    ValueError for a tree that leads back into itself: in it nothing has a place."""
    numbers = {page.obj.objgen: at for at, page in enumerate(document.pages)}
    reader = Reader()
    texts: dict[int, dict[int, Piece]] = {}
    read = tree(document)
    if read.repeats:
        raise ValueError("a tag stands within itself, or in two places")
    for tag, held in groupby(read.pieces, itemgetter(0)):
        path, block = (*tag.above, tag.kind), _block(tag)
        for _, (page, number) in held:
            at = numbers.get(page)
            if at is None:
                continue
            if at not in texts:
                texts[at] = reader.pieces(document.pages[at])
            piece = texts[at].get(number)
            if piece is not None:
                yield Leaf(at + 1, path, block.place, block.kind, piece)


def _block(tag: Tag) -> Tag:
    """The tag that is the paragraph of what is in this one: the nearest that is a block, or the
    topmost that holds no blocks, or the tag itself."""
    line = [tag, *tag.around()]
    nearest = next((each for each in line if each.kind in BLOCKS), None)
    return nearest or next((each for each in reversed(line) if each.kind not in HOLDERS), tag)


def is_note(leaf: Leaf) -> bool:
    return len(leaf.path) > 1 and leaf.path[1] in NOTES


def is_call(leaf: Leaf) -> bool:
    return leaf.path[-2:] == ("NonStruct", "Span")


def label_of(leaf: Leaf) -> str:
    """The label of a note, if this piece is one: “3.” before an en space."""
    text = leaf.piece.text.strip()
    return text[:-1] if is_call(leaf) and len(text) < 6 and text.endswith(".") else ""
