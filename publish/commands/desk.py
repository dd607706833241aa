"""The editor's desk on a local page: `publish desk`."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from publish.commands.decisions import FILE, summary
from publish.desk.server import DeskServer
from publish.desk.work import Desk
from publish.errors import UsageError


@contextmanager
def opened(folder: Path, port: int = 0) -> Iterator[DeskServer]:
    """The desk of an edition, listening on this machine. Raises UsageError if the port is taken."""
    if not 0 <= port <= 65535:
        raise UsageError(f"{port} is no port.", hint="A port is a number from 0 to 65535.")
    desk = Desk(folder)
    try:
        server = DeskServer(desk, port)
    except OSError as error:
        raise UsageError(
            f"port {port} cannot be used: {error.strerror}.", hint="Name another, or none."
        ) from None
    with server:
        yield server


def show(address: str) -> None:
    """Opens the address in the browser of the system, where there is one."""
    webbrowser.open(address)


def closing(server: DeskServer) -> str:
    """What was decided at the desk, in a sentence."""
    desk = server.desk
    made = summary(ruling for _, ruling in desk.done)
    where = f", written to {desk.folder / FILE}" if desk.done else ""
    return f"{made[0].upper()}{made[1:]}{where}."
