"""Statements as a table for statisticians: Parquet, which needs the optional package pyarrow."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

from lrs.exporting import Record
from xapi.mentions import agent_identifier

try:
    import pyarrow
    from pyarrow.parquet import ParquetWriter
except ImportError:
    pyarrow = None

# One row group, which is what a writer holds in memory: statements, or characters of text.
_GROUP, _GROUP_TEXT = 20_000, 32_000_000


class NoParquet(Exception):
    """The package that writes Parquet is not installed."""


@contextmanager
def table(file: BinaryIO) -> Iterator["Table"]:
    """Write a table into a file while the block runs. Raises NoParquet."""
    if pyarrow is None:
        raise NoParquet("Parquet needs the package pyarrow: uv sync --inexact --group parquet")
    with ParquetWriter(file, _schema(), compression="zstd") as writer:
        written = Table(writer)
        yield written
        written.flush()


class Table:
    """Gathers rows, and writes them a group at a time."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer
        self._rows: list[dict[str, Any]] = []
        self._text = 0

    def add(self, records: Sequence[Record]) -> None:
        """Add statements."""
        self._rows += map(_row, records)
        self._text += sum(len(record.body) for record in records)
        if len(self._rows) >= _GROUP or self._text >= _GROUP_TEXT:
            self.flush()

    def flush(self) -> None:
        """Write what was gathered."""
        if self._rows:
            self._writer.write_table(pyarrow.Table.from_pylist(self._rows, schema=_schema()))
            self._rows, self._text = [], 0


def _schema() -> Any:
    moment, text = pyarrow.timestamp("us", tz="UTC"), pyarrow.string()
    return pyarrow.schema(
        {
            "stored": moment,
            "timestamp": moment,
            "id": text,
            "actor": text,
            "verb": text,
            "activity": text,
            "activity_type": text,
            "registration": text,
            "sender": text,
            "voided": pyarrow.bool_(),
            "body": text,
        }
    )


def _row(record: Record) -> dict[str, Any]:
    """Return the columns; `actor` is its identifier in one text, none for an anonymous group."""
    return {
        "stored": record.stored,
        "timestamp": record.timestamp,
        "id": str(record.id),
        "actor": agent_identifier(json.loads(record.body)["actor"]),
        "verb": record.verb,
        "activity": record.activity or None,
        "activity_type": record.activity_type or None,
        "registration": str(record.registration) if record.registration else None,
        "sender": record.sender,
        "voided": record.is_voided,
        "body": record.body,
    }
