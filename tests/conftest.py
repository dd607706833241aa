"""What several tests share: the programs they run over finished books, and the books themselves.

A program that is not installed fails the tests that need it, with the line that installs it: a
check that did not run is never a check that passed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# The same examples on every run and machine; looking for new ones is `make test-long`'s business.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("searching", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

TESTS = Path(__file__).parent
TOOLS = TESTS / "tools"
INSTALL_NODE_TOOLS = "PUPPETEER_SKIP_DOWNLOAD=1 npm ci --prefix tests/tools"


def required(program: str, how: str) -> str:
    """The program's path; fails the test, saying how to install it, where it is not there."""
    found = shutil.which(program)
    if not found:
        pytest.fail(f"{program} is not installed: {how}", pytrace=False)
    return found


@pytest.fixture(scope="session")
def chromium() -> str:
    return required("chromium", "apt-get install -y chromium")


@pytest.fixture(scope="session")
def node_tools() -> Path:
    """The folder of the npm programs that tests/tools/package-lock.json pins."""
    required("node", "apt-get install -y nodejs npm")
    folder = TOOLS / "node_modules"
    if not (folder / ".bin" / "ace-cli").exists():
        pytest.fail(f"the npm tools are not installed: {INSTALL_NODE_TOOLS}", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def validators(chromium: str, node_tools: Path) -> None:
    """Puts what `preflight` needs for an EPUB on the path, or fails."""
    required("java", "apt-get install -y default-jre-headless")
    os.environ["PATH"] += os.pathsep + str(node_tools / ".bin")


@pytest.fixture(scope="session")
def everything_epub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test book of every structure, as an EPUB."""
    from everything import everything

    from publish.writers.epub import write_epub

    path = tmp_path_factory.mktemp("everything") / "everything.epub"
    path.write_bytes(write_epub(everything()))
    return path


@pytest.fixture(scope="session")
def read_in_browser(chromium: str, node_tools: Path) -> Any:
    """A function: an EPUB's path and a folder for pictures in, what two readers made of it out."""

    def read(book: Path, pictures: Path) -> dict[str, Any]:
        run = subprocess.run(
            ["node", str(TOOLS / "readers.mjs"), str(book), str(pictures)],
            capture_output=True,
            text=True,
            timeout=240,
            env={**os.environ, "CHROMIUM": chromium},
            check=False,
        )
        assert run.returncode == 0, run.stderr
        return json.loads(run.stdout)

    return read
