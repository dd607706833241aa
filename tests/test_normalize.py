"""One spelling for each character, and no character lost unrecorded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.edition import Edition
from publish.ledger import check_conservation
from publish.read import read
from publish.stages.normalize import normalize

EDITION = Edition.quick(b"x", language="en")

CASES = [
    ("the ﬁrst oﬃce", "the first office", "ligatures"),
    ("a ſmall miſtake", "a small mistake", "long s"),
    ("divi\u00ad", "divi-", "a soft hyphen at a line's end"),
    ("divi¬", "divi-", "a sign for a divided word"),
    ("di\u00advision", "division", "a soft hyphen inside a line"),
    ("a\u00a0b\u2009c", "a b c", "odd spaces"),
    ("a\u200bb\ufeff", "ab", "no width"),
    ("e\u0301te\u0301", "été", "letter and accent"),
    ("itâ€™s cafÃ©", "it’s café", "decoded twice"),
    ("a\tb", "a       b", "a tab to the eighth column"),
    # what must stay
    ("not ¬ a sign", "not ¬ a sign", "¬ inside a line"),
    ("“curled” ‘quotes’ — and … stay", "“curled” ‘quotes’ — and … stay", "typography"),
    ("Ångström naïve œuvre straße", "Ångström naïve œuvre straße", "letters of languages"),
    ("â is a letter, à Âge", "â is a letter, à Âge", "no mojibake"),
    ("x² and ½ and №", "x² and ½ and №", "signs"),
]


def normalized(text: str) -> list[str]:
    document = normalize(read(text.encode()), EDITION)
    check_conservation(document)
    return [block.text.value for block in document.blocks]


@pytest.mark.parametrize(("given", "then", "why"), CASES)
def test_case(given, then, why):
    assert normalized(given) == [then], why


@given(st.text(alphabet="ab ﬁſ\u00ad¬\u00a0\t\u200be\u0301é’\n", min_size=1, max_size=40))
def test_a_second_look_finds_nothing(text):
    if not text.strip():
        return
    once = [line.rstrip() for line in normalized("x" + text) if line.strip()]
    assert normalized("\n".join(once)) == once
