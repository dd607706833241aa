"""The text of a tagged PDF in the order of reading: a document in, its marked pieces of text out,
each with its page and the tags above it (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

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
    """A piece of text and where it hangs in the tree: the tags above it, and its block."""

    page: int
    path: tuple[str, ...]
    block: Any
    tag: str
    piece: Piece


def leaves(document: pikepdf.Pdf) -> Iterator[Leaf]:
    """Every tagged piece of text in the order of the tree, which is that of reading."""
    import pikepdf

    numbers = {page.obj.objgen: at for at, page in enumerate(document.pages)}
    reader = Reader()
    texts: dict[int, dict[int, Piece]] = {}

    def walk(
        element: Any, path: tuple[str, ...], block: Any, tag: str, page: int
    ) -> Iterator[Leaf]:
        if isinstance(element, pikepdf.Dictionary):
            if "/Pg" in element:
                page = numbers.get(element["/Pg"].objgen, page)
            element = int(element["/MCID"]) if "/MCID" in element else element
        if isinstance(element, int):
            if page not in texts:
                texts[page] = reader.pieces(document.pages[page])
            piece = texts[page].get(element)
            if piece is not None:
                yield Leaf(page + 1, path, block, tag, piece)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            kind = str(element["/S"])[1:]
            if kind in BLOCKS or (block is None and kind not in HOLDERS):
                block, tag = element.objgen, kind
            for kid in _kids(element):
                yield from walk(kid, (*path, kind), block, tag, page)

    for kid in _kids(document.Root["/StructTreeRoot"]):
        yield from walk(kid, (), None, "", -1)


def _kids(element: Any) -> list[Any]:
    import pikepdf

    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def is_note(leaf: Leaf) -> bool:
    return len(leaf.path) > 1 and leaf.path[1] in NOTES


def is_call(leaf: Leaf) -> bool:
    return leaf.path[-2:] == ("NonStruct", "Span")


def label_of(leaf: Leaf) -> str:
    """The label of a note, if this piece is one: “3.” before an en space."""
    text = leaf.piece.text.strip()
    return text[:-1] if is_call(leaf) and len(text) < 6 and text.endswith(".") else ""
