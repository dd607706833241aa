"""Other witnesses of the same text, compared with the reading text: `publish collate`.

Each difference is written to collation.toml, by its place in the source and with the names of the
witnesses, and is a query from then on. The text itself is not touched. Corrections of the rules
that a witness bears out are written there, too, so that an editor sees which ones were checked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from publish.collation.differences import Difference, Passage, Witness, differences, witness
from publish.collation.ends import without_ends
from publish.collation.words import Words, words_of
from publish.commands.collation_file import FILE, Confirmed, Missing, collation_toml
from publish.commands.files import write
from publish.commands.witnesses import named, words_in
from publish.corrections import as_quoted, quoted, range_of
from publish.document import Document
from publish.edition import Variant
from publish.edition_folder import load_edition
from publish.errors import SourceError
from publish.ledger import Change, Origin, Status
from publish.pipeline import prepare
from publish.places import Locator, source_ranges
from publish.queries import open_queries
from publish.stages.collate import collate as queried

RUN = 4  # words that follow one another alike: fewer do so in any two texts of a language


@dataclass(frozen=True, slots=True)
class Collated:
    """What `publish collate` found. `shared` are the words that a witness has in common with the
    text, of a thousand; `apart` those that it has (before, after) the text, and that were left
    off."""

    slug: str
    file: str
    variants: int
    agreed: int
    open: int
    confirmed: int
    shared: tuple[tuple[str, int], ...]
    missing: tuple[Missing, ...]
    apart: tuple[tuple[str, int, int], ...]


class Text:
    """The reading text as one string whose every place leads back to the source."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.starts: list[int] = []
        at, values = 0, []
        for block in document.blocks:
            self.starts.append(at)
            values.append(block.text.value)
            at += len(block.text.value) + 2
        self.words = words_of("\n\n".join(values))

    def source_range(self, first: int, last: int, tail: bool) -> tuple[int, int]:
        """The source characters of words first..last, the marks after them with `tail`."""
        words = self.words
        start = self._source(words.starts[first])
        stop = words.stops[last - 1] if tail else words.ends[last - 1]
        end = self._source(stop - 1) + 1
        after = self._source(stop)
        if start < after and self._block(stop) == self._block(stop - 1):
            end = after  # exact where the last character was put in place of others
        return (start, end) if start < end else (start, start + 1)

    def _block(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def _source(self, offset: int) -> int:
        index = self._block(offset)
        text = self.document.blocks[index].text
        return text.source_at(min(offset - self.starts[index], len(text.value)))


def collate(folder: Path, files: Sequence[Path]) -> Collated:
    """The witnesses compared, and collation.toml written. Raises PublishError for a witness that
    is no text or another one altogether, with nothing written."""
    edition = load_edition(folder)
    wanted = named(files)
    read_in = [(name, words_in(path, edition)) for name, path in wanted]
    document = prepare(replace(edition, variants=()))
    text = Text(document)
    cut = [without_ends(text.words, witness(name, text.words, words)) for name, words in read_in]
    witnesses = [one for one, _, _ in cut]
    for one, (_, path) in zip(witnesses, wanted, strict=True):
        _refuse_another(text.words, one, path)
    found, apart = differences(text.words, witnesses)
    variants = tuple(_variant(text, each) for each in found)
    missing = [_missing(text, passage) for passage in apart]
    confirmed = list(_confirmed(document, text, witnesses))
    path = folder / FILE
    write(
        path,
        collation_toml(
            edition, [one.name for one in witnesses], variants, confirmed, missing
        ).encode(),
        durable=True,
    )
    return Collated(
        edition.slug,
        str(path),
        len(variants),
        sum(len(v.readings[0][1]) > 1 for v in variants),
        len(open_queries(queried(document, replace(edition, variants=variants)))),
        len(confirmed),
        tuple((one.name, _shared(text.words, one)) for one in witnesses),
        tuple(missing),
        tuple((one.name, before, after) for one, before, after in cut if before or after),
    )


def _shared(text: Words, one: Witness) -> int:
    """Of a thousand words, those that stand in both in runs: single words any two texts share."""
    alike = run = 0
    before = (-2, -2)
    for i, j in one.pairs:
        if text.keys[i] == one.words.keys[j]:
            run = run + 1 if before == (i - 1, j - 1) else 1
            alike += {RUN: RUN}.get(run, run > RUN)
            before = (i, j)
    return 1000 * alike // max(1, min(len(text), len(one.words)))


def _refuse_another(text: Words, one: Witness, path: Path) -> None:
    if _shared(text, one) < 200:
        raise SourceError(
            "this is no witness of the text: it has hardly a word in common with it.",
            file=str(path),
            hint="Give another copy of the same text, as plain text.",
        )


def _variant(text: Text, found: Difference) -> Variant:
    """The difference by its place in the source, each reading filled up to what is quoted."""
    source = text.document.source
    start, end = text.source_range(found.first, found.last, found.tail)
    place = quoted(source, start, end)
    low, high = range_of(source, place)
    before = as_quoted(source, low, max(start, low)) if low < start else ""
    after = as_quoted(source, min(end, high), high) if end < high else ""
    readings = tuple((before + now + after, names) for now, names in found.readings)
    return Variant(place.first, as_quoted(source, low, high), readings, found.same)


def _missing(text: Text, passage: Passage) -> Missing:
    source, count = text.document.source, len(text.words)
    first = min(passage.first, count - 1)
    last = max(first, min(passage.last, count) - 1)
    lines = [source.line_of(text.source_range(at, at + 1, False)[0]) for at in (first, last)]
    return Missing(
        passage.witness, min(lines), max(lines), passage.last - passage.first, passage.words
    )


def _confirmed(document: Document, text: Text, witnesses: Sequence[Witness]) -> Iterator[Confirmed]:
    """Corrections by rules that some witness bears out."""
    made = [c for c in document.ledger if _by_rule(c)]
    ranges, locator, words = source_ranges(document, made), Locator(document), text.words
    alike = [
        {
            i
            for i, j in one.pairs
            if words.cores[i] == one.words.cores[j] and words.tails[i] == one.words.tails[j]
        }
        for one in witnesses
    ]
    for change in sorted(made, key=lambda c: ranges[c]):
        spot = locator.span(*ranges[change])
        if spot is None:
            continue
        start, end = text.starts[spot.block] + spot.start, text.starts[spot.block] + spot.end
        first = max(bisect_right(words.starts, start) - 1, 0)
        last = max(bisect_left(words.starts, end), first + 1)
        names = tuple(
            one.name
            for one, same in zip(witnesses, alike, strict=True)
            if all(at in same for at in range(first, last))
        )
        if names:
            was = as_quoted(document.source, *ranges[change])
            yield Confirmed(change.line, was, change.after, names)


def _by_rule(change: Change) -> bool:
    if change.status is not Status.SILENT or change.rule.startswith("emend"):
        return False
    if change.origin is Origin.SCAN:
        return True
    return bool(change.after) and _letters(change.before) != _letters(change.after)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
