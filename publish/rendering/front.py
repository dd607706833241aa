"""What stands before the text: half-title, title page, imprint, contents, the editor's pages."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence

from publish.book import ROLES, Part
from publish.edition import Edition, Metadata
from publish.ledger import Change
from publish.rendering.inline import attribute, escape
from publish.rendering.markdown import markdown, marks_for
from publish.tally import filled, tally

HELPERS = (("edt", "edited"), ("trl", "translated"), ("ill", "illustrated"))


def section_part(
    id: str,
    title: str,
    kind: str,
    matter: str,
    inner: str,
    *,
    headed: bool = True,
    listed: bool = True,
    formats: tuple[str, ...] = (),
) -> Part:
    """A part with its section around `inner`, and its title for a heading if `headed`."""
    role = f' role="{ROLES[kind]}"' if kind in ROLES else ""
    named = f' aria-labelledby="{id}-h"' if headed else ""
    top = f'<h2 id="{id}-h">{escape(title)}</h2>\n' if headed else ""
    section = (
        f'<section id="{id}" class="{kind}" epub:type="{kind}"{role}{named}>\n'
        f"{top}{inner}</section>"
    )
    return Part(id, title, kind, matter, section, 1, listed, (), formats)


def paragraph(text: str, name: str = "") -> str:
    """One paragraph of plain text, "" for none."""
    named = f' class="{name}"' if name else ""
    return f"<p{named}>{escape(' '.join(text.split()))}</p>\n" if text.strip() else ""


def in_words(date: str, words: Mapping[str, str]) -> str:
    """An ISO date as the language writes it; any other text as it is."""
    try:
        day = datetime.date.fromisoformat(date)
    except ValueError:
        return date
    month = words["months"].split()[day.month - 1]
    return words["date"].format(day=day.day, month=month, year=day.year)


def half_title(metadata: Metadata, words: Mapping[str, str], title: str) -> Part:
    """The title alone, on the first leaf."""
    inner = paragraph(title, "title")
    name = words["half_title"]
    return section_part(
        "halftitle", name, "halftitlepage", "front", inner, headed=False, listed=False
    )


def title_page(
    metadata: Metadata, words: Mapping[str, str], title: str, logo: bool = False
) -> Part:
    """Title, subtitle, who wrote and who helped, the text's own date, the publisher and his logo,
    whose address the writer fills in."""
    lines = [f'<h1 epub:type="title">{escape(title)}</h1>\n']
    if metadata.subtitle:
        lines.append(
            '<p class="subtitle" epub:type="subtitle" role="doc-subtitle">'
            f"{escape(metadata.subtitle)}</p>\n"
        )
    lines.append(paragraph(metadata.byline, "byline"))
    for role, phrase in HELPERS:
        names = ", ".join(c.shown or c.name for c in metadata.contributors if c.role == role)
        shown = any(c.shown for c in metadata.contributors if c.role == role)
        if names:
            lines.append(
                paragraph(names if shown else words[phrase].format(names=names), "contributor")
            )
    lines.append(paragraph(metadata.date, "date"))
    if logo:
        alt = attribute(metadata.publisher or words["logo"])
        lines.append(f'<p class="logo"><img src="logo" alt="{alt}"/></p>\n')
    place = ", ".join(filter(None, (metadata.place, metadata.publisher)))
    lines.append(paragraph(place, "publisher"))
    name, inner = words["title_page"], "".join(lines)
    return section_part("titlepage", name, "titlepage", "front", inner, headed=False, listed=False)


def imprint(metadata: Metadata, words: Mapping[str, str], title: str) -> Part:
    """Edition, publisher, source, rights and numbers, as far as they are known."""
    byline = f", {metadata.byline}" if metadata.byline else ""
    lines = [
        paragraph(f"{title}{byline}"),
        paragraph(", ".join(filter(None, (metadata.series, metadata.series_number)))),
        paragraph(words["edition_of"].format(date=in_words(metadata.edition_date, words))),
        paragraph(words["published"].format(publisher=metadata.publisher))
        if metadata.publisher
        else "",
        paragraph(metadata.source_note),
        paragraph(metadata.rights),
        *(paragraph(words["isbn"].format(number=n, format=f)) for f, n in metadata.isbn),
        # A number made by a machine for machines tells a reader nothing.
        ""
        if metadata.identifier.startswith("urn:uuid:")
        else paragraph(metadata.identifier, "identifier"),
    ]
    return section_part(
        "imprint",
        words["imprint"],
        "copyright-page",
        "front",
        "".join(lines),
        headed=False,
        listed=False,
    )


def contents(parts: Sequence[Part], words: Mapping[str, str]) -> Part:
    """The contents of a format that has no navigation of its own; print adds the page numbers."""
    lines = []
    for part in parts:
        if not part.listed:
            continue
        lines.append((part.level, part.id, part.title))
        lines += [(part.level + point.level, point.id, point.title) for point in part.points]
    items = "".join(
        f'<li class="level-{min(level, 3)}">'
        f'<a class="entry" href="#{id}">{escape(title)}</a></li>\n'
        for level, id, title in lines
    )
    inner = f'<ol class="contents plain">\n{items}</ol>\n'
    title = words["contents"]
    return section_part(
        "contents", title, "toc", "front", inner, listed=False, formats=("pdf", "html")
    )


def introduction(edition: Edition, words: Mapping[str, str], leads: Callable[[str], bool]) -> Part:
    """The editor's introduction."""
    file = edition.path("introduction.md")
    inner = markdown(
        edition.introduction, file, leads, name="introduction", marks=marks_for(edition)
    )
    return section_part("introduction", words["introduction"], "introduction", "front", inner)


def note_on_the_text(
    edition: Edition,
    ledger: Sequence[Change],
    words: Mapping[str, str],
    leads: Callable[[str], bool],
) -> Part:
    """How the text was made, with the counts of the record."""
    file = edition.path("note-on-the-text.md")
    text = filled(edition.note_on_the_text, tally(ledger), file)
    inner = markdown(text, file, leads, name="note-on-the-text", marks=marks_for(edition))
    return section_part("note-on-the-text", words["note_on_the_text"], "preface", "front", inner)
