"""Notes stay on the page of their call.

Where a page is full, WeasyPrint 70 would rather push a note to the next page than move the two
lines that do not fit. A printed note belongs under its call, so that choice is taken out of the
layout's own function while pages are made. Should another version not have the statement, the
layout is left as it is; a test says so.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

CHOICE: Final = "report = not context.in_column and can_break_now and not could_break_before"


@contextmanager
def notes_under_their_calls() -> Iterator[None]:
    """While it lasts, no note is pushed to the next page to make room for text."""
    from weasyprint.layout import block

    original = block._linebox_layout
    block._linebox_layout = _without_choice() or original
    try:
        yield
    finally:
        block._linebox_layout = original


@lru_cache(maxsize=1)
def _without_choice() -> Callable[..., Any] | None:
    """WeasyPrint's function that fills a block with lines, made without the choice; None where it
    is written otherwise."""
    from weasyprint.layout import block

    source = inspect.getsource(block._linebox_layout)
    if source.count(CHOICE) != 1:
        return None
    made: dict[str, Any] = {}
    changed = compile(source.replace(CHOICE, "report = False"), block.__file__, "exec")
    exec(changed, block.__dict__, made)
    function: Callable[..., Any] = made["_linebox_layout"]
    return function
