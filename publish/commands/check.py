"""What an editor must still look at: `publish check`, `publish preflight`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from publish.edition_folder import load_edition
from publish.ledger import Status
from publish.pipeline import prepare
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
    queries = [
        Query(
            change.line,
            change.before,
            change.candidates or ((change.after,) if change.after != change.before else ()),
            change.rule,
            change.why,
            str(change.confidence),
            document.source.line(change.line).strip(),
        )
        for change in document.ledger
        if change.status is Status.QUERIED
    ]
    queries.sort(key=lambda query: query.line)
    return Checked(edition.slug, tuple(queries), edition.metadata.guessed)
