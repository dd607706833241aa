"""Files that are not what they should be: how they are opened, and what is said of their damage."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar

from publish.preflight import Finding

if TYPE_CHECKING:
    import pikepdf

Found = TypeVar("Found")


class Unreadable(Exception):
    """A file that cannot be looked at; `finding` says why."""

    def __init__(self, check: str, message: str) -> None:
        super().__init__(message)
        self.finding = Finding(check, "error", message)


def open_pdf(data: bytes) -> pikepdf.Pdf:
    """The PDF. Raises Unreadable for what is none, is cut off or asks for a password."""
    import pikepdf

    try:
        return pikepdf.open(BytesIO(data))
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


def sound(look: Callable[[], Iterable[Found]], damaged: Callable[[str], Found]) -> list[Found]:
    """What `look` finds; where the file has one kind of thing in place of another, or nothing, also
    what `damaged` makes of a word on that. Mistakes of our own are raised."""
    import pikepdf

    found: list[Found] = []
    try:
        for each in look():
            found.append(each)  # what was found before the damage counts
    except (pikepdf.PdfError, IndexError, KeyError, TypeError, ValueError) as error:
        found.append(damaged(_what(error)))
    except AttributeError as error:
        # A number of a PDF is one of Python's: it is asked for keys as a dictionary is.
        if not isinstance(error.obj, (pikepdf.Object, int, Decimal)):
            raise
        found.append(damaged(_what(error)))
    return found


def damage(what: str) -> Finding:
    """The finding on a file of which a part is not what it should be."""
    told = f"The file is damaged: a part of it is not what it should be ({what})."
    return Finding("pdf.readable", "error", told)


def _what(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
