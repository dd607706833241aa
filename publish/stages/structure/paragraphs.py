"""Where one paragraph ends and the next begins, and which breaks are the page's only."""

from __future__ import annotations

import re

from publish.stages.structure.layout import Layout

HYPHEN = re.compile(r"\w[-¬\u00ad]$")
QUOTE = tuple("\"'“‘«„")
STOP = (":", ";", ",")


def parted(layout: Layout, at: int) -> tuple[bool, str]:
    """Whether a paragraph begins at line `at`, and the reason if a break there is a false one."""
    before, line = layout.lines[at - 1], layout.lines[at]
    step = layout.indent(at)
    if not line.apart:
        if layout.indented and 1 <= step <= 10 and layout.indent(at - 1) != step:
            return before.ends or not line.lower, ""
        if layout.spaced or layout.indented or not layout.even:
            return False, ""
        ends = before.ends or before.text.endswith(":")
        return ends and not line.lower and layout.short(at - 1), ""
    if HYPHEN.search(before.text) and (line.lower or not before.text.endswith("--")):
        return False, "a word is divided over the break"
    if before.ends:
        turned = line.turn and layout.even and not line.text.startswith(QUOTE)
        if line.lower and not before.text.endswith((".", "!”", '!"')):
            return False, "the next line begins in lower case"
        if layout.indented and line.turn and step <= 0 and not layout.short(at - 1):
            return False, "a full line and no indent at a page's end"
        if turned and not layout.indented and not layout.short(at - 1):
            return False, "a full line at a page's end"
        return True, ""
    if line.lower:
        return False, "no stop before the break, lower case after it"
    if before.text.endswith(":") and (line.text.startswith(QUOTE) or layout.short(at - 1)):
        return True, ""
    if before.edge >= 0.8 * layout.measure(at - 1) or before.text.endswith(STOP):
        return False, "no stop before the break"
    if not layout.even and not line.text.startswith(QUOTE):
        return False, "no stop before the break"
    return True, ""
