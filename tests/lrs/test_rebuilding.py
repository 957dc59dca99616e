"""The log alone makes every row again, in whatever order and however often it is read."""

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.extra_time import give_extra_time
from assessments.granting import grant_attempt
from assessments.kinds.long_answer import criteria
from assessments.marking.recording import mark_answer
from assessments.models import Question, Response
from certificates.issuing import finish, issue
from certificates.models import Certificate, Reason
from certificates.revoking import correct, revoke
from courses.editions import publish_edition
from courses.enrolment import enrol, join_cohort, withdraw
from courses.models import Enrolment
from lrs.folding import Change, State, merge
from lrs.log import record
from lrs.models import Statement
from lrs.rebuilding import all_events, differences, projected_models, rebuild
from tests.assessments.every_kind import every_kind
from tests.assessments.practising import practise
from tests.drawing import drawn_as
from tests.factories.certificate_templates import template_of
from tests.factories.courses import SmallCourse, cohort, in_serbian
from tests.factories.forms import pair_of_tests, sit_both
from tests.factories.kinds import question_of
from tests.factories.people import FunctionFactory, UserFactory
from tests.factories.refreshers import refresh, refresher
from tests.support import answer_checks, complete, take
from xapi import statements, verbs

TIMES = st.dictionaries(st.sampled_from("abc"), st.integers(0, 9), max_size=3)


