"""The marks set in the form of the house style, once their reading holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from publish.house_style import HouseStyle
from publish.ledger import Confidence, Edit
from publish.stages.typography.balance import unbalanced
from publish.stages.typography.elisions import Elisions
from publish.stages.typography.levels import TYPED, glyphs
from publish.stages.typography.manner import Manner
from publish.stages.typography.marks import DOUBLES, MARKS, OPENING, Reading, Role
from publish.stages.typography.quotes import Paragraph, read_marks
from publish.stages.typography.smart import opinion

_REPEATS = 3
_PLAIN = {
    Role.DOUBLE_OPEN: "“", Role.DOUBLE_CLOSE: "”", Role.SINGLE_OPEN: "‘", Role.SINGLE_CLOSE: "’",
    Role.APOSTROPHE: "’", Role.PRIME: "′", Role.DOUBLE_PRIME: "″", Role.DITTO: "”",
}  # fmt: skip


def settled(
    text: str,
    elisions: Elisions,
    opened: Sequence[str],
    following: str,
    kinds: dict[Role, str],
) -> Paragraph:
    """The reading of a paragraph that stands once its marks are set.

    Marks that are set speak for themselves when they are read again. Where they do not balance,
    that may turn the scale, and the reading is repeated until it holds.
    """
    if kinds[Role.SINGLE_OPEN].strip() in DOUBLES:  # “ ” within « »: of one kind when read again
        kinds = _PLAIN
    paragraph = read_marks(text, elisions, opened, following)
    for _ in range(_REPEATS):
        old = paragraph.readings
        doubtful = any(reading.other for reading in old)
        if not doubtful and not any(unbalanced(text, old, paragraph.carried)):
            break
        again = read_marks(_set(text, old, kinds), elisions, opened, following)
        if len(again.readings) != len(old):
            break
        new = [
            before._replace(role=after.role, other=after.other)
            for before, after in zip(old, again.readings, strict=True)
        ]
        if new == old:
            break
        paragraph = again._replace(readings=new)
    return paragraph


def _set(text: str, readings: Sequence[Reading], kinds: dict[Role, str]) -> str:
    """The text with the marks that are sure in their form."""
    pieces: list[str] = []
    at = 0
    for start, end, role, other in readings:
        sign = text[start:end]
        told = other is None and not (kinds is _PLAIN and sign in "«»")
        pieces += (text[at:start], kinds[role].strip() if told else sign)
        at = end
    return "".join((*pieces, text[at:]))


def glyphs_of(style: HouseStyle, single: bool) -> dict[Role, str]:
    """The form of each kind of mark; `single`: the source speaks in single marks."""
    double, one = style.outer, style.inner
    if single and style.primary != "keep":
        double, one = one, double
    return {
        Role.DOUBLE_OPEN: double[0],
        Role.DOUBLE_CLOSE: double[1],
        Role.SINGLE_OPEN: one[0],
        Role.SINGLE_CLOSE: one[1],
        Role.APOSTROPHE: "’",
        Role.PRIME: "′",
        Role.DOUBLE_PRIME: "″",
        Role.DITTO: "”",
    }


GUILLEMETS = re.compile(
    r"(?<![\w«»])(?:«[^\W_][^«»]*[^\s«»]»|»[^\W_][^«»]*[^\s«»]«|« [^\W_][^«»]*[^\s«»] »)(?![\w«»])"
)


def stray_guillemets(text: str, style: HouseStyle) -> bool:
    """Whether guillemets stand in a text that does not quote so: specks, or letters of a scan."""
    if "«" not in text and "»" not in text:
        return False
    own = "".join(style.outer + style.inner + sum(style.also, ()))
    rest = GUILLEMETS.sub("", text) if "«" not in own else ""
    return "«" in rest or "»" in rest


RUINED = re.compile(r"[\^~|\\<>{}*=_]")


def _in_ruins(text: str, start: int, end: int) -> bool:
    """Whether a mark that a typist makes of two signs stands inside a word, two commas against
    other marks, or either among signs: there they are what is left of something else."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() and after.isalnum():
        return True
    if text[start:end] == ",," and (before or after) and (before in MARKS or after in MARKS):
        return True
    first = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    last = min((at for at in (text.find(" ", end), text.find("\n", end)) if at >= 0), default=None)
    return bool(RUINED.search(text[first:last]))


def mark_edits(
    text: str,
    readings: Sequence[Reading],
    manner: Manner,
    single: bool,
    inner: bool,
    strays: bool,
    kinds: dict[Role, str],
) -> Iterator[Edit]:
    """The edits that give marks the form of the style, by their level where it tells levels apart.

    `single`: the source speaks in single marks; `inner`: its double marks stand within others;
    `strays`: the document's guillemets are specks; `kinds` is what `glyphs_of` gives. A mark that
    is unsure is set where smartypants reads it so too, else queried with both readings.
    """
    style = manner.style
    specked = strays or stray_guillemets(text, style)
    advice = _advice(text, readings, kinds)
    marks = glyphs(text, readings, manner, single, inner)
    for index, ((start, end, role, other), new) in enumerate(zip(readings, marks, strict=True)):
        if style.retain and text[start:end] not in TYPED:
            continue
        if specked and text[start:end] in tuple("«»"):
            continue  # specks of a scan in a language that does not quote so
        if end - start > 1 and _in_ruins(text, start, end):
            continue
        opens = role in OPENING
        # spaced inside in one style, not in others
        angled = manner.strips and text[start:end] in tuple("«»‹›")
        if new[-1:].isspace() or (angled and opens and _free(text[start - 1 : start])):
            while text[end : end + 1] in (" ", "\u00a0", "\u202f"):
                end += 1
        elif new[:1].isspace() or (angled and not opens and _free(text[end : end + 1])):
            while start and text[start - 1] in " \u00a0\u202f":
                start -= 1
        old = text[start:end]
        if old == new:
            continue
        if other is None or (advice.get(index) is opens and not manner.lossy):
            yield Edit(start, end, new, role.value)
        else:
            why = f"{role.value}, or {other.value}"
            yield Edit(start, end, new, why, Confidence.DOUBTFUL, (new, kinds[other]))


def _free(beside: str) -> bool:
    """Whether no word stands on the outer side of a mark, so that a blank inside parts nothing."""
    return not beside.isalnum()


def _advice(text: str, readings: Sequence[Reading], kinds: dict[Role, str]) -> dict[int, bool]:
    """Whether smartypants opens with each mark that is unsure, by its index; nothing for one it
    leaves alone. It sees the text as it will stand."""
    if not any(reading.other for reading in readings):
        return {}
    shift, places = 0, []
    for start, end, role, other in readings:
        places.append(start + shift)
        if not other:
            shift += len(kinds[role].strip()) - (end - start)
    advice = opinion(_set(text, readings, kinds))
    return {
        index: advice[place] in "“‘"
        for index, place in enumerate(places)
        if advice and readings[index].other and advice[place] in "“‘”’"
    }
