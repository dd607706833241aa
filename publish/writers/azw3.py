"""The book for Kindles: our EPUB, through calibre's `ebook-convert` where that is installed.

The bytes are calibre's own, and differ from one of its versions to the next.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from publish.book import Book
from publish.errors import MissingToolError, PublishError
from publish.writers.epub import write_epub

PROGRAM: Final = "ebook-convert"
INSTALL: Final = "apt-get install -y calibre"
TIME_LIMIT: Final = 600  # seconds


def write_azw3(book: Book) -> bytes:
    """The book as AZW3. Raises MissingToolError without calibre, PublishError if it fails."""
    program = shutil.which(PROGRAM)
    if not program:
        raise MissingToolError(
            f"AZW3 is made by calibre's {PROGRAM}, which is not installed.",
            hint=f"On Debian and Ubuntu: {INSTALL}",
        )
    with tempfile.TemporaryDirectory() as name:
        given, made = Path(name, "book.epub"), Path(name, "book.azw3")
        given.write_bytes(write_epub(book))
        run = subprocess.run(
            [program, str(given), str(made)],
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
            env={**os.environ, "CALIBRE_CONFIG_DIRECTORY": name},  # nobody's own settings
            check=False,
        )
        if run.returncode or not made.is_file():
            said = (run.stderr or run.stdout).strip().splitlines()
            raise PublishError(
                f"{PROGRAM} made no AZW3 of the book: {said[-1] if said else 'it said nothing'}."
            )
        return made.read_bytes()
