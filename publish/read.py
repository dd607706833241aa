"""Bytes in, a Document of printed lines out."""

from __future__ import annotations

import re

from publish.document import Anchor, Block, Document, Source, Text
from publish.errors import SourceError

LINE_END = re.compile(r"\r\n|\r|\n")


def read(data: bytes, encoding: str = "", name: str = "source.txt") -> Document:
    """The source as one "line" block for each line that has ink.

    A line keeps its indent and loses its trailing white space; `gap` counts the blank lines
    before it; a form feed before or at its start sets `turn`.
    """
    text, encoding = decode(data, encoding, name)
    starts = (0, *(m.end() for m in LINE_END.finditer(text)))
    if len(starts) > 1 and starts[-1] == len(text):
        starts = starts[:-1]
    blocks, gap, turn = [], 0, False
    ends = (*starts[1:], len(text))
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        line = text[start:end].rstrip()
        turn = turn or "\f" in text[start:end]
        if not line.strip():
            gap += 1
            continue
        if "\f" in line:
            line = line.replace("\f", " ")
        blocks.append(
            Block("line", Text(line, (Anchor(0, start),)), f"L{number}", gap=gap, turn=turn)
        )
        gap, turn = 0, False
    if not blocks:
        raise SourceError("the source is empty.", file=name)
    return Document(Source(text, starts, encoding), tuple(blocks))


def decode(data: bytes, encoding: str, name: str) -> tuple[str, str]:
    """The text and the name of the encoding it was read with."""
    for candidate in (encoding,) if encoding else ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return data.decode(candidate), candidate
        except UnicodeDecodeError:
            continue
    raise SourceError(f"the source is not {encoding}.", file=name)
