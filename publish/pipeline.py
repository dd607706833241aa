"""The stages, in order. Each is a pure function: a document and its edition in, a document out."""

from __future__ import annotations

from collections.abc import Callable

from publish.document import Document
from publish.edition import Edition
from publish.ledger import check_conservation
from publish.read import read
from publish.stages.annotate import annotate
from publish.stages.collate import collate
from publish.stages.dehyphenate import dehyphenate
from publish.stages.emend import emend
from publish.stages.foreign import foreign
from publish.stages.furniture import furniture
from publish.stages.margins import margins
from publish.stages.markup import markup
from publish.stages.normalize import normalize
from publish.stages.reflow import reflow
from publish.stages.scannos import scannos
from publish.stages.structure import structure
from publish.stages.typography import typography

Stage = Callable[[Document, Edition], Document]

STAGES: tuple[Stage, ...] = (
    emend,  # people first
    normalize,  # one spelling for each character
    furniture,  # what belongs to the page, not to the text
    margins,  # specks at line starts and ends
    structure,  # headings, dateline, whole paragraphs
    dehyphenate,  # words divided at line ends
    reflow,  # lines into paragraphs
    markup,  # the source's own markup becomes marks
    scannos,  # misreadings: certain ones are applied, others queried
    typography,  # quotes, dashes, ellipses, spaces
    foreign,  # the language of foreign passages
    collate,  # what other witnesses read, as queries
    annotate,  # marks over the finished text
)


def prepare(edition: Edition, progress: Callable[[str], None] | None = None) -> Document:
    """The edition's source, through all stages; `progress` is told the name of each.

    Raises SourceError or EditionError for the user's material, ConservationError if a character
    was lost or gained without a record.
    """
    document = read(edition.source, edition.encoding, edition.source_name)
    for stage in STAGES:
        if progress:
            progress(stage.__name__)
        document = stage(document, edition)
    check_conservation(document)
    return document
