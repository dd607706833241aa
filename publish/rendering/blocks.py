"""Blocks as XHTML: each kind by the element and the term that say what it is.

`flow` takes a run of blocks, opens and closes the containers they stand in, and gathers the
stanzas of a poem and the items of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from publish.document import Block, Container
from publish.rendering.inline import References, attribute, inline
from publish.rendering.tables import table_rows

CONTAINERS = {
    "quotation": ('<blockquote class="quotation">', "</blockquote>"),
    "letter": ('<div class="letter" epub:type="z3998:letter">', "</div>"),
    "epigraph": (
        '<blockquote class="epigraph" epub:type="epigraph" role="doc-epigraph">',
        "</blockquote>",
    ),
    "dedication": (
        '<div class="dedication" epub:type="dedication" role="doc-dedication">',
        "</div>",
    ),
    "poem": ('<div class="verse poem" epub:type="z3998:poem">', "</div>"),
    "verse": ('<div class="verse" epub:type="z3998:verse">', "</div>"),
}
# Kinds that are one <p>: class and term of the structural vocabulary.
PARAGRAPHS = {
    "speech": ("speech", ""),
    "direction": ("direction", "z3998:stage-direction"),
    "dateline": ("dateline", ""),
    "salutation": ("salutation", "z3998:salutation"),
    "valediction": ("valediction", "z3998:valediction"),
    "signature": ("signature", "z3998:signature"),
    "attribution": ("attribution", ""),
    "finis": ("finis", ""),
    "line": ("", ""),
    "note": ("", ""),
}
VERSE, LIST = Container("verse", ""), Container("list", "")
DEEPEST_INDENT = 6
NUMBER = re.compile(r"[-+−$£€]?(?:\d[\d.,\u2009\u202f ]*)?[\d½¼¾⅓⅔⅕⅛⅜⅝⅞][.,]?%?|[—–-]")
FULL_WORD = re.compile(r"(?![IVXLCDM]+\b)[^\W\d_]{3,}")
PLACEHOLDER = re.compile(r"\W*\w+\W*")  # "[Illustration]": no more than the word for one


@dataclass
class Open:
    """A container whose end tag is still to come; in a list, perhaps an item with it."""

    container: Container
    end: str
    item: bool = False

    def close(self) -> str:
        return ("</li>" if self.item else "") + self.end


def flow(blocks: Iterable[Block], references: References, flush: bool = False) -> str:
    """The blocks as XHTML; with `flush` the first paragraph goes without indent."""
    pieces: list[str] = []
    open_containers: list[Open] = []
    interrupted = False  # the block before was no paragraph: a sentence may go on after it
    for block in blocks:
        path = _path(block)
        depth = 0
        for held, container in zip(open_containers, path, strict=False):
            if held.container != container:
                break
            depth += 1
        while len(open_containers) > depth:
            pieces.append(open_containers.pop().close())
        for container in path[depth:]:
            begin, end = _container(container, block)
            pieces.append(begin)
            open_containers.append(Open(container, end))
        if open_containers and open_containers[-1].container.kind == "list":
            item = block.kind == "item" or not open_containers[-1].item
            if item:
                pieces.append("</li><li>" if open_containers[-1].item else "<li>")
                open_containers[-1].item = True
        runs_on = block.kind == "paragraph" and interrupted and block.text.value[:1].islower()
        pieces.append(block_xhtml(block, references, flush or runs_on))
        flush = False
        interrupted = block.kind != "paragraph" or bool(path)
    while open_containers:
        pieces.append(open_containers.pop().close())
    return "".join(pieces)


def _path(block: Block) -> tuple[Container, ...]:
    if block.kind == "verse" and not any(c.kind == "poem" for c in block.within[-1:]):
        return (*block.within, VERSE)
    if block.kind == "item" and not any(c.kind == "list" for c in block.within[-1:]):
        return (*block.within, LIST)
    return block.within


def _container(container: Container, first: Block) -> tuple[str, str]:
    if container.kind == "list":
        marker = next((m for m in first.text.marks if m.kind == "marker"), None)
        printed = first.text.value[marker.start : marker.end] if marker else ""
        tag = "ol" if any(c.isalnum() for c in printed) else "ul"
        return (f'<{tag} class="plain">' if marker else f"<{tag}>"), f"</{tag}>"
    known = CONTAINERS.get(container.kind)
    return known or (f'<div class="{attribute(container.kind)}">', "</div>")


def block_xhtml(block: Block, references: References, flush: bool = False) -> str:
    """One block as XHTML, without its containers; its language on the element if it has one."""
    block, language = _spoken(block)
    xhtml = _element(block, references, flush)
    if not language:
        return xhtml
    named, tag = f' id="{block.id}"', attribute(language)
    return xhtml.replace(named, f'{named} xml:lang="{tag}" lang="{tag}"', 1)


def _spoken(block: Block) -> tuple[Block, str]:
    """The block without the mark that says its language, and the language; "" if parts of it only
    have one."""
    text = block.text
    for mark in text.marks:
        if mark.kind == "language" and mark.value and block.kind != "heading":
            if not f"{text.value[: mark.start]}{text.value[mark.end :]}".strip():
                rest = tuple(m for m in text.marks if m != mark)
                return replace(block, text=replace(text, marks=rest)), mark.value
    return block, ""


def _element(block: Block, references: References, flush: bool) -> str:
    kind = block.kind
    if kind == "paragraph":
        name = ' class="flush"' if flush else ""
        return f'<p id="{block.id}"{name}>{inline(block, references)}</p>\n'
    if kind == "verse":
        return _stanza(block, references)
    if kind == "heading":
        return heading(block, references, 4, block.id)
    if kind == "item":
        return f'<p id="{block.id}">{inline(block, references)}</p>'
    if kind == "table":
        return _table(block, references)
    if kind == "break":
        return f'<hr id="{block.id}"/>\n'
    if kind in ("figure", "caption"):
        return _figure(block, references)
    name, term = PARAGRAPHS.get(kind, ("", ""))
    typed = f' epub:type="{term}"' if term else ""
    named = f' class="{name}"' if name else ""
    return f'<p id="{block.id}"{named}{typed}>{inline(block, references)}</p>\n'


def heading(block: Block, references: References, level: int, id: str = "") -> str:
    """A heading of this level; a number over a title is a group whose heading is the number.

    `id` is given to the heading itself, or to the heading in the group.
    """
    level = min(level, 6)
    lines = _lines(block)
    named = f' id="{id}"' if id else ""
    if len(lines) < 2:
        capitals = _capitals(block.text.value)
        return f"<h{level}{named}{capitals}>{inline(block, references)}</h{level}>\n"
    (start, end), *rest = lines
    title = "<br/>".join(inline(block, references, a, b) for a, b in rest)
    capitals = _capitals(block.text.value[rest[0][0] : rest[-1][1]])
    number = _capitals(block.text.value[start:end])
    if capitals and block.text.value[start:end].isupper():
        number = capitals  # a numeral, too: as a capital it would stand out above small ones
    return (
        f'<hgroup><h{level}{named}{number} epub:type="ordinal">'
        f"{inline(block, references, start, end)}</h{level}>"
        f'<p{capitals} epub:type="title">{title}</p></hgroup>\n'
    )


def _capitals(words: str) -> str:
    """The class of a title that was typed in capitals; initials and numerals are none."""
    return ' class="capitals"' if words.isupper() and FULL_WORD.search(words) else ""


def _lines(block: Block) -> list[tuple[int, int]]:
    """The spans of the lines with ink in them."""
    spans, at = [], 0
    for line in block.text.value.split("\n"):
        if line.strip():
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _stanza(block: Block, references: References) -> str:
    value, lines = block.text.value, []
    for start, end in _lines(block):
        line = value[start:end]
        spaces = len(line) - len(line.lstrip(" "))
        step = min(spaces // 2, DEEPEST_INDENT)
        name = f"line indent-{step}" if step else "line"
        words = inline(block, references, start + spaces, end)
        lines.append(f'<span class="{name}">{words}</span>')
    return f'<p class="stanza" id="{block.id}">{"<br/>".join(lines)}</p>\n'


def _table(block: Block, references: References) -> str:
    """The rows with a cell for each column. A first row of words over figures is the head; without
    one the first cell of each row heads it, for a table says what its figures or words belong to.
    """
    rows = table_rows(block.text.value)
    columns = max((len(row) for row in rows), default=1)
    value = block.text.value
    figures = [
        bool(cells) and all(NUMBER.fullmatch(value[a:b].strip()) for a, b in cells if b > a)
        for cells in (row[1:] for row in rows)
    ]
    headed = len(rows) > 2 and not figures[0] and all(figures[1:])
    written = []
    for at, row in enumerate(rows):
        cells = []
        for place, (start, end) in enumerate([*row, *[(0, 0)] * (columns - len(row))]):
            name = ' class="number"' if NUMBER.fullmatch(value[start:end].strip()) else ""
            words = inline(block, references, start, end).strip() if end > start else ""
            if headed and not at:
                cells.append(f'<th scope="col">{words}</th>')
            elif not headed and not place and words:
                cells.append(f'<th scope="row"{name}>{words}</th>')
            else:
                cells.append(f"<td{name}>{words}</td>")
        written.append(f"<tr>{''.join(cells)}</tr>")
    head = f"<thead>{written.pop(0)}</thead>" if headed else ""
    return f'<table id="{block.id}">{head}<tbody>{"".join(written)}</tbody></table>\n'


def _figure(block: Block, references: References) -> str:
    """Where an illustration stood: its caption, which is all that a text has of it."""
    if block.kind == "figure" and PLACEHOLDER.fullmatch(block.text.value):
        return f'<figure class="illustration" id="{block.id}"></figure>\n'
    words = inline(block, references)
    return (
        f'<figure class="illustration" id="{block.id}"><figcaption>{words}</figcaption></figure>\n'
    )
