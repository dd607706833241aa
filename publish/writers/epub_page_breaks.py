"""Where the pages of the print edition begin, marked in a body at the very character."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.parsers import expat
from xml.sax.saxutils import quoteattr


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

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, within, muted, seen
        depth += 1
        if attributes.get("id") in breaks and not waiting:
            waiting.extend(breaks[attributes["id"]])
            within, seen = depth, 0
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
    return f"page-{label}"


def page_break(label: str) -> str:
    """The mark of the place where a page of the print edition begins."""
    # Named by its title: axe allows no aria-label on the roles of digital publishing.
    return (
        '<span epub:type="pagebreak" role="doc-pagebreak"'
        f" id={quoteattr(page_id(label))} title={quoteattr(label)}></span>"
    )
