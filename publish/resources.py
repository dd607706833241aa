"""Where the styles and fonts stand: in the wheel inside the package, in a checkout beside it."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def styles_folder() -> Path:
    """The folder that holds base.css, epub.css, print.css, proof.css and fonts/."""
    inside = _PACKAGE / "styles"
    return inside if inside.is_dir() else _PACKAGE.parent / "styles"


def style(name: str) -> str:
    """The text of one style sheet."""
    return (styles_folder() / name).read_text("utf-8")


def font(name: str) -> Path:
    """The path of one font file, such as "EBGaramond-Regular.ttf"."""
    return styles_folder() / "fonts" / name
