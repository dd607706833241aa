"""The composition report finds each fault planted on a page, and total-fit lines have few."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed import book, chapter, page_texts, prose

from publish.book import Note
from publish.lines.balance import breaks
from publish.lines.total_fit import DASH, END, HYPHEN, SHRINK, SPACE, Break, choose
from publish.lines.words import AFTER_DASH, divisions
from publish.preflight.composition import composition, counts, set_lines
from publish.writers.pdf import lay_out, quiet, write_pdf
from publish.writers.weasy.footnotes import _without_choice

PAGE = "@page { size: 300px 220px; margin: 10px } body { margin: 0; font: 10px/20px serif }"
LINE = "seven words stand on this line here<br/>"


def pages(body: str, style: str = "") -> Any:
    import weasyprint

    html = f"<html lang='en'><style>{PAGE}{style}</style><body>{body}</body></html>"
    with quiet():
        return weasyprint.HTML(string=html).render().pages


def faults(body: str, style: str = "") -> dict[str, str]:
    return {
        finding.check.removeprefix("composition."): finding.place
        for finding in composition(pages(body, style))
    }


def test_an_orphan_is_found_at_the_foot() -> None:
    body = f"<p>{LINE * 9}</p><p>{LINE * 4}</p>"
    assert faults(body, "p { margin: 0; orphans: 1; widows: 1 }") == {"orphan": "page 1"}


def test_a_widow_is_found_at_the_head() -> None:
    body = f"<p>{LINE * 11}</p>"
    assert faults(body, "p { margin: 0; orphans: 1; widows: 1 }") == {"widow": "page 2"}


def test_two_lines_are_neither_widow_nor_orphan() -> None:
    assert faults(f"<p>{LINE * 12}</p>", "p { margin: 0 }") == {}


def test_a_heading_at_the_foot_is_found() -> None:
    body = f"<p>{LINE * 8}</p><h2>Heading</h2><p>{LINE * 5}</p>"
    style = "p, h2 { margin: 0; font-size: 10px; orphans: 1; widows: 1 } h2 { break-after: auto }"
    assert faults(body, style)["heading"] == "page 1"


def test_a_heading_with_two_lines_below_is_none() -> None:
    body = f"<p>{LINE * 7}</p><h2>Heading</h2><p>{LINE * 5}</p>"
    assert faults(body, "p, h2 { margin: 0; font-size: 10px }") == {}


def test_a_runt_is_found() -> None:
    assert faults(f"<p>{LINE}so.</p>") == {"runt": "page 1"}
    assert faults(f"<p>{LINE}so it is.</p>") == {}


def test_a_ladder_of_three_is_found_and_two_hyphens_are_none() -> None:
    assert faults(f"<p>{'a line with hy-<br/>' * 3}phens</p>") == {"ladder": "page 1"}
    assert faults(f"<p>{'a line with hy-<br/>' * 2}phens</p>") == {}


def test_a_loose_line_is_found_by_its_word_space() -> None:
    style = "p { width: 280px; text-align: justify }"
    loose = f"<p>two {'m' * 18} {'m' * 40} words follow here</p>"
    assert faults(loose, style) == {"loose": "page 1"}
    assert faults(loose, "p { width: 280px; text-align: left }") == {}


def test_facing_pages_of_unequal_depth_are_found() -> None:
    short = f"<p>{LINE * 10}</p><p>{LINE * 9}</p><h2>Heading</h2><p>{LINE * 12}</p>"
    style = "p, h2 { margin: 0; font-size: 10px } h2 { break-after: avoid }"
    report = faults(f"<p>{LINE * 10}</p>{short}<p>{LINE * 10}</p>", style)
    assert set(report) <= {"unequal"}


def noted(count: int) -> str:
    return "".join(
        f"<p>{LINE * 3}with a note<span class='noted'><span class='footnote' id='n{number}'>"
        f"{LINE * 2}</span></span></p>"
        for number in range(count)
    )


def test_a_note_away_from_its_call_is_found() -> None:
    style = ".footnote { float: footnote; display: block } p { margin: 0 }"
    assert faults(noted(6), style)["note"]
    assert "note" not in faults(noted(1), style)


def test_notes_stay_on_the_page_of_their_call() -> None:
    notes, parts = [], []
    for number in range(40):
        notes.append(Note(f"n{number}", str(number), f"c{number}", f"<p>{prose(number, 2)}</p>"))
        call = f'<a role="doc-noteref" id="c{number}" href="#n{number}">{number}</a>'
        parts.append(f"<p>{prose(number, 1 + number % 4)}{call} {prose(number, number % 3)}</p>")
    text = chapter(0, "".join(parts), 1)
    report = composition(lay_out(book(parts=(text,), notes=tuple(notes))).pages)
    assert counts(report)["composition.note"] == 0
    assert counts(report)["composition.orphan"] == counts(report)["composition.widow"] == 0


def test_the_installed_layout_has_the_choice_that_is_taken_out() -> None:
    assert _without_choice() is not None


def test_counts_agree_with_what_poppler_reads(tmp_path: Path) -> None:
    """The report's lines are the lines on the page, heads and notes left out."""
    lines = list(set_lines(lay_out(book()).pages))
    texts = page_texts(write_pdf(book()), tmp_path)
    for line in lines:
        if line.tag == "p" and len(line.text) > 40:
            first = line.text.split()[0].replace("‐", "\xad")
            assert first in texts[line.page - 1]


