"""How a document sets its marks itself: what a damaged one shows of the printer's own ways.

A text that was typed has the marks a keyboard has, and is set as the house has them. One that was
printed and scanned has been set once. Where most of its marks agree its manner is known, and a mark
that departs from it is what the scan made of one: the manner is kept, and nothing is added that
the printer did not have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from publish.house_style import HouseStyle, Pair, suited

THIN = 5  # a scan shows at least one in five of the thin spaces of a printer who set them
ENOUGH = 6  # marks that show a manner; what has fewer is set as the house has it
FEW = 4  # blanks within guillemets, which may be a slip
# The marks that printers open and close with, and those they have within them.
PAIRS: dict[Pair, Pair] = {
    ("„", "“"): ("‚", "‘"), ("„", "”"): ("‚", "’"), ("“", "”"): ("‘", "’"),
    ("»", "«"): ("›", "‹"), ("«", "»"): ("“", "”"), ("›", "‹"): ("»", "«"),
    ("‹", "›"): ("«", "»"),
}  # fmt: skip
_SET = re.compile("[’‘“”„‚‹›—–…]")  # what a typesetter has and a keyboard has not
_APART = re.compile(r"(?<=[\w»”’)…\]%°.])[ \u00a0\u2009\u202f]+[;!?:](?![\w/])")
_CLOSE = re.compile(r"(?<=[\w»”’)…\]%°.])[;!?:](?![\w/])")
_BLANK = "[ \u00a0\u2009\u202f]"
_OPENS = {  # a mark with a word after it, and none before it
    sign: re.compile(rf"(?:^|[\s(—–]){sign}{_BLANK}?(?=[\w¿¡…])") for sign in "«»‹›„“"
}
_CLOSES = {sign: re.compile(rf"[\w.,;!?…]{_BLANK}?{sign}(?=[\s,.;:!?)—–]|$)") for sign in "«»‹›“”"}
_DASH = re.compile("[—–]")
_DASHED = re.compile(r"[\w,.;!?…»«“”’‹›]—[\w«»„“‚‹›]")
_DOUBLE = re.compile('["“”„«»]')
_BEFORE = re.compile(r'(?:^|[\s(—–])["“”„«»](?=[\w¿¡…])')
_BEHIND = re.compile(r'[\w.,;!?…]["“”„«»](?=[\s,.;:!?)—–]|$)')
_QUOTES = re.compile('["“”„«»‹›]')
_ANGLED = re.compile("[«»]")
_TIGHT = re.compile(r"«(?=[\w¿¡])|(?<=[\w.!?…,])»|»(?=\w)|(?<=[\w.!?…,])«")
_LOOSE = re.compile(rf"«{_BLANK}(?=[\w¿¡])|(?<=[\w.!?…,]){_BLANK}»(?=[\s,.;:!?)]|$)")


@dataclass(frozen=True)
class Manner:
    """`style` is the house's as this document has it. `opener` is the guillemet that opens in it
    ("" where it has none, or both ways), `closing` says that “ closes in it. `lossy` says that
    marks were lost, so that none is told by what seems to enclose it; `keeps` that a proper mark
    is taken for what was printed, and `sparse` that even one of no style is, the marks being too
    few to show one; `strips` that blanks within guillemets are none of the printer's; `dashed`
    that its dashes are the printer's."""

    style: HouseStyle
    opener: str = ""
    closing: bool = False
    lossy: bool = False
    keeps: bool = False
    sparse: bool = False
    strips: bool = True
    dashed: bool = False


def manner_of(texts: Sequence[str], style: HouseStyle, named: bool, scanned: bool) -> Manner:
    """The manner of a document in the style of its language; a style that was `named` is carried
    through whatever the document has. `scanned`: its words bear the marks of a scan."""
    opener = facing(texts)
    if named or not style.third:
        closing = _closing(texts, style)
        return Manner(style if named else suited(style, texts), opener, closing)
    lossy, printed = not _whole(texts), scanned or typeset(texts)
    style = suited(style, texts, typed=not lossy)
    if printed:
        style = _as_dashed(texts, _as_spaced(texts, _as_quoted(texts, style)))
    tight, loose, quotes = (_count(texts, marks) for marks in (_TIGHT, _LOOSE, _QUOTES))
    return Manner(
        style,
        opener,
        _closing(texts, style),
        lossy=lossy,
        keeps=(printed and quotes >= ENOUGH) or (lossy and _attested(texts, style)),
        sparse=lossy and quotes < 2 * ENOUGH,
        strips=loose * THIN <= tight + loose or (not printed and loose + tight < FEW),
        dashed=printed and _count(texts, _DASH) >= ENOUGH,
    )


