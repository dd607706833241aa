"""WeasyPrint itself: loaded late, kept quiet, and given nothing but what is ours."""

from __future__ import annotations

import gc
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from publish.errors import MissingToolError
from publish.resources import font
from publish.theme import THEMES
from publish.writers.weasy.libraries import loaded_by_name

NOISY: Final = ("weasyprint", "fontTools")
_LOADING: Final = threading.Lock()
_QUIETING: Final = threading.Lock()
_LEVELS: Final[list[list[int]]] = []  # of NOISY, as each found them who wants quiet now
PANGO: Final = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def load_weasyprint() -> Any:
    """The weasyprint module. It needs a third of a second and Pango, hence not at the top.

    Raises MissingToolError with the command that installs what it needs.
    """
    try:
        with _LOADING:  # what another thread is still loading is half of it
            if "weasyprint" in sys.modules:
                return sys.modules["weasyprint"]
            with loaded_by_name():
                import weasyprint

            # Libraries sought under other names leave errors behind that hold the frames of all who
            # called this, and would hold what those lay out.
            gc.collect(1)
    except OSError as error:  # cffi's, when a shared library is not there
        raise MissingToolError(
            "the PDF needs Pango, which is not installed.", detail=str(error).splitlines()[0],
            hint=f"On Debian and Ubuntu: {PANGO}",
        ) from None  # fmt: skip
    return weasyprint


@contextmanager
def quiet() -> Iterator[None]:
    """Keeps the remarks of the layout libraries off the terminal; what matters is checked by
    preflight. The first thread that asks quiets them, the last that leaves puts them back."""
    loggers = [logging.getLogger(name) for name in NOISY]
    with _QUIETING:
        _LEVELS.append([logger.level for logger in loggers])
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        with _QUIETING:
            first = _LEVELS[0]
            _LEVELS.pop()
            if not _LEVELS:
                for logger, level in zip(loggers, first, strict=True):
                    logger.setLevel(level)


def jail() -> Callable[..., Any]:
    """A fetcher that gives out the program's own fonts and embedded data, nothing else."""
    from weasyprint.urls import URLFetcher

    allowed = {font(name).as_uri() for theme in THEMES.values() for name in theme.files}

    class Jail(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url in allowed or url.startswith("data:"):
                return super().fetch(url, headers)
            raise ValueError(f"not fetched: {url}")

    return Jail(allowed_protocols=("file", "data"), allow_redirects=False)
