"""Parts become the files of an EPUB: pages with a head, split where long, links completed.

A part is one page. One above `PAGE_LIMIT` bytes is cut between two of its elements, as near the
outside of its structure as can be; the elements open at the cut are closed and opened again. The
text is never parsed into a tree: expat tells where elements begin, and the bytes stay as rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from publish.book import Part
from publish.writers.epub_page_breaks import labels_of, with_locators, with_page_breaks

PAGE_LIMIT = 300_000  # bytes; older readers falter above it
DIVISIBLE = frozenset(("section", "div", "article", "blockquote", "dl", "ol", "ul"))

ID = re.compile(r'\sid="([^"]+)"')
INNER_LINK = re.compile(r'(\shref=")#([^"]+)"')
ONLY_ONCE = re.compile(r'\s(?:id|aria-labelledby|aria-describedby|aria-label|start)="[^"]*"')
TAG_NAME = re.compile(r"<([\w:-]+)")

Z3998 = "http://www.daisy.org/z3998/2012/vocab/structure/#"
NAMESPACES = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'


@dataclass(frozen=True, slots=True)
class Page:
    """One file in reading order: `body` is XHTML, `part` what it is, or is a piece of."""

    name: str
    title: str
    body: str
    part: Part
    first: bool = True


class Cut(NamedTuple):
    """A place before an element: its offset in bytes, how deep it lies, the tags open there."""

    offset: int
    depth: int
    opened: tuple[str, ...]


def pages(parts: Iterable[Part], page_breaks: Iterable[tuple[str, str, int]] = ()) -> list[Page]:
    """The parts as files, with every `#id` link completed to the file that holds the id.

    `page_breaks` are (page label, block id, offset), as the book has them.
    """
    breaks: dict[str, list[tuple[int, str]]] = {}
    for label, block, offset in page_breaks:
        breaks.setdefault(block, []).append((offset, label))
    if breaks:
        parts = [replace(part, body=with_page_breaks(part.body, breaks)) for part in parts]
        labels = labels_of(part.body for part in parts)
        parts = [
            replace(part, body=with_locators(part.body, labels)) if part.kind == "index" else part
            for part in parts
        ]
    split = list(_split(parts))
    home = {id: page.name for page in split for id in ID.findall(page.body)}
    return [
        Page(
            page.name, page.title, complete_links(page.body, home, page.name), page.part, page.first
        )
        for page in split
    ]


def complete_links(body: str, home: Mapping[str, str], here: str = "") -> str:
    """`body` with `href="#id"` led to the file in `home`; links within the file `here` stay."""

    def complete(link: re.Match[str]) -> str:
        name = home.get(link[2], here)
        return link[0] if name == here else f'{link[1]}{name}#{link[2]}"'

    return INNER_LINK.sub(complete, body)


def page_xhtml(
    title: str, body: str, language: str, styles: Sequence[str], matter: str = ""
) -> bytes:
    """A whole XHTML page; `styles` are the names of its style sheets, `matter` is "front", "body",
    "back" or not said."""
    links = "".join(f'<link rel="stylesheet" type="text/css" href={quoteattr(s)}/>' for s in styles)
    tag = quoteattr(language)
    typed = f' epub:type="{matter}matter"' if matter else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html {NAMESPACES} epub:prefix="z3998: {Z3998}" lang={tag} xml:lang={tag}>\n'
        f"<head><title>{escape(title)}</title>{links}</head>\n"
        f"<body{typed}>\n{body}\n</body>\n</html>\n"
    ).encode()


def _split(parts: Iterable[Part]) -> Iterator[Page]:
    names: set[str] = set()
    for part in parts:
        stem = file_stem(part.id, names)
        for number, body in enumerate(pieces(part.body)):
            name = f"{stem}.xhtml" if not number else f"{stem}-{number + 1}.xhtml"
            names.add(name)
            yield Page(name, part.title, body, part, not number)


def file_stem(id: str, taken: Iterable[str]) -> str:
    """A file name for the id, in characters that every file system takes, not yet in `taken`."""
    stem = re.sub(r"[^a-z0-9_-]+", "-", id.lower()).strip("-") or "part"
    number, name = 1, stem
    while f"{name}.xhtml" in taken:
        number += 1
        name = f"{stem}_{number}"
    return name


def pieces(body: str, limit: int = PAGE_LIMIT) -> list[str]:
    """`body` cut into well-formed pieces of at most `limit` bytes, where its structure allows."""
    data = body.encode()
    if len(data) <= limit:
        return [body]
    cuts = _cuts(data)
    result: list[str] = []
    start = 0
    opened: tuple[str, ...] = ()
    while len(data) - start > limit * 19 // 20:
        cut = _best(cuts, start, start + limit * 19 // 20)
        if cut is None:
            break
        result.append(_piece(data[start : cut.offset], opened, cut.opened))
        start, opened = cut.offset, cut.opened
    result.append(_piece(data[start:], opened, ()))
    return result


def _best(cuts: Sequence[Cut], start: int, end: int) -> Cut | None:
    """The outermost cut in the latter half of the stretch, the last of these; or any after it."""
    half = (start + end) // 2
    near = [cut for cut in cuts if half < cut.offset <= end]
    if near:
        return min(near, key=lambda cut: (cut.depth, -cut.offset))
    before = [cut for cut in cuts if start < cut.offset <= half]
    return before[-1] if before else next((cut for cut in cuts if cut.offset > end), None)


def _piece(data: bytes, opened: tuple[str, ...], left_open: tuple[str, ...]) -> str:
    reopened = "".join(ONLY_ONCE.sub("", tag) if "<ol" not in tag else tag for tag in opened)
    closed = "".join(f"</{_name(tag)}>" for tag in reversed(left_open))
    return reopened + data.decode() + closed


def _name(tag: str) -> str:
    found = TAG_NAME.match(tag)
    return found[1] if found else ""


def _cuts(data: bytes) -> list[Cut]:
    """Every place before a child of a divisible element; never between a heading and its text."""
    parser = expat.ParserCreate("utf-8")
    cuts: list[Cut] = []
    names: list[str] = []
    tags: list[str] = []
    counts: list[int] = []  # children seen in each open element
    last: list[str] = [""]  # the child before, for each open element

    def begin(name: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        whole = all(n in DIVISIBLE for n in names)
        if names and whole and counts[-1] and not _binds(last[-1], name):
            cuts.append(Cut(at, len(names), _reopened(tags, counts)))
        if counts:
            counts[-1] += 1
            last[-1] = name
        names.append(name)
        tags.append(data[at : data.index(b">", at) + 1].decode())
        counts.append(0)
        last.append("")

    def finish(name: str) -> None:
        names.pop(), tags.pop(), counts.pop(), last.pop()

    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    parser.Parse(data, True)
    return cuts


def _binds(before: str, name: str) -> bool:
    """True between a heading and what it heads, a term and its definition."""
    return before in ("h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "dt") or name == "dd"


def _reopened(tags: Sequence[str], counts: Sequence[int]) -> tuple[str, ...]:
    """The open tags as they are written again: a list goes on counting where it was cut."""
    return tuple(
        _continued(tag, count, counted=_name(tag) == "ol")
        for tag, count in zip(tags, counts, strict=True)
    )


def _continued(tag: str, count: int, *, counted: bool) -> str:
    if not counted:
        return tag
    start = re.search(r'\sstart="(\d+)"', tag)
    number = (int(start[1]) if start else 1) + count
    return ONLY_ONCE.sub("", tag)[:-1] + f' start="{number}">'
