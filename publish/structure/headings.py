"""Headings, by agreeing pieces of evidence: a word for a division, a number in sequence, capitals,
title case, white space around, no closing stop. Two pieces are needed; against them count a
comma, a lower-case beginning, a date, a running sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from publish.structure.layout import Layout, Line, Unit, ended, first_letter, quoted
from publish.structure.numerals import bare_numeral, number, readings
from publish.structure.terms import Terms as Terms

LONGEST = 130  # characters of a heading's text
NUMBER_LINE = re.compile(r"^[\[(—–-]?\s*([IVXLCivxlc]+|\d{1,3})\s*[\])—–.:-]{0,2}$")
GLUED = re.compile(r"^([A-Z]{3,9}|[A-Z][a-z]{2,8}) ?([IVXLCNHUTYilt1|!]{1,6})\.?$")
NUMBERED = re.compile(r"^((?:No\.? ?)?[IVXLC]+|\d{1,3})\s*(?:[.:)]|[.:]?\s?[—–-]{1,2})\s+(\S.*)$")
BRACKETED = re.compile(r"^_?(?:\[[^\[\]]*\]|\([^()]*\))[.:]?_?$")
DATE = re.compile(r"\b1[5-9]\d\d\b|\b20\d\d\b")
LETTERS = re.compile(r"[^\W\d_]")
WORDS = re.compile(r"[^\W\d_][\w'’.]*")
QUOTES = "\"'“”‘’«»„_=*"
LONGEST_SENTENCE, MOST_WORDS = 80, 12  # characters, words of a title that is set as a sentence


@dataclass(slots=True)
class Shape:
    """What a unit looks like as a heading. `style` names what its siblings share; `token` is its
    number as printed, `garbled` whether that is a number by its place only: Hl, Ill, UE."""

    style: str
    score: float
    level: int = 0
    value: int | None = None
    title: str = ""  # what follows the number on the same line
    role: str = ""
    garbled: bool = False
    token: str = ""


def capitals(text: str) -> bool:
    letters = LETTERS.findall(text)
    return len(letters) > 1 and all(c.isupper() or c == "ß" for c in letters)


def title_case(text: str, terms: Terms) -> bool:
    """Whether a title under a number may read so: every word but small ones begins with a capital
    or, in a language that sets titles as sentences, the first does and the last is a full word."""
    if capitalized(text, terms):
        return True
    words = WORDS.findall(text)
    if not terms.sentences or not words or not words[0][0].isupper() or not text[0].isalnum():
        return False
    return (
        len(text) <= LONGEST_SENTENCE
        and len(words) <= MOST_WORDS
        and words[-1].lower() not in terms.small
        and not ended(text)
        and text[-1] not in ",;:-—"
    )


def capitalized(text: str, terms: Terms) -> bool:
    """Whether every word but small ones begins with a capital."""
    words = WORDS.findall(text)
    if not words or not words[0][0].isupper():
        return False
    large = [w for w in words if w.lower() not in terms.small]
    return bool(large) and all(w[0].isupper() for w in large)


def shape_of(unit: Unit, terms: Terms) -> Shape | None:
    """How the text alone speaks for a heading; None where it cannot be one."""
    lines = unit.lines
    if len(lines) > 5 or not lines:
        return None
    text = unit.text.strip(QUOTES + " ")
    if not text or len(text) > LONGEST:
        return None
    first = lines[0].text.strip(QUOTES + " ")
    named = _named(first, text, terms) or _numbered_line(first, lines, terms)
    if named:
        return named
    bare = text.lower().strip(" .:!")
    if bare in terms.titles and text[0].isupper():
        return Shape("titles", 3.5, 2, None, "", terms.titles[bare])
    if bare.rsplit(" to ", 1)[0] in terms.titles and " to " in bare and capitals(text):
        return Shape("titles", 3.5, 2, None, "", terms.titles[bare.rsplit(" to ", 1)[0]])
    belongs = terms.editions.match(bare) if terms.editions and len(text) < 80 else None
    if belongs and text[0].isupper() and (capitals(text) or not ended(text)):
        return Shape("titles", 3.5, 2, None, "", terms.titles[belongs[1]])
    if text[-1] in ",;-—&" or text[0].islower() or not LETTERS.search(text):
        return None
    numbered = NUMBERED.match(text)
    if numbered and len(lines) <= 3:
        value = number(numbered[1].removeprefix("No").strip(". "), terms.numbers)
        rest = numbered[2]
        if value and (capitals(rest) or title_case(rest, terms)) and rest[-1:] not in ",;":
            return Shape("numbered", 2.8, 0, value, rest)
    if capitals(text) and len(LETTERS.findall(text)) > 2:
        return Shape("capitals", 2.5)
    if text[-1] == ":" or len(lines) > 3:
        return None
    if capitalized(text, terms):
        many = len(WORDS.findall(text)) > 1
        if not ended(text.rstrip("?!\"“”‘’»«'")):
            return Shape("title", 1.5 if many else 0.7)
        return Shape("title", 1.0 if many and len(text) < 80 else 0.2)
    if len(lines) < 3 and not ended(text):
        return Shape("line", 0.4)
    return None


def _named(first: str, text: str, terms: Terms) -> Shape | None:
    """A division's word with its number, read well or wrongly."""
    found = terms.divide(first)
    if found:
        word, token, rest = found
        value = number(token, terms.numbers)
        if value is not None and not first[0].islower() and not text.endswith((",", ";")):
            if not rest or not rest[0].islower():
                style = word if first[:2].isupper() else f"{word} lower"
                return Shape(style, 4.0, terms.divisions[word], value, rest, token=token)
    glued = GLUED.match(first)
    if glued and glued[1].lower() in terms.divisions and readings(glued[2], named=True):
        word = glued[1].lower()
        style = word if glued[1].isupper() else f"{word} lower"
        return Shape(style, 3.5, terms.divisions[word], 0, garbled=True, token=glued[2])
    return None


