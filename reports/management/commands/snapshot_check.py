import sys
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.models import Snapshot
from reports.snapshots.checking import found_amiss


class Command(BaseCommand):
    help = "Make a frozen snapshot again from the log, and say whether it is the same. Exit 1: not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", type=UUID, nargs="?", help="Of one; without it all are checked.")

    def handle(self, *args: Any, **options: Any) -> None:
        kept = Snapshot.objects.filter(state=Snapshot.State.READY)
        if options["key"]:
            kept = kept.filter(key=options["key"])
            if not kept:
                raise CommandError(f"There is no snapshot {options['key']} that is ready.")
        count = 0
        for snapshot in kept:
            found = found_amiss(snapshot)
            count += len(found)
            for line in found:
                self.stderr.write(f"{snapshot.key}: {line}")
            if not found:
                self.stdout.write(f"{snapshot.key}: the same, {snapshot.manifest_sha256}")
        if count:
            sys.exit(1)