def typeset(texts: Sequence[str]) -> bool:
    """Whether the text has marks that no keyboard has, so that its spaces were set as well."""
    return any(_SET.search(text) for text in texts)


def facing(texts: Sequence[str]) -> str:
    """The guillemet that opens, if one does so four times as often as the other."""
    inwards, outwards = (sum(_uses(texts, pair)) for pair in (("»", "«"), ("«", "»")))
    if max(inwards, outwards) < 3:
        return ""
    return "»" if inwards > 4 * outwards else "«" if outwards > 4 * inwards else ""


def _uses(texts: Sequence[str], pair: Pair) -> tuple[int, int]:
    """How many marks open, and how many close, as the pair does."""
    return _count(texts, _OPENS[pair[0]]), _count(texts, _CLOSES[pair[1]])


def _closing(texts: Sequence[str], style: HouseStyle) -> bool:
    """Whether “ closes: more often than it opens where the style closes with it, as in German, and
    four times as often elsewhere."""
    closes, opens = _count(texts, _CLOSES["“"]), _count(texts, _OPENS["“"])
    if style.outer[1] == "“":
        return closes > opens
    return closes >= 3 and closes > 4 * opens


def _count(texts: Sequence[str], pattern: re.Pattern[str]) -> int:
    return sum(len(pattern.findall(text)) for text in texts)


def _as_quoted(texts: Sequence[str], style: HouseStyle) -> HouseStyle:
    """The style with the quotation marks that most of the document's are, whoever accepts them."""
    own = (style.outer[0].strip(), style.outer[1].strip())
    uses = {pair: _uses(texts, pair) for pair in PAIRS}
    if own == ("„", "“") and uses["„", "”"][1] < THIN * uses[own][1]:
        del uses["„", "”"]  # a scan reads ” for “ now and then, a printer has it always
    best = max(uses, key=lambda pair: sum(uses[pair]))
    often = sum(uses[best]) > sum(uses.get(own, (0, 0)))
    both = min(uses[best]) * THIN > max(uses[best]) or best == ("„", "”")  # „ is read as ,,
    if often and sum(uses[best]) >= ENOUGH and both:
        inner = ("‹", "›") if best == ("«", "»") and style.inner[0] == "‚" else PAIRS[best]
        return replace(style, outer=best, inner=inner, third=best)
    straight = sum(text.count('"') for text in texts)
    if own == ("«", "»") and straight > THIN * _count(texts, _ANGLED):
        return replace(style, outer=("“", "”"), inner=("‘", "’"), third=("“", "”"))
    return style


def _as_dashed(texts: Sequence[str], style: HouseStyle) -> HouseStyle:
    """The style with the dash that most of the document's are, between words and in its length."""
    if not style.dash:
        return style
    counts = {dash: sum(text.count(dash) for text in texts) for dash in (" – ", " — ")}
    counts["—"] = _count(texts, _DASHED)
    best = max(counts, key=lambda dash: counts[dash])
    return replace(style, dash=best) if counts[best] > 1 else style


def _as_spaced(texts: Sequence[str], style: HouseStyle) -> HouseStyle:
    """The style without the spaces that the document has hardly anywhere, and without taking away
    those that it has as a rule."""
    apart, close = _count(texts, _APART), _count(texts, _CLOSE)
    closed = apart + close >= ENOUGH and apart * THIN < apart + close
    if closed and (style.spaced or style.colon):
        style = replace(style, add=False)
    if not style.spaced and apart and apart * THIN >= apart + close:
        style = replace(style, close=False)
    tight, loose = _count(texts, _TIGHT), _count(texts, _LOOSE)
    enough = closed or tight + loose >= ENOUGH
    spaced = loose * THIN >= loose + tight
    if style.outer[0] != style.outer[0].strip() and enough and not spaced:
        style = replace(style, outer=(style.outer[0].strip(), style.outer[1].strip()))
    return style


def _attested(texts: Sequence[str], style: HouseStyle) -> bool:
    """Whether the document opens its quotations with the style's own outer mark, and no less often
    than with the inner one."""
    outer, inner = style.outer[0].strip(), style.inner[0].strip()
    count = sum(text.count(outer) for text in texts)
    return count > 0 and count >= sum(text.count(inner) for text in texts)


def _whole(texts: Sequence[str]) -> bool:
    """Whether each paragraph has its double marks in pairs, and no two more of them behind words
    than before: then none was lost."""
    return all(
        len(found := _DOUBLE.findall(text)) % 2 == 0
        and (len(found) < 2 or len(_BEHIND.findall(text)) < len(_BEFORE.findall(text)) + 2)
        for text in texts
    )
