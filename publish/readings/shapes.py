"""Glyphs that no word has: ■evealing, recog■ize, \\Villiam, 0f, w1th, U.S.SJt.

A sign or digit inside a word is put right where exactly one word fits; an initialism where the
document has it whole many times.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from publish.document import Block
from publish.ledger import Confidence, Edit, Proposals
from publish.readings.cases import cased
from publish.readings.company import FAR, Place
from publish.readings.confusions import candidates
from publish.readings.evidence import Evidence
from publish.readings.lexicon import Lexicon

SIGNS = r"■□▪•●*^~°|¦\\/<>{}\[\]=_#§¤£»«¬"
ODD = re.compile(
    rf"(?<![\w'’.-])(?=[^\s]*[a-z])(?:[{SIGNS}!0-9][^\W\d_]{{2,}}|[^\W\d_]+[{SIGNS}!0-9]+[^\W\d_]+"
    rf"|[^\W\d_]{{2,}}[015])"
    rf"(?![\w'’{SIGNS}])"
)
STRANGE = re.compile(
    rf"[{SIGNS}!0-9V](?:(?<!V)(?=[^\W\d_])|(?<=[^\W\d_][015])|(?<=[Vl]V))"
)  # cheap, and true wherever ODD is
BRACKETED = 300  # characters that stand in brackets
# An accent typed behind its letter (m^eme), a letter withheld (d*mn), a name (McC0y): no scan's
TYPED = re.compile(r"(?<=[^\W\d_])\^[aeiou]|(?<=[^\W\d_])\*(?=[^\W\d_])|[a-z][A-Z]")
BLOT = re.compile(r"[■□▪•●*^~¦]")
BACKSLASH = re.compile(r"\\[Vv](?=[a-z])|(?<![A-Za-z])VV(?=[a-z])|(?<![A-Za-z])lV(?=[a-z]{2})")
SPELLED = re.compile(r"\.[A-Z]")  # cheap, and true wherever INITIALISM is
INITIALISM = re.compile(r"(?<![\w.])(?:[A-Z][A-Za-z]?\.){2,}[A-Z]?[A-Za-z]{0,2}\.?(?![\w])")


def odd_glyphs(blocks: Sequence[Block], context: Evidence) -> Proposals:
    """Proposals for signs and digits inside words."""
    lexicon = context.lexicon
    if not lexicon.speaks:
        return
    passages = context.passages
    for index, block in enumerate(blocks):
        value = block.text.value
        if not STRANGE.search(value):
            continue
        broken = list(_broken(value, lexicon))
        good = context.company.vouched(value, broken)
        for number, (start, end, word) in enumerate(broken):
            how = Confidence.CERTAIN if number in good else Confidence.LIKELY
            yield index, Edit(start, end, word, f"a broken W: “{word}”", how, (word,))
        for found in ODD.finditer(value):
            if BACKSLASH.match(found[0]) or _number(found[0]) or _bracket(value, found):
                continue
            if found[0][0] in "«»" and (
                not lexicon.schooled or lexicon.listed(found[0][1:].lower()) >= 3
            ):
                continue  # a quotation mark that opens
            made = (cased(value, found.start(), found[0], w) for w in _fitting(found[0], lexicon))
            fitting = list(dict.fromkeys(made))
            if not fitting:
                continue
            if found[0][-1].isdigit() and lexicon.listed(found[0][:-1].lower()) >= 3:
                continue  # a word and the number of its note
            sure = (
                len(fitting) == 1
                and not TYPED.search(found[0])
                and lexicon.listed(fitting[0].lower()) >= (3.0 if len(found[0]) > 4 else 5.0)
                and not passages.foreign_or_dialect(value, *found.span())
                and context.company.good(value, *found.span(), fitting[0])
            )
            yield (
                index,
                Edit(
                    found.start(),
                    found.end(),
                    fitting[0],
                    "a sign or digit inside a word",
                    Confidence.CERTAIN if sure else Confidence.LIKELY,
                    tuple(fitting[:4]),
                ),
            )


def _broken(value: str, lexicon: Lexicon) -> Iterator[Place]:
    """The words whose W was read in pieces: \\Villiam, VVest."""
    for found in BACKSLASH.finditer(value):
        end = _word_end(value, found.end())
        word = ("W" if found[0][-1] == "V" else "w") + value[found.end() : end]
        if lexicon.listed(word.lower()) >= 2.5:
            yield Place(found.start(), end, word)


CAMEL = re.compile(r"(?<![\w'’])[a-z]+[A-Z][a-z]*(?:[A-Z][a-z]*)?(?![\w'’])")
SAME = frozenset("COSVWXZUKPIJMY")  # capitals that differ from their small letters by size alone


def inner_capitals(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """Proposals for a small letter read as its capital inside a word: tOpic, diSpersed."""
    lexicon = evidence.lexicon
    if not lexicon.speaks:
        return
    mixed = (w for w in evidence.vocabulary.printed if w[0].islower() and not w.islower())
    camels = [w for w in mixed if CAMEL.fullmatch(w)]
    for index in evidence.vocabulary.holding(camels):
        value = blocks[index].text.value
        for found in CAMEL.finditer(value):
            word = found[0].lower()
            inner = {c for c in found[0] if c.isupper()}
            if not inner <= SAME or lexicon.listed(word) < 2.6 or lexicon.right(word):
                continue
            good = evidence.company.good(value, *found.span(), word) and lexicon.schooled
            sure = Confidence.CERTAIN if good else Confidence.LIKELY
            yield index, Edit(*found.span(), word, "a capital inside a word", sure, (word,))


GOING_ON = re.compile(r"! [a-z]")  # cheap, and true wherever SHOUTED is
SHOUTED = re.compile(r"(?<![\w'’])([a-zA-Z][a-z]{2,})!(?= [a-z])")


def final_strokes(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """Proposals for an l that was read as an exclamation mark at a word's end: medica! man."""
    lexicon = evidence.lexicon
    if not lexicon.speaks:
        return
    for index, block in enumerate(blocks):
        value = block.text.value
        if not GOING_ON.search(value):
            continue
        for found in SHOUTED.finditer(value):
            stem, new = found[1].lower(), found[1] + "l"
            listed = lexicon.listed(new.lower())
            if listed >= 3 and listed - lexicon.listed(stem) >= FAR and not lexicon.defined(stem):
                good = evidence.company.good(value, *found.span(), new)
                how = Confidence.CERTAIN if good else Confidence.LIKELY
                why = "an l read as an exclamation mark"
                yield index, Edit(*found.span(), new, why, how, (new,))


