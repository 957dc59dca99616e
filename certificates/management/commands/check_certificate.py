from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certificates.sealing import CannotSeal
from certificates.sealing.checking import Examined, examine


class Command(BaseCommand):
    help = "Say whether a PDF is, to the last byte, a certificate that this site has sealed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            examined = examine(options["file"].read_bytes())
        except (OSError, CannotSeal) as error:
            raise CommandError(str(error)) from error
        self._print(examined)
        if not examined.is_ours:
            raise CommandError("This is no certificate of this site, or it was changed.")
        self.stdout.write("This file is ours, unchanged.")

    def _print(self, examined: Examined) -> None:
        if examined.signer:
            self._print_seal(examined)
        if examined.reason:
            self.stdout.write(examined.reason)

    def _print_seal(self, examined: Examined) -> None:
        for name, holds in (
            ("as it was sealed", examined.intact),
            ("whole file sealed", examined.covers_whole_file),
            ("seal is believed", examined.trusted),
        ):
            self.stdout.write(f"{name:<18} {'yes' if holds else 'NO'}")
        proven = "by a time stamp" if examined.time_stamped else "by its own word"
        self.stdout.write(f"sealed by          {examined.signer}")
        self.stdout.write(f"sealed at          {examined.signed_at} ({proven})")
