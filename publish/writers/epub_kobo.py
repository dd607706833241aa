"""Kobo's spans: a page's body in, the same body with every sentence in a span of its own.

Kobo's own reader remembers places, highlights and progress by these spans; other readers pass over
them. The text, its white space and every other element stay as they are.
"""

from __future__ import annotations

import re

TOKEN = re.compile(r"<[^>]*>|[^<]+")  # attribute values hold no ">": render writes &gt;
TAG_NAME = re.compile(r"<(\w+)")
SENTENCE = re.compile(r"(?s).+?(?:[.!?…]+[\"'”’»)\]]*\s+|$)")
COUNTED = frozenset("p li dt dd td th h1 h2 h3 h4 h5 h6 blockquote figcaption caption".split())
UNSPOKEN = frozenset(("svg", "math", "script", "style", "pre"))


def kobo_spans(body: str) -> str:
    """`body`, one well-formed element, within Kobo's two divisions and with numbered spans.

    A span is kobo.PARAGRAPH.SENTENCE, both counted from 1 within the page.
    """
    paragraph = sentence = 0
    unspoken = ""  # the name of the element whose words are left alone
    pieces: list[str] = []
    for token in TOKEN.findall(body):
        name = TAG_NAME.match(token)
        if name:
            if name[1] in COUNTED:
                paragraph, sentence = paragraph + 1, 0
            if name[1] in UNSPOKEN and not token.endswith("/>"):
                unspoken = name[1]
        elif token == f"</{unspoken}>":
            unspoken = ""
        elif token[0] != "<" and not unspoken and not token.isspace():
            for part in SENTENCE.findall(token):
                sentence += 1
                id = f"kobo.{max(paragraph, 1)}.{sentence}"
                pieces.append(f'<span class="koboSpan" id="{id}">{part}</span>')
            continue
        pieces.append(token)
    return f'<div id="book-columns"><div id="book-inner">{"".join(pieces)}</div></div>'
