"""Scene breaks in the styles of printers and typists."""

from __future__ import annotations

import re

BREAK = re.compile(
    r"(?:[*•·#~+⁂⁕✱❦❧☙o]\s*){3,}|[*#~⁂❦❧☙]{1,2}|[-–—_=]{3,}|(?:[-–—_=]\s+){2,}[-–—_=]|-[xoX0]+-"
)


def is_break(text: str) -> bool:
    """Whether a line holds a thematic break and nothing else."""
    return BREAK.fullmatch(text) is not None
