"""What typed blocks ask to be edited: numbers read wrongly, titles over several lines, brackets of
captions, lines drawn in tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from publish.document import Block, Document
from publish.ledger import Edit, Origin, Proposals, Rule
from publish.structure import blocks as kinds
from publish.structure.layout import Unit
from publish.structure.numerals import to_roman

COUNTED = re.compile(r"[ \t]{2,}(\d{1,4})$", re.MULTILINE)  # a line of verse with its number
FEWEST = 4  # such numbers that make a count
SPECKS = " .,:;'`‘’\"“”*~_°^[](-—–"
CAPTION = Rule("structure.caption", lambda blocks, context: (), Origin.LAYOUT)
RULED = Rule("structure.table_rule", lambda blocks, context: (), Origin.LAYOUT)
NUMERAL = Rule("structure.numeral", lambda blocks, context: (), Origin.SCAN)
LINE_NUMBER = Rule("structure.line_number", lambda blocks, context: (), Origin.LAYOUT)
TITLE = Rule("structure.title", lambda blocks, context: (), Origin.LAYOUT, white=True)


def _heads(document: Document, heads: Sequence[Unit]) -> Iterator[tuple[int, Block, Unit]]:
    """(index of the block, block, unit) of every heading; both sequences are in text order."""
    found = [(i, block) for i, block in enumerate(document.blocks) if block.kind == "heading"]
    for (index, block), unit in zip(found, heads, strict=True):
        yield index, block, unit


def numerals(document: Document, heads: Sequence[Unit]) -> Proposals:
    """Edits that give a number read wrongly the value its place in the sequence asks for."""
    for index, block, unit in _heads(document, heads):
        if not unit.number:
            continue
        first = block.text.value.split("\n", 1)[0]
        start = first.rfind(unit.token)
        end = start + len(unit.token)
        new = to_roman(unit.number)
        if start and first[start - 1].isalnum():
            new = " " + new
        if not first[:start].strip(SPECKS):  # specks around a number that stands alone
            start, end = 0, len(first.rstrip(" ,;:'`‘’\"“”*~_°^-—"))
        if first[start:end] != new:
            why = f"number {unit.number} in the sequence of headings"
            yield index, Edit(start, end, new, why)


def title_lines(document: Document, heads: Sequence[Unit]) -> Proposals:
    """Edits that run on a title printed over several lines; number and title stay apart."""
    for index, block, unit in _heads(document, heads):
        value = block.text.value
        for line, found in enumerate(re.finditer("\n", value)):
            at = found.start()
            if line not in unit.breaks and value[at - 1] not in "-¬\u00ad":
                yield index, Edit(at, at + 1, " ", "")


def rules(document: Document) -> Proposals:
    """Edits that take the drawn lines out of a table, which has rows and columns of its own."""
    for index, block in enumerate(document.blocks):
        if block.kind == "table":
            for found in kinds.RULED.finditer(block.text.value):
                yield index, Edit(*found.span(), "", "a line drawn in a table")


def captions(document: Document) -> Proposals:
    """Edits that take a caption out of its brackets: the figure says that it is one."""
    for index, block in enumerate(document.blocks):
        value = block.text.value
        if block.kind == "caption" and value.endswith("]") and (start := kinds.caption(value)):
            why = "an illustration is shown as one"
            yield index, Edit(0, start, "", why)
            yield index, Edit(len(value) - 1, len(value), "", why)


def line_numbers(document: Document) -> Proposals:
    """Edits that take the numbers of lines from the ends of lines of verse, where they count by
    fives or tens from one to the next, or begin anew."""
    found = [
        (index, match)
        for index, block in enumerate(document.blocks)
        if block.kind == "verse"
        for match in COUNTED.finditer(block.text.value)
    ]
    values = [int(match[1]) for _, match in found]
    steps = [after - before for before, after in pairwise(values)]
    usual = Counter(steps).most_common(1)[0][0] if steps else 0
    counted = sum(step in (usual, 2 * usual) or step < 0 for step in steps)
    if len(values) < FEWEST or usual not in (5, 10) or counted * 10 < len(steps) * 9:
        return
    for index, match in found:
        if int(match[1]) % usual == 0:
            yield index, Edit(*match.span(), "", "the number of a line of verse")
