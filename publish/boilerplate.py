"""What libraries and archives put around a text: where it lies, and what it tells of the book.

Phrases are those that Project Gutenberg, the Internet Archive, Google Books and HathiTrust print in
their files; they are looked for at either end, page stamps anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

HEAD = 600  # lines in which a header ends
START = re.compile(
    r"^\s*\*{2,3}\s*START OF (?:THE|THIS) PROJECT GUTENBERG|^\s*\*?END\s?\*?\s?THE SMALL PRINT"
    r"|^\s*\*END\*?THE SMALL PRINT|^\*\*\*START\*\*THE SMALL PRINT(?=.*END)",
    re.I,
)
END = re.compile(
    r"^\s*\*{2,3}\s*END OF (?:THE|THIS) PROJECT GUTENBERG"
    r"|^\s*(?:The )?End of (?:the |this )?Project Gutenberg(?:'s|’s)?\b|^\s*End of (?:the )?Project Gutenberg",
    re.I,
)
CREDIT = re.compile(
    r"^\W*(?:Produced by|E-?text prepared by|This (?:e-?text|ebook|file) (?:was )?(?:prepared|produced|created|transcribed)"
    r"|Transcribed (?:by|from)|Prepared by|HTML version by|Scanned (?:and proofed )?by|Proofread(?:ed)? by"
    r"|\[?Transcriber.?s'? notes?|Updated editions will|Online Distributed Proofreading|Digital editions? by"
    r"|This file was produced from images)",
    re.I,
)
STAMP = re.compile(
    r"^\W*(?:Digitized by\b.*(?:Google|Internet Archive|Microsoft|Goog)|Digitized by the\W*$|Original from\W*$"
    r"|Generated (?:on|for|at) .*(?:hathitrust|http|GMT)|Public Domain(?:, Google-digitized)?\s*/?.*(?:hathitrust|http)"
    r"|https?://(?:www\.)?(?:archive\.org|books\.google|hdl\.handle\.net|babel\.hathitrust)\S*)",
    re.I,
)
GOOGLE_FIRST = re.compile(
    r"^\s*This is a digital copy of a book that was preserved for generations", re.I
)
GOOGLE_LAST = re.compile(r"books\.google\.com/?\W*$", re.I)
ARCHIVE = re.compile(
    r"^\W*(?:Digitized by the Internet Archive|in \d{4} with funding from|with funding from)\b",
    re.I,
)
FIELD = re.compile(
    r"^(Title|Author|Authors|Translator|Illustrator|Editor|Language|Release Date|Posting Date|Subtitle)\s*:\s*(.*\S)\s*$",
    re.I,
)
LANGUAGES = {
    "english": "en", "french": "fr", "german": "de", "spanish": "es", "italian": "it",
    "portuguese": "pt", "dutch": "nl", "polish": "pl", "swedish": "sv", "russian": "ru",
    "latin": "la", "finnish": "fi", "danish": "da", "norwegian": "nb", "greek": "el",
    "catalan": "ca", "hungarian": "hu", "czech": "cs", "esperanto": "eo", "chinese": "zh",
}  # fmt: skip
FUNCTION_WORDS = {
    "en": "the of and to that was his with which had not they this have from were their there",
    "fr": "le la les des et que qui dans une est pas pour vous sur avec ce il elle était mais",
    "de": "der die und das nicht ich sie den mit ist ein sich auf dem war es eine aber wie",
    "es": "el la que los de las una por con su para como pero más había era no se del lo",
    "it": "il che di la non una per con gli della del era sono più come ma nel alla si",
    "pt": "o que os uma não com para mais como mas era dos das ao sua foi ele seu em se",
    "nl": "de het een van en niet dat zijn ik met voor hij was maar ook er aan op te haar",
    "pl": "nie się na że jest do to jak ale co po tak był jego za od przez tylko już go",
    "sv": "och att det som han en den var för på inte med till hade av jag sig om de hon",
    "ru": "и в не на что он как я с это но его она был так все мы по же вы",
}


FEWEST = 5  # function words that tell a language


@dataclass(frozen=True, slots=True)
class FoundMetadata:
    """What a header says of the book; empty where it says nothing. `language` is BCP 47."""

    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    translator: str = ""
    illustrator: str = ""
    editor: str = ""
    release: str = ""


def header_metadata(text: str) -> FoundMetadata:
    """What a Project Gutenberg header tells; nothing for a text without one."""
    head = text[:12000]
    if "gutenberg" not in head.lower():
        return FoundMetadata()
    found: dict[str, str] = {}
    last = ""
    for line in head.splitlines():
        if START.match(line):
            break
        field = FIELD.match(line)
        if field:
            last = field[1].lower()
            found.setdefault(last, field[2])
        elif last and line.startswith((" ", "\t")) and line.strip():
            found[last] += " " + line.strip()
        else:
            last = ""
    title, authors = found.get("title", ""), found.get("author", found.get("authors", ""))
    first = re.search(
        r"(?im)^.*Project Gutenberg(?:'s| EBook of| Etext of)?\s+"
        r"(?-i:(?![a-z])(.*?),\s+by\s+([A-ZÀ-Þ].*?))\s*$",
        head,
    )
    if not title and first:
        title, authors = first[1], authors or first[2]
    language = found.get("language", "").split(",")[0].strip().lower()
    names = [
        name.strip()
        for name in re.split(r";| and (?=[A-Z])|,? AKA .*", authors)
        if name and name.strip()
    ]
    return FoundMetadata(
        title=" ".join(title.split()),
        authors=tuple(n for n in names if n.lower() not in ("anonymous", "various")),
        language=LANGUAGES.get(language, ""),
        translator=found.get("translator", ""),
        illustrator=found.get("illustrator", ""),
        editor=found.get("editor", ""),
        release=re.sub(r"\s*\[.*", "", found.get("release date", "")),
    )


def guess_language(text: str) -> str:
    """The language of a text by its function words; "en" where nothing speaks for another, or
    where the text is too short to tell."""
    words = re.findall(r"[^\W\d_]+", text[:60_000].lower())
    count: dict[str, int] = {}
    for word in words:
        count[word] = count.get(word, 0) + 1
    scores = {
        code: sum(count.get(w, 0) for w in listed.split())
        for code, listed in FUNCTION_WORDS.items()
    }
    best = max(scores, key=lambda code: scores[code])
    sure = scores[best] >= FEWEST and scores[best] >= 1.5 * scores["en"]
    return best if sure and scores[best] * 20 > len(words) else "en"


def boilerplate(lines: Sequence[str], gaps: Sequence[int]) -> dict[int, str]:
    """Index of each line of boilerplate → why it is; `gaps` are the blank lines before each."""
    gone: dict[int, str] = {}
    start = next((i for i in range(min(len(lines), HEAD) - 1, -1, -1) if START.match(lines[i])), -1)
    if start >= 0:
        gone.update(dict.fromkeys(range(start + 1), "the header of Project Gutenberg"))
    begin = start + 1
    while begin < len(lines):
        end = next((i for i in range(begin, len(lines)) if END.match(lines[i])), len(lines))
        if start >= 0:
            _credits(lines, gaps, begin, end, gone)
        again = next((i for i in range(end, len(lines)) if START.match(lines[i])), len(lines) - 1)
        if end < len(lines) and (start >= 0 or len(lines) - end < HEAD):
            gone.update(dict.fromkeys(range(end, again + 1), "the end matter of Project Gutenberg"))
        begin = again + 1
    for at, line in enumerate(lines):
        if STAMP.match(line) or (at < 60 and ARCHIVE.match(line)):
            gone[at] = "a library's stamp"
        elif at < 200 and GOOGLE_FIRST.match(line):
            last = next(
                (i for i in range(at, min(at + 120, len(lines))) if GOOGLE_LAST.search(lines[i])),
                at,
            )
            gone.update(dict.fromkeys(range(at, last + 1), "Google's front page"))
    return gone


def _credits(
    lines: Sequence[str], gaps: Sequence[int], start: int, end: int, gone: dict[int, str]
) -> None:
    """The producers' credits and transcribers' notes directly after a header."""
    at = start
    for _ in range(6):
        if at >= end:
            return
        stop = at + 1
        while stop < end and gaps[stop] == 0:
            stop += 1
        if CREDIT.match(lines[at]) and stop - at < 40:
            gone.update(dict.fromkeys(range(at, stop), "the producers' credit"))
        elif at > start + 12:
            return
        at = stop
