import time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from config.demo.loader import load_demo
from config.site_address import sync_site_address


class Command(BaseCommand):
    help = "Load the demo's content, accounts and population; at once if nothing has changed."

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        if load_demo(at=timezone.now()):
            self.stdout.write(f"demo loaded in {time.monotonic() - started:.0f} s")
        else:
            self.stdout.write("demo is loaded already")
        sync_site_address()  # it may be served at another port than yesterday
