"""Enter a course, leave it, find one's way back."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from tincan import Statement

from courses.editions import current_edition
from courses.errors import (
    AlreadyCompleted,
    AlreadyInCohort,
    CohortClosed,
    CourseNotOpen,
    EnrolmentEnded,
    UnknownEnrolmentKey,
)
from courses.models import Cohort, CoursePage, Edition, Enrolment
from courses.renewals import may_take_again, renewal_by
from lrs.log import record
from people.actors import actor_id
from people.models import User
from xapi import statements
from xapi.iris import NAMESPACE


def enrolment_of(*, user: User, course_key: UUID) -> Enrolment | None:
    """Return the person's running or completed enrolment in a course, if any."""
    enrolments = Enrolment.objects.active().filter(actor=actor_id(user), course_key=course_key)
    return enrolments.order_by("-enrolled_at").first()


def registrations_like(enrolment: Enrolment) -> QuerySet[Enrolment, UUID]:
    """Return the learner's enrolments of this course, this one and those that were left.

    One that was completed is another matter: whoever takes a refresher again begins anew.
    """
    same = enrolments_like(enrolment).filter(Q(pk=enrolment.pk) | Q(completed_at=None))
    return same.values_list("registration", flat=True)


def enrolments_like(enrolment: Enrolment) -> QuerySet[Enrolment]:
    """Return all of the learner's enrolments of this course."""
    return Enrolment.objects.filter(actor=enrolment.actor, course_key=enrolment.course_key)


def enrol(
    *, user: User, course: CoursePage, at: datetime, cohort: Cohort | None = None
) -> Enrolment:
    """Enrol a person in the current edition, or in the edition of the cohort.

    Returns the enrolment there is already, if there is one; but a refresher that was completed is
    taken again when it is time to renew. Raises CourseNotOpen.
    """
    course_key = course.translation_key
    with transaction.atomic():
        # Two clicks on "Enrol" queue up here, so that the second finds what the first made.
        User.objects.select_for_update().get(pk=user.pk)
        existing = enrolment_of(user=user, course_key=course_key)
        if existing and not _begins_anew(user, existing, at):
            return existing
        edition = _edition_for(course_key, cohort)
        actor = actor_id(user)
        earlier = Enrolment.objects.filter(actor=actor, course_key=course_key).count()
        registration = uuid5(NAMESPACE, f"{actor} {course_key} {earlier}")
        record([_registered(user, edition, cohort, registration, at)], at=at)
        return Enrolment.objects.get(registration=registration)


def _begins_anew(user: User, enrolment: Enrolment, at: datetime) -> bool:
    if enrolment.completed_at is None:
        return False
    edition = current_edition(enrolment.course)
    renewal = renewal_by(user=user, edition=edition, at=at) if edition else None
    return may_take_again(enrolment, renewal)


def cohort_with_key(*, course_key: UUID, enrolment_key: str, at: datetime) -> Cohort:
    """Return the cohort whose key was typed. Raises UnknownEnrolmentKey or CohortClosed."""
    typed = enrolment_key.strip().upper()
    cohort = Cohort.objects.filter(course_key=course_key, enrolment_key=typed).first()
    if cohort is None:
        raise UnknownEnrolmentKey
    if timezone.localdate(at) > cohort.ends_on:
        raise CohortClosed
    return cohort


def join_cohort(*, enrolment: Enrolment, cohort: Cohort, at: datetime) -> None:
    """Let a running enrolment join a cohort; its edition stays the one that was promised.

    Raises AlreadyInCohort, AlreadyCompleted, EnrolmentEnded.
    """
    with transaction.atomic():
        # It joins once: the log holds one cohort of it, in whatever order it is read.
        enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        if enrolment.cohort_key:
            raise AlreadyInCohort
        if enrolment.completed_at:
            raise AlreadyCompleted
        if enrolment.withdrawn_at:
            raise EnrolmentEnded
        statement = statements.registered(
            actor=enrolment.learner,
            course=enrolment.course,
            registration=enrolment.registration,
            at=at,
            facts={"cohort": str(cohort.key)},
            occurrence="cohort",
        )
        record([statement], at=at)


def withdraw(*, user: User, enrolment: Enrolment, at: datetime) -> None:
    """Leave a course: what was done stays in the log. Raises AlreadyCompleted, EnrolmentEnded."""
    with transaction.atomic():
        # What the page knew may be old: the course may be completed, or left, by now.
        enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        if enrolment.completed_at:
            raise AlreadyCompleted
        if enrolment.withdrawn_at:
            raise EnrolmentEnded
        statement = statements.left(
            actor=actor_id(user),
            course=enrolment.course,
            registration=enrolment.registration,
            at=at,
        )
        record([statement], at=at)


def _edition_for(course_key: UUID, cohort: Cohort | None) -> Edition:
    edition = current_edition(course_key)
    if cohort:
        edition = Edition.objects.filter(course_key=course_key, number=cohort.edition).first()
    if edition is None:
        raise CourseNotOpen
    return edition


def _registered(
    user: User, edition: Edition, cohort: Cohort | None, registration: UUID, at: datetime
) -> Statement:
    return statements.registered(
        actor=actor_id(user),
        course=edition.course_key,
        registration=registration,
        at=at,
        facts=registration_facts(user=user, edition=edition, cohort=cohort),
    )


def registration_facts(
    *, user: User, edition: Edition, cohort: Cohort | None = None
) -> dict[str, Any]:
    """Return what stands in the log when somebody enrols: what was promised, and to whom."""
    facts = {
        "edition": edition.number,
        "minutes": edition.minutes,
        "law-as-of": edition.law_as_of.isoformat(),
        **standing(user),
    }
    if cohort:
        facts["cohort"] = str(cohort.key)
    return facts


def standing(user: User) -> dict[str, str]:
    """Return the person's profession, institution and function at this moment, as keys."""
    facts = {}
    if user.profession:
        facts["profession"] = user.profession.key
    if user.institution:
        facts["institution"] = str(user.institution.key)
    if user.function:
        facts["function"] = user.function.key
    return facts
