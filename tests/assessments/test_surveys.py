"""Anonymous surveys: who may answer, once; and that nothing leads from an answer to a person."""

import random
import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, models
from django.test import override_settings

from assessments.models import (
    SurveyAnswer,
    SurveyKind,
    SurveyTicket,
    SurveyUrn,
    SurveyVersion,
)
from assessments.surveys.answering import answer, decline
from assessments.surveys.errors import NotAllAnswered, NotYours, SurveyClosed, TicketSpent
from assessments.surveys.sealing import unseal
from assessments.surveys.urn import Place, drop
from courses.enrolment import enrol
from courses.models import Enrolment
from people.actors import actor_id
from people.erasure import erase
from people.models import User
from people.portability import collect_all
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory
from tests.factories.surveys import GIVEN, completed, pulse, satisfaction

pytestmark = pytest.mark.django_db

DAYS_91 = timedelta(days=91)


@pytest.fixture
def version(at: datetime) -> SurveyVersion:
    return satisfaction(at)


def answer_all(enrolments: list[Enrolment], version: SurveyVersion, at: datetime) -> None:
    """Let each say something else about the length, so that answers can be told apart."""
    for number, enrolment in enumerate(enrolments):
        given = GIVEN | {"clear": [str(number % 5 + 1)]}
        answer(enrolment=enrolment, version=version, given=given, at=at)


# --- who, and how often ---------------------------------------------------------------------


def test_whoever_has_completed_answers_once(
    course: SmallCourse, version: SurveyVersion, at: datetime
) -> None:
    people = [completed(course, at) for _ in range(5)]
    answer_all(people, version, at)
    assert SurveyAnswer.objects.count() == 5
    with pytest.raises(TicketSpent):
        answer(enrolment=people[0], version=version, given=GIVEN, at=at)
    assert SurveyAnswer.objects.count() == 5


def test_who_has_not_completed_does_not_answer(
    course: SmallCourse, version: SurveyVersion, learner: User, at: datetime
) -> None:
    enrolment = enrol(user=learner, course=course.course, at=at)
    with pytest.raises(NotYours):
        answer(enrolment=enrolment, version=version, given=GIVEN, at=at)
    with pytest.raises(NotYours):
        decline(enrolment=enrolment, kind=version.kind, at=at)


def test_a_refusal_is_remembered(course: SmallCourse, version: SurveyVersion, at: datetime) -> None:
    enrolment = completed(course, at)
    decline(enrolment=enrolment, kind=version.kind, at=at)
    with pytest.raises(TicketSpent):
        answer(enrolment=enrolment, version=version, given=GIVEN, at=at)
    with pytest.raises(TicketSpent):
        decline(enrolment=enrolment, kind=version.kind, at=at)


def test_each_survey_has_its_time(
    course: SmallCourse, version: SurveyVersion, at: datetime
) -> None:
    later = pulse(at)
    enrolment = completed(course, at)
    for asked, when in ((later, at), (version, at + DAYS_91), (later, at + 2 * DAYS_91)):
        with pytest.raises(SurveyClosed):
            answer(enrolment=enrolment, version=asked, given=GIVEN, at=when)
    answer(enrolment=enrolment, version=later, given={"used": ["yes"]}, at=at + DAYS_91)


def test_a_question_without_an_answer_is_named_and_nothing_is_spent(
    course: SmallCourse, version: SurveyVersion, at: datetime
) -> None:
    enrolment = completed(course, at)
    for given in ({"clear": ["4"]}, {"clear": ["4"], "recommend": ["6"]}):
        with pytest.raises(NotAllAnswered) as error:
            answer(enrolment=enrolment, version=version, given=given, at=at)
        assert error.value.missing == {"recommend"}
    assert not SurveyTicket.objects.filter(is_spent=True).exists()
    answer(enrolment=enrolment, version=version, given={"clear": ["4"], "recommend": ["5"]}, at=at)


# --- unlinked -------------------------------------------------------------------------------


