"""Words in display capitals that open a text or chapter: an opening, not shouting."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from publish.context import Context
from publish.document import Block
from publish.ledger import Edit, Proposals

CAPITALS = re.compile(
    r"^([\"“‘'_]*)([A-Z][A-Z'’]+|[A-Z](?= [A-Z]{2}))((?:[ \n][A-Z][A-Z'’]*)*)(?=[ ,;\n][^\n]*[a-z])"
)


DISPLAYED = 4  # words in display capitals that open a chapter, at most
ENTRY = re.compile(r"[A-Z][A-Z'’]+,\s")  # a name at the head of its article
PROSE_AFTER = re.compile(r"[ ,;\n]+([a-z][\w'’]*)[ ,;\n]+[a-z]")


def display_capitals(blocks: Sequence[Block], context: Context) -> Proposals:
    """EVEN the most obedient: the first words of a text or chapter, set in display capitals, are
    an opening, not shouting. A word that is capitals elsewhere too, or no word, is left."""
    after_heading = True
    entries = sum(bool(ENTRY.match(block.text.value)) for block in blocks) > 1
    words = context.language.words
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            after_heading = True
            continue
        if block.kind == "paragraph" and after_heading:
            found = CAPITALS.match(block.text.value)
            if found and (not words or found[2].lower() in words):
                run = found[2] + found[3]
                after = PROSE_AFTER.match(block.text.value, found.end())
                if (
                    len(run.split()) <= DISPLAYED
                    and run.count("\n") < 2  # one word under the other is a title
                    and after
                    and (not words or words.get(after[1].replace("’", "'"), 0) > 3)
                    and len(run) > 1
                    and not (entries and ENTRY.match(block.text.value))
                    and not run.isdigit()
                    and found[2] not in ("I", "O")
                ):
                    new = _lowered(run, context.vocabulary.printed, words)
                    if new and new != run:
                        start = found.start(2)
                        yield (
                            index,
                            Edit(start, start + len(run), new, "display capitals at an opening"),
                        )
        if block.kind in ("paragraph", "verse", "speech"):
            after_heading = False


def _lowered(run: str, printed: Mapping[str, int], words: Mapping[str, float]) -> str:
    """The run of capitals in lower case, its first letter and its names capital."""
    out = []
    for at, word in enumerate(re.split(r"([ \n])", run)):
        if not word.strip() or word == "I":
            out.append(word)
            continue
        lower, title = word.lower(), word[0] + word[1:].lower()
        if at == 0 or printed.get(title, 0) > printed.get(lower, 0):
            out.append(title)
        elif printed.get(lower, 0) or words.get(lower, 0) > 3:
            out.append(lower)
        else:
            return ""
    return "".join(out)
