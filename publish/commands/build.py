"""Books of editions: `publish build`, `publish proof`.

All files of an edition are made before the first is written, so a fault leaves the books that are
there as they were. Beside the books stands a small record of what they were made of; while that
has not changed they are not made again. Beside it stand the layouts of the PDFs: where a part of
the book has changed, the others are not laid out again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from publish.book import Book
from publish.commands.files import OutputError, writable, write
from publish.commands.layouts import Layouts
from publish.commands.told import cover_told
from publish.document import Document
from publish.edition import Edition
from publish.edition_folder import load_edition
from publish.errors import PublishError, UsageError
from publish.pipeline import prepare
from publish.queries import open_queries
from publish.render import render
from publish.writers import ENDINGS, WRITERS, with_print_pages

DEFAULT = ("epub", "pdf", "txt", "proof")
FORMATS = tuple(dict.fromkeys((*WRITERS, *ENDINGS)))
LAID_OUT = {"pdf": "screen", "press": "press"}  # format → what its pages are written for
PAGED = frozenset(("epub", "kepub", "azw3"))  # those that may have a page list


class NotFinal(PublishError):
    """The edition still has open questions, and a final book was asked for."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Built:
    """What `publish build` did for one edition. `queries` counts readings no one has settled;
    `remarks` are sentences about the books."""

    slug: str
    files: tuple[str, ...]
    queries: int
    changes: int
    words: int
    guessed: tuple[str, ...]
    up_to_date: bool = False
    remarks: tuple[str, ...] = ()


def formats_of(names: str) -> tuple[str, ...]:
    """The formats in a list with commas. Raises UsageError for one there is not."""
    wanted = tuple(dict.fromkeys(n.strip().lower() for n in names.split(",") if n.strip()))
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown:
        raise UsageError(
            f"there is no format “{unknown[0]}”.", hint=f"There are {', '.join(FORMATS)}."
        )
    return wanted or DEFAULT


def build(
    folder: Path,
    dist: Path,
    formats: tuple[str, ...] = DEFAULT,
    final: bool = False,
    force: bool = False,
) -> Built:
    """The edition's books, written to `dist`. Raises PublishError with nothing written."""
    writable(dist, make=True)
    edition = load_edition(folder)
    files = {name: dist / f"{edition.slug}.{ENDINGS.get(name, name)}" for name in formats}
    record = dist / f".{edition.slug}.json"
    made_of = fingerprint(folder)
    known = None if force else _known(record, made_of, files.values())
    if known:
        if final:
            refuse_open(edition, known.queries)
        return known
    for path in (*files.values(), record):
        if path.is_dir():
            raise OutputError("a folder of this name is in the way.", file=str(path))
    document = prepare(edition)
    queries = len(open_queries(document))
    if final:
        refuse_open(edition, queries)
    book = render(document, edition)
    kinds = tuple(LAID_OUT[name] for name in formats if name in LAID_OUT)
    layouts = Layouts(dist / f".{edition.slug}.layouts", _program(), kinds, anew=force)
    if PAGED & set(formats):
        book = with_print_pages(book, layouts)
    data = {name: _made(name, document, edition, book, layouts) for name in formats}
    for name, path in files.items():
        write(path, data[name])
    built = Built(
        edition.slug,
        tuple(map(str, files.values())),
        queries,
        sum(change.applied for change in document.ledger),
        book.text_words,
        edition.metadata.guessed,
        remarks=_remarks(edition, data),
    )
    digests = {path.name: _digest(data[name]) for name, path in files.items()}
    _remember(record, made_of, digests, built)
    try:
        layouts.save()
    except OutputError as error:  # they save time, no more
        told = f"The next build lays out every page anew, since no layouts were kept: {error}"
        return replace(built, remarks=(*built.remarks, told))
    return built


def _remarks(edition: Edition, data: dict[str, bytes]) -> tuple[str, ...]:
    said = [cover_told(edition)] if PAGED & set(data) else []
    printed = data.get("pdf") or data.get("press")
    if printed:
        from publish.writers.pdf_glyphs import borrowed_told

        said.append(borrowed_told(printed))
    return tuple(filter(None, said))


