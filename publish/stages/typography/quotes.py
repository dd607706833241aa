"""The reading of quotation marks: which of them open, which close, which are apostrophes.

The marks of a block are read in one pass, with what stands beside them, which marks are open, and
whether a closing mark follows before the outer one closes. The hard case is a single mark before
a word: an opening mark ('Go!') or an elision ('tis). It is settled by the words the language is
known to shorten, by the word that the lost letters would give back, by the book's own habits, and
last by whether something closes it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import NamedTuple

MARK = re.compile(r"(?<![\w,.]),,(?=\w)|[\"'“”„‟‘’‚‛«»‹›`´]")
TEX_MARK = re.compile(r"``|''|(?<![\w,.]),,(?=\w)|[\"'“”„‟‘’‚‛«»‹›`´]")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_BEFORE_OPENING = frozenset(" \n\t\u00a0\u2009\u202f\u200a([{¿¡/")
_DASHES = frozenset("—–-―⸺⸻")
_ENDS = frozenset(",.;:!?)]}…—–-/")


class Role(Enum):
    """What a mark is. Doubles and singles are told apart by what the source uses."""

    DOUBLE_OPEN = "opens a quotation"
    DOUBLE_CLOSE = "closes a quotation"
    SINGLE_OPEN = "opens a quotation (single)"
    SINGLE_CLOSE = "closes a quotation (single)"
    APOSTROPHE = "apostrophe"
    PRIME = "prime: feet or minutes"
    DOUBLE_PRIME = "double prime: inches or seconds"


class Reading(NamedTuple):
    """Characters start..end are a mark of this role; `sure` is False where both readings stand."""

    start: int
    end: int
    role: Role
    sure: bool = True


@dataclass(frozen=True)
class Elisions:
    """What is known of words that lack their first letters.

    `known` are of the language's list, `restored` the beginnings that speech drops (h, a, be …),
    `words` word → Zipf frequency, `counts` leading-apostrophe word → times in this book,
    `shorn` word that has lost its last letters → times in this book.
    """

    known: frozenset[str] = frozenset()
    restored: tuple[str, ...] = ()
    words: Mapping[str, float] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    shorn: Mapping[str, int] = field(default_factory=dict)
    single_primary: bool = False

    @cached_property
    def _cache(self) -> dict[str, float]:
        return {}

    @cached_property
    def dialect(self) -> bool:
        """Whether the book shortens many words, and not only now and then."""
        return len(self.shorn) >= 20

    def weight(self, word: str) -> float:
        """How much speaks for an elision: above 1 nearly all, below 0 nothing."""
        word = word.lower().replace("’", "'")
        found = self._cache.get(word)
        if found is None:
            found = self._cache[word] = self._weigh(word)
        return found

    def _weigh(self, word: str) -> float:
        if word in self.known or word.split("'")[0] in self.known:
            return 2.0
        zipf = self.words.get(word, 0.0)
        full = max((self.words.get(head + word, 0.0) for head in self.restored), default=0.0)
        weight = -1.0 if zipf > 4 else 0.0
        if full >= 3.0 and full - zipf >= 0.8:
            weight = 1.5 if zipf < 3.2 else 0.6
        elif zipf < 2.0 and self.words:
            weight = 0.5
        return weight + min(self.counts.get(word, 0) * 0.3, 1.2)


def primary_single(texts: Iterable[str]) -> bool:
    """Whether the text opens its speech with single marks."""
    doubles = singles = 0
    for text in texts:
        doubles += sum(map(text.count, ('"', "“", "”", "«", "„", "``")))
        if text[:1] in ("'", "‘", "’"):
            singles += 2
        singles += text.count(" '") + text.count(" ‘") + text.count(" ’")
    return 2 * singles > doubles


_FREE = re.compile(r"(?<=[a-z] )['’]([a-z]+)(?!['’\w])")


_SHORN = re.compile(r"(?<![\w'’])([A-Za-z]*[a-rt-z])['’] (?=[a-z])")


def learn(texts: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Words with a mark before them in the midst of a sentence and no mark that could close it;
    and words with one after them that nothing opened."""
    counts: Counter[str] = Counter()
    shorn: Counter[str] = Counter()
    for text in texts:
        if "'" not in text and "’" not in text:
            continue
        if "' " in text or "’ " in text:
            shorn.update(word.lower() for word in _SHORN.findall(text))
        for match in _FREE.finditer(text):
            end = match.end()
            if "' " not in text[end : end + 60] and "," + "'" not in text[end : end + 200]:
                counts[match[1]] += 1
    return counts, shorn


