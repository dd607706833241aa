"""House styles: the form of each mark, by name, as data.

A style is one file under house_styles/. Where none is named the language has its own, and what the
source already sets properly, in another way that the language's authority accepts, is kept.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from publish.errors import EditionError

FOLDER = Path(__file__).parent / "house_styles"
FAITHFUL = "faithful"

# The style of a language, or of a language in one country, for an edition that names none.
# English without a country keeps the level its source has.
BY_LANGUAGE = {
    "en-us": "chicago", "fr": "french", "fr-ch": "french-swiss", "fr-ca": "french-canadian",
    "de": "german", "de-ch": "swiss", "de-li": "swiss", "it-ch": "swiss", "es": "spanish",
    "it": "italian", "pt": "portuguese", "pt-br": "brazilian", "pl": "polish", "nl": "dutch",
    "sv": "swedish", "ru": "russian",
}  # fmt: skip

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """`outer`, `inner` and `third` are the opening and closing marks of the three levels, with any
    space inside them; `alone` those of single marks that stand in no others. Where `third` is
    empty, levels are told by the kind of mark the source has, as English does.

    `primary` says which level the source's marks turn into: "double" or "single" makes that the
    outer one, "keep" leaves double marks outer and single ones inner. `dash` stands for a dash
    between words with its spaces ("" keeps the source's), `dialogue` for one that opens a
    paragraph of speech ("" if the language has none), `paired` sets dashes like brackets, close to
    what they hold. `spaced` are the marks that take `before` before them, `colon` is the space
    before that one; with `add` false only spaces that are there become these. `between` parts
    nested marks. `bind` ties titles, initials and units with no-break spaces, `close` takes away
    spaces before stops. `also` are other outer and inner marks that a source may have. With
    `nested` outer marks that the source has inside others stay, with `retain` all that no keyboard
    forced.
    """

    name: str = ""
    authority: str = ""
    outer: Pair = ("“", "”")
    inner: Pair = ("‘", "’")
    third: Pair | tuple[()] = ()
    alone: Pair | tuple[()] = ()
    also: tuple[tuple[str, str, str, str], ...] = ()
    nested: bool = False
    primary: str = "keep"
    dash: str = "—"
    dialogue: str = ""
    paired: bool = False
    ellipsis: str = "…"
    ranges: bool = True
    spaced: str = ""
    before: str = "\u202f"
    colon: str = ""
    add: bool = True
    between: str = ""
    bind: bool = True
    close: bool = True
    retain: bool = False


def names() -> tuple[str, ...]:
    """The styles there are, in order of the alphabet."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def house_style(name: str, language: str = "en") -> HouseStyle:
    """The style of that name; for "" that of the language (a BCP 47 tag), with country or without.

    "faithful" has the marks of the language. Raises EditionError, with the names there are, for a
    style that does not exist.
    """
    tag = language.replace("_", "-").lower()
    own = BY_LANGUAGE.get(tag) or BY_LANGUAGE.get(tag.split("-")[0])
    if not name:
        return _read(own) if own else HouseStyle()
    style = _read(name)
    if name == FAITHFUL and own:
        marks = _read(own)
        return replace(
            style, outer=marks.outer, inner=marks.inner, third=marks.third, alone=marks.alone,
            spaced=marks.spaced, before=marks.before, colon=marks.colon,
        )  # fmt: skip
    return style


def suited(style: HouseStyle, texts: Iterable[str], typed: bool = True) -> HouseStyle:
    """The style of a language with the marks its source already has, as far as they are accepted.

    Quotation marks of `also` stay if the source opens more of its quotations with them than with
    the style's own or with straight ones; a long dash stays long. Straight ones do not count in
    what was not `typed`, for a scan makes them of others.
    """
    sets = (style.outer + style.inner, *style.also)
    text = "\n" + "\n".join(texts)

    def opened(mark: str) -> int:
        return text.count(" " + mark) + text.count("\n" + mark)

    counts = [0] * len(sets)
    for at, (opener, closer, *_) in enumerate(sets):
        opener, closer = opener.strip(), closer.strip()
        if opener in text and closer in text:
            counts[at] = opened(opener)
    straight = opened('"') if typed else 0
    em, en = text.count("—"), text.count(" – ") + text.count("--")
    # of two sets with the same opening mark the later one is the more particular
    best = max(range(len(sets)), key=lambda at: (counts[at], at))
    if best and counts[best] > max(counts[0], straight):
        third = sets[best][:2] if style.third == style.outer else style.third
        style = replace(style, outer=sets[best][:2], inner=sets[best][2:], third=third)
    if em > en and "–" in style.dash:
        dash, dialogue = style.dash.replace("–", "—"), style.dialogue.replace("–", "—")
        style = replace(style, dash=dash, dialogue=dialogue)
    return style


@cache
def _read(name: str) -> HouseStyle:
    path = FOLDER / f"{name}.toml"
    if name not in names():
        raise EditionError(
            f"there is no house style “{name}”.", hint=f"There are {', '.join(names())}."
        )
    data = tomllib.loads(path.read_text("utf-8"))
    known = {field.name for field in fields(HouseStyle)}
    values = {key: _frozen(value) for key, value in data.items() if key in known}
    return HouseStyle(**{**values, "name": name})


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
