"""Where a reading stands: in dialect or another language, no rule should be sure of a word."""

from __future__ import annotations

import re

from publish.context import Context

AROUND = 70  # characters before and after the word; about twenty-five words
WORD = re.compile(r"['’]?[^\W\d_]+(?:['’][^\W\d_]+)*['’]?")


class Passages:
    """What the words around a place tell of its speech."""

    def __init__(self, context: Context) -> None:
        self._marks = frozenset(context.language.subject("scannos").get("dialect", ()))
        self._words = context.language.words

    def foreign_or_dialect(self, value: str, start: int, end: int) -> bool:
        """Whether two words or more around start..end are dialect, or three and a third of all
        are no common words of the language."""
        low, high = max(start - AROUND, 0), end + AROUND
        before, after = value[low:start], value[end:high]
        around = [w.lower().replace("’", "'") for w in WORD.findall(before) + WORD.findall(after)]
        if low:
            around = around[1:]
        if high < len(value):
            around = around[:-1]
        if sum(word in self._marks for word in around) >= 2:
            return True
        odd = sum(self._words.get(word.strip("'"), 0.0) < 3.0 for word in around)
        return odd >= 3 and odd * 3 > len(around)
