"""How many rows of the project's own case tables come out right, by table: part of `make bench`.

The tests hold each row; this prints the tables side by side, with how many rows must not change.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


class Tally:
    """Counts the outcomes of the parametrized tests of each module."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and "[" in report.nodeid:
            module = report.nodeid.split("::")[0].rsplit("test_", 1)[-1].removesuffix(".py")
            (self.right if report.passed else self.wrong)[module] += 1


def main() -> None:
    """Prints the tables."""
    tables = sorted((TESTS / "cases").glob("*.toml"))
    modules = sorted({path.stem.partition("-")[0] for path in tables})
    tally = Tally()
    files = [str(TESTS / f"test_{name}.py") for name in modules]
    with redirect_stdout(StringIO()):
        pytest.main(files, [tally])
    print(f"{'case tables':28}{'rows':>7}{'kept as given':>15}")
    for path in tables:
        rows = tomllib.loads(path.read_text("utf-8")).get("case", [])
        kept = sum(row.get("given") == row.get("then") or "not" in row for row in rows)
        print(f"{path.stem:28}{len(rows):7}{kept:15}")
    print(f"\n{'tests over rows':28}{'right':>7}{'wrong':>15}")
    for name in modules:
        print(f"{name:28}{tally.right[name]:7}{tally.wrong[name]:15}")


if __name__ == "__main__":
    main()
