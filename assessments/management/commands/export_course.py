import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments.transfer.collecting import find_course
from assessments.transfer.exporting import export_course
from assessments.transfer.problems import TransferError


class Command(BaseCommand):
    help = "Export a course to a folder (docs/course-format.md), to keep it or move it elsewhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("course", help="Short name or key of the course.")
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--draft", action="store_true", help="The newest of everything, published or not."
        )
        parser.add_argument(
            "--replace", action="store_true", help="Replace the course that is in the folder."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = export_course(
                course=find_course(options["course"]),
                folder=options["folder"],
                draft=options["draft"],
                replace=options["replace"],
            )
        except TransferError as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            self.stderr.write("Nothing was exported.")
            sys.exit(1)
        self.stdout.write(f"{count} files in {options['folder']}")
