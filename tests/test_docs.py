"""What the project says of itself is so: links lead somewhere, commands exist, and no tracked file
names a package index or a place on one machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from command import ROOT
from typer.main import get_command

from publish.cli import app

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXT = {".md", ".toml", ".txt", ".py", ".css", ".json", ".mjs", ".cfg", ".yml", ".html", ".sh", ""}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    return [(p, p.read_text("utf-8", "replace")) for p in tracked() if p.suffix in TEXT]


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page):
    words = page.read_text("utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", words):
        link = target[0] or target[1]
        if link.startswith(("http:", "https:", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        path = (page.parent / name).resolve() if name else page
        assert path.exists(), f"{page.name}: {link}"
        if anchor:
            heads = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.M)
            assert anchor in map(slug, heads), f"{page.name}: {link}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_and_options_in_the_pages_exist(page):
    commands = get_command(app).commands
    for line in re.findall(r"publish ((?:[a-z]+ )[^`\n]*|[a-z]+)`", page.read_text("utf-8")):
        name, *words = line.split()
        assert name in commands, f"{page.name}: publish {line}"
        known = {opt for param in commands[name].params for opt in param.opts}
        for word in words:
            if word.startswith("-") and len(word) > 1:
                assert word.split("=")[0] in known, f"{page.name}: publish {line}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_make_targets_in_the_pages_exist(page):
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    for target in re.findall(r"`make ([a-z-]+)`", page.read_text("utf-8")):
        assert target in targets, f"{page.name}: make {target}"


def test_no_file_names_a_package_index():
    address = re.compile(
        r"--(?:extra-)?index-url|--find-links|https?://[^\s\"]*(?:/simple\b|pypi\.)"
    )
    own = Path(__file__)
    named = [str(p) for p, words in texts() if p != own and address.search(words)]
    assert named == []


def test_locks_hold_hashes_and_no_address():
    for name in ("requirements.txt", "requirements-dev.txt"):
        words = (ROOT / name).read_text("utf-8")
        assert "://" not in words, name
        pinned = re.split(r"\n(?=[a-z])", words.strip())
        assert all("==" in entry and "--hash=sha256:" in entry for entry in pinned), name
    assert '"resolved"' not in (ROOT / "tests/tools/package-lock.json").read_text("utf-8")


def test_every_dependency_is_locked():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {
        "requirements.txt": project["dependencies"],
        "requirements-dev.txt": [
            *project["dependencies"],
            *project["optional-dependencies"]["dev"],
        ],
    }
    for file, wanted in names.items():
        locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / file).read_text("utf-8"), re.M))
        for entry in wanted:
            name = re.match(r"[A-Za-z0-9._-]+", entry)
            assert name
            assert name[0].lower().replace("_", "-") in locked, f"{file}: {entry}"


def test_no_file_names_a_place_on_one_machine():
    place = re.compile(r"(?<![\w.~])/(?:work|root|home/\w+|Users/\w+)/|\.\./shared")
    own = Path(__file__)
    named = [
        f"{p.relative_to(ROOT)}: {m[0]}"
        for p, words in texts()
        if p != own and (m := place.search(words))
    ]
    assert named == []


def test_changelog_begins_with_what_is_not_released():
    first = re.search(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert first
    assert first[1] == "Unreleased"


def test_ci_runs_what_developers_run():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    words = script.read_text("utf-8")
    assert words.startswith("#!")
    assert "make" in words
    subprocess.run(["bash", "-n", script], check=True)
