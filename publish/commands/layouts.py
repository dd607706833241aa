"""Layouts kept from one run to the next, beside the books: what has not changed is not laid out
again.

Each is a file named after the digest of all that its layout depends on. A file that is damaged, or
is of another version of this program, is as good as none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from publish.commands.files import OutputError, write
from publish.writers.laid import Laid, Line

ENDING: Final = ".laid"


class Layouts:
    """The layouts in a folder, for files of these kinds. `made_by` names the program, with all that
    its layouts depend on besides the book; with `anew`, those that are there are not looked at."""

    def __init__(
        self, folder: Path, made_by: str, kinds: Sequence[str], *, anew: bool = False
    ) -> None:
        self.folder, self.made_by, self.kinds, self.anew = folder, made_by, kinds, anew
        self._used: set[str] = set()  # names of files
        self._made: dict[str, Laid] = {}

    def get(self, key: str) -> Laid | None:
        """The layout with this key, if it is there unharmed."""
        name = self._name(key)
        laid = self._made.get(name) or (None if self.anew else _read(self.folder / name, key))
        if laid is not None:
            self._used.add(name)
        return laid

    def put(self, laid: Laid) -> None:
        """Takes up a layout; its pages count once they are written."""
        name = self._name(laid.key)
        self._made[name] = laid
        self._used.add(name)

    def save(self) -> None:
        """Writes what was taken up, and removes what nobody has asked for, if any was: a run for
        other formats than PDF has no need of layouts. Raises OutputError."""
        if self._made:
            try:
                self.folder.mkdir(exist_ok=True)
            except OSError as error:
                raise OutputError(
                    f"no folder can be made here: {error.strerror}.", file=str(self.folder)
                ) from None
        for name, laid in self._made.items():
            write(self.folder / name, _written(laid))
        for path in self.folder.glob(f"*{ENDING}") if self._used else ():
            if path.name not in self._used:
                _remove(path)

    def _name(self, key: str) -> str:
        return hashlib.sha256(f"{self.made_by} {key}".encode()).hexdigest() + ENDING


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"it cannot be removed: {error.strerror}.", file=str(path)) from None


def _read(path: Path, key: str) -> Laid | None:
    try:
        head, _, rest = path.read_bytes().partition(b"\n")
        told = json.loads(head)
        if told.pop("digest") != _digest(key, told, rest):
            return None
        pdfs, at = {}, 0
        for kind, length in told.pop("lengths").items():
            pdfs[kind] = rest[at : at + length]
            at += length
        told["texts"] = tuple(tuple(Line(*line) for line in page) for page in told["texts"])
        told["notes"] = tuple(map(tuple, told["notes"]))
        return Laid(key, **told, pdfs=pdfs)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _written(laid: Laid) -> bytes:
    told = {
        "start": laid.start, "pages": laid.pages, "places": laid.places, "lines": laid.lines,
        "notes": laid.notes, "texts": laid.texts,
        "lengths": {kind: len(pdf) for kind, pdf in laid.pdfs.items()},
    }  # fmt: skip
    pages = b"".join(laid.pdfs.values())
    return json.dumps({**told, "digest": _digest(laid.key, told, pages)}).encode() + b"\n" + pages


def _digest(key: str, told: dict[str, Any], pages: bytes) -> str:
    """Of a layout's own key, too: a file may have been given the name of another."""
    facts = json.dumps([key, told], sort_keys=True)
    return hashlib.sha256(facts.encode() + pages).hexdigest()
