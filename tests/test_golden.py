"""The editions here, whole: any difference from the golden files was meant, or is a fault."""

from __future__ import annotations

import difflib

import pytest
from golden_files import FOLDER, SLUGS, golden


@pytest.mark.parametrize("slug", SLUGS)
def test_edition_is_as_it_was_proofread(slug):
    made = golden(slug)
    differences: list[str] = []
    for name, text in made.items():
        path = FOLDER / name
        kept = path.read_text("utf-8") if path.is_file() else ""
        diff = difflib.unified_diff(kept.split("\n"), text.split("\n"), name, name, "", "", 1, "")
        differences += list(diff)[:40]
    if differences:
        pytest.fail(
            "\n".join((*differences[:100], "`make golden` writes them again.")), pytrace=False
        )


def test_no_golden_file_is_left_of_an_edition_that_is_gone():
    here = {name.name for name in FOLDER.iterdir()}
    assert {name for name in here if not name.startswith(tuple(SLUGS))} == set()
