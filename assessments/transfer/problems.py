"""What is wrong with a course in files, said so that its author can mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: the file, the line (0 where there is none), the field, and what is wrong."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.field, self.message) if part)


class TransferError(Exception):
    """The transfer was refused and nothing was changed. `problems` says why, in order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def refuse(message: str, *, file: str = "", line: int = 0, field: str = "") -> TransferError:
    """Return the error of a single problem, to be raised."""
    return TransferError([Problem(file, line, field, message)])
