"""The counts of a Note on the Text come from the record."""

import pytest

from publish.errors import EditionError
from publish.ledger import Change, Confidence, Origin, Status
from publish.tally import filled, tally


def change(rule, before, after, origin, status=Status.SILENT):
    return Change(rule, 1, "L1", 0, 0, 1, before, after, "", Confidence.CERTAIN, origin, status)


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        (change("emend", "tbe", "the", Origin.SCAN), "silent"),
        (change("emend", "geniune", "genuine", Origin.PRINT, Status.EMENDED), "emended"),
        (change("emend.stet", "a", "a", Origin.UNSURE, Status.RETAINED), "retained"),
        (change("scannos.word", "arc", "are", Origin.SCAN, Status.QUERIED), "queried"),
        (change("dehyphenate.join", "-\n", "", Origin.LAYOUT), "hyphens"),
        (change("dehyphenate.keep", "-\n", "-", Origin.LAYOUT), None),
        (change("typography.dash", " — ", "—", Origin.STYLE), "dashes"),
        (change("typography.quotes", '"', "“", Origin.STYLE), "quotes"),
        (change("furniture.folio", "12", "", Origin.LAYOUT), "removed"),
    ],
)
def test_each_change_is_counted_once(entry, name):
    assert {key: n for key, n in tally([entry]).items() if n} == ({name: 1} if name else {})


def test_counts_fill_a_text():
    assert filled("{silent} and {emended}", {"silent": 15, "emended": 5}) == "15 and 5"


def test_unknown_count_is_refused_with_its_line():
    with pytest.raises(EditionError, match=r"line 2: there is no count \{emendd\}"):
        filled("a\n{emendd}", tally([]))
