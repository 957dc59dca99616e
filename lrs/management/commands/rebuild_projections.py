import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lrs.rebuilding import differences, found_amiss, rebuild


class Command(BaseCommand):
    help = "Make every projection anew from the log, or only compare (--check)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; exit 1 on any difference."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            self.stdout.write(f"{rebuild()} rows made anew from the log")
            return
        found = differences()
        for difference in found:
            self.stderr.write(
                f"{difference.model} {difference.key}: "
                f"log says {difference.rebuilt}, live is {difference.live}"
            )
        amiss = found_amiss()
        for line in amiss:
            self.stderr.write(line)
        self.stdout.write(f"{len(found) + len(amiss)} differences")
        if found or amiss:
            sys.exit(1)
