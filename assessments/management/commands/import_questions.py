import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from assessments.exchange.formats import read_file
from assessments.exchange.hardened_xml import MOST_BYTES, Unreadable
from assessments.exchange.languages import content_language_code
from assessments.exchange.storing import store
from people.models import User


class Command(BaseCommand):
    help = (
        "Take questions from a file (GIFT, Moodle XML, QTI 2.1 to 3.0) into the question bank, "
        "as drafts. Each question comes in whole or is listed with its line and the reason "
        "(docs/question-exchange.md)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--language", type=content_language_code, default="en")
        parser.add_argument(
            "--law-as-of",
            type=date.fromisoformat,
            default=None,
            help="The day for which the answers are known to be right (default: today).",
        )
        parser.add_argument("--user", help="E-mail address of whose drafts they are.")
        parser.add_argument(
            "--check", action="store_true", help="Say what would be taken; keep nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["user"]).first() if options["user"] else None
        if options["user"] and user is None:
            raise CommandError(f"There is no account {options['user']}.")
        try:
            with options["file"].open("rb") as file:
                format_, reading = read_file(options["file"].name, file.read(MOST_BYTES + 1))
        except (OSError, Unreadable) as error:
            line = f" (line {error.line})" if isinstance(error, Unreadable) else ""
            raise CommandError(f"{options['file']}{line}: {error}") from error
        outcome = store(
            reading.items,
            language=options["language"],
            law_as_of=options["law_as_of"] or timezone.localdate(),
            user=user,
            keep=not options["check"],
        )
        for item, question in outcome.taken:
            self.stdout.write(f"line {item.line}: taken: {item.name} ({question.kind})")
        changed = sorted([*reading.changed, *outcome.changed], key=lambda one: one.line)
        for change in changed:
            self.stdout.write(f"line {change.line}: note: {change.name}: {change.reason}")
        refused = sorted([*reading.refused, *outcome.refused], key=lambda one: one.line)
        for one in refused:
            self.stdout.write(f"line {one.line}: refused: {one.name}: {one.reason}")
        kept = "would be taken" if options["check"] else "taken as drafts"
        self.stdout.write(f"{format_}: {len(outcome.taken)} {kept}, {len(refused)} refused.")
        if not outcome.taken:
            sys.exit(1)
