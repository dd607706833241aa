"""What an edition is: the source and every human decision about it, as plain values.

`edition_folder.py` reads a folder of seeds into an `Edition`; `Edition.quick` makes one from a
bare text for `publish convert`. Stages and the renderer see only this.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any
from zlib import crc32

from publish.ledger import Origin


@dataclass(frozen=True, slots=True)
class Emend:
    """A correction: on source line `line` stands `was`, it should read `now`.

    `was` begins on that line, may run over line ends as "\\n", and trailing blanks do not count.
    """

    line: int
    was: str
    now: str
    origin: Origin
    why: str


@dataclass(frozen=True, slots=True)
class Stet:
    """A reading that was doubted and kept: `text` on source line `line`, because of `why`.

    One that is not `listed` was doubted by a rule alone: the book does not tell of it."""

    line: int
    text: str
    why: str
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Replace:
    """A correction for the whole source: `was` stands there exactly `count` times."""

    was: str
    now: str
    count: int
    origin: Origin
    why: str


@dataclass(frozen=True, slots=True)
class Variant:
    """What other witnesses have where `was` begins on source line `line`: (reading, names of the
    witnesses), best first. The witnesses of `same` read as the text did when they were collated."""

    line: int
    was: str
    readings: tuple[tuple[str, tuple[str, ...]], ...]
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditorNote:
    """The editor's note on the words `at` of source line `line`; `text` is Markdown."""

    line: int
    at: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry. `forms` are the spellings that count as it in the text, case as given;
    `term` itself is one of them. `definition` is Markdown."""

    term: str
    definition: str
    forms: tuple[str, ...] = ()
    modern: str = ""
    dates: str = ""

    @property
    def id(self) -> str:
        """The entry's id in the book: of plain letters, the same for the same term always."""
        plain = unicodedata.normalize("NFKD", self.term.lower())
        name = re.sub(r"[^a-z0-9]+", "-", re.sub("[\u0300-\u036f]", "", plain)).strip("-")
        if not name or any(char.isalnum() and not char.isascii() for char in plain):
            name = f"{name}-{crc32(self.term.encode()):08x}".strip("-")
        return "g-" + name


@dataclass(frozen=True, slots=True)
class Contributor:
    """`role` is a MARC relator code ("aut", "att" for an attributed author, "edt", "trl", "ill");
    `shown` is the line on the title page where it is not the bare name."""

    name: str
    role: str = "aut"
    file_as: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the book says of itself. Empty means not known; `guessed` names the fields that no
    person has confirmed. `date` is the text's own date, in words; `edition_date` this edition's,
    ISO 8601. `identifier` is a URN."""

    title: str = ""
    subtitle: str = ""
    language: str = "en"
    contributors: tuple[Contributor, ...] = ()
    date: str = ""
    edition_date: str = "1970-01-01"
    description: str = ""
    blurb: str = ""  # Markdown, for the back of the cover; the description serves if there is none
    subjects: tuple[str, ...] = ()
    publisher: str = ""
    place: str = ""
    rights: str = ""
    identifier: str = ""
    isbn: tuple[tuple[str, str], ...] = ()  # (format, ISBN)
    series: str = ""
    series_number: str = ""  # its place in the series, such as "2" or "1.5"
    source_note: str = ""  # where the text comes from, in words
    contact: str = ""  # where to report an error
    guessed: tuple[str, ...] = ()

    @property
    def byline(self) -> str:
        """The line under the title: "attributed to Jay Lovestone", "Jane Austen"."""
        names = [c.shown or c.name for c in self.contributors if c.role in ("aut", "att")]
        return ", ".join(names)


@dataclass(frozen=True, slots=True)
class PrintSettings:
    """`trim` names a size ("digest", "a5" …) or is "WIDTHxHEIGHT" in mm; `theme` a look of
    publish.theme; `paper` one of `publish.paper`. `spine_mm` is the press's own figure for the
    width of the spine. `spine_reads` is "down" or "up", or empty for what is usual in the language
    of the book. `notes` is "foot" or "end", of the page or of the book."""

    trim: str = "digest"
    theme: str = "garamond"
    bleed_mm: float = 3.0
    size_pt: float = 0.0  # 0: what the trim size and theme set
    leading_pt: float = 0.0  # 0: what the type size and theme set
    notes: str = "foot"
    page_list: bool = False
    condition: str = ""  # the press and its paper, by the name of the ICC's registry
    icc: bytes = b""  # the profile that describes them
    paper: str = ""
    spine_mm: float | None = None
    spine_reads: str = ""
    cover_condition: str = ""  # the cover's own press and paper, and what describes them
    cover_icc: bytes = b""

    @property
    def of_cover(self) -> tuple[str, bytes]:
        """The condition and the profile the cover is printed by: its own, or those of the book."""
        own = self.cover_condition, self.cover_icc
        return own if any(own) else (self.condition, self.icc)


@dataclass(frozen=True, slots=True)
class EpubSettings:
    """`fonts`: the book brings its faces, cut to the letters it has."""

    fonts: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """`source` is the file as delivered, never edited; `folder` is shown in messages only."""

    slug: str
    source: bytes
    source_name: str = "source.txt"
    folder: str = ""
    metadata: Metadata = field(default_factory=Metadata)
    encoding: str = ""
    house_style: str = ""  # "": the source's own quotation level, closed dashes, "…"
    heading_patterns: tuple[tuple[str, int], ...] = ()  # (regular expression, level)
    words: frozenset[str] = frozenset()  # readings that are right
    emends: tuple[Emend, ...] = ()
    replaces: tuple[Replace, ...] = ()
    stets: tuple[Stet, ...] = ()
    variants: tuple[Variant, ...] = ()
    notes: tuple[EditorNote, ...] = ()
    glossary: tuple[Term, ...] = ()
    introduction: str = ""  # Markdown
    note_on_the_text: str = ""  # Markdown, with {counts} filled from the record
    cover: bytes = b""
    logo: bytes = b""  # the publisher's device, PNG or JPEG
    print: PrintSettings = field(default_factory=PrintSettings)
    epub: EpubSettings = field(default_factory=EpubSettings)
    scannos: bool = True
    keep_furniture: bool = False

    def path(self, name: str) -> str:
        """A file of the edition as messages name it."""
        return f"{self.folder.rstrip('/')}/{name}" if self.folder else name

    @classmethod
    def quick(cls, source: bytes, name: str = "source.txt", **metadata: Any) -> Edition:
        """An edition of a bare text, with what is known of it as metadata fields."""
        slug = re.sub(r"[^a-z0-9]+", "-", name.rsplit(".", 1)[0].lower()).strip("-") or "book"
        return cls(slug, source, name, metadata=replace(Metadata(), **metadata))
