"""Spaces: those that may not break, those the style sets or takes away beside a mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from publish.house_style import HouseStyle
from publish.ledger import Edit

NO_BREAK = "\u00a0"
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĞĢĪĮĶĹĻĽŁŃŅŇŐŒŔŘŚŞŠŢŤŪŮŰŲŴŶŸŹŻŽА-ЯЁЄІЇҐ"
_NAME = rf"(?=[{_UPPER}][^\W\d_]*[^\W\d_{_UPPER}])"
_PAIR = rf"[{_UPPER}]\.[ \u00a0][{_UPPER}]\."
_CAPITAL_STOP = re.compile(rf"\.[ \u00a0](?<=[{_UPPER}]..)")  # cheap, true where _INITIALS is
_INITIALS = re.compile(
    rf"(?<![\w.])[{_UPPER}]\.( )(?=[{_UPPER}]\. ?[{_UPPER}])"
    rf"|(?<=[ \u00a0(«„“]{_PAIR})( ){_NAME}|(?<=^{_PAIR})( ){_NAME}"
)
# Abbreviations of two capitals, which a sentence may end with: Washington, D. C. The …
_NO_NAME = re.compile(
    r"(?:A\.\s[DM]|P\.\s[MS]|B\.\s[CA]|[DM]\.\sC|U\.\s[SK]|N\.\s[BYJ]|[VS]\.\s[AMH]|R\.\sI)\.$"
)
_FIGURES = tuple("0123456789")
_WHY = "not to be parted at a line end"
_STOPS = re.compile(r"(?<=[\w»”’)…\]%°])[ \u00a0\u202f]*([;!?:])(?![\w/])")
_AFTER_STOP = re.compile(r"(?<=\.)[ \u00a0\u202f]+([;!?:])(?![\w/])")
# He said,“I never.” “Never,”he said. What opens and what closes was read from the whole paragraph.
# An ending hung on what is quoted stays with it: the “why?”s of it.
_UNSPACED = re.compile(
    r"(?<=[^\W\d_][,;:])(?=“[^\W\d_])"
    r"|(?<=[^\W\d_][,!?]”)(?=[^\W\d_])(?!(?:e?[sd]|e?n|t|ing|ers?|ish|y|ly|ness|dom)(?![^\W_]))"
)
# “ The and said. ” are a scanner's thin spaces, where the marks about them open and close in turn.
_DOUBLES = re.compile("[“”]")
_OPENS_APART = re.compile(r"(?:^|(?<=[^\W\d_][,.;:!?] )|(?<=[^\W\d_] ))“[ \u00a0]+(’?\w+)")
_CLOSES_APART = re.compile(
    r"(?<!\S)(’?\w+)(?:[,.!?…]([ \u00a0]+)(?=”(?:\s|$))"
    r"|([ \u00a0]+)(?=”(?:$|[,.;:—–]| [^\W\d_A-Z])))"
)
_STRAY = re.compile(r"(?<=[^\W\d_])[ \u00a0\u202f]+(?=[;!?](?:[\s”“»«]|’(?!\w)|$))")
_INVERTED = re.compile(r"(?<=[¿¡])[ \u00a0\u202f]+(?=[\w«“])")
_CLOSING = {"¿": "?", "¡": "!"}
_GAP = "[ \u00a0\u2009\u200a\u202f]*"
_NESTED = re.compile(rf"(?<=[“‘]){_GAP}(?=[“‘])|(?<=[”’]){_GAP}(?=[”’](?!\w))")


class Binding(NamedTuple):
    """What a language keeps together: (a sign that the text may have some, the pattern whose one
    filled group is the space)."""

    patterns: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Binding:
        """From typography.toml: `titles` go with a name, `units` with the number before them,
        `counters` with the number behind them, `proclitics` with the next word, `phrases` do not
        part within, nor figures at their `thousands`."""
        keys = ("titles", "units", "counters", "phrases", "proclitics")
        lists = (tuple(data.get(key, ())) for key in keys)
        return _binding(*lists, bool(data.get("thousands", False)))


@cache
def _binding(
    titles: tuple[str, ...],
    units: tuple[str, ...],
    counters: tuple[str, ...],
    phrases: tuple[str, ...],
    proclitics: tuple[str, ...],
    thousands: bool,
) -> Binding:
    found: list[tuple[tuple[str, ...], str]] = []
    if thousands:
        found.append((_FIGURES, r"(?<![\d.,])\d{1,3}( )(?=\d{3}(?!\d))"))
    if titles:  # one of a single letter needs its full stop
        long = tuple(title for title in titles if len(title) > 1)
        short = tuple(title for title in titles if len(title) == 1) or ("\x00",)
        pattern = rf"(?<![\w.])(?:(?:{_any(long)})\.?|(?:{_any(short)})\.)( )(?=[{_UPPER}])"
        found.append((titles, pattern))
    if units:
        found.append((_FIGURES, rf"\d( )(?=(?:{_any(units)})(?!\w))"))
    if counters:
        found.append((_FIGURES, rf"(?<!\w)(?:{_any(counters)})( )(?=\d)"))
    for phrase in phrases:
        head, _, tail = phrase.partition(" ")
        pattern = rf"(?<![\w.]){re.escape(head)}( )(?={re.escape(tail)}(?!\w))"
        found.append(((phrase,), pattern))
    if proclitics:
        found.append(((" ",), rf"(?<![\w.’'-])(?i:{_any(proclitics)})( )(?=[«„“(]?\w)"))
    return Binding(tuple((signs, re.compile(pattern)) for signs, pattern in found))


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def spaces(text: str, style: HouseStyle, binding: Binding) -> Iterator[Edit]:
    """The edits that tie what may not be parted at a line end, and space marks by the style."""
    edits: list[Edit] = []
    if style.bind:
        for signs, pattern in binding.patterns:
            if any(sign in text for sign in signs):
                for match in pattern.finditer(text):
                    edits.append(Edit(*match.span(1), NO_BREAK, _WHY))
        if _CAPITAL_STOP.search(text):
            edits += _initials(text)
    if (style.spaced or style.colon) and any(mark in text for mark in ";:!?"):
        edits += _punctuation(text, style)
    if style.close and (" ;" in text or " !" in text or " ?" in text or _INVERTED.search(text)):
        for match in _STRAY.finditer(text):
            if text[match.end()] not in style.spaced:
                edits.append(Edit(*match.span(), "", "no space before this mark"))
        for match in _INVERTED.finditer(text):
            if _CLOSING[text[match.start() - 1]] not in text[match.end() :]:
                continue  # a speck: what an inverted mark opens, its fellow closes
            edits.append(Edit(*match.span(), "", "no space behind this mark"))
    if style.close and style.outer[0] == "“" and ("“" in text or "”" in text):
        why = "no space beside what is said"
        edits += [Edit(m.start(), m.start(), " ", why) for m in _UNSPACED.finditer(text)]
    if style.between:
        edits += _nested(text, style.between)
    yield from sorted(set(edits))


def hugged(text: str, sound: Callable[[str], bool]) -> Iterator[Edit]:
    """The edits that close “ up to the word it opens, and ” to the one it closes.

    Only beside words that are `sound`, and where the neighbours bear out which of the two a mark
    is: one that would open a quotation twice, or close one that nothing opens, may be the other
    misread.
    """
    marks = [(match.start(), match[0]) for match in _DOUBLES.finditer(text)]
    opens = {
        at
        for n, (at, mark) in enumerate(marks)
        if (mark == "“" and (n == 0 or marks[n - 1][1] == "”"))
        and (marks[n + 1][1] == "”" if n + 1 < len(marks) else at == 0)
    }
    closes = {at for (before, _), (at, mark) in pairwise(marks) if mark == "”" and before in opens}
    for match in _OPENS_APART.finditer(text):
        if match.start() in opens and sound(match[1].strip("’").lower()):
            yield Edit(match.start() + 1, match.start(1), "", "no space behind an opening mark")
    for match in _CLOSES_APART.finditer(text):
        if match.end() in closes and sound(match[1].strip("’").lower()):
            yield Edit(*match.span(match.lastindex or 0), "", "no space before a closing mark")


def _initials(text: str) -> Iterator[Edit]:
    for match in _INITIALS.finditer(text):
        start, end = match.span(match.lastindex or 0)
        if not _NO_NAME.search(text[max(start - 5, 0) : start]):
            yield Edit(start, end, NO_BREAK, _WHY)


def _punctuation(text: str, style: HouseStyle) -> Iterator[Edit]:
    for pattern in (_STOPS, _AFTER_STOP):
        for match in pattern.finditer(text):
            mark = match[1]
            space = style.colon if mark == ":" else style.before if mark in style.spaced else ""
            there = text[match.start() : match.start(1)]
            if not space or there == space or not (there or style.add):
                continue
            yield Edit(match.start(), match.start(1), space, "a space before this mark")


def _nested(text: str, between: str) -> Iterator[Edit]:
    for match in _NESTED.finditer(text):
        start, end = match.span()
        if text[end] in "”’" and not _single_open(text, start):
            continue  # an apostrophe
        if match[0] != between:
            yield Edit(start, end, between, "a space between nested marks")


def _single_open(text: str, end: int) -> bool:
    """Whether an inner quotation that is open ends at `end`, and no apostrophe stands there."""
    opener = text.rfind("‘", 0, end)
    if opener < 0:
        return False
    return not re.search(r"’(?!\w)", text[opener : end - 1])
