"""Time and memory of a novel's PDF, and how well it is set: WeasyPrint alone, with its own lines,
beside our settled ones.

All runs are processes of their own, one after another and in turn, so that what else a machine does
falls on all alike; the table has medians. Typst and XeLaTeX (by way of pandoc) stand beside them
where they are installed, on the same page (see peers.py); all but `publish convert` are given the
novel with its chapters and paragraphs marked. The text is English words as often as they occur, in
chapters, paragraphs and speech: few words would flatter whoever keeps them.
"""

from __future__ import annotations

import os
import pickle
import random
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import peers

if TYPE_CHECKING:
    from publish.preflight.composition import Figure
    from publish.trim import Sheet

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
for each in divisions:
    each.write("0" * 32, ("press",))
pdfs = [each.pdfs["press"] for each in divisions]
joined(pdfs, [each.start for each in divisions]).save(sys.argv[2])
"""
TAGGED = """
import pickle, sys
from publish.writers.pdf import look_of, plan_of
from publish.writers.pdf_boxes import finish
from publish.writers.pdf_join import joined
from publish.writers.pdf_layout import lay_out
plan = plan_of(pickle.load(open(sys.argv[1], "rb")))
divisions = lay_out(plan, look_of(plan, settled=False))
for each in divisions:
    each.write("0" * 32, ("screen",))
pdfs = [each.pdfs["screen"] for each in divisions]
document = joined(pdfs, [each.start for each in divisions])
open(sys.argv[2], "wb").write(finish(document, plan.book, bleed=0, marks=False))
"""
WHOLE = """
import pickle, sys
from publish.writers.pdf import write_pdf
book = pickle.load(open(sys.argv[1], "rb"))
open(sys.argv[2], "wb").write(write_pdf(book, press=sys.argv[3] == "press"))
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


class Novel(NamedTuple):
    """What is set, and on which page: chapters for others, and in the folder as text and book."""

    folder: Path
    chapters: list[tuple[str, list[str]]]
    page: Sheet


def novel(folder: Path, size: int) -> Novel:
    """A novel of about `size` characters; writes novel.txt and book.pickle into the folder."""
    from publish.commands.quick import quick_edition
    from publish.pipeline import prepare
    from publish.render import render
    from publish.writers.pdf import page_of

    chapters = prose(size)
    text = "\n\n".join(f"{title.upper()}\n\n" + "\n\n".join(body) for title, body in chapters)
    source = folder / "novel.txt"
    source.write_text(text, "utf-8")
    edition = quick_edition(
        source.read_bytes(), source.name, peers.TITLE, (peers.AUTHOR,), peers.LANGUAGE
    )
    book = render(prepare(edition), edition)
    (folder / "book.pickle").write_bytes(pickle.dumps(book))
    return Novel(folder, chapters, page_of(book))


def commands(novel: Novel) -> dict[str, list[str]]:
    """What is measured: a name for each, and its command."""
    python = [sys.executable, "-c"]
    convert = [sys.executable, "-m", "publish", "convert", "novel.txt", "convert.pdf"]
    return {
        "WeasyPrint alone": [*python, PLAIN, "book.pickle", "plain.pdf"],
        "the same, with our lines": [*python, LINES, "book.pickle", "lines.pdf"],
        "publish, for a press and checked": [*python, WHOLE, "book.pickle", "press.pdf", "press"],
        "publish, tagged and checked": [*python, WHOLE, "book.pickle", "screen.pdf", "screen"],
        "publish convert, from bare text": [
            *convert, "--title", peers.TITLE, "--author", peers.AUTHOR, "--lang", peers.LANGUAGE,
        ],
        **peers.peers(*novel),
    }  # fmt: skip


def settings(novel: Novel) -> dict[str, tuple[int, tuple[Figure, ...]]]:
    """How well the pages are set that the commands have written: of each file the pages and the
    figures of the composition report."""
    import pikepdf
    import tagging

    from publish.preflight.composition import composition

    command = [sys.executable, "-c", TAGGED, "book.pickle", "plain-tagged.pdf"]
    subprocess.run(command, cwd=novel.folder, check=True)
    files = {
        "WeasyPrint": "plain-tagged.pdf",
        "publish": "screen.pdf",
        "Typst": "typst-tagged.pdf",
        "XeLaTeX": "xelatex.pdf",
    }
    found = {}
    for title, name in files.items():
        path = novel.folder / name
        if path.is_file():
            pdf = path.read_bytes()
            if title == "XeLaTeX":
                pdf = tagging.tagged(pdf, novel.page, len(novel.chapters))
            with pikepdf.open(path) as document:
                pages = len(document.pages)
            found[title] = pages, composition(pdf).figures
    return found


def print_costs(costs: dict[str, list[Cost]], heading: str) -> None:
    """The table of times and memory: the medians of each, and the shares of the first."""
    print(f"{heading:38}{'wall s':>8}{'CPU s':>8}{'MB':>6}{'of the wall':>13}{'of the CPU':>12}")
    plain = None
    for title, found in costs.items():
        cost = Cost(*(statistics.median(each) for each in zip(*found, strict=True)))
        plain = plain or cost
        print(
            f"{title:38}{cost.wall:8.2f}{cost.cpu:8.2f}{cost.memory:6.0f}"
            f"{cost.wall / plain.wall:13.2f}{cost.cpu / plain.cpu:12.2f}"
        )


def print_settings(found: dict[str, tuple[int, tuple[Figure, ...]]]) -> None:
    """The table of how well the pages are set."""
    print(f"\n{'how they are set':38}" + "".join(f"{title:>18}" for title in found))
    print(f"{'pages':38}" + "".join(f"{pages:18}" for pages, _ in found.values()))
    for row in zip(*(figures for _, figures in found.values()), strict=True):
        if row[0].fault != "note":  # the novel has none
            cells = (f"{each.count} of {each.of}" if each.of else str(each.count) for each in row)
            print(f"{row[0].name:38}" + "".join(f"{cell:>18}" for cell in cells))


def main(size: int = 700_000, rounds: int = ROUNDS) -> None:
    """Prints the tables."""
    with tempfile.TemporaryDirectory() as name:
        # In a process of its own: what a process holds when it begins another counts as that one's.
        with ProcessPoolExecutor(1, get_context("spawn")) as aside:
            made = aside.submit(novel, Path(name), size).result()
        runs = commands(made)
        costs: dict[str, list[Cost]] = {title: [] for title in runs}
        for _ in range(rounds):
            for title, command in runs.items():
                costs[title].append(measured(command, made.folder))
        print_costs(costs, f"{size // 1000} kB to PDF, median of {rounds}")
        print_settings(settings(made))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
