"""A machine client, its mandate and its copy; a course with certificates that take no time."""

from datetime import datetime

import pytest
from django.test import Client

from people.models import Mandate
from tests.drawing import drawn_as
from tests.factories.courses import SmallCourse, small_course
from tests.factories.remembered import remembered_course
from tests.reports.conftest import Justice
from tests.reports.copies import Copy
from tests.reports.feed.told import on_postgresql


@pytest.fixture
def course(db: None, at: datetime) -> SmallCourse:
    """The small course, in rows that are committed where a story is many transactions."""
    return small_course(at) if on_postgresql else remembered_course(at)


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_as(monkeypatch, lambda sheet: sheet.serial.encode())


@pytest.fixture
def mandate(justice: Justice, token: str) -> Mandate:
    """The mandate of the machine client."""
    return Mandate.objects.get(holder=None)


@pytest.fixture
def copy(client: Client, token: str) -> Copy:
    return Copy(client, token)
