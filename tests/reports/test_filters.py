"""Filters: what each asks, what it is called, and what it can be set to."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from certificates.issuing import issue
from certificates.models import Certificate
from courses.models import Enrolment
from reports import choices
from reports.api import CompletionsIn
from reports.choices import Field, fields_for
from reports.completions import completions
from reports.filter_kinds import KINDS
from reports.filters import Filters, described, read_filters
from reports.periods import DAYS, days_of
from tests.factories.courses import cohort, small_course
from tests.factories.people import InstitutionFactory, MandateFactory
from tests.reports.conftest import Justice
from tests.support import complete

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 30)


def seen(justice: Justice, **filters: str) -> set[UUID]:
    asked = read_filters(filters, today=TODAY)
    return {one.pk for one in completions(mandate=justice.mandate, filters=asked)}


def field(justice: Justice, name: str, **query: str) -> Field:
    filters = read_filters(query, today=TODAY)
    found = fields_for(justice.mandate, filters, query)
    return next(one for one in found if one.name == name)


# --- the period -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "first", "last"),
    [
        ("this-month", date(2026, 11, 1), date(2026, 11, 30)),
        ("last-month", date(2026, 10, 1), date(2026, 10, 31)),
        ("this-quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("last-quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("this-year", date(2026, 1, 1), date(2026, 12, 31)),
        ("last-year", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_named_days_are_those_of_the_calendar(named: str, first: date, last: date) -> None:
    assert days_of(named, today=TODAY) == (first, last)


def test_before_january_comes_december() -> None:
    day = date(2027, 1, 1)
    assert days_of("last-month", today=day) == (date(2026, 12, 1), date(2026, 12, 31))
    assert days_of("last-quarter", today=day) == (date(2026, 10, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("period", "column"),
    [("completed", "completed_at"), ("started", "started_at"), ("enrolled", "enrolled_at")],
)
def test_a_period_counts_by_the_day_that_is_chosen(
    justice: Justice, period: str, column: str
) -> None:
    within, without = justice.learner(), justice.learner()
    others = dict.fromkeys(("completed_at", "started_at", "enrolled_at"), justice.at)
    Enrolment.objects.update(**others)
    day = datetime(2026, 3, 31, 20, 0, tzinfo=UTC)
    Enrolment.objects.filter(pk=within.pk).update(**{column: day})
    asked = {"period": period, "first_day": "2026-03-31", "last_day": "2026-03-31"}
    assert seen(justice, **asked) == {within.pk}
    assert seen(justice, period=period) == {within.pk, without.pk}


def test_by_certificate_the_newest_one_counts(justice: Justice) -> None:
    done, other = justice.learner(), justice.learner()
    complete(done, justice.course, justice.at)
    assert issue(registration=done.pk, at=justice.at)
    first = Certificate.objects.get()
    march = {"period": "certified", "first_day": "2026-03-01", "last_day": "2026-03-31"}
    assert seen(justice, **march) == set()
    Certificate.objects.update(earned_at=datetime(2026, 3, 5, tzinfo=UTC))
    assert seen(justice, **march) == {done.pk}
    newer = Certificate.objects.create(
        key=uuid4(), registration=done.pk, earned_at=datetime(2026, 4, 1, tzinfo=UTC)
    )
    assert seen(justice, **march) == set()
    assert seen(justice, period="certified", first_day="2026-04-01") == {done.pk}
    # What was replaced is not the one that the report shows.
    Certificate.objects.filter(pk=newer.pk).update(replaced_by=first.key)
    assert seen(justice, **march) == {done.pk}
    assert other.pk not in seen(justice, **march)


def test_typed_days_count_more_than_named_ones() -> None:
    asked = {"days": "this-year", "first_day": "2026-05-01"}
    filters = read_filters(asked, today=TODAY)
    assert (filters.days, filters.first_day, filters.last_day) == ("", date(2026, 5, 1), None)


def test_a_kept_address_means_other_days_next_year_and_a_fixed_one_never() -> None:
    filters = read_filters({"days": "last-year", "status": "completed"}, today=TODAY)
    kept, fixed = QueryDict(filters.as_asked()).dict(), QueryDict(filters.as_query()).dict()
    later = date(2027, 2, 1)
    assert read_filters(kept, today=later).first_day == date(2026, 1, 1)  # type: ignore[arg-type]
    again = read_filters(fixed, today=later)  # type: ignore[arg-type]
    assert (again.first_day, again.last_day) == (date(2025, 1, 1), date(2025, 12, 31))
    assert again.status == "completed"


def test_a_language_is_that_of_the_completed_course(justice: Justice) -> None:
    serbian, running = justice.learner(), justice.learner()
    Enrolment.objects.filter(pk=serbian.pk).update(language="sr")
    assert seen(justice, training_language="sr") == {serbian.pk}
    assert seen(justice, training_language="en") == set()
    assert running.pk in seen(justice)


# --- cohort ---------------------------------------------------------------------------------


def test_a_cohort_is_chosen_and_named_only_where_somebody_of_the_mandate_is_in_it(
    justice: Justice,
) -> None:
    ours, theirs = cohort(justice.course.edition), cohort(justice.course.edition, name="Theirs")
    mine = justice.learner()
    stranger = justice.learner(institution=justice.ministry)
    Enrolment.objects.filter(pk=mine.pk).update(cohort_key=ours.key)
    Enrolment.objects.filter(pk=stranger.pk).update(cohort_key=theirs.key)
    assert [one.label for one in field(justice, "cohort").options] == [ours.name]
    assert seen(justice, cohort=str(ours.key)) == {mine.pk}
    assert seen(justice, cohort=str(theirs.key)) == set()
    told = described(Filters(cohort=theirs.key), justice.mandate)
    assert told == [("Cohort", "–")]


# --- what there is to choose ----------------------------------------------------------------


def test_choices_stay_within_the_mandate(justice: Justice) -> None:
    hidden = small_course(justice.at, slug="hidden")
    hidden.edition.delete()
    hidden.course.unpublish()
    assert [one.value for one in field(justice, "profession").options] == ["judge"]
    within = {str(justice.council.key), str(justice.court.key)}
    assert {one.value for one in field(justice, "institution").options} == within
    core = str(justice.course.course.translation_key)
    assert [one.value for one in field(justice, "course").options] == [core]


def test_a_course_that_was_taken_off_can_still_be_chosen(justice: Justice) -> None:
    justice.course.course.unpublish()
    assert [one.label for one in field(justice, "course").options] == ["Core"]


def test_what_is_chosen_stands_in_the_list_though_nobody_else_could_choose_it(
    justice: Justice,
) -> None:
    shared = field(justice, "institution", institution=str(justice.ministry.key))
    assert shared.options[-1].label == "Ministry"
    assert shared.chosen == str(justice.ministry.key)


def test_a_long_list_is_searched_in_either_script(
    justice: Justice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "LISTED", 1)
    InstitutionFactory(parent=justice.council, name_sr="Суд у Жабљу", name_en="")
    assert field(justice, "institution").is_long
    assert field(justice, "institution").options == []
    for typed in ("zablj", "ЖАБЉ", "Žablj"):
        with override("sr"):
            found = field(justice, "institution", find_institution=typed)
        assert [one.label for one in found.options] == ["Суд у Жабљу · Високи савет"]
        assert found.only == found.options[0].value
    many = field(justice, "institution", find_institution="court")
    assert (many.found, many.only) == (1, str(justice.court.key))
    assert field(justice, "institution", find_institution="министарство").found == 0


def test_a_long_list_of_cohorts_holds_none_of_others(
    justice: Justice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "LISTED", 1)
    ours, theirs = (cohort(justice.course.edition, name=f"Niš {n}") for n in (1, 2))
    Enrolment.objects.filter(pk=justice.learner().pk).update(cohort_key=ours.key)
    stranger = justice.learner(institution=justice.ministry)
    Enrolment.objects.filter(pk=stranger.pk).update(cohort_key=theirs.key)
    found = field(justice, "cohort", find_cohort="nis")
    assert [one.label for one in found.options] == ["Niš 1"]


@pytest.mark.parametrize("rows", [1, 30])
def test_choices_ask_as_often_for_many_as_for_one(
    justice: Justice, django_assert_num_queries: Any, rows: int
) -> None:
    for number in range(rows):
        InstitutionFactory(parent=justice.council)
        cohort(justice.course.edition, name=f"{number}")
    with django_assert_num_queries(12):
        fields_for(justice.mandate, Filters(), {})


# --- in words -------------------------------------------------------------------------------


def test_filters_are_said_in_words(justice: Justice) -> None:
    filters = read_filters(
        {
            "profession": "judge",
            "institution": str(justice.court.key),
            "course": str(justice.course.edition.course_key),
            "status": "completed",
            "training_language": "sr",
            "days": "last-year",
        },
        today=TODAY,
    )
    assert described(filters, justice.mandate) == [
        ("Profession", "Judge"),
        ("Institution, with all below it", "Higher Court"),
        ("Course", "Core"),
        ("Status", "Completed"),
        ("Language of training", "Serbian"),
        ("Completion", "1 Jan 2025 – 31 Dec 2025"),
    ]
    with override("sr-latn"):
        assert ("Institucija, sa svima ispod nje", "Viši sud") in described(
            filters, justice.mandate
        )


def test_every_filter_goes_through_every_door() -> None:
    names = set(Filters.__dataclass_fields__)
    assert names >= set(KINDS)
    assert names <= set(CompletionsIn.model_fields)


# --- on the page ----------------------------------------------------------------------------


def test_a_press_on_named_days_keeps_the_rest(officer: Client, justice: Justice) -> None:
    for named in DAYS:
        asked = {"quick": named, "first_day": "2020-01-01", "status": "completed", "page": "2"}
        asked["period"] = "completed"
        answer = officer.get(reverse("reports"), asked)
        assert answer.status_code == 302
        assert answer["Location"] == f"{reverse('reports')}?status=completed&days={named}"


def test_one_found_is_chosen_and_several_are_asked_about(
    officer: Client, justice: Justice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "LISTED", 1)
    answer = officer.get(reverse("reports"), {"find_institution": "higher", "status": "enrolled"})
    assert QueryDict(answer["Location"].partition("?")[2]).dict() == {
        "institution": str(justice.court.key),
        "status": "enrolled",
    }
    InstitutionFactory(parent=justice.council, name_en="Higher Court B")
    page = officer.get(reverse("reports"), {"find_institution": "higher"})
    assert "2 found: choose one below." in page.content.decode()
    both = {"find_institution": "higher", "institution": str(justice.court.key)}
    chosen = officer.get(reverse("reports"), both)
    assert chosen["Location"] == f"{reverse('reports')}?institution={justice.court.key}"
    nothing = officer.get(reverse("reports"), {"find_institution": "xyz"})
    assert "Nothing of your mandate is called so." in nothing.content.decode()


def test_what_was_typed_stays_where_something_is_amiss(officer: Client, justice: Justice) -> None:
    asked = {
        "first_day": "2026-12-01",
        "last_day": "2026-11-01",
        "status": "completed",
        "period": "started",
    }
    page = officer.get(reverse("reports"), asked)
    html = page.content.decode()
    assert page.status_code == 400
    assert '<option value="completed" selected>Completed</option>' in html
    assert '<option value="started" selected>Start</option>' in html
    assert "rows" not in page.context
    assert html.count('aria-invalid="true"') == 2
    wrong = officer.get(reverse("reports"), {"status": "lost"}).content.decode()
    assert "“Status” has a value that cannot be read." in wrong


def test_a_filter_is_taken_away_by_its_chip(officer: Client, justice: Justice) -> None:
    page = officer.get(reverse("reports"), {"status": "enrolled", "days": "this-year"})
    status, days = page.context["chips"]
    assert (status.label, status.value, status.without) == ("Status", "Enrolled", "days=this-year")
    assert days.value.startswith("This year (")
    assert days.without == "status=enrolled"


def test_pages_keep_mandate_and_filters(
    officer: Client, justice: Justice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.views.PAGE_SIZE", 1)
    second = MandateFactory(
        name="Second",
        holder=justice.mandate.holder,
        institutions=[justice.council],
        professions=[justice.judge],
    )
    for _ in range(3):
        justice.learner()
    asked = {"mandate": second.pk, "status": "enrolled", "page": 2}
    html = officer.get(reverse("reports"), asked).content.decode()
    for page in (1, 3):
        assert f"?status=enrolled&amp;mandate={second.pk}&amp;page={page}" in html


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("by", "queries"), [("", 35), ("month", 27), ("institution", 28)])
def test_the_page_asks_as_often_for_many_as_for_one(
    officer: Client,
    justice: Justice,
    django_assert_num_queries: Any,
    rows: int,
    by: str,
    queries: int,
) -> None:
    for number in range(rows):
        court = InstitutionFactory(parent=justice.council)
        done = justice.learner(institution=court)
        moment = justice.at + timedelta(days=number)
        Enrolment.objects.filter(pk=done.pk).update(completed_at=moment, minutes=60)
    asked = {"by": by} if by else {}
    officer.get(reverse("reports"), asked)
    with django_assert_num_queries(queries):
        officer.get(reverse("reports"), asked)
