"""The form of an edition's TOML files, and what is wrong with one, as sentences.

The classes say which keys a table has and what each holds; docs/edition-files.md explains them to
publishers. A fault becomes an EditionError that names the file, the line, what stands there and
what to do.
"""

from __future__ import annotations

import datetime
import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from publish.errors import EditionError, PublishError
from publish.language import TAG

NUMBER = r"^$|^[0-9]{1,4}(\.[0-9]{1,2}){0,2}$"
WIDEST_SPINE_MM = 75  # what a machine binds with a soft cover


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _day(value: object) -> str:
    """An ISO 8601 day from a TOML date or a text that is one."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return value.isoformat()
    try:
        return datetime.date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValueError(f"should be a day such as 2026-03-31, but is {_excerpt(value)}") from None


def _isbn(value: object) -> object:
    """An ISBN-13 whose check digit is right (ISO 2108)."""
    digits = str(value).replace("-", "").replace(" ", "")
    if not re.fullmatch(r"97[89][0-9]{10}", digits):
        raise ValueError(
            f"should be an ISBN of 13 digits that begin with 978 or 979, but is {_excerpt(value)}"
        )
    weighted = sum(int(d) * (3 if place % 2 else 1) for place, d in enumerate(digits[:12]))
    check = -weighted % 10
    if int(digits[12]) != check:
        raise ValueError(
            f"is no ISBN: {_excerpt(value)} ends in {digits[12]}, but its check digit would be"
            f" {check}; one of its digits is wrong"
        )
    return value


def _pattern(value: object) -> object:
    try:
        re.compile(str(value))
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from None
    return value


def _file_name(value: object) -> object:
    """A file of the folder itself: an edition never reads outside of it."""
    if isinstance(value, str) and (not value or "/" in value or "\\" in value or value == ".."):
        raise ValueError(f"should name a file in the edition's folder, but is {_excerpt(value)}")
    return value


Day = Annotated[str, BeforeValidator(_day)]
Isbn = Annotated[str, BeforeValidator(_isbn)]
Pattern = Annotated[str, BeforeValidator(_pattern)]
FileName = Annotated[str, BeforeValidator(_file_name)]
Words = Annotated[str, Field(min_length=1)]
Line = Annotated[int, Field(ge=1)]
Cause = Literal["scan", "print", "unsure"]


class BookTable(Table):
    title: Words
    subtitle: str = ""
    language: Annotated[str, Field(pattern=TAG)] = "en"
    date: str = ""
    edition_date: Day = "1970-01-01"
    description: str = ""
    blurb: str = ""
    subjects: list[str] = []
    series: str = ""
    series_number: Annotated[str, Field(pattern=NUMBER)] = ""
    publisher: str = ""
    place: str = ""
    rights: str = ""
    contact: str = ""
    identifier: Annotated[str, Field(pattern=r"^$|^urn:[a-z0-9][a-z0-9-]+:\S+$|^https?://\S+$")] = (
        ""
    )
    isbn: dict[Literal["epub", "kepub", "azw3", "pdf", "print"], Isbn] = {}
    cover: FileName | None = None
    logo: FileName | None = None


class ContributorTable(Table):
    name: Words
    role: Annotated[str, Field(pattern=r"^[a-z]{3}$")] = "aut"
    file_as: str = ""
    shown: str = ""


class SourceTable(Table):
    file: FileName = "source.txt"
    sha256: Annotated[str, Field(pattern=r"^[0-9a-fA-F]{64}$")]
    encoding: str = ""
    note: str = ""


class HeadingTable(Table):
    pattern: Pattern
    level: Annotated[int, Field(ge=1, le=6)] = 1


class TextTable(Table):
    house_style: str = ""
    scannos: bool = True
    keep_furniture: bool = False
    heading: list[HeadingTable] = []


class PrintTable(Table):
    trim: str = "digest"
    theme: Literal["garamond", "source-serif", "large-print"] = "garamond"
    bleed_mm: Annotated[float, Field(ge=0, le=25)] = 3.0
    size_pt: Annotated[float, Field(ge=0, le=72)] = 0.0
    leading_pt: Annotated[float, Field(ge=0, le=144)] = 0.0
    notes: Literal["foot", "end"] = "foot"
    page_list: bool = False
    condition: str = ""
    icc: FileName | None = None
    paper: str = ""
    spine_mm: Annotated[float, Field(ge=0, le=WIDEST_SPINE_MM)] | None = None
    spine_reads: Literal["", "down", "up"] = ""
    cover_condition: str = ""
    cover_icc: FileName | None = None


class EpubTable(Table):
    fonts: bool = False


class EditionFile(Table):
    guessed: list[str] = []
    book: BookTable
    contributor: list[ContributorTable] = []
    source: SourceTable
    text: TextTable = TextTable()
    print: PrintTable = PrintTable()
    epub: EpubTable = EpubTable()


class EmendTable(Table):
    line: Line
    was: Words
    now: str
    origin: Cause
    why: Words


class StetTable(Table):
    line: Line
    text: Words
    why: Words
    listed: bool = True


class ReplaceTable(Table):
    was: Words
    now: str
    count: Line
    origin: Cause
    why: Words


class CorrectionsFile(Table):
    words: list[str] = []
    emend: list[EmendTable] = []
    stet: list[StetTable] = []
    replace: list[ReplaceTable] = []


class ReadingTable(Table):
    now: str
    witnesses: Annotated[list[Words], Field(min_length=1)]


class VariantTable(Table):
    line: Line
    was: Words
    readings: Annotated[list[ReadingTable], Field(min_length=1)]
    same: list[Words] = []


class PassageTable(Table):
    line: Line
    last: Line
    witness: Words
    lacks: int
    has: int


class ConfirmedTable(Table):
    line: Line
    was: Words
    reads: str
    witnesses: list[Words]


class CollationFile(Table):
    source: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = ""
    witnesses: list[Words] = []
    variant: list[VariantTable] = []
    confirmed: list[ConfirmedTable] = []
    passage: list[PassageTable] = []


class NoteTable(Table):
    line: Line
    at: Words
    text: Words
    source: str = ""


class NotesFile(Table):
    note: list[NoteTable] = []


class TermTable(Table):
    term: Words
    definition: Words
    forms: list[Words] = []
    modern: str = ""
    dates: str = ""


class GlossaryFile(Table):
    term: list[TermTable] = []


File = TypeVar("File", bound=Table)


def parsed(text: str, form: type[File], name: str, problems: list[PublishError]) -> File | None:
    """The contents of one TOML file; its faults are added to `problems`.

    A key or table with a fault counts as not given, so that what else is wrong can be found in
    the rest; None where nothing is left that has the file's form.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(_broken(str(error), text, name))
        return None
    try:
        return form.model_validate(data)
    except ValidationError as error:
        faults = [_fault(found, form, text, name) for found in error.errors()]
        problems += sorted(faults, key=lambda fault: fault.line or 0)
        try:
            return form.model_validate(_without(data, [found["loc"] for found in error.errors()]))
        except ValidationError:
            return None


