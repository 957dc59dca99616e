"""What this room keeps about a person: handed over on request, forgotten on request."""

from typing import Any
from uuid import UUID

from assessments.models import (
    Attempt,
    AttemptGrant,
    DraftAnswer,
    ExtraTime,
    GrantReason,
    Mark,
    PracticeAnswer,
    PracticeRound,
    Remark,
    Response,
    SurveyTicket,
    Writing,
)
from courses.personal import registrations_of
from people.models import User

_ATTEMPT = (
    *("quiz_key", "number", "form", "started_at", "finished_at", "passed", "raw", "maximum"),
)
_RESPONSE = ("question_key", "response", "success", "scaled", "confidence", "answered_at")
_PRACTICE = ("question_key", "response", "success", "scaled", "answered_at")
_ROUND = ("begun_at", "given")
_DRAFT = ("question_key", "choices", "flagged", "confidence", "saved_at")


def collect(user: User, actor: UUID) -> dict[str, Any]:
    """Return the person's attempts with answers, practice, marks, and what trainers wrote."""
    registrations = registrations_of(actor)
    attempts = Attempt.objects.filter(registration__in=registrations).order_by("started_at")
    return {
        "attempts": [_attempt(attempt) for attempt in attempts],
        "written answers": list(
            Writing.objects.filter(registration__in=registrations)
            .order_by("written_at")
            .values("answer", "written_at")
        ),
        "marks": list(
            Mark.objects.filter(registration__in=registrations)
            .order_by("marked_at")
            .values("writing", "round", "points", "scaled", "marked_at")
        ),
        "remarks": list(
            Remark.objects.filter(registration__in=registrations)
            .order_by("written_at")
            .values("text", "written_at")
        ),
        "practice": list(
            PracticeAnswer.objects.filter(registration__in=registrations)
            .order_by("answered_at")
            .values(*_PRACTICE)
        ),
        "rounds of practice": list(
            PracticeRound.objects.filter(registration__in=registrations)
            .order_by("begun_at")
            .values(*_ROUND)
        ),
        "extra attempts": _said(_reasons(AttemptGrant, registrations)),
        "extra time": [
            {"percent": one.percent, "since": one.granted_at, "reason": _said([one.reason_key])}
            for one in ExtraTime.objects.filter(registration__in=registrations).order_by(
                "granted_at"
            )
        ],
        # Whether somebody may still be asked; what was answered is not known of anybody.
        "surveys": list(
            SurveyTicket.objects.filter(registration__in=registrations)
            .order_by("kind")
            .values("registration", "kind", "is_spent", "is_written_to")
        ),
    }


def forget(user: User, actor: UUID) -> None:
    """Forget what was not submitted, what was written, and what trainers wrote of the person.

    Answers to surveys stay: nobody can say which ones were the person's.
    """
    registrations = registrations_of(actor)
    Writing.objects.filter(registration__in=registrations).delete()
    Remark.objects.filter(registration__in=registrations).delete()
    DraftAnswer.objects.filter(registration__in=registrations).delete()
    PracticeRound.objects.filter(registration__in=registrations).delete()
    SurveyTicket.objects.filter(registration__in=registrations).delete()
    for model in (AttemptGrant, ExtraTime):
        GrantReason.objects.filter(key__in=_reasons(model, registrations)).delete()


def _reasons(model: type[AttemptGrant | ExtraTime], registrations: list[UUID]) -> list[UUID]:
    grants = model.objects.filter(registration__in=registrations)
    return list(grants.values_list("reason_key", flat=True))


def _said(reasons: list[UUID]) -> list[dict[str, Any]]:
    found = GrantReason.objects.filter(key__in=reasons).order_by("written_at")
    return [{"text": one.text, "written_at": one.written_at} for one in found]


def _attempt(attempt: Attempt) -> dict[str, Any]:
    where = {
        "registration": attempt.registration,
        "quiz_key": attempt.quiz_key,
        "number": attempt.number,
    }
    return {name: getattr(attempt, name) for name in _ATTEMPT} | {
        "answers": list(Response.objects.filter(**where).values(*_RESPONSE)),
        "saved choices": list(DraftAnswer.objects.filter(**where).values(*_DRAFT)),
    }
