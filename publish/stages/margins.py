"""Specks and column rules that the scanner read as characters at the ends of lines.

A sign that opens no word, where its neighbours in the column have none, is a speck; so is a lone
letter between the halves of a divided word. A letter that could be a word is only queried.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from publish.context import Context
from publish.document import Block, Document
from publish.edition import Edition
from publish.ledger import Confidence, Edit, Proposals, apply_rule
from publish.readings.evidence import Evidence, Propose, rule

FIRST = re.compile(r"^\s*(?P<speck>[|¦■▪●~_°^.:;,'‘`\\])[.,]? (?=[^\W\d_])")
LETTER = re.compile(r"^\s*(?P<speck>[A-Za-z|¦■•.:;'‘~_°]) (?P<rest>[a-z]+)")
LAST = re.compile(r"(?P<space> )[|¦■▪●~_°^]$|(?<=\w[.!?])(?P<stop> )[.:;,]$")
DIVIDED = re.compile(r"(?P<half>[^\W\d_]+)-\s*$")
DASHED = re.compile(r"(?<![^\W\d_]['’-])\b(?P<half>[^\W\d_]+)(?P<dash>[—–])\s*$")
DASHES = ("—", "–")
BEGUN = re.compile(r"\s*(?P<rest>[^\W\d_]+)")
AFTER_I = frozenset("the of and that which to in a his her their its by for with on".split())
SELDOM = 3.6  # likelihood of a word that seldom stands beside a dash
COLUMN_RULES = frozenset("|■▪●")
STROKES = frozenset("ijlr")  # letters that a rule is read as, and that are no English words
STRAY = 12  # times that such a letter may stand alone in a text that does not use it
NUMBERED = re.compile(r"^\s*[0-9IlVX]{1,4}[.)] ")
LISTED = 15  # lines before and after in which numbers speak for a list
NEAR = 3  # lines before and after in which the same sign speaks for a list or a table


def _first(value: str) -> str:
    found = BEGUN.match(value)
    return found["rest"] if found else ""


def _verbs(blocks: Sequence[Block], context: Context) -> frozenset[str]:
    """The words before which | is the pronoun, in a copy that has it so inside its lines."""
    inside = sum(block.text.value.count(" | ") for block in blocks)
    lined = sum("|" in block.text.value for block in blocks)
    if not inside > 1 or inside > 2 * lined:
        return frozenset()
    return frozenset(context.language.subject("scannos").get("after_i", ()))


def specks_first(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """Signs before the first word of a line; but | before a verb may be the pronoun I."""
    verbs = _verbs(blocks, evidence)
    for index, block in enumerate(blocks):
        found = FIRST.match(block.text.value)
        if found is None or _usual(blocks, index, found["speck"]):
            continue
        if found["speck"] in ".:_,;" and _numbered(blocks, index):
            continue
        end = found.end()
        if found["speck"] == "|" and _first(block.text.value[end:]) in verbs:
            continue
        why, speck = "a speck before the line", (found.start("speck"), end)
        yield index, _brushed(blocks, index, speck, why, evidence)


def _brushed(
    blocks: Sequence[Block], index: int, speck: tuple[int, int], why: str, evidence: Evidence
) -> Edit:
    """The edit that takes a speck away. In a worn copy only a column's rule between words is
    sure to be one; another sign may be what is left of a word."""
    start, end = speck
    if not evidence.lexicon.worn:
        return Edit(start, end, "", why)
    value = blocks[index].text.value
    beside = [value[:start].rsplit(None, 1), value[end:].split(None, 1)]
    words = [beside[0][-1] if beside[0] else "", beside[1][0] if beside[1] else ""]
    if not words[0] and index:
        words[0] = (blocks[index - 1].text.value.split() or [""])[-1]
    if not words[1] and index + 1 < len(blocks):
        words[1] = (blocks[index + 1].text.value.split() or [""])[0]
    sign = value[start:end].strip()
    sure = sign in COLUMN_RULES and all(
        evidence.company.sound(word, "") or DIVIDED.fullmatch(word) for word in words if word
    )
    return Edit(start, end, "", why, *(() if sure else (Confidence.LIKELY, ("", sign))))


def _numbered(blocks: Sequence[Block], index: int) -> bool:
    """Whether lines nearby begin with numbers: then a lone stop has lost its own."""
    near = blocks[max(index - LISTED, 0) : index + LISTED + 1]
    return sum(bool(NUMBERED.match(block.text.value)) for block in near) > 1


def specks_last(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """Signs behind the last word of a line."""
    verbs = _verbs(blocks, evidence)
    for index, block in enumerate(blocks):
        value = block.text.value
        if len(value) < 4 or value[-2] != " ":
            continue
        found = LAST.search(value)
        if found is None or value.count(value[-1]) > (9 if value[-1] in ".,;:" else 1):
            continue
        following = blocks[index + 1].text.value if index + 1 < len(blocks) else ""
        if value[-1] in ".:_,;" and _numbered(blocks, index):
            continue
        if value[-1] == "." and following.lstrip().startswith("."):
            continue
        if value[-1] not in ".:;," and _usual(blocks, index, value[-1], last=True):
            continue
        if value[-1] == "|" and _first(following) in verbs:
            continue
        yield index, _brushed(blocks, index, found.span(), "a speck behind the line", evidence)


def letters_between(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """A letter or sign between the halves of a divided word; a lone I that cannot be a word."""
    lexicon = evidence.lexicon
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
        elif (
            speck in STROKES
            and lexicon.listed(rest) >= 3.0
            and blocks[index - 1].text.value[-1:].islower()
            and evidence.language.code == "en"
            and evidence.vocabulary.printed.get(speck, 0) <= STRAY
            and not _usual(blocks, index, speck)
        ):
            why = "a column's rule read as a letter"
            yield index, _brushed(blocks, index, (start, end), why, evidence)
        elif speck in "Ijl" and rest in AFTER_I and blocks[index - 1].text.value[-1:].isalpha():
            why = "a column's rule read as a letter"
            both = (rest, f"{speck} {rest}")
            yield index, Edit(start, found.end("rest"), rest, why, Confidence.LIKELY, both)


def dashed_hyphens(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """A dash at a line's end between the halves of one word: wilder—/ness. A copy that has two
    such is trusted to have more: Ash—/field."""
    places = [
        (index, found, begun)
        for index, (block, after) in enumerate(pairwise(blocks))
        if block.text.value.rstrip()[-1:] in DASHES
        and (found := DASHED.search(block.text.value[-40:]))
        and not after.gap
        and (begun := BEGUN.match(after.text.value))
        and (begun["rest"].islower() or (begun["rest"].isupper() and found["half"].isupper()))
    ]
    if not places:
        return
    lexicon, data = evidence.lexicon, evidence.language.subject("dehyphenation")
    beginnings, endings = data.get("beginnings", ()), data.get("endings", ())
    sure, likely = [], []
    for index, found, begun in places:
        half, rest = found["half"].lower(), begun["rest"].lower()
        syllable = half in beginnings or rest in endings
        weaker = min(lexicon.listed(half), lexicon.listed(rest))
        whole = lexicon.listed(half + rest)
        at = len(blocks[index].text.value) - len(blocks[index].text.value[-40:])
        start, end = found.span("dash")
        edit = index, Edit(at + start, at + end, "-", "a hyphen read as a dash")
        if whole >= 2.0 and (syllable or weaker < max(min(whole, 2.6), whole - 0.7)):
            sure.append(edit)
        elif whole >= 2.0 and (found["half"].istitle() or weaker < SELDOM):
            likely.append(edit)
    yield from sorted(sure + likely if len(sure) > 1 else sure)


def _usual(blocks: Sequence[Block], index: int, sign: str, last: bool = False) -> bool:
    """Whether a line nearby has the same sign in the same place: then it means something."""
    for other in (*range(index - NEAR, index), *range(index + 1, index + NEAR + 1)):
        if 0 <= other < len(blocks):
            text = blocks[other].text.value.strip()
            if (text[-1:] if last and len(text) > 1 and text[-2] == " " else text[:1]) == sign:
                return True
    return False


RULES: tuple[tuple[str, Propose], ...] = (
    ("margins.letter", letters_between),
    ("margins.first", specks_first),
    ("margins.last", specks_last),
    ("margins.dash", dashed_hyphens),
)


def margins(document: Document, edition: Edition) -> Document:
    """The document's lines without the specks at their ends."""
    if not edition.scannos:
        return document
    evidence = Evidence.from_context(Context.of(document, edition))
    for name, propose in RULES:
        document = apply_rule(document, rule(name, propose, evidence), evidence)
    return document
