"""People with roles, signed in with both factors, and a course to work on."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Locale

from config.roles import sync_roles
from people.models import User
from people.roles import ADMINISTRATOR, REPORTING_OFFICER, REVIEWER, TRAINER
from tests import support
from tests.factories.courses import SmallCourse, small_course
from tests.factories.people import UserFactory

ROLES = {
    "trainer": TRAINER,
    "reviewer": REVIEWER,
    "officer": REPORTING_OFFICER,
    "administrator": ADMINISTRATOR,
}


@pytest.fixture
def course(db: None, at: datetime) -> SmallCourse:
    """A published course, with every role's rights in place."""
    Locale.objects.get_or_create(language_code="sr")
    made = small_course(at)
    sync_roles()
    return made


def person(role: str, **fields: object) -> User:
    """Return somebody with a role ("learner" for none)."""
    user = UserFactory(**fields)
    if role in ROLES:
        user.groups.add(Group.objects.get(name=ROLES[role]))
    return user


def sign_in(user: User, *, second_factor: bool = True) -> Client:
    """Return a new browser in which the person is signed in."""
    return support.sign_in(Client(), user, second_factor=second_factor)


@pytest.fixture
def as_role(course: SmallCourse) -> Callable[[str], Client]:
    """A browser signed in as somebody with a role."""
    return lambda role: sign_in(person(role))