def test_an_answer_has_no_column_that_leads_to_anybody() -> None:
    """Whoever adds one reads docs/decisions/0016-anonymous-surveys.md first."""
    columns = {field.name for field in SurveyAnswer._meta.get_fields()}
    expected = {"id", "kind", "version", "course_key", "profession_key", "week", "answers"}
    assert columns == expected
    assert not [f for f in SurveyAnswer._meta.get_fields() if f.is_relation]
    for model in (SurveyTicket, SurveyUrn, SurveyAnswer):
        moments = [f for f in model._meta.get_fields() if isinstance(f, models.DateTimeField)]
        assert moments == []


def test_the_key_of_an_answer_is_random(
    course: SmallCourse, version: SurveyVersion, at: datetime
) -> None:
    answer_all([completed(course, at) for _ in range(5)], version, at)
    assert {one.id.version for one in SurveyAnswer.objects.all()} == {4}


def test_the_order_in_which_people_answer_is_not_the_order_of_the_rows(
    course: SmallCourse, version: SurveyVersion, at: datetime
) -> None:
    orders = set()
    for _ in range(12):
        SurveyAnswer.objects.all().delete()
        answer_all([completed(course, at) for _ in range(5)], version, at)
        orders.add(tuple(one.answers["clear"][0] for one in as_they_lie()))
    assert len(orders) > 1
    assert orders != {("1", "2", "3", "4", "5")}


def test_nothing_comes_out_before_five_and_then_all_at_once_under_one_week(
    course: SmallCourse, version: SurveyVersion, at: datetime
) -> None:
    people = [completed(course, at) for _ in range(5)]
    for weeks, enrolment in enumerate(people):
        assert not SurveyAnswer.objects.exists()
        moment = at + timedelta(weeks=weeks)
        answer(enrolment=enrolment, version=version, given=GIVEN, at=moment)
    assert SurveyAnswer.objects.count() == 5
    # The week in which the fifth came, not those in which the others did: a Monday.
    assert set(SurveyAnswer.objects.values_list("week", flat=True)) == {date(2026, 12, 21)}


def test_professions_wait_apart(course: SmallCourse, version: SurveyVersion, at: datetime) -> None:
    for profession in ("judge", "prosecutor"):
        people = [completed(course, at, profession=profession) for _ in range(4)]
        answer_all(people, version, at)
    assert not SurveyAnswer.objects.exists()
    answer_all([completed(course, at)], version, at)
    assert set(SurveyAnswer.objects.values_list("profession_key", flat=True)) == {"judge"}


def test_rare_professions_are_taken_out_together_after_eight_weeks_and_not_named(
    course: SmallCourse, version: SurveyVersion, at: datetime
) -> None:
    for profession in ("lawyer", "ngo"):
        people = [completed(course, at, profession=profession) for _ in range(3)]
        answer_all(people, version, at)
    later = at + timedelta(weeks=7)
    answer_all([completed(course, later)], version, later)
    assert not SurveyAnswer.objects.exists()
    later = at + timedelta(weeks=8)
    answer_all([completed(course, later)], version, later)
    found = SurveyAnswer.objects.values_list("profession_key", "week")
    assert list(found) == [("", date(2027, 1, 18))] * 6


def test_an_urn_looks_the_same_whether_somebody_answers_or_declines(
    course: SmallCourse, version: SurveyVersion, at: datetime
) -> None:
    """Sealed anew each time, always as long, and without the second of sealing in it."""
    seen = []
    for number in range(4):
        enrolment = completed(course, at)
        if number % 2:
            answer(enrolment=enrolment, version=version, given=GIVEN, at=at)
        else:
            decline(enrolment=enrolment, kind=version.kind, at=at)
        seen.append(SurveyUrn.objects.get().sealed)
    assert len(set(seen)) == 4
    assert len({len(text) for text in seen}) == 1
    assert len({text[:11] for text in seen}) == 1  # version and moment of the cipher
    assert "cases" not in "".join(seen)
    assert len(unseal(seen[-1])["slips"]) == 2


