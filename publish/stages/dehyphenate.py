"""Not written yet."""

from publish.document import Document
from publish.edition import Edition


def dehyphenate(document: Document, edition: Edition) -> Document:
    return document
