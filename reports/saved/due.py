"""When a letter about a kept report is due."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from reports.models import Every

_MORNING = time(hour=7)
_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3}


def due_after(every: str, at: datetime) -> datetime:
    """Return the first morning of the next week, month or quarter, in Belgrade, after `at`."""
    local = timezone.localtime(at)
    day = _begun(every, local.date(), ahead=0)
    return due if (due := _morning(day)) > at else _morning(_begun(every, local.date(), ahead=1))


def _begun(every: str, day: date, *, ahead: int) -> date:
    """Return the first day of the week, month or quarter of a day, or of one so many later."""
    if every == Every.WEEK:
        return day - timedelta(days=day.weekday()) + timedelta(weeks=ahead)
    months = _MONTHS[Every(every)]
    first = ((day.year * 12 + day.month - 1) // months + ahead) * months
    return date(first // 12, first % 12 + 1, 1)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, _MORNING))
