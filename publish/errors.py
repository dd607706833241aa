"""What goes wrong with the user's material, as sentences: where, what stands there, what to do.

Exit codes are the command line's: 1 findings, 2 usage, 3 bad edition or source, 4 missing tool.
A defect of our own is never a PublishError; it keeps its traceback.
"""

from __future__ import annotations


class PublishError(Exception):
    """A fault in the user's material: one sentence, with file and line where they are known.

    `detail` shows what stands there, `hint` says what to do; both are whole sentences or lines.
    """

    exit_code = 3

    def __init__(
        self,
        message: str,
        *,
        file: str = "",
        line: int | None = None,
        detail: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.message, self.file, self.line = message, file, line
        self.detail, self.hint = detail, hint

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.message, self.file, self.line, self.detail, self.hint))

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file or 'source'}, line {self.line}"
        head = f"{place}: {self.message}" if place else self.message
        return "\n  ".join(part for part in (head, self.detail, self.hint) if part)


def _rebuild(
    kind: type[PublishError], message: str, file: str, line: int | None, detail: str, hint: str
) -> PublishError:
    return kind(message, file=file, line=line, detail=detail, hint=hint)


class UsageError(PublishError):
    """The command was called with words it cannot take."""

    exit_code = 2


class SourceError(PublishError):
    """The source cannot be read as text, is empty, or is not the one that was pinned."""


class EditionError(PublishError):
    """A file of the edition's folder is wrong."""


class MissingToolError(PublishError):
    """A program or library of the system is needed and not installed."""

    exit_code = 4


class ConservationError(Exception):
    """A character was lost or gained without a record: a defect of ours, and the build stops."""


class Problems(EditionError):
    """Several faults of one edition, reported in one go: file by file, each from its head to its
    foot; what has no line of its file comes last, in the order given."""

    def __init__(self, problems: list[PublishError]) -> None:
        files = list(dict.fromkeys(problem.file for problem in problems))
        problems = sorted(
            problems, key=lambda p: (files.index(p.file), p.line is None, p.line or 0)
        )
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[object, ...]:
        return (Problems, (list(self.problems),))