@given(st.lists(st.tuples(TIMES, TIMES), max_size=6), st.randoms(use_true_random=False))
def test_changes_merge_in_any_order_and_any_number(
    times: list[tuple[State, State]], chance: random.Random
) -> None:
    changes = [
        Change(Enrolment, {}, earliest=early, latest={f"{k}!": v for k, v in late.items()})
        for early, late in times
    ]
    again = changes + chance.sample(changes, len(changes) // 2)
    chance.shuffle(again)
    assert merged(again) == merged(changes)


def merged(changes: list[Change]) -> State:
    state: State = {}
    for change in changes:
        merge(state, change)
    return state


@pytest.fixture
def year(course: SmallCourse, at: datetime, monkeypatch: pytest.MonkeyPatch) -> SmallCourse:
    """A year in which everything happens that can: the course is changed in the middle."""
    drawn_as(monkeypatch, lambda sheet: b"%PDF")
    a_learner_completes(course, at)
    a_certificate_is_corrected_and_then_revoked(course, at)
    a_certificate_is_renewed_twice_and_corrected(course, at)
    a_learner_fails_and_is_granted_more(course, at)
    a_learner_practises(course, at)
    a_learner_leaves_and_comes_back(course, at)
    a_learner_joins_a_cohort_later(course, at)
    course.lessons[1].move(course.quizzes[0], pos="right")
    course.quizzes[0].refresh_from_db()
    course.quizzes[0].required = False
    course.quizzes[0].save_revision().publish()
    newer = publish_edition(course=course.course, at=at + timedelta(days=180))
    assert newer.number == 2
    a_learner_completes(course, at + timedelta(days=181))
    a_learner_writes_and_is_graded(course, at + timedelta(days=182))
    a_learner_is_tested_before_and_after(course, at + timedelta(days=183))
    a_shift_leader_completes_in_serbian(course, at + timedelta(days=184))
    return course


def a_learner_completes(course: SmallCourse, at: datetime) -> None:
    enrolment = complete(enrol(user=UserFactory(), course=course.course, at=at), course, at)
    issue(registration=enrolment.registration, at=at + timedelta(hours=2))


def a_shift_leader_completes_in_serbian(course: SmallCourse, at: datetime) -> None:
    enrolment = enrol(user=UserFactory(function=FunctionFactory()), course=course.course, at=at)
    done = complete(enrolment, in_serbian(course), at)
    assert (done.language, done.completed_function_key) == ("sr", "shift-leader")


def a_certificate_is_corrected_and_then_revoked(course: SmallCourse, at: datetime) -> None:
    user = UserFactory()
    enrolment = complete(enrol(user=user, course=course.course, at=at), course, at)
    issue(registration=enrolment.registration, at=at)
    user.name_latin = "Another Name"
    user.save()
    why = {"by": UserFactory(), "words": "Misspelt.", "at": at + timedelta(days=1)}
    first = Certificate.objects.get(registration=enrolment.registration)
    finish(correct(certificate=first, reason=Reason.NAME, **why), at=why["at"])
    second = Certificate.objects.get(replaced_by=None, registration=enrolment.registration)
    revoke(certificate=second, reason=Reason.ERROR, **why)


def a_certificate_is_renewed_twice_and_corrected(course: SmallCourse, at: datetime) -> None:
    user, short = UserFactory(), refresher(course, at)
    enrolment = complete(enrol(user=user, course=course.course, at=at), course, at)
    issue(registration=enrolment.registration, at=at)
    template_of(course.course, validity_months=1)
    for days in (500, 1000):
        day = at + timedelta(days=days)
        issue(registration=refresh(user, short, day).registration, at=day)
    user.name_latin = "Newer Name"
    user.save()
    standing = Certificate.objects.standing().get(registration=enrolment.registration)
    why = {"by": UserFactory(), "words": "Married.", "at": at + timedelta(days=1001)}
    finish(correct(certificate=standing, reason=Reason.NAME, **why), at=why["at"])


def a_learner_fails_and_is_granted_more(course: SmallCourse, at: datetime) -> None:
    enrolment = enrol(user=UserFactory(), course=course.course, at=at)
    for seed in range(3):
        take(enrolment, course.quizzes[1], at + timedelta(hours=seed), right=False, seed=seed)
    grant_attempt(
        trainer=UserFactory(), enrolment=enrolment, quiz=course.quizzes[1], reason="Ill.", at=at
    )
    give_extra_time(
        trainer=UserFactory(), enrolment=enrolment, percent=25, reason="Reads slowly.", at=at
    )
    take(enrolment, course.quizzes[1], at + timedelta(days=1))


def a_learner_practises(course: SmallCourse, at: datetime) -> None:
    enrolment = enrol(user=UserFactory(), course=course.course, at=at)
    take(enrolment, course.quizzes[1], at, right=False)
    for days in (1, 2):
        practise(enrolment, at + timedelta(days=days), right=True)


def a_learner_writes_and_is_graded(course: SmallCourse, at: datetime) -> None:
    question_of("long-answer", every_kind(0)["long-answer"], slug="case", tags=["case"])
    quiz = course.quizzes[0]
    quiz.questions = [("draw", {"tags": "case", "count": 1})]
    quiz.second_grader = True
    quiz.save_revision().publish()
    take(enrol(user=UserFactory(), course=course.course, at=at), quiz, at)
    key = Response.objects.get(graders=2).writing
    assert key
    question = Question.objects.get(slug="case")
    points = {part.key: 2.0 for part in criteria(question.parts())}
    for remark in ("", "Art. 4."):
        mark_answer(grader=uuid4(), writing=key, points=points, remark=remark, at=at)


def a_learner_is_tested_before_and_after(course: SmallCourse, at: datetime) -> None:
    enrolment = enrol(user=UserFactory(), course=course.course, at=at)
    sit_both(enrolment, pair_of_tests(course), at)


def a_learner_joins_a_cohort_later(course: SmallCourse, at: datetime) -> None:
    enrolment = enrol(user=UserFactory(), course=course.course, at=at)
    group = cohort(course.edition)
    join_cohort(enrolment=enrolment, cohort=group, at=at + timedelta(days=1))


def a_learner_leaves_and_comes_back(course: SmallCourse, at: datetime) -> None:
    person = UserFactory()
    first = enrol(user=person, course=course.course, at=at)
    answer_checks(first, course.lessons[0], at)
    withdraw(user=person, enrolment=first, at=at)
    second = enrol(user=person, course=course.course, at=at + timedelta(days=2))
    answer_checks(second, course.lessons[0], at + timedelta(days=2))
    answered = Statement.objects.get(registration=second.registration, verb=verbs.ANSWERED.id)
    record([statements.voided(actor=uuid4(), target=answered.id, at=at)], at=at)


@pytest.mark.django_db
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(chance=st.randoms(use_true_random=False))
def test_rebuilt_is_live_in_any_order(year: SmallCourse, chance: random.Random) -> None:
    log = list(all_events())
    log += chance.sample(log, len(log) // 3)
    chance.shuffle(log)
    assert differences(log) == []


@pytest.mark.django_db
def test_no_projection_is_left_out_of_the_comparison(year: SmallCourse) -> None:
    assert [m._meta.label for m in projected_models() if not m._default_manager.exists()] == []


@pytest.fixture(params=["in one piece", "in slices"])
def log_is_folded(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A log of more statements than are folded at once is folded slice by slice."""
    if request.param == "in slices":
        monkeypatch.setattr("lrs.rebuilding._AT_ONCE", 1)
    return str(request.param)


@pytest.mark.django_db
def test_thrown_away_rows_come_back_the_same(year: SmallCourse, log_is_folded: str) -> None:
    before = table(Enrolment), table(Certificate)
    for model in projected_models():
        model._default_manager.all().delete()
    rebuild()
    assert (table(Enrolment), table(Certificate)) == before
    assert differences() == []


def table(model: Any) -> list[dict[str, Any]]:
    return list(model.objects.order_by("pk").values())


@pytest.mark.django_db
def test_slices_hold_each_registration_once(
    course: SmallCourse, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those at the bounds, too."""
    monkeypatch.setattr("lrs.rebuilding._AT_ONCE", 1)
    monkeypatch.setattr("lrs.rebuilding._SLICES", 4)
    keys = [UUID(int=0), UUID(int=2**128 - 1)]
    keys += [UUID(int=2**126 * number + step) for number in (1, 2, 3) for step in (-1, 0, 1)]
    for key in keys:
        Enrolment.objects.create(registration=key, actor=uuid4(), course_key=uuid4())
    enrol(user=UserFactory(), course=course.course, at=at)
    enrol(user=UserFactory(), course=course.course, at=at)
    assert sorted(one.key for one in differences()) == sorted((key,) for key in keys)


def tamper_with_a_row() -> None:
    Enrolment.objects.filter(completed_at__isnull=False).update(result=0.99)


def lose_a_row() -> None:
    Enrolment.objects.order_by("pk")[:1].get().delete()


def invent_a_row() -> None:
    Enrolment.objects.create(registration=uuid4(), actor=uuid4(), course_key=uuid4())


@pytest.mark.django_db
@pytest.mark.parametrize("do_harm", [tamper_with_a_row, lose_a_row, invent_a_row])
def test_the_check_finds_every_difference(
    enrolment: Enrolment,
    course: SmallCourse,
    at: datetime,
    do_harm: Any,
    capsys: pytest.CaptureFixture[str],
    log_is_folded: str,
) -> None:
    complete(enrolment, course, at)
    call_command("rebuild_projections", check=True)
    assert "0 differences" in capsys.readouterr().out
    do_harm()
    with pytest.raises(SystemExit) as end:
        call_command("rebuild_projections", check=True)
    assert end.value.code == 1
    assert "1 differences" in capsys.readouterr().out
    call_command("rebuild_projections")
    call_command("rebuild_projections", check=True)
