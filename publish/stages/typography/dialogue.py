"""Dashes of speech: what opens a paragraph of it, and the paired dashes that hold a remark.

A keyboard writes them as one or two hyphens, with a blank or without. In Spanish a dash stands
close to the words it holds (RAE, Ortografía, raya): —Venga —dijo él—, que es tarde.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.house_style import HouseStyle
from publish.ledger import Edit

SPEECH = re.compile(r"(?P<dash>--?|[—―–])(?P<blank>[ \u00a0]*)(?=[¿¡«„“”\"'‘’»(…]*[^\W\d_])")
ENDS = re.compile(r"[.!?…:;,][\"'“”’»«)]*\s*$")
_MORE_DASHES = re.compile(r"\s(?:--|[—―–-])|(?:--|[—―])")
# A dash of any spelling that could open or close a remark; a hyphen only at one side of a blank.
REMARK = re.compile(
    r"(?P<left>[ \u00a0]*)(?P<dash>--|[—―–]|(?<=[ \u00a0])-(?=[\w¿¡«“\"])"
    r"|(?<=[\w»”.!?…])-(?=[ ,.;:])|(?<= )-(?= ))(?P<right>[ \u00a0]*)"
)


def opening(text: str, style: HouseStyle) -> re.Match[str] | None:
    """The dash that opens a paragraph of speech, in a language that has such."""
    match = SPEECH.match(text) if style.dialogue else None
    if match is None:
        return None
    first = text[match.end() :].lstrip("¿¡«„“”\"'‘’»(…")[:1]
    if match["dash"] in ("-", "–") and not (first.isupper() and ENDS.search(text)):
        return None  # a list's, or a minus
    return match


def dialogue(text: str, style: HouseStyle, printed: bool = False) -> Iterator[Edit]:
    """The edits that set the dashes of speech as the style has them; a dash that was `printed`
    keeps its length and whether a blank follows it."""
    match = opening(text, style)
    at = 0
    if match is not None:
        at = match.end()
        if printed and match["dash"] in ("—", "―", "–"):
            if match["blank"] == " ":
                yield Edit(at - 1, at, "\u00a0", "the dash that opens speech")
        elif match[0] != style.dialogue:
            yield Edit(0, at, style.dialogue, "the dash that opens speech")
    if style.paired and _MORE_DASHES.search(text, at):
        yield from _remarks(text, at, speech=match is not None)


def _remarks(text: str, at: int, speech: bool) -> Iterator[Edit]:
    """The edits that set dashes close to what they hold and apart from the rest."""
    found = [m for m in REMARK.finditer(text, at) if m.start() and m.end() < len(text)]
    if not speech:
        found = [m for m in found if m["dash"] != "-" or (m["left"] and m["right"])]
        if len(found) % 2 or any(not m["left"] and not m["right"] for m in found):
            return  # one alone may open, close or part: it stays
    inside = False
    for match in found:
        closes = _closes(text, match, inside)
        if closes is None:
            return
        after = text[match.end() : match.end() + 1]
        tight = after in ",.;:!?…)»”"
        new = " —" if not closes else "—" if tight else "— "
        if match[0] != new:
            yield Edit(match.start(), match.end(), new, "the dash of a remark")
        inside = not closes


def _closes(text: str, match: re.Match[str], inside: bool) -> bool | None:
    """Whether the dash closes a remark; None if it does neither that nor open one."""
    after = text[match.end() : match.end() + 1]
    if match["left"] and not match["right"] and after not in ",.;:":
        return False
    if not match["left"] and (match["right"] or after in ",.;:"):
        return True if inside else None
    if match["left"] and match["right"]:
        return inside
    if not match["left"] and not match["right"] and inside:
        return None
    return None if match["dash"] == "-" else inside
