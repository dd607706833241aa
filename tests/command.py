"""The command line as its users meet it: a process, its words, its exit code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "russian-events-1937"


def publish(
    *words: str | Path, cwd: Path, code: int = 0, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The finished run of `publish` with these words; fails unless it leaves with `code`, and
    always if a traceback is printed."""
    run = subprocess.run(
        [sys.executable, "-m", "publish", *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **(env or {})},
        check=False,
    )
    assert "Traceback" not in run.stderr, run.stderr
    assert run.returncode == code, f"exit {run.returncode}: {run.stderr or run.stdout}"
    return run


def copy_of_seed(folder: Path) -> Path:
    """The first edition, copied to `folder`/seeds to be spoilt there."""
    copy = folder / "seeds" / "book"
    shutil.copytree(SEED, copy)
    return copy
