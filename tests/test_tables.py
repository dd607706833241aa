"""Cells of tables set by blanks or tabs; an empty cell keeps its column."""

from __future__ import annotations

import pytest

from publish.rendering.tables import table_rows


@pytest.mark.parametrize(
    ("value", "rows"),
    [
        ("Wheat    3s.   4d.\nRye      2s.\nOats           1d.",
         [["Wheat", "3s.", "4d."], ["Rye", "2s.", ""], ["Oats", "", "1d."]]),
        ("a\tb\n\tc", [["a", "b"], ["", "c"]]),
        ("John Marsh  40\nMary", [["John Marsh", "40"], ["Mary", ""]]),
        ("one cell only", [["one cell only"]]),
    ],
)  # fmt: skip
def test_cells_stand_in_their_columns(value: str, rows: list[list[str]]) -> None:
    assert [[value[a:b] for a, b in row] for row in table_rows(value)] == rows
