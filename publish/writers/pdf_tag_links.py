"""Links in the tags of a PDF for the screen: each once, as a link, with its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from publish.pdf.tags import Piece, Tag

if TYPE_CHECKING:
    import pikepdf

SOFT_HYPHEN: Final = "\N{SOFT HYPHEN}"


def merge_links(document: pikepdf.Pdf, found: list[Tag]) -> None:
    """Takes away the annotations of links that lie within one of the same target."""
    import pikepdf

    gone: set[tuple[int, int]] = set()
    for at, tag in enumerate(found):
        for inner, _ in list(_below(found, at))[1:] if tag.notes else ():
            redundant = [note for note in inner.notes if any(_covers(n, note) for n in tag.notes)]
            if not redundant:
                continue
            gone |= {note.objgen for note in redundant}
            inner.notes[:] = [note for note in inner.notes if note.objgen not in gone]
            kids = [kid for kid in inner.element.K
                    if isinstance(kid, int) or kid.get("/Obj", kid).objgen not in gone]  # fmt: skip
            inner.element.K = pikepdf.Array(kids)
            if not inner.notes:
                inner.element.S = pikepdf.Name.Span
    for page in document.pages if gone else ():
        notes: Any = page.get("/Annots", [])
        kept = [note for note in notes if note.objgen not in gone]
        if len(kept) < len(notes):
            page.Annots = pikepdf.Array(kept)


def _covers(outer: Any, inner: Any) -> bool:
    """Whether a link's area takes in that of another with the same target."""
    if outer.get("/Dest", outer.get("/A")) != inner.get("/Dest", inner.get("/A")):
        return False
    (a, b, c, d), (e, f, g, h) = _area(outer), _area(inner)
    return a - 1 <= e and b - 1 <= f and c + 1 >= g and d + 1 >= h


def _area(note: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right, top: an annotation may name any two opposite corners."""
    x0, y0, x1, y1 = (float(value) for value in note.Rect)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def words_of(found: list[Tag], at: int) -> list[Piece]:
    """The marked content that says what a link is: its own, and what lies below it, but for that
    of links within, unless it has no other."""
    own = list(_below(found, at))
    inner = {
        piece for tag, within in own if tag is not found[at] and tag.notes
        for piece in (*tag.pieces, *(p for other in within for p in other.pieces))
    }  # fmt: skip
    pieces = [piece for tag, _ in own for piece in tag.pieces]
    return [piece for piece in pieces if piece not in inner] or pieces


def _below(found: list[Tag], at: int) -> Iterator[tuple[Tag, list[Tag]]]:
    """A tag and those below it in reading order, each with those below itself."""
    end = at + 1
    while end < len(found) and found[end].depth > found[at].depth:
        end += 1
    for place in range(at, end):
        last = place + 1
        while last < end and found[last].depth > found[place].depth:
            last += 1
        yield found[place], found[place + 1 : last]


def name_link(tag: Tag, words: str) -> None:
    """The tag with an annotation is a link, and the annotation has its words."""
    import pikepdf

    links = [note for note in tag.notes if note.get("/Subtype") == "/Link"]
    if links and tag.kind not in ("Link", "Annot", "Form"):
        tag.element.S = pikepdf.Name.Link
    said = " ".join(words.replace(SOFT_HYPHEN, "").split())
    for note in links:
        if said:
            note.Contents = pikepdf.String(said)
