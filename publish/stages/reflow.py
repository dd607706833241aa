"""Lines become running text: a line end is a blank, or nothing beside a closed dash.

Verse keeps its lines, a table its rows, a heading the line between its number and its title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.context import Context
from publish.document import Block, Document
from publish.edition import Edition
from publish.house_style import house_style
from publish.ledger import Edit, Origin, Proposals, Rule, apply_rule

LINED = frozenset({"verse", "table", "heading", "line"})
LINE_END = re.compile(r"[ \t]*\n[ \t]*")
CLOSED = re.compile(r"[^\W_](?:—|--)[^\W_]")
HALF = re.compile(r"[^\W_][.?!…]? —[^\W_]|[^\W_][.?!…]?— [^\W_]")
SPACED = re.compile(r"[^\W_][,;.]? (?:—|--?|–) [^\W_]")


def reflow(document: Document, edition: Edition) -> Document:
    """The document with its prose in running text; only white space changes."""
    return apply_rule(document, LINES, Context.of(document, edition))


def run_on_lines(blocks: Sequence[Block], context: Context) -> Proposals:
    """A blank for each line end; none where a dash of a text with closed dashes stands there."""
    paired = house_style(context.edition.house_style, context.language.tag).paired
    closed = _closes_dashes(blocks, paired)
    for index, block in enumerate(blocks):
        if block.kind in LINED or "\n" not in block.text.value:
            continue
        value = block.text.value
        for found in LINE_END.finditer(value):
            start, end = found.span()
            dash = value[start - 1 : start] == "—" or value[start - 2 : start] == "--"
            before = value[end : end + 1] == "—" or value[end : end + 2] == "--"
            close = closed and (
                (dash and value[start - 3 : start - 2] != " ") or (before and not dash)
            )
            yield index, Edit(start, end, "" if close else " ", "")


def _closes_dashes(blocks: Sequence[Block], paired: bool) -> bool:
    """Whether the source sets its dashes without spaces, by the first that are told apart. In a
    language that pairs them (—dijo él—) a space stands on one side."""
    closed = spaced = 0
    for block in blocks:
        value = block.text.value
        if "—" in value or "--" in value or " - " in value:
            closed += len(CLOSED.findall(value))
            spaced += len(SPACED.findall(value))
            spaced += len(HALF.findall(value)) if paired else 0
            if closed + spaced > 50:
                break
    return closed >= spaced


LINES = Rule("reflow.lines", run_on_lines, Origin.LAYOUT, white=True)
