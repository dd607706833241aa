"""The looks a printed book may have: face, size, leading, justified or ragged.

`[print] theme` of an edition chooses one. Measures that depend on the face are taken from it: how
many words stand on a line, how wide a line may be before the eye loses the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple


class Files(NamedTuple):
    """The font files of a face."""

    roman: str
    italic: str
    semibold: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A look. `face` is what a colophon calls the type, `family` what the style sheet does (not
    the name of an installed face, which would be taken for it). `size` is its size by that of a
    Garamond for the same page, `smallest` in points; `leading` is of the size; `widest` is the
    longest line in ems; `letter` the mean width of a letter or space of English text in ems.
    `sheet` is a style sheet of its own, if it has one."""

    face: str
    family: str
    files: Files
    size: float
    leading: float
    widest: float
    letter: float
    smallest: float = 0.0
    ragged: bool = False
    sheet: str = ""


GARAMOND: Final = Theme(
    face="EB Garamond",
    family="EBGaramond",
    files=Files("EBGaramond-Regular.ttf", "EBGaramond-Italic.ttf", "EBGaramond-SemiBold.ttf"),
    size=1.0,
    leading=1.318,  # 14.5 pt for 11 pt, roomy enough for Garamond's length of line
    widest=29,  # about 75 letters
    letter=0.376,
)
# A face with large lower-case letters and little contrast: smaller type that prints on any paper.
SOURCE_SERIF: Final = Theme(
    face="Source Serif",
    family="SourceSerif",
    files=Files("SourceSerif4-Regular.ttf", "SourceSerif4-Italic.ttf", "SourceSerif4-SemiBold.ttf"),
    size=0.89,
    leading=1.44,
    widest=34,
    letter=0.468,
)
# As publishers for those who see little ask: 16 point and up, an even ragged edge, no divided
# words, a face with open letters.
LARGE_PRINT: Final = Theme(
    face=SOURCE_SERIF.face,
    family=SOURCE_SERIF.family,
    files=SOURCE_SERIF.files,
    size=1.45,
    smallest=16.0,
    leading=1.375,
    widest=30,
    letter=SOURCE_SERIF.letter,
    ragged=True,
    sheet="print-large.css",
)
THEMES: Final[Mapping[str, Theme]] = {
    "garamond": GARAMOND,
    "source-serif": SOURCE_SERIF,
    "large-print": LARGE_PRINT,
}
