"""Clauses of PDF/UA-1: each a PDF with its structure read in, faults out.

A fault is a sentence and the place where it is so. docs/print-preflight.md has the list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from publish.pdf.objects import several
from publish.pdf.tags import Tag, shown, tree
from publish.preflight.clause import Faults

if TYPE_CHECKING:
    import pikepdf

LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
UA: Final = "http://www.aiim.org/pdfua/ns/id/"
WITHIN: Final = {  # tag → the tags one of which it stands in, or which it may hold alone
    "LI": {"L"}, "Lbl": {"LI", "Note", "Reference", "BibEntry"}, "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"},
    "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"}, "TOCI": {"TOC"},
}  # fmt: skip
HOLDS: Final = {
    "L": {"LI", "L", "Caption"}, "LI": {"Lbl", "LBody"}, "TR": {"TH", "TD"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """A document, its tags in reading order, the place of each page's object, and whether a tag
    stands in more than one place."""

    document: pikepdf.Pdf
    tags: list[Tag]
    places: dict[tuple[int, int], str]
    repeats: bool

    def place(self, tag: Tag) -> str:
        """Where a tag's content stands."""
        if tag.pieces:
            return self.places.get(tag.pieces[0][0], "")
        return self.places.get(tag.element["/Pg"].objgen, "") if "/Pg" in tag.element else ""


def read(document: pikepdf.Pdf) -> Read:
    """The document with its structure read, once for all clauses."""
    places = {page.obj.objgen: f"page {n}" for n, page in enumerate(document.pages, 1)}
    found = tree(document)
    return Read(document, found.tags, places, found.repeats)


def label(of: Read) -> Faults:
    said = str(of.document.open_metadata().get(f"{{{UA}}}part", ""))
    if said not in ("", "1"):
        yield f"The file calls itself PDF/UA-{said}, which is not looked for here.", ""


def tagged(of: Read) -> Faults:
    marks: Any = of.document.Root.get("/MarkInfo", {})
    if not marks.get("/Marked", False):
        yield "The file does not say that it is tagged (/MarkInfo).", ""
    if marks.get("/Suspects", False):
        yield "The file says that its tags may be wrong (/Suspects).", ""
    if of.repeats:
        yield "A tag stands within itself, or in two places.", ""


def content(of: Read) -> Faults:
    known = {piece for tag in of.tags for piece in tag.pieces}
    for thing in shown(of.document):
        if thing.artifact and thing.piece in known:
            yield "Something is both an artifact and in the structure.", thing.place
        elif not thing.artifact and thing.piece is None:
            yield "Something is neither tagged nor an artifact.", thing.place
        elif not thing.artifact and thing.piece not in known:
            yield "Something is marked for a structure that does not have it.", thing.place


def roles(of: Read) -> Faults:
    for tag in of.tags:
        if not tag.kind:
            yield (
                f"The tag {tag.name or '?'} is no standard one and stands for none.",
                of.place(tag),
            )


def title(of: Read) -> Faults:
    if not str(of.document.open_metadata().get("dc:title", "")):
        yield "The metadata has no title.", ""
    wishes: Any = of.document.Root.get("/ViewerPreferences", {})
    if not wishes.get("/DisplayDocTitle", False):
        yield "A viewer shows the file's name, not the title.", ""


def language(of: Read) -> Faults:
    said = str(of.document.Root.get("/Lang", ""))
    if not LANGUAGE.fullmatch(said):
        yield f"The file does not say its language{f', “{said}” is none' if said else ''}.", ""


def figures(of: Read) -> Faults:
    for tag in of.tags:
        if tag.kind in ("Figure", "Formula"):
            words = str(tag.element.get("/Alt", tag.element.get("/ActualText", "")))
            if not words.strip():
                yield f"A {tag.kind.lower()} has no alternative text.", of.place(tag)


def headings(of: Read) -> Faults:
    before = 0
    for tag in of.tags:
        if re.fullmatch("H[1-6]", tag.kind):
            level = int(tag.kind[1])
            if level > before + 1:
                after = f"after one of level {before}" if before else "before any other"
                yield f"A heading of level {level} stands {after}.", of.place(tag)
            before = level


