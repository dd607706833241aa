"""What each reading of one mark costs, by what stands beside it.

The costs are in one unit: a difference of 1 is what a fair reader would bet about two to one on.
They were set by hand from the rules of the style manuals and balanced on books of several kinds.
"""

from __future__ import annotations

import re

from publish.stages.typography.elisions import Elisions
from publish.stages.typography.marks import DASHES, DOUBLES, MARKS, WORD, Mark, Role

Costs = list[tuple[Role, float]]

_PRINTED = 6.0
_CURLED_WRONGLY = 1.8  # a mark that is already curled is seldom curled wrongly
_TURNED = 2.0  # a guillemet that the scan turned round
_CURLED = {"``": "“", ",,": "“", "''": "”"}  # what a typewriter's pairs stand for
_LAST_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*$")
_NAME = re.compile(r"(?:^|[^\w.])(?:[A-Z]\.)+$|\b(?:Mr|Mrs|St|Dr)\.$")
_SENTENCE_OPENERS = frozenset(",:.!?;…—–-([)]⸺⸻")

# Straight double marks: (left, right) → cost of opening, cost of closing.
_DOUBLE = {
    (" ", "w"): (0.0, 6.0), (" ", "."): (1.0, 1.0), (" ", "-"): (0.2, 1.5), (" ", " "): (1.5, 1.0),
    ("w", "w"): (2.5, 2.0), ("w", "."): (6.0, 0.0), ("w", "-"): (3.0, 0.0), ("w", " "): (6.0, 0.0),
    (".", "w"): (2.0, 2.0), (".", "."): (6.0, 0.0), (".", "-"): (3.0, 0.0), (".", " "): (5.0, 0.0),
    ("-", "w"): (0.7, 0.7), ("-", "."): (5.0, 0.0), ("-", "-"): (1.0, 1.0), ("-", " "): (2.5, 0.3),
}  # fmt: skip


_NEAR = 2000  # characters in which the other mark of a pair is looked for
_TAIL = 40


def _last(text: str, end: int) -> bool:
    """Whether nothing but marks and blanks follows."""
    return len(text) - end <= _TAIL and not text[end:].strip("\"'“”‘’ ")


def _stands(text: str, sign: str, before: int) -> bool:
    return text.find(sign, max(before - _NEAR, 0), before) >= 0


def double(text: str, mark: Mark, elisions: Elisions) -> Costs:
    """The readings of a double mark."""
    sign = _CURLED.get(mark.sign, mark.sign)
    if sign in '"”' and elisions.articles and shortens(text, mark.start, mark.end):
        return [(Role.APOSTROPHE, 0.0)]
    if sign in "„‟":
        return [(Role.DOUBLE_OPEN, 0.0)]
    if _after_elision(text, mark.start) and (mark.after.isalnum() or sign == "«"):
        return [(Role.DOUBLE_OPEN, 0.0)]
    if sign in "«»":
        return _guillemet(text, mark, sign, elisions.opener)
    if sign == "“" and _stands(text, "„", mark.start) and mark.left != " ":
        return [(Role.DOUBLE_CLOSE, 0.0)]
    opens, closes = _DOUBLE[mark.left, mark.right]
    if _last(text, mark.end):
        opens = 9.0  # nothing follows
    if not mark.start and mark.right == " " and mark.after:
        opens, closes = 0.5, 5.0
    elif mark.left == " " and mark.right == " " and _last(text, mark.end):
        opens, closes = 4.0, 0.5  # the last of its paragraph
    elif mark.left == " " and mark.right == "." and text[mark.end : mark.end + 2] in ("..", "…"):
        opens, closes = 0.3, 2.0
    elif mark.left == "." and mark.right == "w" and mark.before in ",:" and mark.after.isupper():
        opens, closes = 1.0, 2.0  # said,"Go
    if sign == "“" and not elisions.closing:
        closes += _CURLED_WRONGLY + 0.7
    elif sign == "“" or sign == "”":
        opens += (_CURLED_WRONGLY + 0.7) * (2 if elisions.lossy else 1)
    return [(Role.DOUBLE_OPEN, opens), (Role.DOUBLE_CLOSE, closes)]


_SHORT_ARTICLE = re.compile(r"(?:^|[\s(«“\"])(?:[ldcjmnst]|qu|[dns]?ell|un|all|sull)['’]$", re.I)
_SHORT_BEFORE = re.compile(
    r"(?:^|[\s(«“—–-])(?:[ldcjmnst]|qu|jusqu|lorsqu|puisqu|[dns]?ell|un|[dn]?all|sull|quest|quell"
    r"|bell|dov|cos|com|anch|tutt)$",
    re.I,
)
_SOUNDED = re.compile(r"[aeiouyhàâæéèêëîïôœùûúíóáò]", re.I)
_FRENCH_PAIR = re.compile(r"«[ \u00a0\u202f][^«»]*[ \u00a0\u202f]»(?![\w…¿¡‚›])")


