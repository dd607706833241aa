"""What other witnesses read, as queries: the variants of collation.toml beside the finished text.

Nothing is applied. A variant is asked for only while the text still reads otherwise; where two
witnesses agree against the text it is likely, else doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publish.collation.words import folded
from publish.corrections import place_of, range_of
from publish.document import Document
from publish.edition import Edition, Variant
from publish.ledger import Confidence, Edit, Origin, Rule, apply_edits
from publish.places import Locator

# That a witness reads otherwise does not tell whose fault it is.
RULE = Rule("collate.variant", lambda blocks, context: (), Origin.UNSURE)


def collate(document: Document, edition: Edition) -> Document:
    """The document with the variants of its witnesses queried."""
    if not edition.variants:
        return document
    return apply_edits(document, RULE, list(_queries(document, edition.variants)))


def _queries(document: Document, variants: Sequence[Variant]) -> Iterator[tuple[int, Edit]]:
    source, locator = document.source, Locator(document)
    for variant in variants:
        place = place_of(source, variant.line, variant.was)
        spot = locator.span(*range_of(source, place)) if place else None
        if spot is None:  # what left the text has no reading
            continue
        reading = document.blocks[spot.block].text.value[spot.start : spot.end]
        ours = folded(reading)
        others = [(now, names) for now, names in variant.readings if folded(now) != ours]
        if others:
            agreed = [name for now, names in variant.readings if folded(now) == ours
                      for name in names]  # fmt: skip
            why = _why(others, (*variant.same, *agreed))
            sure = len(others[0][1]) > max(1, len(variant.same) + len(agreed))
            confidence = Confidence.LIKELY if sure else Confidence.DOUBTFUL
            candidates = tuple(now for now, _ in others)
            yield spot.block, Edit(spot.start, spot.end, candidates[0], why, confidence, candidates)


def _why(others: Sequence[tuple[str, tuple[str, ...]]], same: Sequence[str]) -> str:
    told = [f"“{now or 'nothing'}” in {_list(names)}" for now, names in others]
    if same:
        told.append(f"as here in {_list(same)}")
    return "; ".join(told)


def _list(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
