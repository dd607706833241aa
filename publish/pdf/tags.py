"""The structure of a tagged PDF, read back: a document in, its tags in reading order out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from publish.pdf.lexer import content_of, words

if TYPE_CHECKING:
    import pikepdf

Mark = tuple[str, int | None]  # the name of marked content, and its number if it has one
Piece = tuple[tuple[int, int], int]  # the page's object, and the number of the marked content

NOWHERE: Final = (0, 0)  # the number of what is no object of its own
DRAWS: Final = "BMC BDC EMC Tj TJ ' \" f F f* B B* b b* S s Do sh BI INLINE IMAGE EI"
STANDARD: Final = frozenset(  # PDF 32000-1, 14.8.4
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4"
    " H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code"
    " Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """A tag: its name as the file has it and the standard one it stands for, the tag around it, its
    place among all tags in reading order and how many stand above it; the marked content and the
    annotations that are its own, not those of tags below."""

    element: Any
    name: str
    kind: str
    outer: Tag | None = None
    place: int = 0
    depth: int = 0
    pieces: list[Piece] = field(default_factory=list)
    notes: list[Any] = field(default_factory=list)

    @property
    def above(self) -> tuple[str, ...]:
        """The standard names of the tags above, the topmost first."""
        return tuple(tag.kind for tag in self.around())[::-1]

    @property
    def parent(self) -> str:
        """The standard name of the tag above that says something of the structure."""
        return next((tag.kind for tag in self.around() if tag.kind != "NonStruct"), "")

    def around(self) -> Iterator[Tag]:
        """The tags above, the nearest first."""
        tag = self.outer
        while tag is not None:
            yield tag
            tag = tag.outer


class Tree(NamedTuple):
    """The structure of a document, in the order in which it is read: its tags, and the pieces of
    marked content, each with the tag it is in. `repeats` says that a tag stands within itself or in
    two places, as in a damaged file: it is read where it is met first."""

    tags: list[Tag]
    pieces: list[tuple[Tag, Piece]]
    repeats: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of what a page draws: where it is, and what it is marked as."""

    place: str
    piece: Piece | None  # None for what has no number
    artifact: bool


def tags(document: pikepdf.Pdf) -> list[Tag]:
    """The tags of the structure tree, in the order in which they are read; none without a tree."""
    return tree(document).tags


def tree(document: pikepdf.Pdf) -> Tree:
    """The structure tree as it is read; an empty one for a document without."""
    import pikepdf

    root: Any = document.Root.get("/StructTreeRoot")
    if root is None:
        return Tree([], [], False)
    mapped = root.get("/RoleMap")
    roles = (
        {} if mapped is None else {str(name)[1:]: str(kind)[1:] for name, kind in mapped.items()}
    )
    found: list[Tag] = []
    pieces: list[tuple[Tag, Piece]] = []
    met: set[tuple[int, int]] = set()
    repeats = False
    waiting: list[tuple[Any, Tag | None, Any]] = [(root.get("/K"), None, None)]
    while waiting:
        item, outer, page = waiting.pop()
        if isinstance(item, int):
            if outer is not None and page is not None:
                outer.pieces.append((page, item))
                pieces.append((outer, (page, item)))
            continue
        if not isinstance(item, pikepdf.Array | pikepdf.Dictionary):
            continue
        if item.objgen in met:
            repeats = True
            continue
        if item.objgen != NOWHERE:
            met.add(item.objgen)
        if isinstance(item, pikepdf.Array):
            waiting += [(kid, outer, page) for kid in reversed(list(item))]
            continue
        on = item.get("/Pg")
        page = page if on is None else on.objgen
        kind = item.get("/S")
        if kind is None and item.get("/Type") == "/OBJR":
            if outer is not None:
                outer.notes.append(item.Obj)
        elif kind is None and item.get("/Type") == "/MCR":
            waiting.append((item.MCID, outer, page))
        else:
            name = str(kind or "/")[1:]
            depth = 0 if outer is None else outer.depth + 1
            tag = Tag(item, name, _standard(name, roles), outer, len(found), depth)
            found.append(tag)
            waiting.append((item.get("/K"), tag, page))
    return Tree(found, pieces, repeats)


def shown(document: pikepdf.Pdf) -> Iterator[Shown]:
    """All that the pages draw, with how it is marked; what is marked alike in a row, once."""
    for number, page in enumerate(document.pages, 1):
        marks: list[Mark] = []
        before: Shown | None = None
        for mark in _marked(page):
            if isinstance(mark, tuple):
                marks.append(mark)
            elif mark == "EMC":
                marks = marks[:-1]
            else:
                own = next((mcid for _, mcid in reversed(marks) if mcid is not None), None)
                piece = None if own is None else (page.obj.objgen, own)
                artifact = any(name == "Artifact" for name, _ in marks)
                now = Shown(f"page {number}", piece, artifact)
                if now != before:
                    yield now
                before = now


def _marked(page: pikepdf.Page) -> Iterator[Mark | str]:
    """Where a page's marked content begins, with its name and number, where it ends ("EMC"), and
    where something is drawn ("")."""
    found: list[Mark | str] = []
    for kind, word in words(content_of(page)):
        if kind == "mcid":
            found.append((word["tag"].decode("latin-1"), int(word["mcid"])))
        elif kind == "mark":
            found.append((word["mark"].decode("latin-1"), None))
        elif kind == "other":
            return _marked_at_length(page)
        elif kind != "font":
            found.append("EMC" if kind == "end" else "")
    return iter(found)


def _marked_at_length(page: pikepdf.Page) -> Iterator[Mark | str]:
    """The same, for marks with properties of any kind."""
    import pikepdf

    for operation in pikepdf.parse_content_stream(page, DRAWS):
        operator, operands = str(operation.operator), operation.operands
        if operator == "BMC":
            yield str(operands[0])[1:], None
        elif operator == "BDC":
            held: Any = operands[1]
            if isinstance(held, pikepdf.Name):
                named: Any = page.resources.get("/Properties", {})
                held = named.get(str(held), {})
            number = held.get("/MCID")
            yield str(operands[0])[1:], None if number is None else int(number)
        else:
            yield "EMC" if operator == "EMC" else ""


def _standard(name: str, roles: dict[str, str]) -> str:
    """The standard tag that a name is mapped to, through others if need be; "" for none."""
    for _ in range(len(roles) + 1):
        if name in STANDARD:
            return name
        name = roles.get(name, "")
    return ""