def shortens(text: str, start: int, end: int) -> bool:
    """Whether a mark stands between an article or pronoun that a vowel shortens and that vowel:
    l"heure, where a scan has made two strokes of an apostrophe."""
    return bool(_SOUNDED.match(text, end)) and bool(
        _SHORT_BEFORE.search(text, max(start - 8, 0), start)
    )


def _after_elision(text: str, at: int) -> bool:
    """Whether what is at `at` follows an article or pronoun shortened before it: l'"ami"."""
    return text[at - 1 : at] in ("'", "’") and bool(_SHORT_ARTICLE.search(text, max(at - 8, 0), at))


def _guillemet(text: str, mark: Mark, sign: str, opener: str) -> Costs:
    """What a guillemet does: by its shape where the document has one way of facing. A blank that
    contradicts it may have been lost or made, or the mark turned round: then both are weighed.
    """
    if not opener:
        return [(_facing(text, mark, sign), 0.0)]
    glyph = Role.DOUBLE_OPEN if sign == opener else Role.DOUBLE_CLOSE
    free, bound = mark.left in " -", mark.right in " .-" or not mark.after
    if free == bound or free == (glyph is Role.DOUBLE_OPEN):
        return [(glyph, 0.0)]
    turned = Role.DOUBLE_CLOSE if glyph is Role.DOUBLE_OPEN else Role.DOUBLE_OPEN
    return [(glyph, 0.0), (turned, _TURNED)]


def _facing(text: str, mark: Mark, sign: str) -> Role:
    """What a guillemet does: told by the blanks beside it, for German has them the other way."""
    first = next(char for char in text if char in "«»")
    near = max(mark.start - _NEAR, 0)
    opened, closed = text.count("«", near, mark.start), text.count("»", near, mark.start)
    open_before = opened > closed
    spaced_left = mark.left == " "
    spaced_right = mark.right == " " or mark.after in ",.;:!?)]}"
    if spaced_left and not spaced_right:  # « a », though a blank is missing behind it: « a »(b)
        opens = not (sign == "»" and open_before and first == "«")
    elif spaced_right and not spaced_left:  # likewise before it: b« a »
        opens = sign == "«" and not open_before and bool(_FRENCH_PAIR.match(text, mark.start))
    else:
        opens = sign == ("«" if spaced_left else first)
    return Role.DOUBLE_OPEN if opens else Role.DOUBLE_CLOSE


def single(text: str, mark: Mark, elisions: Elisions) -> Costs:
    """The readings of a single mark; one between two letters is an apostrophe."""
    sign, before, after = mark.sign, mark.before, mark.after
    if before.isalnum() and after.isalnum():
        return [(Role.APOSTROPHE, 0.0)]
    if sign == "‚":
        return [(Role.SINGLE_OPEN, 0.0)]
    if sign in "‹›":
        first = {"«": "‹", "»": "›"}.get(elisions.opener)
        first = first or next(char for char in text if char in "‹›")
        return [(Role.SINGLE_OPEN if sign == first else Role.SINGLE_CLOSE, 0.0)]
    if sign == "‘" and _stands(text, "‚", mark.start):
        return [(Role.SINGLE_CLOSE, 0.0)]
    opens, closes, apostrophe = _single(text, mark, elisions)
    if sign in "‘`":
        closes += 3.0
        if elisions.curled_by_machine:
            apostrophe += 0.3
        else:  # what was printed as opening opens, though its partner be lost; ‘tis does not
            apostrophe += _CURLED_WRONGLY if apostrophe < 1 or sign == "`" else _PRINTED
    elif sign in "’´":
        opens += _CURLED_WRONGLY
        word = _LAST_WORD.search(text, max(mark.start - 24, 0), mark.start)
        if word and word[0].lower() in elisions.clipped:
            closes += _CURLED_WRONGLY
    costs = (
        (Role.SINGLE_OPEN, opens), (Role.SINGLE_CLOSE, closes), (Role.APOSTROPHE, apostrophe),
    )  # fmt: skip
    return [(role, cost) for role, cost in costs if cost < 9]


def _single(text: str, mark: Mark, elisions: Elisions) -> tuple[float, float, float]:
    left, right = mark.left, mark.right
    if left == " " and right == " ":
        return _alone(text, mark)
    if left == " " and right == ".":
        dots = text[mark.end : mark.end + 1] in ("…", ".")
        return (0.3, 3.0, 3.0) if dots else (3.0, 1.0, 2.0)
    if left == " " or (left == "-" and right == "w"):
        return _leading(text, mark, elisions)
    if right == "w":  # after a stop or a word, without the blank there should be
        if left == ".":
            return 2.5, 1.5, _lost_head(text, mark, elisions)[1] + 1.5
        return 9.0, 2.0, 2.5
    if right == "-" and left == "-":
        return 1.5, 1.0, 4.0
    return _trailing(text, mark, elisions)


