"""Work on the sections of a long book in two processes, with the result of one."""

from __future__ import annotations

import os
import pickle
import select
import signal
import sys
import threading
from collections.abc import Callable
from xml.etree.ElementTree import Element

AHEAD = 160_000  # characters settled while WeasyPrint is made ready, a third of a second of either
WORTH_IT = 150_000  # characters: below, a second process costs more than it saves


def in_two(
    sections: list[Element],
    work: Callable[[list[Element]], None],
    meanwhile: Callable[[], object] | None = None,
) -> list[Element]:
    """The sections as `work`, which changes them in place, leaves them. Each must be worked on
    alone: then it does not matter where, and the result is the same on one core and on two.

    `meanwhile` is something else that has to be done in this process: it is, while the other
    begins, and leaves more of the sections to that, of a short book all. Without another process
    it is not done."""
    lengths = [sum(map(len, section.itertext())) for section in sections]
    share = (sum(lengths) - (AHEAD if meanwhile else 0)) / 2
    cut, reached = 0, 0
    while cut < len(sections) and reached + lengths[cut] / 2 < share:
        reached += lengths[cut]
        cut += 1
    fewest = 0 if meanwhile else 1
    if not (fewest <= cut < len(sections) and sum(lengths) >= WORTH_IT and _can_fork()):
        work(sections)
        return sections
    mine, others = sections[:cut], sections[cut:]
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _do_and_tell(others, work, reading, writing)
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as pipe:
            if meanwhile:
                meanwhile()
            work(mine)
            told = pipe.read()
    except BaseException:
        os.kill(child, signal.SIGKILL)  # nobody will read what it does
        raise
    finally:
        _, status = os.waitpid(child, 0)
    if status or not told:  # whatever is amiss with the section is then said here
        work(others)
        return sections
    return mine + list(pickle.loads(told))


def _can_fork() -> bool:
    """Whether there is a second core, and a fork is safe: no thread may hold a lock in it."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    return len(os.sched_getaffinity(0)) > 1


def _do_and_tell(
    sections: list[Element], work: Callable[[list[Element]], None], reading: int, writing: int
) -> None:
    """The other process: does its part, writes it into the pipe and is gone, without the tidying
    up that belongs to the first."""
    status = 1
    try:
        # While this process holds the end that is read from, too, its writing would wait for ever
        # for a reader that is gone.
        os.close(reading)
        threading.Thread(target=_leave_with_the_reader, args=(writing,), daemon=True).start()
        work(sections)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(sections, pipe)
        status = 0
    finally:
        os._exit(status)


def _leave_with_the_reader(writing: int) -> None:
    """Ends this process when nobody is left to read from the pipe, however deep in its work: the
    first process may be killed, and then tells no one."""
    watched = select.poll()
    watched.register(writing, 0)  # a reader's end is told without being asked for
    watched.poll()
    os._exit(1)
