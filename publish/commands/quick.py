"""A book from a bare text, and the reading text of anything: `publish convert`, `publish text`."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from publish.commands.files import STDIN, OutputError, name_of, read_source, writable, write
from publish.commands.told import told
from publish.conditions import named
from publish.edition import Contributor, Edition, PrintSettings
from publish.errors import EditionError, SourceError, UsageError
from publish.language import TAG
from publish.pipeline import prepare
from publish.read import decode
from publish.render import render
from publish.structure.title_page import TitlePage, shown, title_page
from publish.theme import THEMES
from publish.trim import page_faults
from publish.writers import ENDINGS, WRITERS


def convert(
    source: Path,
    out: Path,
    title: str = "",
    authors: tuple[str, ...] = (),
    language: str | None = None,
    house_style: str = "",
    kepub: bool = False,
    press: bool = False,
    trim: str = "",
    theme: str = "",
    condition: str = "",
) -> Callable[[], str]:
    """Writes the book of a text file at `out`, in the format its name ends with; with `kepub`, an
    EPUB is made for Kobo's readers, with `press`, a PDF for a press, of this printing condition.

    What is not given is taken from the header of a library's file, where there is one. What was
    done can be told by calling what is returned: a pipe that asks nothing waits for no count.
    """
    format = format_of(out)
    if kepub and format not in ("epub", "kepub"):
        raise UsageError("only an EPUB can be made for Kobo's readers.", file=str(out))
    if press and format not in ("pdf", "press"):
        raise UsageError("only a PDF can be made for a press.", file=str(out))
    format = "kepub" if kepub else "press" if press else format
    if condition and format != "press":
        raise UsageError(
            "only a PDF for a press has a printing condition.",
            file=str(out),
            hint="Make one with --press.",
        )
    data, name = read_source(source), name_of(source)
    if same_file(source, out):
        raise UsageError("the book would be written over its source.", file=str(out))
    writable(out.parent)
    if house_style:
        check_style(house_style)
    if language is not None:
        check_language(language)
    edition = quick_edition(data, name, title, authors, language or "")
    if str(source) == STDIN:
        edition = replace(edition, slug=Edition.quick(b"", out.name).slug)
    edition = replace(edition, house_style=house_style)
    edition = replace(edition, print=print_settings(edition.print, trim, theme, condition))
    document = prepare(edition)
    book = render(document, edition)
    write(out, WRITERS[format](book))
    fields = (("title", title), ("author", authors), ("language", language))
    given = frozenset(field for field, value in fields if value)
    return lambda: told(edition, document, book.edition.metadata.title, given, source, out)


def format_of(out: Path) -> str:
    """The format that a file's name asks for. Raises UsageError if there is none such."""
    if out.is_dir():
        raise UsageError("this is a folder; name a file in it.", file=str(out))
    format = out.suffix.lower().removeprefix(".")
    for name, ending in ENDINGS.items():
        if out.name.lower().endswith(f".{ending}") and name in WRITERS:
            return name
    if format not in WRITERS or format in ENDINGS:
        raise UsageError(
            f"the name does not end with a format that can be written: “{out.suffix or out.name}”.",
            file=str(out),
            hint=f"End it with .{', .'.join(ENDINGS.get(name, name) for name in WRITERS)}.",
        )
    return format


def same_file(one: Path, other: Path) -> bool:
    """Whether both names lead to one file that exists."""
    return other.exists() and one.samefile(other)


def check_style(name: str) -> None:
    """Raises UsageError for a house style there is not, with the names there are."""
    from publish.house_style import names

    if name not in names():
        raise UsageError(
            f"there is no house style “{name}”.", hint=f"There are {', '.join(names())}."
        )


def print_settings(
    settings: PrintSettings, trim: str, theme: str, condition: str = ""
) -> PrintSettings:
    """The settings with the trim size, theme and printing condition given. Raises UsageError for
    any that there is not, and for a trim size that holds no page of that theme."""
    if theme and theme not in THEMES:
        raise UsageError(f"there is no theme “{theme}”.", hint=f"There are {', '.join(THEMES)}.")
    trim, theme = trim or settings.trim, theme or settings.theme
    try:
        for _, fault in page_faults(trim, theme=theme):
            raise fault
        if condition:
            named(condition)
    except EditionError as fault:  # here the word stands on the command line, in no edition
        raise UsageError(fault.message, hint=fault.hint) from None
    return replace(settings, trim=trim, theme=theme, condition=condition or settings.condition)


