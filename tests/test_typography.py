"""Typography: what is straight is curled, what is right stays, and no letter is touched."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.document import Anchor, Block, Document, Source, Text
from publish.edition import Edition
from publish.house_style import BY_LANGUAGE, HouseStyle, names
from publish.house_style import FOLDER as STYLES
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


GUIDE = (Path(__file__).parent.parent / "docs" / "house-styles.md").read_text("utf-8")
SHOWN = re.findall(r"^\| `([a-z-]+)` \| [^|`]+ \| `([^`]+)` \| `([^`]+)` \|$", GUIDE, re.M)
SPEAKS = {style: tag for tag, style in BY_LANGUAGE.items()} | {"german-guillemets": "de"}


def plain(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)


@pytest.mark.parametrize(("style", "given", "then"), SHOWN, ids=lambda value: value[:30])
def test_the_guide_shows_what_is_set(style, given, then):
    assert plain(set_in(given, SPEAKS.get(style, "en"), style)) == plain(then)


def test_the_guide_shows_every_style():
    assert sorted(style for style, _, _ in SHOWN) == list(names())


@pytest.mark.parametrize("name", names())
def test_a_style_says_nothing_unknown(name):
    data = tomllib.loads((STYLES / f"{name}.toml").read_text("utf-8"))
    assert set(data) <= {field.name for field in fields(HouseStyle)}
    assert data["authority"]


def test_half_of_the_rows_must_not_change():
    for language in ("de", "fr", "es", "it", "pt", "pl", "nl", "sv", "ru"):
        rows = [case for case in CASES if case["language"] == language]
        same = sum(case["given"] == case["then"] for case in rows)
        assert len(rows) >= 40, language
        assert 2 * same >= len(rows), f"{language}: {same} of {len(rows)}"


@pytest.mark.parametrize(
    ("language", "given", "then"),
    [
        ("en-US", "'Who,' asked he, 'rang?'", "“Who,” asked he, “rang?”"),
        ("en-GB", "'Who,' asked he, 'rang?'", "‘Who,’ asked he, ‘rang?’"),
        ("en", "'Who,' asked he, 'rang?'", "‘Who,’ asked he, ‘rang?’"),
        ("de-CH", '"Komm", rief er.', "«Komm», rief er."),
        ("de-AT", '"Komm", rief er.', "„Komm“, rief er."),
        ("fr-CA", '"Viens", dit-il!', "«\u00a0Viens\u00a0», dit-il!"),
        ("pt-BR", '"Venha", disse.', "“Venha”, disse."),
        ("pt_PT", '"Venha", disse.', "«Venha», disse."),
    ],
)
def test_country_chooses_the_style(language, given, then):
    assert set_in(given, language) == then