def _without(data: dict[str, Any], places: Sequence[tuple[str | int, ...]]) -> dict[str, Any]:
    """The data without what stands at these places: of a list, the items they are in."""
    items: dict[int, tuple[list[Any], set[int]]] = {}
    for *outer, last in places:
        holder: Any = data
        for part in outer:
            if isinstance(holder, list):
                last = part
                break
            inner = holder.get(part) if isinstance(holder, dict) else None
            if not isinstance(inner, dict | list):
                last = part
                break
            holder = inner
        if isinstance(holder, list) and isinstance(last, int):
            items.setdefault(id(holder), (holder, set()))[1].add(last)
        elif isinstance(holder, dict):
            holder.pop(last, None)
    for held, numbers in items.values():
        held[:] = [item for number, item in enumerate(held) if number not in numbers]
    return data


def _broken(message: str, text: str, name: str) -> EditionError:
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)", message)
    rows = text.splitlines() or [""]
    number = int(place[1]) if place and place[1] else len(rows)
    return EditionError(
        f"this is not TOML: {message[: place.start()] if place else message}.",
        file=name,
        line=number,
        detail=f"It reads: {rows[min(number, len(rows)) - 1].strip()}",
        hint="Texts stand in quotation marks, lists in square brackets, one key on a line.",
    )


def _fault(error: Mapping[str, Any], form: type[Table], text: str, name: str) -> EditionError:
    """One fault that pydantic found, told in the file's own terms."""
    place = [part for part in error["loc"] if part != "[key]"]
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    line = line_of(text, place)
    key, table = _names(place)
    hint = ""
    if kind == "extra_forbidden":
        message = f"there is no key `{key}` in {table}."
        known = sorted(_model_at(form, place).model_fields)
        near = difflib.get_close_matches(key, known, 1, 0.5)
        hint = f"Did you mean `{near[0]}`?" if near else f"Its keys are {', '.join(known)}."
    elif kind == "missing":
        message, hint = f"{table} lacks the key `{key}`.", "Add it."
    elif kind == "value_error":
        message = f"`{key}` {context['error']}."
    else:
        message = f"`{key}` {_wanted(kind, context)}, but is {_excerpt(value)}."
    return EditionError(message, file=name, line=line, hint=hint)


