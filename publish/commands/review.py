"""Queries decided one by one in words alone: `publish review`.

A session asks, takes a key or a line, and writes each decision before it asks the next. Nothing
on the screen is ever drawn over, so that it reads well aloud, over a slow line and in a pipe.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from publish.commands.decisions import (
    FILE,
    Ruling,
    emended,
    kept,
    record,
    right,
    summary,
    take_back,
)
from publish.document import Document
from publish.edition import Edition
from publish.edition_folder import load_edition
from publish.errors import EditionError
from publish.ledger import Origin
from publish.pipeline import prepare
from publish.queries import Query, by_weight, open_queries

CAUSES = (Origin.SCAN, Origin.PRINT, Origin.UNSURE)
CAUSE_NAMES = {
    Origin.SCAN: "the copy (scan), silent",
    Origin.PRINT: "the printer (print), listed in the book",
    Origin.UNSURE: "one of the two (unsure), listed in the book",
}
HELP = """\
  Enter or 1  takes the first reading; 2, 3 … take another
  o  another reading, which you type
  s  stet: it is right as it stands
  d  it stays though doubtful; the book lists it under Readings Retained
  w  the word is right wherever it stands
  f  whose fault it is: the scan's, the printer's, unsure; a rule's query begins
     with the scan's, a witness's with unsure
  n  your reason, for the decision that follows
  l  later: leaves the query open
  u  undoes the last decision
  q  ends; what was decided is written
  ?  shows these keys"""
KEYS = "Enter, 1-9, o, s, d, w, f, n, l, u, q, ? for help"

Say = Callable[[str], None]
Ask = Callable[[str], str | None]  # a prompt in, what was typed out; None at the end of the input


@dataclass
class Session:
    """What has been decided so far, and what is asked next. `done` holds each ruling with the
    number of its query, newest last."""

    folder: Path
    edition: Edition
    document: Document
    queries: Sequence[Query]
    at: int = 0
    cause: Origin | None = None  # as the query has it
    note: str = ""
    done: list[tuple[int, Ruling]] = field(default_factory=list)
    words: set[str] = field(default_factory=set)

    @property
    def query(self) -> Query:
        return self.queries[self.at]

    @property
    def fault(self) -> Origin:
        """To whom the fault of the decision in hand is laid."""
        return self.cause or self.query.origin

    @property
    def left(self) -> int:
        """How many queries are neither decided nor answered by a word that is right."""
        decided = {number for number, _ in self.done}
        return sum(n not in decided and not self.answered(n) for n in range(len(self.queries)))

    def answered(self, number: int) -> bool:
        query = self.queries[number]
        return query.reading.casefold() in self.words and not query.rule.startswith("collate")


def begin(folder: Path, in_order: bool = False) -> Session:
    """A session over the open queries of an edition: the likeliest first, or in text order."""
    edition = load_edition(folder)
    document = prepare(edition)
    found = open_queries(document)
    return Session(folder, edition, document, found if in_order else by_weight(found))


def review(session: Session, key: Ask, line: Ask, say: Say) -> None:
    """Asks until all is decided, the editor ends, or the input does. `key` takes one key or a
    line, `line` a line."""
    while session.at < len(session.queries):
        if session.answered(session.at) or any(n == session.at for n, _ in session.done):
            session.at += 1
            continue
        say(shown(session))
        if not _decided(session, key, line, say):
            return


def closing(session: Session) -> str:
    """What was done, and what is left, in two sentences."""
    left = {0: "No query is open", 1: "1 query is open"}.get(
        session.left, f"{session.left} queries are open"
    )
    made = summary(ruling for _, ruling in session.done)
    where = f", written to {session.folder / FILE}" if session.done else ""
    return f"{made[0].upper()}{made[1:]}{where}. {left}."


def shown(session: Session) -> str:
    """The query as it is asked."""
    query, source = session.query, session.document.source
    lines = [
        f"\nQuery {session.at + 1} of {len(session.queries)}, line {query.line}, "
        f"{query.confidence}: {query.why}."
    ]
    for number in range(query.place.first, query.place.last + 1):
        if source.line(number).strip():
            lines.append(f"  Source {number}: {source.line(number).strip()}")
    around = f"{query.before}>>{query.reading}<<{query.after}"
    lines.append(f"  Text: {' '.join(around.split())}")
    lines.append(f"  Stands: {one_line(query.was)}")
    for number, reading in enumerate(query.readings, 1):
        same = " (as it stands)" if reading == query.was else ""
        lines.append(f"  {number}: {one_line(reading) or 'nothing'}{same}")
    return "\n".join(lines)


def one_line(text: str) -> str:
    """A reading on one line, its line ends shown."""
    return text.replace("\n", " / ")


def _decided(session: Session, key: Ask, line: Ask, say: Say) -> bool:
    """Asks about one query until it is settled or put off; False to end the session."""
    here = session.at
    while session.at == here:
        answer = key(f"{KEYS}: ")
        if answer is None or answer.strip() == "q":
            return False
        try:
            ruling = _ruling(session, answer.strip(), line, say)
            if ruling is None:
                continue
            session.edition = record(
                session.folder, session.edition, session.document.source, ruling
            )
        except EditionError as error:
            say(str(error))
            continue
        session.done.append((session.at, ruling))
        if ruling.word:
            session.words.add(ruling.word.casefold())
        session.note, session.cause = "", None
        say(f"  Written: {spoken(ruling)}")
        session.at += 1
    return True


def _ruling(session: Session, answer: str, line: Ask, say: Say) -> Ruling | None:
    """What the answer decides; None where it only prepares a decision or goes elsewhere."""
    query, why = session.query, session.note
    if answer == "" or answer.isdecimal():
        number = int(answer or 1)
        if 1 <= number <= len(query.readings):
            return emended(query, query.readings[number - 1], session.fault, why)
        say(f"  There is no reading {number}.")
    elif answer == "s":
        return kept(query, why)
    elif answer == "d":
        reason = why or line("  Why is it doubtful? ") or ""
        return kept(query, reason, listed=True)
    elif answer == "w":
        word = query.reading.strip()
        if word and not any(map(str.isspace, word)):
            return right(word)
        say("  That is not one word; s lets it stand here.")
    elif answer == "o":
        typed = line(f"  What should “{one_line(query.was)}” read? ")
        if typed is not None and typed.strip():
            return emended(query, typed.strip(), session.fault, why)
        say("  Nothing was typed, so nothing is changed.")
    else:
        _prepare(session, answer, line, say)
    return None


def _prepare(session: Session, answer: str, line: Ask, say: Say) -> None:
    if answer == "f":
        session.cause = CAUSES[(CAUSES.index(session.fault) + 1) % len(CAUSES)]
        say(f"  The fault is laid to {CAUSE_NAMES[session.fault]}.")
    elif answer == "n":
        session.note = (line("  Your reason: ") or "").strip()
    elif answer == "l":
        session.at, session.cause = session.at + 1, None
    elif answer == "u":
        _undo(session, say)
    elif answer == "?":
        say(HELP)
    else:
        say(f"  “{answer}” is none of the keys: {KEYS}.")


def _undo(session: Session, say: Say) -> None:
    if not session.done:
        say("  Nothing was decided yet.")
        return
    number, ruling = session.done[-1]
    session.edition = take_back(session.folder, session.edition, ruling)
    session.done.pop()
    session.words.discard(ruling.word.casefold())
    say(f"  Undone: {spoken(ruling)}")
    session.at = number


def spoken(ruling: Ruling) -> str:
    """A ruling in a few words."""
    if ruling.emend is not None:
        now = one_line(ruling.emend.now) or "nothing"
        return f"line {ruling.emend.line}, “{one_line(ruling.emend.was)}” → “{now}”"
    if ruling.stet is not None:
        listed = ", listed" if ruling.stet.listed else ""
        return f"line {ruling.stet.line}, “{one_line(ruling.stet.text)}” stands{listed}"
    return f"“{ruling.word}” is right"
