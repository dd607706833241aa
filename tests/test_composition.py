"""The composition report finds each fault planted on a page, and total-fit lines have few."""

from __future__ import annotations

import html
import json
import re
import subprocess
from io import BytesIO
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed import bare_pdf, book, chapter, elements, laid, prose
from typer.testing import CliRunner

from publish.book import Note
from publish.cli import app
from publish.commands.check import told as lines_of
from publish.lines.balance import balance, breaks
from publish.lines.faces import Look
from publish.lines.faces import width as width_of
from publish.lines.settle import MOST_RESET, Row, measured
from publish.lines.slots import Setting
from publish.lines.total_fit import DASH, END, HYPHEN, SHRINK, SPACE, SQUEEZE, TIED, Break, choose
from publish.lines.words import AFTER_DASH, CRUDE, LONGEST, broken_word, divisions
from publish.preflight.composition import Composition, Figure, composition
from publish.preflight.set_lines import read_setting
from publish.resources import font, style
from publish.theme import THEMES
from publish.trim import sheet
from publish.writers import pdf_lines
from publish.writers.pdf import write_pdf
from publish.writers.weasy.footnotes import _without_choice
from publish.writers.weasy.load import quiet

PAGE = "@page { size: 300px 220px; margin: 10px } body { margin: 0; font: 10px/20px Garamond }"
# As in the settled lines of the book: each line full but the last.
STYLE = """
p, h2 { margin: 0; font-size: 10px; orphans: 1; widows: 1 }
p { width: 215px; text-indent: 10px; text-align: justify; text-align-last: justify }
p > span { white-space: pre; padding-right: 100% }
"""
KEPT = "p, h2 { orphans: 2; widows: 2 } h2 { break-after: avoid }"
LINE = "there are some eleven or twelve words set on this line"


def paragraph(*lines: str) -> str:
    return "<p><span>" + "\n".join(lines) + "</span></p>"


def planted(body: str, style: str = "") -> bytes:
    """A tagged PDF of small pages of ten lines, set by the layout alone."""
    import weasyprint

    source = font("EBGaramond-Regular.ttf").as_uri()
    face = f"@font-face {{ font-family: Garamond; src: url({source}) }}"
    html = f"<html lang='en'><style>{face}{PAGE}{STYLE}{style}</style><body>{body}</body></html>"
    with quiet():
        pdf: bytes = weasyprint.HTML(string=html).write_pdf(pdf_tags=True)
    return pdf


def faults(pdf: bytes) -> dict[str, str]:
    return {
        finding.check.removeprefix("composition."): finding.place
        for finding in composition(pdf).findings
    }


class Word(NamedTuple):
    left: float
    right: float
    foot: float
    text: str


