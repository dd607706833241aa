"""What is wrong with an edition's folder beyond the form of each file: its settings, its witnesses,
and where its corrections stand."""

from __future__ import annotations

import difflib
import hashlib
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict

from publish.corrections import decisions_of
from publish.edition import Edition, Emend, Replace, Stet
from publish.edition_schema import CollationFile, CorrectionsFile, EditionFile, line_of
from publish.errors import EditionError, Problems, PublishError, SourceError
from publish.ledger import Origin
from publish.paper import PAPERS
from publish.read import read
from publish.trim import page_faults

HOUSE_STYLES = Path(__file__).parent / "house_styles"
GUESSABLE = ("title", "subtitle", "language", "contributors", "date", "rights", "source_note")


def no_folder(folder: Path) -> EditionError:
    """There is no such edition; the nearest there is, where one is near."""
    beside = folder.parent.iterdir() if folder.parent.is_dir() else ()
    slugs = sorted(path.name for path in beside if (path / "edition.toml").is_file())
    near = difflib.get_close_matches(folder.name, slugs, 1)
    if near:
        hint = f"Did you mean {near[0]}?"
    elif slugs:
        hint = f"There are {', '.join(slugs)}."
    else:
        hint = "Begin one with `publish new`."
    return EditionError("there is no such edition.", file=str(folder), hint=hint)


def collated(folder: Path, main: EditionFile, collation: CollationFile) -> Iterable[EditionError]:
    """Variants are addressed by source line: those of another source would be at wrong places."""
    if collation.source != main.source.sha256.lower():
        yield EditionError(
            "the witnesses were collated with another source.",
            file=str(folder / "collation.toml"),
            hint=f"Collate them again: `publish collate {folder.name} WITNESS…`.",
        )


def settings(folder: Path, main: EditionFile) -> Iterable[EditionError]:
    """Faults of edition.toml that need more than the file to be seen."""
    path = folder / "edition.toml"
    text = path.read_text("utf-8-sig")
    for name in main.guessed:
        if name not in GUESSABLE:
            yield EditionError(
                f"`guessed` names “{name}”, which is no field that can be guessed.",
                file=str(path),
                line=line_of(text, ["guessed"]),
                hint=f"They are {', '.join(GUESSABLE)}.",
            )
    styles = sorted(style.stem for style in HOUSE_STYLES.glob("*.toml"))
    if main.text.house_style and styles and main.text.house_style not in styles:
        yield EditionError(
            f"there is no house style “{main.text.house_style}”.",
            file=str(path),
            line=line_of(text, ["text", "house_style"]),
            hint=f"There are {', '.join(styles)}.",
        )
    if main.print.paper and main.print.paper not in PAPERS:
        yield EditionError(
            f"there is no paper “{main.print.paper}”.",
            file=str(path),
            line=line_of(text, ["print", "paper"]),
            hint=f"There are {', '.join(PAPERS)}; for another, give spine_mm.",
        )
    page = main.print
    for key, fault in page_faults(page.trim, page.size_pt, page.theme, page.leading_pt):
        fault.file, fault.line = str(path), line_of(text, ["print", key])
        yield fault
    try:
        b"aa".decode(main.source.encoding or "utf-8", "replace")
    except LookupError:
        yield EditionError(
            f"there is no encoding “{main.source.encoding}”.",
            file=str(path),
            line=line_of(text, ["source", "encoding"]),
            hint='Name one such as "utf-8", "cp1252" or "latin-1", or leave it out.',
        )


def misplaced(folder: Path, corrections: CorrectionsFile) -> Iterable[PublishError]:
    """Faults of corrections.toml that the source shows: told beside those of the other files, so
    that all are mended in one go. Nothing where the source is not there or not the pinned one."""
    try:
        data = tomllib.loads((folder / "edition.toml").read_text("utf-8-sig"))
        source = data["source"]
        bytes_ = (folder / str(source.get("file", "source.txt"))).read_bytes()
        if digest(bytes_) != str(source.get("sha256", "")).lower():
            return ()
        document = read(bytes_, str(source.get("encoding", "")))
    except (OSError, ValueError, KeyError, AttributeError, TypeError, SourceError):
        return ()  # what is wrong with them is told already
    edition = Edition("", b"", folder=str(folder), **decided(corrections))
    try:
        decisions_of(document.source, edition)
    except Problems as several:
        return several.problems
    except EditionError as one:
        return (one,)
    return ()


class Decided(TypedDict):
    """The fields of an `Edition` that corrections.toml fills."""

    words: frozenset[str]
    emends: tuple[Emend, ...]
    replaces: tuple[Replace, ...]
    stets: tuple[Stet, ...]


def decided(corrections: CorrectionsFile) -> Decided:
    """What corrections.toml says, as fields of an `Edition`."""
    return Decided(
        words=frozenset(corrections.words),
        emends=tuple(
            Emend(e.line, e.was, e.now, Origin(e.origin), e.why) for e in corrections.emend
        ),
        replaces=tuple(
            Replace(r.was, r.now, r.count, Origin(r.origin), r.why) for r in corrections.replace
        ),
        stets=tuple(Stet(s.line, s.text, s.why, s.listed) for s in corrections.stet),
    )


def digest(data: bytes) -> str:
    """The SHA-256 of a source, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
