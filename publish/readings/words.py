"""Words that are none, and the one word a scanner would have made them of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.document import Block
from publish.ledger import Confidence, Edit, Proposals
from publish.readings.abroad import known_abroad
from publish.readings.cases import cased
from publish.readings.company import FUNCTION, SIGN, STOPPED, Place
from publish.readings.evidence import Evidence
from publish.readings.spellings import old_spelling
from publish.readings.verdicts import Verdict

ARTICLE = 7.0  # likelihood of a word that stands before any name: the, of
REPEATED = 4  # times that a name stands in the text to speak for itself
CAPITAL_BEFORE = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+ $")  # not the first word of a sentence
CAPITAL_AFTER = re.compile(r" [A-Z][a-z]+")
LONGEST = 30  # letters of the name before
PLAIN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def misread_words(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """Proposals for the suspected words of the document."""
    lexicon = evidence.lexicon
    if not lexicon.speaks or not evidence.verdicts:
        return
    verdicts = evidence.verdicts
    for index in evidence.vocabulary.holding(verdicts):
        value = blocks[index].text.value
        edits = [
            _edit(value, found, verdict, evidence)
            for found in PLAIN.finditer(value)
            if (verdict := verdicts.get(found[0]))
            and not _part_of_more(value, found.start(), found.end())
        ]
        sure = [edit for edit in edits if edit.confidence is Confidence.CERTAIN]
        holding = evidence.company.vouched(value, [Place(*edit[:3]) for edit in sure])
        kept = {sure[number].start for number in holding}
        for edit in edits:
            if edit.confidence is Confidence.CERTAIN and edit.start not in kept:
                edit = edit._replace(confidence=Confidence.LIKELY)
            yield index, edit


def _edit(value: str, found: re.Match[str], verdict: Verdict, evidence: Evidence) -> Edit:
    word, confidence = found[0], verdict.confidence
    chosen = ""
    if confidence is not Confidence.CERTAIN and word.islower() and len(word) > 2:
        chosen = evidence.company.neighbours.chosen(value, *found.span(), verdict.candidates)
        if chosen and evidence.lexicon.worn and _once_and_no_word(word, evidence):
            confidence = Confidence.CERTAIN
    if confidence is Confidence.CERTAIN and (
        _name(value, found, verdict, evidence)
        or _abbreviation(value, found)
        or _fragment(value, found.start())
        or evidence.passages.foreign_or_dialect(value, found.start(), found.end())
    ):
        confidence = Confidence.LIKELY
    if confidence is Confidence.LIKELY and (
        _named_in_full(value, found, verdict, evidence) or known_abroad(word, evidence.language)
    ):
        confidence = Confidence.DOUBTFUL
    ranked = sorted(verdict.candidates, key=lambda c: c != chosen)
    titles = evidence.language.subject("typography").get("titles", ())
    readings = tuple(cased(value, found.start(), word, candidate, titles) for candidate in ranked)
    return Edit(*found.span(), readings[0], verdict.why, confidence, readings)


_SHORT = frozenset(
    "a i o an as at am be by do go he if in is it me my no of oh on or so to up us we".split()
)


def _part_of_more(value: str, start: int, end: int) -> bool:
    """Whether the word hangs on a hyphen, digit, stop or stray sign that makes it part of something
    longer: p`roduced."""
    before, after = value[start - 1 : start], value[end : end + 1]
    return (
        (before in tuple("-'’_&.0123456789/@") and before != "")
        or (after in tuple("-'’_&0123456789/@") and after != "")
        or (after == "." and value[end + 1 : end + 2].isalpha())
        or (SIGN.match(before) is not None and value[start - 2 : start - 1].isalpha())
        or (SIGN.match(after) is not None and value[end + 1 : end + 2].isalpha())
    )


def _fragment(value: str, start: int) -> bool:
    """Whether a letter or two before the word may be its torn-off beginning."""
    before = value[:start].rsplit(" ", 2)[-2:-1]
    return bool(before) and before[0].lower() not in _SHORT and len(before[0].strip(",.;:")) < 3


def _name(value: str, found: re.Match[str], verdict: Verdict, evidence: Evidence) -> bool:
    """Whether a capitalised word may be a name: any, unless a sentence begins there and the word
    meant is a function word, or often in the text; or that is a name which the text has often."""
    if not found[0][0].isupper():
        return False
    meant = verdict.candidates[0]
    begins = not found.start() or bool(STOPPED.search(value[: found.start()].rstrip()[-4:]))
    if evidence.vocabulary.printed.get(meant.title(), 0) >= REPEATED and len(meant) > 4:
        return False
    if evidence.habits.pairs:
        return evidence.lexicon.listed(meant) < 5.0
    if not (begins and evidence.lexicon.used.get(meant)):
        return True
    lexicon = evidence.lexicon
    if lexicon.listed(meant) < FUNCTION and lexicon.used.get(meant, 0) < REPEATED:
        return True
    return lexicon.listed(meant) < 5.0 or _first_name(value, found, meant, evidence)


def _first_name(value: str, found: re.Match[str], meant: str, evidence: Evidence) -> bool:
    """Whether a name follows, and the word meant is not known to stand before it: Ro Amil."""
    after = CAPITAL_AFTER.match(value, found.end())
    if not after or (len(found[0]) > 2 and evidence.lexicon.listed(meant) >= ARTICLE):
        return False
    return not evidence.collocations.attested(meant, after[0].strip().lower())


def _abbreviation(value: str, found: re.Match[str]) -> bool:
    """Whether the word may be a title or another word cut short: Mv. Lane."""
    short = found[0][0].isupper() and len(found[0]) < 4
    return short and value[found.end() : found.end() + 1] == "."


def _named_in_full(value: str, found: re.Match[str], verdict: Verdict, evidence: Evidence) -> bool:
    """Whether a capitalised word is part of a name of two words, which no list has, and the word
    that it is likest to stands nowhere else in the text: Ruy Blas."""
    start, end = found.span()
    nouns = evidence.language.subject("scannos").get("nouns_capitalised")
    if nouns or not value[start].isupper() or evidence.lexicon.used.get(verdict.candidates[0]):
        return False
    before = CAPITAL_BEFORE.search(value, max(start - LONGEST, 0), start)
    return bool(before or CAPITAL_AFTER.match(value, end))


def _once_and_no_word(word: str, evidence: Evidence) -> bool:
    """Whether the word stands once, in no list, and is no word of an older spelling either."""
    lexicon = evidence.lexicon
    seldom = lexicon.used.get(word, 0) == 1 and lexicon.listed(word) < 2.0
    return seldom and not old_spelling(word, lexicon)
