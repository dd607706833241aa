"""The list of contents of a PDF: an opened PDF in, findings about its folios out.

A list is taken for the contents if its items are links to what the bookmarks name, and say the
same words. What a line says of its page is held against the label that viewers have for that page
(ISO 32000-1, 12.4.2): by it a reader who types a folio is led there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from publish.pdf.tags import Tag, tree
from publish.preflight import Finding
from publish.preflight.set_text import Piece, Reader

if TYPE_CHECKING:
    import pikepdf

ITEMS: Final = frozenset({"LI", "TOCI"})
LISTS: Final = frozenset({"L", "TOC"})
FEWEST: Final = 3  # lines: fewer links may be anything
ALIKE: Final = 0.5  # of the lines say what the bookmarks say
FOLIO: Final = re.compile(r"[ivxlcdm]+|\d+")
AFTER_LEADERS: Final = re.compile(r"(?:[.…·]\s?){3,}\s*([ivxlcdm]+|\d+)$")
SHOWN: Final = 60  # characters of a line that a finding quotes

Number = tuple[int, int]  # what names an object of the file


class Entry(NamedTuple):
    """A line of the contents: the page it stands on and the page it leads to, from 0; its words,
    its folio or "", and whether its words are those of the bookmark of that page."""

    page: int
    target: int
    text: str
    folio: str
    alike: bool


def check_contents(document: pikepdf.Pdf) -> Iterator[Finding]:
    """Lines of the contents have folios, and the pages they lead to have these as their labels. A
    file that labels no pages may be whole in all that standards ask: that is advice."""
    labelled = "/PageLabels" in document.Root
    astray = 0
    for entry in (entry for held in contents(document) for entry in held):
        place = f"page {entry.page + 1}"
        label = document.pages[entry.target].label
        if not entry.folio:
            yield Finding(
                "pdf.contents", "warning",
                f"The line “{entry.text[:SHOWN]}” of the contents ends without a folio.", place,
            )  # fmt: skip
        elif entry.folio != label and labelled:
            yield Finding(
                "pdf.labels", "warning",
                f"The contents have “{entry.text[:SHOWN]}” on page {entry.folio}, which viewers"
                f" call {label}.", place,
            )  # fmt: skip
        elif entry.folio != label:
            astray += 1
    if astray:
        yield Finding(
            "pdf.labels", "advice",
            "The pages have no labels (/PageLabels): a folio typed into a viewer leads elsewhere.",
        )  # fmt: skip


def contents(document: pikepdf.Pdf) -> Iterator[list[Entry]]:
    """The lines of each list of contents, in the order of reading."""
    numbers = {page.obj.objgen: at for at, page in enumerate(document.pages)}
    marked = _bookmarks(document, numbers)
    held: dict[int, dict[Tag, list[tuple[Number, int]]]] = {}
    for tag, piece in tree(document).pieces if marked else ():
        line = [tag, *tag.around()]
        link = next((each for each in line if each.kind == "Link"), None)
        top = next((each for each in reversed(line) if each.kind in LISTS), None)
        if link is not None and top is not None and piece[0] in numbers:
            held.setdefault(top.place, {}).setdefault(link, []).append(piece)
    places, words = _places(document), _Words(document, numbers)
    for links in held.values():
        items = {next((t.place for t in link.around() if t.kind in ITEMS), -1) for link in links}
        targets = [target for link in links if (target := _target(link, places)) in marked]
        if len(items) < FEWEST or not len(items) == len(links) == len(targets):
            continue
        entries = [
            _entry(numbers[pieces[0][0]], numbers[target], words.of(pieces), marked[target])
            for pieces, target in zip(links.values(), targets, strict=True)
            if target is not None
        ]
        if sum(entry.alike for entry in entries) >= ALIKE * len(entries):
            yield entries


class _Words:
    """The text of pieces of marked content; each page is read once, if at all."""

    def __init__(self, document: pikepdf.Pdf, numbers: Mapping[Number, int]) -> None:
        self._document, self._numbers = document, numbers
        self._reader = Reader()
        self._read: dict[int, dict[int, Piece]] = {}

    def of(self, pieces: Iterable[tuple[Number, int]]) -> list[str]:
        said = []
        for page, number in pieces:
            at = self._numbers[page]
            if at not in self._read:
                self._read[at] = self._reader.pieces(self._document.pages[at])
            piece = self._read[at].get(number)
            if piece is not None:
                said.append(" ".join(piece.text.split()))
        return said


def _entry(page: int, target: int, said: list[str], titles: list[str]) -> Entry:
    text = " ".join(word for word in said if word)
    words, known = _letters(text), [_letters(title) for title in titles]
    folio = ""
    if words not in known:  # “Chapter 1” may be a title and no more
        last = said[-1] if len(said) > 1 else ""
        found = AFTER_LEADERS.search(text)
        folio = last if FOLIO.fullmatch(last) else found[1] if found else ""
    alike = any(title and words.startswith(title) for title in known)
    return Entry(page, target, text.removesuffix(folio).rstrip(" .…·"), folio, alike)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _bookmarks(
    document: pikepdf.Pdf, numbers: Mapping[Number, int]
) -> dict[Number, list[str]]:  # fmt: skip
    """The titles of the bookmarks by the page that they lead to."""
    import pikepdf

    found: dict[Number, list[str]] = {}
    places = _places(document)
    root: Any = document.Root
    outlines: Any = root.get("/Outlines", {})
    waiting: list[Any] = [outlines.get("/First")]
    met: set[Number] = set()
    while waiting:
        item = waiting.pop()
        if not isinstance(item, pikepdf.Dictionary) or item.objgen in met:
            continue
        met.add(item.objgen)
        action: Any = item.get("/A", {})
        at = _page(item.get("/Dest", action.get("/D")), places)
        if at is not None and at in numbers:
            found.setdefault(at, []).append(str(item.get("/Title", "")))
        waiting += [item.get("/Next"), item.get("/First")]
    return found


def _places(document: pikepdf.Pdf) -> dict[str, Any]:
    """The places that have names."""
    import pikepdf

    root: Any = document.Root
    named = root.get("/Names", {}).get("/Dests")
    return {} if named is None else {str(k): v for k, v in pikepdf.NameTree(named).items()}


def _target(link: Tag, places: dict[str, Any]) -> Number | None:
    """The page that a link within the document leads to."""
    for note in link.notes:
        return _page(note.get("/Dest", note.get("/A", {}).get("/D")), places)
    return None


def _page(place: Any, places: dict[str, Any]) -> Number | None:
    import pikepdf

    if isinstance(place, pikepdf.String | pikepdf.Name):
        place = places.get(str(place))
    if isinstance(place, pikepdf.Dictionary):
        place = place.get("/D")
    if isinstance(place, pikepdf.Array) and len(place) and hasattr(place[0], "objgen"):
        return place[0].objgen
    return None
