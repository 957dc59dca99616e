"""YAML with line numbers. Nothing is constructed: each value is read as what the format expects."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import yaml

from assessments.transfer.problems import Problem, refuse
from assessments.transfer.rich_text import CONTROL

MAX_DEPTH = 24
ODD = str.maketrans({"\u2028": " ", "\u2029": " ", "\ufeff": ""})  # YAML takes them for its own


@dataclass(frozen=True)
class Node:
    """A place in a file. What is wrong with it is added to `problems`; reading goes on."""

    raw: yaml.Node
    file: str
    problems: list[Problem]
    path: str = ""

    @property
    def line(self) -> int:
        return int(self.raw.start_mark.line) + 1

    @property
    def is_scalar(self) -> bool:
        return isinstance(self.raw, yaml.ScalarNode)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.raw, yaml.MappingNode)

    @property
    def is_null(self) -> bool:
        return self.is_scalar and bool(self.raw.tag == "tag:yaml.org,2002:null")

    def problem(self, message: object, *, below: int = 0) -> None:
        """Note what is wrong here, or `below` lines further down in a text."""
        extra = below + (getattr(self.raw, "style", None) in ("|", ">"))
        self.problems.append(Problem(self.file, self.line + extra, self.path, str(message)))

    def inner_problem(self, name: str, message: str) -> None:
        """Note what is wrong with a field that is not there."""
        path = ".".join(filter(None, (self.path, name)))
        self.problems.append(Problem(self.file, self.line, path, message))

    def text(self) -> str:
        """Return the text as it is written, without white space around it."""
        if not self.is_scalar:
            self.problem("must be a text; put quotation marks around it if it holds a colon")
            return ""
        return "" if self.is_null else tidy_text(self.raw.value)

    def number(self) -> int | None:
        if self.is_null:
            return None
        if self.is_scalar and re.fullmatch(r"-?[0-9]{1,9}", self.raw.value):
            return int(self.raw.value)
        self.problem("must be a whole number")
        return None

    def decimal(self) -> float | None:
        if self.is_null:
            return None
        if self.is_scalar and re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", self.raw.value):
            return float(self.raw.value)
        self.problem("must be a number")
        return None

    def flag(self) -> bool:
        if self.is_scalar and self.raw.value in ("true", "false"):
            return bool(self.raw.value == "true")
        self.problem("must be true or false")
        return False

    def day(self) -> str | None:
        """Return a date as YYYY-MM-DD."""
        if self.is_null:
            return None
        try:
            return date.fromisoformat(self.raw.value if self.is_scalar else "").isoformat()
        except ValueError:
            self.problem("must be a date such as 2026-11-01")
            return None

    def items(self) -> list["Node"]:
        if not isinstance(self.raw, yaml.SequenceNode):
            if not self.is_null:
                self.problem("must be a list")
            return []
        return [self._inner(raw, f"[{n}]") for n, raw in enumerate(self.raw.value, start=1)]

    def entries(self, allowed: Collection[str] | None = None) -> dict[str, "Node"]:
        """Return the fields by name; one that is not `allowed` or comes twice is a problem."""
        if not isinstance(self.raw, yaml.MappingNode):
            self.problem("must be fields with values")
            return {}
        found: dict[str, Node] = {}
        for name, value in self.raw.value:
            key = str(name.value) if isinstance(name, yaml.ScalarNode) else "?"
            node = self._inner(value, f".{key}" if self.path else key)
            if key in found:
                node.problem("stands here twice")
            elif allowed is not None and key not in allowed:
                node.problem(f"is not a field here; there are: {', '.join(allowed)}")
            found.setdefault(key, node)
        return found

    def _inner(self, raw: yaml.Node, step: str) -> "Node":
        return Node(raw, self.file, self.problems, self.path + step)


def tidy_text(text: str) -> str:
    """Return a plain text in its one form: no control signs, one kind of line end, no edges."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("", text.translate(ODD)).strip()


def parse(text: str, *, file: str, problems: list[Problem]) -> Node:
    """Return the root of a YAML text. Raises TransferError if it is none, or a trap."""
    try:
        _refuse_traps(text, file)
        raw = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise refuse(f"not YAML: {error.problem}", file=file, line=line) from error
    except yaml.YAMLError as error:
        raise refuse(f"not YAML: {error}", file=file) from error
    if raw is None:
        raise refuse("is empty", file=file)
    return Node(raw, file, problems)


def _refuse_traps(text: str, file: str) -> None:
    """Refuse references and tags (nothing here needs them) and endless nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise refuse("nested too deeply", file=file, line=line)
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            raise refuse("anchors and references are not possible", file=file, line=line)
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise refuse(f"the tag {tag} is not possible", file=file, line=line)