def poppler(pdf: bytes, folder: Path) -> list[list[list[Word]]]:
    """The words of each line of each page, as `pdftotext -bbox` reads them."""
    (folder / "page.pdf").write_bytes(pdf)
    read = subprocess.run(
        ["pdftotext", "-bbox", str(folder / "page.pdf"), "-"],
        capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    pages = []
    for page in read.split("<page ")[1:]:
        words = [
            Word(float(left), float(right), float(foot), html.unescape(text))
            for left, right, foot, text in re.findall(
                r'<word xMin="(\S+)" yMin="\S+" xMax="(\S+)" yMax="(\S+)">(.*?)</word>', page
            )
        ]
        pages.append([list(line) for _, line in groupby(words, key=lambda word: word.foot)])
    return pages


def texts(page: list[list[Word]]) -> list[str]:
    return [" ".join(word.text for word in line) for line in page]


def test_an_orphan_is_found_at_the_foot(tmp_path: Path) -> None:
    first = LINE.replace("there", "orphan")
    pdf = planted(paragraph(*[LINE] * 9) + paragraph(first, LINE, LINE))
    assert faults(pdf) == {"orphan": "page 1"}
    assert texts(poppler(pdf, tmp_path)[0])[-1] == first


def test_a_widow_is_found_at_the_head(tmp_path: Path) -> None:
    pdf = planted(paragraph(*[LINE] * 10, "The widow of it.") + paragraph(LINE, LINE))
    assert faults(pdf) == {"widow": "page 2"}
    assert texts(poppler(pdf, tmp_path)[1])[0] == "The widow of it."


def test_two_lines_are_neither_widow_nor_orphan() -> None:
    assert faults(planted(paragraph(*[LINE] * 12))) == {}
    assert faults(planted(paragraph(*[LINE] * 8) + paragraph(*[LINE] * 12))) == {}


def test_a_new_paragraph_at_the_head_is_no_widow() -> None:
    """Neither behind a full last line nor where both are of one line."""
    assert faults(planted(paragraph(*[LINE] * 9, "and its end.") + paragraph("Yes."))) == {}
    assert faults(planted(paragraph(*[LINE] * 20) + paragraph("“No.”") * 11)) == {}


SPEECHES = "p.speech { text-indent: -10px; padding-left: 10px; width: 205px }"
RAGGED = "p, p.speech { text-align: left; text-align-last: left }"


@pytest.mark.parametrize("style", [SPEECHES, SPEECHES + RAGGED])
@pytest.mark.parametrize("foot", ["speech", "direction", "verse"])
def test_a_speech_of_one_line_at_the_head_is_no_widow(foot: str, style: str) -> None:
    """Behind a last line nearly full, and before verse that goes in further than speeches hang."""
    last = {
        "speech": '<p class="speech"><span>SOMEBODY. There are ten\n' + LINE[:-3] + "</span></p>",
        "direction": paragraph(LINE, "words set on this line just about there are eleven"),
        "verse": '<p class="speech"><span>SOMEBODY. There are some twelve words set here</span></p>'
        '<p style="padding-left: 20px; text-indent: 0">Eliza, Betsy and Bess</p>',
    }[foot]
    speech = '<p class="speech"><span>SOMEBODY. Why should there be?</span></p>'
    filled = '<p class="speech"><span>SOMEBODY. There are twelve\n' + LINE + "</span></p>"
    body = filled * 4 + speech * (foot == "verse") + last + speech
    found = faults(planted(body + filled, style))
    assert not {"widow", "orphan"} & found.keys(), found


def test_entries_of_the_contents_are_neither_widows_nor_orphans() -> None:
    entries = f"<li><a href='#end'>{LINE}</a></li>" * 15
    style = "ol { list-style: none; margin: 0; padding: 0; width: 215px }"
    style += " li { text-align: justify; text-align-last: justify }"
    body = f"<ol id='end'>{entries}</ol>" + paragraph("The end.")
    assert faults(planted(body, style)) == {}


def test_a_tag_with_lines_on_two_pages_is_one_paragraph() -> None:
    """Whatever its lines look like: one that is not full ends no paragraph then."""
    pdf = planted(paragraph(*[LINE] * 9, LINE[:30], "A widow."), "p { text-align-last: left }")
    assert faults(pdf) == {}
    with pikepdf.open(BytesIO(pdf)) as document:
        first, second = (
            each
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/P"
        )
        for span in second.K:
            span.P = first
            first.K.append(span)
        second.K = pikepdf.Array()
        joined = BytesIO()
        document.save(joined)
    assert faults(joined.getvalue()) == {"widow": "page 2"}


def test_a_heading_at_the_foot_is_found(tmp_path: Path) -> None:
    pdf = planted(paragraph(*[LINE] * 8) + "<h2>Heading</h2>" + paragraph(*[LINE] * 5))
    assert faults(pdf)["heading"] == "page 1"
    page = texts(poppler(pdf, tmp_path)[0])
    assert page.index("Heading") == len(page) - 2


def test_a_heading_with_two_lines_below_is_none() -> None:
    body = paragraph(*[LINE] * 7) + "<h2>Heading</h2>" + paragraph(*[LINE] * 5)
    assert faults(planted(body)) == {}


def test_a_runt_is_found(tmp_path: Path) -> None:
    pdf = planted(paragraph(LINE, "so."))
    assert faults(pdf) == {"runt": "page 1"}
    assert texts(poppler(pdf, tmp_path)[0])[-1] == "so."
    assert faults(planted(paragraph(LINE, "so it is."))) == {}
    assert faults(planted(paragraph("so."))) == {}


def test_a_ladder_of_three_is_found_and_two_hyphens_are_none(tmp_path: Path) -> None:
    pdf = planted(paragraph(*[LINE[:-2] + "-"] * 3, "the end of it"))
    assert faults(pdf) == {"ladder": "page 1"}
    assert sum(text.endswith("-") for text in texts(poppler(pdf, tmp_path)[0])) == 3
    assert faults(planted(paragraph(*[LINE[:-2] + "-"] * 2, "the end of it"))) == {}


@pytest.mark.parametrize("pages", [1, 2])
def test_a_word_broken_over_a_page_end_is_found(pages: int) -> None:
    filled = paragraph(*[LINE] * 10) * (pages - 1) + paragraph(*[LINE] * 8)
    broken = paragraph(LINE, LINE[:-4] + "some\u2010", "where and " + LINE[:-10], LINE)
    pdf = planted(filled + broken)
    found = next(f for f in composition(pdf).findings if f.check == "composition.broken")
    assert found.place == f"page {pages}"
    assert ("over the leaf" if pages == 1 else "to the facing page") in found.message
    assert "broken" not in faults(planted(filled + paragraph(LINE) + broken))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_line_made_whole_ends_in_no_hyphen(number: int) -> None:
    element = Element("p")
    element.text = prose(number, 12)
    found = measured(element, Setting("en-US"), 18.0, 1.3)
    assert found is not None
    line = max(at for at in range(found.lines) if found.is_divided(at))
    lines, chosen = found.lines, found.chosen
    found.make_whole(line, -1e9)  # only for a gain
    assert found.chosen == chosen
    found.make_whole(line, 1e9)
    assert found.lines == lines
    assert not found.is_divided(line)
    assert found.cost_of(lines) == 0.0


def test_few_words_are_broken_over_the_ends_of_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = tuple(chapter(number, count=40) for number in range(3))
    made = book("pocket", parts, (), theme="source-serif")
    counts = counted(write_pdf(made))
    monkeypatch.setattr(pdf_lines, "ends", lambda *_: [])
    assert counts["broken"] < counted(write_pdf(made))["broken"]
    assert counts["widow"] == counts["orphan"] == counts["loose"] == 0


def test_a_loose_line_is_found_by_its_word_space(tmp_path: Path) -> None:
    loose = LINE[:43]
    pdf = planted(paragraph(loose, "the end of it"))
    assert faults(pdf) == {"loose": "page 1"}
    line = poppler(pdf, tmp_path)[0][0]
    gaps = [after.left - before.right for before, after in pairwise(line)]
    normal = poppler(
        planted("<p style='text-align: left; text-align-last: left'>a b</p>"), tmp_path
    )
    (before, after), *_ = normal[0]
    assert min(gaps) > 2.5 * (after.left - before.right)
    assert faults(planted(paragraph(loose), "p { text-align-last: left }")) == {}


def test_the_word_space_of_a_line_is_measured_right(tmp_path: Path) -> None:
    ragged = "p { text-align-last: left; text-align: left }"
    pdf = planted("<p>one two six ten</p>", ragged + "p { word-spacing: 3px }")
    words = poppler(pdf, tmp_path)[0][0]
    normal = poppler(planted("<p>one two six ten</p>", ragged), tmp_path)[0][0]
    wanted = (words[1].left - words[0].right) / (normal[1].left - normal[0].right)
    assert read_setting(pdf).lines[0].spacing == pytest.approx(wanted, rel=0.02)


def test_facing_pages_of_unequal_depth_are_found(tmp_path: Path) -> None:
    after = "<h2>Heading</h2>" + paragraph(*[LINE] * 22)
    pdf = planted(paragraph(*[LINE] * 10) + paragraph(*[LINE] * 8) + after, KEPT)
    assert faults(pdf) == {"unequal": "page 2"}
    feet = [max(line[0].foot for line in page) for page in poppler(pdf, tmp_path)]
    assert feet[1] < feet[2]


def test_the_end_of_a_chapter_is_no_unequal_page() -> None:
    body = paragraph(*[LINE] * 13) + "<h2>A chapter</h2>" + paragraph(*[LINE] * 25)
    assert faults(planted(body, "h2 { break-before: page; padding-top: 60px }")) == {}


def noted(count: int) -> str:
    return "".join(
        f"<p>{LINE}<br/>{LINE}<br/>{LINE}<br/>with a note<span class='noted'>"
        f"<span class='footnote' data-label='{number}'>{LINE} {LINE}</span></span></p>"
        for number in range(count)
    )


def test_a_note_away_from_its_call_is_found(tmp_path: Path) -> None:
    style = (
        "p { text-align: left; text-align-last: left }"
        ".footnote { float: footnote; display: block }"
        ".footnote::footnote-call { content: attr(data-label) }"
        ".footnote::footnote-marker { content: attr(data-label) '.\\2002' }"
    )
    pdf = planted(noted(6), style)
    place = faults(pdf)["note"]
    page = texts(poppler(pdf, tmp_path)[int(place.split()[1]) - 1])
    found = next(f for f in composition(pdf).findings if f.check == "composition.note")
    label = re.findall(r"“(\d)”", found.message)[0]
    assert any(text.startswith(f"{label}.") for text in page), page
    assert not any(text.endswith(f"note{label}") or text.endswith(f"note {label}") for text in page)
    assert "note" not in faults(planted(noted(1), style))


def test_pages_read_back_are_the_pages_laid_out() -> None:
    """Paragraphs that a page's end parts are told as one, as the layout has them."""
    import weasyprint.formatting_structure.boxes as boxes

    divisions = laid(book())
    wanted: dict[int, set[int]] = {}
    pages: list[Any] = []
    for each in divisions:
        pages += [] if len(pages) % 2 != each.start % 2 else [None]  # a blank page
        pages += each.document.pages
    for number, page in enumerate(pages, 1):
        if page is None:
            continue
        for box in page._page_box.descendants():
            if (
                isinstance(box, boxes.LineBox)
                and box.element is not None
                and box.element.tag == "p"
            ):
                wanted.setdefault(id(box.element), set()).add(number)
    found: dict[int, set[int]] = {}
    with quiet():
        lines = read_setting(bare_pdf(divisions)).lines
    for line in lines:
        found.setdefault(line.block, set()).add(line.page)
    parted = sorted(tuple(pages) for pages in wanted.values() if len(pages) > 1)
    assert parted
    assert sorted(tuple(pages) for pages in found.values() if len(pages) > 1) == parted


def test_notes_stay_on_the_page_of_their_call() -> None:
    notes, parts = [], []
    for number in range(40):
        notes.append(Note(f"n{number}", str(number), f"c{number}", f"<p>{prose(number, 2)}</p>"))
        call = f'<a role="doc-noteref" id="c{number}" href="#n{number}">{number}</a>'
        parts.append(f"<p>{prose(number, 1 + number % 4)}{call} {prose(number, number % 3)}</p>")
    text = chapter(0, "".join(parts), 1)
    counts = counted(write_pdf(book(parts=(text,), notes=tuple(notes))))
    assert counts["note"] == counts["orphan"] == counts["widow"] == 0


def test_the_installed_layout_has_the_choice_that_is_taken_out() -> None:
    assert _without_choice() is not None


def counted(pdf: bytes) -> dict[str, int]:
    return {figure.fault: figure.count for figure in composition(pdf).figures}


def test_lines_agree_with_what_poppler_reads(tmp_path: Path) -> None:
    """The report's lines are the lines on the page, heads and notes left out."""
    pdf = write_pdf(book())
    read = poppler(pdf, tmp_path)
    for line in read_setting(pdf).lines:
        if line.tag == "P" and len(line.text) > 40:
            shown = [text for text in texts(read[line.page - 1]) if line.text.split()[0] in text]
            assert shown


def test_total_fit_leaves_no_ladder_and_no_loose_line() -> None:
    with quiet():
        greedy = counted(bare_pdf(laid(book(), settled=False)))
    fitted = counted(write_pdf(book()))
    bad = ("ladder", "loose", "runt")
    assert sum(fitted[kind] for kind in bad) == 0
    assert sum(greedy[kind] for kind in bad) > 0
    for kind in ("widow", "orphan", "heading"):
        assert fitted[kind] == 0


def test_emphasis_and_note_calls_do_not_stop_total_fit() -> None:
    inner = f"<p id='x'>A <em>word in italics, and</em> {prose(1)} <strong>bold</strong></p>"
    made = elements(book(parts=(chapter(0, inner, 1),), notes=()))
    paragraph = next(element for element in made if element.get("id") == "x")
    assert "set" in paragraph.get("class", "").split()


def test_a_paragraph_with_a_picture_is_left_to_the_layout() -> None:
    inner = f"<p id='x'>{prose(1)} <img src='data:,' alt=''/> {prose(2)}</p>"
    made = elements(book(parts=(chapter(0, inner, 1),), notes=()))
    paragraph = next(element for element in made if element.get("id") == "x")
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
        width = breaks[at].end - start
        assert width * (1 - SQUEEZE) <= measure + gaps * space * SHRINK + 1e-6
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


def test_a_string_too_long_for_a_word_is_broken_in_time_by_its_length() -> None:
    string = "incomprehensibilities" * 50_000  # measured from each break on, it would never end
    full, inner = broken_word(string, Look(), "en-US")
    places = [0, *(offset for *_, offset in inner), len(string)]
    assert max(b - a for a, b in pairwise(places)) <= 2 * CRUDE
    assert all(0 < end <= start < full for end, start, _, _ in inner)
    assert {kind for _, _, kind, _ in inner} == {DASH}


def test_breaks_of_a_long_string_are_where_its_characters_are() -> None:
    string = "well-known—or\N{NO-BREAK SPACE}so—" * 5 + "e\N{COMBINING ACUTE ACCENT}" * 40
    assert len(string) > LONGEST
    full, inner = broken_word(string, Look(), "en-US")
    assert full == pytest.approx(width_of(string, Look()), abs=0.05)
    assert [kind for _, _, kind, _ in inner].count(TIED) == 5
    for end, start, kind, offset in inner:
        assert end == pytest.approx(width_of(string[:offset], Look()), abs=0.05)
        rest = width_of(string[offset + (kind == TIED) :], Look())
        assert full - start == pytest.approx(rest, abs=0.05)
        assert string[offset] != "\N{COMBINING ACUTE ACCENT}"


@pytest.mark.parametrize(("words", "weighed"), [(300, True), (3000, False)])
def test_other_lengths_are_weighed_for_paragraphs_of_ordinary_length_alone(
    words: int, weighed: bool
) -> None:
    paragraph = Element("p")
    paragraph.text = " ".join(prose(0, 1).split()[at % 7] for at in range(words))
    found = measured(paragraph, Setting("en-US"), 26.0, 1.3)
    assert found is not None
    assert (found.lines <= MOST_RESET) == weighed
    costs = [found.cost_of(found.lines + by) for by in (-1, 0, 1)]
    assert (costs[1] == 0) == weighed
    assert (found.others is not None) == weighed


def test_a_tie_is_broken_only_where_the_line_would_have_a_hole() -> None:
    tied = [
        Break(6.0, 6.25, 0, 1, SPACE),
        Break(9.0, 9.25, 1, 2, TIED),
        Break(17.0, 17.25, 2, 3, SPACE),
        Break(20.0, 20.0, 3, 3, END),
    ]
    assert choose(tied, 12.0, 0.25) == [1, 3]
    assert choose([tied[0]._replace(end=11.5, start=11.75), *tied[1:]], 12.0, 0.25)[0] == 0


@pytest.mark.parametrize("theme", ["garamond", "source-serif"])
def test_settled_lines_fit_the_measure_in_every_format(theme: str) -> None:
    """Lines set smaller or larger too: none stands out of the type area."""
    for trim in ("pocket", "digest", "royal"):
        made = book(trim, theme=theme)
        lines = read_setting(write_pdf(made)).lines
        measure = sheet(trim, 0.0, made.text_words, theme).measure
        assert max(line.right for line in lines) < measure + 0.3
        sizes = {round(line.size, 2) for line in lines if line.tag == "P"}
        assert len(sizes) > 3


def test_tight_lines_have_spaces_as_narrow_as_they_were_weighed_with() -> None:
    tight = re.search(r"\.tight > \.lines \{ word-spacing: -([\d.]+)em", style("print.css"))
    assert tight
    for theme in THEMES.values():
        space = width_of(" ", Look(theme.family))
        assert space is not None
        assert theme.ragged or space * SHRINK <= float(tight[1])


def test_type_is_scaled_by_two_hundredths_at_most() -> None:
    row = Row(width=26.0, gaps=9, room=26.5, space=0.2, last=False)
    assert row.scale == 1
    assert row._replace(width=27.2).scale == pytest.approx(0.985)
    assert row._replace(width=24.6).scale == pytest.approx(1.005)
    assert row._replace(width=18.0).scale == pytest.approx(1.02)
    assert row._replace(width=18.0, last=True).scale == 1


def test_report_reads_nothing_into_an_empty_book() -> None:
    assert composition(planted("")).findings == ()


def test_a_pdf_without_tags_is_told_in_a_sentence(tmp_path: Path) -> None:
    for name, data in (("press.pdf", write_pdf(book(), press=True)), ("no.pdf", b"%PDF-1.7")):
        (tmp_path / name).write_bytes(data)
        result = CliRunner().invoke(app, ["preflight", "--composition", str(tmp_path / name)])
        assert result.exit_code == 2
        assert "this PDF has no tags" in result.output or "no PDF that can be read" in result.output


@pytest.mark.parametrize(
    ("count", "of", "line"),
    [
        (10, 9_999, "loose lines: 10 of 9999 (0.10001%); at most 0.1%: TOO MANY"),
        (11, 10_500, "loose lines: 11 of 10500 (0.105%); at most 0.1%: TOO MANY"),
        (1, 1_000, "loose lines: 1 of 1000 (0.10%); at most 0.1%"),
    ],
)
def test_a_share_over_its_limit_is_told_as_more(count: int, of: int, line: str) -> None:
    figure = Figure("loose", "loose lines", count, of, 0.001)
    assert next(lines_of(Composition((figure,), ()))).startswith(line)


def test_the_report_is_told_and_its_limits_decide(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(planted(paragraph(*[LINE] * 4)))
    bad.write_bytes(planted(paragraph(*[LINE] * 9) + paragraph(*[LINE] * 4)))
    told = CliRunner().invoke(app, ["preflight", "--composition", str(good)])
    assert told.exit_code == 0
    assert "orphans: 0; at most 0" in told.output
    told = CliRunner().invoke(app, ["preflight", "--composition", str(bad)])
    assert f"{bad}: PDF page 1: A paragraph's first line" in told.output
    told = CliRunner().invoke(app, ["preflight", "--composition", "--json", str(bad)])
    assert told.exit_code == 1
    report = json.loads(told.output)["files"][str(bad)]
    assert [f["place"] for f in report["findings"]] == ["page 1"]
    assert {f["fault"]: f["count"] for f in report["figures"]}["orphan"] == 1


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


def test_a_title_of_two_lines_breaks_behind_a_stop() -> None:
    title = Element("h1")
    title.text = "Adventure I. A Scandal in Bohemia"
    balance(title, Look(), 12.0)
    assert title.text == "Adventure I."
    assert [line.tail for line in title] == ["A Scandal in Bohemia"]
    plain = Element("h1")
    plain.text = "The Adventure of a Scandal in Bohemia"
    balance(plain, Look(), 12.0)
    assert [line.tail for line in plain] == ["Scandal in Bohemia"]


@pytest.mark.parametrize("ragged", [False, True])
def test_no_line_begins_with_a_dash_between_spaces(ragged: bool) -> None:
    from xml.etree.ElementTree import fromstring

    from publish.lines.settle import measured, write
    from publish.lines.slots import Setting

    sentence = (
        "Er ging hinaus \N{EN DASH} und kam \N{EN DASH} wie er sagte \N{EN DASH} nicht wieder. "
    )
    setting = Setting("de", ragged=ragged)
    for measure in range(14, 26):
        paragraph = fromstring(f"<p>{sentence * 6}</p>")
        found = measured(paragraph, setting, measure, 1.3)
        assert found
        assert write(found)
        lines = "".join(paragraph.itertext()).split("\n")
        assert len(lines) > 5
        assert not [line for line in lines if line.startswith("\N{EN DASH}")]


@pytest.mark.parametrize("loose", [False, True])
def test_entries_of_a_glossary_are_ragged_all_or_none(loose: bool) -> None:
    from xml.etree.ElementTree import fromstring

    from publish.writers.pdf_lines import settle_lines

    long = "Donaudampfschiffahrtselektrizitätenhauptbetriebswerk"
    words = "The leading body of the party in the city, and the second highest. " * 3
    first = f"A {long} {long} {words}" if loose else words
    section = fromstring(
        f'<section class="kind-glossary"><p class="entry">{first}</p>'
        f'<p class="entry">{words}</p><p>{words}</p></section>'
    )
    settle_lines([section], sheet("digest"), "en-US")
    ragged = ["ragged" in paragraph.get("class", "").split() for paragraph in section.iter("p")]
    assert ragged == [loose, loose, False]


@pytest.mark.parametrize("loose", [False, True])
def test_ragged_entries_of_a_glossary_divide_no_word(loose: bool) -> None:
    from xml.etree.ElementTree import fromstring

    from publish.writers.pdf_lines import settle_lines

    long = "Donaudampfschiffahrtselektrizitätenhauptbetriebswerk"
    words = "Phalansteries, internationalists, responsibilities, consequently misunderstandings. "
    first = f"A {long} {long} of the city." if loose else words
    section = fromstring(
        f'<section class="kind-glossary"><p class="entry">{first}</p>'
        + f'<p class="entry">{words * 2}</p>' * 3
        + "</section>"
    )
    settle_lines([section], sheet("digest"), "en-US")
    lines = "".join(section.itertext()).split("\n")
    assert len(lines) > 6
    assert any(line.endswith("\N{HYPHEN}") for line in lines) != loose


def test_few_lines_of_a_narrow_measure_end_in_a_hyphen() -> None:
    from xml.etree.ElementTree import Element

    from publish.lines.settle import measured, write
    from publish.lines.slots import Setting

    text = (Path(__file__).parent / "prose" / "physician.txt").read_text("utf-8")
    setting = Setting("en-US", Look("SourceSerif"))
    lines: list[str] = []
    for words in (" ".join(each.split()) for each in text.split("\n\n")):
        paragraph = Element("p")
        paragraph.text = words
        found = measured(paragraph, setting, 24, 1.3)
        if found and write(found):
            lines += "".join(paragraph.itertext()).split("\n")
    assert len(lines) > 100
    assert sum(line.endswith("\N{HYPHEN}") for line in lines) / len(lines) < 0.1
