import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lrs.access import holder_with
from lrs.importing import Outcome, Refused, Terms, lines_of, take_in
from lrs.refusals import Refusal

_TELL_EVERY = 10_000


class Command(BaseCommand):
    help = (
        "Bring statements from a file with one in each line. Run it again after a stop: "
        "what is here already stays as it is. Exit 1 if any line was refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="The file, or - for the standard input.")
        parser.add_argument(
            "--credential", required=True, metavar="KEY", help="Who vouches for them."
        )
        parser.add_argument(
            "--keep-stored",
            action="store_true",
            help="Keep their stored and authority: for a move from another store.",
        )
        parser.add_argument("--batch", type=int, default=200, help="So many in a transaction.")
        parser.add_argument(
            "--attachments", type=Path, metavar="DIR", help="Where they lie, named by SHA-2."
        )
        parser.add_argument("--dry-run", action="store_true", help="Check all, store nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch"] < 1:
            raise CommandError("--batch: 1 or more")
        total = Outcome()
        list_ = _Refusals(options["file"])
        try:
            terms = _terms(options)
            with _opened(options["file"]) as file:
                lines = lines_of(file, settings.LRS_MAX_BODY)
                for outcome in take_in(lines, terms, batch=options["batch"], clock=timezone.now):
                    list_.add(outcome.refused)
                    self._tell(total, outcome)
        except (Refusal, OSError) as error:
            raise CommandError(f"after line {total.last}: {error}") from error
        finally:
            list_.close()
        self._sum_up(total, list_, options["dry_run"])

    def _tell(self, total: Outcome, outcome: Outcome) -> None:
        """Add up, and say now and then how far it is."""
        if outcome.last // _TELL_EVERY > total.last // _TELL_EVERY:
            self.stderr.write(f"line {outcome.last}")
        total.last = outcome.last
        total.new += outcome.new
        total.known += outcome.known

    def _sum_up(self, total: Outcome, list_: "_Refusals", dry: bool) -> None:
        new = "would be new" if dry else "new"
        self.stdout.write(f"{total.new} {new}, {total.known} known, {list_.count} refused")
        if list_.count:
            self.stderr.write(f"what was refused, and why: {list_.path}")
            sys.exit(1)


class _Refusals:
    """The list of what did not come in, beside the file; there is none where all came in."""

    def __init__(self, source: str) -> None:
        self.path = Path("statements.refused.jsonl" if source == "-" else f"{source}.refused.jsonl")
        self.path.unlink(missing_ok=True)  # an earlier run's
        self.count = 0
        self._file: TextIO | None = None

    def add(self, refused: Sequence[Refused]) -> None:
        """Write down the lines of a batch."""
        if not refused:
            return
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8")
        for one in sorted(refused, key=lambda one: one.line):
            self.count += 1
            said = {"line": one.line, "reason": one.reason, "statement": one.text}
            self._file.write(json.dumps(said, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Finish the list."""
        if self._file is not None:
            self._file.close()


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    with open(name, "rb") as file:
        yield file


def _terms(options: dict[str, Any]) -> Terms:
    return Terms(
        holder=holder_with(options["credential"]),
        keep_stored=options["keep_stored"],
        folder=options["attachments"],
        dry=options["dry_run"],
    )
