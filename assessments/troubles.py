"""What a tutor should know about attempts: who has failed, and who has none left."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from assessments.attempts import standing_from
from assessments.models import Attempt, AttemptGrant, QuizPage
from courses.cohorts import Trouble
from courses.models import Enrolment

Place = tuple[UUID, UUID]
Row = TypeVar("Row", Attempt, AttemptGrant)


def troubles_of(enrolments: Sequence[Enrolment], at: datetime) -> Iterable[Trouble]:
    """Yield each quiz that somebody has failed and not passed since. Three queries.

    What the same person used up in an enrolment that was left counts, as it does for them.
    """
    registrations = {enrolment.registration for enrolment in enrolments}
    attempts: dict[Place, list[Attempt]] = defaultdict(list)
    for attempt in _of_the_same(Attempt, enrolments).order_by("started_at", "number"):
        attempts[attempt.learner, attempt.quiz_key].append(attempt)
    grants: dict[Place, list[AttemptGrant]] = defaultdict(list)
    for grant in _of_the_same(AttemptGrant, enrolments):
        grants[grant.learner, grant.quiz_key].append(grant)
    quizzes = _quizzes({key for _, key in attempts})
    for person_and_quiz, tried in attempts.items():
        quiz = quizzes.get(person_and_quiz[1])
        if quiz is None:
            continue
        for registration in {attempt.registration for attempt in tried} & registrations:
            place = registration, quiz.key
            counted = _counted(tried, registration)
            granted = [one.granted_at for one in _counted(grants[person_and_quiz], registration)]
            if trouble := _trouble(place, counted, granted, quiz, at):
                yield trouble


def _counted(rows: Sequence[Row], registration: UUID) -> list[Row]:
    """Keep what counts in an enrolment: its own, and that of enrolments that were left."""
    return [row for row in rows if row.registration == registration or not row.completed_at]  # type: ignore[attr-defined]


def _of_the_same(model: Any, enrolments: Sequence[Enrolment]) -> Any:
    """Return rows of these people's enrolments of these courses.

    `learner` says whose, `completed_at` whether that enrolment came to its end.
    """
    same = Enrolment.objects.filter(
        actor__in={e.actor for e in enrolments}, course_key__in={e.course_key for e in enrolments}
    )
    own = Enrolment.objects.filter(registration=OuterRef("registration"))
    rows = model.objects.filter(registration__in=same.values("registration"))
    return rows.annotate(
        learner=Subquery(own.values("actor")), completed_at=Subquery(own.values("completed_at"))
    )


def _trouble(
    place: Place,
    attempts: list[Attempt],
    grants: list[datetime | None],
    quiz: QuizPage,
    at: datetime,
) -> Trouble | None:
    standing = standing_from(
        registration=place[0], attempts=attempts, grants=grants, quiz=quiz, at=at
    )
    failed = sum(attempt.passed is False for attempt in standing.attempts)
    if standing.passed or not failed:
        return None
    return Trouble(
        registration=place[0],
        activity_key=place[1],
        failed=failed,
        used_up=standing.opens_at is not None,
        opens_at=standing.opens_at,
        way_on=reverse("grant_attempt", args=place),
    )


def _quizzes(keys: set[UUID]) -> dict[UUID, QuizPage]:
    """Return the quizzes; their rules are those of the source language, "en", which comes last."""
    pages = QuizPage.objects.filter(translation_key__in=keys).order_by("-locale__language_code")
    return {page.key: page for page in pages}
