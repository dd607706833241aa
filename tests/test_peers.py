"""The bench beside other typesetters: a PDF without tags is read like one with, Typst is found."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from printed import bare_pdf, book, chapter, laid

from publish.preflight.composition import composition
from publish.trim import sheet
from publish.writers.pdf import page_of
from publish.writers.pdf_boxes import finish

sys.path.insert(0, str(Path(__file__).parent / "bench"))
import peers
import tagging

COMPILE = "def compile(source, out, font_paths, ignore_system_fonts, pdf_tags):"


def test_a_pdf_without_tags_has_the_figures_of_the_same_with_tags() -> None:
    made = book(parts=tuple(chapter(number, count=30) for number in range(3)), notes=())
    bare = bare_pdf(laid(made, settled=False), tags=False)
    with pikepdf.open(BytesIO(bare_pdf(laid(made, settled=False)))) as whole:
        wanted = composition(finish(whole, made, bleed=0, marks=False))
    found = composition(tagging.tagged(bare, page_of(made), 3))
    assert found.figures == wanted.figures
    assert [each.place for each in found.findings] == [each.place for each in wanted.findings]
    faults = {each.fault for each in wanted.figures if each.count}
    assert {"hyphen", "ladder", "unequal"} <= faults


def test_what_is_painted_stays_as_it_was() -> None:
    made = book(parts=(chapter(0, count=3),), notes=())
    bare = bare_pdf(laid(made), tags=False)
    marked = tagging.tagged(bare, page_of(made), 1)
    assert operators(marked) == operators(bare)


def operators(pdf: bytes) -> list[str]:
    with pikepdf.open(BytesIO(pdf)) as document:
        return [
            str(each.operator)
            for page in document.pages
            for each in pikepdf.parse_content_stream(page)
            if str(each.operator) not in ("BDC", "EMC")
        ]


def without_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    peers._typst.cache_clear()


def test_typst_is_found_as_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_programs(monkeypatch, tmp_path)
    program = tmp_path / "typst"
    program.write_text('#!/bin/sh\nfor out; do :; done\necho "$@" > "$out"\n')
    program.chmod(0o755)
    check(tmp_path, bare="--no-pdf-tags")


def test_typst_is_found_as_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_programs(monkeypatch, tmp_path)
    (tmp_path / "typst.py").write_text(
        f"{COMPILE}\n    assert ignore_system_fonts\n"
        "    open(out, 'w').write(f'{source} {font_paths[0]} {pdf_tags}')\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    check(tmp_path, bare="False")


def check(folder: Path, bare: str) -> None:
    """Both runs are made of the same source in our own fonts, the one without tags."""
    chapters = [("Chapter 1", ["A first.", "A second."])]
    found = peers.peers(folder, chapters, sheet("digest"))
    assert list(found) == ["Typst", "Typst, tagged"]
    for command in found.values():
        subprocess.run(command, cwd=folder, check=True, env={"PYTHONPATH": str(folder)})
    plain, tagged = ((folder / f"{name}.pdf").read_text() for name in ("typst", "typst-tagged"))
    assert "novel.typ" in plain
    assert "styles/fonts" in plain
    assert bare in plain
    assert bare not in tagged
    source = (folder / "novel.typ").read_text()
    assert "= Chapter 1\n\nA first.\n\nA second." in source


def test_nothing_stands_beside_us_where_nothing_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_programs(monkeypatch, tmp_path)
    assert peers.peers(tmp_path, [("Chapter 1", ["A first."])], sheet("digest")) == {}