def _wanted(kind: str, context: Mapping[str, Any]) -> str:
    simple = {
        "string_type": "should be a text in quotation marks",
        "int_type": "should be a whole number",
        "float_type": "should be a number",
        "bool_type": "should be true or false",
        "list_type": "should be a list; a table of it begins with double brackets",
        "model_type": "should be a table",
        "dict_type": "should be a table",
        "string_too_short": "should not be empty",
    }
    if kind in simple:
        return simple[kind]
    if kind == "literal_error":
        return f"should be {context['expected']}"
    if kind == "greater_than_equal":
        return f"should be {context['ge']:g} or more"
    if kind == "less_than_equal":
        return f"should be {context['le']:g} or less"
    if kind == "string_pattern_mismatch":
        return PATTERNS.get(context["pattern"], "has another form")
    return f"is not what it should be ({kind.replace('_', ' ')})"


PART: Final = r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'"""
NAME: Final = rf"(?P<name>(?:{PART})(?:\s*\.\s*(?:{PART}))*)"
HEAD: Final = re.compile(rf"\s*\[(?P<array>\[?)\s*{NAME}\s*\]")
KEY: Final = re.compile(rf"\s*{NAME}\s*=")

PATTERNS = {
    NUMBER: 'should be a number in quotation marks such as "2"',
    TAG: 'should be a language tag such as "en" or "en-US"',
    "^[0-9a-fA-F]{64}$": "should be the 64 hexadecimal digits of the source's SHA-256",
    "^[a-z]{3}$": 'should be a MARC relator code of three letters such as "aut", "edt" or "trl"',
    r"^$|^urn:[a-z0-9][a-z0-9-]+:\S+$|^https?://\S+$": "should be a URN or a web address",
}


def _excerpt(value: object) -> str:
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    if isinstance(value, bool):
        shown = shown.lower()
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _names(place: Sequence[str | int]) -> tuple[str, str]:
    """The key and its table as the file writes them: `was`, the 3rd [[emend]]."""
    *outer, last = place if place else ("",)
    if isinstance(last, int):
        return f"{_names(outer)[0]}, number {last + 1}", _names(outer)[1]
    if not outer:
        return str(last), "the file"
    if isinstance(outer[-1], int):
        return str(last), f"[[{'.'.join(map(str, outer[:-1]))}]] number {outer[-1] + 1}"
    return str(last), f"[{'.'.join(str(part) for part in outer)}]"


def _model_at(form: type[Table], place: Sequence[str | int]) -> type[Table]:
    """The class of the table that holds the last part of `place`."""
    model = form
    for part in place[:-1]:
        if isinstance(part, str):
            annotation = model.model_fields[part].annotation
            inner = [a for a in getattr(annotation, "__args__", ()) if isinstance(a, type)]
            found = inner[0] if inner else annotation
            model = found if isinstance(found, type) and issubclass(found, Table) else model
    return model


def line_of(text: str, place: Sequence[str | int]) -> int | None:
    """The line, from 1, on which the key or table at `place` stands; that of what it stands in,
    an inline table or one with a head, where it has no line of its own; None where not even that
    can be found. A table of an array is named by the array and its number, from 0."""
    best, at, inside = 0, None, None
    table: tuple[str | int, ...] = ()
    arrays: dict[tuple[str | int, ...], int] = {}  # array of tables → the number of its last one
    for number, row in _rows(text):
        head = HEAD.match(row)
        key = KEY.match(row)
        if head:
            table = ()
            *outer, last = _parts(head["name"])
            for part in outer:
                table += (part,)
                table += (arrays[table],) if table in arrays else ()
            table += (last,)
            if head["array"]:
                arrays[table] = arrays.get(table, -1) + 1
                table += (arrays[table],)
            here = table
        elif key:
            here = (*table, *_parts(key["name"]))
        else:
            continue
        if len(here) > best and tuple(place[: len(here)]) == here:
            best, at = len(here), number
        elif inside is None and place and here[: len(place)] == tuple(place):
            inside = number  # the first of a table that has no head of its own
    return at if best == len(place) else inside or at


def _parts(name: str) -> list[str]:
    """The parts of a dotted key, without their quotation marks."""
    return [part.strip("\"'") for part in re.findall(PART, name)]


def _rows(text: str) -> Iterator[tuple[int, str]]:
    """The numbered lines of a TOML file, without those inside a text of several lines."""
    inside = ""
    for number, row in enumerate(text.splitlines(), 1):
        if not inside:
            yield number, row
        for fence in re.findall(r'"""|\'\'\'', row):
            if not inside:
                inside = fence
            elif fence == inside:
                inside = ""


def words_of(path: Path, problems: list[PublishError], name: str) -> str:
    """The text of a file that may be missing; "" then, and where it is not UTF-8."""
    if not path.is_file():
        return ""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"byte {error.start} ({data[error.start]:#04x}) is not UTF-8."
        problems.append(EditionError(message, file=name, line=line, hint="Save it as UTF-8."))
        return ""