LONE = re.compile(r"[©®¢¬¦~^] ")  # cheap, and true wherever SPECKS is
SPECKS = re.compile(r"(?<=[a-z,;] )[©®¢¬¦~^] (?=[a-z])")


def specks(blocks: Sequence[Block], evidence: Evidence) -> Proposals:
    """Proposals to brush off a lone sign between words that need none: an old © companion."""
    for index, block in enumerate(blocks):
        value = block.text.value
        if block.kind != "paragraph" or not LONE.search(value):
            continue
        for found in SPECKS.finditer(value):
            good = evidence.company.good(value, found.start(), found.start() + 1, "—")
            good = good and evidence.lexicon.schooled  # © may be all that is left of an é
            how = Confidence.CERTAIN if good else Confidence.LIKELY
            yield index, Edit(*found.span(), "", "a speck among words", how, ("", found[0]))


def _word_end(value: str, start: int) -> int:
    end = start
    while end < len(value) and value[end].isalpha():
        end += 1
    return end


def _bracket(value: str, found: re.Match[str]) -> bool:
    """Whether the sign is a bracket that is closed: [over his shoulder, at the door]."""
    closing = {"[": "]", "{": "}", "<": ">"}.get(found[0][0])
    return closing is not None and closing in value[found.end() : found.end() + BRACKETED]


def _number(token: str) -> bool:
    """Ordinals, codes and sums: 1st, 2nd, 4to, £5m, B12."""
    return sum(c.isdigit() for c in token) * 2 >= len(token) or bool(
        re.fullmatch(
            r"\W?\d+(?:st|nd|rd|th|d|s|mo|to|vo|lb|lbs|ft|in|oz|cwt|hrs?|pp?|ths|fr|er|re|me)?",
            token,
        )
    )


