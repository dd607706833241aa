"""Characters without a glyph, told by the line of the source in which they stand."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from publish.edition import Edition
from publish.errors import EditionError, Problems, PublishError
from publish.preflight.glyphs import missing_glyphs
from publish.read import decode

MOST_LINES: Final = 8  # named in a message


def refuse_missing_glyphs(pdf: bytes, edition: Edition) -> None:
    """Raises EditionError for a character that no font has, Problems for several of them.

    A press would print a box. Named are the source's lines, where the character is the source's.
    """
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        missing = {sign: page for page, signs in missing_glyphs(document) for sign in signs}
    if not missing:
        return
    text, _ = decode(edition.source, edition.encoding, edition.source_name)
    lines = text.splitlines()
    problems: list[PublishError] = [
        _problem(sign, page, edition, [n for n, line in enumerate(lines, 1) if sign in line])
        for sign, page in sorted(missing.items())
    ]
    raise problems[0] if len(problems) == 1 else Problems(problems)


def _problem(sign: str, page: int, edition: Edition, lines: list[int]) -> EditionError:
    also = ", ".join(map(str, lines[1:MOST_LINES])) + (" …" if len(lines) > MOST_LINES else "")
    return EditionError(
        f"no font has a glyph for “{sign}” (U+{ord(sign[0]):04X}), on page {page} of the PDF.",
        file=edition.path(edition.source_name),
        line=lines[0] if lines else None,
        detail=f"It stands also in line{'s' if len(lines) > 2 else ''} {also}." if also else "",
        hint="Install a font that has it, or put another character there in corrections.toml.",
    )
