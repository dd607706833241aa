"""Foreign passages get their language where it is sure, and no other passage does."""

import tomllib
from pathlib import Path

import pytest
from test_typography import document_of, edition

from publish.document import Mark
from publish.rendering.inline import References, inline
from publish.stages.foreign import foreign
from publish.stages.markup import markup

FILE = Path(__file__).parent / "cases" / "foreign.toml"
CASES = tomllib.loads(FILE.read_text("utf-8"))["case"]


def spoken(text: str, language: str) -> tuple[str, list[Mark]]:
    book = edition(language)
    block = foreign(markup(document_of(text), book), book).blocks[0]
    return block.text.value, [m for m in block.text.marks if m.kind == "language"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["given"][:40])
def test_case(case):
    text, marks = spoken(case["given"], case.get("language", "en"))
    assert [[m.value, text[m.start : m.end]] for m in marks] == case["marks"], case["why"]


def test_half_of_the_cases_stay_unmarked():
    assert 2 * sum(not case["marks"] for case in CASES) >= len(CASES)


def test_the_mark_reaches_the_reader():
    book = edition("en")
    given = document_of("He murmured _je ne sais pas pourquoi_ and went.")
    block = foreign(markup(given, book), book).blocks[0]
    assert '<i xml:lang="fr" lang="fr">je ne sais pas pourquoi</i>' in inline(block, References())
