from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from reports.pruning import prune


class Command(BaseCommand):
    help = (
        "Throw away changes of the feed of completions that are older than so many days. "
        "Readers that stopped before are told to begin anew; no row of a report is touched."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--keep-days", type=int, required=True, help="How many days back a reader may stop."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        days = options["keep_days"]
        if days < 1:
            raise CommandError("keep at least one day")
        count = prune(keep=timedelta(days=days), at=timezone.now())
        self.stdout.write(f"{count} changes thrown away")
