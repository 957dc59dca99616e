import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from lrs.exporting import Record, Selection, batches, write_attachments
from lrs.parquet import NoParquet, table
from lrs.visibility import consistent_through
from lrs.whole_files import whole_file

Sink = Callable[[Sequence[Record]], object]


class Command(BaseCommand):
    help = "Write statements to a file or to the standard output, in the order of storing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", help="Stored after this moment (ISO 8601).")
        parser.add_argument("--until", help="Stored at this moment or before.")
        parser.add_argument("--verb", default="", help="Only with this verb (IRI).")
        whose = parser.add_mutually_exclusive_group()
        whose.add_argument(
            "--own", action="store_const", const=True, help="Only what this site recorded."
        )
        whose.add_argument(
            "--foreign",
            action="store_const",
            const=False,
            dest="own",
            help="Only what others sent here.",
        )
        parser.add_argument("--format", choices=["jsonl", "parquet"], default="jsonl")
        parser.add_argument("--output", type=Path, help="The file; it appears when it is whole.")
        parser.add_argument(
            "--attachments", type=Path, metavar="DIR", help="Write attachments here, by SHA-2."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        selection = _selection(options)
        try:
            with self._sink(options) as sink:
                count = self._write(selection, sink, options["attachments"])
        except BrokenPipeError:
            # Whoever read has enough. What Python still has to say goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        except (NoParquet, OSError) as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"{count} statements, stored until {selection.until.isoformat()}")

    def _write(self, selection: Selection, sink: Sink, folder: Path | None) -> int:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        count = 0
        for records in batches(selection):
            if folder:
                write_attachments(records, folder)
            sink(records)
            count += len(records)
        return count

    @contextmanager
    def _sink(self, options: dict[str, Any]) -> Iterator[Sink]:
        """Yield what takes statements and writes them in the format asked for."""
        output: Path | None = options["output"]
        if output is None:
            if options["format"] == "parquet":
                raise CommandError("parquet needs --output FILE")
            yield lambda records: self.stdout.write(_lines(records), ending="")
            self.stdout.flush()
            return
        with whole_file(output) as file:
            if options["format"] == "parquet":
                with table(file) as written:
                    yield written.add
            else:
                yield lambda records: file.write(_lines(records).encode())


def _lines(records: Sequence[Record]) -> str:
    return "".join(f"{record.body}\n" for record in records)


def _selection(options: dict[str, Any]) -> Selection:
    """Read what is asked for. What may still change its place is left for the next time."""
    through = consistent_through()
    until = _moment("until", options["until"])
    return Selection(
        since=_moment("since", options["since"]),
        until=min(until, through) if until else through,
        verb=options["verb"],
        own=options["own"],
    )


def _moment(name: str, said: str | None) -> datetime | None:
    """Read a moment; without an offset it is local time."""
    if not said:
        return None
    try:
        found = parse_datetime(said)
    except ValueError as error:
        raise CommandError(f"--{name} {said!r} is not a moment of ISO 8601") from error
    if found is None:
        found = parse_datetime(f"{said}T00:00")
    if found is None:
        raise CommandError(f"--{name} {said!r} is not a moment of ISO 8601")
    return found if timezone.is_aware(found) else timezone.make_aware(found)
