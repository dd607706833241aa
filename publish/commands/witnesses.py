"""The witnesses that `publish collate` is given: their names, and the words that are the text's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from publish.collation.words import Words, words_of
from publish.commands.files import read_source
from publish.edition import Edition
from publish.errors import UsageError
from publish.read import read
from publish.stages.furniture import furniture
from publish.stages.normalize import normalize

SHORTEST = 3  # letters of a file's bare name that tell a reader something


def named(files: Sequence[Path]) -> list[tuple[str, Path]]:
    """(name, file) of each witness: the name given as NAME=FILE, else that of the file, without
    its ending where that leaves all of them distinct and telling. Raises UsageError if one is
    named twice, or none is."""
    if not files:
        raise UsageError("no witness is named.", hint="Name one or more text files.")
    split = [_split(file) for file in files]
    paths = [path for _, path in split]
    if len({path.resolve() for path in paths}) < len(paths):
        raise UsageError("a witness is named twice.", hint="Name each once.")
    for forms in ([_telling(p) for p in paths], [p.name for p in paths], [str(p) for p in paths]):
        names = [given or form for (given, _), form in zip(split, forms, strict=True)]
        if len(set(names)) == len(names):
            return list(zip(names, paths, strict=True))
    raise UsageError(
        "two witnesses have one name.", hint="Give them names of their own: NAME=FILE."
    )


def _split(file: Path) -> tuple[str, Path]:
    name, given, path = str(file).partition("=")
    if not given or not name.strip() or not path or file.exists():
        return "", file
    return name.strip(), Path(path)


def _telling(path: Path) -> str:
    return path.stem if len(path.stem) >= SHORTEST else path.name


def words_in(path: Path, edition: Edition) -> Words:
    """The words of a witness, without what belongs to its pages; a blank line stays one."""
    bare = Edition.quick(read_source(path), str(path), language=edition.metadata.language)
    document = read(bare.source, "", str(path))
    for stage in (normalize, furniture):
        document = stage(document, bare)
    return words_of(
        "\n".join("\n" * min(block.gap, 1) + block.text.value for block in document.blocks)
    )
