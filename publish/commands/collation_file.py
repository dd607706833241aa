"""The text of collation.toml: what witnesses read, by its place in the source."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from publish.edition import Edition, Variant
from publish.edition_faults import digest

FILE = "collation.toml"


@dataclass(frozen=True, slots=True)
class Missing:
    """Source lines for which a witness has `has` words against `lacks` of the text."""

    witness: str
    line: int
    last: int
    lacks: int
    has: int


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A correction by a rule, and the witnesses that bear it out."""

    line: int
    was: str
    reads: str
    witnesses: tuple[str, ...]


HEAD = """\
# What other witnesses of the text read; `publish collate` writes this file anew. A [[variant]] is a
# query until it is decided in corrections.toml. [[confirmed]] are corrections of the rules that a
# witness bears out, [[passage]] are stretches that a witness lacks or has otherwise: neither asks.
"""


def collation_toml(
    edition: Edition,
    names: Sequence[str],
    variants: Sequence[Variant],
    confirmed: Sequence[Confirmed],
    missing: Sequence[Missing],
) -> str:
    """The whole file."""
    rows = [HEAD, f"source = {_value(digest(edition.source))}", f"witnesses = {_value(names)}"]
    for variant in variants:
        rows += ["", "[[variant]]", f"line = {variant.line}", f"was = {_value(variant.was)}"]
        rows.append("readings = [")
        for now, having in variant.readings:
            rows.append(f"    {{ now = {_value(now)}, witnesses = {_value(having)} }},")
        rows.append("]")
        if variant.same:
            rows.append(f"same = {_value(variant.same)}")
    for each in confirmed:
        rows += ["", "[[confirmed]]", f"line = {each.line}", f"was = {_value(each.was)}"]
        rows += [f"reads = {_value(each.reads)}", f"witnesses = {_value(each.witnesses)}"]
    for gap in missing:
        rows += ["", "[[passage]]", f"line = {gap.line}", f"last = {gap.last}"]
        rows += [f"witness = {_value(gap.witness)}", f"lacks = {gap.lacks}", f"has = {gap.has}"]
    return "\n".join(rows) + "\n"


def _value(value: str | Sequence[str]) -> str:
    """A text or a list of texts as TOML; JSON's escapes are TOML's too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
