"""The cells of a table that a text sets with tabs or by columns of blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence

Span = tuple[int, int]
CELL = re.compile(r"\S(?:[^\t\n]*?\S)??(?= {2,}|\t| *$)", re.MULTILINE)


def table_rows(value: str) -> list[list[Span]]:
    """For each row the spans of its cells, empty ones as (0, 0).

    Where tabs part the cells each is a cell. Else blanks do, two or more of them, and a cell of a
    row that has not all of them belongs to the nearest column of the rows that do.
    """
    lines: list[Span] = []
    at = 0
    for line in value.split("\n"):
        if line.strip():
            lines.append((at, at + len(line)))
        at += len(line) + 1
    if "\t" in value:
        return [_tabbed(value, *line) for line in lines]
    rows = [[found.span() for found in CELL.finditer(value, *line)] for line in lines]
    count = max((len(row) for row in rows), default=0)
    full = [
        [(a - start, b - start) for a, b in row]
        for row, (start, _) in zip(rows, lines, strict=True)
        if len(row) == count
    ]
    columns = [
        (min(a for a, _ in cells), max(b for _, b in cells)) for cells in zip(*full, strict=True)
    ]
    return [_placed(row, columns, start) for row, (start, _) in zip(rows, lines, strict=True)]


def _placed(row: list[Span], columns: Sequence[Span], start: int) -> list[Span]:
    """The cells of a row in their columns; in their order if two would share one."""
    if len(row) == len(columns):
        return row
    cells: list[Span] = [(0, 0)] * len(columns)
    for a, b in row:
        at = min(
            range(len(columns)),
            key=lambda i: max(columns[i][0] - (b - start), (a - start) - columns[i][1], 0),
        )
        if cells[at] != (0, 0):
            return row
        cells[at] = (a, b)
    return cells


def _tabbed(value: str, start: int, end: int) -> list[Span]:
    cells, at = [], start
    for cell in value[start:end].split("\t"):
        cells.append((at, at + len(cell)))
        at += len(cell) + 1
    return cells
