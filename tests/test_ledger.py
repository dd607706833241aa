"""Nothing changes without a record, and the record leads back to the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.context import Context
from publish.document import Document
from publish.edition import Edition
from publish.errors import ConservationError
from publish.ledger import (
    Change,
    Confidence,
    Edit,
    Group,
    Origin,
    Part,
    Rule,
    Status,
    apply_edits,
    apply_rule,
    check_conservation,
    each_block,
    regroup,
    replay,
)
from publish.read import read

EDITION = Edition.quick(b"x")


def document_of(*lines: str) -> Document:
    return read("\n".join(lines).encode())


def whole(document: Document, *indices: int) -> tuple[Part, ...]:
    return tuple(Part(i, 0, len(document.blocks[i].text.value)) for i in indices)


def rule_of(*edits: tuple[int, Edit], origin: Origin = Origin.STYLE, white: bool = False) -> Rule:
    return Rule("test.rule", lambda blocks, context: iter(edits), origin, white)


def applied(document: Document, rule: Rule) -> Document:
    return apply_rule(document, rule, Context.of(document, EDITION))


def test_a_certain_edit_is_applied_and_recorded():
    document = document_of("a well--known man")
    after = applied(document, rule_of((0, Edit(6, 8, "—", "double hyphen"))))
    assert after.blocks[0].text.value == "a well—known man"
    (change,) = after.ledger
    assert (change.before, change.after, change.line) == ("--", "—", 1)
    assert change.status is Status.SILENT
    check_conservation(after)


def test_a_doubtful_edit_is_recorded_and_not_applied():
    document = document_of("the modem world")
    edit = Edit(4, 9, "modern", "scanno", Confidence.DOUBTFUL, ("modern", "modem"))
    after = applied(document, rule_of((0, edit)))
    assert after.blocks == document.blocks
    assert after.ledger[0].status is Status.QUERIED
    assert after.ledger[0].candidates == ("modern", "modem")


def test_of_overlapping_edits_the_first_counts():
    document = document_of("abcdef")
    after = applied(document, rule_of((0, Edit(0, 3, "X", "")), (0, Edit(2, 4, "Y", ""))))
    assert after.blocks[0].text.value == "Xdef"


def test_a_settled_reading_is_left_alone_but_for_its_style():
    from dataclasses import replace

    document = replace(document_of("What's To Be Done"), protected=((0, 17),))
    edit = (0, Edit(4, 5, "’", "apostrophe"))
    assert applied(document, rule_of(edit, origin=Origin.SCAN)) == document
    assert applied(document, rule_of(edit)).blocks[0].text.value == "What’s To Be Done"


def test_a_white_rule_may_not_touch_ink():
    document = document_of("one two")
    with pytest.raises(ValueError, match="more than white space"):
        applied(document, rule_of((0, Edit(2, 4, "", "")), white=True))


def test_a_white_rule_leaves_no_record():
    document = document_of("one  two")
    after = applied(document, rule_of((0, Edit(3, 5, " ", "")), white=True))
    assert (after.blocks[0].text.value, after.ledger) == ("one two", ())


def test_the_line_of_a_change_is_that_of_its_first_character():
    document = document_of("one", "two", "three")
    joined = regroup(document, [Group("paragraph", whole(document, 0, 1, 2))])
    after = applied(joined, rule_of((0, Edit(8, 13, "3", "numeral"))))
    assert after.ledger[-1].line == 3


def test_grouping_may_not_lose_a_line():
    document = document_of("one", "two", "three")
    with pytest.raises(ValueError, match="leaves out"):
        regroup(document, [Group("paragraph", whole(document, 0, 2))])
    with pytest.raises(ValueError, match="leaves out"):
        regroup(document, [Group("paragraph", whole(document, 0, 1))])


def test_grouping_may_not_use_a_line_twice():
    document = document_of("one", "two")
    with pytest.raises(ValueError, match="twice"):
        regroup(
            document, [Group("paragraph", whole(document, 0, 1)), Group("note", whole(document, 0))]
        )


def test_removed_blocks_stay_in_the_record():
    document = document_of("THE HEAD 12", "text")
    after = regroup(
        document,
        [
            Group("line", whole(document, 0), "furniture.running_head", "repeats", removed=True),
            Group("line", whole(document, 1)),
        ],
    )
    assert [b.text.value for b in after.blocks] == ["text"]
    assert (after.ledger[0].before, after.ledger[0].after) == ("THE HEAD 12", "")
    check_conservation(after)


def test_a_moved_block_stays_in_the_record():
    document = document_of("the sentence runs", "* a note", "on here.", "Next.")
    after = regroup(
        document,
        [
            Group("paragraph", whole(document, 0, 2)),
            Group("note", whole(document, 1), "structure.note", "at the foot of a page"),
            Group("paragraph", whole(document, 3)),
        ],
    )
    assert [b.text.value for b in after.blocks] == [
        "the sentence runs\non here.",
        "* a note",
        "Next.",
    ]
    check_conservation(after)


def test_ids_stay_unique_when_a_line_is_split():
    document = document_of("NAME. words")
    parts = (Part(0, 0, 5), Part(0, 6, 11))
    after = regroup(document, [Group("paragraph", (part,)) for part in parts])
    assert [b.id for b in after.blocks] == ["L1", "L1b"]


def test_an_unrecorded_change_fails_conservation():
    from dataclasses import replace

    document = document_of("one two")
    block = replace(document.blocks[0], text=document.blocks[0].text.splice([(0, 3, "1")]))
    with pytest.raises(ConservationError):
        check_conservation(replace(document, blocks=(block,)))


lines = st.lists(st.text(alphabet="abc -—\t", min_size=1, max_size=12), min_size=1, max_size=8)


@st.composite
def edited(draw: st.DrawFn) -> Document:
    given_lines = draw(lines.filter(lambda ls: any(line.strip() for line in ls)))
    document = document_of(*given_lines)
    for _ in range(draw(st.integers(0, 4))):
        edits = []
        for index, block in enumerate(document.blocks):
            size = len(block.text.value)
            cuts = sorted(draw(st.lists(st.integers(0, size), max_size=6)))
            for a, b in zip(cuts[::2], cuts[1::2], strict=False):
                sure = draw(st.sampled_from([Confidence.CERTAIN, Confidence.DOUBTFUL]))
                edits.append((index, Edit(a, b, draw(st.text("XY ", max_size=3)), "why", sure)))
        document = apply_edits(document, rule_of(), edits)
        if draw(st.booleans()) and len(document.blocks) > 1:
            order = draw(st.permutations(range(len(document.blocks))))
            removed = draw(st.sets(st.sampled_from(order)))
            groups = [
                Group("line", whole(document, i), "test.move", "moved", removed=i in removed)
                for i in order
                if whole(document, i)[0].end
            ]
            if groups:
                document = regroup(document, groups)
    return document


@given(edited())
def test_the_record_leads_back_to_the_source(document):
    check_conservation(document)


@given(edited(), st.data())
def test_a_pass_can_be_replayed_from_its_record(document, data):
    edits = []
    for index, block in enumerate(document.blocks):
        size = len(block.text.value)
        a = data.draw(st.integers(0, size))
        b = data.draw(st.integers(a, size))
        edits.append((index, Edit(a, b, data.draw(st.text("XY", max_size=3)), "why")))
    after = apply_edits(document, rule_of(), edits)
    step = [c for c in after.ledger if c.step == document.step + 1]
    assert replay(document.blocks, step) == {b.id: b.text.value for b in after.blocks}


def test_each_block_visits_only_its_kinds():
    document = document_of("one", "two")
    rule = Rule("t", each_block(lambda text, _: [Edit(0, 1, "X", "")], frozenset({"verse"})))
    assert applied(document, rule) == document


def test_a_change_is_small_and_picklable():
    import pickle

    document = applied(document_of("a--b"), rule_of((0, Edit(1, 3, "—", "dash"))))
    assert pickle.loads(pickle.dumps(document)) == document
    assert isinstance(document.ledger[0], Change)
