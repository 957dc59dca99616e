"""Write YAML in one way only: same content, same bytes."""

from typing import Any

import yaml


class Lines(str):
    """A text that stands as a block of lines."""


class Row(list[Any]):
    """A list that stands in one line."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _lines(dumper: yaml.SafeDumper, text: Lines) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", f"{text}\n", style="|")


def _row(dumper: yaml.SafeDumper, row: Row) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", row, flow_style=True)


_Dumper.add_representer(Lines, _lines)
_Dumper.add_representer(Row, _row)


def dump(content: Any) -> str:
    """Return `content` (dicts in their order, lists, plain values) as YAML."""
    made: str = yaml.dump(
        content,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=10**9,
    )
    return made
