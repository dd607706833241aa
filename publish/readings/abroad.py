"""Words of another language that keep their accents among the words of this: Bâle, the cités.

A scanner loses accents, and seldom makes any: a word with one that its own language knows is far
more often that word than a misreading.
"""

from __future__ import annotations

from typing import Final

from publish.language import Language, load_language

ACCENTS: Final = {"fr": "àâçéèêëîïôùûœ", "de": "äöüß", "es": "áéíñóú"}  # of these languages
COMMON: Final = 3.0  # Zipf frequency in the other language
SHORTEST: Final = 4  # letters: thé for the is as likely a speck


def known_abroad(word: str, here: Language) -> bool:
    """Whether a word with accents is a common one, or a name, of another language that has these
    accents. A list of words is read only for a word that has such."""
    word = word.lower()
    accents = {letter for letter in word if not letter.isascii()}
    return (
        len(word) >= SHORTEST
        and bool(accents)
        and any(
            load_language(code).words.get(word, 0.0) >= COMMON
            for code, letters in ACCENTS.items()
            if code != here.code and accents <= set(letters)
        )
    )