def test_total_fit_leaves_no_ladder_and_no_loose_line() -> None:
    greedy = counts(composition(lay_out(book(), settled=False).pages))
    fitted = counts(composition(lay_out(book()).pages))
    bad = ("composition.ladder", "composition.loose", "composition.runt")
    assert sum(fitted[kind] for kind in bad) == 0
    assert sum(greedy[kind] for kind in bad) > 0
    for kind in ("composition.widow", "composition.orphan", "composition.heading"):
        assert fitted[kind] == 0


def test_emphasis_and_note_calls_do_not_stop_total_fit() -> None:
    inner = f"<p id='x'>A <em>word in italics, and</em> {prose(1)} <strong>bold</strong></p>"
    tree = lay_out(book(parts=(chapter(0, inner, 1),), notes=()))._html.etree_element
    paragraph = next(element for element in tree.iter("p") if element.get("id") == "x")
    assert "set" in paragraph.get("class", "").split()


def test_a_paragraph_with_a_picture_is_left_to_the_layout() -> None:
    inner = f"<p id='x'>{prose(1)} <img src='data:,' alt=''/> {prose(2)}</p>"
    tree = lay_out(book(parts=(chapter(0, inner, 1),), notes=()))._html.etree_element
    paragraph = next(element for element in tree.iter("p") if element.get("id") == "x")
    assert "set" not in paragraph.get("class", "").split()


@pytest.mark.parametrize(
    ("word", "language", "parts"),
    [
        ("incompleteness", "en-US", "in-com-plete-ness"),
        ("table", "en-US", "table"),
        ("NATIONAL", "en-US", "NATIONAL"),
        ("Donaudampfschiff", "de", "Do-nau-dampf-schiff"),
        ("communicative", "xx", "communicative"),
    ],
)
def test_words_are_divided_by_the_patterns_of_their_language(
    word: str, language: str, parts: str
) -> None:
    at = [0, *divisions(word, language), len(word)]
    assert "-".join(word[a:b] for a, b in pairwise(at)) == parts


words = st.lists(st.floats(0.2, 6.0), min_size=1, max_size=80)


def broken(widths: list[float], space: float = 0.25) -> list[Break]:
    at, breaks = 0.0, []
    for number, width in enumerate(widths):
        at += width
        last = number == len(widths) - 1
        after = at if last else at + space
        kind = END if last else SPACE
        breaks.append(Break(at, after, number, number + (not last), kind))
        at = after
    return breaks


