"""A terminal asked for one key, and text made safe to be shown on one."""

from __future__ import annotations

import os
import re
import select
import sys

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
ESCAPE = b"\x1b"
SOON_SECONDS = 0.02  # the characters of one key come together
END_OF_INPUT = "\x04"


def one_key() -> str | None:
    """The next key pressed on the terminal; "" for Enter, None at the end of the input.

    A key that sends several characters, such as an arrow, counts as one. Where the system has no
    such terminals, a line is read and its first character counts.
    """
    try:
        import termios
        import tty
    except ImportError:
        line = sys.stdin.readline()
        return line.strip()[:1] if line else None
    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle, termios.TCSADRAIN)  # what was typed ahead still counts
        first = os.read(handle, 1)
        more = first == ESCAPE or first > b"\x7f"
        if more and select.select([handle], [], [], SOON_SECONDS)[0]:
            first += os.read(handle, 32)
        typed = first.decode("utf-8", "replace")
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)
    if not typed or typed[0] == END_OF_INPUT:
        return None
    return "" if typed[0] in "\r\n" else typed[0]


def safe(text: str) -> str:
    """The text with control characters shown as pictures: a source must not steer a terminal."""
    return CONTROL.sub(_picture, text)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\N{REPLACEMENT CHARACTER}"
