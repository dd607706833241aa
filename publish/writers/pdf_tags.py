"""Tags of the PDF for the screen, put right where the layout leaves them wrong.

Running heads and folios, which the layout marks for a structure that does not have them, become
artifacts, and so do the dots that lead to a folio. Links are in Link tags and say in words where
they lead; one within another that leads there too is taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from publish.preflight.glyphs import SHOWN, glyphs, to_unicode
from publish.preflight.tags import Piece, Tag, tags

if TYPE_CHECKING:
    import pikepdf

DOT: Final = re.compile(r"\s*(\.\s*)+")  # a leader is a row of such pieces
FEWEST_DOTS: Final = 3
SOFT_HYPHEN: Final = "\N{SOFT HYPHEN}"
UA: Final = "http://www.aiim.org/pdfua/ns/id/"


@dataclass
class _Reading:
    """What is known of the tags, and what the pages turn out to say."""

    known: set[Piece]
    texts: dict[Piece, str]  # of links
    meanings: dict[tuple[int, int], dict[int, str]] = field(default_factory=dict)
    leaders: set[Piece] = field(default_factory=set)

    def say(self, piece: Piece, words: str) -> None:
        if piece in self.texts:
            self.texts[piece] += words


def put_tags_right(document: pikepdf.Pdf) -> None:
    """Changes the tags of the document in place; one without tags stays as it is."""
    found = tags(document)
    if not found:
        return
    _without_namespaces(document, found[0])
    linked = {at: _words_of(found, at) for at, tag in enumerate(found) if tag.notes}
    _merge_links(document, found)
    reading = _Reading(
        {piece for tag in found for piece in tag.pieces},
        {piece: "" for pieces in linked.values() for piece in pieces},
    )
    for page in document.pages:
        _read_page(document, page, reading)
    _forget(document, found, reading)
    for at, pieces in linked.items():
        _name_link(found[at], "".join(reading.texts[piece] for piece in pieces))


def label(document: pikepdf.Pdf) -> None:
    """Says in the metadata that the file is PDF/UA-1. Only for one that passes our list of it."""
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as packet:
        packet.register_xml_namespace(UA, "pdfuaid")
        packet[f"{{{UA}}}part"] = "1"


def _without_namespaces(document: pikepdf.Pdf, top: Tag) -> None:
    """PDF 1.7 knows no namespaces of tags."""
    for holder, key in ((document.Root.StructTreeRoot, "/Namespaces"), (top.element, "/NS")):
        if key in holder:
            del holder[key]


def _merge_links(document: pikepdf.Pdf, found: list[Tag]) -> None:
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


def _words_of(found: list[Tag], at: int) -> list[Piece]:
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
    while end < len(found) and len(found[end].above) > len(found[at].above):
        end += 1
    for place in range(at, end):
        last = place + 1
        while last < end and len(found[last].above) > len(found[place].above):
            last += 1
        yield found[place], found[place + 1 : last]


def _read_page(document: pikepdf.Pdf, page: pikepdf.Page, reading: _Reading) -> None:
    """Turns leaders and what is marked for no tag into artifacts; adds to the texts of links."""
    import pikepdf

    own = page.obj.objgen
    fonts: Any = page.resources.get("/Font", {})
    meant: dict[int, str] = {}
    begun, piece, said = 0, None, ""
    row: list[tuple[int, Piece, str]] = []  # dots that may be a leader
    leading: list[int] = []
    running: list[int] = []
    out: list[Any] = []
    for operation in pikepdf.parse_content_stream(page):
        operator, operands = str(operation.operator), operation.operands
        if operator == "BDC" and "/MCID" in operands[1]:
            begun, piece, said = len(out), (own, int(operands[1].MCID)), ""
        elif operator == "EMC" and piece:
            if piece not in reading.known:
                running.append(begun)
            elif DOT.fullmatch(said):
                row.append((begun, piece, said))
            else:
                leading += _end_row(row, reading)
                reading.say(piece, said)
            piece = None
        elif operator == "Tf":
            meant = _meaning(fonts[str(operands[0])], reading)
        elif operator in SHOWN and piece and (piece in reading.texts or _is_short(operands)):
            said += "".join(meant.get(glyph, "") for glyph in glyphs(operands))
        elif operator in SHOWN:
            said = "…"  # of no interest, but no row of dots
        out.append(operation)
    leading += _end_row(row, reading)
    for place in leading:
        out[place] = _artifact("/Layout")
    for place in running:
        out[place] = _artifact("/Pagination")
    if leading or running:
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(out))


def _is_short(operands: Any) -> bool:
    """Whether the words may be dots; those of the text are too many to look at every one."""
    import pikepdf

    shown = operands[0]
    return len(shown) < 4 if isinstance(shown, pikepdf.Array) else len(bytes(shown)) < 16


def _end_row(row: list[tuple[int, Piece, str]], reading: _Reading) -> list[int]:
    """Where the pieces of a leader begin, if the row of dots is one; empties the row."""
    leads = sum(said.count(".") for _, _, said in row) >= FEWEST_DOTS
    for _, piece, said in row:
        if leads:
            reading.leaders.add(piece)
        else:
            reading.say(piece, said)
    places = [begun for begun, _, _ in row] if leads else []
    row.clear()
    return places


def _artifact(kind: str) -> Any:
    import pikepdf

    held = pikepdf.Dictionary(Type=pikepdf.Name(kind))
    return pikepdf.ContentStreamInstruction([pikepdf.Name.Artifact, held], pikepdf.Operator("BDC"))


def _meaning(font: Any, reading: _Reading) -> dict[int, str]:
    if font.objgen not in reading.meanings:
        reading.meanings[font.objgen] = to_unicode(font)
    return reading.meanings[font.objgen]


def _forget(document: pikepdf.Pdf, found: list[Tag], reading: _Reading) -> None:
    """Takes what became an artifact out of the structure and out of its tree of parents."""
    import pikepdf

    for tag in found:
        gone = {mcid for page, mcid in tag.pieces if (page, mcid) in reading.leaders}
        if gone:
            kids = [kid for kid in tag.element.K if not (isinstance(kid, int) and kid in gone)]
            tag.element.K = pikepdf.Array(kids)
    kept = reading.known - reading.leaders
    pages = {
        int(page.obj.StructParents): page.obj.objgen
        for page in document.pages
        if "/StructParents" in page.obj
    }
    linked = {int(note.StructParent) for tag in found for note in tag.notes}
    parents = document.Root.StructTreeRoot.ParentTree
    numbers: list[Any] = list(parents.get("/Nums", []))
    left: list[Any] = []
    for key, held in zip(numbers[::2], numbers[1::2], strict=True):
        own = pages.get(int(key))
        if own is not None:
            for mcid in range(len(held)):
                if (own, mcid) not in kept:
                    held[mcid] = None
        if own is not None or int(key) in linked:
            left += [key, held]
    parents.Nums = pikepdf.Array(left)


def _name_link(tag: Tag, words: str) -> None:
    """The tag with an annotation is a link, and the annotation has its words."""
    import pikepdf

    links = [note for note in tag.notes if note.get("/Subtype") == "/Link"]
    if links and tag.kind not in ("Link", "Annot", "Form"):
        tag.element.S = pikepdf.Name.Link
    said = " ".join(words.replace(SOFT_HYPHEN, "").split())
    for note in links:
        if said:
            note.Contents = pikepdf.String(said)
