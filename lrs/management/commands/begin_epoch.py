from typing import Any

from django.core.management.base import BaseCommand

from lrs.feed import begin_epoch


class Command(BaseCommand):
    help = (
        "After a restore from a backup, before the site starts: let readers of the log begin anew."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        epoch = begin_epoch()
        self.stdout.write(
            f"The epoch {epoch.id} has begun; forwarding starts again by itself, and who reads "
            "the log from outside is told to."
        )
