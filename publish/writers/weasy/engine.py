"""The layout of a document with settled lines: WeasyPrint, with its lines made here."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from publish.writers.weasy.lines import settled_lines
from publish.writers.weasy.paint import (
    completed_fonts,
    settled_backgrounds,
    settled_drawing,
    settled_stacking,
)
from publish.writers.weasy.typestyle import TypeStyles

KNOWN: Final = "70.0"  # the version of WeasyPrint whose functions are replaced here
ONE_AT_A_TIME: Final = threading.RLock()  # the functions are WeasyPrint's own, so are everybody's


def is_known() -> bool:
    """Whether the WeasyPrint that is installed is the one this package was made for."""
    import weasyprint

    return str(weasyprint.__version__) == KNOWN


class Engine:
    """The settled lines of one document, from its layout to its file."""

    def __init__(self) -> None:
        self.styles = TypeStyles()
        self.active = is_known()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While it lasts, WeasyPrint takes its lines from here."""
        if not self.active:
            yield
            return
        from weasyprint import draw, pdf, stacking
        from weasyprint.layout import background, block

        places: tuple[tuple[Any, str, Any], ...] = (
            (block, "iter_line_boxes", settled_lines(block.iter_line_boxes, self.styles)),
            (draw, "draw_inline_level", settled_drawing(draw.draw_inline_level)),
            (stacking, "_dispatch", settled_stacking(stacking._dispatch)),
            (
                background, "layout_box_backgrounds",
                settled_backgrounds(background.layout_box_backgrounds),
            ),
            (
                pdf, "build_fonts_dictionary",
                completed_fonts(pdf.build_fonts_dictionary, self.styles),
            ),
        )  # fmt: skip
        with ONE_AT_A_TIME:
            originals = [getattr(module, name) for module, name, _ in places]
            try:
                for module, name, mine in places:
                    setattr(module, name, mine)
                yield
            finally:
                for (module, name, _), original in zip(places, originals, strict=True):
                    setattr(module, name, original)

    def document(self, laid_out: Any) -> Any:
        """The laid-out document, which will write its file with the lines of this engine."""
        if not self.active:
            return laid_out
        engine, write_pdf = self, laid_out.write_pdf

        def write(*arguments: Any, **options: Any) -> Any:
            with engine.at_work():
                return write_pdf(*arguments, **options)

        laid_out.write_pdf = write
        return laid_out
