"""The EPUB container: EbookLib's package writer, held to the same bytes on every run.

EbookLib stamps its ZIP entries and `dcterms:modified` with the clock, leaves the language off the
package, makes a contents page of its own, and parses and prints again the pages it is given. Here
the pages are plain items that return their finished bytes, dates come from the edition.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ebooklib import epub

from publish import __version__
from publish.writers.epub_metadata import META, Entry

if TYPE_CHECKING:
    from _typeshed import SizedBuffer

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XHTML = "application/xhtml+xml"
FIRST_YEAR = 1980  # ZIP knows no earlier one


class DatedZip(zipfile.ZipFile):
    """A ZIP file whose entries all bear the same date and no trace of the machine."""

    date: tuple[int, int, int, int, int, int] = (FIRST_YEAR, 1, 1, 0, 0, 0)

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: SizedBuffer | str,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        name = getattr(zinfo_or_arcname, "filename", zinfo_or_arcname)
        entry = zipfile.ZipInfo(str(name), self.date)
        entry.create_system, entry.external_attr = 3, 0o644 << 16
        # Images are compressed already; the mimetype must not be.
        stored = compress_type == zipfile.ZIP_STORED or str(name).endswith((".png", ".jpg"))
        entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        super().writestr(entry, data, entry.compress_type, compresslevel)


class PackageWriter(epub.EpubWriter):  # type: ignore[misc]  # EbookLib has no types
    """EbookLib's writer with fixed dates, the package's language and our NCX."""

    def __init__(self, target: BytesIO, book: Any, ncx: bytes, options: dict[str, Any]) -> None:
        super().__init__(target, book, options)
        self.ncx = ncx

    def _write_opf_file(self, root: Any) -> None:
        root.set(XML_LANG, self.book.language)
        super()._write_opf_file(root)

    def _get_ncx(self) -> bytes:
        return self.ncx

    def write(self) -> None:
        moment = self.options["mtime"]
        with DatedZip(self.file_name, "w", zipfile.ZIP_DEFLATED) as self.out:
            self.out.date = (max(moment.year, FIRST_YEAR), *moment.timetuple()[1:6])
            self.out.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()


class Package:
    """An EPUB being put together: items in the order in which they are added."""

    def __init__(self, identifier: str, language: str, metadata: Iterable[Entry]) -> None:
        book = epub.EpubBook()
        book.metadata.clear()
        book.FOLDER_NAME = "EPUB"
        book.language = language
        book.set_identifier(identifier)
        for entry in metadata:
            book.add_metadata(entry.space, entry.name, entry.value, entry.attributes)
        book.add_metadata(
            META, "generator", "", {"name": "generator", "content": f"publish {__version__}"}
        )
        self._book = book

    def add(
        self, id: str, name: str, media_type: str, content: bytes, properties: tuple[str, ...] = ()
    ) -> None:
        """Adds a file that is not read in order: a style sheet, an image."""
        item = epub.EpubItem(uid=id, file_name=name, media_type=media_type, content=content)
        item.properties = list(properties)
        self._book.add_item(item)

    def add_page(
        self, id: str, name: str, content: bytes, properties: tuple[str, ...] = ()
    ) -> None:
        """Adds a page to the end of the reading order."""
        self.add(id, name, XHTML, content, properties)
        self._book.spine.append(id)

    def name_cover(self, id: str) -> None:
        """Names the cover image for readers that know EPUB 2 only."""
        self._book.add_metadata(META, "cover", "", {"name": "cover", "content": id})

    def guide(self, kind: str, title: str, href: str) -> None:
        """A landmark for readers that know EPUB 2 only."""
        self._book.guide.append({"type": kind, "title": title, "href": href})

    def write(self, ncx: bytes, moment: datetime) -> bytes:
        """The finished file. Raises what the ZIP writer raises."""
        self._book.add_item(epub.EpubNcx())
        target = BytesIO()
        options = {"mtime": moment, "epub3_pages": False, "raise_exceptions": True}
        PackageWriter(target, self._book, ncx, options).write()
        return target.getvalue()
