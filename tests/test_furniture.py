"""Pages' numbers and heads leave the text; chapters' numbers, cries and last words stay."""

from __future__ import annotations

import random

import pytest

from publish.document import Document
from publish.edition import Edition
from publish.ledger import check_conservation
from publish.read import read
from publish.stages.furniture import furniture

NOUNS = "harbour lantern orchard ferry winter ledger chapel miller kettle garden".split()
VERBS = "kept found carried mended followed remembered sold watched".split()


def prose(dice: random.Random, count: int) -> list[str]:
    """Paragraphs of sentences, wrapped at some 60 columns, a blank line before each."""
    lines: list[str] = []
    for _ in range(count):
        words: list[str] = []
        for _ in range(dice.randint(3, 9)):
            words += ["The", dice.choice(NOUNS), dice.choice(VERBS), "the", dice.choice(NOUNS)]
            words += ["all", "that", dice.choice(NOUNS) + "."]
        lines.append("")
        line = ""
        for word in words:
            if len(line) + len(word) > 59:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines.append(line)
    return lines


def left(text: str) -> tuple[Document, str]:
    document = furniture(read(text.encode()), Edition.quick(text.encode()))
    check_conservation(document)
    return document, "\n".join(block.text.value for block in document.blocks)


@pytest.mark.parametrize("label", ["{}", "CHAPTER {}", "Chapter {}.", "{}.", "LETTER {}"])
def test_chapters_numbered_in_digits_are_no_pages(label):
    dice, lines = random.Random(5), []
    for number in range(1, 15):
        lines += ["", "", label.format(number), "", *prose(dice, 9)]
    source = "\n".join(lines)
    document, after = left(source)
    assert not document.ledger
    assert all(label.format(number) in after.split("\n") for number in range(1, 15))


def paged(foot: str, head: str, pages: int = 12, seed: int = 3) -> str:
    """A text cut into pages of thirty lines with a foot and a head between them."""
    lines = ["CHAPTER I", "", *prose(random.Random(seed), 90)]
    out: list[str] = []
    for page in range(pages):
        out += lines[page * 30 : page * 30 + 30]
        out += ["", foot.format(page + 7), ""] if foot else [""]
        out += [head.format(page + 8), ""] if head else []
    return "\n".join(out)


@pytest.mark.parametrize(
    ("foot", "head"),
    [
        ("{}", ""), ("[{}]", ""), ("- {} -", "THE MILL"), ("", "THE MILL   {}"),
        ("", "{}   THE MILL"), ("{}", "The Mill by the Water"), ("Page {}", ""),
        ("{}", "CHAPTER I"), ("", "CHAPTER I  {}"),
    ],
)  # fmt: skip
def test_folios_and_heads_leave_the_text(foot, head):
    document, after = left(paged(foot, head))
    gone = sum(change.rule.startswith("furniture.") for change in document.ledger)
    assert gone >= 11 * (bool(foot) + bool(head))
    lines = [line.strip() for line in after.split("\n")]
    assert not any(line.isdigit() for line in lines)
    assert lines.count("CHAPTER I") == 1
    assert "THE MILL" not in after


def test_a_broken_folio_is_known_by_the_count():
    source = paged("", "THE MILL   {}").replace("THE MILL   13", "1 . j3 ;")
    document, after = left(source)
    assert "1 . j3 ;" not in after
    assert any("page" in change.why for change in document.ledger)


@pytest.mark.parametrize("words", ["day.", 'to do."', "it so.", "He."])
def test_the_last_words_of_a_paragraph_are_no_folio(words):
    """They are short, and may stand where a number is due."""
    lines = paged("", "THE MILL   {}").split("\n")
    at = next(i for i, line in enumerate(lines) if line == "THE MILL   13")
    while lines[at - 2] == "":
        at += 1
    lines[at] = words
    _, after = left("\n".join(lines))
    assert words in after.split("\n")


@pytest.mark.parametrize("cry", ["OYEZ! OYEZ!", "THE BARGEMAN", "Mr. Alder Senior", "HAMLET"])
def test_what_recurs_without_regard_to_pages_stays(cry):
    dice = random.Random(8)
    lines = paged("{}", "").split("\n")
    for at in sorted(dice.sample(range(20, len(lines) - 20), 25), reverse=True):
        if not lines[at]:
            lines[at:at] = ["", cry, "", '"No," said he.', "", cry]
    source = "\n".join(lines)
    _, after = left(source)
    assert after.count(cry) == source.count(cry)


