import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments.exchange.collecting import items_of
from assessments.exchange.formats import FORMATS
from assessments.exchange.languages import content_language_code
from assessments.models import Question


class Command(BaseCommand):
    help = "Write questions of the bank to a file; what the format cannot hold is listed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument("--language", type=content_language_code, default="en")
        parser.add_argument("--tag", help="Only questions with this tag.")

    def handle(self, *args: Any, **options: Any) -> None:
        questions = Question.objects.filter(locale__language_code=options["language"], live=True)
        if options["tag"]:
            questions = questions.filter(tags__name=options["tag"])
        items = items_of(questions.prefetch_related("tagged_items__tag"))
        data, refused = FORMATS[options["format"]].write(items)
        for one in refused:
            self.stdout.write(f"left out: {one.name}: {one.reason}")
        if len(refused) == len(items):
            self.stdout.write("There is nothing to write.")
            sys.exit(1)
        options["file"].write_bytes(data)
        self.stdout.write(f"{len(items) - len(refused)} questions in {options['file']}.")
