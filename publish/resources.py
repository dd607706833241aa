"""Where the styles and fonts stand: in the wheel inside the package, in a checkout beside it; and
how a package is put where this program finds it."""

from __future__ import annotations

import shlex
import sys
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


def pip_install(package: str) -> str:
    """The command that installs a package for the Python that runs this program: a bare `pip` may
    be another's, and the package then not be found here."""
    return f"{shlex.quote(sys.executable)} -m pip install {package}"


def install_again() -> str:
    """How this program is installed again: from its own folder, since an index may have another
    of its name."""
    return f"in the folder of its source, {pip_install('--force-reinstall .')}"
