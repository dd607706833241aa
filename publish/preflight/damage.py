"""Files that are not what they should be: how they are opened, and what is said of their damage."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final

from publish.preflight import Finding

if TYPE_CHECKING:
    import pikepdf

GIVEN_MEDIA: Final = re.compile(r"object (\d+) (\d+)\b.*\bMediaBox is undefined")


class Unreadable(Exception):
    """A file that cannot be looked at; `finding` says why."""

    def __init__(self, check: str, message: str) -> None:
        super().__init__(message)
        self.finding = Finding(check, "error", message)


def open_pdf(data: bytes) -> pikepdf.Pdf:
    """The PDF. Raises Unreadable for what is none, is cut off or asks for a password."""
    import pikepdf

    try:
        document = pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError:
        raise Unreadable(
            "pdf.encryption",
            "The PDF is encrypted. Save it without a password, and check that.",
        ) from None
    except pikepdf.PdfError:
        if b"%PDF-" not in data[:1024]:
            told = "This is no PDF."
        elif b"%%EOF" not in data[-1024:]:
            told = "The file is cut off: the end of the PDF is missing. Make it anew."
        else:
            told = "The file is damaged: the table of its parts cannot be read. Make it anew."
        raise Unreadable("pdf.readable", told) from None
    _take_away_media(document)
    return document


def _take_away_media(document: pikepdf.Pdf) -> None:
    """Takes from pages without a media box the one of a letter that qpdf gives them as it opens a
    file: what is checked is what the file has."""
    told = [GIVEN_MEDIA.search(warning) for warning in document.get_warnings()]
    given = {(int(found[1]), int(found[2])) for found in told if found}
    for page in document.pages if given else ():
        if page.obj.objgen in given:
            del page.obj["/MediaBox"]


def damage(what: str) -> Finding:
    """The finding on a file of which a part is not what it should be."""
    told = f"The file is damaged: a part of it is not what it should be ({what})."
    return Finding("pdf.readable", "error", told)
