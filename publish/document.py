"""The data model: a text that knows where each of its characters came from, in blocks.

A `Document` is a source and the blocks made of it. Between `read` and `structure` a block is one
printed line (kind "line"); from `structure` on it is a paragraph, a heading, a stanza. Blocks are
a flat sequence; what they stand in (a quotation, a letter) is written on each of them as
`within`, and the renderer opens and closes the containers.

Provenance is kept as offsets into the decoded source, not as line numbers: a paragraph whose
lines were only joined still needs a single anchor, and the line is one bisection away.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from publish.ledger import Change

KINDS = frozenset(
    {
        "line",  # one printed line; only before `structure`
        "paragraph",
        "heading",  # level 1 (part) to 6; "number\ntitle" where both are printed
        "verse",  # one stanza; "\n" between its lines, two leading spaces for each step of indent
        "speech",  # drama: the speaker's name under a "speaker" mark, then the words
        "direction",  # a stage direction that stands alone
        "dateline",
        "salutation",
        "valediction",
        "signature",
        "finis",  # the line a text closes with: THE END
        "attribution",  # who said the epigraph or quotation before it
        "item",  # of a list; its marker under a "marker" mark
        "table",  # rows parted by "\n", cells by "\t"
        "note",  # a footnote's body; `role` holds its marker
        "caption",
        "figure",  # an illustration without a caption
        "break",  # a thematic break; its text is what was printed
    }
)


class Anchor(NamedTuple):
    """From `offset` of the text on, characters come from `source` on, until the next anchor."""

    offset: int
    source: int


class Mark(NamedTuple):
    """Something laid on characters start..end of a text; start == end marks a point.

    Kinds: "emphasis", "strong", "smallcaps", "opening" (display capitals of a first word),
    "speaker", "direction", "marker", "language" (value: a BCP 47 tag), "noteref" (value: the
    block id of the note), "glossref" (value: the term's id), "editor" (value: an editor's note).
    """

    start: int
    end: int
    kind: str
    value: str = ""


class Splice(NamedTuple):
    """Characters start..end give way to `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Text:
    """A string that remembers the source offset of each of its characters."""

    value: str
    anchors: tuple[Anchor, ...] = (Anchor(0, 0),)
    marks: tuple[Mark, ...] = ()
    _ink: int = field(default=-1, init=False, compare=False, repr=False)

    @property
    def ink(self) -> int:
        """How many of the characters are not white space."""
        if self._ink < 0:
            object.__setattr__(self, "_ink", len("".join(self.value.split())))
        return self._ink

    def source_at(self, offset: int) -> int:
        """The source offset of the character at `offset`."""
        anchors = self.anchors
        if len(anchors) == 1:
            at = anchors[0]
        else:
            at = anchors[max(bisect_right(anchors, (offset, 1 << 60)) - 1, 0)]
        return at.source + offset - at.offset

    def slice(self, start: int, end: int) -> Text:
        """Characters start..end with their provenance and marks."""
        anchors = [Anchor(0, self.source_at(start))]
        anchors += [
            Anchor(a.offset - start, a.source) for a in self.anchors if start < a.offset < end
        ]
        marks = tuple(
            Mark(max(m.start, start) - start, min(m.end, end) - start, m.kind, m.value)
            for m in self.marks
            if (m.start < end and m.end > start) or start <= m.start == m.end <= end
        )
        return Text(self.value[start:end], tuple(anchors), marks)

    def splice(self, splices: Sequence[Splice | tuple[int, int, str]]) -> Text:
        """This text with each splice made; offsets are those of this text.

        Splices rise and do not overlap. Characters outside them keep their source offset; `new`
        continues from the source offset at `start`. Marks are carried along; a mark that begins
        or ends inside a splice is held to its edges.
        """
        value, at = self.value, 0
        pieces: list[str] = []
        even = True
        for start, end, new in splices:
            pieces += (value[at:start], new)
            at = end
            even = even and len(new) == end - start
        pieces.append(value[at:])
        if even:
            return Text("".join(pieces), self.anchors, self.marks)
        return Text("".join(pieces), self._moved_anchors(splices), self._moved_marks(splices))

    def _moved_anchors(
        self, splices: Sequence[Splice | tuple[int, int, str]]
    ) -> tuple[Anchor, ...]:
        old, count, at, shift = self.anchors, len(self.anchors), 0, 0
        moved: list[Anchor] = []

        def add(offset: int, source: int) -> None:
            if moved and moved[-1].offset == offset:
                moved.pop()
            if not moved or moved[-1].source - moved[-1].offset != source - offset:
                moved.append(Anchor(offset, source))

        for start, end, new in splices:
            while at < count and old[at].offset <= start:
                add(old[at].offset + shift, old[at].source)
                at += 1
            while at < count and old[at].offset <= end:
                at += 1
            resume = old[at - 1].source + end - old[at - 1].offset
            shift += len(new) - (end - start)
            add(end + shift, resume)
        for anchor in old[at:]:
            add(anchor.offset + shift, anchor.source)
        if not moved or moved[0].offset:
            moved.insert(0, Anchor(0, old[0].source))
        return tuple(moved)

    def _moved_marks(self, splices: Sequence[Splice | tuple[int, int, str]]) -> tuple[Mark, ...]:
        if not self.marks:
            return ()

        starts = [start for start, _, _ in splices]
        shifts = [0]  # by how much characters behind so many splices are moved
        for start, end, new in splices:
            shifts.append(shifts[-1] + len(new) - (end - start))

        def moved(position: int, closing: bool) -> int:
            before = bisect_left(starts, position)
            if before and position < splices[before - 1][1]:
                start, _, new = splices[before - 1]
                return start + shifts[before - 1] + (len(new) if closing else 0)
            return position + shifts[before]

        marks = []
        for mark in self.marks:
            start = moved(mark.start, False)
            end = start if mark.start == mark.end else max(start, moved(mark.end, True))
            marks.append(Mark(start, end, mark.kind, mark.value))
        return tuple(marks)

    def with_marks(self, marks: Iterable[Mark]) -> Text:
        """This text with `marks` laid on besides those it has, in order of their start."""
        both = sorted({*self.marks, *marks}, key=lambda m: (m.start, -m.end, m.kind, m.value))
        return replace(self, marks=tuple(both))


def join(texts: Sequence[Text], separator: str = "\n") -> Text:
    """The texts one after another; `separator` belongs to the place after the text before it."""
    if len(texts) == 1:
        return texts[0]
    anchors: list[Anchor] = []
    marks: list[Mark] = []
    at = 0
    for text in texts:
        for offset, source in text.anchors:
            if not anchors or anchors[-1].source - anchors[-1].offset != source - offset - at:
                anchors.append(Anchor(offset + at, source))
        marks += [Mark(m.start + at, m.end + at, m.kind, m.value) for m in text.marks]
        at += len(text.value) + len(separator)
    return Text(separator.join(text.value for text in texts), tuple(anchors), tuple(marks))


class Container(NamedTuple):
    """What a block stands in. Kinds: "quotation", "letter", "epigraph", "poem", "list"."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Block:
    """One unit of the text. `id` is its source line ("L787", "L787b") and never changes.

    `gap` counts the blank lines printed before it; `turn` says that a page or column ended just
    before it. `level` is a heading's. `role` narrows the kind with a term of the EPUB structural
    vocabulary (a heading: "chapter", "part", "preface", "dedication" …) or, for a note, is the
    marker printed with it.
    """

    kind: str
    text: Text
    id: str
    level: int = 0
    role: str = ""
    within: tuple[Container, ...] = ()
    gap: int = 0
    turn: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """The decoded source. `line_starts` are the offsets at which its lines begin."""

    text: str
    line_starts: tuple[int, ...]
    encoding: str = "utf-8"

    def line_of(self, offset: int) -> int:
        """The line, counted from 1, that holds the character at `offset`."""
        return max(bisect_right(self.line_starts, offset), 1)

    def line(self, number: int) -> str:
        """What stands on line `number`, without its line end; "" past the last line."""
        if not 1 <= number <= len(self.line_starts):
            return ""
        ends = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[self.line_starts[number - 1] : ends].rstrip("\r\n")


@dataclass(frozen=True, slots=True)
class Document:
    """The blocks made of a source, and the record of everything that was done to it.

    `protected` are source ranges (start, end) whose readings the editor has settled: no rule but
    a typographic one may touch them. They rise and do not overlap.
    """

    source: Source
    blocks: tuple[Block, ...]
    ledger: tuple[Change, ...] = ()
    protected: tuple[tuple[int, int], ...] = ()

    def line_of(self, block: Block, offset: int = 0) -> int:
        """The source line of the character at `offset` of a block's text."""
        return self.source.line_of(block.text.source_at(offset))

    @property
    def step(self) -> int:
        """How many passes over the text have left something in the ledger."""
        return self.ledger[-1].step if self.ledger else 0
