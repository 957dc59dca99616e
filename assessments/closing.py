"""Attempts with a time limit end by themselves, also when the browser is gone."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from assessments.grading import submit_attempt
from assessments.languages import language_of
from assessments.models import Attempt, QuizPage
from courses.models import Enrolment
from lrs.events import Event
from lrs.models import Statement
from lrs.reactions import Reaction
from people.actors import people_of
from xapi import types, verbs

_GRACE = timedelta(seconds=2)


def close_overdue(*, enrolment: Enrolment, quiz: QuizPage, at: datetime) -> Attempt | None:
    """Submit the learner's running attempt if its deadline is over, and return it."""
    overdue = Attempt.objects.filter(
        registration=enrolment.registration,
        quiz_key=quiz.key,
        finished_at=None,
        deadline__lt=at,
    ).first()
    if overdue is None:
        return None
    # Whichever page of the quiz is at hand here, it is not the one the learner wrote on.
    said = language_of(overdue)
    return submit_attempt(
        enrolment=enrolment, quiz=quiz, number=overdue.number, at=at, language=said
    )


@task()
def close_attempt(statement_id: str) -> None:
    """Submit an attempt at its deadline; set in motion by its `attempted` statement.

    Nothing more is recorded of somebody who has left the course, or has been erased.
    """
    event = Event.of(Statement.objects.get(id=statement_id))
    deadline = event.facts.get("deadline")
    if deadline is None or event.registration is None:
        return
    now = timezone.now()
    due = _due(event) or datetime.fromisoformat(deadline)
    if due >= now:
        close_attempt.using(run_after=due + _GRACE).enqueue(statement_id)
        return
    quiz = QuizPage.objects.filter(translation_key=event.key).first()
    enrolment = Enrolment.objects.filter(registration=event.registration).first()
    if quiz and enrolment and not enrolment.withdrawn_at and people_of([event.actor]):
        close_overdue(enrolment=enrolment, quiz=quiz, at=now)


def _due(event: Event) -> datetime | None:
    """Return the deadline as it is now: a trainer may have given more time meanwhile."""
    where = {"registration": event.registration, "quiz_key": event.key}
    found = Attempt.objects.filter(**where, number=event.facts["attempt"])
    return found.values_list("deadline", flat=True).first()


REACTION = Reaction(
    name="close attempt",
    verb=verbs.ATTEMPTED.id,
    activity_type=types.ASSESSMENT,
    task=close_attempt,
)
