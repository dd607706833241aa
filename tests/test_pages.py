"""Pages are filled as the layout will fill them, and short ones by a paragraph's extra line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed import NOTE, book, chapter, paragraphs, prose, section

from publish.book import Note, Part
from publish.lines.pages import Block, Place, fit, page
from publish.lines.total_fit import END, SPACE, Break, choose, lengths
from publish.preflight.composition import composition
from publish.preflight.set_lines import read_setting
from publish.writers import pdf_lines
from publish.writers.pdf import page_of, write_pdf

DEPTH = 10


def text(*lines: int) -> list[Block]:
    return [Block(each, split=True) for each in lines]


def never(number: int, by: int) -> None:
    return None


def pages(
    blocks: list[Block], changed: dict[int, int] | None = None, depth: int = DEPTH
) -> Iterator[tuple[Place, int]]:
    at = Place(0, 0)
    while at.block < len(blocks):
        after, used = page(blocks, depth, at, changed or {})
        assert after > at
        yield after, used
        at = after


@pytest.mark.parametrize(
    ("blocks", "used"),
    [
        (text(10, 3), [10, 3]),
        (text(13), [10, 3]),
        (text(11), [9, 2]),  # no widow
        (text(9, 4), [9, 4]),  # no orphan
        (text(8, 3), [8, 3]),  # three lines are not torn
        (text(8, 4), [10, 2]),
        ([*text(8), Block(1, 1, 1, keeps=True, glued=True), *text(5)], [6, 10]),
        ([*text(7), Block(2, 1, keeps=True), *text(5)], [7, 7]),  # a heading with two lines
        ([*text(5), Block(2, 1, keeps=True), *text(5)], [10, 3]),
        ([*text(7), Block(4)], [7, 4]),  # a stanza is not torn
        ([Block(6, bottom=2, keeps=True), *text(4)], [10, 2]),
        ([*text(4), Block(3, 1, 1), Block(3, 1, 1)], [8, 3]),  # margins count once
        ([Block(6, split=True, notes=((0, 1.6),)), *text(4)], [9, 4]),
        ([*text(7), Block(4, split=True, notes=((1, 0.8),))], [7, 4]),
        ([Block(14)], [10]),
    ],
)
def test_pages_end_where_they_may(blocks: list[Block], used: list[int]) -> None:
    assert [lines for _, lines in pages(blocks)] == used


def test_a_short_page_is_filled_by_the_cheapest_paragraph() -> None:
    blocks = text(4, 5, 3, 8)  # nine lines and a paragraph of three
    prices = {(0, 1): 30.0, (1, 1): 20.0, (0, -1): 90.0, (2, -1): 10.0}

    def cost(number: int, by: int) -> float | None:
        return prices.get((number, by))

    assert fit(blocks, DEPTH, never) == {}
    assert fit(blocks, DEPTH, cost) == {1: 1, 2: -1}
    assert next(pages(blocks, {1: 1}))[1] == DEPTH


def test_two_paragraphs_fill_a_page_that_one_cannot() -> None:
    blocks = [*text(4, 4), Block(3, 1, keeps=True), *text(6)]
    assert next(pages(blocks))[1] == 8
    assert fit(blocks, DEPTH, lambda number, by: 1.0) == {0: 1, 1: 1}


def test_a_page_is_filled_by_what_stands_on_the_pages_before() -> None:
    blocks = [*text(7, 13, 8), Block(4), *text(9)]  # a stanza would leave the third page short
    cheap = {(0, 1): 5.0}

    def cost(number: int, by: int) -> float | None:
        return cheap.get((number, by))

    assert [lines for _, lines in pages(blocks)][:4] == [10, 10, 8, 10]
    assert fit(blocks, DEPTH, cost) == {}  # a line more would be no help
    cheap[0, -1], cheap[1, -1] = 5.0, 3.0
    assert fit(blocks, DEPTH, cost) == {0: -1, 1: -1}
    filled = [lines for _, lines in pages(blocks, {0: -1, 1: -1})]
    assert filled[:3] == [10, 10, 10]


def test_three_paragraphs_fill_a_page_that_two_cannot() -> None:
    blocks = [*text(2, 2, 3), Block(5), *text(9)]
    assert next(pages(blocks))[1] == 7
    assert fit(blocks, DEPTH, lambda number, by: 1.0 if by > 0 else None) == {0: 1, 1: 1, 2: 1}
    assert fit(blocks, DEPTH, lambda number, by: 2e6 if by > 0 else None) == {}  # too dear


def test_a_last_page_gets_as_many_lines_as_there_are() -> None:
    blocks = text(10, 8, 4)
    assert [lines for _, lines in pages(blocks)] == [10, 10, 2]
    changed = fit(blocks, DEPTH, lambda number, by: 1.0 if (number, by) == (1, 1) else None)
    assert changed == {1: 1}
    assert [lines for _, lines in pages(blocks, changed)] == [10, 9, 4]


def test_paragraphs_with_notes_are_left_alone() -> None:
    blocks = [Block(4, split=True, notes=((1, 0.8),)), Block(3, split=True, notes=((0, 0.8),))]
    assert fit([*blocks, *text(3)], DEPTH, lambda number, by: 1.0).keys() <= {2}


def test_a_last_page_of_two_lines_is_saved() -> None:
    blocks = text(10, 6, 6)
    changed = fit(blocks, DEPTH, lambda number, by: 1.0)
    last = [lines for _, lines in pages(blocks, changed)][-1]
    assert last > 4


@given(
    st.lists(
        st.builds(
            Block,
            st.integers(1, 14),
            st.integers(0, 2),
            st.integers(0, 2),
            st.booleans(),
            st.booleans(),
            st.booleans(),
            st.just(()),
        ),
        max_size=30,
    )
)
@settings(max_examples=200, deadline=None)
def test_every_line_comes_to_a_page_and_none_holds_too_many(blocks: list[Block]) -> None:
    found = list(pages(blocks))
    assert all(used <= DEPTH for _, used in found)
    assert not blocks or found[-1][0].block == len(blocks)
    assert fit(blocks, DEPTH, lambda number, by: 5.0).keys() <= set(range(len(blocks)))


def everything() -> tuple[Part, ...]:
    """Chapters of prose with crossheads, breaks, quotations, verse, letters and notes."""
    inner = (
        f'{paragraphs("a", 6)}<h3 id="c">A Crosshead</h3>{paragraphs("b", 5)}<hr/>'
        f"{paragraphs('c', 5)}<blockquote>{paragraphs('q', 2)}</blockquote>{paragraphs('d', 6)}"
        '<div class="verse"><p class="stanza"><span class="line">Upon the wall</span><br/>'
        '<span class="line indent-1">A line of verse</span></p><p class="stanza">'
        '<span class="line">The river runs</span></p></div>'
        f"<p>The levels{NOTE_CALL} were taken. {prose(3)}</p>{paragraphs('e', 9)}"
        f'<div class="verse">{stanza(31)}{stanza(8)}{stanza(14)}</div>'
        f'<div class="letter"><p class="salutation">Dear Sir,</p>{paragraphs("l", 3)}'
        f'<p class="signature">A. Surveyor</p></div>{paragraphs("f", 9)}'
    )
    return chapter(0, inner, 12), chapter(1, paragraphs("g", 30), 9)


def stanza(count: int) -> str:
    """A stanza whose every fifth line is too long for a narrow page."""
    lines = ["The river runs" + ", as ever it ran before the wall was made" * (at % 5 == 4)
             for at in range(count)]  # fmt: skip
    return f'<p class="stanza">{"<br/>".join(map(LINE_OF_VERSE.format, lines))}</p>'


LINE_OF_VERSE = '<span class="line">{}</span>'
NOTE_CALL = '<a epub:type="noteref" role="doc-noteref" id="call-1" href="#note-1">1</a>'


@pytest.mark.parametrize("trim", ["digest", "pocket", "royal"])
def test_the_layout_ends_its_pages_where_they_were_foreseen(
    trim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = ("CHAPTER I. THE WALL", "CHAPTER II. An Account of All the Levels in the Valley")
    first, second = (
        replace(part, title=title, body=part.body.replace(part.title, title))
        for part, title in zip(everything(), titles, strict=True)
    )
    made = book(trim, (first, second), (NOTE,))
    foreseen: list[list[int]] = []

    def watched(blocks: list[Block], depth: int, cost: object) -> dict[int, int]:
        changed = fit(blocks, depth, cost)  # type: ignore[arg-type]
        foreseen.append([used for _, used in pages(blocks, changed, depth)])
        return changed

    monkeypatch.setattr(pdf_lines, "fit", watched)
    setting = read_setting(write_pdf(made))
    leading, depth = page_of(made).leading, page_of(made).lines
    head = max(line.baseline for line in setting.lines)
    lines = [
        round((head - min(line.baseline for line in group)) / leading) + 1
        for _, group in groupby(setting.lines, lambda line: line.page)
    ]
    noted = [number - 1 for number in sorted(setting.noted)]
    wanted = [used for section in foreseen for used in section]
    assert len(lines) == len(wanted)
    for at, (found, used) in enumerate(zip(lines, wanted, strict=True)):
        if at not in noted:
            assert found == used, (at, lines, wanted)
    assert sum(used == depth for used in wanted) >= len(wanted) - 4


@pytest.mark.parametrize("before", range(12, 26, 2))
def test_a_long_stanza_is_parted_but_no_line_of_it_stands_alone(before: int) -> None:
    lead = "".join(f"<p>Line {at} of the lead.</p>" for at in range(before))
    part = Part(
        "v", "Verse", "chapter", "body",
        section("v", "chapter", "Verse", f'{lead}<div class="poem">{stanza(9)}{stanza(8)}</div>'),
    )  # fmt: skip
    lines = read_setting(write_pdf(book(parts=(part,), notes=()))).lines
    verse = [line.page for line in lines if line.text.startswith("The river")]
    for at, count in ((0, 9), (9, 8)):
        pages = [len(list(same)) for _, same in groupby(verse[at : at + count])]
        assert len(pages) == 1 or (count == 9 and min(pages) > 1), (before, pages)
    if before == 18:  # some of the stanza fits below
        assert len(set(verse[:9])) == 2


def test_pages_of_prose_face_each_other_evenly(monkeypatch: pytest.MonkeyPatch) -> None:
    made = book(parts=(chapter(0, paragraphs("x", 60), 9), chapter(1, paragraphs("y", 50), 9)))
    fitted = {figure.fault: figure.count for figure in composition(write_pdf(made)).figures}
    monkeypatch.setattr(pdf_lines, "fit", lambda *_: {})
    plain = {figure.fault: figure.count for figure in composition(write_pdf(made)).figures}
    assert fitted["unequal"] < plain["unequal"] / 2
    assert fitted["widow"] == fitted["orphan"] == fitted["heading"] == 0


def test_lengths_know_the_chosen_one_and_its_neighbours() -> None:
    breaks, at = [], 0.0
    for number in range(120):
        at += 1.0 + (number * 7 % 5) * 0.4
        last = number == 119
        kind = END if last else SPACE
        breaks.append(Break(at, at + 0.25 * (not last), number, number + (not last), kind))
        at += 0.25
    chosen = choose(breaks, 26.0, 0.25, 1.3)
    found = lengths(breaks, 26.0, 0.25, 1.3)
    assert chosen is not None
    assert found[len(chosen)][1] == chosen
    assert len(found) > 1
    for lines, (cost, ways) in found.items():
        assert len(ways) == lines
        assert cost >= found[len(chosen)][0]


def test_a_note_of_many_paragraphs_ends_what_is_foreseen() -> None:
    long = Note("note-1", "1", "call-1", "<p>One.</p><p>Two.</p>")
    text = chapter(0, f"<p>A call{NOTE_CALL} here.</p>{paragraphs('n', 20)}", 4)
    assert write_pdf(book(parts=(text,), notes=(long,)))
