"""Typography: what is straight is curled, what is right stays, and no letter is touched."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.document import Anchor, Block, Document, Source, Text
from publish.edition import Edition
from publish.ledger import Status, check_conservation
from publish.stages.typography import typography

FOLDER = Path(__file__).parent / "cases"
CASES = [
    {"language": path.stem.partition("-")[2] or "en", **case}
    for path in sorted(FOLDER.glob("typography*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]


def document_of(*paragraphs: str) -> Document:
    blocks, starts, at = [], [], 0
    for number, paragraph in enumerate(paragraphs, 1):
        blocks.append(Block("paragraph", Text(paragraph, (Anchor(0, at),)), f"L{number}"))
        starts.append(at)
        at += len(paragraph) + 1
    return Document(Source("\n".join(paragraphs), tuple(starts)), tuple(blocks))


def edition(language: str = "en", style: str = "") -> Edition:
    made = Edition.quick(b"x", language=language)
    object.__setattr__(made, "house_style", style)
    return made


def source_of(case: dict) -> list[str]:
    return case["paragraphs"] if "paragraphs" in case else [case["given"]]


def result_of(case: dict) -> list[str]:
    return case["then"] if isinstance(case["then"], list) else [case["then"]]


def name(case: dict) -> str:
    return " / ".join(source_of(case))[:40]


def finished(paragraphs: list[str], case: dict) -> Document:
    before = document_of(*paragraphs)
    return typography(before, edition(case["language"], case.get("style", "")))


def set_in(text: str, language: str = "en", style: str = "") -> str:
    return typography(document_of(text), edition(language, style)).blocks[0].text.value


@pytest.mark.parametrize("case", CASES, ids=name)
def test_case(case):
    after = finished(source_of(case), case)
    assert [block.text.value for block in after.blocks] == result_of(case), case["why"]
    if case["language"] == "en":
        queries = [change for change in after.ledger if change.status is Status.QUERIED]
        assert len(queries) == case.get("queries", 0), [change.why for change in queries]


@pytest.mark.parametrize("case", CASES, ids=name)
def test_case_is_left_alone_the_second_time(case):
    after = finished(result_of(case), case)
    assert [block.text.value for block in after.blocks] == result_of(case)


prose = st.lists(
    st.sampled_from([*"\"'“”‘’ab A.,?!-—…", " ", "--", "...", " - ", "tis", "em", "Mr. ", "12-15"]),
    max_size=30,
).map("".join)


@given(prose)
def test_only_marks_and_spaces_change(text):
    after = set_in(text)
    assert [c for c in after if c.isalnum()] == [c for c in text if c.isalnum()]


@given(st.lists(prose, min_size=1, max_size=4))
def test_the_record_leads_back_to_the_source(paragraphs):
    before = document_of(*paragraphs)
    after = typography(before, edition())
    check_conservation(after)


sentences = st.lists(
    st.sampled_from(
        [
            '"Well," said he,', '"I never--"', "'tis true,", "the boys' hats", "don't",
            "rock 'n' roll", '"He said \'no\' to me."', "it was -- as they say -- late.",
            "Wait...", "in 1914-18", "(so)", "“Already curled,” she said,", "the ’80s",
            "Mr. A. B. Clay", '"What?" cried Tom;', "a—b",
        ]
    ),
    max_size=8,
).map(" ".join)  # fmt: skip


@given(sentences)
def test_a_second_run_finds_nothing(text):
    """Of prose; a knot of signs that no one wrote may be read otherwise once it is curled."""
    once = set_in(text)
    assert set_in(once) == once
