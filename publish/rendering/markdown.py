"""What the editor writes in Markdown as XHTML that cannot run, load or lead astray.

Raw HTML is shown as the characters it is. Links lead to an id of the book, or out by http, https
or mailto; one with another scheme loses the link and keeps its words, one that leads nowhere or
is not closed is an error with its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from publish.edition import Edition
from publish.errors import EditionError
from publish.house_style import house_style

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

from publish.rendering.inline import UNWRITABLE

OUTWARD = ("http://", "https://", "mailto:")
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
BROKEN = re.compile(r"\[[^\]\n]+\]\([^)]*$|\[[^\]\n]+\]\[[^\]]*\]|\[[^\]\n]+\]\([^)]*\s[^)]*\)")
DEEPEST = 6
Marks = tuple[str, str, str, str]  # outer opening and closing, inner opening and closing
ENGLISH: Marks = ("“", "”", "‘", "’")
BLOCKS = ("paragraph_open", "heading_open")


def marks_for(edition: Edition) -> Marks:
    """The marks that straight ones become in what an editor writes: those of the house style.

    English keeps the levels as they were typed, so that a quotation in single marks stays one.
    """
    language = edition.metadata.language
    if language.split("-")[0].lower() == "en":
        return ENGLISH
    style = house_style(edition.house_style, language)
    return (*style.outer, *style.inner)


@cache
def _parser(marks: Marks) -> MarkdownIt:
    from markdown_it import MarkdownIt

    options = {"html": False, "xhtmlOut": True, "typographer": True, "quotes": list(marks)}
    parser = MarkdownIt("commonmark", options)
    parser.enable(["smartquotes", "table"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # judged here
    return parser


def markdown(
    text: str,
    file: str,
    leads: Callable[[str], bool] = lambda id: True,
    level: int = 3,
    name: str = "",
    marks: Marks = ENGLISH,
) -> str:
    """Markdown as XHTML, its highest headings of `level`; `leads` says which ids there are.

    With a `name` its headings, paragraphs and items have ids: NAME-1, NAME-2 … Straight quotation
    marks become `marks`. Raises EditionError for a link that leads nowhere, naming `file` and the
    line.
    """
    parser = _parser(marks)
    tokens = parser.parse(UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text))
    top = min((int(t.tag[1]) for t in tokens if t.type == "heading_open"), default=1)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) - top + level, DEEPEST)}"
        if token.type == "inline" and token.children:
            line = (token.map[0] if token.map else 0) + 1
            token.children = _safe(token.children, file, line, leads)
    if name:
        blocks = [at for at, token in enumerate(tokens) if token.type in BLOCKS]
        for number, at in enumerate(blocks, 1):
            shown = tokens[at - 1] if tokens[at].hidden else tokens[at]  # the item, in a tight list
            shown.attrSet("id", f"{name}-{number}")
    return str(parser.renderer.render(tokens, parser.options, {}))


def paragraphs(text: str, marks: Marks = ENGLISH) -> list[list[tuple[str, bool]]]:
    """The paragraphs of a short text in Markdown, each as runs of (words, whether in italics).

    Only emphasis counts; all else is set as the words it has.
    """
    made: list[list[tuple[str, bool]]] = []
    for token in _parser(marks).parse(UNWRITABLE.sub(" ", text)):
        if token.type != "inline":
            continue
        runs: list[tuple[str, bool]] = []
        depth = 0
        for child in token.children or ():
            depth += child.type in ("em_open", "strong_open")
            depth -= child.type in ("em_close", "strong_close")
            words = " " if child.type in ("softbreak", "hardbreak") else child.content
            if words:
                runs.append((words, depth > 0))
        made.append(runs)
    return made


def _safe(
    tokens: Sequence[Token], file: str, line: int, leads: Callable[[str], bool]
) -> list[Token]:
    kept: list[Token] = []
    dropped = 0
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            line += 1
        if token.type == "link_open":
            if _drops(str(token.attrGet("href") or ""), file, line, leads):
                dropped += 1
                continue
        elif token.type == "link_close" and dropped:
            dropped -= 1
            continue
        elif token.type == "image":
            raise EditionError(
                f"a picture cannot be set here: {token.attrGet('src')}.",
                file=file,
                line=line,
                hint="Describe it in words, or link to it by http or https.",
            )
        elif token.type == "text" and (broken := BROKEN.search(token.content)):
            raise EditionError(
                f"a link is broken: {broken[0]}.",
                file=file,
                line=line,
                hint="A link is written [words](https://…) or [words](#id).",
            )
        kept.append(token)
    return kept


def _drops(target: str, file: str, line: int, leads: Callable[[str], bool]) -> bool:
    """Whether a link loses its target: one that a reader's program would run or refuse."""
    if target.lower().startswith(OUTWARD):
        return False
    if target.startswith("#"):
        if leads(target[1:]):
            return False
        message = f"the link to {target} leads nowhere: nothing in the book has that id."
    elif SCHEME.match(target):
        return True
    else:
        message = f"the link to {target or '()'} leads out of the book to a file."
    raise EditionError(
        message,
        file=file,
        line=line,
        hint="A link leads to an #id of the book, or by http or https.",
    )
