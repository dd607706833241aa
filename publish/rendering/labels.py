"""What the edition says in its own voice ("Notes", "Contents"), in the language of the book."""

from __future__ import annotations

from collections.abc import Mapping

from publish.language import load_language


def labels(tag: str) -> Mapping[str, str]:
    """The words of languages/<code>/apparatus.toml; those it lacks, or all, in English."""
    words: dict[str, str] = dict(load_language("en").subject("apparatus"))
    words.update(load_language(tag).subject("apparatus"))
    return words
