"""Not written yet."""

from publish.document import Document
from publish.edition import Edition


def scannos(document: Document, edition: Edition) -> Document:
    return document