@dataclass
class _Block:
    """One block's text while its marks are read."""

    text: str
    elisions: Elisions
    marks: list[tuple[int, int, str]]
    roles: list[Role | None]
    unsure: set[int] = field(default_factory=set)

    def around(self, index: int) -> tuple[str, str]:
        """The characters on both sides; "" at the ends of the text."""
        start, end, _ = self.marks[index]
        return self.text[start - 1 : start] if start else "", self.text[end : end + 1]


_DOUBLES = frozenset(('"', "“", "”", "„", "‟", "«", "»", "``", "''", ",,"))
_MARKS = frozenset("\"'“”„‟‘’‚‛«»‹›`´")


def read_marks(
    text: str, elisions: Elisions, opened: Sequence[str] = ()
) -> tuple[list[Reading], tuple[str, ...]]:
    """The readings of a block's marks in order, and the kinds (d, s) still open at its end.

    `opened` are the kinds open at the end of the paragraph before.
    """
    marks = [
        (m.start(), m.end(), m[0]) for m in (TEX_MARK if "``" in text else MARK).finditer(text)
    ]
    if not marks:
        return [], ()
    block = _Block(text, elisions, marks, [None] * len(marks))
    _doubles(block, opened)
    _singles(block, opened)
    readings = [
        Reading(start, end, role, index not in block.unsure)
        for index, ((start, end, _), role) in enumerate(zip(marks, block.roles, strict=True))
        if role is not None
    ]
    return readings, _left_open(readings)


def _left_open(readings: Sequence[Reading]) -> tuple[str, ...]:
    stack: list[str] = []
    for reading in readings:
        role = reading.role
        if role is Role.DOUBLE_OPEN or role is Role.SINGLE_OPEN:
            stack.append(role.name[0])
        elif role is Role.DOUBLE_CLOSE or role is Role.SINGLE_CLOSE:
            if role.name[0] in stack:
                while stack.pop() != role.name[0]:
                    pass
    return tuple(stack)


_PRIME = re.compile(r"\d°? ?['′’] ?\d{1,2}$|°(?: ?\d{1,2}['′’])? ?\d{1,2}$")


_MINUTES = re.compile(r"° ?\d{1,2}$")


def _doubles(block: _Block, opened: Sequence[str]) -> None:
    text, is_open = block.text, False
    for index, (start, _end, mark) in enumerate(block.marks):
        if mark not in _DOUBLES:
            continue
        before, _after = block.around(index)
        if mark == '"' and before.isdigit() and _PRIME.search(text, max(start - 9, 0), start):
            block.roles[index] = Role.DOUBLE_PRIME
            continue
        opens = _opens(block, index, is_open)
        block.roles[index] = Role.DOUBLE_OPEN if opens else Role.DOUBLE_CLOSE
        is_open = opens


def _opens(block: _Block, index: int, is_open: bool) -> bool:
    start, end, mark = block.marks[index]
    text = block.text
    left, right = start - 1, end
    while left >= 0 and text[left] in _MARKS:
        left -= 1
    while right < len(text) and text[right] in _MARKS:
        right += 1
    before, after = text[left] if left >= 0 else "", text[right] if right < len(text) else ""
    if mark in ("``", ",,", "„", "‟"):
        return True
    if mark == "''":
        return False
    if mark in "«»":
        return mark == next(char for char in text if char in "«»")
    if mark == "“" and "„" in text[:start]:
        return False
    spaced_left = not before or before in _BEFORE_OPENING
    spaced_right = not after or after.isspace() or after in ",.;:!?)]}"
    sure_left, sure_right = spaced_left and not spaced_right, spaced_right and not spaced_left
    if mark in "“”" and not sure_left and not (sure_right and before not in _DASHES):
        if mark == "“" or "“" in text or not spaced_left:
            return mark == "“"
    if spaced_left and spaced_right and after not in ("", " ", "\n", "\t"):
        # `" ...` opens though a stop follows; `word ",` closes though a space comes before
        return not is_open
    if spaced_left and not spaced_right:
        return True
    if spaced_right and not spaced_left:
        if before in _DASHES and not is_open and after and after not in ",.;:!?)]}":
            return '"' in text[end:]
        return False
    return not is_open


