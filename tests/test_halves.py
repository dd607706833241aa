"""Work in two processes: the same result as in one, whatever becomes of the second."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from xml.etree.ElementTree import Element, tostring

import pytest
from command import ROOT

from publish.writers import halves
from publish.writers.halves import in_two


def sections(*lengths: int) -> list[Element]:
    made = []
    for number, length in enumerate(lengths):
        section = Element("section", {"id": str(number)})
        section.text = "x" * length
        made.append(section)
    return made


def mark(given: list[Element]) -> None:
    for section in given:
        section.set("length", str(len(section.text or "")))
        section.set("process", str(os.getpid()))


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halves, "WORTH_IT", 100)
    monkeypatch.setattr(halves, "_can_fork", lambda: True)


@pytest.mark.parametrize("lengths", [(60, 50, 10), (10, 500), (500, 10), (40, 30, 20, 10, 30)])
def test_sections_keep_their_order_and_are_done_by_two(lengths: tuple[int, ...]) -> None:
    done = in_two(sections(*lengths), mark)
    assert [section.get("id") for section in done] == [str(at) for at in range(len(lengths))]
    assert [section.get("length") for section in done] == [str(length) for length in lengths]
    assert len({section.get("process") for section in done}) == 2
    assert {section.get("process") for section in done} > {str(os.getpid())}


@pytest.mark.parametrize("lengths", [(), (200,), (30, 40)])
def test_a_short_book_is_done_by_one(lengths: tuple[int, ...]) -> None:
    given = sections(*lengths)
    assert in_two(given, mark) is given
    assert {section.get("process") for section in given} <= {str(os.getpid())}


def test_a_second_process_that_dies_is_made_up_for() -> None:
    here = os.getpid()

    def frail(given: list[Element]) -> None:
        if os.getpid() != here:
            os._exit(9)
        mark(given)

    done = in_two(sections(80, 80), frail)
    assert [section.get("length") for section in done] == ["80", "80"]


def test_a_fault_is_raised_here_and_leaves_no_process() -> None:
    def faulty(given: list[Element]) -> None:
        for section in given:
            if section.get("id") == "1":
                raise ValueError("section 1")
            section.text = "y" * 1_000_000  # more than a pipe holds

    with pytest.raises(ValueError, match="section 1"):
        in_two(sections(80, 80), faulty)
    with pytest.raises(ValueError, match="section 1"):
        in_two(sections(80, 10, 80)[::-1], faulty)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_result_does_not_depend_on_the_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    def double(given: list[Element]) -> None:
        for section in given:
            section.text = (section.text or "") * 2

    two = [tostring(section) for section in in_two(sections(90, 20, 70), double)]
    monkeypatch.setattr(halves, "_can_fork", lambda: False)
    assert [tostring(section) for section in in_two(sections(90, 20, 70), double)] == two


@pytest.mark.parametrize(("ahead", "own"), [(0, 5), (80, 3), (160, 1), (300, 0)])
def test_what_else_there_is_to_do_is_done_here_and_leaves_more_to_the_other(
    ahead: int, own: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(halves, "AHEAD", ahead)
    here, done = os.getpid(), []
    made = in_two(sections(*[20] * 10), mark, lambda: done.append(os.getpid()))
    assert done == [here]
    assert [section.get("process") == str(here) for section in made].count(True) == own
    in_two(sections(10), mark, lambda: done.append(0))
    assert done == [here]


READY = """
from printed import book

from publish.writers import halves, pdf_layout, pdf_tree
from publish.writers.pdf import write_pdf

order = []

def in_two(*given):
    done = halves.in_two(*given)
    order.append("settled")
    return done

class Engine(pdf_layout.Engine):
    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        order.append("ready")

halves.WORTH_IT = halves.AHEAD = 0
halves._can_fork = lambda: True
pdf_tree.in_two, pdf_layout.Engine = in_two, Engine
write_pdf(book())
print(*order[:3])
"""


def test_the_layout_is_made_ready_while_the_other_settles_lines() -> None:
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    run = subprocess.run(
        [sys.executable, "-c", READY], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": paths},
    )  # fmt: skip
    assert run.stdout == "ready settled settled\n"


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Fails what does not end in time, even while it waits for another process."""

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"not done in {seconds} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


MORE_THAN_A_PIPE_HOLDS = 1_000_000


@pytest.mark.parametrize("place", ["meanwhile", "own section", "interrupted"])
def test_a_fault_here_does_not_wait_for_what_the_other_has_to_tell(place: str) -> None:
    here = os.getpid()

    def work(given: list[Element]) -> None:
        if os.getpid() != here:
            given[0].text = "y" * MORE_THAN_A_PIPE_HOLDS
        else:
            time.sleep(0.3)  # the other fills its pipe
            if place == "interrupted":
                raise KeyboardInterrupt
            raise OSError("own section")

    def meanwhile() -> None:
        if place == "meanwhile":
            time.sleep(0.3)
            raise OSError("meanwhile")

    raised = KeyboardInterrupt if place == "interrupted" else OSError
    with within(20), pytest.raises(raised, match=None if place == "interrupted" else place):
        in_two(sections(80, 80), work, meanwhile)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_more_than_a_pipe_holds_is_told() -> None:
    def swell(given: list[Element]) -> None:
        for section in given:
            section.text = "z" * MORE_THAN_A_PIPE_HOLDS

    with within(20):
        done = in_two(sections(80, 80), swell)
    assert [len(section.text or "") for section in done] == [MORE_THAN_A_PIPE_HOLDS] * 2


KILLED = """
import sys
import time
from xml.etree.ElementTree import Element

from publish.writers import halves

def work(given):
    print("at work", flush=True)
    end = time.monotonic() + 100
    while time.monotonic() < end:
        sum(range(1000))

halves.WORTH_IT = 0
halves._can_fork = lambda: True
sections = [Element("section"), Element("section")]
for section in sections:
    section.text = "x" * 50
halves.in_two(sections, work)
"""


def test_a_process_that_is_killed_leaves_no_other_at_work() -> None:
    started = subprocess.Popen(
        [sys.executable, "-c", KILLED], stdout=subprocess.PIPE, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert started.stdout is not None
    with within(30):
        assert [started.stdout.readline() for _ in range(2)] == [b"at work\n"] * 2
        started.kill()
        # Both have the other end of this pipe: its end is read when both are gone.
        assert started.stdout.read() == b""
    started.wait()
    started.stdout.close()