def test_the_heading_stays_where_its_running_heads_go():
    """It opens its page, under the head of that page and over prose."""
    lines = prose(random.Random(4), 90)
    out = []
    for page in range(10):
        title = "THE FERRY" if page >= 4 else "THE ORCHARD"
        out += ["So it was.", ""] if page == 5 else []
        out += [f"{title}   {page + 3}", ""] if page % 2 else [f"{page + 3}   THE WATER", ""]
        if page == 5:
            out += ["The Ferry", "", "There was no bridge in those days, and"]
        out += lines[page * 30 : page * 30 + 30]
    _, after = left("\n".join(out))
    assert "The Ferry" in after.split("\n")
    assert "THE FERRY" not in after


def test_catchwords_and_signature_marks_leave_the_foot_of_a_page():
    lines = paged("{}", "").split("\n")
    at = next(i for i, line in enumerate(lines) if line.strip() == "10")
    first = next(line for line in lines[at + 1 :] if line)
    catch = first.split()[0]
    lines[at:at] = [" " * 50 + catch, "", "B2", ""]
    document, _ = left("\n".join(lines))
    gone = {change.rule: change.before.strip() for change in document.ledger}
    assert gone["furniture.catchword"] == catch
    assert gone["furniture.signature"] == "B2"


def test_a_last_word_that_the_next_page_does_not_repeat_is_text():
    lines = paged("{}", "").split("\n")
    at = next(i for i, line in enumerate(lines) if line.strip() == "10")
    lines[at:at] = ["quietly", ""]
    _, after = left("\n".join(lines))
    assert "quietly" in after.split("\n")


def test_numbers_of_psalms_are_no_pages():
    dice = random.Random(5)
    lines = [line for line in prose(dice, 120) if line]
    for at, number in ((410, 14), (310, 12), (60, 2), (20, 1)):  # pages of 40, 25 and 50 lines
        while lines[at - 1].endswith("."):
            at += 1
        lines[at:at] = ["", f"{number}   THE PSALM OF THE {dice.choice(NOUNS).upper()}", ""]
    document, text = left("\n".join(lines))
    assert text.count("PSALM") == 4
    assert not [change for change in document.ledger if change.rule.startswith("furniture.")]


def test_a_head_without_folios_tells_the_pages():
    dice = random.Random(4)
    lines = [line for line in prose(dice, 60) if line]
    pages = [lines[at : at + 31] for at in range(0, 31 * 9, 31)]
    _, text = left("\n\nTHE OLD HARBOUR\n\n".join("\n".join(page) for page in pages))
    assert "THE OLD HARBOUR" not in text


def chapters(dice: random.Random, heads: list[str], heading: str) -> str:
    """Two chapters in pages of 30 lines, the second under `heading` near a page's foot; `heads`
    stand over the pages after it."""
    lines = [line for line in prose(dice, 70) if line]
    while not lines[53].endswith("."):
        del lines[53]
    lines[54:54] = ["", "", heading, ""]
    pages = [lines[at : at + 30] for at in range(0, 30 * (len(heads) + 2), 30)]
    text = "\n".join(pages[0])
    for number, page in enumerate(pages[1:], 12):
        head = heads[number - 13] if number > 12 else ""
        folio = number if number != 13 else ""  # lost under the page with the heading
        text += f"\n\n\n{folio}\n\n\n{head}\n\n" + "\n".join(page)
    return text


@pytest.mark.parametrize("heading", ["CHAPTER 9", "CHAPTER 9. THE FERRY."])
def test_a_chapters_heading_is_not_taken_with_its_running_heads(heading):
    heads = [heading.rstrip(".")] * 5
    _, text = left(chapters(random.Random(6), heads, heading))
    assert text.count("CHAPTER 9") == 1
    assert text.splitlines().index(heading) < 70


def test_a_division_misread_over_a_page_is_a_running_head():
    heads = ["CHAPTER 9", "CHAPTBR 9", "CHAPTER 9", "CHAPTER 9"]
    _, text = left(chapters(random.Random(6), heads, "CHAPTER 9"))
    assert "CHAPTBR" not in text
    assert text.count("CHAPTER 9") == 1
