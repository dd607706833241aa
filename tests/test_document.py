"""A text keeps the provenance of its characters and its marks through any splice."""

from hypothesis import given
from hypothesis import strategies as st

from publish.document import Anchor, Mark, Source, Text, join

words = st.text(alphabet="ab \n-", max_size=30)


@st.composite
def spliced(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str]]]:
    value = draw(st.text(alphabet="abcdefgh \n", min_size=1, max_size=40))
    cuts = sorted(draw(st.lists(st.integers(0, len(value)), max_size=8)))
    cuts = cuts[: len(cuts) // 2 * 2]
    pairs = zip(cuts[::2], cuts[1::2], strict=True)
    return value, [(a, b, draw(st.text(alphabet="XYZ", max_size=3))) for a, b in pairs]


@given(spliced(), st.integers(0, 99))
def test_untouched_characters_keep_their_source_offset(case, base):
    value, splices = case
    text = Text(value, (Anchor(0, base),))
    after = text.splice(splices)
    expected, at = [], 0
    for start, end, new in splices:
        expected += [(c, base + i) for i, c in enumerate(value[at:start], at)]
        expected += [(c, None) for c in new]
        at = end
    expected += [(c, base + i) for i, c in enumerate(value[at:], at)]
    assert after.value == "".join(c for c, _ in expected)
    for offset, (_, source) in enumerate(expected):
        if source is not None:
            assert after.source_at(offset) == source


@given(spliced(), spliced())
def test_provenance_survives_a_second_splice(first, second):
    text = Text(first[0], (Anchor(0, 0),)).splice(first[1])
    size = len(text.value)
    splices = [(a, b, new) for a, b, new in second[1] if b <= size]
    after = text.splice(splices)
    kept = [i for i in range(size) if not any(a <= i < b for a, b, _ in splices)]
    positions = [
        i + sum(len(new) - (b - a) for a, b, new in splices if b <= i and (a < i or a == b))
        for i in kept
    ]
    for old, new in zip(kept, positions, strict=True):
        assert after.value[new] == text.value[old]
        assert after.source_at(new) == text.source_at(old)


@given(spliced(), st.data())
def test_marks_follow_the_characters_they_are_laid_on(case, data):
    value, splices = case
    start = data.draw(st.integers(0, len(value)))
    end = data.draw(st.integers(start, len(value)))
    text = Text(value, (Anchor(0, 0),), (Mark(start, end, "emphasis"),))
    after = text.splice(splices)
    (mark,) = after.marks
    assert 0 <= mark.start <= mark.end <= len(after.value)
    kept = [i for i in range(start, end) if not any(a <= i < b for a, b, _ in splices)]
    marked = {after.source_at(i) for i in range(mark.start, mark.end) if after.value[i] in value}
    assert set(kept) <= marked | ({after.source_at(mark.start)} if not kept else set())


def test_a_mark_grows_with_what_is_put_inside_it():
    text = Text("see Emma now", (Anchor(0, 0),), (Mark(4, 8, "emphasis"),))
    after = text.splice([(0, 3, "look at"), (6, 6, "--")])
    assert after.value[after.marks[0].start : after.marks[0].end] == "Em--ma"


def test_a_paragraph_of_joined_lines_needs_one_anchor():
    source = "one\ntwo\nthree"
    lines = [
        Text("one", (Anchor(0, 0),)),
        Text("two", (Anchor(0, 4),)),
        Text("three", (Anchor(0, 8),)),
    ]
    joined = join(lines)
    assert joined.value == source
    assert joined.anchors == (Anchor(0, 0),)


@given(st.lists(words, min_size=1, max_size=5))
def test_joined_texts_keep_their_source(values):
    texts, at = [], 0
    for value in values:
        texts.append(Text(value, (Anchor(0, at),)))
        at += len(value) + 3
    joined = join(texts, " | ")
    at = 0
    for text in texts:
        for i in range(len(text.value)):
            assert joined.source_at(at + i) == text.source_at(i)
        at += len(text.value) + 3


@given(st.text(alphabet="abc\n", min_size=1, max_size=30), st.data())
def test_a_slice_keeps_its_source(value, data):
    start = data.draw(st.integers(0, len(value)))
    end = data.draw(st.integers(start, len(value)))
    text = Text(value, (Anchor(0, 7),)).splice([(0, 0, "ab")])
    part = text.slice(start, end)
    assert part.value == text.value[start:end]
    for i in range(len(part.value)):
        assert part.source_at(i) == text.source_at(start + i)


def test_lines_are_counted_from_one():
    source = Source("one\r\ntwo\nthree", (0, 5, 9))
    assert [source.line_of(i) for i in (0, 4, 5, 8, 9, 13)] == [1, 1, 2, 2, 3, 3]
    assert [source.line(n) for n in (0, 1, 2, 3, 4)] == ["", "one", "two", "three", ""]


def test_ink_is_what_is_not_white_space():
    assert Text("a b\n c\u00a0d\u2009").ink == 4


def test_marks_move_in_time_by_their_number():
    # Each mark weighed against each splice would be ten thousand million times.
    number = 100_000
    marks = tuple(Mark(4 * at, 4 * at + 3, "emphasis") for at in range(number))
    text = Text("_a_ " * number, (Anchor(0, 0),), marks)
    signs = [(4 * at + sign, 4 * at + sign + 1, "") for at in range(number) for sign in (0, 2)]
    after = text.splice(signs)
    assert after.value == "a " * number
    assert after.marks == tuple(Mark(2 * at, 2 * at + 1, "emphasis") for at in range(number))


@given(spliced(), st.integers(0, 99), st.integers(0, 99))
def test_a_mark_that_ends_within_a_splice_is_held_to_its_edges(case, one, other):
    value, splices = case
    start, end = sorted((min(one, len(value)), min(other, len(value))))
    after = Text(value, (Anchor(0, 0),), (Mark(start, end, "emphasis"),)).splice(splices)
    if all(len(new) == b - a for a, b, new in splices):
        return  # then nothing moves

    def moved(position, closing):
        shift = 0
        for a, b, new in splices:
            if position <= a:
                break
            if position < b:
                return a + shift + (len(new) if closing else 0)
            shift += len(new) - (b - a)
        return position + shift

    first = moved(start, False)
    last = first if start == end else max(first, moved(end, True))
    assert after.marks == (Mark(first, last, "emphasis"),)
