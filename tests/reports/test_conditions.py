"""One question, asked of the database and of rows in hand: the answers never differ."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates.models import Certificate
from courses.models import Enrolment
from people.models import Institution, Profession
from reports.completions import completions
from reports.filters import PERIODS, STATUSES, Filters
from reports.then.conditions import Hand, UnknownCondition, condition_of
from tests.factories.people import InstitutionFactory, MandateFactory, ProfessionFactory

pytestmark = pytest.mark.django_db

# A few values only, so that they meet.
KEYS = [UUID(int=number) for number in range(1, 5)]
DAYS = [datetime(2026, 1, 1, 22, 30, tzinfo=UTC) + timedelta(hours=6 * n) for n in range(6)]
WORDS = ["judge", "officer", "Judge", ""]
often = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

keys, moments = st.sampled_from(KEYS), st.sampled_from(DAYS)
maybe_key, maybe_moment = st.none() | keys, st.none() | moments
enrolments = st.builds(
    Enrolment,
    registration=st.uuids(version=4),
    actor=maybe_key,
    course_key=maybe_key,
    edition=st.none() | st.integers(1, 3),
    cohort_key=maybe_key,
    profession_key=st.sampled_from(WORDS),
    institution_key=maybe_key,
    enrolled_at=maybe_moment,
    started_at=maybe_moment,
    completed_at=maybe_moment,
    withdrawn_at=maybe_moment,
    completed_profession_key=st.sampled_from(WORDS),
    completed_institution_key=maybe_key,
    minutes=st.none() | st.integers(0, 3),
    result=st.none() | st.sampled_from([0.0, 0.5, 1.0]),
    language=st.sampled_from(["", "en", "sr"]),
)
certificates = st.builds(
    Certificate,
    key=st.uuids(version=4),
    registration=keys,
    actor=maybe_key,
    edition=st.none() | st.integers(1, 3),
    earned_at=maybe_moment,
    replaced_by=maybe_key,
    revoked_at=maybe_moment,
)


def compared(names: list[str], values: Any, lookups: list[str]) -> Any:
    """Return conditions that hold some columns against values, or against nothing."""
    each = st.tuples(st.sampled_from(names), st.sampled_from(lookups), values).map(
        lambda said: Q(**{f"{said[0]}__{said[1]}": said[2]})
    )
    among = st.tuples(st.sampled_from(names), st.lists(st.none() | values, max_size=3)).map(
        lambda said: Q(**{f"{said[0]}__in": said[1]})
    )
    missing = st.tuples(st.sampled_from(names), st.booleans()).map(
        lambda said: Q(**{f"{said[0]}__isnull": said[1]})
    )
    return each | among | missing


ORDER = ["exact", "gt", "gte", "lt", "lte"]
plain = (
    compared(["actor", "course_key", "cohort_key", "institution_key"], keys, ["exact"])
    | compared(["started_at", "completed_at", "enrolled_at"], moments, ORDER)
    | compared(["profession_key", "completed_profession_key"], st.sampled_from(WORDS), ["exact"])
    | compared(["minutes", "edition"], st.integers(0, 3), ORDER)
    | compared(["result"], st.sampled_from([0.0, 0.5, 1.0]), ORDER)
    | st.just(Q(started_at__lte=F("completed_at")))
    | st.just(Q(pk__in=[]))
)
conditions = st.recursive(
    plain,
    lambda inner: (
        inner.map(lambda q: ~q)
        | st.tuples(inner, inner).map(lambda two: two[0] & two[1])
        | st.tuples(inner, inner).map(lambda two: two[0] | two[1])
    ),
    max_leaves=8,
)


def in_hand(found: "QuerySet[Any]", rows: list[Any], others: list[Any] | None = None) -> set[Any]:
    holds = condition_of(found)
    tables: Any = {} if others is None else {Certificate: others}
    return {row.pk for row in rows if holds(Hand({type(row): row}, tables)) is True}


def both(
    rows: list[Any], ask: Callable[[], "QuerySet[Any]"], others: list[Any] | None = None
) -> tuple[set[Any], set[Any]]:
    """Return what the database finds, and what is found in hand."""
    Enrolment.objects.all().delete()
    Enrolment.objects.bulk_create(rows)
    return set(ask().values_list("pk", flat=True)), in_hand(ask(), rows, others)


@often
@given(rows=st.lists(enrolments, max_size=6, unique_by=lambda e: e.pk), condition=conditions)
def test_whatever_is_asked_the_answers_are_the_same(rows: list[Enrolment], condition: Q) -> None:
    stored, held = both(rows, lambda: Enrolment.objects.filter(condition))
    assert stored == held
    stored, held = both(rows, lambda: Enrolment.objects.exclude(condition))
    assert stored == held


@often
@given(
    rows=st.lists(enrolments, max_size=6, unique_by=lambda e: e.pk),
    papers=st.lists(certificates, max_size=6, unique_by=lambda c: c.pk),
    condition=compared(["earned_at", "revoked_at"], moments, ORDER),
    column=st.sampled_from(["course_key", "institution_key"]),
)
def test_rows_of_another_table_may_be_asked_for(
    rows: list[Enrolment], papers: list[Certificate], condition: Q, column: str
) -> None:
    Certificate.objects.all().delete()
    Certificate.objects.bulk_create(papers)
    found = Certificate.objects.known().filter(condition)
    among = found.values("registration")
    questions = [
        Enrolment.objects.filter(**{f"{column}__in": among}),
        Enrolment.objects.exclude(**{f"{column}__in": among}),
        Enrolment.objects.filter(Exists(found.filter(registration=OuterRef(column)))),
        Enrolment.objects.filter(
            Q(completed_at=None) | Exists(found.filter(actor=OuterRef("actor")))
        ),
        # One of these may be unknown, where nothing is compared with something.
        Enrolment.objects.filter(**{f"{column}__in": found.values("actor")}),
        Enrolment.objects.exclude(**{f"{column}__in": found.values("actor")}),
    ]
    Enrolment.objects.all().delete()
    Enrolment.objects.bulk_create(rows)
    for question in questions:
        stored = set(question.values_list("pk", flat=True))
        assert in_hand(question, rows, papers) == stored, str(question.query)


@pytest.fixture
def places(db: None) -> list[Institution]:
    root, other = InstitutionFactory(key=KEYS[0]), InstitutionFactory(key=KEYS[1])
    return [root, InstitutionFactory(key=KEYS[2], parent=root), other]


@pytest.fixture
def words(db: None) -> list[Profession]:
    return [ProfessionFactory(key=key) for key in WORDS[:2]]


days = st.none() | st.sampled_from([date(2026, 1, day) for day in (1, 2, 3)])
filters = st.builds(
    Filters,
    profession=st.sampled_from(WORDS),
    institution=maybe_key,
    course=maybe_key,
    status=st.sampled_from(["", *STATUSES]),
    cohort=maybe_key,
    training_language=st.sampled_from(["", "sr"]),
    period=st.sampled_from(list(PERIODS)),
    first_day=days,
    last_day=days,
)


@often
@given(
    rows=st.lists(enrolments, max_size=8, unique_by=lambda e: e.pk),
    papers=st.lists(certificates, max_size=6, unique_by=lambda c: c.pk),
    chosen=filters,
    covers=st.sets(st.integers(0, 2)),
    kinds=st.sets(st.integers(0, 1)),
)
def test_mandate_and_filters_are_the_same_for_a_row_in_hand(
    places: list[Institution],
    words: list[Profession],
    rows: list[Enrolment],
    papers: list[Certificate],
    chosen: Filters,
    covers: set[int],
    kinds: set[int],
) -> None:
    mandate = MandateFactory(
        institutions=[places[one] for one in covers], professions=[words[one] for one in kinds]
    )
    for number, paper in enumerate(papers if rows else ()):
        paper.registration = rows[number % len(rows)].pk
    Certificate.objects.all().delete()
    Certificate.objects.bulk_create(papers)
    stored, held = both(rows, lambda: completions(mandate=mandate, filters=chosen), papers)
    assert stored == held


@pytest.mark.parametrize(
    "question",
    [
        lambda: Enrolment.objects.filter(profession_key__startswith="j"),
        lambda: Enrolment.objects.filter(profession_key__iexact="j"),
        lambda: Enrolment.objects.filter(profession_key__gt="j"),
        lambda: Enrolment.objects.filter(completed_at__year=2026),
        lambda: Enrolment.objects.alias(low=Lower("profession_key")).filter(low="j"),
        lambda: Enrolment.objects.filter(Q(edition=1) ^ Q(minutes=1)),
        lambda: Enrolment.objects.filter(~Exists(Certificate.objects.all())),
        lambda: Enrolment.objects.all()[:3],
        lambda: Enrolment.objects.filter(pk__in=Certificate.objects.values("pk")[:3]),
        lambda: Enrolment.objects.filter(pk__in=Certificate.objects.values("pk", "actor")),
        lambda: Enrolment.objects.all().union(Enrolment.objects.all()),
    ],
)
def test_what_is_not_understood_is_refused(question: Callable[[], Any]) -> None:
    with pytest.raises((UnknownCondition, ValueError)):
        condition_of(question())


def test_rows_that_are_not_in_hand_are_not_taken_for_none() -> None:
    asked = condition_of(Enrolment.objects.filter(pk__in=Certificate.objects.values("pk")))
    with pytest.raises(UnknownCondition):
        asked(Hand({Enrolment: Enrolment(pk=KEYS[0])}, {}))
