"""What is not on a cover for the press, and why: sentences for the publisher."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Final

from publish.commands.told import cover_told
from publish.cover import settable
from publish.cover_spread import BODY, FEWEST_PAGES, POINT_MM, SMALLEST_SPINE_PT, SPINE_MARGIN_MM
from publish.cover_wrap import Wrap
from publish.edition import Edition
from publish.structure.families import plain

MARKED: Final = re.compile(r"[\\`*_#\[\]<>&!~|+.)-]")  # what Markdown may take for more than a sign


def back_text(edition: Edition) -> tuple[str, str]:
    """The text for the back as Markdown, and a sentence where there is none that can be set."""
    meta = edition.metadata
    # The description is no Markdown, but its quotation marks are curled like those of a blurb.
    blurb = meta.blurb or MARKED.sub(r"\\\g<0>", meta.description)
    if not blurb.strip():
        return "", "The back has no text: give blurb, or description, under [book]."
    if not settable(" ".join(blurb.split())):
        return "", "The back has no text: our typefaces lack letters of the blurb."
    return blurb, ""


def lacking(edition: Edition, made: Wrap, pages: int, textless: str) -> tuple[str, ...]:
    """A sentence for each thing that a cover usually bears and this one does not; `textless` is
    that on its back."""
    said = [cover_told(edition), _spine(edition, made, pages), textless]
    if not made.symbol:
        said.append('There is no barcode: the edition has no ISBN for print (isbn, "print").')
    return tuple(filter(None, said))


def _spine(edition: Edition, made: Wrap, pages: int) -> str:
    if made.spine_said or not settable(edition.metadata.title):
        return ""
    width = made.spread.spine_mm
    needed = SMALLEST_SPINE_PT * BODY * POINT_MM + 2 * SPINE_MARGIN_MM
    if edition.print.spine_mm is None and pages < FEWEST_PAGES:
        return (
            f"The spine bears no text: presses print none on books of fewer than {FEWEST_PAGES}"
            " pages."
        )
    if width < needed:
        return (
            f"The spine bears no text: type of {SMALLEST_SPINE_PT:g} pt needs {needed:.1f} mm, and"
            f" it has {width:.1f}."
        )
    return "The spine bears no text: the title is too long for it."


def another_book(edition: Edition, pdf: bytes, name: str) -> tuple[str, ...]:
    """A sentence if the PDF of the interior bears the title of another book; nothing for one that
    bears none. `pdf` can be read."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        title = " ".join(str(document.docinfo.get("/Title", "")).split())
    own = plain(edition.metadata.title)
    if not plain(title) or not own or plain(title).startswith(own):
        return ()
    return (f"{name} is titled “{title}”, the edition “{edition.metadata.title}”: is it its PDF?",)
