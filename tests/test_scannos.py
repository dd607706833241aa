"""Misreadings: what is certain is mended, what is not is asked, what is right is left."""

import random
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.document import Anchor, Block, Document, Source, Text
from publish.edition import Edition
from publish.ledger import Status, check_conservation
from publish.readings.confusions import confusions
from publish.readings.lexicon import Lexicon
from publish.stages.scannos import scannos

CASES = tomllib.loads((Path(__file__).parent / "cases" / "scannos.toml").read_text("utf-8"))["case"]
ENGLISH = Edition.quick(b"x", language="en")


def document_of(*paragraphs: str) -> Document:
    source = "\n".join(paragraphs)
    blocks, at = [], 0
    for number, paragraph in enumerate(paragraphs, 1):
        blocks.append(Block("paragraph", Text(paragraph, (Anchor(0, at),)), f"L{number}"))
        at += len(paragraph) + 1
    starts = [0]
    for paragraph in paragraphs[:-1]:
        starts.append(starts[-1] + len(paragraph) + 1)
    return Document(Source(source, tuple(starts)), tuple(blocks))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["given"][:40])
def test_case(case):
    after = scannos(document_of(case["given"]), ENGLISH)
    assert after.blocks[0].text.value == case["then"], case["why"]
    applied = {c.rule for c in after.ledger if c.applied}
    assert applied == ({case["rule"]} if case["given"] != case["then"] else set())
    if "query" in case:
        asked = [r for c in after.ledger if c.status is Status.QUERIED for r in c.candidates]
        assert case["query"] in asked


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["given"][:40])
def test_a_mended_text_needs_no_mending(case):
    once = scannos(document_of(case["given"]), ENGLISH)
    twice = scannos(document_of(once.blocks[0].text.value), ENGLISH)
    assert twice.blocks[0].text.value == once.blocks[0].text.value


@given(
    st.lists(
        st.text(alphabet="tho bewI.1■\\V'rnm", min_size=1, max_size=60), min_size=1, max_size=4
    )
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_mended_is_recorded(paragraphs):
    check_conservation(scannos(document_of(*paragraphs), ENGLISH))


def test_without_a_word_list_nothing_is_guessed():
    text = "Ceci est laugely un constanf essai de tho langue."
    language = Edition.quick(b"x", language="xx")
    assert scannos(document_of(text), language).blocks[0].text.value == text


def test_the_stage_can_be_switched_off():
    from dataclasses import replace

    text = "A constanf stream of carts."
    assert scannos(document_of(text), replace(ENGLISH, scannos=False)).ledger == ()


def test_the_editors_own_words_are_right():
    from dataclasses import replace

    text = "The farmer was laugely indifferent."
    edition = replace(ENGLISH, words=frozenset({"laugely"}))
    assert scannos(document_of(text), edition).ledger == ()


def test_confusions_are_of_glyphs_and_name_their_source():
    import publish.language

    path = publish.language.FOLDER / "latin" / "confusions.toml"
    pairs = tomllib.loads(path.read_text("utf-8"))["pairs"]
    assert len(pairs) == len(confusions()) > 100
    for pair in pairs:
        assert 0 < len(pair["read"]) <= 3
        assert 0 < len(pair["meant"]) <= 3
        assert pair["source"] in {"DP", "KUK", "JSB", "TYPE"}


PROSE = """
The lighthouse keeper trimmed the lamp every evening at sunset and wrote the weather in a book.
His daughter carried the bread up from the village and waited for the news from the mainland.
Nothing remarkable happened that winter except the wreck of a small trading vessel from Norway.
The captain explained afterwards that the current had carried them against the northern rocks.
Several passengers remained at the station until the government cutter returned in February.
Their gratitude was considerable and the keeper received a handsome silver watch for his trouble.
He thought the present excessive because he had only performed his ordinary duties that night.
The magistrate nevertheless insisted that such courage deserved some permanent recognition.
"""
DAMAGE = (("rn", "m"), ("h", "b"), ("e", "c"), ("n", "u"), ("d", "cl"), ("m", "rn"), ("l", "i"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_damaged_prose_is_mended_or_queried_and_never_made_worse(seed):
    """A generator of our own damages single words; none may end as another wrong word."""
    dice = random.Random(seed)
    lines = PROSE.strip().splitlines()
    damaged, truth = [], []
    for line in lines:
        words = line.split()
        place = dice.randrange(1, len(words) - 1)
        options = [(a, b) for a, b in DAMAGE if a in words[place] and len(words[place]) > 4]
        if options:
            meant, read = dice.choice(options)
            truth.append((words[place], words[place].replace(meant, read, 1)))
            words[place] = truth[-1][1]
        damaged.append(" ".join(words))
    after = scannos(document_of(*damaged), ENGLISH)
    applied = {(c.before, c.after) for c in after.ledger if c.applied}
    queried = {c.before for c in after.ledger if c.status is Status.QUERIED}
    good = {(wrong.strip(".,"), right.strip(".,")) for right, wrong in truth}
    assert applied <= good
    found = sum((wrong, right) in applied or wrong in queried for wrong, right in good)
    assert found >= len(good) - 2, good - applied
    assert len(queried - {wrong for wrong, _ in good}) <= 2


def test_the_lexicon_knows_inflected_rare_words():
    from publish.context import Context

    lexicon = Lexicon(Context.of(document_of("x"), ENGLISH))
    for word in ("tottered", "bidden", "legging", "wearied", "fops", "loth", "nicety", "swathed"):
        assert lexicon.sound(word), word
    for word in ("laugely", "constanf", "recogrlize", "hideouslv"):
        assert not lexicon.sound(word), word
