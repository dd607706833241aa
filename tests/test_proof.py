"""The proofing report: nothing goes unsaid; the page stands alone, on a screen and on paper."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from command import ROOT, SEED
from lxml import html

from publish.edition import Edition, Emend, Stet
from publish.edition_folder import load_edition
from publish.ledger import Origin
from publish.pipeline import prepare
from publish.queries import open_queries
from publish.writers.proof import write_proof
from publish.writers.proof_marks import pieces_of

RAW = (SEED / "source.txt").read_bytes()


def proof_of(edition: Edition) -> html.HtmlElement:
    return html.fromstring(write_proof(prepare(edition), edition))


@pytest.fixture(scope="module")
def page() -> html.HtmlElement:
    return proof_of(load_edition(SEED))


def test_every_entry_of_the_record_is_told_with_rule_reason_and_confidence(page):
    document = prepare(load_edition(SEED))
    told = [" ".join(item.text_content().split()) for item in page.xpath("//li")]
    assert len(told) == len(document.ledger)
    words = "\n".join(told)
    for change in document.ledger:
        assert f"{change.rule}, {change.confidence}" in words
        assert " ".join(change.why.split()) in words


def test_each_source_line_and_the_whole_text_stand_in_it(page):
    document = prepare(load_edition(SEED))
    numbers = {span.get("id") for span in page.xpath("//table[@class='text']//span[@id]")}
    for number in range(1, len(document.source.line_starts) + 1):
        assert (f"l{number}" in numbers) == bool(document.source.line(number).strip()), number
    shown = "".join("".join(p.text_content().split()) for p in page.xpath("//td[3]/p"))
    assert shown == "".join("".join(b.text.value.split()) for b in document.blocks)


def test_queries_come_first_and_are_marked_in_the_text():
    edition = Edition.quick(RAW)
    found = open_queries(prepare(edition))
    page = proof_of(edition)
    assert found
    heads = [h.text_content() for h in page.xpath("//h2")]
    assert heads == ["Queries", "Totals", "The text beside its source"]
    assert len(page.xpath("//table[@class='queries']/tbody/tr")) == len(found)
    marked = page.xpath("//table[@class='text']//mark[@class='query']")
    assert len(marked) == len(found)


def test_totals_are_those_of_the_record(page):
    document = prepare(load_edition(SEED))
    cells = page.xpath("//table[@class='totals']/tfoot//td")
    assert sum(int(cell.text_content()) for cell in cells) == len(document.ledger)


def test_decisions_of_every_kind_are_told_apart():
    edition = replace(
        Edition.quick(b"One tbe two.\nThree four five.\n"),
        emends=(Emend(1, "tbe", "the", Origin.PRINT, "b for h"),),
        stets=(Stet(2, "four", "so it is", False), Stet(2, "five", "odd", True)),
    )
    words = " ".join(proof_of(edition).text_content().split())
    for said in ("b for h emend, certain, changed, listed", "doubtful, right", "kept, listed"):
        assert said in words, said


def test_pieces_are_the_text(page):
    document = prepare(Edition.quick(RAW))
    queries = {query.key: query for query in open_queries(document)}
    for block, pieces in zip(document.blocks, pieces_of(document, queries), strict=True):
        assert "".join(piece.text for piece in pieces) == block.text.value
    keys = {p.key for pieces in pieces_of(document, queries) for p in pieces if p.key}
    assert keys == set(queries)


def test_markup_and_controls_of_a_source_are_shown_not_obeyed():
    page = write_proof(*_hostile())
    assert b"<script>alert" not in page
    assert "&lt;script&gt;alert" in page.decode()
    assert "\x1b" not in page.decode()
    assert "␛" in page.decode()


def _hostile():
    edition = Edition.quick(b"He wrote <script>alert(1)</script>\nand \x1b[2J more.\n")
    return prepare(edition), edition


def test_the_page_needs_nothing_beside_it(page):
    text = write_proof(prepare(load_edition(SEED)), load_edition(SEED)).decode()
    assert not re.search(r"""(?:src|href)=["'](?!#)""", text)
    assert "url(" not in text
    assert "default-src 'none'" in unescape(text)


@pytest.fixture(scope="module")
def seen(
    tmp_path_factory: pytest.TempPathFactory, chromium: str, node_tools: Path
) -> dict[str, Any]:
    top = tmp_path_factory.mktemp("proof")
    edition = Edition.quick(RAW)
    (top / "proof.html").write_bytes(write_proof(prepare(edition), edition))
    run = subprocess.run(
        ["node", ROOT / "tests/tools/proof.mjs", top / "proof.html", "scoundrel", top / "p.pdf"],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "CHROMIUM": chromium},
        check=False,
    )
    assert run.returncode == 0, run.stderr
    printed = subprocess.run(
        ["pdftotext", "-layout", top / "p.pdf", "-"], capture_output=True, text=True, check=True
    )
    return {**json.loads(run.stdout), "printed": printed.stdout}


def test_a_colleague_can_search_and_filter_it(seen):
    assert seen["problems"] == []
    assert len(seen["requests"]) == 1
    assert 1 <= seen["matching"] < seen["all"]
    assert f"{seen['matching']} of {seen['all']} rows" in seen["said"]
    assert seen["before"] != seen["after"] == "rgba(0, 0, 0, 0)"


def test_it_is_accessible_and_fits_a_small_screen(seen):
    assert seen["axe"] == {"light": [], "dark": []}
    assert seen["wide"] <= 0


def test_on_paper_the_record_is_open_and_the_tools_are_gone(seen):
    words = " ".join(seen["printed"].split())
    assert "scannos." in words
    assert "only what was changed" not in words
    assert "Darkness Before the Dawn" in words
