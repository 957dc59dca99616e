"""A moment as somebody gives it: a day, which is over at midnight in Belgrade, or to the second."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime


@dataclass(frozen=True)
class Moment:
    """`text` is what was given; everything that was stored up to and with `moment` counts."""

    text: str
    moment: datetime

    def __str__(self) -> str:
        return self.text

    @property
    def is_day(self) -> bool:
        """Whether a day was given, and not a moment of it."""
        return parse_date(self.text) is not None

    @property
    def day(self) -> date:
        """The day in Belgrade."""
        return timezone.localdate(self.moment)


def read_moment(text: str) -> Moment:
    """Return the moment that a text stands for; without a zone it is Belgrade's. Raises ValueError.

    A day stands for its end.
    """
    day = parse_date(text)
    if day is not None:
        midnight = datetime.combine(day + timedelta(days=1), time.min)
        return _moment(text, midnight - timedelta(microseconds=1))
    # A plus sign that was not encoded in an address arrives as a space.
    moment = parse_datetime(text.replace(" ", "+") if "T" in text else text)
    if moment is None:
        raise ValueError(f"{text} is neither a day nor a moment")
    return _moment(text, moment)


def _moment(text: str, moment: datetime) -> Moment:
    aware = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    return Moment(text, aware.astimezone(UTC))
