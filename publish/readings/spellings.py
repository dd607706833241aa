"""Words that no list has, and that their writer may have spelled so: olde, altho, tickel, rarify.

A scanner mistakes glyphs that look alike. A writer follows an older spelling or his ear, and a
compositor sets two letters changed about (Damerau, "A technique for
computer detection and correction of spelling errors", 1964). Where one of these explains a word as
well as the scanner does, no rule can tell which it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from publish.readings.lexicon import Lexicon

VOWELS = "aeiouy"
FUNCTION = 6.0  # Zipf value of words that stand in any text
RARER = 1.5  # powers of ten between a word that two letters changed about make, and the other
LONG = 6  # letters of a word that a change of one vowel seldom makes of another
REFORMED = "ugh"  # what reformers of English spelling left off: tho, altho, thro


def written(word: str, best: str, lexicon: Lexicon) -> bool:
    """Whether the lower-case word may be as it was written, and not `best` misread: an older
    spelling, a spelling by ear that a dictionary has with another vowel, or a word nearly
    as common as `best` with two letters changed about.

    A word as common as `best` may be a function word; those are misread far oftener than meant.
    """
    if lexicon.listed(best) >= FUNCTION:
        return False
    if old_spelling(word, lexicon, lexicon.defined) or reformed(word, lexicon):
        return True
    least = lexicon.listed(best) - RARER
    if any(lexicon.listed(made) >= least for made in _changed_about(word) if made != best):
        return True
    by_ear = _by_ear(word) if len(word) >= LONG else ()
    return any(lexicon.defined(made) for made in by_ear if made != best)


def old_spelling(word: str, lexicon: Lexicon, known: Callable[[str], bool] | None = None) -> bool:
    """Whether the word may be spelled as it was before dictionaries: olde, sonne, goodnesse,
    merrie, vpon. `known` says what is a word; for want of it `lexicon` does."""
    sound = known or lexicon.sound
    return (
        (word[-1] == "e" and (sound(word[:-1]) or (word[-2] == word[-3:-2] and sound(word[:-2]))))
        or (word.endswith("ie") and sound(word[:-2] + "y"))
        or (word[-2:] in ("ll", "tt", "pp", "gg", "nn") and sound(word[:-1]))
        or (word[0] == "v" and sound("u" + word[1:]))
        or ("y" in word[1:-1] and sound(word[0] + word[1:].replace("y", "i")))
    )


def reformed(word: str, lexicon: Lexicon) -> str:
    """The word whose silent end the lower-case `word` leaves off (tho: though); "" for none."""
    long = word + REFORMED
    return long if word[-1] == "o" and lexicon.listed(long) > lexicon.listed(word) else ""


def _by_ear(word: str) -> Iterator[str]:
    """The words that differ in one vowel."""
    for at, letter in enumerate(word):
        if letter in VOWELS:
            for vowel in VOWELS:
                if vowel != letter:
                    yield word[:at] + vowel + word[at + 1 :]


def _changed_about(word: str) -> Iterator[str]:
    for at in range(len(word) - 1):
        if word[at] != word[at + 1]:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
