"""Transformations of a PDF's coordinates (PDF 32000-1, 8.3.3): six numbers each."""

from __future__ import annotations

from typing import Final

Matrix = tuple[float, float, float, float, float, float]

WHOLE: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does `first`, then `second` (PDF 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, l = second  # noqa: E741
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + l,
    )  # fmt: skip
