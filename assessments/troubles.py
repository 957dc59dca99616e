"""What a tutor should know about attempts: who has failed, and who has none left."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from assessments.attempts import standing_from
from assessments.models import Attempt, AttemptGrant, QuizPage
from courses.cohorts import Trouble
from courses.models import Enrolment

Place = tuple[UUID, UUID]


def troubles_of(enrolments: Sequence[Enrolment], at: datetime) -> Iterable[Trouble]:
    """Yield each quiz that somebody has failed and not passed since. Three queries."""
    registrations = [enrolment.registration for enrolment in enrolments]
    attempts: dict[Place, list[Attempt]] = defaultdict(list)
    for attempt in Attempt.objects.filter(registration__in=registrations).order_by("number"):
        attempts[attempt.registration, attempt.quiz_key].append(attempt)
    grants: dict[Place, list[datetime | None]] = defaultdict(list)
    for grant in AttemptGrant.objects.filter(registration__in=registrations):
        grants[grant.registration, grant.quiz_key].append(grant.granted_at)
    quizzes = _quizzes({key for _, key in attempts})
    for place, own in attempts.items():
        quiz = quizzes.get(place[1])
        if quiz and (trouble := _trouble(place, own, grants[place], quiz, at)):
            yield trouble


def _trouble(
    place: Place,
    attempts: list[Attempt],
    grants: list[datetime | None],
    quiz: QuizPage,
    at: datetime,
) -> Trouble | None:
    standing = standing_from(attempts=attempts, grants=grants, quiz=quiz, at=at)
    failed = sum(attempt.passed is False for attempt in attempts)
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
