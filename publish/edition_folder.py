"""A folder of seeds, read into an `Edition`; the faults of all files reported at once.

    edition.toml          what the book is: [book], [[contributor]], [source], [text], [print],
                          [epub]
    source.txt            the text as delivered; its SHA-256 is pinned in edition.toml
    corrections.toml      [[emend]], [[stet]], [[replace]], words
    collation.toml        [[variant]]: what other witnesses read; `publish collate` writes it
    notes.toml            [[note]]
    glossary.toml         [[term]]
    introduction.md       Markdown
    note-on-the-text.md   Markdown, with counts such as {silent} filled in from the record

Only edition.toml and the source must exist. docs/edition-files.md explains each key.
`edition_toml` writes a first edition.toml, with what was guessed marked as guessed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from publish.conditions import condition
from publish.edition import (
    Contributor,
    Edition,
    EditorNote,
    EpubSettings,
    Metadata,
    PrintSettings,
    Term,
    Variant,
)
from publish.edition_faults import (
    GUESSABLE,
    collated,
    decided,
    digest,
    misplaced,
    no_folder,
    settings,
)
from publish.edition_schema import (
    CollationFile,
    CorrectionsFile,
    EditionFile,
    GlossaryFile,
    NotesFile,
    Table,
    line_of,
    parsed,
    words_of,
)
from publish.errors import EditionError, Problems, PublishError, SourceError
from publish.house_style import FAITHFUL, house_style
from publish.images import check_cover, picture
from publish.theme import THEMES

KEYS = {"contributors": "contributor", "source_note": "source.note"}

File = TypeVar("File", bound=Table)


def load_edition(folder: Path) -> Edition:
    """The edition in `folder`. Raises EditionError or SourceError, Problems for several faults."""
    if not folder.is_dir():
        raise no_folder(folder)
    problems: list[PublishError] = []
    main = _read(folder, "edition.toml", EditionFile, problems)
    corrections = _read(folder, "corrections.toml", CorrectionsFile, problems)
    collation = _read(folder, "collation.toml", CollationFile, problems)
    notes = _read(folder, "notes.toml", NotesFile, problems)
    glossary = _read(folder, "glossary.toml", GlossaryFile, problems)
    introduction = words_of(folder / "introduction.md", problems, str(folder / "introduction.md"))
    on_the_text = words_of(
        folder / "note-on-the-text.md", problems, str(folder / "note-on-the-text.md")
    )
    source = _source(folder, main, problems) if main else b""
    cover = _picture(folder, main.book.cover, "cover", problems) if main else b""
    logo = _picture(folder, main.book.logo, "logo", problems) if main else b""
    profiles = _profiles(folder, main, problems) if main else {}
    if main:
        problems += settings(folder, main)
    if main and collation and collation.variant:
        problems += collated(folder, main, collation)
    if problems and corrections:
        problems += misplaced(folder, corrections)
    if problems or not (main and corrections and collation and notes and glossary):
        raise problems[0] if len(problems) == 1 else Problems(problems)
    return Edition(
        slug=folder.resolve().name,
        source=source,
        source_name=main.source.file,
        folder=str(folder),
        metadata=_metadata(main),
        encoding=main.source.encoding,
        house_style=main.text.house_style,
        heading_patterns=tuple((h.pattern, h.level) for h in main.text.heading),
        variants=tuple(
            Variant(
                v.line, v.was, tuple((r.now, tuple(r.witnesses)) for r in v.readings), tuple(v.same)
            )
            for v in collation.variant
        ),
        notes=tuple(EditorNote(n.line, n.at, n.text, n.source) for n in notes.note),
        glossary=tuple(
            Term(t.term, t.definition, tuple(t.forms), t.modern, t.dates) for t in glossary.term
        ),
        introduction=introduction,
        note_on_the_text=on_the_text,
        cover=cover,
        logo=logo,
        epub=EpubSettings(**main.epub.model_dump()),
        print=PrintSettings(**{**main.print.model_dump(), **profiles}),
        scannos=main.text.scannos,
        keep_furniture=main.text.keep_furniture,
        **decided(corrections),
    )


def _read(folder: Path, name: str, form: type[File], problems: list[PublishError]) -> File | None:
    path = folder / name
    if name == "edition.toml" and not path.is_file():
        hint = "`publish new` writes one."
        problems.append(EditionError("this file is missing.", file=str(path), hint=hint))
        return None
    before = len(problems)
    text = words_of(path, problems, str(path))
    return parsed(text, form, str(path), problems) if len(problems) == before else None


def _source(folder: Path, main: EditionFile, problems: list[PublishError]) -> bytes:
    path = folder / main.source.file
    if not path.is_file():
        hint = "Put the source there, or correct `file` under [source] in edition.toml."
        problems.append(SourceError("the source is missing.", file=str(path), hint=hint))
        return b""
    data = path.read_bytes()
    pinned, found = main.source.sha256.lower(), digest(data)
    if found != pinned:
        problems.append(
            SourceError(
                "the source is not the one that was pinned.",
                file=str(path),
                detail=f"Its SHA-256 begins {found[:12]}, edition.toml has {pinned[:12]}.",
                hint="Restore the file; if it is the new source, check every correction against "
                f'it and set sha256 = "{found}".',
            )
        )
    elif not data.strip():
        problems.append(SourceError("the source is empty.", file=str(path)))
    return data


def _picture(folder: Path, name: str | None, what: str, problems: list[PublishError]) -> bytes:
    """The cover or the logo; what is wrong with it is added to `problems`."""
    if name is None:
        return b""
    path = folder / name
    if not path.is_file():
        hint = f"Put it there, or take `{what}` out of edition.toml."
        problems.append(EditionError(f"the {what} is missing.", file=str(path), hint=hint))
        return b""
    data = path.read_bytes()
    try:
        if what == "cover":
            check_cover(data, str(path))
        else:
            picture(data, what, str(path))
    except EditionError as error:
        problems.append(error)
    return data


def _profiles(folder: Path, main: EditionFile, problems: list[PublishError]) -> dict[str, bytes]:
    """The profiles of the presses for the book and for its cover by their keys; what is wrong with
    one or its condition is added to `problems`."""
    toml, found, given = folder / "edition.toml", {}, main.print
    for key, name, named, wanted in (
        ("icc", given.icc, "condition", given.condition),
        ("cover_icc", given.cover_icc, "cover_condition", given.cover_condition),
    ):
        path, data = folder / (name or ""), b""
        if name is not None and not path.is_file():
            hint = f"Put it there, or take `{key}` out of edition.toml."
            problems.append(EditionError("the profile is missing.", file=str(path), hint=hint))
        elif name is not None:
            data = path.read_bytes()
        try:
            condition(wanted, data, file=str(toml), icc_file=str(path))
        except EditionError as error:
            if error.file == str(toml):
                error.line = line_of(toml.read_text("utf-8-sig"), ["print", named])
            problems.append(error)
        found[key] = data
    return found


def _metadata(main: EditionFile) -> Metadata:
    book = main.book
    return Metadata(
        title=book.title,
        subtitle=book.subtitle,
        language=book.language,
        contributors=tuple(
            Contributor(c.name, c.role, c.file_as, c.shown) for c in main.contributor
        ),
        date=book.date,
        edition_date=book.edition_date,
        description=book.description.strip(),
        blurb=book.blurb.strip(),
        subjects=tuple(book.subjects),
        publisher=book.publisher,
        place=book.place,
        rights=book.rights.strip(),
        identifier=book.identifier,
        isbn=tuple(book.isbn.items()),
        series=book.series,
        series_number=book.series_number,
        source_note=main.source.note.strip(),
        contact=book.contact,
        guessed=tuple(main.guessed),
    )


def edition_toml(
    metadata: Metadata, sha256: str, guessed: Sequence[str] = (), source_file: str = "source.txt"
) -> str:
    """A first edition.toml. `guessed` names the metadata fields that a person must still confirm;
    each is marked, and `publish build --final` refuses the book until the marks are gone."""
    names = [name for name in GUESSABLE if name in guessed]
    rows = [
        "# What the book is. docs/edition-files.md explains every key; only title and sha256 must"
        " be given.",
        "",
    ]
    if names:
        rows += [
            "# These fields were guessed. Check each, then take its name out of this list.",
            f"guessed = {_toml(names)}",
            "",
        ]

    def row(key: str, value: Any, field: str = "") -> str:
        mark = "  # guessed" if field in names and value else ""
        return f"{'' if value else '# '}{key} = {_toml(value)}{mark}"

    own = house_style("", metadata.language).name
    english = {
        "en": "chicago",
        "en-US": "chicago",
        "en-GB": "hart",
    }  # two, and none of them its own
    style = own or english.get(metadata.language, FAITHFUL)
    day = "" if metadata.edition_date == Metadata().edition_date else metadata.edition_date
    rows += [
        "[book]",
        row("title", metadata.title or "Untitled", "title"),
        row("subtitle", metadata.subtitle, "subtitle"),
        row("language", metadata.language, "language"),
        row("date", metadata.date, "date"),
        row("edition_date", day),
        row("description", metadata.description),
        row("blurb", metadata.blurb) + ("" if metadata.blurb else "  # for the back of the cover"),
        row("publisher", metadata.publisher),
        row("place", metadata.place),
        row("rights", metadata.rights, "rights"),
        row("contact", metadata.contact),
        row("identifier", metadata.identifier),
        '# isbn = { epub = "978…", print = "978…" }',
        "",
    ]
    for person in metadata.contributors:
        rows += [
            "[[contributor]]",
            row("name", person.name, "contributors"),
            row("role", person.role),
            row("file_as", person.file_as),
            row("shown", person.shown),
            "",
        ]
    rows += [
        "[source]",
        row("file", source_file),
        row("sha256", sha256),
        row("note", metadata.source_note, "source_note"),
        "",
        "[text]",
        f"# house_style = {_toml(style)}" + ("  # the language's own" if own else ""),
        "",
        "[print]",
        'trim = "digest"  # 5.5 × 8.5 in',
        f'# theme = "garamond"  # or {", ".join(name for name in THEMES if name != "garamond")}',
        '# notes = "foot"  # of the page; or "end", of the book',
    ]
    return "\n".join(rows) + "\n"


def _toml(value: Any) -> str:
    """A text or a list of texts as TOML; JSON's escapes are TOML's too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
