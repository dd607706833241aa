"""Not written yet."""

from publish.document import Document
from publish.edition import Edition


def structure(document: Document, edition: Edition) -> Document:
    return document
