"""How a run of text is set: its face, size, features, and the glyphs of each of its words.

A word is shaped once for a document and then kept as the string that a PDF's TJ operator takes.
The shaper, the font files and the features are those that Pango uses, so are the glyphs and their
places; a style for which that is not so, by a probe, is left to Pango.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from publish.writers.weasy.face import Face

PROBE: Final = "Toffe, Hamburgevons (fi) 1479"
EDGES: Final = "ATVWYLPfrvwy.,’”—"
NEAR: Final = 0.002  # em: two measures of one string that differ by less are the same
SPACES: Final = re.compile("([ \N{NO-BREAK SPACE}])")
SLOT: Final = "\0"  # in a run's string: where space is added
# Latin with its marks, punctuation without the invisible, currency, arrows; Greek; Cyrillic.
LATIN: Final = re.compile(
    "[ -~\xa0-\xac\xae-\u024f\u1e00-\u1eff\u2000-\u200a\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u2190-\u21ff]*"
)
GREEK: Final = re.compile("[\u0370-\u03ff\u1f00-\u1fff]+")
CYRILLIC: Final = re.compile("[\u0400-\u04ff]+")
LIGATURES: Final = ("liga", "clig", "dlig", "hlig")  # off where letters are spaced


@dataclass(eq=False, slots=True)
class TypeStyle:
    """One way of setting text. Lengths are in px, `tracking` and `words` in thousandths of an em.

    `pango_font` is what WeasyPrint registers its fonts by; `keep` holds the layout that owns it.
    """

    face: Face
    features: dict[str, bool | int]
    language: str
    size: float
    line_height: float
    baseline: float
    tracking: float
    word_spacing: float
    pango_font: Any
    keep: Any
    words: dict[str, tuple[str, float] | None] = field(default_factory=dict)
    drawn: Any = None

    def run(self, text: str) -> tuple[str, float, int, tuple[float, ...]] | None:
        """A text as the string to draw, with a SLOT behind each space; its width in px, and the
        number of its spaces; by how much each is kerned where space is not added. None if a glyph
        is lacking, or stands off the baseline."""
        words = self.words
        pieces = SPACES.split(text) if "\N{NO-BREAK SPACE}" in text else None
        width = 0.0
        if pieces is None:
            found = []
            for word in text.split(" "):
                shaped = words[word] if word in words else self.shape(word)
                if shaped is None:
                    return None
                found.append(shaped[0])
                width += shaped[1]
            spaces = len(found) - 1
            string = found[0]
            if spaces:
                space = words[" "] if " " in words else self.shape(" ")
                if space is None:
                    return None
                string = (space[0] + SLOT).join(found)
                width += spaces * space[1]
        else:
            string, spaces = "", len(pieces) // 2
            for piece in pieces:
                shaped = words[piece] if piece in words else self.shape(piece)
                if shaped is None:
                    return None
                string += shaped[0] + (SLOT if piece in " \N{NO-BREAK SPACE}" and piece else "")
                width += shaped[1]
        kerns = self._kerns(text) if spaces and self.face.kerns and not self.word_spacing else ()
        return string, width * self.size / 1000 + spaces * self.word_spacing, spaces, kerns

    def _kerns(self, text: str) -> tuple[float, ...]:
        """How far apart or together each space of a text draws what stands beside it. Pango does so
        where a space is set as it is; one that is widened it sets by itself."""
        pieces = SPACES.split(text)
        kerns = tuple(
            self._kern(pieces[at - 1][-1:], pieces[at]) + self._kern(pieces[at], pieces[at + 1][:1])
            for at in range(1, len(pieces), 2)
        )
        return kerns if any(kerns) else ()

    def _kern(self, before: str, behind: str) -> float:
        """By how much two characters are set apart, in thousandths of an em."""
        both, one, other = (self.words.get(each) or self.shape(each)
                            for each in (before + behind, before, behind))  # fmt: skip
        if not (before and behind and both and one and other):
            return 0.0
        return round(both[1] - one[1] - other[1], 2)

    def shape(self, word: str) -> tuple[str, float] | None:
        """A word's glyphs as hexadecimal with adjustments between them, and its advance."""
        shaped = self.words[word] = self._shaped(word)
        return shaped

    def _shaped(self, word: str) -> tuple[str, float] | None:
        import uharfbuzz

        if not word:
            return "", 0.0
        if not any(script.fullmatch(word) for script in (LATIN, GREEK, CYRILLIC)):
            return None
        buffer = uharfbuzz.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        buffer.language = self.language
        face = self.face
        uharfbuzz.shape(face.font, buffer, self.features)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        ends = [info.cluster for info in infos[1:]] + [len(word)]
        pieces: list[str] = []
        new: dict[int, tuple[str, int]] = {}
        advance = 0.0
        for info, position, end in zip(infos, positions, ends, strict=True):
            glyph = info.codepoint
            if not glyph or position.y_offset:
                return None
            known = face.glyphs.get(glyph) or new.get(glyph)
            if known is None:
                known = new[glyph] = word[info.cluster : end], face.width(glyph)
            wide = position.x_advance * face.scale + self.tracking * (end > info.cluster)
            shift = position.x_offset * face.scale
            before, after = -shift, known[1] + shift - wide
            pieces.append(_moved(before) + f"{glyph:04x}" + _moved(after))
            advance += wide
        face.glyphs.update(new)
        return "".join(pieces), advance


