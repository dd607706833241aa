"""A section as the column of lines it will be: heights by print.css, in lines of text.

With them the writer knows where the layout will end its pages, and can set a paragraph a line
longer or shorter where that fills one. What has no known height (a table, a picture, notes) ends
what is known of its section.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from publish.lines.faces import Look, width
from publish.lines.pages import Block
from publish.lines.settle import Measured
from publish.writers.pdf_dress import GROUPS, TITLES, classes, named_line

SINK: Final = 4  # lines above a title
TITLE_GAP: Final = 2  # below it
INDENT: Final = 1.3  # em, of a first line, of a quotation at either side, of what is turned over
HOLDERS: Final = frozenset({"section", "div"})
SMALL_CROSSHEADS: Final = frozenset({"h4", "h5", "h6"})
SET_OFF: Final = frozenset({"letter", "poem", "verse"})
SHORT: Final = frozenset({"dateline", "salutation", "valediction", "signature", "attribution"})
UNKNOWN_PARTS: Final = frozenset(
    {"bare", "kind-colophon", "kind-toc", "kind-part", "kind-index", "kind-halftitlepage"}
)


class UnknownHeight(Exception):
    """How high something is can only be told when it is laid out."""


def column(
    section: Element,
    found: Mapping[Element, Measured],
    base: Look,
    measure: float,
    note_leading: float,
) -> tuple[list[Block], list[Measured | None]]:
    """The blocks of a section from its beginning, as far as their heights are known, and for each
    its paragraph, if that can be set longer or shorter. `measure` is in ems, `note_leading` in
    lines of text."""
    blocks: list[Block] = []
    paragraphs: list[Measured | None] = []
    if not UNKNOWN_PARTS.intersection(classes(section)):
        try:
            for block, paragraph in _blocks(section, found, base, measure, note_leading):
                blocks.append(block)
                paragraphs.append(paragraph)
        except UnknownHeight:
            pass
    return blocks, paragraphs


Known = tuple[Block, Measured | None]


def _blocks(
    holder: Element,
    found: Mapping[Element, Measured],
    base: Look,
    measure: float,
    note_leading: float,
) -> Iterator[Known]:
    before: Element | None = None
    for child in holder:
        names = classes(child)
        if "title" in names:
            yield Block(SINK + title_height(child), bottom=TITLE_GAP, keeps=True), None
        elif "crosshead" in names:
            yield _crosshead(child, before), None
        elif child.tag == "hr":
            yield Block(1, 1, 1, keeps=True, glued=True), None
        elif child in found:
            yield _paragraph(child, found, note_leading)
        elif child.tag == "p" and SHORT.intersection(names):
            yield _line(child, base, measure, top=int("closing-dateline" in names)), None
        elif child.tag == "p" and {"stanza", "verse"} & set(names):
            yield from _stanza(child, child is not holder[-1], base, measure)
        elif child.tag == "blockquote" or SET_OFF.intersection(names):
            if "epigraph" in names:
                raise UnknownHeight
            nested = holder.tag == "blockquote" or SET_OFF.intersection(classes(holder))
            inset = 0.0 if nested or "verse" in names else 2 * INDENT
            inner = list(_blocks(child, found, base, measure - inset, note_leading))
            follows = before is not None and before.tag not in TITLES
            yield from _set_off(inner, int(not nested and follows), int(not nested))
        elif child.tag in HOLDERS and "reading-list" not in names:
            yield from _blocks(child, found, base, measure, note_leading)
        elif child.tag == "figure" and not len(child):
            continue
        else:
            raise UnknownHeight
        before = child


def title_height(title: Element) -> int:
    """The lines that a title takes, those of one and a half made up to whole ones."""
    lines = _title_lines(title)
    return int(lines + lines % 1)


def in_lines_of(leading: float, title: Block) -> Block:
    """A section's title in lines of this leading, by the text's: it takes a whole number."""
    return title._replace(lines=round((title.lines + title.bottom) / leading) - title.bottom)


def is_uneven(title: Element) -> bool:
    """Whether a title's lines make no whole number of lines of text."""
    return bool(_title_lines(title) % 1)


