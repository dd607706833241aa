"""What `publish convert` did, in two lines for the person at the terminal: what it took the book
for, and how much of it a person should still look at."""

from __future__ import annotations

import shlex
from pathlib import Path

from publish.commands.counted import counted
from publish.cover import left_out
from publish.document import Document
from publish.edition import Edition
from publish.ledger import Status
from publish.queries import open_queries
from publish.writers.pdf_glyphs import borrowed_told

COVERED = (".epub", ".azw3")  # the formats that have a cover


def told(
    edition: Edition, document: Document, title: str, given: frozenset[str], source: Path, out: Path
) -> str:
    """Two lines about a book just made: its title, author, language and headings, with those of
    them that were guessed; changes, places in doubt, and the commands that show them.

    `given` names the fields ("title", "author", "language") that came from the command line.
    """
    metadata = edition.metadata
    headings = sum(block.kind == "heading" for block in document.blocks)
    guessed = [name for name in ("title", "author", "language") if name not in given]
    if not metadata.byline and "author" in guessed:
        guessed.remove("author")
    by = f"by {metadata.byline}" if metadata.byline else "no author found"
    book = (
        f"{out}: “{title}”, {by}, language {metadata.language}, "
        f"{counted(headings, 'heading')}"
        + (f" (guessed: {', '.join(guessed)})." if guessed else ".")
    )
    changes = sum(change.status is not Status.QUERIED for change in document.ledger)
    doubts = len(open_queries(document))
    work = f"  {counted(changes, 'change')}, {counted(doubts, 'place')} in doubt"
    if out.suffix.lower() in COVERED and (lacking := cover_told(edition)):
        book += f"\n  {lacking}"
    if out.suffix.lower() == ".pdf" and (borrowed := borrowed_told(out.read_bytes())):
        book += f"\n  {borrowed}"
    if str(source) == "-":
        return f"{book}\n{work}."
    file = shlex.quote(str(source))
    decide = f"; to decide them: publish new my-book {file}" if doubts else ""
    return f"{book}\n{work}. To see them: publish proof {file}{decide}"


def cover_told(edition: Edition) -> str:
    """A sentence about what the designed cover leaves out; empty if it says all it should."""
    missing = left_out(edition)
    if not missing:
        return ""
    named = " and ".join(f"“{text}”" for text in missing)
    return (
        f"The cover leaves out {named}: its typefaces lack these letters."
        " Give the edition an image of its own: cover, under [book]."
    )
