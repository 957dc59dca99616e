from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from certificates.keys import make_keys


class Command(BaseCommand):
    help = "Make the keys that sign certificates as data, where there are none; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        made = make_keys(timezone.now())
        for key in made if options["verbosity"] else ():
            self.stdout.write(f"{key} made; back up {settings.KEYS_ROOT}")