def _title_lines(title: Element) -> float:
    named = named_line(title)
    if named is not None:
        return 1.5 + 1.5 * (1 + len(named.findall("br")))
    if title.tag not in GROUPS:
        names = classes(title)
        each = 2.5 if "book-title" in names else 1.0 if "crosshead" in names else 1.5
        return each * (1 + len(title.findall("br")))
    crosshead = "crosshead" in classes(title)
    lines = 0.0
    for part in title:
        kind, many = part.get("data-type", ""), 1 + len(part.findall("br"))
        if crosshead:
            lines += many
        else:
            lines += 1.5 if "ordinal" in kind else 1.5 * many if kind == "title" else many
    return lines


def _crosshead(child: Element, before: Element | None) -> Block:
    lines = title_height(child)
    follows = before is not None and {"title", "crosshead"} & set(classes(before))
    extra = 0 if child.tag in SMALL_CROSSHEADS and not follows else 1
    return Block(lines + extra, top=0 if follows else 1, keeps=True)


def _paragraph(child: Element, found: Mapping[Element, Measured], note_leading: float) -> Known:
    measured = found[child]
    notes = []
    for place, call in measured.calls:
        note = next((inner for inner in call if "footnote" in classes(inner)), None)
        if note is not None:
            if note not in found:
                raise UnknownHeight
            notes.append((measured.line_of(place), found[note].lines * note_leading))
    by_line: dict[int, float] = {}
    for line, height in notes:
        by_line[line] = by_line.get(line, 0.0) + height
    top = int(bool({"closing-dateline", "finis"} & set(classes(child))))
    return Block(measured.lines, top, split=True, notes=tuple(by_line.items())), measured


def _line(child: Element, base: Look, measure: float, top: int) -> Block:
    italic = base._replace(italic=True)  # the wider of what it may be set in
    text = " ".join("".join(child.itertext()).split())
    widths = [max(_width(word, base), _width(word, italic)) + 0.25 for word in text.split()]
    if sum(widths) > measure * 0.68 or child.find(".//br") is not None:
        raise UnknownHeight
    return Block(1, top)


def _stanza(child: Element, parted: bool, base: Look, measure: float) -> Iterator[Known]:
    """A stanza, which is kept whole unless it is long: then two lines stand together at either end.
    What is too long for a line turns over and hangs."""
    lines = [line for line in child if "line" in classes(line)]
    if not lines:
        raise UnknownHeight
    heights = []
    for line in lines:
        steps = [name for name in classes(line) if name.startswith("indent-")]
        room = measure - 2 * INDENT - sum(int(name.removeprefix("indent-")) for name in steps)
        heights.append(_turned("".join(line.itertext()).split(), base, room))
    below = int(parted)
    if "long" not in classes(child):
        yield Block(sum(heights), bottom=below), None
        return
    last = len(heights) - 1
    for at, high in enumerate(heights):
        yield Block(high, 0, below * (at == last), keeps=at == 0, glued=at == last), None


def _turned(words: list[str], base: Look, room: float) -> int:
    """The lines that words take, filled one after another, all but the first indented."""
    lines, at, space = 1, 0.0, _width(" ", base)
    for word in words:
        wide = _width(word, base)
        if at and at + space + wide > room:
            lines, at = lines + 1, INDENT
        at += wide + (space if at else 0.0)
    return lines


def _set_off(inner: list[Known], above: int, below: int) -> Iterator[Known]:
    """The blocks of a container with margins above and below, which count once with theirs."""
    for number, (block, paragraph) in enumerate(inner):
        top = max(block.top, above) if number == 0 else block.top
        bottom = max(block.bottom, below) if number == len(inner) - 1 else block.bottom
        yield block._replace(top=top, bottom=bottom), paragraph


def _width(word: str, look: Look) -> float:
    known = width(word, look)
    if known is None:
        raise UnknownHeight
    return known
