"""Settled lines written to a page: each run is one string of glyphs with its spaces adjusted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from publish.writers.weasy.lines import box_classes
from publish.writers.weasy.typestyle import SLOT, TypeStyles


def settled_drawing(original: Callable[..., None]) -> Callable[..., None]:
    """What takes the place of WeasyPrint's `draw_inline_level`."""
    settled, _, text_class = box_classes()

    def draw_inline_level(stream: Any, page: Any, box: Any, *rest: Any, **named: Any) -> None:
        if type(box) is settled:
            _draw(stream, box, text_class)
        else:
            original(stream, page, box, *rest, **named)

    return draw_inline_level


def _draw(stream: Any, parent: Any, text_class: type) -> None:
    for child in parent.children:
        if type(child) is text_class:
            if stream._tags is None:
                _draw_text(stream, child)
            else:
                with stream.marked(child, "Span"):
                    _draw_text(stream, child)
        else:
            _draw(stream, child, text_class)


def _draw_text(stream: Any, box: Any) -> None:
    run = box.run
    kind = run.type
    if kind.drawn is None or stream._fonts is not kind.drawn[0]:
        kind.drawn = stream._fonts, stream.add_font(kind.pango_font)[0]
    stream.set_color(box.style["color"])
    stream.begin_text()
    x, y = box.position_x, box.position_y + box.baseline
    stream.stream.append(b"1 0 0 -1 %.3f %.3f Tm" % (x, y))
    stream.set_font_size(kind.drawn[1].hash, kind.size)
    # Numbers that meet keep a space between them.
    string = f"[<{_glyphs(box)}>]TJ".replace("<>", " ")
    stream.stream.append(string.encode())
    stream.end_text()


def _glyphs(box: Any) -> str:
    """A run's glyphs with what is added at its spaces."""
    run = box.run
    kind = run.type
    if box.kerned:
        moves = [f">{-kern:.2f}<" if kern else "" for kern in run.kerns]
        pieces = run.string.split(SLOT)
        return "".join(f"{piece}{move}" for piece, move in zip(pieces, [*moves, ""], strict=True))
    added = (box.justification_spacing + kind.word_spacing) * 1000 / kind.size
    moved = f">{-added:.2f}<" if abs(added) >= 0.01 else ""
    return str(run.string.replace(SLOT, moved))


def settled_stacking(original: Callable[..., Any]) -> Callable[..., Any]:
    """What takes the place of WeasyPrint's `_dispatch`: within a settled line nothing stacks."""
    settled = box_classes()[0]

    def dispatch(box: Any, *rest: Any) -> Any:
        return box if type(box) is settled else original(box, *rest)

    return dispatch


def settled_backgrounds(original: Callable[..., None]) -> Callable[..., None]:
    """What takes the place of WeasyPrint's `layout_box_backgrounds`: a settled line has none."""
    settled = box_classes()[0]

    def layout_box_backgrounds(page: Any, box: Any, *rest: Any, **named: Any) -> None:
        if type(box) is not settled:
            original(page, box, *rest, **named)

    return layout_box_backgrounds


def completed_fonts(original: Callable[..., Any], styles: TypeStyles) -> Callable[..., Any]:
    """What takes the place of WeasyPrint's `build_fonts_dictionary`: before a font is cut down to
    the glyphs in use, it is told of those that were drawn here."""

    def build_fonts_dictionary(pdf: Any, fonts: Any, *rest: Any, **named: Any) -> Any:
        for kind in styles.styles.values():
            if kind is None or kind.drawn is None or kind.drawn[0] is not fonts:
                continue
            font = kind.drawn[1]
            for glyph, (text, width) in kind.face.glyphs.items():
                font.to_unicode.setdefault(glyph, text)
                font.widths.setdefault(glyph, width)
        return original(pdf, fonts, *rest, **named)

    return build_fonts_dictionary
