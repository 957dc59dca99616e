"""A cohort with members at different places."""

from datetime import datetime, timedelta

from courses.enrolment import enrol
from courses.models import Cohort, Enrolment
from people.models import User
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory
from tests.support import read, take


def cohort_of(course: SmallCourse, tutor: User, at: datetime, name: str = "Niš") -> Cohort:
    """Return a cohort of the course's edition, run by `tutor`."""
    cohort = Cohort.objects.create(
        name=name,
        course_key=course.edition.course_key,
        edition=course.edition.number,
        starts_on=at.date(),
        ends_on=at.date() + timedelta(days=60),
    )
    cohort.tutors.add(tutor)
    return cohort


def join(cohort: Cohort, course: SmallCourse, at: datetime, latin: str, cyrillic: str) -> Enrolment:
    """Enrol somebody new in the cohort."""
    user = UserFactory(name_latin=latin, name_cyrillic=cyrillic)
    return enrol(user=user, course=course.course, cohort=cohort, at=at)


def use_up(enrolment: Enrolment, course: SmallCourse, at: datetime) -> None:
    """Read the first lesson and fail the quiz after it until no attempt is left."""
    read(enrolment, course.lessons[0], at)
    for seed in range(course.quizzes[0].attempts_allowed):
        take(enrolment, course.quizzes[0], at + timedelta(minutes=seed), right=False, seed=seed)