def test_a_ticket_does_not_say_whether_somebody_answered(
    course: SmallCourse, version: SurveyVersion, at: datetime
) -> None:
    one, other = completed(course, at), completed(course, at)
    answer(enrolment=one, version=version, given=GIVEN, at=at)
    decline(enrolment=other, kind=version.kind, at=at)
    tickets = SurveyTicket.objects.filter(kind=SurveyKind.SATISFACTION)
    kept = tickets.values("is_spent", "is_written_to")
    assert kept[0] == kept[1]


def test_spending_adds_no_row_whose_place_would_tell_when(
    course: SmallCourse, version: SurveyVersion, at: datetime
) -> None:
    people = [completed(course, at) for _ in range(5)]
    before = list(SurveyTicket.objects.order_by("pk").values_list("pk", flat=True))
    answer_all(people, version, at)
    assert list(SurveyTicket.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_another_secret_key_empties_the_urn_and_stops_nobody(
    course: SmallCourse, version: SurveyVersion, at: datetime
) -> None:
    people = [completed(course, at) for _ in range(3)]
    answer_all(people[:1], version, at)
    with override_settings(SECRET_KEY="y" * 60):
        answer_all(people[1:2], version, at)
        assert len(unseal(SurveyUrn.objects.get().sealed)["slips"]) == 1
    with override_settings(SECRET_KEY="z" * 60, SECRET_KEY_FALLBACKS=["y" * 60]):
        answer_all(people[2:], version, at)
        assert len(unseal(SurveyUrn.objects.get().sealed)["slips"]) == 2


def test_answers_to_an_older_version_wait_apart(
    course: SmallCourse, version: SurveyVersion, at: datetime
) -> None:
    older = Place(version.kind, 7, course.course.translation_key, "judge")
    for _ in range(4):
        drop(GIVEN, into=older, at=at)
    answer_all([completed(course, at) for _ in range(4)], version, at)
    assert not SurveyAnswer.objects.exists()
    drop(GIVEN, into=older, at=at, chance=random.Random(1))
    assert set(SurveyAnswer.objects.values_list("version", flat=True)) == {7}


# --- the person -----------------------------------------------------------------------------


def test_who_is_erased_leaves_the_answer_and_no_ticket(
    course: SmallCourse, version: SurveyVersion, learner: User, at: datetime
) -> None:
    people = [completed(course, at, by=learner), *(completed(course, at) for _ in range(4))]
    answer_all(people, version, at)
    erase(user=learner, own_wish=True, at=at)
    assert SurveyAnswer.objects.count() == 5
    assert not SurveyTicket.objects.filter(registration=people[0].registration).exists()


def test_ones_own_data_say_that_a_ticket_is_spent_and_nothing_else(
    course: SmallCourse, version: SurveyVersion, learner: User, at: datetime
) -> None:
    enrolment = completed(course, at, by=learner)
    answer(enrolment=enrolment, version=version, given=GIVEN, at=at)
    told = collect_all(learner)["assessments"]["surveys"]
    assert [(one["kind"], one["is_spent"]) for one in told] == [
        ("pulse", False),
        ("satisfaction", True),
    ]
    assert "cases" not in str(collect_all(learner))


def test_who_takes_a_course_again_is_asked_again(
    course: SmallCourse, version: SurveyVersion, at: datetime
) -> None:
    user = UserFactory()
    for _ in range(2):
        enrolment = completed(course, at, by=user)
        assert enrolment.actor == actor_id(user)
        answer(enrolment=enrolment, version=version, given=GIVEN, at=at)


def as_they_lie() -> Iterable[SurveyAnswer]:
    """Return answers by their place in the table, which no query of ours asks for."""
    by_place = {
        "sqlite": "SELECT * FROM assessments_surveyanswer ORDER BY rowid",
        "postgresql": "SELECT * FROM assessments_surveyanswer ORDER BY ctid",
    }
    return SurveyAnswer.objects.raw(by_place[connection.vendor])


def test_a_key_of_nobody_finds_no_ticket(course: SmallCourse, at: datetime) -> None:
    stranger = Enrolment(registration=uuid.uuid4(), completed_at=at)
    with pytest.raises(NotYours):
        decline(enrolment=stranger, kind=SurveyKind.PULSE, at=at)
