"""Files that are not what they should be: how they are looked at without harm."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeVar

Found = TypeVar("Found")


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


def _what(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
