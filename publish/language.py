"""A language: what its folder under languages/ says of it, and its words with their frequency.

Each subject (typography, structure, dehyphenation …) is a TOML file of its own, read when it is
first asked for. The words come from wordfreq's lists, read without importing wordfreq itself,
which would cost ten times as long as the lists do.
"""

from __future__ import annotations

import gzip
import importlib.util
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "languages"

# What BCP 47 lets a tag be: a language, a script, a region, variants; no book needs its extensions.
TAG = r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{4,8})*$"


@dataclass(frozen=True)
class Language:
    """`tag` is BCP 47 ("en-US"), `code` its first subtag ("en")."""

    tag: str

    @property
    def code(self) -> str:
        return self.tag.replace("_", "-").split("-")[0].lower()

    def subject(self, name: str) -> Mapping[str, Any]:
        """languages/<code>/<name>.toml, or an empty mapping where there is none."""
        return _read(self.code, name)

    @cached_property
    def words(self) -> Mapping[str, float]:
        """Word in lower case → Zipf frequency (log10 per billion words, 1.0 to about 8.0).

        Empty where no list is known for the language. Contains misspellings and scanning errors
        at its low end: membership alone proves nothing below about 2.5.
        """
        return _words(self.code)


@cache
def load_language(tag: str) -> Language:
    """The language of a BCP 47 tag; one without a folder has empty subjects."""
    return Language(tag or "en")


@cache
def _read(code: str, name: str) -> Mapping[str, Any]:
    path = FOLDER / code / f"{name}.toml"
    if not path.is_file():
        return {}
    return tomllib.loads(path.read_text("utf-8"))


def common_words(code: str) -> Mapping[str, float]:
    """The thirty thousand commonest words of a language, Zipf 3.0 and above; read in a tenth of
    the time that `words` takes."""
    return _words(code, ("small",))


@cache
def _words(code: str, sizes: tuple[str, ...] = ("large", "small")) -> Mapping[str, float]:
    spec = importlib.util.find_spec("wordfreq")
    if spec is None or not spec.origin:
        return {}
    folder = Path(spec.origin).parent / "data"
    path = next(
        (p for size in sizes if (p := folder / f"{size}_{code}.msgpack.gz").is_file()),
        None,
    )
    if path is None:
        return {}
    import msgpack

    # A "cBpack": after a header, item n lists the words of frequency 10 ** (-n / 100); the Zipf
    # value of a frequency f is log10(f) + 9.
    buckets = msgpack.loads(gzip.decompress(path.read_bytes()), raw=False)[1:]
    words: dict[str, float] = {}
    for n, bucket in enumerate(buckets):
        words.update(dict.fromkeys(bucket, 9 - n / 100))
    for folded, printed in _read(code, "words").get("folded", {}).items():
        for word, zipf in [item for item in words.items() if folded in item[0]]:
            words.setdefault(word.replace(folded, printed), zipf)
    return words
