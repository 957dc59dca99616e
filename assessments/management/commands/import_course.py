import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from assessments.transfer.checking import untranslated
from assessments.transfer.headers import SOURCE
from assessments.transfer.importing import transfer_in
from assessments.transfer.problems import TransferError
from assessments.transfer.reading import read_course
from courses.models import CataloguePage


class Command(BaseCommand):
    help = "Import a course from a folder (docs/course-format.md) and publish it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--draft", action="store_true", help="Make draft revisions only; publish nothing."
        )
        parser.add_argument(
            "--check", action="store_true", help="Only say what is wrong with the files."
        )
        parser.add_argument(
            "--catalogue", type=int, help="Id of the catalogue page, if there are several."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            said = self._checked(options) if options["check"] else self._imported(options)
        except TransferError as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            self.stderr.write("Nothing was imported.")
            sys.exit(1)
        self.stdout.write(said)

    def _checked(self, options: dict[str, Any]) -> str:
        course = read_course(options["folder"])
        activities = len(list(course.activities()))
        said = f"{activities} activities and {len(course.questions)} questions, nothing wrong"
        return "\n".join([said, *untranslated(course)])

    def _imported(self, options: dict[str, Any]) -> str:
        outcome = transfer_in(
            folder=options["folder"],
            parent=_catalogue(options["catalogue"]),
            at=timezone.now(),
            draft=options["draft"],
        )
        counts = ", ".join(f"{count} {what}" for what, count in sorted(outcome.counts.items()))
        return f"{outcome.course.title}: {counts}"


def _catalogue(pk: int | None) -> CataloguePage:
    pages = CataloguePage.objects.filter(locale__language_code=SOURCE)
    if pk is not None:
        pages = pages.filter(pk=pk)
    if len(pages) != 1:
        raise CommandError(
            f"{len(pages)} catalogues fit: make one in the CMS, or name one with --catalogue"
        )
    return pages[0]
