"""Files in and out: every failure a sentence, nothing half-written, nothing lost."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from publish.errors import PublishError, SourceError, UsageError

STDIN = "-"  # the source's name that asks for what comes in on standard input

_begun: list[Path] = []  # the files this process has put somewhere, or was about to


class OutputError(PublishError):
    """A file or folder cannot be written."""

    exit_code = 2


def read_source(path: Path) -> bytes:
    """The bytes of a text; those of standard input for "-". Raises UsageError if there is no such
    file, SourceError if it is empty."""
    if str(path) == STDIN:
        data = sys.stdin.buffer.read()
        if not data.strip():
            raise SourceError("nothing came in.", file=name_of(path))
        return data
    if path.is_dir():
        raise UsageError("this is a folder, not a text.", file=str(path))
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UsageError("there is no such file.", file=str(path)) from None
    except OSError as error:
        raise UsageError(f"it cannot be read: {error.strerror}.", file=str(path)) from None
    if not data.strip():
        raise SourceError("the source is empty.", file=str(path))
    return data


def name_of(source: Path) -> str:
    """A source as messages name it."""
    return "standard input" if str(source) == STDIN else str(source)


def writable(folder: Path, make: bool = False) -> None:
    """Raises OutputError if no file can be put into the folder: asked before the work, so that
    nobody waits for a book that cannot be kept. With `make` it is made if it is not there: one
    that holds what we put there, never one misspelt in the name of a file."""
    try:
        there = _first_there(folder)
        if there and not there.is_dir():
            raise OutputError(
                "a file stands here, where a folder is needed.",
                file=str(there),
                hint="Name another place, or move the file away.",
            )
        if not make and not folder.exists():
            raise OutputError(
                "there is no such folder.", file=str(folder), hint="Make it, or name another place."
            )
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OutputError(
            f"nothing can be written here: {error.strerror}.",
            file=str(folder),
            hint="Name another place, or change the folder's permissions.",
        ) from None


def _first_there(folder: Path) -> Path | None:
    """The folder, or else the nearest thing on its path that stands there."""
    paths = (folder, *folder.parents)
    return next((path for path in paths if path.exists() or path.is_symlink()), None)


def write(path: Path, data: bytes, durable: bool = False) -> None:
    """Puts `data` at `path` in one step: a reader sees the old file or the whole new one.

    With `durable` it is on the disk when this returns, and stays there if the power fails.
    """
    if path.is_dir():
        raise OutputError("a folder of this name is in the way.", file=str(path))
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, name = -1, ""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(name, mode)
        _begun.append(path)
        os.replace(name, path)
        if durable:
            _sync(path.parent)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise OutputError(f"it cannot be written: {error.strerror}.", file=str(path)) from None
    except BaseException:  # an interrupt leaves nothing behind either
        Path(name).unlink(missing_ok=True)
        raise


def has_written() -> bool:
    """Whether a file may have been written since the program began; False only if none was."""
    return bool(_begun)


def _sync(folder: Path) -> None:
    """Makes the folder's entries lasting, where the system lets a folder be opened."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
