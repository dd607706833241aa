"""What an editor must still look at: `publish check`, `publish preflight`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from publish.edition_folder import load_edition
from publish.pipeline import prepare
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