def _made(name: str, document: Document, edition: Edition, book: Book, layouts: Layouts) -> bytes:
    if name == "proof":
        from publish.writers.proof import write_proof

        return write_proof(document, edition)
    if name == "onix":
        from publish.writers.onix import write_onix

        return write_onix(book)
    if name in LAID_OUT:
        from publish.writers.pdf import write_pdf

        return write_pdf(book, press=name == "press", kept=layouts)
    return WRITERS[name](book)


def refuse_open(edition: Edition, queries: int) -> None:
    """Raises NotFinal if a reading is queried or a field is still marked as guessed."""
    reasons = []
    if queries:
        reasons.append(f"{queries} {'query is' if queries == 1 else 'queries are'} open")
    if edition.metadata.guessed:
        reasons.append(f"still marked as guessed: {', '.join(edition.metadata.guessed)}")
    if reasons:
        raise NotFinal(
            f"the edition is not final: {'; '.join(reasons)}.",
            file=edition.folder,
            hint=f"`publish check {edition.slug}` lists what to settle in its files.",
        )


def fingerprint(folder: Path) -> str:
    """A digest of all that the books of an edition depend on: its files, this program, and the
    date that the environment gives them."""
    total = hashlib.sha256(_program().encode())
    total.update(f"{os.environ.get('SOURCE_DATE_EPOCH', '')}\n".encode())
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(f"{path.relative_to(folder)}\0{_digest(path.read_bytes())}\n".encode())
    return total.hexdigest()


@cache
def _program() -> str:
    """A digest of this program, its data and the versions of what it is built on."""
    from importlib.metadata import PackageNotFoundError, version

    from publish.resources import styles_folder

    package = Path(__file__).parent.parent
    total = hashlib.sha256(sys.version.encode())
    for root in (package, styles_folder()):
        for path in sorted(root.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                total.update(f"{path.relative_to(root)}\0{_digest(path.read_bytes())}\n".encode())
    for named in sorted(_requirements()):
        try:
            total.update(f"{named} {version(named)}\n".encode())
        except PackageNotFoundError:
            total.update(f"{named} -\n".encode())
    return total.hexdigest()


def _requirements() -> set[str]:
    """The packages this program is built on, by the names under which they are installed."""
    from importlib.metadata import PackageNotFoundError, requires

    try:
        needed = [line for line in requires("publish") or () if "extra ==" not in line]
    except PackageNotFoundError:  # run from its folder, not installed
        return set()
    return {re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in needed}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def is_up_to_date(folder: Path, slug: str, book: Path) -> bool:
    """Whether `book`, made of the edition in `folder` by `build`, is what would be made now."""
    return _known(book.parent / f".{slug}.json", fingerprint(folder), [book]) is not None


def _known(record: Path, made_of: str, files: Iterable[Path]) -> Built | None:
    """What was built before, if it was made of the same and stands there unharmed."""
    try:
        kept = json.loads(record.read_text("utf-8"))
        same = kept["made_of"] == made_of and all(
            kept["files"].get(path.name) == _digest(path.read_bytes()) for path in files
        )
        built = Built(**kept["built"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # no record, or not one of ours: then the books are made
    if not same:
        return None
    return Built(
        built.slug,
        tuple(map(str, files)),
        built.queries,
        built.changes,
        built.words,
        tuple(built.guessed),
        True,
        tuple(built.remarks),
    )


def _remember(record: Path, made_of: str, digests: dict[str, str], built: Built) -> None:
    """Keeps what the books were made of; those of other formats stay known if still the same."""
    try:
        kept = json.loads(record.read_text("utf-8"))
        older = kept["files"] if kept["made_of"] == made_of else {}
    except (OSError, ValueError, KeyError, TypeError):
        older = {}
    data = {"made_of": made_of, "files": {**older, **digests}, "built": asdict(built)}
    write(record, json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode())
