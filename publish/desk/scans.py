"""The images of printed pages in an edition's scans/ folder, and which source lines each shows.

A file's name says what it shows: `0012-L340-L398.png` the lines 340 to 398, `L340.png` line 340
alone; `12.png` or `page-012.jpg` the twelfth page of a source whose pages are parted by form feeds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from publish.document import Source

TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
}
LINES = re.compile(r"L0*(\d+)(?:-L?0*(\d+))?(?!\d)")
PAGE = re.compile(r"(?:^|[^0-9A-Za-z]|p|page)0*(\d+)$")


@dataclass(frozen=True, slots=True)
class Scan:
    """The image `name` shows the source lines first..last, both counted in."""

    name: str
    first: int
    last: int


def scans_of(folder: Path, source: Source) -> tuple[Scan, ...]:
    """The images of an edition in the order of their lines; those whose names say nothing of
    lines or pages are left out."""
    place = folder / "scans"
    if not place.is_dir():
        return ()
    pages = _pages(source)
    found = []
    for path in sorted(place.iterdir()):
        if path.suffix.lower() in TYPES and path.is_file():
            lines, page = LINES.search(path.stem), PAGE.search(path.stem.lower())
            if lines:
                first = int(lines[1])
                found.append(Scan(path.name, first, max(first, int(lines[2] or first))))
            elif page and 1 <= int(page[1]) <= len(pages) and len(pages) > 1:
                found.append(Scan(path.name, *pages[int(page[1]) - 1]))
    return tuple(sorted(found, key=lambda scan: (scan.first, scan.last, scan.name)))


def _pages(source: Source) -> list[tuple[int, int]]:
    """First and last line of each page, parted by form feeds."""
    turns = [n for n in range(2, len(source.line_starts) + 1) if source.line(n).startswith("\f")]
    starts = [1, *turns]
    return [(a, b - 1) for a, b in zip(starts, [*turns, len(source.line_starts) + 1], strict=True)]


def scan_at(scans: tuple[Scan, ...], line: int) -> Scan | None:
    """The image that shows a line: the one that begins last before it."""
    at = bisect_right(scans, line, key=lambda scan: scan.first)
    return next((scan for scan in reversed(scans[:at]) if scan.last >= line), None)