def _fitting(token: str, lexicon: Lexicon) -> Iterator[str]:
    """The words that the token may have been, likeliest first."""
    found: dict[str, float] = {}
    alike: frozenset[str] = frozenset()
    if BLOT.search(token):
        at = BLOT.search(token)
        assert at is not None
        for letter in "abcdefghijklmnopqrstuvwxyz":
            word = token[: at.start()] + letter + token[at.end() :]
            if word.isalpha() and lexicon.listed(word.lower()) >= 2.6:
                found[word] = lexicon.likelihood(word.lower())
        gone = token[: at.start()] + token[at.end() :]
        if at.start() and gone.isalpha() and lexicon.listed(gone.lower()) >= 3.0:
            found[gone] = lexicon.likelihood(gone.lower())
        parts = token[: at.start()], token[at.end() :]
        if all(part.isalpha() and lexicon.listed(part.lower()) >= 4.5 for part in parts):
            found[" ".join(parts)] = min(lexicon.listed(part.lower()) for part in parts)
    else:
        for word, _, _ in candidates(token):
            if not word[1:].isupper():
                word = word[0] + word[1:].lower()
            if word.isalpha() and lexicon.listed(word.lower()) >= 2.8:
                found[word] = lexicon.likelihood(word.lower())
        alike = frozenset(found)
        digit = re.search("[0-9]", token)
        if found and digit and token[: digit.start()] + token[digit.end() :]:
            rest = token[: digit.start()], token[digit.end() :]
            for letter in "abcdefghijklmnopqrstuvwxyz":
                word = rest[0] + letter + rest[1]
                if word.isalpha() and lexicon.listed(word.lower()) > max(found.values()):
                    found[word] = lexicon.listed(word.lower())
    ranked = sorted(found, key=lambda w: -found[w])
    if ranked:
        best = found[ranked[0]]
        if alike and ranked[0] not in alike:
            yield from ranked  # commoner, but less like what was read: h1re, for here or hire
            return
        yield from (word for word in ranked if found[word] >= best - 1.5)


def initialisms(blocks: Sequence[Block], context: Evidence) -> Proposals:
    """Proposals for initialisms that stand once beside one that the document has many times."""
    spelled: Counter[str] = Counter()
    places = []
    for index, block in enumerate(blocks):
        if not SPELLED.search(block.text.value):
            continue
        for found in INITIALISM.finditer(block.text.value):
            spelled[found[0]] += 1
            places.append((index, found))
    common = [
        (form, count) for form, count in spelled.items() if count >= 5 and form.count(".") > 1
    ]
    for index, found in places:
        form = found[0]
        if spelled[form] > 1:
            continue
        near = [
            other
            for other, count in common
            if (
                other != form
                and other != form + "."
                and _distance(form, other) <= len(other) // 4
                and form.count(".") != other.count(".")
            )
            or _one_glyph(form, other)
        ]
        near = [o for o in dict.fromkeys(near) if o != form]
        if near:
            sure = len(near) == 1 and spelled[near[0]] >= 8 and len(near[0]) >= 6
            yield (
                index,
                Edit(
                    found.start(),
                    found.end(),
                    near[0],
                    f"“{near[0]}” stands {spelled[near[0]]} times in the text",
                    Confidence.CERTAIN if sure else Confidence.LIKELY,
                    (near[0], form),
                ),
            )


def _one_glyph(form: str, other: str) -> bool:
    """Whether both differ in one letter that scanners confuse, or the last letter broke in two."""
    if len(form) == len(other):
        pairs = [(a, b) for a, b in zip(form, other, strict=True) if a != b]
        return len(pairs) == 1 and pairs[0] in _CAPITALS
    return False


_CAPITALS = frozenset(
    [("E", "R"), ("B", "R"), ("K", "R"), ("P", "R"), ("R", "B"), ("E", "B"), ("G", "C"), ("O", "C"),
     ("C", "G"), ("0", "O"), ("O", "Q"), ("Q", "O"), ("D", "O"), ("O", "D"), ("F", "P"), ("P", "F"),
     ("F", "E"), ("E", "F"), ("V", "U"), ("U", "V"), ("L", "I"), ("I", "L"), ("H", "N"), ("N", "H"),
     ("8", "S"), ("5", "S"), ("Z", "S")]
)  # fmt: skip


def _distance(a: str, b: str) -> int:
    """Levenshtein's distance; both are a few letters long."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]
