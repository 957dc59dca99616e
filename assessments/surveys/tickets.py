"""Who may answer a survey, when, and once: a ticket for each, given on completion.

Times are counted in days: at the end of a course until the pulse begins, which is open as long.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from assessments.models import SurveyKind, SurveyTicket
from assessments.surveys.errors import NotYours, TicketSpent
from courses.models import Enrolment

PULSE_AFTER = timedelta(days=90)
OPEN_FOR = timedelta(days=90)
_TOGETHER = 1_000


def give_tickets(registrations: Collection[UUID]) -> int:
    """Give a ticket of each kind to enrolments that have none; return how many were given."""
    wanted = [SurveyTicket(registration=r, kind=k) for r in registrations for k in SurveyKind]
    before = SurveyTicket.objects.filter(registration__in=registrations).count()
    SurveyTicket.objects.bulk_create(wanted, ignore_conflicts=True, batch_size=_TOGETHER)
    return SurveyTicket.objects.filter(registration__in=registrations).count() - before


def kind_open(enrolment: Enrolment, *, at: datetime) -> SurveyKind | None:
    """Return the survey for which it is the time; never two at once."""
    if enrolment.completed_at is None or enrolment.withdrawn_at:
        return None
    since = timezone.localdate(at) - timezone.localdate(enrolment.completed_at)
    if since < PULSE_AFTER:
        return SurveyKind.SATISFACTION
    return SurveyKind.PULSE if since < PULSE_AFTER + OPEN_FOR else None


def unspent(enrolments: Iterable[Enrolment], *, at: datetime) -> dict[UUID, SurveyKind]:
    """Return the survey that is open to each enrolment, and was neither answered nor declined.

    One query, and none where nobody has completed anything lately.
    """
    opened = {one.registration: kind for one in enrolments if (kind := kind_open(one, at=at))}
    if not opened:
        return {}
    tickets = SurveyTicket.objects.filter(registration__in=opened, is_spent=False)
    held = set(tickets.values_list("registration", "kind"))
    return {place: kind for place, kind in opened.items() if (place, kind.value) in held}


def ticket_of(enrolment: Enrolment, kind: str) -> SurveyTicket:
    """Return the ticket of an enrolment. Raises NotYours."""
    if enrolment.completed_at is None:
        raise NotYours
    ticket = SurveyTicket.objects.filter(registration=enrolment.registration, kind=kind).first()
    if ticket is None:
        raise NotYours
    return ticket


def spend(enrolment: Enrolment, kind: str) -> None:
    """Spend the ticket, whether the survey was answered or declined. Raises TicketSpent.

    A row that is there is changed: one that was added now would say when, by its place.
    """
    tickets = SurveyTicket.objects.filter(registration=enrolment.registration, kind=kind)
    if not tickets.filter(is_spent=False).update(is_spent=True):
        raise TicketSpent
