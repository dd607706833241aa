"""The page list says where each page of the print edition begins."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from printed import book, page_texts

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
        words = texts[id][offset:].split()
        assert offset == 0 or words
        head = next(line for line in lines if words[0] in line)
        assert lines.index(head) <= 3, (label, id, offset)
        divided += offset > 0
    assert divided > 3
