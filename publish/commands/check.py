"""What an editor must still look at: `publish check`, `publish preflight`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publish.edition_folder import load_edition
from publish.errors import UsageError
from publish.pipeline import prepare
from publish.preflight.composition import Composition, Figure, composition
from publish.queries import open_queries
from publish.render import render


@dataclass(frozen=True, slots=True)
class Query:
    """A reading that a rule doubts and a person must settle. `candidates` are best first."""

    line: int
    reading: str
    candidates: tuple[str, ...]
    rule: str
    why: str
    confidence: str
    stands: str


@dataclass(frozen=True, slots=True)
class Checked:
    slug: str
    queries: tuple[Query, ...]
    guessed: tuple[str, ...]

    @property
    def findings(self) -> int:
        return len(self.queries) + len(self.guessed)


def check(folder: Path) -> Checked:
    """The open questions of an edition. Raises PublishError for what is wrong with its files."""
    edition = load_edition(folder)
    document = prepare(edition)
    render(document, edition)  # the editor's Markdown, too, may be wrong
    queries = tuple(
        Query(
            query.line,
            query.was,
            query.readings,
            query.rule,
            query.why,
            str(query.confidence),
            document.source.line(query.line).strip(),
        )
        for query in open_queries(document)
    )
    return Checked(edition.slug, queries, edition.metadata.guessed)


def composition_of(path: Path) -> Composition:
    """The composition report of a finished PDF.

    Raises UsageError if it is not there, is no PDF or has no tags.
    """
    if not path.is_file():
        raise UsageError("there is no such file.", file=str(path))
    try:
        return composition(path.read_bytes())
    except UsageError as error:
        raise UsageError(error.message, file=str(path), hint=error.hint) from None


def told(report: Composition) -> Iterator[str]:
    """A composition report as lines of text: the places of the faults, then the figures.
    Pages are counted from the first of the file, whatever folios they bear."""
    for finding in report.findings:
        yield f"PDF {finding.place}: {finding.message} [{finding.check}]"
    for figure in report.figures:
        share = f" of {figure.of} ({_share(figure)})" if figure.of else ""
        most = ""
        if figure.most is not None:
            limit = f"{figure.most:.1%}" if figure.most % 1 else f"{figure.most:g}"
            most = f"; at most {limit}" + ("" if figure.passed else ": TOO MANY")
        yield f"{figure.name}: {figure.count}{share}{most}"


def _share(figure: Figure) -> str:
    """A figure's share in percent, with the decimals that show on which side of its limit it is."""
    share = figure.count / figure.of
    for digits in (2, 3, 4, 5, 6):
        told = f"{share:.{digits}%}"
        if figure.passed or figure.most is None or float(told[:-1]) > figure.most * 100:
            break
    return told
