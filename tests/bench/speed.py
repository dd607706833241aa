"""CPU time and peak memory of a novel's EPUB and PDF, beside other programs installed here.

`make bench` prints a table: `publish convert`, pandoc and calibre on one text of this script's own
making, of 700 kB, and `publish convert` on ten times as much. Seconds are of CPU, with start-up.
The table of the PDF is made by pdf_speed.py.
"""

from __future__ import annotations

import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 3
PDF_SPEED = Path(__file__).parent / "pdf_speed.py"
NOUNS = "lamp tower keeper daughter sea storm letter morning village road window boat".split()
VERBS = "saw kept wrote carried found followed answered remembered lost opened".split()
ENDS = "in the grey light|without a word|before the tide turned|and said nothing of it".split("|")


def novel(size: int, seed: int = 1) -> str:
    """About `size` characters of chapters, paragraphs and speech, wrapped at 72 columns."""
    dice, parts, length, chapter = random.Random(seed), [], 0, 0
    while length < size:
        if length >= chapter * 20_000:
            chapter += 1
            parts.append(f"\n\nCHAPTER {chapter}\n")
        words = []
        for _ in range(dice.randint(2, 9)):
            words += ["The", dice.choice(NOUNS), dice.choice(VERBS), "the", dice.choice(NOUNS)]
            words += [dice.choice(ENDS) + "."]
        if dice.random() < 0.4:
            words = ['"I', "don't", dice.choice(VERBS), 'it,"', "he", "said--", *words]
        lines, line = [], ""
        for word in " ".join(words).split():
            if len(line) + len(word) > 71:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        parts.append("\n".join([*lines, line]) + "\n")
        length += len(parts[-1]) + 1
    return "\n".join(parts)


def measured(command: list[str]) -> tuple[float, float]:
    """CPU seconds and peak megabytes of one run of a command; stops if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code = f"import subprocess, resource, sys; subprocess.run({command!r}, check=True, capture_output=True); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"  # noqa: E501
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used - STARTING, int(run.stdout) / 1024


def shares(source: Path) -> list[tuple[str, float]]:
    """CPU seconds of each part of `publish convert` within one process that has loaded all."""
    from publish.commands.quick import quick_edition
    from publish.pipeline import prepare
    from publish.render import render
    from publish.writers.epub import write_epub

    edition = quick_edition(source.read_bytes(), source.name)
    write_epub(render(prepare(quick_edition(b"CHAPTER I\n\nText.", "a.txt")), edition))
    times = [time.process_time()]
    document = prepare(edition)
    times.append(time.process_time())
    book = render(document, edition)
    times.append(time.process_time())
    write_epub(book)
    times.append(time.process_time())
    names = ("  of it the pipeline", "  of it the rendering", "  of it the EPUB writer")
    return [(name, end - begin) for name, begin, end in zip(names, times, times[1:], strict=False)]


STARTING = 0.0


def main() -> None:
    """Prints the table."""
    global STARTING
    STARTING = measured(["true"])[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, large = folder / "novel.txt", folder / "novel10.txt"
        small.write_text(novel(700_000), "utf-8")
        large.write_text(novel(7_000_000), "utf-8")
        publish = [sys.executable, "-m", "publish", "convert"]
        runs = [
            ("publish convert", [*publish, str(small), str(folder / "a.epub")]),
            ("publish convert, ten times the text", [*publish, str(large), str(folder / "b.epub")]),
        ]
        if shutil.which("pandoc"):
            pandoc = ["pandoc", "-f", "markdown+smart", "--metadata", "title=x", "-o"]
            runs.append(("pandoc +smart", [*pandoc, str(folder / "c.epub"), str(small)]))
        if shutil.which("ebook-convert"):
            calibre = ["ebook-convert", str(small), str(folder / "d.epub")]
            runs.append(("calibre", [*calibre, "--enable-heuristics", "--smarten-punctuation"]))
        costs = [[measured(command) for _, command in runs] for _ in range(ROUNDS)]
        heading = f"700 kB to EPUB, median of {ROUNDS}"
        print(f"{heading:38}{'CPU s':>8}{'peak MB':>9}")
        for (title, _), found in zip(runs, zip(*costs, strict=True), strict=True):
            seconds, megabytes = (statistics.median(each) for each in zip(*found, strict=True))
            print(f"{title:38}{seconds:8.2f}{megabytes:9.0f}", flush=True)
            if title == "publish convert":
                for name, share in shares(small):
                    print(f"{name:38}{share:8.2f}", flush=True)
    print(flush=True)
    # Begun anew: what this process holds by now would count as that of each one it began.
    subprocess.run([sys.executable, str(PDF_SPEED)], check=True)


if __name__ == "__main__":
    main()
