"""What a rule may know beyond the blocks it looks at: the language, the edition, the document's
own words. Made once for a stage, read-only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from publish.document import Block, Document
from publish.edition import Edition
from publish.language import Language, load_language

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
MARKS = re.compile(r"(?<=[^\W\d_])[,.;:?!]")


class Vocabulary:
    """The document's own words: how often each stands in it, as printed and in lower case."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._blocks = tuple(blocks)

    @cached_property
    def printed(self) -> Mapping[str, int]:
        """Word as printed → count. A hyphened compound counts as its parts."""
        words: Counter[str] = Counter()
        for found in self._found:
            words.update(found)
        return words

    @cached_property
    def _found(self) -> tuple[list[str], ...]:
        return tuple(WORD.findall(block.text.value) for block in self._blocks)

    @property
    def values(self) -> tuple[str, ...]:
        """The text of each block."""
        return tuple(block.text.value for block in self._blocks)

    def marks(self) -> tuple[int, int]:
        """How many words the document has, and how many commas and stops after letters."""
        marks = sum(len(MARKS.findall(block.text.value)) for block in self._blocks)
        return sum(self.printed.values()), marks

    def holding(self, words: Collection[str]) -> list[int]:
        """The blocks, by index, that have one of the words as printed."""
        wanted = frozenset(words)
        if not wanted:
            return []
        return [at for at, found in enumerate(self._found) if not wanted.isdisjoint(found)]

    def sequences(self) -> tuple[list[str], ...]:
        """The words of each block in their order, as printed."""
        return self._found

    def changed(self, blocks: Sequence[Block]) -> list[int]:
        """The blocks, by index, whose text is no longer the one the words were taken from."""
        pairs = zip(self._blocks, blocks, strict=True)
        return [at for at, (was, now) in enumerate(pairs) if was.text is not now.text]

    def to_search(self, blocks: Sequence[Block], words: Collection[str]) -> list[int]:
        """The blocks, by index, that had one of the words or have been changed since."""
        return sorted({*self.holding(words), *self.changed(blocks)})

    @cached_property
    def folded(self) -> Mapping[str, int]:
        """Word in lower case → count."""
        words: Counter[str] = Counter()
        for word, count in self.printed.items():
            words[word.lower()] += count
        return words


@dataclass(frozen=True)
class Context:
    language: Language
    edition: Edition
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary(()))

    @classmethod
    def of(cls, document: Document, edition: Edition) -> Context:
        language = load_language(edition.metadata.language)
        return cls(language, edition, Vocabulary(document.blocks))
