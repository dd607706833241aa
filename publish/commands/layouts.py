"""Layouts kept from one run to the next, beside the books: what has not changed is not laid out
again.

Each is a file named after the digest of all that its layout depends on. A file that is damaged, or
is of another version of this program, is as good as none.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from publish.commands.files import OutputError, write
from publish.writers.laid import Laid, Line

ENDING: Final = ".laid"


class Layouts:
    """The layouts in a folder. `made_by` names the program, with all that its layouts depend on
    besides the book; with `anew`, those that are there are not looked at."""

    def __init__(self, folder: Path, made_by: str, *, anew: bool = False) -> None:
        self.folder, self.made_by, self.anew = folder, made_by, anew
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
        """Writes what was taken up, and removes what nobody has asked for of the kinds that were
        asked for: a press PDF may be wanted every tenth time. Raises OutputError."""
        if self._made:
            try:
                self.folder.mkdir(exist_ok=True)
            except OSError as error:
                raise OutputError(
                    f"no folder can be made here: {error.strerror}.", file=str(self.folder)
                ) from None
        for name, laid in self._made.items():
            write(self.folder / name, _written(laid))
        kinds = {_kind(name) for name in self._used}
        for path in self.folder.glob(f"*{ENDING}"):
            if path.name not in self._used and _kind(path.name) in kinds:
                path.unlink(missing_ok=True)

    def _name(self, key: str) -> str:
        digest = hashlib.sha256(f"{self.made_by} {key}".encode()).hexdigest()
        return f"{_kind(key)}-{digest}{ENDING}"


def _kind(name: str) -> str:
    return name.partition("-")[0]


def _read(path: Path, key: str) -> Laid | None:
    try:
        head, _, pdf = path.read_bytes().partition(b"\n")
        told = json.loads(head)
        if told.pop("digest") != _digest(told, pdf):
            return None
        told["texts"] = tuple(tuple(Line(*line) for line in page) for page in told["texts"])
        told["notes"] = tuple(map(tuple, told["notes"]))
        return Laid(key, **told, pdf=pdf)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _written(laid: Laid) -> bytes:
    told = {
        "start": laid.start, "pages": laid.pages, "places": laid.places, "lines": laid.lines,
        "notes": laid.notes, "texts": laid.texts,
    }  # fmt: skip
    return json.dumps({**told, "digest": _digest(told, laid.pdf)}).encode() + b"\n" + laid.pdf


def _digest(told: dict[str, Any], pdf: bytes) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode() + pdf).hexdigest()
