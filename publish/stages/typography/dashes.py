"""Dashes, ellipses and ranges: the marks a keyboard spells with hyphens and full stops."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from publish.house_style import HouseStyle
from publish.ledger import Edit

HYPHENS = re.compile(r"(?P<left>[ \u00a0]*)(?P<dash>-*(?:--|[—―])[-—―]*)(?P<right>[ \u00a0]*)")
SINGLE = re.compile(r"(?<=[\w,.;:!?\"'’”)]) - (?=[\w\"'“‘(])")
LAST = re.compile(r"(?<=[\w,;:!?\"'’”)]) -(?=[!?][\"'’”]?(?:\s|$)|[\"'’”]?$)")
SPACED_EN = re.compile(r"(?<=[^\W\d]) – (?=[^\W\d])")
ELLIPSIS = re.compile(r"(?<!\.)(?:\.{3,4}|\.(?: \.){2,3})(?! ?\.)")
RANGE = re.compile(r"(?:(?<![\w.,/–-])|(?<=--)|(?<=\.\.))(\d{1,4})-(\d{1,4})(?![\w/–-]|[.,]\d)")
_OMISSION_AFTER = re.compile(r"(?:['’]s)?(?:[ ,.;:!?)\"'”’]|$)")
_TITLE = re.compile(
    r"(?:^|[\s\"'“‘(])(?:[A-Z]|Mr\.?|Mrs\.?|Miss|Dr\.?|Lord|Lady|Sir|Count|Captain|General|"
    r"Colonel|Major|Baron|Prince|Mme|Rev\.?|Bishop)$"
)


def hyphen_is_dash(texts: Iterable[str]) -> bool:
    """Whether the source spells its dashes as spaced hyphens: no less often than any other way.

    Elsewhere a spaced hyphen is a speck, a minus or a list's, and stays.
    """
    spaced = long = 0
    for text in texts:
        spaced += text.count(" - ")
        long += text.count("—") + text.count("--") + text.count(" – ")
    return spaced >= long


def dashes(text: str, style: HouseStyle, spaced_hyphen: bool = True) -> Iterator[Edit]:
    """The edits that give dashes, ellipses and ranges their proper marks.

    `spaced_hyphen`: whether a hyphen between blanks is a dash in this source.
    """
    edits: list[Edit] = []
    if "--" in text or "—" in text or "―" in text:
        edits += _long(text, style)
    if " -" in text and style.dash and spaced_hyphen:
        for match in LAST.finditer(text):
            new = style.dash.rstrip()
            edits.append(Edit(match.start(), match.end(), new, "a hyphen as a dash"))
        for match in SINGLE.finditer(text):
            if not (text[match.start() - 1].isdigit() and text[match.end()].isdigit()):
                edits.append(Edit(match.start(), match.end(), style.dash, "a hyphen as a dash"))
    if " – " in text and style.name and style.dash:
        for match in SPACED_EN.finditer(text):
            edits.append(Edit(match.start(), match.end(), style.dash, "the house style's dash"))
    if ".." in text or ". ." in text:
        for match in ELLIPSIS.finditer(text):
            dots = match[0].count(".")
            new = "." * (dots - 3) + style.ellipsis
            edits.append(Edit(match.start(), match.end(), new, "full stops as an ellipsis"))
    if style.ranges and "-" in text:
        edits += _ranges(text)
    yield from sorted(edits)


def _long(text: str, style: HouseStyle) -> Iterator[Edit]:
    for match in HYPHENS.finditer(text):
        start, end = match.start("dash"), match.end("dash")
        before, after = text[: match.start()], text[match.end() : match.end() + 1]
        run = match["dash"]
        if before.rstrip()[-1:] in tuple("-—―") or after in tuple("-—―"):
            continue  # a knot of signs that is no dash
        if (run[0] == "-" and len(run) > 6) or (not before.strip() and not after):
            continue  # a rule, not a dash
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
        if not left or left in "\n\t“‘\"'([«" or left.isspace():
            new = new.lstrip()
            if not left and new[-1:] == " " and match["right"]:
                new = new[:-1] + "\u00a0"  # a dialogue dash keeps to its first word
        if not right or right in "\n\t”’\"')]»,.;:!?" or right.isspace():
            new = new.rstrip()
        start, end = match.span()
        if left in "\n\t" and left:
            start = match.start("dash")
        if text[start:end] != new:
            why = "hyphens as a dash" if run[0] == "-" else "the dash set closed or spaced"
            yield Edit(start, end, new, why)


def _omits(text: str, match: re.Match[str]) -> bool:
    """Whether the dash stands for a name or the rest of one: `B----`, `Mr. ----'s`."""
    if len(match["dash"]) < 4 and match["dash"][:2] != "——":
        return len(match["dash"]) == 2 and bool(
            re.search(r"(?:^|\s)(?:Mr|Mrs|Dr)\. ?$|(?:^|\s)[A-Z]$", text[: match.end("left")][-8:])
            and text[match.end() - len(match["right"]) :][:2] in ("'s", "’s")
        )
    near = text[max(match.end("left") - 14, 0) : match.end("left")].rstrip(" ")
    tail = text[match.end("dash") :]
    return bool(_OMISSION_AFTER.match(tail) and _TITLE.search(near))


def _ranges(text: str) -> Iterator[Edit]:
    for match in RANGE.finditer(text):
        low, high = match[1], match[2]
        if len(high) < len(low):
            high = low[: len(low) - len(high)] + high
        if int(low) < int(high) and len(match[1]) + len(match[2]) > 2:
            at = match.end(1)
            yield Edit(at, at + 1, "–", "a range of numbers")