def _singles(block: _Block, opened: Sequence[str]) -> None:
    closed_by: set[int] = set()
    for index, (start, _end, mark) in enumerate(block.marks):
        if block.roles[index] is not None or index in closed_by:
            continue
        before, after = block.around(index)
        if before.isalnum() and after.isalnum():
            block.roles[index] = _inside(block, index)
            continue
        if (
            index
            and block.roles[index - 1] is Role.SINGLE_OPEN
            and (start - block.marks[index - 1][1] <= 1)
        ):
            block.roles[index] = Role.APOSTROPHE  # ‘’Tis
            continue
        if before.isdigit() and _MINUTES.search(block.text[max(start - 5, 0) : start]):
            block.roles[index] = Role.PRIME
            continue
        if mark in "‹›":
            opens = mark == next(char for char in block.text if char in "‹›")
            block.roles[index] = Role.SINGLE_OPEN if opens else Role.SINGLE_CLOSE
            continue
        if not _may_open(block, index):
            block.roles[index] = Role.APOSTROPHE
            continue
        if mark == "‚":
            block.roles[index] = Role.SINGLE_OPEN
            for other in range(index + 1, len(block.marks)):
                if block.roles[other] is None and block.marks[other][2] == "‘":
                    block.roles[other] = Role.SINGLE_CLOSE  # ‚so‘
                    closed_by.add(other)
                    break
            continue
        closing = _closing(block, index)
        if _is_opening(block, index, closing):
            block.roles[index] = Role.SINGLE_OPEN
            if closing is not None:
                closed_by.add(closing[0])
                block.roles[closing[0]] = Role.SINGLE_CLOSE
        else:
            block.roles[index] = Role.APOSTROPHE
    if "S" in opened or block.elisions.single_primary:
        _stray_closings(block)


def _stray_closings(block: _Block) -> None:
    """A mark after a stop that closes nothing in this paragraph closes the speech before it."""
    for index, role in enumerate(block.roles):
        start = block.marks[index][0]
        if role is Role.APOSTROPHE and start and block.text[start - 1] in ".,!?…—;":
            block.roles[index] = Role.SINGLE_CLOSE


def _inside(block: _Block, index: int) -> Role:
    start, end, _ = block.marks[index]
    if (
        block.text[start - 1].isdigit()
        and block.text[end].isdigit()
        and ("°" in block.text[max(start - 5, 0) : start])
    ):
        return Role.PRIME
    return Role.APOSTROPHE


def _may_open(block: _Block, index: int) -> bool:
    """Whether the place is one where a single mark can open at all."""
    start, end, _mark = block.marks[index]
    text = block.text
    after = text[end : end + 1]
    if after == " " and text[end + 1 : end + 2] in _MARKS and text[end + 1 : end + 2]:
        return not text[:start] or text[start - 1].isspace()
    if not after or after.isspace() or after in ",;:!?)]}":
        return False
    left = start - 1
    while left >= 0 and text[left] in "\"“”‘’'«":
        left -= 1
    before = text[left] if left >= 0 else ""
    if left != start - 1 and before and (before.isalnum() or before in ".,!?"):
        return False  # after a mark that closes
    if before.isalnum() or before in ".,!?;:…)]”’»":
        return before == "" and bool(after)
    if before in _DASHES and before and (after in _DASHES or after in _MARKS):
        return False
    return after.isalnum() or after in _MARKS or after in "([…—–-.¿¡$£_" or ord(after) > 127


