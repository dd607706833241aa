"""The sections that notes belong to, and what their groups are headed: the titles of chapters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from publish.book import Note, Part
from publish.writers.pdf_dress import dividing_points, without_stop
from publish.writers.pdf_notes import ID


class Home(NamedTuple):
    """A section with notes; `above` is the title of the division that holds it, "" without one."""

    id: str
    title: str
    above: str = ""


def homes(notes: Sequence[Note], parts: Sequence[Part]) -> list[Home]:
    """The section of each note among these parts: that of its call. A note that another calls is
    of that one's, a note that nothing calls of the section of the note before it."""
    home_of = _home_of(parts)
    callers = {id: note.id for note in notes for id in ID.findall(note.body)}
    found: dict[str, Home] = {}
    last = next((home_of[note.call] for note in notes if note.call in home_of), Home("", ""))
    for note in notes:
        last = home_of.get(note.call) or found.get(callers.get(note.call, "")) or last
        found[note.id] = last
    return list(found.values())


def group_titles(homes: Collection[Home]) -> dict[Home, str]:
    """What stands over the notes of each section: its title, with that of the division above where
    another section has the same."""
    listed = dict.fromkeys(homes)
    often = Counter(home.title for home in listed)
    return {
        home: ", ".join(
            without_stop(title)
            for title in (home.above if often[home.title] > 1 else "", home.title)
            if title
        )
        for home in listed
    }


def _home_of(parts: Sequence[Part]) -> dict[str, Home]:
    """The section of each id of the parts."""
    found: dict[str, Home] = {}
    above: list[Part] = []
    for part in parts:
        while above and above[-1].level >= part.level:
            above.pop()
        home = Home(part.id, part.title, above[-1].title if above else "")
        above.append(part)
        points = {point.id: point.title for point in dividing_points(part, parts)}
        for id in ID.findall(part.body):
            if id in points:
                home = Home(id, points[id])
            found.setdefault(id, home)
    return found
