"""Headings, by what they say and how they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from publish.context import Context
from publish.stages.structure.layout import Layout

ROMAN = r"(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
NUMBER = re.compile(rf"[\[(§]?\s*(?:No\.?\s+)?({ROMAN}|\d{{1,3}})\s*[.)\]:—-]*", re.IGNORECASE)
BARE = re.compile(rf"[\[(§]?\s*({ROMAN}|\d{{1,3}})\s*[.)\]:]*")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
YEAR = re.compile(r"\b1[4-9]\d\d\b|\b20\d\d\b")
THRESHOLD = 2.0
LONGEST = 3  # lines


class Heading(NamedTuple):
    """Lines start..end are a heading; `number` of them from the first hold its number."""

    start: int
    end: int
    level: int
    role: str
    number: int = 0


class Style(NamedTuple):
    """What the language and the edition say of headings."""

    division: re.Pattern[str] | None
    divisions: Mapping[str, Any]
    roles: Mapping[str, str]
    small: frozenset[str]
    months: frozenset[str]
    patterns: tuple[tuple[re.Pattern[str], int], ...]

    @classmethod
    def of(cls, context: Context) -> Style:
        data = context.language.subject("structure")
        divisions = data.get("divisions", {})
        names = "|".join(map(re.escape, divisions))
        words = "|".join(map(re.escape, data.get("numbers", {}).get("words", ())))
        value = rf"(?:the\s+)?(?:{ROMAN}|\d{{1,3}}{'|' + words if words else ''})\b"
        division = (
            re.compile(rf"(?:the\s+)?({names})\.?\s+{value}\s*[.:)—-]*", re.IGNORECASE)
            if names
            else None
        )
        letters = data.get("letters", {})
        return cls(
            division,
            divisions,
            data.get("roles", {}),
            frozenset(letters.get("small", ())),
            frozenset(letters.get("months", ())),
            tuple((re.compile(p), level) for p, level in context.edition.heading_patterns),
        )


def division_of(style: Style, text: str) -> re.Match[str] | None:
    """The match of "CHAPTER IV." at the start of a line that is short or holds no more."""
    found = style.division.match(text) if style.division else None
    if found is None:
        return None
    rest = text[found.end() :].strip()
    if rest and (rest[0].islower() or (text[0].isupper() and not title_case(style, rest) >= 0.6)):
        return None
    return found


def title_case(style: Style, text: str) -> float:
    """The share of the words that count in a title which begin with a capital."""
    words = WORD.findall(text)
    if not words:
        return 0.0
    counted = [w for n, w in enumerate(words) if n == 0 or w.lower() not in style.small]
    return float(sum(w[0].isupper() for w in counted) / len(counted))


def is_number(text: str) -> bool:
    return BARE.fullmatch(text) is not None


def _named(style: Style, text: str) -> bool:
    return text.rstrip(".:").lower() in style.roles


def score(layout: Layout, start: int, end: int, style: Style) -> float:
    """How much lines start..end look like a heading; THRESHOLD and above they are one."""
    lines = layout.lines
    texts = [line.text for line in lines[start:end]]
    text = " ".join(texts)
    if any(pattern.fullmatch(text) for pattern, _ in style.patterns):
        return 99.0
    words = WORD.findall(text)
    if not words or len(text) > 160 or lines[start].lower:
        return 3.0 if is_number(text) and len(text) <= 4 and lines[start].gap > 1 else -9.0
    before = lines[start - 1] if start else None
    after = lines[end] if end < len(lines) else None
    value = 0.0
    capitals = text.isupper() and sum(map(len, words)) > 1
    if division_of(style, texts[0]):
        value += 4
    elif (is_number(texts[0]) and not texts[0][0].isdigit()) or _named(style, text):
        value += 3
    elif capitals:
        value += 2.5
    elif title_case(style, text) >= 0.99:
        value += 2
    numbered = value >= 3
    if text.endswith((",", ";", "-", "—", ":")) and not numbered:
        value -= 3
    elif text.endswith(".") and not numbered:
        value -= 1 if capitals else 3
    elif text.endswith(("?", "!")) and not capitals:
        value -= 0.5
    if text[0] in "\"'“‘«" and not capitals:
        value -= 2
    if words[0].lower() == "by" or words[0].lower() in style.months or YEAR.search(text):
        value -= 4
    if any(line.edge > 0.95 * layout.measure(start) for line in lines[start : end - 1]):
        value -= 1
    if after is not None and after.lower:
        value -= 4
    if before is not None and not before.ends and not before.text.endswith(('"', "”", "’")):
        value -= 2.0 if before.edge > 0.7 * layout.measure(start) else 0
    if lines[start].gap > 1 and (after is None or after.gap > 0):
        value += 1
    if after is None:
        value -= 2
    return value
