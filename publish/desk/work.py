"""An edition on the desk: its text, its open queries, and decisions that are written at once.

A decision is on the disk when `decide` returns. The text is then made anew beside the work, and
whoever waits in `state` gets the new one; several decisions in a row may share one making.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from publish.commands.decisions import Ruling, emended, kept, record, right, take_back
from publish.commands.review import spoken
from publish.corrections import Place, place_of, quoted, range_of
from publish.desk.page import query_data, rows_data
from publish.desk.scans import scan_at, scans_of
from publish.document import Document, Source
from publish.edition_folder import load_edition
from publish.errors import EditionError, PublishError, UsageError
from publish.ledger import Confidence, Origin
from publish.pipeline import prepare
from publish.queries import Query, by_weight, open_queries

WAIT_SECONDS = 20.0
CAUSES = {"scan": Origin.SCAN, "print": Origin.PRINT, "unsure": Origin.UNSURE}


class Desk:
    """One edition at work. Every method may be called from any thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Condition()
        self.edition = load_edition(folder)
        self.document = prepare(self.edition)
        self.scans = scans_of(folder, self.document.source)
        self.done: list[tuple[Query, Ruling]] = []
        self._queries: dict[str, Query] = {}
        self._rows: list[dict[str, Any]] = []
        self._fault = ""
        self._version, self._wanted = 0, 1
        self._making = False
        self._show(self.document, *_shown_of(self.document))

    def _show(self, document: Document, queries: list[Query], rows: list[dict[str, Any]]) -> None:
        """The text as just made becomes the one that is shown."""
        decided = {query.key for query, ruling in self.done if not ruling.word}
        self._queries = {query.key: query for query in queries if query.key not in decided}
        self.document, self._rows = document, rows
        self._version += 1

    def state(self, after: int, wait: float = WAIT_SECONDS) -> dict[str, Any] | None:
        """All that the page shows, as soon as it is newer than version `after`; None if it has
        not become so in `wait` seconds."""
        with self._lock:
            if not self._lock.wait_for(lambda: self._version > after, wait):
                return None
            decided = len(self.edition.emends) + len(self.edition.stets)
            return {
                "version": self._version,
                "title": self.edition.metadata.title or self.edition.slug,
                "decided": decided,
                "undo": spoken(self.done[-1][1]) if self.done else "",
                "fault": self._fault,
                "scans": bool(self.scans),
                "queries": [self._shown(query) for query in self._queries.values()],
                "rows": self._rows,
            }

    def _shown(self, query: Query) -> dict[str, Any]:
        scan = scan_at(self.scans, query.line)
        return query_data(query, self.document.source, scan)

    def ask(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """A place of the editor's own choice as a query: by source line and what stands there, or
        by lines and columns. Raises UsageError or EditionError where there is no such place."""
        with self._lock:
            source = self.document.source
            if "place" in wanted:
                place = _place(wanted["place"])
                above, below = _inside(source, place.first), _inside(source, place.last)
                if not (above and below and place[:2] < place[2:] and place.end <= len(below)):
                    raise UsageError("there is no such place.")
                place = quoted(source, *range_of(source, place), self.document.protected)
            else:
                line, was = _number(wanted.get("line")), str(wanted.get("was", ""))
                found = place_of(source, line, was) if was.strip() else None
                if found is None:
                    stands = source.line(line).strip()
                    raise EditionError(
                        f"“{was}” does not stand exactly once on line {line}.",
                        detail=f"It reads: {stands}" if stands else "",
                    )
                place = found
            low, high = range_of(source, place)
            was = source.text[low:high]
            was = "\n".join(row.rstrip() for row in was.splitlines())
            query = Query(
                place, was, was, (), "editor", "a place of your own choice", Confidence.DOUBTFUL,
                "", "", "",
            )  # fmt: skip
            self._queries[query.key] = query
            return self._shown(query)

    def decide(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """Writes a decision about the query with the given key. Raises EditionError where it does
        not fit what is decided already, OutputError where it cannot be written."""
        with self._lock:
            query = self._queries.get(str(wanted.get("key", "")))
            if query is None:
                raise UsageError("this query is no longer open.")
            ruling = _ruling(query, wanted)
            self.edition = record(self.folder, self.edition, self.document.source, ruling)
            self.done.append((query, ruling))
            del self._queries[query.key]
            self._make_anew()
            return {"said": f"Written: {spoken(ruling)}", "undo": spoken(ruling)}

    def undo(self) -> dict[str, Any]:
        """Takes back the last decision made at this desk. Raises UsageError if there is none."""
        with self._lock:
            if not self.done:
                raise UsageError("nothing was decided yet.")
            query, ruling = self.done[-1]
            self.edition = take_back(self.folder, self.edition, ruling)
            self.done.pop()
            self._make_anew()
            before = spoken(self.done[-1][1]) if self.done else ""
            return {"said": f"Undone: {spoken(ruling)}", "key": query.key, "undo": before}

    def _make_anew(self) -> None:
        self._wanted += 1
        if not self._making:
            self._making = True
            threading.Thread(target=self._make, daemon=True).start()

    def _make(self) -> None:
        while True:
            with self._lock:
                edition, wanted = self.edition, self._wanted
            made, fault = None, ""
            try:
                document = prepare(edition)
                made = (document, *_shown_of(document))
            except PublishError as error:
                fault = str(error)
            with self._lock:
                self._fault = fault
                if made is not None:
                    self._show(*made)
                else:
                    self._version += 1
                done = wanted == self._wanted
                self._making = not done
                self._lock.notify_all()
            if done:
                return


def _shown_of(document: Document) -> tuple[list[Query], list[dict[str, Any]]]:
    queries = by_weight(open_queries(document))
    return queries, rows_data(document, {query.key: query for query in queries})


def _ruling(query: Query, wanted: Mapping[str, Any]) -> Ruling:
    why, kind = str(wanted.get("why", "")), wanted.get("kind")
    if kind == "emend":
        cause = CAUSES.get(str(wanted.get("origin")), query.origin)
        return emended(query, str(wanted.get("now", "")), cause, why)
    if kind in ("stet", "doubt"):
        return kept(query, why, listed=kind == "doubt")
    if kind == "word":
        word = query.reading.strip()
        if not word or any(map(str.isspace, word)):
            raise UsageError("that is not one word.")
        return right(word)
    raise UsageError("there is no such decision.")


def _inside(source: Source, line: int) -> str:
    return source.line(line) if line >= 1 else ""


def _number(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise UsageError("a line is a whole number.") from None


def _place(value: object) -> Place:
    if isinstance(value, list) and len(value) == 4:
        return Place(*(_number(part) for part in value))
    raise UsageError("a place is two lines with a column each.")
