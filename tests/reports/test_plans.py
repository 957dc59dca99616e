"""The ways through the tables that a report of a million rows depends on."""

import pytest
from django.db import connection
from django.db.models import QuerySet

from courses.models import Enrolment
from people.models import Mandate
from reports.completions import completions
from reports.filters import Filters, read_filters
from reports.mandated import enrolments_within
from tests.reports.conftest import Justice

pytestmark = pytest.mark.django_db


def plan(found: QuerySet[Enrolment], *, unsorted: bool = False) -> str:
    """Return how the database would go about it if there were very many rows."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"SET LOCAL enable_sort = {'off' if unsorted else 'on'}")
    return found.explain()


def report(mandate: Mandate, **filters: str) -> QuerySet[Enrolment]:
    return completions(mandate=mandate, filters=read_filters(filters))


def test_an_index_has_the_order_of_the_page(justice: Justice) -> None:
    every = Enrolment.objects.order_by(*report(justice.mandate).query.order_by)
    assert "enrolment_newest" in plan(every[:50], unsorted=True)


def without_others(*names: str) -> None:
    """Take other indexes away for this story: among a few rows PostgreSQL takes any of them."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX {', '.join(names)}")


def test_an_index_knows_where_people_belong(justice: Justice) -> None:
    without_others("enrolment_institution", "enrolment_newest")
    for condition in (
        enrolments_within(justice.mandate).order_by("institution_key")[:50],
        report(justice.mandate, institution=str(justice.court.key)),
    ):
        assert "enrolment_belongs" in plan(condition)


def test_a_copy_is_filled_by_the_key(justice: Justice) -> None:
    found = Enrolment.objects.order_by("registration")[:50]
    names = ("courses_enrolment_pkey", "sqlite_autoindex_courses_enrolment_1")
    assert any(name in plan(found, unsorted=True) for name in names)


def test_filters_keep_the_index(justice: Justice) -> None:
    without_others("enrolment_institution", "enrolment_newest")
    assert Filters() == read_filters({})
    assert "enrolment_belongs" in plan(report(justice.mandate, profession="judge"))
