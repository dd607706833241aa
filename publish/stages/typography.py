"""Not written yet."""

from publish.document import Document
from publish.edition import Edition


def typography(document: Document, edition: Edition) -> Document:
    return document
