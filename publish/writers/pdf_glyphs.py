"""Characters without a glyph, told by the line of the source in which they stand, and characters
that have one only because of what is installed on this machine."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from publish.edition import Edition
from publish.errors import EditionError
from publish.pdf.glyphs import missing_glyphs
from publish.pdf.lexer import Contents
from publish.read import decode
from publish.theme import THEMES

if TYPE_CHECKING:
    import pikepdf

MOST_SIGNS: Final = 6  # named in a message
MOST_LINES: Final = 3  # of each


def refuse_missing_glyphs(
    document: pikepdf.Pdf, edition: Edition, contents: Contents | None
) -> None:
    """Raises EditionError for characters that no font has: a reader would see boxes.

    Named are the source's lines, where a character is the source's, else the page of the PDF.
    """
    missing: dict[str, int] = {}
    for page, signs in missing_glyphs(document, contents):
        for sign in signs:
            missing.setdefault(sign, page)
    if not missing:
        return
    text, _ = decode(edition.source, edition.encoding, edition.source_name)
    lines: dict[str, list[int]] = {sign: [] for sign in missing}
    for number, line in enumerate(text.splitlines(), 1):
        for sign in missing:
            if sign in line:
                lines[sign].append(number)
    first = sorted(missing, key=lambda sign: (lines[sign] or [len(text)], missing[sign], sign))
    named = [_named(sign, lines[sign], missing[sign]) for sign in first[:MOST_SIGNS]]
    if len(first) > MOST_SIGNS:
        more = len(first) - MOST_SIGNS
        named.append(f"{more} more character{'s' if more > 1 else ''}")
    listed = ", ".join(named[:-1]) + (" and " if named[:-1] else "") + named[-1]
    without = "--formats epub,txt makes" if edition.folder else "an .epub or .txt makes"
    raise EditionError(
        f"no font has a glyph for {listed}.",
        file=edition.path(edition.source_name),
        line=min((each[0] for each in lines.values() if each), default=None),
        hint="Install a font that has it, or put another character there"
        + (" in corrections.toml" if edition.folder else "")
        + f"; {without} a book without the PDF.",
    )


def _named(sign: str, lines: list[int], page: int) -> str:
    if lines:
        place = f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines[:MOST_LINES]))}"
        place += " …" if len(lines) > MOST_LINES else ""
    else:
        place = f"page {page} of the PDF"
    return f"“{sign}” (U+{ord(sign[0]):04X}, {place})"


def borrowed_told(pdf: bytes) -> str:
    """A sentence about the faces in a PDF that are the machine's, not the program's: on another
    machine the same text may be set in others, or be refused. Empty if there are none."""
    import pikepdf

    own = {theme.family for theme in THEMES.values()}
    with pikepdf.open(BytesIO(pdf)) as document:
        faces = {
            str(each.get("/FontFamily", each.get("/FontName", "")))
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        }
    borrowed = sorted(face for face in faces if face not in own)
    if not borrowed:
        return ""
    return (
        f"Some characters of the PDF are set in {', '.join(borrowed)}, from this machine, since the"
        " book's own face lacks them; another machine may set them in another face."
    )
