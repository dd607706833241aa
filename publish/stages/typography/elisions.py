"""Words that lose letters: at their head ('tis, 'em, 'Arry) or at their end (o', goin', th').

What the language is known to shorten stands in its typography.toml; the rest is told from the
word that the lost letters would give back, and from the book's own habits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

_FREE = re.compile(r"(?<=[a-z,;] )['’]([a-z]+)(?!['’\w])")
_HEADLESS = re.compile(r"(?<![\w'’‘.,!?])['’‘]([A-Za-z]+)")
_OPENED = re.compile(r"‘([A-Za-z]{2,})(?![A-Za-z]|[.,!?;]?’)")
_ELIDED = re.compile(r"(?<![\w.,!?])’([A-Za-z]{2,})(?![A-Za-z]|[.,!?;]?’)")
_SHORN = re.compile(r"(?<![\w'’])([A-Za-z]*[a-rt-z])['’] (?=[a-z])")
_ARTICLE = re.compile(r"(?<![\w'’])(?:[ldcn]|qu|[dns]ell|un)['’](?=[aeiouhéèêà])", re.I)
# A closing mark or what may be one: a single mark after a stop or before one.
_MAY_CLOSE = re.compile(r"[.,!?…;:—–-]['’](?!\w)|\w['’](?=[.,!?;:)\"”—]|$)")


@dataclass(frozen=True)
class Elisions:
    """What is known of words that lack letters.

    `known` and `endings` are of the language's lists, `restored` the beginnings that speech drops
    (h, a, be …), `finals` the ends (g, d, f …), `dropped` the beginnings this book drops always,
    `words` word → Zipf frequency, `counts` leading-apostrophe word → times in this book, `shorn`
    word without its last letters → times. `curled_by_machine` says that the source's opening
    marks cannot be trusted before a word. `opener` is the guillemet that opens in this book, ""
    where both do; `closing` says that “ closes in it, as in German, `lossy` that marks were lost,
    `articles` that articles lose their vowel before another's.
    """

    known: frozenset[str] = frozenset()
    restored: tuple[str, ...] = ()
    words: Mapping[str, float] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    shorn: Mapping[str, int] = field(default_factory=dict)
    single_primary: bool = False
    endings: frozenset[str] = frozenset()
    finals: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    curled_by_machine: bool = False
    clipped: frozenset[str] = frozenset()  # words the language knows to lose their last letters
    opener: str = ""
    closing: bool = False
    lossy: bool = False
    articles: bool = False

    @cached_property
    def _cache(self) -> dict[str, float]:
        return {}

    @cached_property
    def dialect(self) -> float:
        """How much the book speaks in dialect, 0 to 1: how many words it shortens at the end."""
        return min(sum(self.shorn.values()) / 20, 1.0)

    def weight(self, word: str) -> float:
        """How much speaks for a lost beginning: 2 all there is, below 0 nothing.

        A mark at the end of `word` says that its last letters are lost too ('roun').
        """
        word = word.lower().replace("’", "'").replace("‘", "'")
        found = self._cache.get(word)
        if found is None:
            found = self._cache[word] = self._weigh(word)
        return found

    def _weigh(self, word: str) -> float:
        bare = word.rstrip("'")
        if bare.endswith("'d"):
            bare = bare[:-2] + "ed"
        if bare in self.known or bare.split("'")[0] in self.known:
            return 2.0 if self.words.get(bare, 0.0) < 4.5 else 1.7
        tails = ("", *self.finals) if word != bare else ("", "g") if bare[-2:] == "in" else ("",)
        least = max(3.0 if len(bare) < 5 else 2.5, self.words.get(bare, 0.0) - 2.5)
        if any(self.words.get(h + bare + t, 0.0) >= least for h in self.dropped for t in tails):
            return 1.7
        full = max(
            (self.words.get(head + bare + tail, 0.0) for head in self.restored for tail in tails),
            default=0.0,
        )
        zipf = self.words.get(bare, 0.0)
        weight = -1.0 if zipf > 4 else 0.0
        if full >= 3.0 and full - zipf >= 0.8:
            weight = 1.5 if zipf < 3.2 else 0.6
        elif zipf < 2.0 and self.words:
            weight = 0.5
        return min(weight + min(self.counts.get(bare, 0) * 0.3, 1.2), 2.0)

    def shortened(self, word: str) -> float:
        """How much speaks for lost last letters: 1 nearly all, 0 nothing."""
        word = word.lower().rpartition("-")[2].rpartition("'")[2]
        key = word + "'"
        found = self._cache.get(key + "'")
        if found is None:
            found = self._cache[key + "'"] = self._shortness(word)
        return found

    def _shortness(self, word: str) -> float:
        if word in self.endings:
            return 1.0
        zipf = self.words.get(word, 0.0)
        full = max((self.words.get(word + tail, 0.0) for tail in self.finals), default=0.0)
        value = 0.0
        if full >= 3.0 and full - zipf >= 0.8:
            value = 0.8 if zipf < 4.5 else 0.4
        elif zipf < 2.5 and self.words:
            value = 0.8 if word[-2:] == "in" and len(word) > 4 else 0.5
        return min(value + min(self.shorn.get(word, 0) * 0.15, 0.6), 1.0)


def articles_elide(texts: Iterable[str]) -> bool:
    """Whether the text has three short articles or pronouns and more with an apostrophe (l'eau)."""
    return sum(len(_ARTICLE.findall(text)) for text in texts) >= 3


def primary_single(texts: Iterable[str], elisions: Sequence[str] = ()) -> bool:
    """Whether the text opens its speech with single marks. `elisions` do not count as such."""
    doubles = singles = 0
    shortened = re.compile(rf"(?<!\S)['‘’](?:{'|'.join(elisions)})(?!\w)") if elisions else None
    for text in texts:
        doubles += sum(map(text.count, ('"', "“", "”", "«", "„", "``")))
        if shortened and ("'" in text or "’" in text):
            text = shortened.sub("", text)
        if text[:1] in ("'", "‘", "’"):
            singles += 2
        singles += text.count(" '") + text.count(" ‘") + text.count(" ’")
    return 2 * singles > doubles


def learn(texts: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Words with a mark before them in the midst of a sentence and no mark that could close it;
    and words with one after them that nothing opened."""
    counts: Counter[str] = Counter()
    shorn: Counter[str] = Counter()
    for text in texts:
        if "'" not in text and "’" not in text:
            continue
        shorn.update(match[1].lower() for match in _SHORN.finditer(text))
        for match in _FREE.finditer(text):
            if not _MAY_CLOSE.search(text, match.end(), match.end() + 200):
                counts[match[1]] += 1
    return counts, shorn


def dropped(
    texts: Iterable[str], heads: Iterable[str], words: Mapping[str, float]
) -> tuple[str, ...]:
    """The heads (h) that this book's speakers drop as a habit: it has five such words or more
    that would be no words, or rare ones, with them ('ouse, 'ave, 'orse)."""
    if not heads:
        return ()
    found: Counter[str] = Counter()
    for text in texts:
        if "'" in text or "’" in text or "‘" in text:
            found.update(match[1].lower() for match in _HEADLESS.finditer(text))
    habits = []
    for head in heads:
        times = sum(
            min(count, 3)
            for word, count in found.items()
            if len(word) > 1 and words.get(head + word, 0.0) - words.get(word, 0.0) >= 1.5
        )
        if times >= 5:
            habits.append(head)
    return tuple(habits)


def curled_by_machine(texts: Iterable[str], known: frozenset[str]) -> bool:
    """Whether a word processor curled the source's marks: it has opening marks before words that
    are never without an apostrophe there (‘tis, ‘em), no less often than right ones."""
    wrong = right = 0
    for text in texts:
        if "‘" in text or "’" in text:
            wrong += sum(match[1].lower() in known for match in _OPENED.finditer(text))
            right += sum(match[1].lower() in known for match in _ELIDED.finditer(text))
    return wrong >= 2 and wrong >= right
