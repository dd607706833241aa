"""Specks and column rules that the scanner read as characters at the ends of lines.

A sign that opens no word, where its neighbours in the column have none, is a speck; so is a lone
letter between the halves of a divided word. A letter that could be a word is only queried.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.context import Context
from publish.document import Block, Document
from publish.edition import Edition
from publish.ledger import Confidence, Edit, Origin, Proposals, Rule, apply_rule
from publish.readings.lexicon import Lexicon

FIRST = re.compile(r"^\s*(?P<speck>[|¦■▪●~_°^.:;,'‘`\\])[.,]? (?=[^\W\d_])")
LETTER = re.compile(r"^\s*(?P<speck>[A-Za-z|¦■•.:;'‘~_°]) (?P<rest>[a-z]+)")
LAST = re.compile(r"(?P<space> )[|¦■▪●~_°^]$|(?<=\w[.!?])(?P<stop> )[.:;,]$")
DIVIDED = re.compile(r"(?P<half>[^\W\d_]+)-\s*$")
AFTER_I = frozenset("the of and that which to in a his her their its by for with on".split())
NEAR = 3  # lines before and after in which the same sign speaks for a list or a table


def specks_first(blocks: Sequence[Block], context: Context) -> Proposals:
    """Signs before the first word of a line."""
    for index, block in enumerate(blocks):
        found = FIRST.match(block.text.value)
        if found is None or _usual(blocks, index, found["speck"]):
            continue
        end = found.end()
        yield index, Edit(found.start("speck"), end, "", "a speck before the line")


def specks_last(blocks: Sequence[Block], context: Context) -> Proposals:
    """Signs behind the last word of a line."""
    for index, block in enumerate(blocks):
        value = block.text.value
        if len(value) < 4 or value[-2] != " ":
            continue
        found = LAST.search(value)
        if found is None or value.count(value[-1]) > (9 if value[-1] in ".,;:" else 1):
            continue
        following = blocks[index + 1].text.value if index + 1 < len(blocks) else ""
        if value[-1] == "." and following.lstrip().startswith("."):
            continue
        if value[-1] not in ".:;," and _usual(blocks, index, value[-1], last=True):
            continue
        yield index, Edit(found.start(), found.end(), "", "a speck behind the line")


def letters_between(blocks: Sequence[Block], context: Context) -> Proposals:
    """A letter or sign between the halves of a divided word; a lone I that cannot be a word."""
    lexicon = Lexicon(context)
    for index in range(1, len(blocks)):
        found = LETTER.match(blocks[index].text.value)
        if found is None or blocks[index].gap > 3:
            continue
        half = DIVIDED.search(blocks[index - 1].text.value)
        speck, rest = found["speck"], found["rest"]
        start, end = found.start("speck"), found.start("rest")
        if half:
            whole = (half["half"] + rest).lower()
            with_speck = (half["half"] + speck + rest).lower()
            if lexicon.sound(whole) and not lexicon.sound(with_speck):
                yield index, Edit(start, end, "", "a speck inside a divided word")
        elif speck in "Ijl" and rest in AFTER_I and blocks[index - 1].text.value[-1:].isalpha():
            why = "a column's rule read as a letter"
            both = (rest, f"{speck} {rest}")
            yield index, Edit(start, found.end("rest"), rest, why, Confidence.LIKELY, both)


def _usual(blocks: Sequence[Block], index: int, sign: str, last: bool = False) -> bool:
    """Whether a line nearby has the same sign in the same place: then it means something."""
    for other in (*range(index - NEAR, index), *range(index + 1, index + NEAR + 1)):
        if 0 <= other < len(blocks):
            text = blocks[other].text.value.strip()
            if (text[-1:] if last and len(text) > 1 and text[-2] == " " else text[:1]) == sign:
                return True
    return False


RULES = (
    Rule("margins.letter", letters_between, Origin.SCAN),
    Rule("margins.first", specks_first, Origin.SCAN),
    Rule("margins.last", specks_last, Origin.SCAN),
)


def margins(document: Document, edition: Edition) -> Document:
    """The document's lines without the specks at their ends."""
    if not edition.scannos:
        return document
    context = Context.of(document, edition)
    for rule in RULES:
        document = apply_rule(document, rule, context)
    return document
