"""The page list says where each page of the print edition begins."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from printed import book, page_texts

from publish.edition_folder import load_edition
from publish.pipeline import prepare
from publish.render import render
from publish.writers import with_print_pages
from publish.writers.epub import write_epub
from publish.writers.pdf import write_pdf
from publish.writers.pdf_folios import roman
from publish.writers.pdf_page_list import page_breaks


@pytest.mark.parametrize(
    ("number", "figures"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (49, "xlix"), (90, "xc")]
)
def test_front_matter_is_counted_in_roman(number: int, figures: str) -> None:
    assert roman(number) == figures


def test_each_page_begins_where_its_text_says(tmp_path: Path) -> None:
    printed = book()
    texts = {
        element.attrib["id"]: re.sub(r"(?<=taken)1(?= before)", "", "".join(element.itertext()))
        for part in printed.parts
        for element in ElementTree.fromstring(part.body.replace("epub:", "data-")).iter()
        if "id" in element.attrib
    }
    pages = page_texts(write_pdf(printed), tmp_path)
    labels = [roman(at + 1) for at in range(10)] + [str(at + 1) for at in range(len(pages) - 10)]
    found = page_breaks(printed)
    assert len(found) > 10
    assert len({label for label, _, _ in found}) == len(found)
    divided = 0
    for label, id, offset in found:
        lines = [line.strip() for line in pages[labels.index(label)].splitlines() if line.strip()]
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", texts[id][offset:]).split()  # head, then text
        assert offset == 0 or words
        head = next(line for line in lines if words[0] in line)
        assert lines.index(head) <= 3, (label, id, offset)
        divided += offset > 0
    assert divided > 3


def test_an_editions_epub_has_every_page_of_its_pdf_at_the_very_word(tmp_path: Path) -> None:
    """Over the first edition, front matter, notes, glossary and lists of readings included."""
    seed = Path(__file__).parent.parent / "seeds" / "russian-events-1937"
    edition = load_edition(seed)
    edition = replace(edition, print=replace(edition.print, page_list=True))
    made = with_print_pages(render(prepare(edition), edition))
    pages = page_texts(write_pdf(made), tmp_path)
    front = next(at for at, text in enumerate(pages) if "Even the most obedient" in text)
    labels = [roman(at + 1) for at in range(front)]
    labels += [str(at + 1) for at in range(len(pages) - front)]
    ink = {label: inked(text) for label, text in zip(labels, pages, strict=True) if text.strip()}
    with ZipFile(BytesIO(write_epub(made))) as epub:
        files = {n: epub.read(n).decode() for n in epub.namelist() if n.endswith(".xhtml")}
    listed = re.findall(
        r'<li><a href="([^"#]*)#page-([^"]+)">(\w+)</a>',
        files["EPUB/contents.xhtml"].partition('epub:type="page-list"')[2],
    )
    assert [label for _, _, label in listed] == [label for label in labels if label in ink]
    within = 0
    for name, id, label in listed:
        assert id == label
        before, _, after = files[f"EPUB/{name}"].partition(f'id="page-{label}"')
        words = inked(unescape(re.sub(r"<a [^>]*noteref.*?</a>|<[^>]*>", "", "<" + after)))[:12]
        head = ink[label][:160]  # running head, folio and the first line
        assert words in head, (label, words, head)
        within += before.rstrip()[-1:].isalpha() or before.endswith(("-", " "))
    assert within > 3  # some begin within a paragraph


def inked(text: str) -> str:
    """The letters of the text, those of divided words together."""
    return "".join(char for char in text.casefold() if char.isalpha())
