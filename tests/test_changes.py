"""The measure of changes made without asking: a right one counts as right, a wrong one as wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from publish.document import Document
from publish.ledger import Edit, Origin, Rule, apply_edits
from publish.read import read

sys.path.insert(0, str(Path(__file__).parent / "bench"))
from changes import verdicts

RAW = "The keeper saw tbe lamp, and tbe boat lay still bevond the arin of the pier."
GOLD = "The keeper saw the lamp, and the boat lay still beyond the arm of the pier."


def mended(word: str, new: str) -> Document:
    document = read(RAW.encode())
    at = document.blocks[0].text.value.index(word)
    edit = Edit(at, at + len(word), new, "a test")
    rule = Rule("scannos.test", lambda blocks, context: (), Origin.SCAN)
    return apply_edits(document, rule, [(0, edit)])


@pytest.mark.parametrize(
    ("word", "new", "right"),
    [
        ("tbe", "the", True),
        ("bevond", "beyond", True),
        ("arin", "grin", False),
        ("lamp", "limp", False),
    ],
)
def test_a_change_is_judged_by_the_transcription_alone(word: str, new: str, right: bool) -> None:
    (verdict,) = verdicts(RAW, GOLD, mended(word, new))
    assert (verdict.nearer > 0) is right
