"""Who has which form: half of each cohort each way round, decided once, by the server."""

import json
from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest
from django.utils import timezone

from assessments.attempts import start_attempt
from assessments.errors import QuizIsEmpty
from assessments.models import Attempt, Form
from courses.enrolment import enrol, join_cohort, withdraw
from courses.models import Cohort, Enrolment
from lrs.models import Statement
from lrs.rebuilding import differences
from tests.crowds import all_at_once
from tests.factories.courses import SmallCourse, cohort
from tests.factories.forms import TwoTests, pair_of_tests, sit, sit_both
from tests.factories.people import UserFactory
from xapi import verbs

pytestmark = pytest.mark.django_db
everybody_commits = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def pair(course: SmallCourse) -> TwoTests:
    return pair_of_tests(course)


def member(course: SmallCourse, of: Cohort | None, at: datetime) -> Enrolment:
    return enrol(user=UserFactory(), course=course.course, cohort=of, at=at)


def forms_of(*attempts: Attempt) -> list[str]:
    return [attempt.form for attempt in attempts]


def test_who_has_one_form_before_has_the_other_after(
    pair: TwoTests, course: SmallCourse, at: datetime
) -> None:
    for seed in range(6):
        before, after = sit_both(member(course, None, at), pair, at, seed=seed)
        assert set(forms_of(before, after)) == set(Form.values)
        asked = [{one["key"] for one in attempt.drawn} for attempt in (before, after)]
        assert len(asked[0]) == len(asked[1]) == 4
        assert not asked[0] & asked[1]
    assert differences() == []


def test_half_of_each_cohort_begins_with_each_form(
    pair: TwoTests, course: SmallCourse, at: datetime
) -> None:
    groups = [cohort(course.edition, name="Niš"), cohort(course.edition, name="Bor"), None]
    counts = {group and group.name: Counter[str]() for group in groups}
    for number in range(7):
        for group in groups:
            attempt = sit(member(course, group, at), pair.before, at, seed=number)
            counts[group and group.name][attempt.form] += 1
            drawn = counts[group and group.name]
            assert abs(drawn["A"] - drawn["B"]) <= 1
    assert all(sorted(drawn.values()) == [3, 4] for drawn in counts.values())


def test_which_of_two_is_chosen_is_left_to_chance(
    pair: TwoTests, course: SmallCourse, at: datetime
) -> None:
    found = set()
    for seed in range(8):
        group = cohort(course.edition, name=f"group {seed}")
        found.add(sit(member(course, group, at), pair.before, at, seed=seed).form)
    assert found == set(Form.values)


def test_the_log_says_which_form_it_was_and_with_what_it_is_compared(
    pair: TwoTests, course: SmallCourse, at: datetime
) -> None:
    before, after = sit_both(member(course, None, at), pair, at)
    rows = Statement.objects.filter(verb=verbs.ATTEMPTED.id).order_by("timestamp")
    said = [json.loads(row.body)["context"]["extensions"] for row in rows]
    facts = [{k.rpartition("/")[2]: v for k, v in one.items()} for one in said]
    assert [one["form"] for one in facts] == forms_of(before, after)
    assert "pre-test" not in facts[0]
    assert facts[1]["pre-test"] == str(pair.before.key) == str(after.pre_test_key)
    assert (facts[0]["pass-mark"], facts[1]["pass-mark"]) == (0, 70)


def test_it_is_never_decided_again(pair: TwoTests, course: SmallCourse, at: datetime) -> None:
    """Not for another attempt, nor for whoever leaves and comes back, nor in another cohort."""
    person = UserFactory()
    first = enrol(user=person, course=course.course, at=at)
    before, after = sit_both(first, pair, at)
    again = sit(first, pair.after, at + timedelta(days=3))
    assert again.form == after.form
    withdraw(user=person, enrolment=first, at=at + timedelta(days=4))
    second = enrol(user=person, course=course.course, at=at + timedelta(days=5))
    join_cohort(enrolment=second, cohort=cohort(course.edition), at=at + timedelta(days=5))
    later = sit_both(second, pair, at + timedelta(days=6), seed=9)
    assert forms_of(*later) == forms_of(before, after)
    assert differences() == []


def test_who_took_no_test_before_gets_a_form_by_the_same_rule(
    pair: TwoTests, course: SmallCourse, at: datetime
) -> None:
    group = cohort(course.edition)
    late = [sit(member(course, group, at), pair.after, at, seed=n) for n in range(4)]
    assert sorted(forms_of(*late)) == ["A", "A", "B", "B"]
    # Whoever has A after would have begun with B: the next two are counted with them.
    began = [sit(member(course, group, at), pair.before, at, seed=n) for n in range(2)]
    assert sorted(forms_of(*began)) == ["A", "B"]
    first = member(course, group, at)
    after = sit(first, pair.after, at)
    assert sit(first, pair.before, at + timedelta(days=1)).form == Form(after.form).other


def test_a_running_test_is_gone_on_with(pair: TwoTests, course: SmallCourse, at: datetime) -> None:
    somebody = member(course, None, at)
    begun = start_attempt(enrolment=somebody, quiz=pair.before, at=at, chance=Random(1))
    again = start_attempt(enrolment=somebody, quiz=pair.before, at=at, chance=Random(2))
    assert (again.pk, again.form) == (begun.pk, begun.form)


def test_a_test_after_whose_test_before_is_gone_still_has_forms(
    pair: TwoTests, course: SmallCourse, at: datetime
) -> None:
    pair.after.pre_test = None
    pair.after.save_revision().publish()
    taken = [sit(member(course, None, at), pair.after, at, seed=n) for n in range(4)]
    assert sorted(forms_of(*taken)) == ["A", "A", "B", "B"]
    assert {attempt.pre_test_key for attempt in taken} == {None}


def test_a_test_without_its_forms_cannot_begin(
    pair: TwoTests, course: SmallCourse, at: datetime
) -> None:
    pair.before.questions = [("draw", {"tags": "easy", "count": 2})]
    pair.before.save_revision().publish()
    with pytest.raises(QuizIsEmpty):
        sit(member(course, None, at), pair.before, at)


def test_an_ordinary_quiz_has_no_form(course: SmallCourse, at: datetime) -> None:
    attempt = start_attempt(enrolment=member(course, None, at), quiz=course.quizzes[0], at=at)
    assert (attempt.form, attempt.pre_test_key, attempt.decides) == ("", None, True)


@everybody_commits
@pytest.mark.parametrize("in_cohort", [True, False])
def test_it_is_balanced_also_when_all_begin_at_once(crowded: SmallCourse, in_cohort: bool) -> None:
    pair, now = pair_of_tests(crowded), timezone.now()
    group = cohort(crowded.edition) if in_cohort else None
    members = [member(crowded, group, now) for _ in range(6)]

    def act(number: int) -> str:
        return start_attempt(enrolment=members[number], quiz=pair.before, at=now).form

    assert sorted(all_at_once(act)) == ["A", "A", "A", "B", "B", "B"]
    assert differences() == []


@everybody_commits
def test_two_clicks_of_one_learner_are_one_form(crowded: SmallCourse) -> None:
    pair, now = pair_of_tests(crowded), timezone.now()
    somebody = member(crowded, cohort(crowded.edition), now)
    got = all_at_once(
        lambda n: start_attempt(enrolment=somebody, quiz=pair.before, at=now).form, crowd=4
    )
    assert len(set(got)) == 1
    assert Attempt.objects.count() == 1
