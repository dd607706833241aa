"""The wheel, installed into an empty environment, makes books outside the repository."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from command import ROOT, SEED


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    source = out / "source"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    for name in filter(None, listed):
        if not name.startswith("tests/") and (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, source / name)
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", out, source],
        capture_output=True, check=True,
    )  # fmt: skip
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `publish` of an environment that holds the wheel and sees our locked dependencies."""
    home = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(home, with_pip=False)
    (packages,) = home.glob("lib/python*/site-packages")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target",
         packages, wheel],
        capture_output=True, check=True,
    )  # fmt: skip
    # Not as site folder: that would bring the editable install of the repository with it.
    lines = [path for path in site.getsitepackages() if Path(path).is_dir()]
    (packages / "dependencies.pth").write_text("\n".join(lines) + "\n")
    return home / "bin" / "python"


def run(python: Path, *words: str | Path, cwd: Path) -> str:
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [python, *words], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_wheel_carries_styles_languages_and_fonts(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for kind in ("styles/base.css", "styles/print.css", "styles/epub.css", "styles/proof.css"):
        assert f"publish/{kind}" in names
    data = [p for p in (ROOT / "publish").rglob("*.toml") if p.is_file()]
    assert len(data) > 10
    for path in data:
        assert path.relative_to(ROOT).as_posix() in names
    assert any(name.endswith(("OFL.txt", "LICENSE")) for name in names)
    assert sum(name.startswith("publish/styles/fonts/") for name in names) >= 4
    assert not [name for name in names if name.startswith(("tests/", "seeds/"))]


def test_installed_program_is_the_wheels(installed, tmp_path):
    where = run(installed, "-c", "import publish; print(publish.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent.parent)


def test_installed_program_makes_books_outside_the_repository(installed, tmp_path):
    shutil.copytree(SEED, tmp_path / "seeds" / "book")
    shutil.copyfile(SEED / "source.txt", tmp_path / "raw.txt")
    run(installed, "-m", "publish", "build", "book", cwd=tmp_path)
    for ending in ("epub", "pdf", "txt", "proof.html"):
        assert (tmp_path / "dist" / f"book.{ending}").stat().st_size > 1000
    run(installed, "-m", "publish", "convert", "raw.txt", "raw.epub", cwd=tmp_path)
    assert zipfile.ZipFile(tmp_path / "raw.epub").testzip() is None


def test_console_script_is_declared(wheel):
    names = [n for n in zipfile.ZipFile(wheel).namelist() if n.endswith("entry_points.txt")]
    assert "publish = publish.cli:main" in zipfile.ZipFile(wheel).read(names[0]).decode()


def test_make_leaves_the_books_that_are_there_when_an_edition_has_a_fault(tmp_path):
    """As `publish build` does: here it is one that changes nothing and fails."""
    shutil.copyfile(ROOT / "Makefile", tmp_path / "Makefile")
    shutil.copytree(SEED, tmp_path / "seeds" / "book")
    tools = tmp_path / ".venv" / "bin"
    tools.mkdir(parents=True)
    (tools / "publish").write_text("#!/bin/sh\necho 'edition.toml: a fault' >&2\nexit 3\n")
    (tools / "publish").chmod(0o755)
    (tmp_path / "publish").mkdir()
    (tmp_path / "styles").mkdir()
    dist = tmp_path / "dist"
    dist.mkdir()
    endings = ("epub", "pdf", "txt", "proof.html")
    for ending in endings:
        (dist / f"book.{ending}").write_text("a book")
        os.utime(dist / f"book.{ending}", (1, 1))
    (tmp_path / ".venv" / ".books").touch()
    done = subprocess.run(
        ["make", "-o", ".venv/.books", "books"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "a fault" in done.stderr
    assert sorted(path.name for path in dist.iterdir()) == sorted(f"book.{e}" for e in endings)
