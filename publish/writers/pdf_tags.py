"""Tags of the PDF for the screen, put right where the layout leaves them wrong.

Running heads and folios, which the layout marks for a structure that does not have them, become
artifacts, and so do the dots that lead to a folio. Links are in Link tags and say in words where
they lead; one within another that leads there too is taken away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from publish.pdf.glyphs import glyphs, to_unicode
from publish.pdf.lexer import Contents
from publish.pdf.objects import several
from publish.pdf.tags import Piece, Tag, tags
from publish.preflight.clauses_tags import UA
from publish.writers.pdf_tag_links import merge_links, name_link, words_of

if TYPE_CHECKING:
    import pikepdf

Place = tuple[int, int]  # where in a content something begins and ends

DOT: Final = re.compile(r"\s*(\.\s*)+")  # a leader is a row of such pieces
FEWEST_DOTS: Final = 3
RUNNING: Final = b"/Artifact << /Type /Pagination >> BDC"
LEADER: Final = b"/Artifact << /Type /Layout >> BDC"


@dataclass
class _Reading:
    """What is known of the tags, and what the pages turn out to say."""

    known: set[Piece]
    texts: dict[Piece, str]  # of links
    entries: set[Piece]  # of lists of links, such as the contents: they alone have leaders
    meanings: dict[tuple[int, int], dict[int, str]] = field(default_factory=dict)
    leaders: set[Piece] = field(default_factory=set)

    def say(self, piece: Piece, words: str) -> None:
        if piece in self.texts:
            self.texts[piece] += words


def put_tags_right(document: pikepdf.Pdf, contents: Contents) -> None:
    """Changes the tags of the document in place; one without tags stays as it is. `contents` are
    its pages', as far as they have been read."""
    found = tags(document)
    if not found:
        return
    _without_namespaces(document, found[0])
    for tag in found:
        if tag.kind == "LI":
            _give_body(document, tag.element)
    linked = {at: words_of(found, at) for at, tag in enumerate(found) if tag.notes}
    merge_links(document, found)
    reading = _Reading(
        {piece for tag in found for piece in tag.pieces},
        {piece: "" for pieces in linked.values() for piece in pieces},
        {piece for tag in found if _is_entry(tag) for piece in tag.pieces},
    )
    for page in document.pages:
        _read_page(document, page, reading, contents)
    _forget(document, found, reading)
    for at, pieces in linked.items():
        name_link(found[at], "".join(reading.texts[piece] for piece in pieces))


def _is_entry(tag: Tag) -> bool:
    return "LI" in tag.above and "Link" in (tag.kind, *tag.above)


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


def _give_body(document: pikepdf.Pdf, item: Any) -> None:
    """An item of a list that holds paragraphs of its own holds them in its body."""
    import pikepdf

    kids = several(item.K)
    loose = [
        kid for kid in kids
        if not isinstance(kid, int) and str(kid.get("/S", "")) not in ("/Lbl", "/LBody")
    ]  # fmt: skip
    if not loose:
        return
    body = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.LBody, P=item, Pg=item.Pg)
    )
    body.K = pikepdf.Array(loose)
    for kid in loose:
        kid.P = body
    at = next(at for at, kid in enumerate(kids) if kid is loose[0])
    left = [kid for kid in kids if not any(kid is other for other in loose)]
    item.K = pikepdf.Array([*left[:at], body, *left[at:]])


def _read_page(
    document: pikepdf.Pdf, page: pikepdf.Page, reading: _Reading, contents: Contents
) -> None:
    """Turns leaders and what is marked for no tag into artifacts; adds to the texts of links."""
    own, (content, words) = page.obj.objgen, contents.of(page)
    fonts: Any = page.resources.get("/Font", {})
    meant: dict[int, str] = {}
    begun, piece, said = (0, 0), None, ""
    row: list[tuple[Place, Piece, str]] = []  # dots that may be a leader
    artifacts: list[tuple[Place, bytes]] = []
    for kind, word in words:
        if kind == "mcid":
            begun, piece, said = word.span(), (own, int(word["mcid"])), ""
        elif kind == "end" and piece:
            if piece not in reading.known:
                artifacts.append((begun, RUNNING))
            elif piece in reading.entries and DOT.fullmatch(said):
                row.append((begun, piece, said))
            else:
                artifacts += _end_row(row, reading)
                reading.say(piece, said)
            piece = None
        elif kind == "font":
            meant = _meaning(fonts[word["font"].decode("latin-1")], reading)
        elif kind == "shown" and piece:
            if piece in reading.texts or piece in reading.entries:
                said += "".join(meant.get(glyph, "") for glyph in glyphs(word["shown"]))
    artifacts += _end_row(row, reading)
    if artifacts:
        at, made = 0, []
        for (start, end), instead in sorted(artifacts):
            made += [content[at:start], instead]
            at = end
        page.Contents = document.make_stream(b"".join((*made, content[at:])))


def _end_row(row: list[tuple[Place, Piece, str]], reading: _Reading) -> list[tuple[Place, bytes]]:
    """Where the pieces of a leader begin, if the row of dots is one; empties the row."""
    leads = sum(said.count(".") for _, _, said in row) >= FEWEST_DOTS
    for _, piece, said in row:
        if leads:
            reading.leaders.add(piece)
        else:
            reading.say(piece, said)
    places = [(begun, LEADER) for begun, _, _ in row] if leads else []
    row.clear()
    return places


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