def _numbered_line(first: str, lines: Sequence[Line], terms: Terms) -> Shape | None:
    """A number alone on its line, read well or wrongly."""
    if NUMBER_LINE.match(first):
        value = number(first, terms.numbers)
        token = bare_numeral(first)
        if value and (first[:1].isdigit() or token.isupper() or token.isdigit()):
            style = "digits" if token.isdigit() else "roman"
            return Shape(style, 2.0 if style == "digits" else 3.0, 0, value, token=token)
    token = bare_numeral(first)
    if set(token) == {"1"} and token != first:  # strokes among specks
        return Shape("roman", 1.6, 0, 0, garbled=True, token=token)
    if any(c.isalnum() or c == "¥" for c in token) and not token.isdigit() and readings(token):
        if len(lines) == 1 or _titled(lines[1:], terms):
            base = 1.6 if len(token) == 1 or len(lines) == 1 else 2.0
            return Shape("roman", base, 0, 0, garbled=True, token=token)
    return None


def _titled(lines: Sequence[Line], terms: Terms) -> bool:
    """Whether lines read as a title: capitals or title case, without a closing stop."""
    text = " ".join(line.text for line in lines)
    return len(text) > 5 and (capitals(text) or (capitalized(text, terms) and not ended(text)))


def score(units: Sequence[Unit], at: int, shape: Shape, layout: Layout, terms: Terms) -> float:
    """The shape's score with what stands around it."""
    before = units[at - 1] if at else None
    after = units[at + 1] if at + 1 < len(units) else None
    points = shape.score + _by_place(units[at], shape, before, after, layout)
    return points + _by_words(units[at], shape, before, after, terms)