def _nested(of: Read, kinds: str) -> Faults:
    for tag in of.tags:
        above = tag.parent
        wrong = (tag.kind in WITHIN and above not in WITHIN[tag.kind]) or (
            above in HOLDS and tag.kind not in HOLDS[above] and tag.kind != "NonStruct"
        )
        if wrong and (tag.kind in kinds.split() or above in kinds.split()):
            yield f"A tag {tag.kind} stands in {above or 'nothing'}.", of.place(tag)


def tables(of: Read) -> Faults:
    yield from _nested(of, "Table THead TBody TFoot TR TH TD")
    open_tables: list[tuple[Tag, list[Tag]]] = []
    for tag in of.tags:
        if tag.kind == "Table":
            open_tables.append((tag, []))
        elif tag.kind in ("TH", "TD") and open_tables:
            open_tables[-1][1].append(tag)
    for table, cells in open_tables:
        heads = [cell for cell in cells if cell.kind == "TH"]
        if cells and not heads:
            yield "A table has no header cells.", of.place(table)
        elif not all(_attribute(cell, "/Scope") for cell in heads) and not all(
            _attribute(cell, "/Headers") for cell in cells if cell.kind == "TD"
        ):
            yield "The cells of a table do not say which headers are theirs.", of.place(table)


def lists(of: Read) -> Faults:
    yield from _nested(of, "L LI LBody Lbl")


def notes(of: Read) -> Faults:
    seen: set[str] = set()
    for tag in of.tags:
        if tag.kind == "Note":
            name = str(tag.element.get("/ID", ""))
            if not name or name in seen:
                yield "A note has no ID of its own.", of.place(tag)
            seen.add(name)


def order(of: Read) -> Faults:
    for number, page in enumerate(of.document.pages, 1):
        if "/Annots" in page and page.get("/Tabs") != "/S":
            yield "The tab key does not follow the structure (/Tabs).", f"page {number}"


def links(of: Read) -> Faults:
    held = {note.objgen: tag for tag in of.tags for note in tag.notes}
    for number, page in enumerate(of.document.pages, 1):
        notes: Any = page.get("/Annots", [])
        for note in notes:
            kind, place = str(note.get("/Subtype", "/?"))[1:], f"page {number}"
            if kind == "Popup" or int(note.get("/F", 0)) & 2:  # hidden
                continue
            tag = held.get(note.objgen)
            wanted = {"Link": "Link", "Widget": "Form"}.get(kind, "Annot")
            if tag is None or wanted not in (tag.kind, *tag.above):
                yield f"A {kind.lower()} is not in a {wanted} tag.", place
            if not str(note.get("/Contents", "")) and not str(note.get("/TU", "")):
                yield f"A {kind.lower()} does not say in words where it leads.", place


def security(of: Read) -> Faults:
    if of.document.is_encrypted and not of.document.allow.accessibility:
        yield "The file's encryption keeps out programs that read aloud.", ""


def forms(of: Read) -> Faults:
    if "/XFA" in of.document.Root.get("/AcroForm", {}):
        yield "The file has a form of XFA.", ""


def layers(of: Read) -> Faults:
    if "/OCProperties" in of.document.Root:
        yield "The file has layers that may be hidden.", ""


def unicode(of: Read) -> Faults:
    told = set()
    for number, page in enumerate(of.document.pages, 1):
        for font in page.resources.get("/Font", {}).values():
            name = str(font.get("/BaseFont", "/unnamed"))[1:]
            plain = str(font.get("/Encoding", "")) in ("/WinAnsiEncoding", "/MacRomanEncoding")
            if "/ToUnicode" not in font and not plain and name not in told:
                told.add(name)
                yield (
                    f"The font {name} does not say which characters its glyphs are.",
                    (f"page {number}"),
                )


def _attribute(tag: Tag, name: str) -> bool:
    import pikepdf

    given = several(tag.element.get("/A"))
    return any(isinstance(one, pikepdf.Dictionary) and name in one for one in given)
