import time
from argparse import ArgumentTypeError
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date

from config.population.making import Made, MadeBefore, make, settle
from config.population.people import NowhereToWork
from config.population.plans import NothingToTake

_TELL_EVERY = 5.0  # seconds
_HOW = "`manage.py load_demo` brings courses, institutions and professions."


class Command(BaseCommand):
    help = (
        "Make invented people with enrolments, statements and certificates over the last years: "
        "as many as wanted, to see how the site does with them. Nobody can sign in as one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--enrolments", type=_count, required=True, metavar="N")
        parser.add_argument("--seed", type=_count, default=1, help="Another makes other people.")
        parser.add_argument(
            "--until", type=_day, help="Nothing happens from this day (UTC) on; today."
        )
        parser.add_argument("--years", type=_count, default=4, help="Over how many; 4.")
        parser.add_argument(
            "--resume", action="store_true", help="Go on where the same was stopped."
        )
        parser.add_argument("--yes", action="store_true", help="Also outside the demo.")

    def handle(self, *args: Any, **options: Any) -> None:
        self._require_leave(yes=options["yes"])
        began, told, made = time.monotonic(), time.monotonic(), Made()
        try:
            for made in make(
                enrolments=options["enrolments"],
                seed=options["seed"],
                until=options["until"] or _midnight(timezone.now()),
                years=options["years"],
                resume=options["resume"],
            ):
                if time.monotonic() - told > _TELL_EVERY:
                    told = time.monotonic()
                    self._tell(made, options["enrolments"], told - began)
        except MadeBefore as before:
            seed = options["seed"]
            raise CommandError(
                f"{before.count} people of the seed {seed} are there already. --resume goes on "
                "where a run with the same numbers was stopped; --seed makes other people."
            ) from before
        except NothingToTake as nothing:
            raise CommandError(f"There is no course with an edition to take. {_HOW}") from nothing
        except NowhereToWork as nowhere:
            raise CommandError(f"There are no professions or institutions. {_HOW}") from nowhere
        self._tell(made, options["enrolments"], time.monotonic() - began)
        settle()

    def _require_leave(self, *, yes: bool) -> None:
        if settings.DEMO:
            return
        if not yes:
            raise CommandError(
                "this is not the demo: invented people do not belong among real ones. For a site "
                "that is only measured there is --yes; it cannot be served afterwards, because "
                "demo accounts are in it (putokaz.E003)"
            )
        self.stderr.write("Invented people come in: this site will refuse to start from now on.")

    def _tell(self, made: Made, wanted: int, seconds: float) -> None:
        self.stdout.write(
            f"{made.enrolments:,} of {wanted:,} enrolments of {made.people:,} people: "
            f"{made.statements:,} statements, {made.certificates:,} certificates; "
            f"{seconds:.0f} s, {made.enrolments / max(seconds, 0.001) * 60:,.0f} a minute"
        )
        self.stdout.flush()


def _midnight(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a number from 1 on")
    return int(text)


def _day(text: str) -> datetime:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise ArgumentTypeError(f"{text!r} is not a day (YYYY-MM-DD)")
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
