from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from certificates.keys import rotate_key
from certificates.models import SigningKey


class Command(BaseCommand):
    help = "Let another key sign from now on; what the earlier one signed stays verifiable."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("purpose", choices=SigningKey.Purpose.values)

    def handle(self, *args: Any, **options: Any) -> None:
        key = rotate_key(options["purpose"], timezone.now())
        self.stdout.write(f"{key} signs from now on; back up {settings.KEYS_ROOT}")
