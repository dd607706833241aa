"""Dashes, ellipses and ranges: the marks a keyboard spells with hyphens and full stops."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from publish.house_style import HouseStyle
from publish.ledger import Edit

NEAR = 80  # characters that are looked at before and after a dash
HYPHENS = re.compile(r"(?P<left>[ \u00a0]*)(?P<dash>-*(?:--|[—―])[-—―]*)(?P<right>[ \u00a0]*)")
SINGLE = re.compile(r"(?<=[\w,.;:!?…\"'‘’“”)]) +- +(?=[\w\"'“”‘’(`])")
LAST = re.compile(r"(?<=[\w,.;:!?…\"'‘’“”)]) +-(?=[!?][\"'“‘’”]?(?:\s|$)|[\"'“‘’”]?$)")
_SPACED = re.compile(r" - ")
_LONG = re.compile(r"--+|[—⸺⸻]+| – ")
SPACED_EN = re.compile(r"(?<=[^\W\d]) – (?=[^\W\d])")
ELLIPSIS = re.compile(r"(?<!\.)(?:\.{3,4}|\.(?: \.){2,3})(?! ?\.)")
NUMBER_AFTER = re.compile(r"-\d")  # cheap, and true wherever RANGE or MINUS is
RANGE = re.compile(
    r"(?:(?<![\w.,/–-])(?<!\d—)|(?<=\D--)|(?<=^--)|(?<=\.\.))"
    r"(\d{1,4})(--?)(\d{1,4})(?![\w/–]|-(?!-)|[.,]\d)"
)
MINUS = re.compile(r"(?<![^\s(—])-(?=\d+(?:\.\d+)?(?:°| degrees\b))")
TIMES = re.compile(r"(?<=[\d½¼¾]) x (?=\d)|(?<=\d['’′\"”″]) x (?=\d)")
DEGREES = re.compile(r"(?<=\d)º(?= ?[FC]\b| ?\d{1,2}['’′])")
_OMISSION_AFTER = re.compile(r"(?:['’]s)?(?:[ ,.;:!?)\"'”’]|$)")
# d--n, G--d, h--l: a consonant, a dash, and the last consonants. A stammer repeats its letter.
_OATH = re.compile(r"(?<![\w'’-])([B-DF-HJ-NP-TV-Z])$", re.IGNORECASE)
_OATH_TAIL = re.compile(r"([bcdfghjklmnpqrstvwxyz])[bcdfghjklmnpqrstvwxyz]{0,2}(?![\w—-])")
_AFTER_NAME = frozenset(",.;:")
_YEAR = re.compile(r"(?:^|\D)1[5-9]$")
_TITLE = re.compile(
    r"(?:^|[\s\"'“‘(])(?:[A-Z]|Mr\.?|Mrs\.?|Miss|Dr\.?|Lord|Lady|Sir|Count|Captain|General|"
    r"Colonel|Major|Baron|Prince|Mme|Rev\.?|Bishop|of|at|near|from)$"
)


def hyphen_is_dash(texts: Iterable[str]) -> bool:
    """Whether the source spells its dashes as spaced hyphens: no less often than any other way.

    Elsewhere a spaced hyphen is a speck, a minus or a list's, and stays.
    """
    spaced = long = 0
    for text in texts:
        if " -" in text:
            spaced += len(_SPACED.findall(text))
        if "—" in text or "--" in text or " – " in text:
            long += len(_LONG.findall(text))
    return spaced >= long


def dashes(
    text: str, style: HouseStyle, spaced_hyphen: bool = True, printed: bool = False
) -> Iterator[Edit]:
    """The edits that give dashes, ellipses and ranges their proper marks.

    `spaced_hyphen`: whether a hyphen between blanks is a dash in this source; `printed`: whether
    its dashes are those of a printer, who chose their length and spaces.
    """
    edits: list[Edit] = []
    if "--" in text or "—" in text or "―" in text:
        edits += (e for e in _long(text, style) if not (printed and _set(text[e.start : e.end])))
    if " -" in text and style.dash and spaced_hyphen:
        for match in LAST.finditer(text):
            new = style.dash.rstrip()
            edits.append(Edit(match.start(), match.end(), new, "a hyphen as a dash"))
        for match in SINGLE.finditer(text):
            if not (text[match.start() - 1].isdigit() and text[match.end()].isdigit()):
                edits.append(Edit(match.start(), match.end(), style.dash, "a hyphen as a dash"))
    if " – " in text and style.name and style.dash and not printed:
        for match in SPACED_EN.finditer(text):
            edits.append(Edit(match.start(), match.end(), style.dash, "the house style's dash"))
    if ".." in text or ". ." in text:
        for match in ELLIPSIS.finditer(text):
            dots = match[0].count(".")
            new = "." * (dots - 3) + style.ellipsis
            edits.append(Edit(match.start(), match.end(), new, "full stops as an ellipsis"))
    if style.ranges and NUMBER_AFTER.search(text):
        edits += _ranges(text)
        for match in MINUS.finditer(text):
            edits.append(Edit(match.start(), match.end(), "−", "a hyphen as a minus sign"))
    if style.ranges and " x " in text:
        for match in TIMES.finditer(text):
            at = match.start() + 1
            edits.append(Edit(at, at + 1, "×", "the letter x as a multiplication sign"))
    if style.ranges and "º" in text:
        for match in DEGREES.finditer(text):
            edits.append(Edit(match.start(), match.end(), "°", "an ordinal sign as a degree sign"))
    yield from sorted(edits)


def _set(dash: str) -> bool:
    """Whether a dash is one that no keyboard has."""
    return dash.strip(" \u00a0") in ("—", "―", "–")


def _long(text: str, style: HouseStyle) -> Iterator[Edit]:
    for match in HYPHENS.finditer(text):
        start, end = match.start("dash"), match.end("dash")
        before = text[max(match.start() - NEAR, 0) : match.start()]
        after = text[match.end() : match.end() + 1]
        run = match["dash"]
        if before.rstrip()[-1:] in tuple("-—―") or after in tuple("-—―"):
            continue  # a knot of signs that is no dash
        if before[-1:] in tuple("~_|*=^"):
            continue  # rubbish of a scan, and what it made of a mark
        if (run[0] == "-" and len(run) > 6) or (not before.strip() and not after):
            continue  # a rule, not a dash
        if run == "--" and start == match.start() and _is_range(text, start, end):
            continue
        if run == "—" and match["left"] and after in _AFTER_NAME and _named(text, match):
            continue  # a name left out, and set so
        if _omits(text, match):
            new = "⸺" if len(run) < 6 else "⸻"
            if run != new:
                yield Edit(start, end, new, "letters left out of a name")
            continue
        if not style.dash:
            if run != "—":
                yield Edit(start, end, "—", "hyphens as a dash")
            continue
        new = style.dash
        left, right = before[-1:], after
        if match[0] == run and left.isdigit() and right.isdigit() and new != "—":
            if run[0] == "-" or style.ranges:  # a range: spaced dashes part words, not figures
                yield Edit(start, end, "–", "a range of numbers")
            continue
        opened, closed = _beside(style)
        if match["left"]:  # what a blank parts from the dash does not open before it
            opened = opened.replace('"', "").replace("'", "")
        if match["right"]:
            closed = closed.replace('"', "").replace("'", "")
        if not left or left in opened or left.isspace():
            new = new.lstrip()
            if not left and new[-1:] == " " and match["right"]:
                new = new[:-1] + "\u00a0"  # a dialogue dash keeps to its first word
        if not right or right in closed or right.isspace():
            new = new.rstrip()
        start, end = match.span()
        if left in "\n\t" and left:
            start = match.start("dash")
        if text[start:end] != new:
            why = "hyphens as a dash" if run[0] == "-" else "the dash set closed or spaced"
            yield Edit(start, end, new, why)


def _beside(style: HouseStyle) -> tuple[str, str]:
    """The signs that a dash follows, and those that follow it, without a space."""
    inwards = style.outer[0] == "»"
    opened, closed = "\n\t“‘\"'([«", "\n\t”’\"')]»,.;:!?"
    return (opened.replace("«", "»"), closed.replace("»", "«")) if inwards else (opened, closed)


def _omits(text: str, match: re.Match[str]) -> bool:
    """Whether the dash stands for letters left out: `B----`, `Mr. ----'s`, `d--n`, `18--`."""
    run, start, end = match["dash"], match.start("dash"), match.end("dash")
    head, tail = text[max(start - NEAR, 0) : start], text[end : end + NEAR]
    typed = run[0] == "-" or run[:2] == "——"
    tight = typed and not match["left"] and not match["right"]
    long = len(run) >= 4 or run[:2] == "——"
    if tight:
        oath, rest = _OATH.search(head[-2:]), _OATH_TAIL.match(tail)
        if oath and rest and (len(run) > 2 or oath[1].lower() != rest[1]):
            return True
        if len(run) >= 3 and re.search(r"(?<!\w)[A-Z]$", head[-2:]) and tail[:1].islower():
            return True  # B---shire
        if _YEAR.search(head[-3:]) and re.match(r"[,.;:!?)\"”]|$", tail):
            return True  # in the year 18--.
    if not long:
        return len(run) == 2 and bool(
            re.search(
                r"(?:^|\s)(?:Mr|Mrs|Dr)\. ?$|(?:^|\s)[A-Z]$",
                text[max(match.end("left") - 8, 0) : match.end("left")],
            )
            and tail[:2] in ("'s", "’s")
        )
    if tail[:2] in ("'s", "’s") and not _after_word(head):
        return True
    return bool(_OMISSION_AFTER.match(tail) and _named(text, match))


def _named(text: str, match: re.Match[str]) -> bool:
    """Whether a title, an initial or a preposition of place stands before the dash."""
    near = text[max(match.end("left") - 14, 0) : match.end("left")].rstrip(" ")
    return bool(_TITLE.search(near))


def _after_word(head: str) -> bool:
    """Whether a word of more than one letter stands right before."""
    return head[-2:].isalpha() and len(head) > 1


def _rises(low: str, high: str) -> bool:
    """Whether two numbers are a range: the second, its lost digits restored, is the greater."""
    if len(high) - len(low) > 1 or (len(high) > len(low) and len(low) == 3 and low < "900"):
        return False  # a telephone number, a shelfmark
    if len(low) == 2 and len(high) == 1:
        return False  # a score, a room
    if len(high) < len(low):
        high = low[: len(low) - len(high)] + high
    return int(low) < int(high)


def _is_range(text: str, start: int, end: int) -> bool:
    """Whether the two hyphens start..end stand between the numbers of a range."""
    if not (text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()):
        return False
    return any(match.span(2) == (start, end) and _counts(match) for match in RANGE.finditer(text))


def _counts(match: re.Match[str]) -> bool:
    low, run, high = match.groups()
    return _rises(low, high) and len(low) + len(high) > (2 if run == "-" else 5)


def _ranges(text: str) -> Iterator[Edit]:
    for match in RANGE.finditer(text):
        if _counts(match):
            yield Edit(*match.span(2), "–", "a range of numbers")
