"""Bytes in, a Document of printed lines out."""

from __future__ import annotations

import codecs
import re

from publish.document import Anchor, Block, Document, Source, Text
from publish.errors import SourceError

LINE_END = re.compile(r"\r\n|\r|\n")
BOMS = (  # longest first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SIGNATURES = (  # what files of other kinds begin with, and how such a file becomes text
    (b"%PDF", "a PDF", "Take its text out first, for instance with `pdftotext -layout`."),
    (b"PK\x03\x04", "a ZIP archive, as .docx, .odt and .epub are", "Save it as plain text first."),
    (b"\xd0\xcf\x11\xe0", "an old Word document", "Save it as plain text first."),
    (b"{\\rtf", "a document in Rich Text Format", "Save it as plain text first."),
    (b"\x89PNG", "a picture (PNG)", "Have its text read by OCR first."),
    (b"\xff\xd8\xff", "a picture (JPEG)", "Have its text read by OCR first."),
    (b"II*\0", "a picture (TIFF)", "Have its text read by OCR first."),
    (b"MM\0*", "a picture (TIFF)", "Have its text read by OCR first."),
    (b"GIF8", "a picture (GIF)", "Have its text read by OCR first."),
    (b"AT&TFORM", "a DjVu document", "Take its text out first, for instance with `djvutxt`."),
    (b"\x7fELF", "a program (ELF)", "Give the text file itself."),
    (b"\x1f\x8b", "a compressed file (gzip)", "Unpack it first."),
)  # fmt: skip
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MANY = 9  # control characters that a damaged text may hold and still be one
LETTER_INSIDE = re.compile(r"[^\W\d_][^\x00-\x7f][^\W\d_]")
MARKS = re.compile("[\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00a0\u00ab\u00bb]")
ODD = re.compile(
    "[\x80-\x9f\u00a4-\u00a6\u00a8\u00ac\u00af\u00b5\u00b8\u00d7\u00f7\u0192\u02c6-\u02dd\u2020-\u2022\u2030\u2200-\u25ff\ufb01\ufb02]"
)


def read(data: bytes, encoding: str = "", name: str = "source.txt") -> Document:
    """The source as one "line" block for each line that has ink.

    A line keeps its indent and loses its trailing white space; `gap` counts the blank lines
    before it; a form feed before or at its start sets `turn`. Raises SourceError for bytes that
    are no text, or none in the encoding that was named, and for a source without ink.
    """
    text, encoding = decode(data, encoding, name)
    starts = (0, *(m.end() for m in LINE_END.finditer(text)))
    if len(starts) > 1 and starts[-1] == len(text):
        starts = starts[:-1]
    blocks, gap, turn = [], 0, False
    ends = (*starts[1:], len(text))
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        line = text[start:end].rstrip()
        turn = turn or "\f" in text[start:end]
        if not line.strip():
            gap += 1
            continue
        if "\f" in line:
            line = line.replace("\f", " ")
        blocks.append(
            Block("line", Text(line, (Anchor(0, start),)), f"L{number}", gap=gap, turn=turn)
        )
        gap, turn = 0, False
    if not blocks:
        raise SourceError(
            "the source is empty.", file=name, hint="Give a file that has text in it."
        )
    return Document(Source(text, starts, encoding), tuple(blocks))


def decode(data: bytes, encoding: str, name: str) -> tuple[str, str]:
    """The text, and the name of the encoding it was read with.

    The encoding named decides; else a byte order mark, else strict UTF-8, else UTF-16 where every
    other byte is naught, else the one of Windows-1252 and MacRoman that reads more like text.
    """
    if encoding:
        return _as(data, encoding, name), encoding
    _refuse_other_kinds(data, name)
    for mark, marked in BOMS:
        if data.startswith(mark):
            return _text(_as(data, marked, name, found=True), name), marked
    if len(data) > 3 and len(data) % 2 == 0 and data.count(0) * 5 > len(data) * 2:
        wide = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
        return _text(_as(data, wide, name, found=True), name), wide
    try:
        return _text(data.decode("utf-8"), name), "utf-8"
    except UnicodeDecodeError as fault:
        first = fault.start
    readings = [
        _text(data.decode(code, "replace"), name, first) for code in ("cp1252", "mac-roman")
    ]
    scores = [_likeness(text) for text in readings]
    best = 1 if scores[1] > scores[0] else 0
    return readings[best], ("cp1252", "mac-roman")[best]


def _refuse_other_kinds(data: bytes, name: str) -> None:
    """Raises SourceError for a file that begins as one of another kind does."""
    for begins, kind, hint in SIGNATURES:
        if data.startswith(begins):
            raise SourceError(f"this is no plain text, but {kind}.", file=name, hint=hint)


def _as(data: bytes, encoding: str, name: str, found: bool = False) -> str:
    """The text in an encoding that was named, or `found` by how the bytes look."""
    try:
        return data.decode(encoding)
    except LookupError:
        raise SourceError(
            f"“{encoding}” is the name of no encoding.",
            file=name,
            hint="Name one such as utf-8, utf-16, cp1252, latin-1 or mac-roman.",
        ) from None
    except UnicodeDecodeError as fault:
        byte = data[fault.start] if fault.start < len(data) else 0
        if found:
            shown = "UTF-8" if encoding == "utf-8-sig" else encoding.upper()
            raise SourceError(
                f"it begins as a text in {shown} does, but byte {fault.start} (0x{byte:02X}) is "
                "none in it.",
                file=name,
                hint="It may be damaged or cut short: open it in an editor and save it as UTF-8.",
            ) from None
        line = data.count(b"\n", 0, fault.start) + 1
        raise SourceError(
            f"byte {fault.start} (0x{byte:02X}) is no text in {encoding}.",
            file=name,
            line=line,
            hint="Name the encoding the file was really written in.",
        ) from None


def _text(text: str, name: str, at: int = 0) -> str:
    """The text; SourceError if it holds a NUL, or many controls: one character in a hundred."""
    controls = len(CONTROL.findall(text))
    if "\x00" in text or (controls > MANY and controls * 100 > len(text)):
        found = CONTROL.search(text)
        offset = found.start() if found else at
        raise SourceError(
            f"this is no plain text: its {_ordinal(offset + 1)} character is a control character "
            f"(0x{ord(text[offset]):02X}), as files for programs have them.",
            file=name,
            line=text.count("\n", 0, offset) + 1,
            hint="Give a plain-text file in UTF-8; save another kind of file as text first.",
        )
    return text


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 < number % 100 < 14 else ending}"


def _likeness(text: str) -> int:
    """How much the characters beyond ASCII look like a text's: letters inside words, marks of
    punctuation; against it, signs that no prose has."""
    return (
        2 * len(LETTER_INSIDE.findall(text))
        + len(MARKS.findall(text))
        - 3 * len(ODD.findall(text))
        - 5 * text.count("\ufffd")
    )
