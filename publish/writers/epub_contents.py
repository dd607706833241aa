"""The ways into an EPUB: contents, landmarks and page list in one page, and the older NCX."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import count
from typing import NamedTuple

from publish.writers.epub_pages import Page

LANDMARKS = (  # EPUB structural vocabulary, in the order in which readers show them
    "titlepage", "toc", "introduction", "preface", "bodymatter", "endnotes", "glossary",
    "index", "bibliography", "appendix", "loi", "lot",
)  # fmt: skip


@dataclass(slots=True)
class Entry:
    """A line of the contents, with the lines under it."""

    title: str
    href: str
    under: list[Entry] = field(default_factory=list)


class Landmark(NamedTuple):
    """A place that a program may want to lead to; `kind` is of the EPUB structural vocabulary."""

    kind: str
    title: str
    href: str


def entries(pages: Sequence[Page], home: Mapping[str, str], untitled: str) -> list[Entry]:
    """The contents as a tree. A level without one above it moves up to the nearest there is.

    A part without a title goes by `untitled`; where no part is listed, the body's first page is.
    """
    top: list[Entry] = []
    stack: list[tuple[int, list[Entry]]] = [(0, top)]
    lines = list(_lines(pages, home)) or [(1, "", first_page(pages).name)]
    for level, title, href in lines:
        while stack[-1][0] >= level:
            stack.pop()
        entry = Entry(title or untitled, href)
        stack[-1][1].append(entry)
        stack.append((level, entry.under))
    return top


def first_page(pages: Sequence[Page]) -> Page:
    """The page on which the text begins."""
    return next((page for page in pages if page.part.matter == "body"), pages[0])


def _lines(pages: Sequence[Page], home: Mapping[str, str]) -> Iterable[tuple[int, str, str]]:
    for page in pages:
        part = page.part
        if not page.first or not part.listed:
            continue
        yield part.level, part.title, page.name
        for point in part.points:
            if point.id != part.id and point.id in home and point.title:
                yield part.level + point.level, point.title, f"{home[point.id]}#{point.id}"


def depth(contents: Sequence[Entry]) -> int:
    return 1 + max((depth(entry.under) for entry in contents), default=0) if contents else 0


def landmarks(pages: Sequence[Page], nav_name: str, titles: Mapping[str, str]) -> list[Landmark]:
    """Where each kind of matter begins; `titles` has the names of the kinds."""
    first: dict[str, str] = {"toc": nav_name}
    for page in pages:
        if page.first:
            first.setdefault(page.part.kind, page.name)
            if page.part.matter == "body":
                first.setdefault("bodymatter", page.name)
    return [
        Landmark(kind, titles.get(kind, kind), first[kind]) for kind in LANDMARKS if kind in first
    ]


def nav_body(
    title: str,
    contents: Sequence[Entry],
    marks: Sequence[Landmark],
    marks_title: str,
    page_list: Sequence[Entry] = (),
    page_list_title: str = "",
) -> str:
    """The body of the navigation page. Landmarks and page list are for programs: hidden."""
    parts = [
        '<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">\n'
        f'<h1 id="toc-title">{escape(title)}</h1>\n{_list(contents)}</nav>'
    ]
    items = [
        f'<li><a epub:type="{mark.kind}" href="{escape(mark.href)}">{escape(mark.title)}</a></li>\n'
        for mark in marks
    ]
    parts.append(
        '<nav epub:type="landmarks" id="landmarks" hidden="hidden"'
        f' aria-label="{escape(marks_title)}">\n<ol>\n{"".join(items)}</ol>\n</nav>'
    )
    if page_list:
        parts.append(
            '<nav epub:type="page-list" role="doc-pagelist" id="page-list" hidden="hidden"'
            f' aria-label="{escape(page_list_title)}">\n{_list(page_list)}</nav>'
        )
    return "\n".join(parts)


def _list(contents: Sequence[Entry]) -> str:
    lines = [
        f'<li><a href="{escape(entry.href)}">{escape(entry.title)}</a>'
        + (f"\n{_list(entry.under)}" if entry.under else "")
        + "</li>\n"
        for entry in contents
    ]
    return f"<ol>\n{''.join(lines)}</ol>\n"


def ncx(
    title: str,
    identifier: str,
    language: str,
    contents: Sequence[Entry],
    page_list: Sequence[Entry] = (),
) -> bytes:
    """The contents for EPUB 2 reading systems."""
    ids = count(1)

    def point(entry: Entry) -> str:
        number = next(ids)
        under = "".join(map(point, entry.under))
        return (
            f'<navPoint id="np{number}"><navLabel><text>{escape(entry.title)}</text></navLabel>'
            f'<content src="{escape(entry.href)}"/>{under}</navPoint>\n'
        )

    points = "".join(map(point, contents))
    targets = "".join(
        f'<pageTarget id="pt{n}" type="{"normal" if page.title.isdigit() else "front"}"'
        f' value="{n}"><navLabel><text>{escape(page.title)}</text></navLabel>'
        f'<content src="{escape(page.href)}"/></pageTarget>\n'
        for n, page in enumerate(page_list, 1)
    )
    listed = f'<pageList id="pages" class="pages">\n{targets}</pageList>\n' if targets else ""
    last = max((int(p.title) for p in page_list if p.title.isdigit()), default=0)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"'
        f' xml:lang="{escape(language)}">\n<head>'
        f'<meta name="dtb:uid" content="{escape(identifier)}"/>'
        f'<meta name="dtb:depth" content="{depth(contents)}"/>'
        f'<meta name="dtb:totalPageCount" content="{len(page_list)}"/>'
        f'<meta name="dtb:maxPageNumber" content="{last}"/></head>\n'
        f"<docTitle><text>{escape(title)}</text></docTitle>\n"
        f"<navMap>\n{points}</navMap>\n{listed}</ncx>\n"
    ).encode()