def check_language(tag: str) -> None:
    """Raises UsageError for what is no language tag."""
    if not re.fullmatch(TAG, tag):
        raise UsageError(
            f"“{tag}” is no language tag.", hint="One looks like en, de or pt-BR (BCP 47)."
        )


def quick_edition(
    data: bytes,
    name: str,
    title: str = "",
    authors: tuple[str, ...] = (),
    language: str = "",
) -> Edition:
    """An edition of a bare text: what is given, then what the text's own header says. `name` is
    its path, as messages tell it. Raises SourceError for what is no text, or an empty one."""
    text, encoding = decode(data, "", name)
    if not text.strip():
        raise SourceError("the source is empty.", file=name)
    found: dict[str, Any] = found_in(text)
    if title and title != found.get("title"):
        page = _title_page(text)  # the title given may be the first lines of what was guessed
        found |= {"title": title, "subtitle": shown((page and page.rest(title)) or "")}
    if authors:
        others = tuple(c for c in found.get("contributors", ()) if c.role != "aut")
        found["contributors"] = (*(Contributor(name) for name in authors), *others)
    if language:
        found["language"] = language
    return replace(Edition.quick(data, Path(name).name, **found), encoding=encoding)


def found_in(text: str) -> dict[str, Any]:
    """The metadata fields that a text says of itself, or that can be told from its words."""
    try:
        boilerplate = importlib.import_module("publish.boilerplate")
    except ModuleNotFoundError:
        return {}
    header = boilerplate.header_metadata(text)
    people = [Contributor(name) for name in header.authors]
    for role, name in (
        ("trl", header.translator),
        ("ill", header.illustrator),
        ("edt", header.editor),
    ):
        if name:
            people.append(Contributor(name, role))
    page = None if header.title else _title_page(text)
    if page and not people:
        people.append(Contributor(shown(page.author)))
    found = {
        "title": header.title or (shown(page.title) if page else ""),
        "subtitle": shown(page.subtitle) if page else "",
        "contributors": tuple(people),
        "language": header.language or boilerplate.guess_language(text),
    }
    return {key: value for key, value in found.items() if value}


def _title_page(text: str) -> TitlePage | None:
    """The title page that a text without a library's header begins with."""
    lines: list[tuple[str, int]] = []
    gap = 0
    for line in text[:4000].lstrip("\ufeff").splitlines():
        if line.strip():
            lines.append((line, gap))
        gap = 0 if line.strip() else gap + 1
    return title_page(lines)


def edition_of(what: str, seeds: Path, keep_furniture: bool = False) -> Edition:
    """The edition of a slug, or that of a bare text if `what` is a file."""
    path = Path(what)
    if what == STDIN or path.is_file():
        edition = quick_edition(read_source(path), name_of(path))
    elif not (seeds / what).is_dir() and (path.suffix or len(path.parts) > 1) and not path.is_dir():
        raise UsageError("there is no such file.", file=what)
    else:
        from publish.catalogue import folder
        from publish.edition_folder import load_edition

        edition = load_edition(folder(what, seeds))
    return replace(edition, keep_furniture=keep_furniture or edition.keep_furniture)


def reading(edition: Edition, out: Path | None) -> bytes:
    """The reading text of an edition; written at `out` if that is given."""
    from publish.writers.text import reading_text

    if out is not None:
        if out.is_dir():
            raise OutputError("this is a folder; name a file in it.", file=str(out))
        writable(out.parent)
    text = reading_text(prepare(edition).blocks).encode()
    if out is not None:
        write(out, text)
    return text


def proof(edition: Edition, out: Path | None = None) -> Path:
    """The proofing report of an edition, written at `out`, or in dist/."""
    from publish.writers.proof import write_proof

    target = out or Path("dist") / f"{edition.slug}.proof.html"
    writable(target.parent, make=out is None)
    write(target, write_proof(prepare(edition), edition))
    return target