def _moved(by: float) -> str:
    """A move to the left within a string of glyphs, in thousandths of an em."""
    return f">{by:.4g}<" if abs(by) >= 0.01 else ""


class TypeStyles:
    """The type styles of one document, made when they are first asked for."""

    def __init__(self) -> None:
        self.faces: dict[bytes, Face] = {}
        self.styles: dict[tuple[Any, ...], TypeStyle | None] = {}
        self.seen: dict[int, tuple[Any, TypeStyle | None]] = {}
        self.shared: dict[tuple[Any, ...], dict[str, tuple[str, float] | None]] = {}

    def of(self, style: Any) -> TypeStyle | None:
        """The type style of a computed style; None if text in it is left to Pango."""
        seen = self.seen.get(id(style))
        if seen is not None:
            return seen[1]
        found = self._known(style)
        self.seen[id(style)] = style, found  # the style is kept, and so its id
        return found

    def _known(self, style: Any) -> TypeStyle | None:
        from weasyprint.text.line_break import _font_style_cache_key

        key = (
            _font_style_cache_key(style, include_size=True),
            style["letter_spacing"], style["word_spacing"], style["font_kerning"],
        )  # fmt: skip
        if key not in self.styles:
            self.styles[key] = self._made(style)
        return self.styles[key]

    def _made(self, style: Any) -> TypeStyle | None:
        from weasyprint.pdf.fonts import Font
        from weasyprint.text.fonts import font_features, get_pango_font_key
        from weasyprint.text.line_break import Layout, strut

        if not style["font_size"] or style["font_language_override"] != "normal":
            return None
        plain = style.copy()
        plain["letter_spacing"], plain["word_spacing"] = "normal", 0
        layout = Layout(plain)
        layout.set_text(PROBE)
        line, rest = layout.get_first_line()
        if rest is not None:
            return None
        pango_font = line.runs[0].data.item.analysis.font
        _, description, size = get_pango_font_key(pango_font)
        made = Font(pango_font, description, size)
        if made.bitmap or made.variations:
            return None
        face = self.faces.get(made.file_content)
        if face is None:
            face = self.faces[made.file_content] = Face(made.file_content, made.index)
        features: dict[str, bool | int] = dict(
            font_features(
                style["font_kerning"], style["font_variant_ligatures"],
                style["font_variant_position"], style["font_variant_caps"],
                style["font_variant_numeric"], style["font_variant_alternates"],
                style["font_variant_east_asian"], style["font_feature_settings"],
            )
        )  # fmt: skip
        spacing = 0 if style["letter_spacing"] == "normal" else style["letter_spacing"]
        language = style["lang"] or "en"
        line_height, baseline = strut(style)
        found = TypeStyle(
            face, features, language, size, line_height, baseline, 0.0,
            float(style["word_spacing"]), pango_font, layout,
        )  # fmt: skip
        drawn = dict(face.glyphs)
        alike = face.plain and _measures_alike(found, line)
        face.glyphs = drawn  # without those of the probe
        if not alike:
            return None
        if spacing:
            found.tracking = spacing * 1000 / size
            found.features = {**features, **dict.fromkeys(LIGATURES, False)}
        key = (id(face), tuple(sorted(found.features.items())), language, found.tracking)
        found.words = self.shared.setdefault(key, {})
        return found


def _measures_alike(style: TypeStyle, line: Any) -> bool:
    """Whether words set one by one are as wide as Pango sets the whole."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    extents = ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ffi.NULL, extents)
    spacing, style.word_spacing = style.word_spacing, 0.0
    style.face.kerns = style.face.kerns or _spaces_kern(style)
    run = style.run(PROBE)
    style.word_spacing = spacing
    if run is None:
        return False
    width = run[1] + sum(run[3]) * style.size / 1000
    return bool(abs(width - extents.width * FROM_UNITS) <= NEAR * style.size)


def _spaces_kern(style: TypeStyle) -> bool:
    return any(style._kern(edge, " ") or style._kern(" ", edge) for edge in EDGES)
