"""Misreadings: what is certain is mended, what is not is asked, what is right is left."""

import tomllib
from pathlib import Path

import pytest
from damage import Damage, damage
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.document import Anchor, Block, Document, Source, Text
from publish.edition import Edition
from publish.ledger import Confidence, Edit, Status, check_conservation
from publish.queries import open_queries
from publish.readings.confusions import confusions
from publish.readings.lexicon import Lexicon
from publish.stages import scannos as stage
from publish.stages.scannos import scannos

CASES = [
    case
    for path in sorted((Path(__file__).parent / "cases").glob("scannos*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]
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
    language = Edition.quick(b"x", language=case.get("language", "en"))
    after = scannos(document_of(case["given"]), language)
    assert after.blocks[0].text.value == case["then"], case["why"]
    applied = {c.rule for c in after.ledger if c.applied}
    assert applied == ({case["rule"]} if case["given"] != case["then"] else set())
    if "query" in case:
        asked = [r for c in after.ledger if c.status is Status.QUERIED for r in c.candidates]
        assert case["query"] in asked


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["given"][:40])
def test_a_mended_text_needs_no_mending(case):
    language = Edition.quick(b"x", language=case.get("language", "en"))
    once = scannos(document_of(case["given"]), language)
    twice = scannos(document_of(once.blocks[0].text.value), language)
    assert twice.blocks[0].text.value == once.blocks[0].text.value


def test_a_stray_sign_within_a_word_is_asked_about_with_the_word_without_it():
    given = "The wealth that is p`roduced by the nations is great, and x`yq is not."
    after = scannos(document_of(given), ENGLISH)
    assert after.blocks[0].text.value == given
    asked = {c.before: c.candidates for c in after.ledger if c.status is Status.QUERIED}
    assert asked["p`roduced"] == ("produced", "p`roduced")
    assert "roduced" not in asked
    assert asked["x`yq"] == ("x`yq",)


@pytest.mark.parametrize(
    ("given", "word", "confidence"),
    [
        ("He went from Bâle to see the workers of the town.", "Bâle", Confidence.DOUBTFUL),
        ("They look at the cités that the masters built.", "cités", Confidence.DOUBTFUL),
        ("They look at the bânk that the masters built.", "bânk", Confidence.LIKELY),
    ],
)
def test_an_accented_word_of_another_language_is_not_thought_misread(given, word, confidence):
    after = scannos(document_of(given), ENGLISH)
    assert after.blocks[0].text.value == given
    assert [(c.before, c.confidence) for c in after.ledger] == [(word, confidence)]
    if confidence is Confidence.DOUBTFUL:
        assert open_queries(after)[0].readings[0] == word  # what a quick key takes


HOUSE = "The old man said that fhe house was sold."


def test_what_is_mended_is_not_asked_about_too():
    """One rule doubts fhe, which may be the or she; another knows which stands before house."""
    mended = scannos(document_of(HOUSE), ENGLISH)
    assert mended.blocks[0].text.value == HOUSE.replace("fhe", "the")
    assert [(c.before, c.after, c.status) for c in mended.ledger] == [("fhe", "the", Status.SILENT)]
    assert open_queries(mended) == ()
    check_conservation(mended)


def test_the_same_word_is_asked_about_where_no_rule_is_certain():
    both = scannos(document_of(HOUSE, "“It is a pity,” fhe answered, and took her hat."), ENGLISH)
    asked = [c for c in both.ledger if c.status is Status.QUERIED and c.before == "fhe"]
    assert [c.block for c in asked] == ["L2"]
    assert [query.line for query in open_queries(both)] == [2]


def test_a_longer_doubt_outlives_the_mending_of_a_part(monkeypatch):
    def whole(blocks, evidence):
        at = blocks[0].text.value.index("fhe house")
        yield 0, Edit(at, at + 9, "the horse", "other words", Confidence.LIKELY, ("the horse",))

    rules = tuple(r for r in stage.RULES if r[0] != "scannos.word")
    monkeypatch.setattr(stage, "RULES", (("scannos.word", whole), *rules))
    mended = scannos(document_of(HOUSE), ENGLISH)
    assert "the house" in mended.blocks[0].text.value
    assert [query.was for query in open_queries(mended)] == ["fhe house"]


def test_capitals_of_the_copy_are_its_own():
    given = "She left with little doubt as to the How or the When she might come back to it."
    after = scannos(document_of(given), ENGLISH)
    assert after.blocks[0].text.value == given
    lone = scannos(document_of("He asked what had been done with the Work of the men."), ENGLISH)
    assert "the work of" in lone.blocks[0].text.value


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


SOUND = (
    "The bargemen laid their bargepoles down, and the lampmaker lit the boatroom.",
    "“Yes, ma'am,” he said, and the captain'll come at four o'clock; who'd have thought it?",
    "Chapter the Second.",
    "He wrote to Boston, U.S., and to the P.M. of the day, and went by the 4.30 train.",
    "She came at 3 p.m. and again in the morning, e.g. with the milk, before he slept.",
    "The letter went to Marten, Dr, and to Main Rd, Boston, and came back.",
    "The mill stood by lot B12, and cost 10,000 crowns in 1887-88.",
)


@pytest.mark.parametrize("text", SOUND)
def test_what_is_sound_is_not_asked_about(text):
    after = scannos(document_of(text), ENGLISH)
    assert [(c.before, c.why) for c in after.ledger] == []


def test_a_comma_at_a_paragraphs_end_is_asked_about():
    def asked(*paragraphs: str) -> list[tuple[str, str]]:
        ledger = scannos(document_of(*paragraphs), ENGLISH).ledger
        return [(c.before, c.after) for c in ledger if c.rule == "scannos.stop"]

    first = "The miller came down the stairs with his lantern in his hand,"
    assert asked(first, "He sat down by the fire.") == [(",", ".")]
    assert asked(first, "and sat down by the fire.") == []
    assert asked(first, "“Who is there?” he asked.") == []
    assert asked("My dear Sir,", "The mill is sold.") == []
    assert asked(first.replace("hand,", "hand."), "He sat down by the fire.") == []


def test_commas_that_the_printer_set_apart_are_left():
    text = "The mill , the wheel , the pond and the ford are sold , and so is the meadow . " * 4
    ledger = scannos(document_of(text), ENGLISH).ledger
    assert [c for c in ledger if c.rule == "scannos.stop"] == []


def test_brackets_that_a_text_has_in_pairs_are_its_own():
    def asked(*paragraphs: str) -> list[str]:
        ledger = scannos(document_of(*paragraphs), ENGLISH).ledger
        return [c.before for c in ledger if "sign that no word has" in c.why]

    aside = "The keeper [from the stair] came down--[she waits]--and said [aside]: all is well."
    plain = "The lamp burned all night [as it should], and the keeper slept."
    assert asked(aside, plain) == []
    torn = "The keeper came dow[ the stair, and the lamp burned all night."
    assert asked(torn, plain) == ["dow[", "[as", "should],"]


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


PROSE = {"canal": "en", "physician": "en", "leuchtturm": "de"}
SEEDS = range(6)


@pytest.mark.parametrize("name", PROSE)
def test_damage_is_mended_or_queried_and_nothing_made_worse(name):
    """Twenty places of 1,500 words are broken by confusions that are not the stage's own."""
    path = Path(__file__).parent / "prose" / f"{name}.txt"
    sound = path.read_text("utf-8").strip().split("\n\n")
    assert sum(len(paragraph.split()) for paragraph in sound) >= 1500
    missed: list[Damage] = []
    for seed in SEEDS:
        damaged, record = damage(sound, seed)
        assert len(record) == 20
        after = scannos(document_of(*damaged), Edition.quick(b"x", language=PROSE[name]))
        numbers = {block.id: number for number, block in enumerate(after.blocks)}
        asked = [(numbers[c.block], c.before) for c in after.ledger if c.status is Status.QUERIED]
        restored = [block.text.value for block in after.blocks]
        for made in record:
            value = restored[made.paragraph]
            if made.wrong in value:
                restored[made.paragraph] = value.replace(made.wrong, made.right, 1)
                if not any(about(made, *query) for query in asked):
                    missed.append(made)
        assert restored == sound, "a false correction"
        false = [query for query in asked if not any(about(made, *query) for made in record)]
        assert len(false) <= 40, false
    assert len(missed) <= len(SEEDS) * 2, missed


def about(made: Damage, number: int, before: str) -> bool:
    """Whether a query of a paragraph is about a damaged place."""
    return number == made.paragraph and (before in made.wrong or made.wrong in before)


def test_the_lexicon_knows_inflected_rare_words():
    from publish.context import Context

    lexicon = Lexicon(Context.of(document_of("x"), ENGLISH))
    for word in ("tottered", "bidden", "legging", "wearied", "fops", "loth", "nicety", "swathed"):
        assert lexicon.sound(word), word
    for word in ("laugely", "constanf", "recogrlize", "hideouslv"):
        assert not lexicon.sound(word), word


def asked_in(text: str, language: str) -> dict[str, str]:
    """What is queried in a text → how sure the likeliest reading is."""
    done = scannos(document_of(text), Edition.quick(b"x", language=language))
    return {c.before: c.confidence.value for c in done.ledger if c.status is Status.QUERIED}


def test_regular_inflections_of_german_nouns_are_known():
    text = "Auf dem Markte stand der Wirt des Gasthofes, und im Stalle war nur ein Pferd."
    assert not asked_in(text, "de")
    assert asked_in(text.replace("Pferd", "Pfcrd"), "de")


def test_words_drawn_together_in_speech_are_known():
    text = "“And what d’you call that, when t’other is shut? You oughtn’t to have come.”"
    assert not asked_in(text, "en")
    assert "k’you" in asked_in(text.replace("d’you", "k’you"), "en")


def test_part_of_a_full_name_is_only_doubted():
    text = "She played the queen in Ruy Blas, and nobody in the town had seen it before."
    assert asked_in(text, "en") == {"Ruy": "doubtful"}
    assert asked_in(text.replace(" Blas", ""), "en") == {"Ruy": "likely"}
    assert asked_in(text + " Her brother was called Ray.", "en") == {"Ruy": "likely"}


HABIT = (
    "Tho wagons came down to tho river boforo dawn, and tho drivers wero rostloss, for tho "
    "bridgo was closod. Somo wanted to cross bolow tho mill, whoro tho water was lower; others "
    "had novor seen tho placo and would not movo a stop without a propor guido."
)


def test_a_habit_of_the_copy_is_learnt_and_used():
    after = scannos(document_of(HABIT), ENGLISH).blocks[0].text.value
    for word in ("before", "the river", "the drivers were restless", "never seen the place"):
        assert word in after, after


def test_one_odd_word_is_no_habit():
    text = "Tho bo was a good man, and ho ho cried the folk whom he met on the road to Bodmin."
    assert scannos(document_of(text), ENGLISH).blocks[0].text.value == text


def test_a_name_that_stands_often_mends_its_misreading():
    text = " ".join(["Mr. Higgins went out again before noon."] * 4)
    after = scannos(document_of(text + " Then Hlggins came home to supper."), ENGLISH)
    assert "Hlggins" not in after.blocks[0].text.value


FOREIGN = {
    "de": "Die Torfstecher schwiegen beharrlich, bis der Nachtwächter mit der Hellebarde vorüber "
    "war. »Das ist erlogen«, rief Frau Harmsen, und der Küster nickte bedächtig.",
    "fr": "Le bourrelier remontait la venelle ; ses sabots claquaient sur les dalles moussues. "
    "« Tu n’as point vu la Mathurine ? » demanda-t-il au garde champêtre qui jasait.",
    "it": "Il campanaro salì la scaletta e guardò la palude; l’oste Brambilla non rispose.",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_left_alone(language):
    document = document_of(FOREIGN[language])
    after = scannos(document, Edition.quick(b"x", language=language))
    assert after.blocks == document.blocks


def test_a_mark_apart_is_drawn_to_its_word_where_the_others_stand_close():
    text = "He came; he saw; he won: and then? He left ; nobody knew why."
    assert "He left; nobody" in scannos(document_of(text), ENGLISH).blocks[0].text.value
    period = "He came ; he saw ; he won : and then ? He left ; nobody knew why."
    assert scannos(document_of(period), ENGLISH).blocks[0].text.value == period


def test_the_first_source_without_its_corrections(tmp_path):
    """Places that a scanner or printer damaged are mended or asked about, few others are."""
    import shutil
    from dataclasses import replace

    from publish.edition_folder import load_edition
    from publish.pipeline import prepare

    seed = Path(__file__).parent.parent / "seeds" / "russian-events-1937"
    folder = shutil.copytree(seed, tmp_path / "seed")
    (folder / "corrections.toml").write_text("", encoding="utf-8")
    document = prepare(replace(load_edition(folder)))
    seen = {(c.line, c.before) for c in document.ledger if c.origin.value == "scan"}
    lines = {line for line, _ in seen}
    damaged = {4, 82, 87, 119, 187, 288, 365, 409, 431, 545, 557, 636, 690, 752, 796, 797, 870, 881}
    assert damaged <= lines, damaged - lines
    asked = [c for c in document.ledger if c.status is Status.QUERIED and c.line not in damaged]
    assert len(asked) <= 40
    applied = {c.line for c in document.ledger if c.applied and c.rule.startswith("scannos")}
    assert applied <= damaged


CLEAN = "The miller went down to the weir with his lantern and counted the sacks by the door. "


def test_a_copy_that_was_proofread_is_only_asked_about():
    def read(pages: int) -> tuple[str, list[str]]:
        text = "The farmer was indifferent to the constanf stream of carts."
        after = scannos(document_of(text, *[CLEAN * 10] * pages), ENGLISH)
        asked = [c.after for c in after.ledger if c.status is Status.QUERIED]
        return after.blocks[0].text.value, asked

    assert read(pages=1) == ("The farmer was indifferent to the constant stream of carts.", [])
    unsure = "The farmer was indifferent to the constanf stream of carts."
    assert read(pages=40) == (unsure, ["constant"])


def test_a_copy_with_many_misreadings_is_mended_however_long_it_is():
    damaged = [
        "The farmer was indifferent to the constanf stream of carts.",
        "They heard the remarkahle story of the bridge in the evening.",
        "He kept the certificafe in a drawer beside the window.",
    ]
    after = scannos(document_of(*damaged, *[CLEAN * 10] * 40), ENGLISH)
    values = [block.text.value for block in after.blocks[:3]]
    assert [c.after for c in after.ledger if c.applied] == ["constant", "remarkable", "certificate"]
    assert "constant stream" in values[0]


def test_a_quotation_opened_with_a_backtick_is_closed():
    text = "It is said that `a mill turns with the stream it would be' and never against it."
    ledger = scannos(document_of(text), ENGLISH).ledger
    assert [c.before for c in ledger if c.applied] == []
