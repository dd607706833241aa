"""Time and memory of a novel's PDF: WeasyPrint alone, with its own lines, beside our settled ones.

All runs are processes of their own, one after another and in turn, so that what else a machine does
falls on all alike; the table has medians. Typst and XeLaTeX (by way of pandoc) stand beside them
where they are installed. The text is English words as often as they occur, in chapters, paragraphs
and speech: few words would flatter whoever keeps them.
"""

from __future__ import annotations

import os
import pickle
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROUNDS = 5
PLAIN = """
import pickle, sys
from publish.writers.pdf import look_of, plan_of
from publish.writers.pdf_tree import paged_tree
from publish.writers.weasy.engine import Engine
from publish.writers.weasy.load import jail, load_weasyprint, quiet
plan = plan_of(pickle.load(open(sys.argv[1], "rb")))
load_weasyprint()
tree, *others = [paged_tree(plan, each, settled=False) for each in plan.divisions]
for other in others:
    tree[1].extend(other[1])
with quiet():
    document = Engine(look_of(plan).rules, jail(), ready=False).render(tree)
    pdf = document.write_pdf(pdf_identifier=b"0" * 32, pdf_tags=False)
open(sys.argv[2], "wb").write(pdf)
"""
LINES = """
import pickle, sys
from publish.writers.pdf import look_of, plan_of
from publish.writers.pdf_join import joined
from publish.writers.pdf_layout import lay_out
plan = plan_of(pickle.load(open(sys.argv[1], "rb")))
divisions = lay_out(plan, look_of(plan))
pdfs = [each.write("0" * 32, tags=False) for each in divisions]
joined(pdfs, [each.start for each in divisions]).save(sys.argv[2])
"""
WHOLE = """
import pickle, sys
from publish.writers.pdf import write_pdf
book = pickle.load(open(sys.argv[1], "rb"))
open(sys.argv[2], "wb").write(write_pdf(book, press=sys.argv[3] == "press"))
"""
TYPST = """#set page(width: 5.5in, height: 8.5in, margin: (x: 0.72in, y: 0.8in), numbering: "1")
#set text(11pt, lang: "en")
#set par(justify: true, first-line-indent: 1.3em, leading: 0.45em, spacing: 0.45em)
#outline()
"""


class Cost(NamedTuple):
    """Seconds of wall clock and of CPU, megabytes of all processes at once, at the most."""

    wall: float
    cpu: float
    memory: float


def prose(size: int, seed: int = 7) -> list[tuple[str, list[str]]]:
    """Chapters of about `size` characters in all: a title and paragraphs each."""
    from wordfreq import top_n_list, word_frequency

    words = [word for word in top_n_list("en", 12_000) if word.isalpha() and word.isascii()]
    weights = [word_frequency(word, "en") for word in words]
    dice, chapters, length = random.Random(seed), [], 0
    while length < size:
        paragraphs: list[str] = []
        while sum(map(len, paragraphs)) < 18_000:
            sentences = []
            for _ in range(dice.choice((1, 1, 2, 3, 5, 7))):
                chosen = dice.choices(words, weights, k=dice.randint(5, 24))
                chosen[len(chosen) // 2] += dice.choice((",", "", ";", ""))
                sentences.append(" ".join(chosen).capitalize() + dice.choice(".....?!"))
            text = " ".join(sentences)
            paragraphs.append(f"“{text}”" if dice.random() < 0.35 else text)
        chapters.append((f"Chapter {len(chapters) + 1}", paragraphs))
        length += sum(map(len, paragraphs))
    return chapters


def measured(command: list[str], folder: Path) -> Cost:
    """What one run of a command costs, its child processes too; raises if it fails."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    most = 0.0
    while True:
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        most = max(most, resident(process.pid))
        time.sleep(0.02)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(wall, used.ru_utime + used.ru_stime, max(most, used.ru_maxrss / 1024))


def resident(pid: int) -> float:
    """Megabytes in memory of a process and of those it has begun, what they share counted once
    for each."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int(
                (folder / "stat").read_text().rsplit(")", 1)[1].split()[1]
            )
        except (OSError, IndexError):  # gone meanwhile
            continue
    family, grown = {pid}, True
    while grown:
        begun = {child for child, parent in parents.items() if parent in family}
        grown = not begun <= family
        family |= begun
    return sum(resident_alone(each) for each in family)


def resident_alone(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def commands(folder: Path, size: int) -> dict[str, list[str]]:
    """What is measured: a name for each, and its command."""
    from publish.commands.quick import quick_edition
    from publish.pipeline import prepare
    from publish.render import render

    chapters = prose(size)
    text = "\n\n".join(f"{title.upper()}\n\n" + "\n\n".join(body) for title, body in chapters)
    edition = quick_edition(text.encode(), "novel.txt", "A Novel", ("Nobody",), "en-GB")
    book = folder / "book.pickle"
    book.write_bytes(pickle.dumps(render(prepare(edition), edition)))
    python = [sys.executable, "-c"]
    found = {
        "WeasyPrint alone": [*python, PLAIN, str(book), "plain.pdf"],
        "the same, with our lines": [*python, LINES, str(book), "lines.pdf"],
        "publish, for a press and checked": [*python, WHOLE, str(book), "press.pdf", "press"],
        "publish, tagged and checked": [*python, WHOLE, str(book), "screen.pdf", "screen"],
    }
    if shutil.which("typst"):
        marked = TYPST + "\n".join(
            f"\n= {title}\n\n" + "\n\n".join(body) for title, body in chapters
        )
        (folder / "novel.typ").write_text(marked, "utf-8")
        found["Typst"] = ["typst", "compile", "novel.typ", "typst.pdf"]
    if shutil.which("pandoc") and shutil.which("xelatex"):
        marked = "\n\n".join(f"# {title}\n\n" + "\n\n".join(body) for title, body in chapters)
        (folder / "novel.md").write_text(marked, "utf-8")
        found["pandoc with XeLaTeX"] = [
            "pandoc", "novel.md", "--pdf-engine=xelatex", "--toc", "-V", "documentclass=book",
            "-V", "geometry:paperwidth=5.5in,paperheight=8.5in,margin=0.75in", "-o", "xelatex.pdf",
        ]  # fmt: skip
    return found


def main(size: int = 700_000, rounds: int = ROUNDS) -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        runs = commands(folder, size)
        costs: dict[str, list[Cost]] = {title: [] for title in runs}
        for _ in range(rounds):
            for title, command in runs.items():
                costs[title].append(measured(command, folder))
        title = f"{size // 1000} kB to PDF, median of {rounds}"
        print(f"{title:38}{'wall s':>8}{'CPU s':>8}{'MB':>6}{'of the wall':>13}{'of the CPU':>12}")
        plain = None
        for title, found in costs.items():
            cost = Cost(*(statistics.median(each) for each in zip(*found, strict=True)))
            plain = plain or cost
            print(
                f"{title:38}{cost.wall:8.2f}{cost.cpu:8.2f}{cost.memory:6.0f}"
                f"{cost.wall / plain.wall:13.2f}{cost.cpu / plain.cpu:12.2f}"
            )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
