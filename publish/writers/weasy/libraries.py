"""Shared libraries by the names under which Linux loads them."""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loaded_by_name() -> Iterator[None]:
    """Within it, what the loader does not know under a name is not sought with other programs.

    WeasyPrint asks for each library under the names of every system. Before it comes to that of
    Linux, Python looks for three that nobody has there: it reads the loader's whole list and has a
    compiler and a linker try, a third of the time of the import. No library is missed: what they
    find is loaded by its own name (libpango-1.0.so.0), and WeasyPrint asks for that one, too.
    """
    if sys.platform != "linux":
        yield
        return
    find = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find
