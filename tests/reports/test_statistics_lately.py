"""Statistics that take long to count are good for a while, say of when, and show nobody more."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from people.models import Mandate
from reports.filters import Filters
from reports.statistics.lately import Counted, lately_counted
from tests.reports.conftest import Justice
from tests.support import complete

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_nobody_asked_yet")]

ADDRESS = "/en/reports/statistics/"


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is counted has taken long."""
    monkeypatch.setattr("reports.statistics.lately._LONG", -1.0)


@pytest.fixture
def mandate(justice: Justice, at: datetime) -> Mandate:
    for _ in range(6):
        complete(justice.learner(), justice.course, at)
    return justice.mandate


def asked(mandate: Mandate, at: datetime, **filters: Any) -> Counted:
    return lately_counted(mandate=mandate, filters=Filters(**filters), at=at)


def test_what_is_counted_in_a_moment_is_counted_each_time(
    mandate: Mandate, justice: Justice, at: datetime
) -> None:
    before = asked(mandate, at)
    assert not before.is_kept
    justice.learner()
    after = asked(mandate, at + timedelta(minutes=1))
    assert after.statistics.reach.all.persons == (before.statistics.reach.all.persons or 0) + 1


def test_what_takes_long_is_good_for_a_while_and_says_of_when_it_is(
    mandate: Mandate, justice: Justice, at: datetime, long: None
) -> None:
    before = asked(mandate, at)
    justice.learner()
    assert asked(mandate, at + timedelta(minutes=1)) == before
    assert (before.at, before.is_kept) == (at, True)
    cache.clear()  # the quarter of an hour is over
    assert asked(mandate, at + timedelta(hours=1)) != before


def test_another_question_is_another_count(mandate: Mandate, at: datetime, long: None) -> None:
    everybody = asked(mandate, at)
    assert asked(mandate, at, status="withdrawn").statistics != everybody.statistics
    with override("sr"):
        assert asked(mandate, at + timedelta(minutes=1)).at != at


def test_a_mandate_that_covers_less_is_not_shown_what_it_covered(
    mandate: Mandate, justice: Justice, at: datetime, long: None
) -> None:
    assert asked(mandate, at).statistics.reach.all.persons
    mandate.institutions.set([justice.ministry])
    assert not asked(Mandate.objects.get(pk=mandate.pk), at).statistics.reach.all.persons


def test_the_page_and_its_file_say_when_it_was_counted(
    officer: Client, mandate: Mandate, justice: Justice, long: None
) -> None:
    page = officer.get(ADDRESS)
    assert "Counted on" in page.content.decode()
    persons = page.context["whole"].persons
    justice.learner()
    assert officer.get(ADDRESS).context["whole"].persons == persons
    assert officer.get(f"{ADDRESS}statistics.xlsx").status_code == 200