@given(words)
@settings(max_examples=200, deadline=None)
def test_every_line_fits_the_measure(widths: list[float]) -> None:
    breaks, measure, space = broken(widths), 12.0, 0.25
    chosen = choose(breaks, measure, space, indent=1.0)
    assert chosen is not None
    assert chosen[-1] == len(breaks) - 1
    start, spaces = -1.0, 0
    for at in chosen:
        gaps = breaks[at].spaces - spaces
        assert breaks[at].end - start <= measure + gaps * space * SHRINK + 1e-6
        start, spaces = breaks[at].start, breaks[at].spaces_after


@given(words)
@settings(max_examples=100, deadline=None)
def test_breaks_rise_and_each_line_holds_something(widths: list[float]) -> None:
    chosen = choose(broken(widths), 12.0, 0.25)
    assert chosen == sorted(set(chosen or ()))


def test_a_word_wider_than_the_measure_cannot_be_set() -> None:
    assert choose(broken([3.0, 40.0, 3.0]), 12.0, 0.25) is None


def test_a_hyphen_is_taken_only_where_it_spares_a_loose_line() -> None:
    easy = broken([3.8] * 12)
    assert choose(easy, 12.0, 0.25) == [2, 5, 8, 11]
    hard = [
        Break(5.0, 5.25, 0, 1, SPACE),
        Break(11.9, 11.7, 1, 1, HYPHEN),
        Break(16.0, 16.25, 1, 2, SPACE),
        Break(19.0, 19.0, 2, 2, END),
    ]
    assert choose(hard, 12.0, 0.25) == [1, 3]
    dashed = [hard[0], hard[1]._replace(kind=DASH), *hard[2:]]
    assert choose(dashed, 12.0, 0.25) == [1, 3]


def test_report_reads_nothing_into_an_empty_book() -> None:
    assert composition(pages("")) == []


@pytest.mark.parametrize(
    ("widths", "measure", "starts"),
    [
        ([3, 3, 3], 20, [0]),
        ([3, 3, 3, 3], 10, [0, 2]),
        ([5, 1, 1, 5], 11, [0, 2]),
        ([9, 2, 2], 10, [0, 1]),
        ([12, 2], 10, [0, 1]),
    ],
)
def test_a_title_breaks_into_even_lines(
    widths: list[float], measure: float, starts: list[int]
) -> None:
    assert breaks([float(width) for width in widths], 0.25, measure) == starts


@given(st.lists(st.floats(0.1, 9.0), min_size=1, max_size=30))
@settings(max_examples=100, deadline=None)
def test_balancing_costs_no_line(widths: list[float]) -> None:
    starts = breaks(widths, 0.25, 12.0)
    filled, at = 1, widths[0]
    for width in widths[1:]:
        filled, at = (
            (filled, at + 0.25 + width) if at + 0.25 + width <= 12.0 else (filled + 1, width)
        )
    assert len(starts) == filled
    for a, b in pairwise([*starts, len(widths)]):
        assert sum(widths[a:b]) + 0.25 * (b - a - 1) <= 12.0 + 1e-6


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("well-remembered", ["well-", "remembered"]),
        ("night—it", ["night—", "it"]),
        ("said—“What?”", ["said—", "“What?”"]),
        ("a-bothering", ["a-bothering"]),
        ("T-shirt", ["T-shirt"]),
        ("wait—”", ["wait—”"]),
        ("1914–18", ["1914–", "18"]),
        ("-less", ["-less"]),
    ],
)
def test_a_line_may_end_after_a_dash_between_words(word: str, parts: list[str]) -> None:
    at = [0, *(found.end() for found in AFTER_DASH.finditer(word)), len(word)]
    assert [word[a:b] for a, b in pairwise(at)] == parts