def _by_place(
    unit: Unit, shape: Shape, before: Unit | None, after: Unit | None, layout: Layout
) -> float:
    """What the white space around a unit and its lines say for a heading, or against it."""
    points, lines = 0.0, unit.lines
    worded = shape.style in ("title", "capitals", "line")
    if unit.gap > layout.gap or before is None or unit.turn:
        points += 1
    if unit.gap >= 3 and unit.gap > layout.gap + 1:
        points += 0.5
    if after is not None and after.gap > layout.gap:
        points += 0.5
    rare = unit.gap >= layout.rare or before is None
    if rare and after is not None and after.gap and len(after.text) > 60:
        points += 0.5
        if after.gap >= layout.rare:
            points += 0.3
    if after is None:
        points -= 3
    elif after.gap == 0 and not after.turn and not (shape.style == "roman" and unit.gap):
        points -= 1.5 if worded or shape.style == "digits" else 0.5
    if shape.style == "line" and not (rare and after is not None and after.gap > layout.gap):
        points -= 3
    centred = all(
        line.indent >= 4
        and abs(line.indent + line.end - layout.width) <= max(8, layout.width * 0.2)
        for line in lines
    )
    if centred:
        points += 1
    if max(line.end for line in lines) > layout.width * 0.92 and not centred and len(lines) > 2:
        points -= 1.5
    if shape.garbled and unit.gap and after is not None:
        points += 1 if after.gap or len(lines) > 1 else 0.8
    if unit.gap == 0 and not unit.turn and before is not None:
        points -= 0.6 if shape.style == "roman" and after is not None and after.gap else 1.5
    if shape.style == "title" and unit.gap <= layout.gap and not centred and not rare:
        points -= 0.2
    return points


def _by_words(
    unit: Unit, shape: Shape, before: Unit | None, after: Unit | None, terms: Terms
) -> float:
    """What a unit's words and those of its neighbours say for a heading, or against it."""
    points, text = 0.0, unit.text
    worded = shape.style in ("title", "capitals", "line")
    if after is not None and first_letter(after.text).islower():
        points -= 2 if shape.level else 4
    if before is not None and before.kind == "paragraph" and not _closed_before(before):
        points -= 0.5 if shape.level or shape.style == "roman" else 2.5
    if quoted(text) and worded:
        points -= 1 if shape.style == "title" and not ended(text) else 2
    if worded and BRACKETED.match(text):
        points -= 3  # what is done on a stage, or a note beside the text
    if before is not None and before.text[-1:] in ":," and worded:
        points -= 1.5
    if before is not None and shape.style == "capitals" and _displayed(before, terms):
        points -= 1.2
    if after is not None and after.kind == "verse" and worded:
        points -= 1.5
    if shape.garbled and not shape.level and (after is None or after.text[:1].islower()):
        points -= 3
    if DATE.search(text) and not shape.level:
        points -= 3
    words = {w.lower().strip(".,") for w in WORDS.findall(text)}
    if words & terms.months and any(c.isdigit() for c in text) and not shape.level:
        points -= 5
    if terms.byline.match(text) and not shape.level and len(words) < 6:
        points -= 3
    if ended(text) and shape.style == "title":
        points -= 1
    if after is not None and len(after.text) < 60 and after.kind == "paragraph" and not shape.level:
        if worded and shape_of(after, terms) is None:
            points -= 1.5 if shape.style == "line" else 0.3
    return points


def _displayed(unit: Unit, terms: Terms) -> bool:
    """Whether a unit is a short line in capitals without a number: the one after it may be the
    next line of the same notice."""
    first = unit.lines[0].text
    return (
        len(unit.text) < 60
        and capitals(unit.text)
        and not terms.divide(first)
        and not NUMBER_LINE.match(first)
        and unit.text.lower().strip(" .:") not in terms.titles
    )


def _closed_before(unit: Unit) -> bool:
    text = unit.lines[-1].text
    return ended(text) or text[-1:] in ":—*-\"“”‘’»«'" or unit.lines[-1].end < 40
