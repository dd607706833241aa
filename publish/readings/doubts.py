"""Places that no sound text has, and that no rule can mend: they are shown to the editor.

Tokens with stray signs, words that are none, letters and marks that stand alone. What is sound and
stands where nothing does is looked for in `misfits`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.document import Block
from publish.ledger import Confidence, Edit, Proposals
from publish.readings.company import APART, HEAP, LETTERS, SIGN, TOKEN
from publish.readings.confusions import LONGEST, candidates
from publish.readings.evidence import Evidence
from publish.readings.lexicon import SOUND, Lexicon
from publish.readings.neighbours import TRIM
from publish.readings.typos import typos

LONE = re.compile(r"[b-hj-zB-HJ-Z]|[\"“”'‘’|\\_~]|[.,;]")
PLAIN = re.compile(r"[\"“‘(]?([A-Za-z][a-z]+)[,.;:!?]?[\"”)]?")
INNER_SIGN = re.compile(rf"(?<=[^\W\d_])(?:{SIGN.pattern})(?=[^\W\d_])")
PAIR = re.compile(r"[,;:][.,;:]")  # marks that no sentence has side by side
BRACKETS = re.compile(r"(?<!\w)\[|\](?!\w)")
NUMBER = re.compile(r"\W*\d+(?:st|nd|rd|th|s|d|l|m|mo|to|vo|lb|lbs|ft|in|oz|a|b|er|re|e)?\W*")


def query(start: int, end: int, value: str, why: str, *readings: str) -> Edit:
    """A doubtful edit; with no reading to offer, the one that stands."""
    readings = readings or (value[start:end],)
    return Edit(start, end, readings[0], why, Confidence.DOUBTFUL, readings)


def odd_tokens(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """Queries for tokens that no text has and words that are none."""
    lexicon = evidence.lexicon
    if not lexicon.speaks:
        return
    judged: dict[str, tuple[str, tuple[str, ...]]] = {}
    sound: set[str] = set()
    for index, block in enumerate(blocks):
        if block.kind in ("break", "table"):
            continue  # columns have signs of their own
        value = block.text.value
        odd = set(value.split())
        odd -= sound
        for token in odd - judged.keys():
            verdict = None if _plain(token, lexicon) else _judge(token, evidence)
            if verdict is None:
                sound.add(token)
                odd.discard(token)
            else:
                judged[token] = verdict
        for found in TOKEN.finditer(value) if odd else ():
            token = found[0]
            verdict = judged.get(token)
            if verdict is None:
                continue
            why, readings = verdict
            word = why == NO_WORD
            if word and evidence.passages.foreign_or_dialect(value, *found.span()):
                continue
            start = found.start() + len(token) - len(token.lstrip(TRIM))
            end = found.end() - len(token) + len(token.rstrip(TRIM))
            if not word or start >= end:
                start, end = found.span()
            yield index, query(start, end, value, why, *readings)


NO_WORD = "in no list of words, and nowhere else in the text"


def _plain(token: str, lexicon: Lexicon) -> bool:
    """Whether a token is a sound word of ASCII letters with usual marks around it: the most are."""
    found = PLAIN.fullmatch(token)
    return found is not None and (
        lexicon.listed(lower := found[1].lower()) >= SOUND
        or lexicon.used.get(lower, 0) > 1
        or lexicon.sound(lower)
    )


def _judge(token: str, evidence: Evidence) -> tuple[str, tuple[str, ...]] | None:
    """Why a token is doubted, and what it may have been."""
    lexicon = evidence.lexicon
    if len(token) > LONGEST:
        return None
    if not lexicon.schooled:
        token = token.strip("«»‹›")
    if evidence.marks_apart and token in APART:
        return None
    if evidence.bracketed:
        token = BRACKETS.sub("", token)
    if SIGN.search(token):
        return "a sign that no word has", _without_sign(token, lexicon)
    if LONE.fullmatch(token) and (evidence.company.patchy or not token.isupper()):
        return "a letter or mark that stands alone", ()
    core = token.strip(TRIM)
    if not core or not LETTERS.search(core) or lexicon.right(core.lower()):
        return None
    if any(mark in core for mark in "—–…"):
        return None
    letters = core.replace(".", "").isalpha()
    if PAIR.search(token):
        return "marks that do not go together", ()
    figures = any(map(str.isdigit, core))
    if figures and not NUMBER.fullmatch(token) and not _figures(core):
        return "figures and letters in one word", _as_figures(token)
    if figures and core.isalnum() and HEAP.search(core):
        return None  # B12
    if HEAP.search(token) and not (letters and core.isupper()) and "://" not in token:
        return "signs and letters in a heap", ()
    lower = core.lower().replace("’", "'")
    if not core.isalpha():
        stem, mark, ending = lower.partition("'")
        if (
            not mark
            or not stem.isalpha()
            or not lexicon.schooled
            or lexicon.contracted(lower)
            or evidence.company.sound(core, "")
        ):
            return None
        return None if lexicon.used.get(lower, 0) > 1 else (NO_WORD, (stem + ending, core))
    if lexicon.sound(lower) or lexicon.used.get(lower, 0) > 1 or not lexicon.schooled:
        return None
    if lexicon.compound(lower):
        return None
    if core in evidence.verdicts:
        return None
    if core.islower():
        return NO_WORD, typos(lower, lexicon)
    if core[1:].islower():
        names = [c.title() for c, _, _ in candidates(lower) if lexicon.used.get(c, 0) > 1]
        return (f"“{names[0]}” stands elsewhere in the text", tuple(names)) if names else None
    return (NO_WORD, ()) if core.isupper() and len(core) > 3 else None


def _without_sign(token: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The word that a token is but for one stray sign among its letters (p`roduced), and the token
    as it stands; none where that is no word."""
    found = INNER_SIGN.search(token)
    if found is None:
        return ()
    mended = token[: found.start()] + token[found.end() :]
    core = mended.strip(TRIM)
    return (mended, token) if core.isalpha() and lexicon.sound(core.lower()) else ()


FIGURES = str.maketrans("lI|iOoSsBZz", "11110055822")  # letters that scanners make of figures
FIGURE = re.compile(r"\d{1,3}(?:,\d{3})*|\d+")


def _as_figures(token: str) -> tuple[str, ...]:
    """The number that a token with most of its figures whole may be: l887, 18l2, l9O4."""
    core = token.strip(TRIM)
    made = core.translate(FIGURES)
    if not FIGURE.fullmatch(made) or 2 * sum(map(str.isdigit, core)) < len(core):
        return ()
    return (token.replace(core, made, 1), token)


def _figures(core: str) -> bool:
    """Whether letters and figures may go together: 10,000, 1914-18, B12, 5s.6d., No.7."""
    return bool(
        re.fullmatch(
            r"[\d.,:/'’½¼¾⅓⅔⅛—–-]+|[A-Z]{1,3}[.-]?\d{1,4}|\d+[a-z]?(?:[.,:/-]+\d+[a-z]?)*[.,:/-]*|[A-Z][a-z]*\.\d+",
            core,
        )
    ) and (core[0] not in "IOl" or len(core) < 3)
