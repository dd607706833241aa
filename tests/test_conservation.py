"""Whatever the bytes: the pipeline ends, loses nothing unrecorded, and does the same again."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.document import Document
from publish.edition import Edition
from publish.errors import SourceError
from publish.ledger import ink, undo
from publish.pipeline import prepare
from publish.render import render
from publish.writers.text import reading_text

# What real copies are made of, thrown together: words, divided words, marks, rubbish, layout.
PIECES = st.sampled_from(
    """the of and said Mr. Mrs. Dr. it's 'tis don't "Yes" "No," -- — - … ... . , ; : ! ? ' " `` ''
    _word_ _two =bold= +sm [1] [2] * ** *** # [Illustration] [Footnote (see) {1} <b> </i> & &amp;
    CHAPTER I. II XIV PART BOOK PREFACE CONTENTS THE END Scene ACT HAMLET. LEAR. DEAR SIR, Yours
    1 12 123 1. 2) (3) a) 1850 1850-51 p. 12 5s. 3d. £5 ½ ﬁnd ﬂow ﬀ ſo æ œ é e\u0301 Ã© â€™ \u00ad
    tbe arid ofthe 1t l-I com- be- re- self- some-\u00b6 U.S.S.R. C.P.S.U. o'clock *** END START
    | ~ ^ \\ / § † ‡ \u200b \ufeff \x07 \x0c \t \xa0 \u2028 \ufffd « » „ “ ” ‘ ’""".split(" ")
)
LINE = st.tuples(
    st.sampled_from(["", "", "", " ", "    ", "\t", "\f", "          "]),
    st.lists(PIECES, max_size=12).map(" ".join),
    st.sampled_from(["", "", "", "-", " ", "   12"]),
).map("".join)
PAGE = st.lists(
    st.tuples(LINE, st.sampled_from(["\n", "\n", "\n", "\n\n", "\r\n", "\n\n\n\n", "\r"])),
    max_size=40,
).map(lambda lines: "".join(a + b for a, b in lines))
LANGUAGES = st.sampled_from(["en", "fr", "de", "la", "ru", "und"])


def prepared(data: bytes, language: str) -> tuple[Document, Edition] | None:
    """The finished document, or None where the source is refused as no text."""
    edition = Edition.quick(data, language=language)
    try:
        return prepare(edition), edition
    except SourceError:
        return None


def hold(data: bytes, language: str) -> None:
    """`prepare` has checked conservation once; here everything that must follow from it."""
    made = prepared(data, language)
    if made is None:
        return
    document, edition = made
    assert undo(document) == ink(document.source.text)
    for block in document.blocks:
        for anchor in block.text.anchors:
            assert 0 <= anchor.offset <= len(block.text.value)
            assert 0 <= anchor.source <= len(document.source.text)
        for mark in block.text.marks:
            assert 0 <= mark.start <= mark.end <= len(block.text.value)
    assert len({block.id for block in document.blocks}) == len(document.blocks)
    book = render(document, edition)  # parses every part it makes
    assert book.parts
    assert prepared(data, language) == made
    reading_text(document.blocks).encode()


@settings(max_examples=60, deadline=None)
@given(PAGE, LANGUAGES)
def test_pages_of_odds_and_ends_are_conserved(page, language):
    hold(page.encode("utf-8", "surrogatepass"), language)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_conserved(text):
    hold(text.encode("utf-8", "replace"), "en")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_conserved_or_refused(data):
    hold(data, "en")


@pytest.mark.long
@settings(max_examples=2500, deadline=None)
@given(PAGE, LANGUAGES)
def test_many_pages_are_conserved(page, language):
    hold(page.encode("utf-8", "surrogatepass"), language)


@pytest.mark.parametrize(
    "unit",
    ["a" * 50 + "-\n", '"' * 60 + "\n", "_x " * 20 + "\n", "[1] * " * 10 + "\n", "- - " * 15 + "\n",
     "CHAPTER I\n\n", "  x   y\n", "(" * 60 + "\n", "word", "\n\n \n", "1 2 3 4 5\n", "' '" * 20,
     "tbe ofthe arid " * 4 + "\n", "A.B.C.D." * 8 + "\n", "\f12\n"],
    ids=repr,
)  # fmt: skip
def test_time_grows_with_the_text_and_no_faster(unit):
    """Sixteen times the text may take at most some forty times as long, and never minutes."""

    def seconds(copies: int) -> float:
        data = ("Begun.\n" + unit * copies).encode()
        start = time.process_time()
        prepared(data, "en")
        return time.process_time() - start

    seconds(20)
    small = max(seconds(16_000 // len(unit)), 0.03)
    large = seconds(256_000 // len(unit))
    assert large < 40 * small, f"{small:.2f} s, then {large:.2f} s"
