from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lrs.retention import RuleRefused, planned, remove, rules


class Command(BaseCommand):
    help = (
        "Remove what others sent here and the rules of LRS_RETENTION let go; "
        "what this site recorded stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Remove nothing; print what would go."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            if not rules():
                self.stdout.write("LRS_RETENTION has no rules: everything stays.")
            elif options["dry_run"]:
                self._plan(now)
            else:
                self.stdout.write(f"{sum(remove(now))} statements removed.")
        except RuleRefused as error:
            raise CommandError(f"LRS_RETENTION: {error}") from error

    def _plan(self, now: Any) -> None:
        plans = planned(now)
        for plan in plans:
            self.stdout.write(f"{plan.month:%Y-%m} {plan.count:>9} {plan.verb} ({plan.rule})")
        self.stdout.write(f"{sum(plan.count for plan in plans)} statements would be removed.")
