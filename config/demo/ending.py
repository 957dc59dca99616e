"""A certificate of the demo that ends soon, so that the way to a new one can be tried."""

import random
from datetime import datetime, timedelta

from django.db import transaction

from config.demo.files import key_of
from config.demo.population import Course, Story, required_of, study
from courses.models import Cohort, CoursePage, Enrolment
from people.actors import actor_id
from people.models import User

HOLDER = "holder@example.org"
_SEED = 26
# It was completed some weeks after that; three years later, as the template of the demo says, it
# ends in less than sixty days.
_BEGAN = timedelta(days=3 * 365 - 25)


def load_ending_certificate(*, course: CoursePage, at: datetime) -> None:
    """Let the holder have completed the first edition of a course, if that has not happened yet.

    The certificate follows from that, as any other: a worker draws it.
    """
    holder = User.objects.get(email=HOLDER)
    if Enrolment.objects.filter(actor=actor_id(holder)).exists():
        return
    began = at - _BEGAN
    whole = Course(page=course, activities=required_of(course), cohorts=[])
    with transaction.atomic():
        group = _group(course, began)
        study(holder, whole, Story(share=1.0), group, began, random.Random(_SEED))


def _group(course: CoursePage, began: datetime) -> Cohort:
    """Return the cohort that took the first edition."""
    group, _ = Cohort.objects.get_or_create(
        key=key_of("cohort First group"),
        defaults={
            "name": "First group",
            "course_key": course.translation_key,
            "edition": 1,
            "starts_on": began.date(),
            "ends_on": (began + timedelta(weeks=8)).date(),
            "enrolment_key": str(key_of("First group")).replace("-", "")[:8].upper(),
        },
    )
    group.tutors.set(User.objects.filter(email="trainer@example.org"))
    return group
