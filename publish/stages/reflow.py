"""Not written yet."""

from publish.document import Document
from publish.edition import Edition


def reflow(document: Document, edition: Edition) -> Document:
    return document
