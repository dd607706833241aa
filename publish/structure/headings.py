"""Headings, by agreeing pieces of evidence: a word for a division, a number in sequence, capitals,
title case, white space around, no closing stop. Two pieces are needed; against them count a
comma, a lower-case beginning, a date, a running sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from publish.structure.layout import Layout, Line, Unit, ended, first_letter, quoted
from publish.structure.numerals import number

LONGEST = 130  # characters of a heading's text
NUMBER_LINE = re.compile(r"^[\[(—–-]?\s*([IVXLCivxlc]+|\d{1,3})\s*[\])—–.:-]{0,2}$")
GARBLED = re.compile(
    r"^[\W_]*(?!(?:in|il|it|I'll|lit|till|jilt)\b)[IilLH1|!TtJjUEVvXxrn]{1,5}[\W_]*$"
)
GLUED = re.compile(r"^([A-Z]{3,9})\s?([IVXLCl1|t]{1,6})\.?$")
NUMBERED = re.compile(r"^((?:No\.? ?)?[IVXLC]+|\d{1,3})\s*(?:[.:)]|[.:]?\s?[—–-]{1,2})\s+(\S.*)$")
DATE = re.compile(r"\b1[5-9]\d\d\b|\b20\d\d\b")
LETTERS = re.compile(r"[^\W\d_]")
WORDS = re.compile(r"[^\W\d_][\w'’.]*")
QUOTES = "\"'“”‘’«»„_=*"


@dataclass(frozen=True)
class Terms:
    """What a language says of headings."""

    data: Mapping[str, Any]

    @cached_property
    def divisions(self) -> Mapping[str, int]:
        divisions: Mapping[str, int] = self.data.get("divisions", {})
        return divisions

    @cached_property
    def numbers(self) -> dict[str, int]:
        return dict(self.data.get("numbers", {}))

    @cached_property
    def titles(self) -> Mapping[str, str]:
        titles: Mapping[str, str] = self.data.get("titles", {})
        return titles

    @cached_property
    def small(self) -> frozenset[str]:
        return frozenset(self.data.get("title_case", {}).get("small", ()))

    @cached_property
    def months(self) -> frozenset[str]:
        return frozenset(self.data.get("letter", {}).get("months", ()))

    @cached_property
    def division(self) -> re.Pattern[str] | None:
        """“CHAPTER IV. The Title”: the word, the number, the title."""
        if not self.divisions:
            return None
        words = "|".join(sorted(map(re.escape, self.divisions), key=len, reverse=True))
        spelled = "|".join(sorted(map(re.escape, self.numbers), key=len, reverse=True)) or "(?!)"
        return re.compile(
            rf"^({words})\.?\s+(?:the\s+)?(\d{{1,3}}|[ivxlc]+|{spelled})"
            rf"(?:st|nd|rd|th)?(?![\w'’])\s*[.:,—–-]{{0,2}}\s*(.*)$",
            re.IGNORECASE,
        )


@dataclass(slots=True)
class Shape:
    """What a unit looks like as a heading. `style` names what its siblings share."""

    style: str
    score: float
    level: int = 0
    value: int | None = None
    title: str = ""  # what follows the number on the same line
    role: str = ""
    garbled: bool = False  # a number only by its place: Hl, Ill, UE


def capitals(text: str) -> bool:
    letters = LETTERS.findall(text)
    return len(letters) > 1 and all(c.isupper() or c == "ß" for c in letters)


def title_case(text: str, terms: Terms) -> bool:
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
    found = terms.division.match(first) if terms.division else None
    if found:
        word, rest = found[1].lower(), found[3]
        value = number(found[2], terms.numbers)
        running = bool(rest) and rest[:1].islower()
        if value is not None and not running and not text.endswith((",", ";")):
            if first[0].isupper() and (
                not rest or rest[0] in QUOTES + "(" or not rest[0].islower()
            ):
                style = f"{word}{'' if found[1].isupper() else ' lower'}"
                return Shape(style, 4.0, terms.divisions[word], value, rest)
    if NUMBER_LINE.match(first) and (
        first.isupper() or first[:1].isdigit() or first.strip("[]().—–-: ").isupper()
    ):
        value = number(first, terms.numbers)
        if value:
            style = "digits" if first.strip(" .-—[]()").isdigit() else "roman"
            return Shape(style, 2.0 if style == "digits" else 3.0, 0, value)
    glued = GLUED.match(first)
    if glued and len(lines) == 1 and glued[1].lower() in terms.divisions:
        return Shape(glued[1].lower(), 3.5, terms.divisions[glued[1].lower()], 0, "", "", True)
    if GARBLED.match(first) and (len(lines) == 1 or _titled(lines[1:], terms)):
        return Shape("roman", 1.4 if len(lines) == 1 else 2.0, 0, 0, "", "", True)
    bare = text.lower().strip(" .:!")
    if bare in terms.titles and text[0].isupper():
        return Shape("titles", 3.5, 2, None, "", terms.titles[bare])
    if bare.rsplit(" to ", 1)[0] in terms.titles and " to " in bare and capitals(text):
        return Shape("titles", 3.5, 2, None, "", terms.titles[bare.rsplit(" to ", 1)[0]])
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
    if title_case(text, terms) and not ended(text.rstrip("?!\"”’'")) and text[-1] not in ".:":
        return Shape("title", 1.5 if len(WORDS.findall(text)) > 1 else 0.7)
    return None


def _titled(lines: Sequence[Line], terms: Terms) -> bool:
    """Whether lines read as a title: capitals or title case, without a closing stop."""
    text = " ".join(line.text for line in lines)
    return len(text) > 5 and (capitals(text) or (title_case(text, terms) and not ended(text)))


def score(units: Sequence[Unit], at: int, shape: Shape, layout: Layout, terms: Terms) -> float:
    """The shape's score with what stands around it."""
    unit, points = units[at], shape.score
    lines, text = unit.lines, unit.text
    before = units[at - 1] if at else None
    after = units[at + 1] if at + 1 < len(units) else None
    if unit.gap > layout.gap or (before is None) or unit.turn:
        points += 1
    if unit.gap >= 3 and unit.gap > layout.gap + 1:
        points += 0.5
    if after is not None and after.gap > layout.gap:
        points += 0.5
    if after is None:
        points -= 3
    elif after.gap == 0 and not after.turn:
        points -= 1.5 if shape.style in ("title", "capitals", "digits") else 0.5
    centred = all(
        line.indent >= 4
        and abs(line.indent + line.end - layout.width) <= max(8, layout.width * 0.2)
        for line in lines
    )
    if centred:
        points += 1
    if max(line.end for line in lines) > layout.width * 0.92 and not centred and len(lines) > 2:
        points -= 1.5
    if after is not None and first_letter(after.text).islower():
        points -= 2 if shape.level else 4
    if before is not None and before.kind == "paragraph" and not _closed_before(before):
        points -= 0.5 if shape.level or shape.style == "roman" else 2.5
    if quoted(text) and shape.style in ("title", "capitals"):
        points -= 1 if shape.style == "title" and not ended(text) else 2
    if before is not None and before.text[-1:] in ":," and shape.style in ("title", "capitals"):
        points -= 1.5
    if after is not None and after.kind == "verse" and shape.style in ("title", "capitals"):
        points -= 1.5
    if shape.garbled and not shape.level and (after is None or after.text[:1].islower()):
        points -= 3
    if shape.garbled and unit.gap and after is not None and (after.gap or len(lines) > 1):
        points += 1
    if DATE.search(text) and not shape.level:
        points -= 3
    words = {w.lower().strip(".,") for w in WORDS.findall(text)}
    if words & terms.months and any(c.isdigit() for c in text) and not shape.level:
        points -= 5
    if re.match(r"(?i)^(?:by|from|to|for|and)\b", text) and not shape.level and len(words) < 6:
        points -= 3
    if ended(text) and shape.style == "title":
        points -= 1
    if unit.gap == 0 and not unit.turn and before is not None:
        points -= 0.6 if shape.style == "roman" and after is not None and after.gap else 1.5
    if shape.style == "title" and unit.gap <= layout.gap and not centred:
        points -= 0.2
    if after is not None and len(after.text) < 60 and after.kind == "paragraph" and not shape.level:
        if shape.style in ("title", "capitals") and shape_of(after, terms) is None:
            points -= 0.3
    return points


def _closed_before(unit: Unit) -> bool:
    text = unit.lines[-1].text
    return ended(text) or text[-1:] in ":—*-\"“”‘’»«'" or unit.lines[-1].end < 40
