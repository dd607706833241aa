"""Divisions that were laid out each by itself as one PDF: pages, links, bookmarks, tags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from publish.writers.pdf_tree import ELSEWHERE

if TYPE_CHECKING:
    import pikepdf

SUBSET: Final = re.compile(r"/([A-Z]{6})\+")  # before the name of a font cut down to its glyphs
FONT_NAMES: Final = ("/BaseFont", "/FontName")


def joined(
    pdfs: Sequence[bytes], starts: Sequence[int], romans: Sequence[bool] = ()
) -> pikepdf.Pdf:
    """One document with the pages of all. `starts` are the numbers of their first pages: where an
    odd one would be on the back of a leaf, or an even one on its front, a blank page comes before.
    `romans` says of each whether its pages are counted in roman numerals; none is, if it is empty.
    """
    import pikepdf

    opened = [pikepdf.open(BytesIO(pdf)) for pdf in pdfs]
    counts = [len(each.pages) for each in opened]
    largest = counts.index(max(counts))  # the others are copied into it
    whole = opened[largest]
    for number, other in enumerate(opened):
        if other is not whole:
            _name_fonts(other, number)
            _add(whole, other, number, sum(counts[:number]), first=number < largest)
    at = 0
    begins = []
    for count, start in zip(counts, starts, strict=True):
        if at % 2 == start % 2:
            add_blank(whole, at)
            at += 1
        begins.append(at)
        at += count
    _label_pages(whole, begins, starts, romans or [False] * len(starts))
    _turn_links(whole)
    return whole


def _label_pages(
    whole: pikepdf.Pdf, begins: Sequence[int], starts: Sequence[int], romans: Sequence[bool]
) -> None:  # fmt: skip
    """Names the pages by their folios, by which a viewer finds them (ISO 32000-1, 12.4.2). `begins`
    are the places of the divisions' first pages, from 0; a blank page goes on with the count of
    what stands before it."""
    import pikepdf

    ranges: list[Any] = []
    goes_on: tuple[bool, int] | None = None
    for begin, start, roman in zip(begins, starts, romans, strict=True):
        if goes_on != (roman, start - begin):
            style = pikepdf.Name.r if roman else pikepdf.Name.D
            ranges += [begin, pikepdf.Dictionary(S=style, St=start)]
            goes_on = roman, start - begin
    whole.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(ranges))


def add_blank(document: pikepdf.Pdf, at: int) -> None:
    """Puts an empty page of the size of the others before page `at`, counted from 0."""
    import pikepdf

    like = document.pages[0].obj
    boxes = {key: like[key] for key in ("/MediaBox", "/BleedBox", "/TrimBox") if key in like}
    page = pikepdf.Dictionary({"/Type": pikepdf.Name.Page, "/Resources": {}, **boxes})
    page.Contents = document.make_stream(b"")
    document.pages.insert(at, pikepdf.Page(document.make_indirect(page)))


def _name_fonts(document: pikepdf.Pdf, number: int) -> None:
    """Gives the fonts other tags: a face cut down to other glyphs is another font, and tags tell
    one from the other (ISO 32000-1, 9.6.4)."""
    import pikepdf

    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary):
            for key in FONT_NAMES:
                tag = SUBSET.match(str(item.get(key, "")))
                if tag:
                    turned = "".join(chr((ord(c) - 65 + number + 1) % 26 + 65) for c in tag[1])
                    item[key] = pikepdf.Name(f"/{turned}{str(item[key])[7:]}")


def _add(
    whole: pikepdf.Pdf, other: pikepdf.Pdf, number: int, at: int, *, first: bool
) -> None:  # fmt: skip
    """Adds a document's pages from page `at` on, and what leads to them; with `first`, it comes
    before what is there already."""
    for place, page in enumerate(other.pages, at):
        whole.pages.insert(place, page)
    pages = list(whole.pages[at : at + len(other.pages)])
    # Only now: what is copied leads to the copies of the pages.
    if "/Names" in other.Root:
        _add_names(whole, whole.copy_foreign(other.make_indirect(other.Root.Names)))
    if "/Outlines" in other.Root:
        _add_bookmarks(whole, whole.copy_foreign(other.Root.Outlines), first=first)
    if "/StructTreeRoot" in other.Root:
        tree = whole.copy_foreign(other.Root.StructTreeRoot)
        _add_tags(whole, tree, pages, number, first=first)


def _add_names(whole: pikepdf.Pdf, names: Any) -> None:
    """The places that links name; of a name that stands in both, the first counts."""
    import pikepdf

    if "/Names" not in whole.Root:
        whole.Root.Names = names
        return
    held: dict[bytes, Any] = {}
    for tree in (whole.Root.Names.Dests, names.Dests):
        listed = list(tree.Names)
        for name, place in zip(listed[::2], listed[1::2], strict=True):
            held.setdefault(bytes(name), place)
    flat = [part for name in sorted(held) for part in (pikepdf.String(name), held[name])]
    whole.Root.Names.Dests.Names = pikepdf.Array(flat)


def _add_bookmarks(whole: pikepdf.Pdf, added: Any, *, first: bool) -> None:
    if "/Outlines" not in whole.Root:
        whole.Root.Outlines = added
        return
    outlines = whole.Root.Outlines
    item = added.First
    while item is not None:
        item.Parent = outlines
        item = item.get("/Next")
    before, after = (added, outlines) if first else (outlines, added)
    before.Last.Next, after.First.Prev = after.First, before.Last
    outlines.First, outlines.Last = before.First, after.Last
    outlines.Count = int(outlines.Count) + int(added.Count)


def _add_tags(
    whole: pikepdf.Pdf, tree: Any, pages: list[Any], number: int, *, first: bool
) -> None:  # fmt: skip
    """Adds a structure to that of the whole, and renumbers what leads from pages to it."""
    import pikepdf

    own, document, added = whole.Root.StructTreeRoot, whole.Root.StructTreeRoot.K[0], tree.K[0]
    for kid in added.K:
        kid.P = document
    kids = [list(added.K), list(document.K)]
    document.K = pikepdf.Array([*kids[not first], *kids[first]])
    numbers: list[Any] = list(own.ParentTree.Nums)
    shift = 1 + max(map(int, numbers[::2]), default=-1)
    more = list(tree.ParentTree.Nums)
    for key, held in zip(more[::2], more[1::2], strict=True):
        numbers += [int(key) + shift, held]
    own.ParentTree.Nums = pikepdf.Array(numbers)
    for page in pages:
        page.obj.StructParents = int(page.obj.StructParents) + shift
        for note in page.obj.get("/Annots", ()):
            if "/StructParent" in note:
                note.StructParent = int(note.StructParent) + shift
    _name_cells(added, number)


def _name_cells(top: Any, number: int) -> None:
    """Heads of tables are known by the numbers of their objects, which another document may have
    for its own."""
    import pikepdf

    waiting = [top]
    while waiting:
        tag = waiting.pop()
        kind = str(tag.get("/S", ""))
        if kind == "/TH" and "/ID" in tag:
            tag.ID = pikepdf.String(f"{number}-{tag.ID}")
        elif kind == "/TD" and "/Headers" in tag.get("/A", {}):
            tag.A.Headers = pikepdf.Array(
                [pikepdf.String(f"{number}-{name}") for name in tag.A.Headers]
            )
        kids = tag.get("/K", ())
        for kid in kids if isinstance(kids, pikepdf.Array) else (kids,):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                waiting.append(kid)


def _turn_links(whole: pikepdf.Pdf) -> None:
    """Links from one division into another lead to the places that these name, in their bytes: one
    string may be written in several."""
    root: Any = whole.Root
    places = root.get("/Names", {}).get("/Dests", {}).get("/Names", ())
    named = {str(name): name for name in list(places)[::2]}
    for page in whole.pages:
        notes: Any = page.obj.get("/Annots", ())
        for note in notes:
            address = str(note.get("/A", {}).get("/URI", ""))
            if address.startswith(ELSEWHERE):
                del note["/A"]
                note.Dest = named[unquote(address.removeprefix(ELSEWHERE))]
