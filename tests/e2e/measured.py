"""A course with a test before and a test after, and a cohort that has taken both but for one."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from config.demo.names import invented_names
from courses.editions import publish_edition
from courses.enrolment import enrol
from courses.models import Cohort
from people.models import User
from tests.factories.cohorts import cohort_of
from tests.factories.courses import SmallCourse, small_course
from tests.factories.forms import TwoTests, pair_of_tests, sit_both

TITLE = "Before and after: a measured course"
MEMBERS = 8
_SEED = 7
Person = Callable[[str, str, str], User]


def load_measured(*, tutor: User, person: Person, at: datetime) -> dict[str, Any]:
    """Make the course; return what the story must know. `measured` has taken no test yet."""
    course = small_course(at, slug="measured")
    course.course.title = TITLE
    course.course.save_revision().publish()
    pair = pair_of_tests(course)
    course.edition = publish_edition(course=course.course, at=at)
    cohort = cohort_of(course, tutor, at, name="Measured")
    _others(course, cohort, pair, person, at)
    user = person("measured", "Мера Измишљеновић", "Mera Izmišljenović")
    enrol(user=user, course=course.course, cohort=cohort, at=at)
    return {
        "cohort": cohort.pk,
        "before": _path(pair.before),
        "after": _path(pair.after),
        "before_page": pair.before.pk,
        "key": str(pair.after.key),
    }


def _others(
    course: SmallCourse, cohort: Cohort, pair: TwoTests, person: Person, at: datetime
) -> None:
    names = list(invented_names(MEMBERS, chance=random.Random(_SEED)))
    for number, name in enumerate(names):
        user = person(f"member{number}", *name)
        enrolment = enrol(user=user, course=course.course, cohort=cohort, at=at)
        knew, knows = range(number % 2), range(2 + number % 3)
        later = at + timedelta(days=2)
        sit_both(enrolment, pair, later, before=knew, after=knows, seed=number)


def _path(page: Any) -> str:
    return "/".join((page.url or "").split("/")[2:])
