"""One spelling for each character: ligatures, long s, odd spaces, soft hyphens, mojibake, NFC.

A text that has none of them is passed through after one look.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from publish.context import Context
from publish.document import Block, Document
from publish.edition import Edition
from publish.ledger import Edit, Origin, Proposals, Rule, apply_rule

LIGATURES = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ſ": "s",
}  # fmt: skip
GLYPH = re.compile("[ﬀ-ﬆſ]")
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1b\x7f]+")
SOFT_HYPHEN = re.compile("[\u00ad¬](?:\\s*[\u00ad¬])*(?=\\s*$)|\u00ad+")
SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\x0b\x85\x1c-\x1f]+")
# UTF-8 read as Windows-1252: â€™ Ã© Â£. One look finds where ftfy must be asked.
MOJIBAKE = re.compile("[ÂÃâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}")
COMBINING = re.compile("[\u0300-\u036f\u0340\u0341\u2126\u212a\u212b]")
ANY = re.compile(
    "[ﬀ-ﬆſ\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f\u00ad¬\u00a0\u1680\u2000-\u200a"
    "\u202f\u205f\u3000\t\x0b\x85\u0300-\u036f\u2126\u212a\u212b]|[ÂÃâ][\u0080-\u00bf€-™]"
)


def mojibake(blocks: Sequence[Block], context: Context) -> Proposals:
    """Characters that were decoded twice, as ftfy puts them right."""
    if not any(MOJIBAKE.search(block.text.value) for block in blocks):
        return
    import ftfy

    config = ftfy.TextFixerConfig(
        uncurl_quotes=False, fix_latin_ligatures=False, fix_line_breaks=False,
        fix_character_width=False, unescape_html=False, remove_control_chars=False,
        normalization=None,
    )  # fmt: skip
    for index, block in enumerate(blocks):
        if MOJIBAKE.search(block.text.value):
            value = block.text.value
            for found in re.finditer(r"\S+", value):
                if MOJIBAKE.search(found[0]):
                    new = ftfy.fix_text(found[0], config)
                    if new != found[0]:
                        yield index, Edit(*found.span(), new, "UTF-8 read as another encoding")


def glyphs(blocks: Sequence[Block], context: Context) -> Proposals:
    """Ligatures and the long s as the letters they are."""
    for index, block in enumerate(blocks):
        for found in GLYPH.finditer(block.text.value):
            why = "long s" if found[0] == "ſ" else "a ligature"
            yield index, Edit(*found.span(), LIGATURES[found[0]], why)


def soft_hyphens(blocks: Sequence[Block], context: Context) -> Proposals:
    """A soft hyphen or ¬ at a line's end is a hyphen; inside a line a soft hyphen is nothing."""
    for index, block in enumerate(blocks):
        value = block.text.value
        if "\u00ad" in value or "¬" in value:
            for found in SOFT_HYPHEN.finditer(value):
                at_end = not value[found.end() :].strip()
                before = value[: found.start()]
                letter = before[-1:].isalpha() or unicodedata.combining(before[-1:] or " ")
                if at_end and letter:
                    yield index, Edit(*found.span(), "-", "a sign for a divided word")
                elif "¬" not in found[0]:
                    yield index, Edit(*found.span(), "", "a soft hyphen inside a line")


def invisible(blocks: Sequence[Block], context: Context) -> Proposals:
    """Control characters and characters without width leave the text."""
    for index, block in enumerate(blocks):
        for found in INVISIBLE.finditer(block.text.value):
            yield index, Edit(*found.span(), "", "a character nobody sees")


def spaces(blocks: Sequence[Block], context: Context) -> Proposals:
    """Tabs and odd spaces as plain ones; a tab as many as reach the next eighth column."""
    for index, block in enumerate(blocks):
        value = block.text.value
        for found in SPACE.finditer(value):
            if "\t" not in found[0]:
                yield index, Edit(*found.span(), " " * len(found[0]), "")
                continue
            before = len(value[: found.start()].expandtabs(8))
            yield (
                index,
                Edit(
                    *found.span(), " " * (len((" " * before + found[0]).expandtabs(8)) - before), ""
                ),
            )


def composed(blocks: Sequence[Block], context: Context) -> Proposals:
    """Letters and their accents as one character (NFC, Unicode Standard Annex 15)."""
    for index, block in enumerate(blocks):
        if not COMBINING.search(block.text.value):
            continue
        for found in re.finditer("\\S+", block.text.value):
            new = unicodedata.normalize("NFC", found[0])
            if new != found[0]:
                yield index, Edit(*found.span(), new, "a letter and its accent in one")


RULES = (
    Rule("normalize.invisible", invisible, Origin.LAYOUT),
    Rule("normalize.mojibake", mojibake, Origin.SCAN),
    Rule("normalize.glyph", glyphs, Origin.STYLE),
    Rule("normalize.soft_hyphen", soft_hyphens, Origin.LAYOUT),
    Rule("normalize.composed", composed, Origin.STYLE),
    Rule("normalize.space", spaces, Origin.LAYOUT, white=True),
)


def normalize(document: Document, edition: Edition) -> Document:
    """The document with one spelling for each character."""
    if not ANY.search(document.source.text):
        return document
    context = Context.of(document, edition)
    for rule in RULES:
        document = apply_rule(document, rule, context)
    return document
