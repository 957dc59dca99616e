"""What every story starts from."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from courses.enrolment import enrol
from courses.models import Enrolment
from people.models import User
from tests.factories.courses import SmallCourse, small_course
from tests.factories.people import UserFactory


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Keys come round again from story to story; what one has cached is wrong for the next."""
    cache.clear()


@pytest.fixture
def at() -> datetime:
    """A moment: the clock is always passed in."""
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def course(db: None, at: datetime) -> SmallCourse:
    """A published course: two lessons, a quiz, a final test."""
    return small_course(at)


@pytest.fixture
def learner(db: None) -> User:
    return UserFactory()


@pytest.fixture
def enrolment(course: SmallCourse, learner: User, at: datetime) -> Enrolment:
    """The learner's enrolment in the course."""
    return enrol(user=learner, course=course.course, at=at)
