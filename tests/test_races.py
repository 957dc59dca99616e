"""Many at once, each with a connection of its own: one event, one verdict, one certificate."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from assessments.attempts import start_attempt
from assessments.drafts import save_choice
from assessments.errors import AnsweredInPractice, StaleAnswer
from assessments.grading import submit_attempt
from assessments.models import Attempt, DraftAnswer, PracticeAnswer, PracticeRound
from assessments.papers import frozen, frozen_questions
from assessments.practice.checking import check_practice
from assessments.practice.rounds import begin_round
from certificates.errors import BeingIssued
from certificates.issuing import issue
from certificates.models import Sheet
from courses.enrolment import enrol
from courses.models import Enrolment, ModuleProgress
from lrs.models import Statement
from lrs.rebuilding import differences
from people.models import User
from tests.crowds import CROWD, all_at_once
from tests.drawing import drawn_as
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory
from tests.factories.refreshers import refresh, refresher
from tests.lrs import tasks
from tests.support import complete, read, take, work
from xapi import verbs


def count(verb: Any) -> int:
    return Statement.objects.filter(verb=verb.id).count()


def test_a_crowd_of_clicks_is_one_journey(crowded: SmallCourse, at: datetime) -> None:
    course, quiz = crowded.course, crowded.quizzes[0]
    user = UserFactory()
    got = all_at_once(lambda n: enrol(user=User.objects.get(pk=user.pk), course=course, at=at))
    enrolment = Enrolment.objects.get()
    assert got == [enrolment] * CROWD

    got = all_at_once(lambda n: start_attempt(enrolment=enrolment, quiz=quiz, at=at))
    attempt = Attempt.objects.get()
    assert got == [attempt] * CROWD

    question = frozen_questions(attempt)[0]
    options = [option.key for option in question.options]

    def choose(number: int) -> int:
        choices = [options[number % 3]]
        return save_choice(
            attempt=attempt, question_key=question.key, choices=choices, version=0, at=at
        )

    got = all_at_once(choose)
    assert DraftAnswer.objects.get().version == 1
    assert {type(answer) for answer in got} == {int, StaleAnswer}

    submit = {"enrolment": enrolment, "quiz": quiz, "number": 1, "at": at}
    verdicts = all_at_once(lambda n: submit_attempt(**submit).finished_at)
    assert verdicts == [at] * CROWD
    assert (count(verbs.PASSED) + count(verbs.FAILED), count(verbs.ANSWERED)) == (1, 2)
    assert differences() == []


def test_a_crowd_of_clicks_is_one_answer_in_one_round(crowded: SmallCourse, at: datetime) -> None:
    enrolment = enrol(user=UserFactory(), course=crowded.course, at=at)
    take(enrolment, crowded.quizzes[0], at, right=False)
    begun = {one.key for one in all_at_once(lambda n: begin_round(enrolment=enrolment, at=at))}
    practised = PracticeRound.objects.get()
    assert begun == {practised.key}
    question = frozen(practised.drawn)[0]
    options = [option.key for option in question.options]
    before = count(verbs.ANSWERED)

    def check(number: int) -> None:
        check_practice(
            enrolment=enrolment,
            round_key=practised.key,
            question_key=question.key,
            answer=[options[number % 3]],
            at=at,
        )

    got = all_at_once(check)
    assert {type(answer) for answer in got} == {type(None), AnsweredInPractice}
    assert count(verbs.ANSWERED) == before + 1
    practised.refresh_from_db()
    assert practised.given == {str(question.key): [PracticeAnswer.objects.get().response]}
    assert differences() == []


def test_racing_workers_issue_one_certificate(
    crowded: SmallCourse, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn_as(monkeypatch, lambda sheet: sheet.serial.encode())
    enrolment = complete(enrol(user=UserFactory(), course=crowded.course, at=at), crowded, at)
    got = all_at_once(lambda n: issue(registration=enrolment.pk, at=at))
    sheet = Sheet.objects.get()
    assert sheet in got
    assert all(one == sheet or isinstance(one, BeingIssued) for one in got)
    assert sheet.file.read() == sheet.serial.encode()
    folder, _, name = sheet.file.name.rpartition("/")
    files = sheet.file.storage.listdir(folder)[1]
    assert [file for file in files if str(sheet.key) in file] == [name]
    assert count(verbs.EARNED) == 1


def test_racing_workers_renew_a_certificate_once(
    crowded: SmallCourse, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn_as(monkeypatch, lambda sheet: sheet.serial.encode())
    user, short = UserFactory(), refresher(crowded, at)
    held = complete(enrol(user=user, course=crowded.course, at=at), crowded, at)
    first = issue(registration=held.pk, at=at)
    assert first
    done = refresh(user, short, at + timedelta(days=500))
    got = all_at_once(lambda n: issue(registration=done.pk, at=at + timedelta(days=500)))
    new = Sheet.objects.exclude(key=first.key).get()
    assert new.replaces == first.key
    assert new in got
    assert all(one == new or isinstance(one, BeingIssued) for one in got)
    assert count(verbs.EARNED) == 2
    assert differences() == []


def test_everybody_is_recorded_and_nobody_waits_for_ever(
    crowded: SmallCourse, at: datetime
) -> None:
    everybody = [enrol(user=UserFactory(), course=crowded.course, at=at) for _ in range(CROWD)]

    def study(number: int) -> None:
        for lesson in crowded.lessons:
            read(everybody[number], lesson, at)

    assert all_at_once(study) == [None] * CROWD
    assert count(verbs.COMPLETED) == 2 * CROWD
    assert not ModuleProgress.objects.exists()
    assert differences() == []


def test_two_workers_share_the_work_and_do_nothing_twice(crowded: SmallCourse) -> None:
    tasks.done.clear()
    for number in range(12):
        tasks.note.enqueue(str(number))
    assert all_at_once(lambda n: work(), crowd=2) == [None, None]
    assert sorted(tasks.done, key=int) == [str(number) for number in range(12)]
