"""The language in which a course was completed: that of the page, whoever brings the verdict."""

import json
import random
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from assessments.attempts import start_attempt
from assessments.drafts import save_choice
from assessments.grading import submit_attempt
from assessments.languages import language_of
from assessments.marking.recording import mark_answer
from assessments.models import Attempt, QuizPage, Response
from assessments.papers import frozen_questions
from assessments.regrading.decisions import decide
from config.demo.answering import right_answer
from courses.models import Enrolment
from lrs.models import Statement
from lrs.rebuilding import differences
from people.models import User
from tests.assessments.every_kind import every_kind
from tests.assessments.playing import alone, hand_in
from tests.factories.courses import SmallCourse, question
from tests.factories.kinds import parts_of, question_of
from tests.factories.remembered import remembered_in_serbian
from tests.support import answer_checks, complete, read, sign_in, take, work
from xapi import types, verbs
from xapi.data import check_statement

pytestmark = pytest.mark.django_db

SOON = timedelta(hours=2)


@pytest.fixture
def serbian(course: SmallCourse) -> SmallCourse:
    return remembered_in_serbian(course)


def completed_course() -> dict[str, Any]:
    """Return the one statement that says that a course was completed."""
    where = {"verb": verbs.COMPLETED.id, "activity_type": types.COURSE}
    body: dict[str, Any] = json.loads(Statement.objects.get(**where).body)
    check_statement(body, "1.0.3")
    return body["context"]


def language(enrolment: Enrolment) -> str:
    """Return the language of training, after a look at the log."""
    enrolment.refresh_from_db()
    assert enrolment.completed_at
    assert completed_course().get("language", "") == enrolment.language
    assert differences() == []
    return enrolment.language


def test_it_is_that_of_the_page_whatever_the_language_of_the_site(
    course: SmallCourse, serbian: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    """Everything but the last test is read in English."""
    for lesson in course.lessons:
        read(enrolment, lesson, at)
    take(enrolment, course.quizzes[0], at)
    with override("en"):
        take(enrolment, serbian.quizzes[1], at + SOON)
    assert language(enrolment) == "sr"


def test_a_lesson_that_comes_last_says_it_too(
    course: SmallCourse, serbian: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    for quiz in serbian.quizzes:
        take(enrolment, quiz, at)
    read(enrolment, serbian.lessons[0], at)
    read(enrolment, course.lessons[1], at)
    assert language(enrolment) == "en"


@pytest.mark.parametrize(("prefix", "said"), [("en", "en"), ("sr", "sr"), ("sr-latn", "sr")])
def test_the_script_is_no_part_of_it(
    course: SmallCourse,
    serbian: SmallCourse,
    enrolment: Enrolment,
    learner: User,
    client: Client,
    at: datetime,
    prefix: str,
    said: str,
) -> None:
    for quiz in course.quizzes:
        take(enrolment, quiz, at)
    read(enrolment, course.lessons[0], at)
    answer_checks(enrolment, course.lessons[1], at)
    with override(prefix):
        address = reverse("finish_lesson", args=[course.lessons[1].key])
    assert sign_in(client, learner).post(address).status_code == 302
    assert language(enrolment) == said


def test_nothing_was_learned_by_enrolling(
    serbian: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    read(enrolment, serbian.lessons[0], at)
    enrolment.refresh_from_db()
    assert enrolment.language == ""
    registered = json.loads(Statement.objects.get(verb=verbs.REGISTERED.id).body)
    assert "language" not in registered["context"]


# --- verdicts that come later ---------------------------------------------------------------


def all_but(quiz: QuizPage, enrolment: Enrolment, course: SmallCourse, at: datetime) -> None:
    for lesson in course.lessons:
        read(enrolment, lesson, at)
    for other in course.quizzes:
        if other.key != quiz.key:
            take(enrolment, other, at)


def test_who_grades_has_a_language_of_their_own(
    course: SmallCourse, serbian: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    rubric = every_kind(0)["long-answer"]
    all_but(course.quizzes[0], enrolment, course, at)
    alone(course, question_of("long-answer", rubric, slug="case", tags=["alone"]))
    hand_in(enrolment, serbian, ["Пасоши су код власника."], at)
    assert language_of(Attempt.objects.get(quiz_key=course.quizzes[0].key)) == "sr"
    keys = [part.key for part in parts_of(rubric, "case") if part.type == "criterion"]
    points = dict(zip(keys, (4.0, 2.0), strict=True))
    key = Response.objects.exclude(writing=None).get().writing
    assert key
    mark_answer(grader=uuid4(), writing=key, points=points, remark="", at=at + SOON)
    assert language(enrolment) == "sr"


def test_what_the_clock_hands_in_was_written_where_it_was_begun(
    course: SmallCourse, serbian: SmallCourse, enrolment: Enrolment
) -> None:
    then = timezone.now() - timedelta(hours=1)
    last = serbian.quizzes[1]
    all_but(last, enrolment, course, then)
    QuizPage.objects.filter(translation_key=last.key).update(time_limit=20)
    begin(enrolment, last, then)
    work()
    assert language(enrolment) == "sr"


def begin(enrolment: Enrolment, quiz: QuizPage, at: datetime) -> Attempt:
    """Begin an attempt and answer everything right, without handing it in."""
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at, chance=random.Random(1))
    for asked in frozen_questions(attempt):
        right = right_answer(asked)
        save_choice(attempt=attempt, question_key=asked.key, choices=right, version=0, at=at)
    return attempt


def test_an_answer_scored_anew_keeps_the_language_of_its_attempt(
    course: SmallCourse, serbian: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    all_but(course.quizzes[0], enrolment, course, at)
    only = alone(course, question("one", tags=["alone"], right=(0,)))
    hand_in(enrolment, serbian, [str(only.parts()[1].key)], at)
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None
    blocks: list[dict[str, Any]] = list(only.options.get_prep_value())
    for number, block in enumerate(blocks):
        block["value"]["correct"] = number == 1
    only.options = blocks
    only.save_revision().publish()
    only.refresh_from_db()
    decide(question=only, keeps=False, reason="Art. 4.", by=uuid4(), at=at + SOON)
    work()
    assert language(enrolment) == "sr"


# --- what the log did not say ---------------------------------------------------------------


def without_language(row: Statement) -> None:
    body = json.loads(row.body)
    body["context"].pop("language", None)
    Statement.objects.filter(pk=row.pk).update(body=json.dumps(body))


def test_an_old_log_folds_as_before(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    done = complete(enrolment, course, at)
    assert done.language == "en"
    for row in Statement.objects.all():
        without_language(row)
    Enrolment.objects.update(language="")
    assert differences() == []
    assert language_of(Attempt.objects.filter(registration=done.pk)[0]) == ""


def test_a_statement_has_the_id_it_always_had(
    course: SmallCourse, serbian: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    """Read once more in the other language, nothing new is recorded."""
    read(enrolment, course.lessons[0], at)
    before = set(Statement.objects.values_list("id", "body"))
    read(enrolment, serbian.lessons[0], at + SOON)
    assert set(Statement.objects.values_list("id", "body")) == before


def test_whoever_hands_in_in_another_language_completes_in_that(
    course: SmallCourse, serbian: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    last = course.quizzes[1]
    all_but(last, enrolment, course, at)
    attempt = begin(enrolment, last, at)
    submit_attempt(enrolment=enrolment, quiz=serbian.quizzes[1], number=attempt.number, at=at)
    assert language(enrolment) == "sr"
