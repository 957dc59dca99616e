"""Begin an attempt, and who may: the limit, the waiting time, a trainer's grant.

The limit is the learner's, not the enrolment's: whoever leaves a course and enrols again begins
with the attempts that are left. Numbers and verdicts stay those of each enrolment.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from assessments.counting import counted_attempt
from assessments.drawing import Reader, draw, sections_of
from assessments.errors import AttemptLimitReached, AttemptNotFound
from assessments.extra_time import extra_time_of, lengthened
from assessments.forms.assigning import assigned_form
from assessments.models import Attempt, AttemptGrant, Feedback, QuizPage
from cms.languages import code_of, content_language
from courses.enrolment import registrations_like
from courses.models import Enrolment
from courses.study import record, require_in_edition
from xapi import statements


@dataclass(frozen=True)
class Standing:
    """Where a learner stands in a quiz: the attempts of this enrolment, and how many more.

    `earlier` is how many attempts earlier enrolments of the course have used.
    """

    attempts: list[Attempt]
    left: int
    opens_at: datetime | None
    earlier: int = 0

    @property
    def running(self) -> Attempt | None:
        return next((a for a in self.attempts if a.finished_at is None), None)

    @property
    def passed(self) -> bool:
        return any(attempt.passed for attempt in self.attempts)

    @property
    def waiting(self) -> Attempt | None:
        """An attempt that is still to be graded, unless another was passed."""
        if self.passed:
            return None
        return next((attempt for attempt in self.attempts if attempt.is_waiting), None)

    @property
    def counted(self) -> Attempt | None:
        """The attempt whose score counts, once there is a choice."""
        several = sum(attempt.scaled is not None for attempt in self.attempts) > 1
        return counted_attempt(self.attempts) if several else None

    @property
    def last(self) -> Attempt | None:
        return self.attempts[-1] if self.attempts else None


def standing_in(*, enrolment: Enrolment, quiz: QuizPage, at: datetime) -> Standing:
    """Return the learner's attempts and how many more there are.

    Beyond the quiz's own number, each grant adds one, and one more opens once the waiting time
    since the last attempt is over: there is always a way on. Attempts and grants count across
    the learner's enrolments of the course.
    """
    quiz = quiz.in_source_language()
    where = {"registration__in": registrations_like(enrolment), "quiz_key": quiz.key}
    attempts = list(Attempt.objects.filter(**where).order_by("started_at", "number"))
    grants = list(AttemptGrant.objects.filter(**where).values_list("granted_at", flat=True))
    return standing_from(
        registration=enrolment.registration, attempts=attempts, grants=grants, quiz=quiz, at=at
    )


def standing_from(
    *,
    registration: UUID,
    attempts: list[Attempt],
    grants: Sequence[datetime | None],
    quiz: QuizPage,
    at: datetime,
) -> Standing:
    """Return the standing in one enrolment.

    It follows from the attempts of all the learner's enrolments of the course, in the order in
    which they began, and from the times of the grants.
    """
    own = [attempt for attempt in attempts if attempt.registration == registration]
    left = _left(quiz.attempts_allowed, attempts, grants)
    opens_at = None
    if not left and not any(attempt.finished_at is None for attempt in own):
        # An attempt that was left behind with its enrolment never ends: its beginning counts.
        ends = (a.finished_at or a.started_at for a in attempts)
        opens_at = max(filter(None, ends), default=at)
        opens_at += timedelta(hours=quiz.wait_hours)
        if opens_at <= at:
            left, opens_at = 1, None
    return Standing(attempts=own, left=left, opens_at=opens_at, earlier=len(attempts) - len(own))


def _left(own: int, attempts: list[Attempt], grants: Sequence[datetime | None]) -> int:
    """Return how many attempts are left; one that was waited for has used up none of them."""
    used = 0
    for attempt in attempts:
        granted = sum(1 for at in grants if at and attempt.started_at and at <= attempt.started_at)
        used += used < own + granted
    return max(0, own + len(grants) - used)


def start_attempt(
    *, enrolment: Enrolment, quiz: QuizPage, at: datetime, chance: random.Random | None = None
) -> Attempt:
    """Begin an attempt, or return the one that is running.

    Raises AttemptLimitReached, QuizIsEmpty, NotInEdition. `chance` draws and shuffles; questions
    that can be read in the active language come first.
    """
    require_in_edition(enrolment, quiz.key)
    language = code_of(quiz.locale_id)
    quiz = quiz.in_source_language()
    with transaction.atomic():
        Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        standing = standing_in(enrolment=enrolment, quiz=quiz, at=at)
        if standing.running:
            return standing.running
        if standing.opens_at:
            raise AttemptLimitReached(standing.opens_at)
        number = len(standing.attempts) + 1
        chance = chance or random.SystemRandom()
        form = assigned_form(enrolment=enrolment, quiz=quiz, chance=chance)
        reader = Reader(content_language(), enrolment.profession_key)
        drawn = draw(quiz, chance=chance, reader=reader, form=form)
        extra = extra_time_of(enrolment) if quiz.time_limit else 0
        deadline = at + lengthened(quiz.time_limit, extra) if quiz.time_limit else None
        facts = facts_of(
            quiz,
            drawn=drawn,
            sections=sections_of(quiz, form=form),
            deadline=deadline,
            extra=extra,
            form=form,
        )
        statement = statements.attempted(
            actor=enrolment.learner,
            course=enrolment.course,
            registration=enrolment.registration,
            quiz=quiz.key,
            number=number,
            at=at,
            facts=facts,
            language=language,
        )
        record(enrolment=enrolment, statements=[statement], at=at, language=language)
    return attempt_of(enrolment=enrolment, quiz=quiz, number=number)


def facts_of(
    quiz: QuizPage,
    *,
    drawn: list[dict[str, Any]],
    sections: list[dict[str, Any]],
    deadline: datetime | None,
    extra: int = 0,
    form: str = "",
) -> dict[str, Any]:
    """Return what stands in the log about an attempt that begins: all that a verdict needs."""
    return {
        "questions": drawn,
        **_rules_of(quiz, form),
        "navigation": quiz.navigation,
        "asks-confidence": quiz.asks_confidence,
        "deadline": deadline.isoformat() if deadline else None,
        "time-limit": quiz.time_limit,
        **({"extra-time": extra} if extra else {}),
        "revision": quiz.live_revision_id,
        **({"sections": sections} if sections else {}),
    }


def _rules_of(quiz: QuizPage, form: str) -> dict[str, Any]:
    """Return what decides an attempt; a test before decides nothing, and tells nothing."""
    rules: dict[str, Any] = {"counting": quiz.counting}
    if quiz.is_pre_test:
        rules |= {"pass-mark": 0, "feedback": Feedback.DEFERRED.value}
    else:
        rules |= {"pass-mark": quiz.pass_mark, "feedback": quiz.feedback}
        rules |= {"mastery": quiz.mastery} if quiz.mastery else {}
    if form:
        rules["form"] = form
    if before := quiz.named_pre_test:
        rules["pre-test"] = str(before.key)
    return rules


def attempt_of(*, enrolment: Enrolment, quiz: QuizPage, number: int) -> Attempt:
    """Return the learner's attempt with this number. Raises AttemptNotFound."""
    where = {"registration": enrolment.registration, "quiz_key": quiz.key, "number": number}
    attempt = Attempt.objects.filter(**where).first()
    if attempt is None:
        raise AttemptNotFound
    return attempt