def _closing(block: _Block, index: int) -> tuple[int, float] | None:
    """The mark that may close the single one at `index`, and how likely it is to (0 to 2)."""
    _text, best = block.text, None
    nested = 0
    for other in range(index + 1, len(block.marks)):
        _start, _end, _mark = block.marks[other]
        role = block.roles[other]
        if role is Role.DOUBLE_OPEN:
            nested += 1
            continue
        if role is Role.DOUBLE_CLOSE:
            nested -= 1
            if nested < 0:
                break
            continue
        if role is not None:
            continue
        before, after = block.around(other)
        if not before or before.isspace() or after.isalnum():
            if (
                nested == 0
                and (not before or before.isspace() or before in _DASHES)
                and (after.isupper() or (best is not None and after.isalpha()))
                and block.elisions.weight(_word(block, other)) < 1
            ):
                break  # another quotation opens
            continue
        strength = _closing_strength(block, other, before, after)
        if strength >= 1.5:
            return other, strength
        if best is None or strength > best[1]:
            best = (other, strength)
    return best if best is not None else None


def _closing_strength(block: _Block, index: int, before: str, after: str) -> float:
    start = block.marks[index][0]
    if before in ".,!?…;:—–-)":
        return 2.0
    tail = block.text[max(start - 3, 0) : start].lower()
    last = re.search(r"([^\W\d_]+)$", block.text[max(start - 20, 0) : start])
    if last and block.elisions.dialect:
        word = last[1].lower()
        if block.elisions.shorn.get(word) or block.elisions.words.get(word, 0) < 2.5:
            return 0.4
    dropped = tail.endswith(("in", " o", " th", " an", " wi", " i")) or tail in ("o", "th")
    if dropped:
        return 0.4
    if before in "sxz" and after == " ":
        return 0.6
    if not after or after in '.,;:!?)—”"':
        return 1.5 if before not in "sz" else 1.2
    return 1.5


def _word(block: _Block, index: int) -> str:
    match = WORD.match(block.text, block.marks[index][1])
    return match[0] if match else ""


def _is_opening(block: _Block, index: int, closing: tuple[int, float] | None) -> bool:
    start, end, mark = block.marks[index]
    text = block.text
    word = _word(block, index)
    if not word:
        return (
            closing is not None
            or text[end : end + 1] in _MARKS
            or mark == "‘"
            or not text[:start].strip(' "“')
            or block.elisions.single_primary
        )
    strength = closing[1] if closing else 0.0
    if word.isdigit():
        year = len(word) == 2
        return not (year and strength < 1.5) and strength > 0
    weight = block.elisions.weight(word)
    before = text[:start].rstrip(' \n\u00a0"“')
    starts = not before or before[-1] in ",:.!?;—–-([" or text[start - 1 : start] in '"“'
    if mark == "‘":
        return weight < 1 or (closing is not None and _spans_one(block, index, closing, word))
    if mark == "’" and (weight >= 0 or not starts or strength < 2 or not word[0].isupper()):
        return False
    if weight >= 2:
        return strength >= 2 and closing is not None and _spans_one(block, index, closing, word)
    if closing is None and not starts:
        return False
    score = strength - weight
    if closing is not None and _spans_one(block, index, closing, word):
        score += 0.8
    elif block.elisions.dialect and not starts and strength < 1:
        return False
    if word[0].isupper():
        score += 0.7 if starts else 0.2
    elif starts:
        score += 0.2
    if block.elisions.single_primary and starts:
        score += 0.8
    elif closing is None:
        score -= 0.3
        if before and before[-1] in ".!?;":
            return False
        if not before and word[0].isupper():
            score += 1.0
        elif text[start - 1 : start] in ('"', "“") and word[0].isupper():
            score += 0.6
    if (
        closing is not None
        and not starts
        and text[end : block.marks[closing[0]][0]].count(" ") > 12
    ):
        score -= 0.7
    return score > 0.7


def _spans_one(block: _Block, index: int, closing: tuple[int, float], word: str) -> bool:
    """Whether the marks hold just this word: a word quoted, not shortened."""
    inside = block.text[block.marks[index][1] : block.marks[closing[0]][0]]
    return inside.rstrip(",.!?;:") == word
