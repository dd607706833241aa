"""Objects of a PDF (PDF 32000-1, 7.3): what may be one or several, what tells one from others."""

from __future__ import annotations

from typing import Any


def several(held: Any) -> list[Any]:
    """What stands where a PDF may have one object or an array of them; nothing for None."""
    import pikepdf

    if held is None:
        return []
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def identity(thing: Any) -> Any:
    """What tells a thing from others: its number in the file, or all of it."""
    return thing.objgen if thing.is_indirect else thing.unparse()
