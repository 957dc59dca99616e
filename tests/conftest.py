"""What every story starts from."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from certificates.design import design_of_revision
from certificates.sealing.demo_key import make_demo_key
from cms import published
from courses.enrolment import enrol
from courses.models import Enrolment
from people.models import User
from tests import prepared
from tests.factories.courses import SmallCourse, small_course
from tests.factories.people import UserFactory
from tests.factories.remembered import remembered_course
from tests.keys import have_keys

# How long an example takes depends on what else the machine does: no test is about that.
hypothesis_settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("any machine")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> None:
    """Begin with a database that is migrated already, if one was kept."""
    with django_db_blocker.unblock():
        prepared.take()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let pages be kept as on a site that lives; keep the migrated database for the next run."""
    with django_db_blocker.unblock():
        published.renew()
        prepared.keep()
        have_keys()


@pytest.fixture(scope="session", autouse=True)
def _seal_key() -> None:
    """Certificates are sealed as in the demo."""
    make_demo_key(Path(settings.SEAL_KEY_FILE))


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Keys come round again from story to story; what one has cached is wrong for the next."""
    cache.clear()
    published.forget()
    design_of_revision.cache_clear()
    translation.activate("en")


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A story is one transaction, so the worker in it may not look after its connection."""
    monkeypatch.setattr("lrs.work.close_old_connections", lambda: None)


@pytest.fixture
def at() -> datetime:
    """A moment: the clock is always passed in."""
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def course(db: None, at: datetime) -> SmallCourse:
    """A published course: two lessons, a quiz, a final test."""
    return remembered_course(at)


@pytest.fixture
def learner(db: None) -> User:
    return UserFactory()


@pytest.fixture
def enrolment(course: SmallCourse, learner: User, at: datetime) -> Enrolment:
    """The learner's enrolment in the course."""
    return enrol(user=learner, course=course.course, at=at)


@pytest.fixture
def _put_back(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What migrations wrote is put back, for the stories of the next run."""
    yield
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
        have_keys()


@pytest.fixture(scope="session")
def migrated() -> Path:
    """Where a migrated SQLite lies, for stories with a server and a database of their own."""
    kept = prepared.kept_file()
    if not kept.exists():
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
        environment.pop("DATABASE_URL", None)
        subprocess.run(
            [sys.executable, "-m", "tests.prepared"],
            cwd=settings.BASE_DIR,
            env=environment,
            check=True,
        )
    return kept


@pytest.fixture
def crowded(
    _put_back: None,
    django_db_serialized_rollback: None,
    transactional_db: None,
    at: datetime,
) -> SmallCourse:
    """A course in a database to which everybody commits."""
    have_keys()
    return small_course(at)
