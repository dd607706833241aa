"""The editions of a seeds folder: which there are, and where one is that was asked for by name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from publish.errors import UsageError

SEEDS = Path("seeds")
MOST_NAMED = 12


def slugs(seeds: Path) -> tuple[str, ...]:
    """The names of the editions in a seeds folder, in order of the alphabet."""
    if not seeds.is_dir():
        return ()
    return tuple(sorted(p.name for p in seeds.iterdir() if (p / "edition.toml").is_file()))


def folders(names: Iterable[str], seeds: Path) -> tuple[Path, ...]:
    """The folder of each edition named, or of all there are. Raises UsageError if there is none,
    or none of a name."""
    wanted = tuple(dict.fromkeys(names)) or slugs(seeds)
    if not wanted:
        raise UsageError(
            "there is no edition here.",
            file=str(seeds),
            hint="Begin one with `publish new SLUG SOURCE`, or name the folder with --seeds.",
        )
    return tuple(folder(name, seeds) for name in wanted)


def folder(name: str, seeds: Path) -> Path:
    """The folder of one edition, named by its slug or by its path. Raises UsageError if there is
    none, naming the nearest."""
    for path in (seeds / name, Path(name)):
        if (path / "edition.toml").is_file():
            return path
    if (seeds / name).is_dir() or (Path(name).is_dir() and "/" in name):
        path = seeds / name if (seeds / name).is_dir() else Path(name)
        raise UsageError("the folder has no edition.toml, so it is no edition.", file=str(path))
    import difflib

    there = slugs(seeds)
    near = difflib.get_close_matches(name, there, 1)
    inside = _slug_of(name, there)
    if inside:
        hint = f"Name the edition alone: {inside}."
    else:
        hint = f"Did you mean {near[0]}?" if near else _listed(there)
    raise UsageError(f"there is no edition “{name}” in {seeds}.", hint=hint)


def _slug_of(name: str, there: Iterable[str]) -> str:
    """The edition whose folder a path seems to name: its last part, capitals apart; "" if none."""
    if "/" not in name:
        return ""
    last = Path(name).name.lower()
    return next((slug for slug in there if slug.lower() == last), "")


def _listed(there: tuple[str, ...]) -> str:
    """A sentence that names the editions there are, or as many as can be read at a glance."""
    if not there:
        return "There are none."
    more = len(there) - MOST_NAMED
    names = ", ".join(there[:MOST_NAMED])
    return f"There are {names} and {more} more." if more > 0 else f"There are {names}."
