import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from assessments.transfer.headers import SOURCE
from assessments.transfer.importing import transfer_in
from assessments.transfer.problems import TransferError
from courses.models import CataloguePage


class Command(BaseCommand):
    help = "Import a course from a folder (docs/course-format.md) and publish it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--draft", action="store_true", help="Make draft revisions only; publish nothing."
        )
        parser.add_argument(
            "--catalogue", type=int, help="Id of the catalogue page, if there are several."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = transfer_in(
                folder=options["folder"],
                parent=_catalogue(options["catalogue"]),
                at=timezone.now(),
                draft=options["draft"],
            )
        except TransferError as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            self.stderr.write("Nothing was imported.")
            sys.exit(1)
        counts = ", ".join(f"{count} {what}" for what, count in sorted(outcome.counts.items()))
        self.stdout.write(f"{outcome.course.title}: {counts}")


def _catalogue(pk: int | None) -> CataloguePage:
    pages = CataloguePage.objects.filter(locale__language_code=SOURCE)
    if pk is not None:
        pages = pages.filter(pk=pk)
    if len(pages) != 1:
        raise CommandError(
            f"{len(pages)} catalogues fit: make one in the CMS, or name one with --catalogue"
        )
    return pages[0]
