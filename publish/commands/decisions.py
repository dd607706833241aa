"""An editor's decisions, written into corrections.toml at once and so that none is ever lost.

A decision is a table added at the end of the file; everything that stands there keeps its place,
comments too. The file is replaced in one step: whoever looks, also after a power cut, finds the
old file or the whole new one. Before it is written, the new file is read back as the build will
read it, so that nothing can be written that the next build would refuse.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from publish.commands.files import write
from publish.corrections import decisions_of
from publish.document import Source
from publish.edition import Edition, Emend, Stet
from publish.edition_faults import decided
from publish.edition_schema import CorrectionsFile, parsed
from publish.errors import EditionError, Problems, PublishError
from publish.ledger import Origin, ink
from publish.queries import Query

FILE = "corrections.toml"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the editor said about one query, as corrections.toml will hold it."""

    emend: Emend | None = None
    stet: Stet | None = None
    word: str = ""


def emended(query: Query, now: str, origin: Origin, why: str = "") -> Ruling:
    """The query's place should read `now`; where it does so already, it is a kept reading."""
    if now == query.was:
        return kept(query, why)
    return Ruling(Emend(query.line, query.was, now, origin, why.strip() or query.why))


def kept(query: Query, why: str = "", listed: bool = False) -> Ruling:
    """The reading stays; `listed` where the book is to tell that it was doubted.

    A word that the line end divides and the text has whole is written as a correction to that
    whole word: kept as the source has it, it would get its hyphen back.
    """
    divided = "\n" in query.was and ink(query.was) != ink(query.reading)
    if divided and _letters(query.was) == _letters(query.reading):
        whole = why.strip() or "a divided word, right as it reads"
        return Ruling(Emend(query.line, query.was, query.reading, Origin.SCAN, whole))
    reason = why.strip() or ("doubted, and kept" if listed else "right as it stands")
    return Ruling(stet=Stet(query.line, query.was, reason, listed))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def right(word: str) -> Ruling:
    """The word is right wherever it stands."""
    return Ruling(word=word.strip())


def record(folder: Path, edition: Edition, source: Source, ruling: Ruling) -> Edition:
    """The edition with the ruling, which by then is in corrections.toml on the disk.

    Raises EditionError, with nothing written, where it would contradict what stands in the file.
    """
    path = folder / FILE
    current = _read(path)
    _taken(edition, current, str(path))  # it may have been changed, and spoilt, meanwhile
    new = _with(current, ruling)
    changed = _taken(edition, new, str(path))
    decisions_of(source, changed)
    write(path, new.encode(), durable=True)
    return changed


def take_back(folder: Path, edition: Edition, ruling: Ruling) -> Edition:
    """The edition without the ruling, which by then is gone from corrections.toml.

    Raises EditionError if it no longer stands there as it was written.
    """
    path = folder / FILE
    current = _read(path)
    _taken(edition, current, str(path))
    new = _without(current, ruling, str(path))
    changed = _taken(edition, new, str(path))
    write(path, new.encode(), durable=True)
    return changed


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ""
    return data.decode("utf-8")  # that it is UTF-8 was seen when the edition was read


def _taken(edition: Edition, text: str, name: str) -> Edition:
    """The edition with the decisions of `text`, read as every build reads them."""
    problems: list[PublishError] = []
    file = parsed(text.removeprefix("\ufeff"), CorrectionsFile, name, problems)
    if problems or file is None:
        raise problems[0] if len(problems) == 1 else Problems(problems)
    return replace(edition, **decided(file))


def _with(text: str, ruling: Ruling) -> str:
    if ruling.word:
        return _with_word(text, ruling.word)
    end = _line_end(text)
    full = text if not text or text.endswith("\n") else text + end
    added = full + (end if full else "") + table_of(ruling, end)
    return added if _holds(added, ruling) else _rewritten(text, ruling)


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def table_of(ruling: Ruling, line_end: str = "\n") -> str:
    """The ruling as a table of corrections.toml."""
    import tomlkit

    name, fields = _fields(ruling)
    rows = [f"[[{name}]]", *(f"{key} = {tomlkit.item(v).as_string()}" for key, v in fields)]
    return line_end.join(rows) + line_end


