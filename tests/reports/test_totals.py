"""Totals are counted once as long as nothing changes, and never a moment longer."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

import pytest
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from courses.enrolment import withdraw
from courses.models import Cohort
from lrs.feed import begin_epoch
from people.actors import people_of
from people.erasure import erase
from people.models import Mandate
from reports.completions import all_rows, completions, report
from reports.filters import Filters, read_filters
from reports.keys import kept_keys
from reports.totals import Totals, counted, totals_of
from tests.reports.conftest import Justice
from tests.support import complete

pytestmark = pytest.mark.django_db

# How far the changes have come, and the epoch; that again, and the count between.
KNOWN, COUNTED = 2, 5


def totals(mandate: Mandate, **filters: str) -> Totals:
    found = completions(mandate=mandate, filters=read_filters(filters))
    told = totals_of(found)
    assert told == counted(found)
    return told


def test_what_is_known_is_not_counted_again(
    justice: Justice, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    justice.learner()
    found = completions(mandate=justice.mandate, filters=Filters())
    with django_assert_num_queries(COUNTED):
        first = totals_of(found)
    with django_assert_num_queries(KNOWN):
        assert totals_of(found) == first == Totals(1, 1, 0, 0)


def test_whatever_happens_is_counted(justice: Justice, at: datetime) -> None:
    one, other = justice.learner(), justice.learner()
    assert totals(justice.mandate) == Totals(2, 2, 0, 0)
    complete(one, justice.course, at)
    assert totals(justice.mandate) == Totals(2, 2, 1, 1)
    assert totals(justice.mandate, status="withdrawn").participations == 0
    withdraw(user=people_of([other.learner])[other.learner], enrolment=other, at=at)
    assert totals(justice.mandate, status="withdrawn").participations == 1
    justice.learner()
    assert totals(justice.mandate) == Totals(3, 3, 1, 1)


def test_a_moved_institution_and_another_mandate_are_other_questions(justice: Justice) -> None:
    justice.learner()
    justice.learner(institution=justice.ministry)
    assert totals(justice.mandate).persons == 1
    justice.mandate.institutions.add(justice.ministry)
    assert totals(justice.mandate).persons == 2
    justice.ministry.refresh_from_db()
    justice.court.refresh_from_db()
    justice.court.move(justice.ministry, "last-child")
    justice.mandate.institutions.set([justice.council])
    assert totals(justice.mandate).persons == 0


def test_what_was_taken_back_leaves_nothing(justice: Justice) -> None:
    justice.learner()
    with transaction.atomic():
        justice.learner()
        assert totals(justice.mandate).persons == 2
        transaction.set_rollback(True)
    assert totals(justice.mandate).persons == 1


def test_after_a_restore_everything_is_counted_anew(
    justice: Justice, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    justice.learner()
    totals(justice.mandate)
    begin_epoch()
    found = completions(mandate=justice.mandate, filters=Filters())
    with django_assert_num_queries(COUNTED):
        totals_of(found)


def test_a_question_about_other_tables_is_always_counted(
    justice: Justice, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    justice.learner()
    cohorts = Cohort.objects.values("key")
    found = completions(mandate=justice.mandate, filters=Filters())
    found = found.exclude(cohort_key__in=cohorts)
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            totals_of(found)
        assert any("COUNT" in query["sql"] for query in queries)


def test_an_erasure_changes_no_figure(justice: Justice, at: datetime) -> None:
    gone = justice.learner()
    before = totals(justice.mandate)
    erase(user=people_of([gone.learner])[gone.learner], own_wish=True, at=at)
    assert totals(justice.mandate) == before


# --- the page -------------------------------------------------------------------------------


def test_a_page_does_not_count_what_the_totals_say(
    justice: Justice, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        justice.learner()
    with report(mandate=justice.mandate, filters=Filters()) as found:
        assert found.totals().participations == 3
        with django_assert_num_queries(0):
            pages = Paginator(cast(Any, found), 2)
            assert pages.num_pages == 2


def test_where_there_is_nobody_nothing_is_looked_for(justice: Justice) -> None:
    with report(mandate=justice.mandate, filters=Filters()) as found:
        assert found.totals().participations == 0
        with CaptureQueriesContext(connection) as queries:
            page = Paginator(cast(Any, found), 50).get_page("7")
            assert list(page.object_list) == []
    assert not [one for one in queries if "courses_enrolment" in one["sql"]]


def test_the_page_asks_as_much_for_three_as_for_one(officer: Client, justice: Justice) -> None:
    justice.learner()
    officer.get(reverse("reports"))  # what a process remembers is remembered
    asked = []
    for count in (0, 2):
        for _ in range(count):
            justice.learner()
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(reverse("reports")).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


# --- the whole of it ------------------------------------------------------------------------


@pytest.fixture
def many(justice: Justice, at: datetime) -> list[str]:
    """Seven enrolments, the report's order among them not that of enrolling."""
    made = [justice.learner() for _ in range(7)]
    complete(made[4], justice.course, at)
    return [str(one.pk) for one in completions(mandate=justice.mandate, filters=Filters())]


def read(mandate: Mandate, size: int) -> Iterator[str]:
    found = all_rows(mandate=mandate, filters=Filters(), size=size)
    return (str(row.enrolment) for row in found)


def test_every_row_comes_once_in_the_order_of_the_page(justice: Justice, many: list[str]) -> None:
    for size in (1, 3, 7, 50):
        assert list(read(justice.mandate, size)) == many


def test_a_row_that_changes_its_place_meanwhile_is_not_lost(
    justice: Justice, many: list[str], at: datetime
) -> None:
    reading = read(justice.mandate, 2)
    came = [next(reading), next(reading)]
    late = completions(mandate=justice.mandate, filters=Filters()).get(pk=many[6])
    complete(late, justice.course, at)  # it is the newest completion now
    assert came + list(reading) == many


def test_the_queries_grow_by_the_batch_and_not_by_the_row(
    justice: Justice, many: list[str]
) -> None:
    asked = []
    for size in (7, 4):
        with CaptureQueriesContext(connection) as queries:
            list(read(justice.mandate, size))
        asked.append(len(queries))
    once = 4  # what the mandate covers, and the keys
    assert asked[1] - asked[0] == asked[0] - once


def test_long_lists_of_keys_leave_memory(justice: Justice, many: list[str]) -> None:
    found = completions(mandate=justice.mandate, filters=Filters())
    with kept_keys(found) as keys:
        assert [str(key) for some in keys.by(3) for key in some] == many
        assert [len(some) for some in keys.by(3)] == [3, 3, 1]
