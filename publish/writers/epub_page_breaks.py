"""Where the pages of the print edition begin, marked in a body at the very character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

PREFIX = "page-"
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
ID = re.compile(r'\sid="([^"]*)"')
ENTRY = re.compile(r'<li id="i-.*?</li>', re.DOTALL)
LOCATOR = re.compile(
    r'(, )(<a epub:type="index-locator"[^>]*#)([^"]*)(" aria-label=")\d+([^>]*>)(<span[^>]*>)\d+'
    r"(</span></a>)"
)


def with_page_breaks(body: str, breaks: Mapping[str, Sequence[tuple[int, str]]]) -> str:
    """`body` with the pages of the print edition marked where they begin.

    `breaks` has, for the id of an element, (offset, page label) in rising order; offsets count the
    characters of the element's own text, without the labels of note references.
    """
    if not any(f'id="{id}"' in body for id in breaks):
        return body
    data = body.encode()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = False
    found: list[tuple[int, str]] = []  # offset in bytes, page label
    waiting: list[tuple[int, str]] = []
    depth = within = muted = seen = 0
    group = -1  # where the last group of headings begins

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, within, muted, seen, group
        depth += 1
        group = parser.CurrentByteIndex if name == "hgroup" else group if name in HEADINGS else -1
        if attributes.get("id") in breaks and not waiting:
            waiting.extend(breaks[attributes["id"]])
            within, seen = depth, 0
            if name in HEADINGS and waiting[0][0] == 0:  # else the number is part of the title
                at = group if group >= 0 else parser.CurrentByteIndex
                found.append((at, waiting.pop(0)[1]))
        if not muted and attributes.get("role") == "doc-noteref":
            muted = depth

    def text(run: str) -> None:
        nonlocal seen
        if not waiting or muted:
            return
        at = parser.CurrentByteIndex
        while waiting and waiting[0][0] - seen < len(run):
            offset, label = waiting.pop(0)
            found.append((at + len(run[: max(offset - seen, 0)].encode()), label))
        seen += len(run)

    def finish(name: str) -> None:
        nonlocal depth, muted
        if muted == depth:
            muted = 0
        if waiting and depth == within:  # beyond the last character: at the element's end
            found.extend((parser.CurrentByteIndex, label) for _, label in waiting)
            waiting.clear()
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = begin, finish
    parser.CharacterDataHandler = text
    parser.Parse(data, True)
    pieces, start = [], 0
    for offset, label in found:
        pieces += [data[start:offset].decode(), page_break(label)]
        start = offset
    return "".join([*pieces, data[start:].decode()])


def page_id(label: str) -> str:
    """The id of the place where a page of the print edition begins."""
    return PREFIX + label


def page_break(label: str) -> str:
    """The mark of the place where a page of the print edition begins."""
    # Named by its title: axe allows no aria-label on the roles of digital publishing.
    return (
        '<span epub:type="pagebreak" role="doc-pagebreak"'
        f" id={quoteattr(page_id(label))} title={quoteattr(label)}></span>"
    )


def labels_of(bodies: Iterable[str]) -> dict[str, str]:
    """For each id of the bodies, in reading order, the printed page on which it stands."""
    labels: dict[str, str] = {}
    label = ""
    for body in bodies:
        for id in ID.findall(body):
            if id.startswith(PREFIX):
                label = id.removeprefix(PREFIX)
            elif label:
                labels[id] = label
    return labels


def with_locators(body: str, labels: Mapping[str, str]) -> str:
    """An index whose locators are numbered by occurrence, with the numbers of printed pages: for
    each page of an entry one, which leads to the first occurrence there."""

    def paged(entry: re.Match[str]) -> str:
        shown: set[str] = set()

        def named(link: re.Match[str]) -> str:
            comma, begins, id, says, ends, span, closes = link.groups()
            label = labels.get(id)
            if not label:
                return link[0]
            if label in shown:
                return ""
            shown.add(label)
            return f"{comma}{begins}{id}{says}{label}{ends}{span}{label}{closes}"

        return LOCATOR.sub(named, entry[0])

    return ENTRY.sub(paged, body)
