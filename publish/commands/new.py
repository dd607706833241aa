"""A new edition's folder from a raw text: `publish new`."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from publish.commands.files import OutputError, read_source, writable
from publish.commands.quick import quick_edition
from publish.edition_faults import GUESSABLE, digest
from publish.edition_folder import edition_toml
from publish.errors import UsageError

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def new(slug: str, source: Path, seeds: Path, today: date) -> Path:
    """The folder of a new edition, with the source, its pinned digest and an edition.toml in
    which all that was guessed is marked. Raises UsageError if the edition is there already."""
    if not SLUG.fullmatch(slug):
        raise UsageError(
            f"“{slug}” cannot name an edition.",
            hint="A slug has small letters a–z, digits and single hyphens, such as my-book.",
        )
    folder = seeds / slug
    if folder.exists():
        raise UsageError("this is there already, and is left as it is.", file=str(folder))
    data = read_source(source)
    edition = quick_edition(data, str(source))
    metadata = replace(
        edition.metadata,
        title=edition.metadata.title or slug.replace("-", " ").title(),
        edition_date=today.isoformat(),
        identifier=uuid5(NAMESPACE_URL, f"{slug} {digest(data)}").urn,
    )
    guessed = [name for name in GUESSABLE if getattr(metadata, name)]
    writable(seeds, make=True)
    made = Path(tempfile.mkdtemp(prefix=f".{slug}.", dir=seeds))
    try:
        (made / "source.txt").write_bytes(data)
        (made / "edition.toml").write_text(edition_toml(metadata, digest(data), guessed), "utf-8")
        made.chmod(0o755)
        made.rename(folder)
    except OSError as error:
        raise OutputError(f"it cannot be made: {error.strerror}.", file=str(folder)) from None
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return folder
