"""What a report holds: the mandate and no more, persons and participations, the same rows."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from certificates.issuing import issue
from certificates.models import Certificate, Reason
from certificates.revoking import revoke
from courses.enrolment import enrol, withdraw
from courses.models import Enrolment
from people.actors import people_of
from people.erasure import erase
from people.models import Mandate, User
from reports.completions import all_rows, columns_for, completions
from reports.filters import Filters, UnreadableFilter, read_filters
from reports.joining import rows
from reports.row import CompletionRow
from reports.templatetags.reports import report_cell
from reports.totals import totals_of
from tests.factories.courses import cohort, small_course
from tests.factories.people import InstitutionFactory, MandateFactory, UserFactory
from tests.reports.conftest import Justice
from tests.support import complete, read, take

pytestmark = pytest.mark.django_db


def seen(mandate: Mandate, **filters: str) -> set[UUID]:
    report = completions(mandate=mandate, filters=read_filters(filters))
    return {enrolment.registration for enrolment in report}


def row(mandate: Mandate, enrolment: Enrolment) -> CompletionRow:
    enrolment.refresh_from_db()
    return rows(mandate=mandate, enrolments=[enrolment])[0]


def person(enrolment: Enrolment) -> User:
    return people_of([enrolment.learner])[enrolment.learner]


# --- the mandate ----------------------------------------------------------------------------


def test_nobody_outside_the_mandate_is_seen(justice: Justice) -> None:
    inside = {justice.learner().pk, justice.learner(institution=justice.council).pk}
    justice.learner(institution=justice.ministry)
    justice.learner(profession=justice.officer)
    justice.learner(institution=justice.ministry, profession=justice.officer)
    assert seen(justice.mandate) == inside


def test_an_empty_mandate_sees_nobody(justice: Justice) -> None:
    justice.learner()
    for mandate in (
        MandateFactory(institutions=[justice.council]),
        MandateFactory(professions=[justice.judge]),
        MandateFactory(),
    ):
        assert seen(mandate) == set()
        assert totals_of(completions(mandate=mandate, filters=Filters())).persons == 0


def test_who_moves_takes_only_what_is_not_completed(justice: Justice) -> None:
    done, running = justice.learner(), justice.learner()
    complete(done, justice.course, justice.at)
    for enrolment in (done, running):
        User.objects.filter(actor=enrolment.learner).update(institution=justice.ministry)
    assert seen(justice.mandate) == {done.pk, running.pk}
    moved = person(running)
    late = complete(running, justice.course, justice.at)
    assert moved.institution == justice.ministry
    assert late.completed_institution_key == justice.ministry.key
    assert seen(justice.mandate) == {done.pk}


# --- filters --------------------------------------------------------------------------------


def test_each_filter_narrows(justice: Justice) -> None:
    here = justice.learner()
    above = justice.learner(institution=justice.council)
    other = small_course(justice.at, slug="other")
    elsewhere = enrol(user=person(here), course=other.course, at=justice.at)
    mandate = justice.mandate
    assert seen(mandate, institution=str(justice.court.key)) == {here.pk, elsewhere.pk}
    assert seen(mandate, institution=str(justice.council.key)) == {here.pk, above.pk, elsewhere.pk}
    assert seen(mandate, course=str(other.course.translation_key)) == {elsewhere.pk}
    assert seen(mandate, profession="judge") == {here.pk, above.pk, elsewhere.pk}
    for nobody in (
        {"profession": "police-officer"},
        {"institution": str(justice.ministry.key)},
        {"institution": str(uuid4())},
        {"course": str(uuid4())},
    ):
        assert seen(mandate, **nobody) == set()


def test_every_status_is_one_of_four(justice: Justice) -> None:
    enrolled, started, completed, left = (justice.learner() for _ in range(4))
    read(started, justice.course.lessons[0], justice.at)
    complete(completed, justice.course, justice.at)
    withdraw(user=person(left), enrolment=left, at=justice.at)
    by_status = {"enrolled": enrolled, "started": started, "completed": completed}
    for status, enrolment in (by_status | {"withdrawn": left}).items():
        assert seen(justice.mandate, status=status) == {enrolment.pk}
        assert row(justice.mandate, enrolment).status == status
    assert len(seen(justice.mandate)) == 4


@pytest.mark.parametrize(
    ("moment", "within"),
    [
        (datetime(2026, 11, 9, 22, 59, tzinfo=UTC), False),  # still the 9th in Belgrade
        (datetime(2026, 11, 9, 23, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 10, 22, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 10, 23, 0, tzinfo=UTC), False),
    ],
)
def test_a_period_holds_both_its_days(justice: Justice, moment: datetime, within: bool) -> None:
    enrolment = justice.learner()
    Enrolment.objects.update(completed_at=moment)
    day = {"first_day": "2026-11-10", "last_day": "2026-11-10"}
    assert (enrolment.pk in seen(justice.mandate, **day)) == within


@pytest.mark.parametrize(
    "query",
    [
        {"institution": "nonsense"},
        {"course": "1"},
        {"status": "lost"},
        {"first_day": "10.11.2026"},
        {"last_day": "2026-02-30"},
    ],
)
def test_a_filter_that_cannot_be_read_is_named(query: dict[str, str]) -> None:
    with pytest.raises(UnreadableFilter) as error:
        read_filters(query)
    assert error.value.name == next(iter(query))
    assert error.value.name in str(error.value)


def test_filters_survive_the_address(justice: Justice) -> None:
    filters = Filters(profession="judge", institution=justice.court.key, status="completed")
    pairs = dict(pair.split("=") for pair in filters.as_query().split("&"))
    assert read_filters(pairs) == filters


# --- rows and totals ------------------------------------------------------------------------


def test_persons_are_not_participations(justice: Justice) -> None:
    first = justice.learner()
    withdraw(user=person(first), enrolment=first, at=justice.at)
    again = enrol(user=person(first), course=justice.course.course, at=justice.at)
    complete(again, justice.course, justice.at)
    justice.learner()
    totals = totals_of(completions(mandate=justice.mandate, filters=Filters()))
    assert (totals.participations, totals.persons) == (3, 2)
    assert (totals.completions, totals.persons_completed) == (1, 1)


def test_a_row_says_what_was_so_at_completion(justice: Justice) -> None:
    group = cohort(justice.course.edition)
    enrolment = justice.learner()
    Enrolment.objects.update(cohort_key=group.key)
    done = complete(enrolment, justice.course, justice.at)
    sheet = issue(registration=done.pk, at=justice.at)
    assert sheet
    justice.mandate.exact_results = True
    reported = row(justice.mandate, done)
    assert (reported.profession, reported.institution) == ("judge", justice.court.key)
    assert (reported.profession_name, reported.institution_name) == ("Judge", "Higher Court")
    assert (reported.course_name, reported.edition, reported.cohort) == ("Core", 1, group.name)
    assert (reported.hours, reported.nominal_hours, reported.credited_by_edition) == (0.6, 0.6, 1)
    assert (reported.result, reported.score_band) == (100.0, "90–100")
    assert (reported.certificate_class, reported.cohort_key) == ("achievement", group.key)
    assert reported.certificate == sheet.serial
    assert (reported.enrolled_at, reported.completed_at) == (justice.at, done.completed_at)


def test_names_are_for_the_identified_right_only(justice: Justice) -> None:
    enrolment = justice.learner(personnel_number="A-17")
    plain = row(justice.mandate, enrolment)
    assert (plain.name, plain.email, plain.personnel_number) == (None, None, None)
    assert not {"name", "email", "personnel_number"} & set(columns_for(justice.mandate))
    justice.mandate.identified = True
    named = row(justice.mandate, enrolment)
    assert (named.name, named.personnel_number) == ("Jelena Uzorković", "A-17")
    assert named.email == person(enrolment).email
    assert {"name", "email", "personnel_number"} <= set(columns_for(justice.mandate))


def test_the_exact_result_is_a_right_of_its_own(justice: Justice) -> None:
    done = complete(justice.learner(), justice.course, justice.at)
    plain = row(justice.mandate, done)
    assert (plain.result, plain.score_band) == (None, "90–100")
    assert "result" not in columns_for(justice.mandate)
    justice.mandate.exact_results = True
    assert row(justice.mandate, done).result == 100.0
    assert "result" in columns_for(justice.mandate)


def test_each_state_has_its_day(justice: Justice) -> None:
    """A test that counts is failed, then passed; the certificate is revoked in the end."""
    enrolment, test = justice.learner(), justice.course.quizzes[1]
    failed = take(enrolment, test, justice.at, right=False)
    running = row(justice.mandate, enrolment)
    assert (running.failed_at, running.passed_at) == (failed.finished_at, None)
    assert (running.hours, running.credited_by_edition) == (None, None)
    later = justice.at + timedelta(days=1)
    done = complete(enrolment, justice.course, later)
    sheet = issue(registration=done.pk, at=later)
    assert sheet
    reported = row(justice.mandate, done)
    assert (reported.failed_at, reported.passed_at) == (failed.finished_at, done.completed_at)
    assert (reported.certificate, reported.certificate_revoked_at) == (sheet.serial, None)
    certificate = Certificate.objects.get()
    why = {"by": UserFactory(), "reason": Reason.ERROR, "words": "Issued in error."}
    revoke(certificate=certificate, at=later, **why)
    revoked = row(justice.mandate, done)
    assert (revoked.certificate, revoked.certificate_revoked_at) == (sheet.serial, later)
    assert revoked.status == "completed"


def test_a_module_quiz_does_not_count_as_the_result(justice: Justice) -> None:
    enrolment = justice.learner()
    take(enrolment, justice.course.quizzes[0], justice.at, right=False)
    assert row(justice.mandate, enrolment).failed_at is None


def test_an_institution_is_that_of_then_and_that_of_now(justice: Justice) -> None:
    done = complete(justice.learner(), justice.course, justice.at)
    User.objects.filter(actor=done.learner).update(institution=justice.ministry)
    moved = row(justice.mandate, done)
    assert (moved.institution_name, moved.institution_now_name) == ("Higher Court", "Ministry")
    erase(user=person(done), own_wish=True, at=justice.at)
    erased = row(justice.mandate, done)
    assert (erased.institution, erased.institution_now) == (justice.court.key, None)
    assert "(erased)" in report_cell(erased, "name")


def test_one_person_has_one_key_for_each_reader(justice: Justice) -> None:
    enrolment = justice.learner()
    other = small_course(justice.at, slug="other")
    second = enrol(user=person(enrolment), course=other.course, at=justice.at)
    ministry = MandateFactory(institutions=[justice.council], professions=[justice.judge])
    keys = {row(justice.mandate, e).person for e in (enrolment, second)}
    assert len(keys) == 1
    assert row(ministry, enrolment).person not in keys


def test_all_rows_are_all_rows_in_a_stable_order(justice: Justice) -> None:
    for number in range(7):
        enrolment = justice.learner()
        if number % 2:
            complete(enrolment, justice.course, justice.at + timedelta(days=number))
    whole = list(all_rows(mandate=justice.mandate, filters=Filters(), size=3))
    once = rows(
        mandate=justice.mandate,
        enrolments=completions(mandate=justice.mandate, filters=Filters()),
    )
    assert whole == once
    assert len(whole) == 7
    done = [r.completed_at for r in whole if r.completed_at]
    assert done == sorted(done, reverse=True)
    assert len(done) == 3


def test_newest_completions_come_first_on_every_database(justice: Justice) -> None:
    running, done = justice.learner(), justice.learner()
    complete(done, justice.course, justice.at)
    report = completions(mandate=justice.mandate, filters=Filters())
    assert [enrolment.pk for enrolment in report] == [done.pk, running.pk]


def test_an_institution_that_moves_is_found_where_it_stands(justice: Justice) -> None:
    enrolment = justice.learner()
    appellate = InstitutionFactory(parent=justice.council)
    justice.court.refresh_from_db()
    justice.court.move(appellate, pos="last-child")
    assert seen(justice.mandate, institution=str(appellate.key)) == {enrolment.pk}
