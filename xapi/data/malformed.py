"""What is wrong with a statement, where it is wrong, and what is wanted instead."""

from typing import Any

LONGEST_QUOTE = 80
KINDS = {
    dict: "an object",
    list: "a list",
    str: "a string",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    type(None): "null",
}


class Malformed(ValueError):
    """Data that the specification refuses. `path` says where, `reason` what is wanted."""

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(reason, path)
        self.reason = reason
        self.path = path

    def under(self, step: str | int) -> None:
        """Put a property's name or a list's index before the path, one level up."""
        head = f"[{step}]" if isinstance(step, int) else step
        dot = "." if self.path and not self.path.startswith("[") else ""
        self.path = f"{head}{dot}{self.path}"

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


def kind(value: object) -> str:
    """Return the JSON kind of a value, with its article."""
    return KINDS.get(type(value), "no JSON value")


def quoted(value: Any) -> str:
    """Return a value as an error may show it: a string in quotes and shortened, else its kind."""
    if not isinstance(value, str):
        return kind(value)
    return f'"{value}"' if len(value) <= LONGEST_QUOTE else f'"{value[:LONGEST_QUOTE]}…"'
