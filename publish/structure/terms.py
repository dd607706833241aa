"""What a language says of structure: words for divisions, numbers, titles, months."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

# What is written to a number in figures, before the word of a division or after it.
ORDINAL = r"(?:st|nd|rd|th|er|re|ère|ème|e|de|ste|te[rs]?|:a|:e|-?[яей]|º|ª|°)"


@dataclass(frozen=True)
class Terms:
    """What a language says of headings."""

    data: Mapping[str, Any]

    @cached_property
    def divisions(self) -> Mapping[str, int]:
        divisions: Mapping[str, int] = self.data.get("divisions", {})
        return divisions

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {**self.data.get("numbers", {}), **self.data.get("cardinals", {})}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        titles: Mapping[str, str] = self.data.get("titles", {})
        return titles

    @cached_property
    def dedications(self) -> tuple[str, ...]:
        """The words that dedications begin with, in lower case."""
        return tuple(self.data.get("dedication", {}).get("openings", ()))

    @cached_property
    def small(self) -> frozenset[str]:
        return frozenset(self.data.get("title_case", {}).get("small", ()))

    @cached_property
    def sentences(self) -> bool:
        """Whether titles are set as sentences are, their words but the first in lower case."""
        return bool(self.data.get("title_case", {}).get("sentence"))

    @cached_property
    def editions(self) -> re.Pattern[str] | None:
        """A title that stands alone with what it belongs to: Vorwort zur zweiten Auflage."""
        words = "|".join(map(re.escape, self.data.get("editions", ())))
        titles = "|".join(sorted(map(re.escape, self.titles), key=len, reverse=True))
        return re.compile(rf"({titles}) (?:{words}) \S") if words and titles else None

    @cached_property
    def months(self) -> frozenset[str]:
        return frozenset(self.data.get("letter", {}).get("months", ()))

    @cached_property
    def byline(self) -> re.Pattern[str]:
        """How a line begins that names a writer or whom a text is for."""
        words = self.data.get("byline", ("by", "from", "to", "for", "and"))
        return re.compile(rf"(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)

    @cached_property
    def division(self) -> re.Pattern[str] | None:
        """“CHAPTER IV. The Title”, “Erstes Kapitel”: the word, the number, the title."""
        if not self.divisions:
            return None
        words = "|".join(sorted(map(re.escape, self.divisions), key=len, reverse=True))
        before = sorted(map(re.escape, self.data.get("numbers", {})), key=len, reverse=True)
        spelled = "|".join(sorted(map(re.escape, self.numbers), key=len, reverse=True)) or "(?!)"
        articles = "|".join(map(re.escape, self.data.get("articles", ("the",)))) or "(?!)"
        bare = "[ivxlc]+|" if self.sentences else ""  # “II глава”; but “I part” is no heading
        number = rf"{spelled}|\d{{1,3}}|[ivxlc]+"  # words first: Vier is no VI with an ending
        return re.compile(
            rf"^(?:(?P<word>{words})\.?\s+(?:(?:{articles})\s+)?(?P<number>{number})"
            rf"{ORDINAL}?"
            rf"|(?:(?:{articles})\s+)?(?P<ordinal>{'|'.join(before) or '(?!)'}"
            rf"|{bare}(?:\d{{1,3}}|[ivxlc]+)(?=\.|{ORDINAL}))(?:\.|{ORDINAL})?\s+(?P<after>{words}))(?![\w'’])\s*[.:,—–-]{{0,2}}\s*(?P<title>.*)$",
            re.IGNORECASE,
        )

    def divide(self, text: str) -> tuple[str, str, str] | None:
        """The word of a division in lower case, its number as printed, and the title after both;
        None where a line begins with no division."""
        found = self.division.match(text) if self.division else None
        if found is None:
            return None
        word = found["word"] or found["after"]
        return word.lower(), found["number"] or found["ordinal"], found["title"]
