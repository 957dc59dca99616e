from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from config.demo.loader import require_demo
from config.demo.sandbox import cursor_before_everything, happen


class Command(BaseCommand):
    help = (
        "In the demo: let one more of each kind of change happen in the feed of completions, or "
        "print a cursor after which all changes come, from the first on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--cursor", action="store_true", help="Let nothing happen; print the cursor."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        require_demo()
        at = timezone.now()
        if options["cursor"]:
            self.stdout.write(cursor_before_everything(at=at))
            return
        for what, enrolment in happen(at=at).items():
            self.stdout.write(f"{enrolment}  {what}")