def _fields(ruling: Ruling) -> tuple[str, list[tuple[str, object]]]:
    emend, stet = ruling.emend, ruling.stet
    if emend is not None:
        keys = ("line", "was", "now", "origin", "why")
        return "emend", [(k, v) for k in keys for v in [_plain(getattr(emend, k))]]
    if stet is not None:
        fields: list[tuple[str, object]] = [
            ("line", stet.line),
            ("text", stet.text),
            ("why", stet.why),
        ]
        return "stet", fields if stet.listed else [*fields, ("listed", False)]
    raise ValueError("a ruling without a decision")


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value


def _holds(text: str, ruling: Ruling) -> bool:
    """Whether the file, read anew, has the ruling for the last of its tables."""
    name, fields = _fields(ruling)
    try:
        tables = tomllib.loads(text.removeprefix("\ufeff")).get(name)
    except (
        tomllib.TOMLDecodeError
    ):  # the file writes its tables as one list, to which none is added
        return False
    return isinstance(tables, list) and tables[-1] == dict(fields)


def _rewritten(text: str, ruling: Ruling) -> str:
    """The file with the ruling in the list that holds tables of its kind."""
    import tomlkit

    name, fields = _fields(ruling)
    document = tomlkit.parse(text)
    row = tomlkit.inline_table()
    row.update(dict(fields))
    document[name].append(row)
    return tomlkit.dumps(document)


def _with_word(text: str, word: str) -> str:
    import tomlkit

    document = tomlkit.parse(text.removeprefix("\ufeff"))
    if "words" in document:
        if word not in document["words"]:
            document["words"].append(word)
        return tomlkit.dumps(document)
    end = _line_end(text)
    row = f"words = {tomlkit.item([word]).as_string()}{end}"
    lines = text.splitlines(keepends=True)
    at = 0
    while at < len(lines) and lines[at].lstrip("\ufeff").startswith("#"):
        at += 1  # behind the comment that begins the file
    head = "".join(lines[:at])
    if head and not head.endswith(("\n", "\r")):
        head += end
    return (
        head
        + (end if at else "")
        + row
        + (end if lines[at:] and lines[at].strip() else "")
        + ("".join(lines[at:]))
    )


def _without(text: str, ruling: Ruling, name: str) -> str:
    import tomlkit

    gone = EditionError(
        "the decision no longer stands in the file as it was written.",
        file=name,
        hint="The file was changed meanwhile; undo it there.",
    )
    if ruling.word:
        document = tomlkit.parse(text)
        words = document.get("words", [])
        if ruling.word not in words:
            raise gone
        words.remove(ruling.word)
        return tomlkit.dumps(document)
    end = _line_end(text)
    for before in (end, ""):
        head, found, tail = text.rpartition(before + table_of(ruling, end))
        if found:
            return head + tail
    document = tomlkit.parse(text)
    kind, fields = _fields(ruling)
    tables = document.get(kind, [])
    rows = [i for i, table in enumerate(tables) if dict(table) == dict(fields)]
    if not rows:
        raise gone
    del tables[rows[-1]]
    return tomlkit.dumps(document)


def summary(rulings: Iterable[Ruling]) -> str:
    """How many rulings of each kind, in words."""
    made = list(rulings)
    emends = sum(r.emend is not None for r in made)
    stets = sum(r.stet is not None for r in made)
    words = sum(bool(r.word) for r in made)
    parts = [
        f"{number} {one if number == 1 else many}"
        for number, one, many in (
            (emends, "correction", "corrections"),
            (stets, "kept reading", "kept readings"),
            (words, "word", "words"),
        )
        if number
    ]
    return ", ".join(parts) or "nothing decided"