def _alone(text: str, mark: Mark) -> tuple[float, float, float]:
    if _last(text, mark.end):
        return 9.0, 1.0, 2.5
    if mark.after == " " and text[mark.end + 1 : mark.end + 2] in MARKS:
        return 0.5, 5.0, 6.0  # ' "So
    if mark.start and text[mark.start - 1 : mark.start] == " ":
        if text[max(mark.start - 2, 0) : mark.start - 1] in ("", '"', "“"):
            return 1.0, 2.0, 4.0
    return 2.0, 1.5, 2.5


def _lost_head(text: str, mark: Mark, elisions: Elisions) -> tuple[float, float, str]:
    """What it costs to open before this word, what to read it as shortened; and the word."""
    match = WORD.match(text, mark.end)
    if not match:
        return 0.2, 4.0, ""
    word = match[0]
    if word[0].isdigit():
        year = re.fullmatch(r"\d\d|\d0s|\d\ds", word) is not None
        return (3.5, 0.0, word) if year else (0.5, 3.5, word)
    tail = text[match.end() : match.end() + 1]
    if len(word) == 1 and word.isupper() and (tail == "." or word not in "ES"):
        return 0.0, 3.7, word  # an initial, or a one-letter word
    shorn = tail in ("'", "’") and tail != ""
    weight = elisions.weight(word + "'" if shorn else word)
    if shorn and weight < 2:
        weight = max(weight, elisions.weight(word))
    if weight == 0.5 and word[0].isupper():
        weight = 0.0  # a name, and not in any list for that
    opens = 2.2 if weight >= 2 else max(weight, 0.0) * 0.9
    return opens, max(2.4 - 1.3 * weight, 0.0), word


def _leading(text: str, mark: Mark, elisions: Elisions) -> tuple[float, float, float]:
    opens, apostrophe, word = _lost_head(text, mark, elisions)
    if not word:
        if mark.after in MARKS and mark.after:
            return opens, 5.0, 4.0  # the outer of two marks
        if mark.right == "-":
            return (0.4, 2.0, 3.0) if mark.left == " " else (2.0, 1.0, 3.0)
        return opens, 5.0, apostrophe
    lead = text[max(mark.start - _TAIL, 0) : mark.start].rstrip(" \n\u00a0\u202f\u2009\"“‘'")
    starts = not lead or lead[-1] in _SENTENCE_OPENERS
    if not word[0].isdigit():
        if word[0].isupper():
            opens += 0.0 if starts else 0.4
        else:
            opens += 0.4 if starts and not (lead and lead[-1] in ".!?") else 1.0
    closes = 2.5 if mark.left == "-" else 6.0
    if mark.before in MARKS and mark.before and mark.before not in DOUBLES:
        opens += 1.5  # the second of two single marks
    return opens, closes, apostrophe


def _trailing(text: str, mark: Mark, elisions: Elisions) -> tuple[float, float, float]:
    left, right = mark.left, mark.right
    opens = 9.0 if left != "-" else 4.0
    if left == ".":
        initial = right == " " and _NAME.search(text[max(mark.start - 12, 0) : mark.start])
        return (4.0 if right == "-" else 9.0), 0.0, 2.5 if initial else 5.0
    if left == "-":
        return opens, 0.3, 4.0
    following = text[mark.end : mark.end + 2].strip()[:1]
    found = _LAST_WORD.search(text, max(mark.start - 24, 0), mark.start)
    word = found[0] if found else ""
    closes = 0.4 if right != " " or not mark.after or mark.after == "\n" else 0.9
    if mark.before in MARKS and mark.before:
        return opens, 0.2, 5.0  # after a mark that closes, or an apostrophe
    if not word:
        return opens, closes, 3.0
    if word.lower() in elisions.clipped:
        return opens, closes + 1.6, 0.0  # po', gia', hab': cut short wherever it stands
    if word[-1] in "sxzSXZ":
        apostrophe = 0.7 if right == " " and following.islower() else 1.0
        if right != " " or not following:
            apostrophe = 1.5
        return opens, closes + 0.3, apostrophe
    shortened = elisions.shortened(word)
    apostrophe = 3.4 - 2.6 * shortened - 0.4 * elisions.dialect
    closes += shortened * (0.5 + 0.7 * elisions.dialect)
    if following in DASHES:
        closes -= 0.2
    return opens, closes, apostrophe
