from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from certificates.sealing.demo_key import NAME, make_demo_key


class Command(BaseCommand):
    help = "Make the key that seals the certificates of a demo, unless it is there."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Only a demo seals with a key of its own making. For a site of your own see"
                " “The seal” in docs/operating.md."
            )
        file = Path(settings.SEAL_KEY_FILE)
        if make_demo_key(file) and options["verbosity"]:
            self.stdout.write(f"Made a key for seals, “{NAME}”: {file}")
