"""Start, finish, and what follows: the server's verdicts on modules and the course.

Every verdict is a statement, recorded once, in the transaction that meets the rule.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from tincan import Statement

from cms.languages import code_of
from courses.editions import frozen_edition
from courses.enrolment import standing
from courses.errors import EnrolmentEnded, NotEnrolled, NotInEdition, SelfChecksOpen
from courses.models import (
    ActivityPage,
    ActivityProgress,
    Edition,
    Enrolment,
    LessonPage,
    ModuleProgress,
    SelfCheckAnswer,
)
from courses.scores import counted
from lrs.log import record as append
from people.actors import people_of
from people.models import User
from xapi import statements, types


def start(*, enrolment: Enrolment, page: ActivityPage, at: datetime) -> None:
    """Record that a learner starts an activity. Raises NotInEdition, EnrolmentEnded."""
    require_in_edition(enrolment, page.key)
    record(enrolment=enrolment, statements=[_initialized(enrolment, page, at)], at=at)


def finish_lesson(*, enrolment: Enrolment, page: LessonPage, at: datetime) -> None:
    """Record a finished lesson and what follows.

    Raises SelfChecksOpen while a self-check of the lesson is unanswered; NotInEdition.
    """
    require_in_edition(enrolment, page.key)
    answered = SelfCheckAnswer.objects.filter(
        registration=enrolment.registration, activity_key=page.key
    )
    known = set(answered.values_list("block", flat=True))
    first_open = next((block for block in page.self_checks() if block not in known), None)
    if first_open:
        raise SelfChecksOpen(first_open)
    done = statements.completed(
        actor=enrolment.learner,
        course=enrolment.course,
        registration=enrolment.registration,
        key=page.key,
        type_=types.LESSON,
        at=at,
        facts={"revision": page.live_revision_id},
        language=(language := code_of(page.locale_id)),
    )
    lines = [_initialized(enrolment, page, at), done]
    record(enrolment=enrolment, statements=lines, at=at, language=language)


def record(
    *,
    enrolment: Enrolment,
    statements: Iterable[Statement],
    at: datetime,
    language: str = "",
) -> Enrolment:
    """Append statements of one enrolment and, in the same transaction, what follows from them.

    `language` is that of the page on which the learner did it, "en" or "sr": if it completes the
    course, that is the language of training. What completes nothing need not say it.
    Returns the enrolment as it is afterwards. Raises EnrolmentEnded after a withdrawal.
    """
    with transaction.atomic():
        # One enrolment's statements queue up here: a verdict is never decided by two at once.
        locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        if locked.withdrawn_at:
            raise EnrolmentEnded
        if append(statements, at=at):
            _decide(locked, at, language)
    locked.refresh_from_db()
    return locked


def edition_of(enrolment: Enrolment) -> Edition:
    """Return the edition that was promised to this enrolment."""
    return frozen_edition(course_key=enrolment.course, number=enrolment.edition or 0)


def require_in_edition(enrolment: Enrolment | None, key: UUID) -> Edition:
    """Return the learner's edition. Raises NotEnrolled, or NotInEdition if it lacks `key`."""
    if enrolment is None:
        raise NotEnrolled
    edition = edition_of(enrolment)
    if edition.activity(key) is None:
        raise NotInEdition
    return edition


def _decide(enrolment: Enrolment, at: datetime, language: str) -> None:
    edition = edition_of(enrolment)
    done = dict(
        ActivityProgress.objects.filter(
            registration=enrolment.registration, completed_at__isnull=False
        ).values_list("activity_key", "best_scaled")
    )
    verdicts = _satisfied_modules(enrolment, edition, set(done), at)
    if enrolment.completed_at is None and edition.required_keys() <= set(done):
        verdicts.append(_course_completed(enrolment, edition, done, at, language))
    append(verdicts, at=at)


def _satisfied_modules(
    enrolment: Enrolment, edition: Edition, done: set[UUID], at: datetime
) -> list[Statement]:
    satisfied = set(
        ModuleProgress.objects.filter(registration=enrolment.registration).values_list(
            "module_key", flat=True
        )
    )
    verdicts: list[Statement] = []
    for module in edition.modules:
        key = UUID(module["key"])
        required = [a["key"] for a in module["activities"] if a["required"]]
        if key in satisfied or not {UUID(k) for k in required} <= done:
            continue
        who: dict[str, Any] = {
            "actor": enrolment.learner,
            "course": enrolment.course,
            "registration": enrolment.registration,
            "module": key,
            "at": at,
        }
        facts = {"edition": edition.number, "required": required}
        verdicts.append(statements.satisfied(**who, facts=facts))
        percent = percent_done(edition, done)
        verdicts.append(statements.progressed(**who, percent=percent))
    return verdicts


def _course_completed(
    enrolment: Enrolment,
    edition: Edition,
    scores: dict[UUID, float | None],
    at: datetime,
    language: str,
) -> Statement:
    actor = enrolment.learner
    best = {key: scores.get(key) for key in edition.result_keys()}
    results = [one for one in counted(enrolment.registration, best).values() if one is not None]
    return statements.completed(
        actor=actor,
        course=edition.course_key,
        registration=enrolment.registration,
        key=edition.course_key,
        type_=types.COURSE,
        at=at,
        scaled=min(results) if results else None,
        facts=completion_facts(user=people_of([actor])[actor], edition=edition),
        language=language,
    )


def completion_facts(*, user: User, edition: Edition) -> dict[str, Any]:
    """Return what stands in the log when a course is completed: all that the verdict rested on."""
    return {
        "edition": edition.number,
        "rule": edition.rule,
        "required": sorted(str(key) for key in edition.required_keys()),
        "minutes": edition.minutes,
        "law-as-of": edition.law_as_of.isoformat(),
        **({"refreshes": str(edition.refresher_of)} if edition.refresher_of else {}),
        **standing(user),
    }


def percent_done(edition: Edition, done: set[UUID]) -> int:
    """Return how many of the required activities are done, in whole per cent, rounded down."""
    required = edition.required_keys()
    return len(required & done) * 100 // len(required) if required else 100


def _initialized(enrolment: Enrolment, page: ActivityPage, at: datetime) -> Statement:
    return statements.initialized(
        actor=enrolment.learner,
        course=enrolment.course,
        registration=enrolment.registration,
        key=page.key,
        type_=page.specific_class.activity_type,
        at=at,
    )
