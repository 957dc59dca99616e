"""Tickets on completion, and the one letter three months later."""

from datetime import datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from assessments.models import SurveyKind, SurveyTicket
from assessments.surveys.tickets import PULSE_AFTER, give_tickets, kind_open
from assessments.surveys.versions import newest_version
from courses.models import CoursePage, Enrolment
from courses.outline import course_with
from lrs.events import Event
from lrs.models import Statement
from lrs.reactions import Reaction
from people.actors import people_of
from people.letters import send_letter
from people.models import User
from xapi import types, verbs


@task()
def plan_surveys(statement_id: str) -> None:
    """Give the tickets for a completed course and plan the letter; set in motion by `completed`.

    Done again, it finds tickets and plans nothing.
    """
    event = Event.of(Statement.objects.get(id=statement_id))
    if event.registration is None:
        return
    with transaction.atomic():
        if give_tickets([event.registration]):
            due = due_at(event.timestamp)
            ask_later.using(run_after=due).enqueue(str(event.registration))


REACTION = Reaction(
    name="surveys",
    verb=verbs.COMPLETED.id,
    activity_type=types.COURSE,
    task=plan_surveys,
)


def due_at(completed_at: datetime) -> datetime:
    """Return when the letter is due: in the morning, 90 days after."""
    day = timezone.localdate(completed_at) + PULSE_AFTER
    return timezone.make_aware(datetime.combine(day, time(hour=7)))


@task()
def ask_later(registration: str) -> None:
    """Write to the learner once, unless the ticket is spent or it is not the time any more."""
    enrolment = Enrolment.objects.filter(registration=UUID(registration)).first()
    if enrolment is None or kind_open(enrolment, at=timezone.now()) != SurveyKind.PULSE:
        return
    if enrolment.actor is None or newest_version(SurveyKind.PULSE) is None:
        return
    learner = people_of([enrolment.actor]).get(enrolment.actor)
    if learner is None:
        return
    with override(learner.language):
        course = course_with(key=enrolment.course)
    if course and _note(enrolment, is_written_to=True):
        _send(learner, course, enrolment)


def _send(learner: User, course: CoursePage, enrolment: Enrolment) -> None:
    """Send the letter; where it cannot be sent, nothing is noted, and it is tried again.

    Noted before, not after: whoever is killed in between leaves no second letter.
    """
    context = {"course": course, "kind": SurveyKind.PULSE.value}
    try:
        send_letter(to=learner, template="assessments/mail/pulse", context=context)
    except Exception:
        _note(enrolment, is_written_to=False)
        raise


def _note(enrolment: Enrolment, *, is_written_to: bool) -> bool:
    """Note whether the letter is written; say whether that was otherwise before."""
    tickets = SurveyTicket.objects.filter(
        registration=enrolment.registration,
        kind=SurveyKind.PULSE,
        is_spent=False,
        is_written_to=not is_written_to,
    )
    return bool(tickets.update(is_written_to=is_written_to))
