"""A question of any kind from the first click to the result, by the real functions."""

import random
from datetime import datetime, timedelta

from assessments.attempts import start_attempt
from assessments.drafts import save_choice
from assessments.grading import submit_attempt
from assessments.models import Attempt, Question, Response
from assessments.papers import FrozenQuestion, frozen_questions
from assessments.results import ShownQuestion, result_of
from courses.models import Enrolment
from lrs.rebuilding import differences
from tests.factories.courses import SmallCourse


def begin(
    enrolment: Enrolment, course: SmallCourse, at: datetime
) -> tuple[Attempt, FrozenQuestion]:
    """Begin the first quiz of the course, whose only question is in the bank."""
    attempt = start_attempt(
        enrolment=enrolment, quiz=course.quizzes[0], at=at, chance=random.Random(1)
    )
    return attempt, frozen_questions(attempt)[0]


def play(
    enrolment: Enrolment, course: SmallCourse, answer: list[str], at: datetime
) -> tuple[Response, ShownQuestion]:
    """Answer the only question; return what the log says of it, and what the learner is shown."""
    attempt, question = begin(enrolment, course, at)
    if answer:
        save_choice(attempt=attempt, question_key=question.key, choices=answer, version=0, at=at)
    done = submit_attempt(
        enrolment=enrolment,
        quiz=course.quizzes[0],
        number=attempt.number,
        at=at + timedelta(minutes=1),
    )
    assert differences() == []
    return Response.objects.get(question_key=question.key), result_of(done).questions[0]


def alone(course: SmallCourse, made: Question) -> Question:
    """Make a question the only one of the first quiz."""
    Question.objects.exclude(pk=made.pk).delete()
    quiz = course.quizzes[0]
    quiz.questions = [("draw", {"tags": "alone", "count": 1})]
    quiz.save_revision().publish()
    quiz.refresh_from_db()
    return made


def hand_in(enrolment: Enrolment, course: SmallCourse, answer: list[str], at: datetime) -> None:
    """Answer the only question and submit, without a look at anything."""
    attempt, question = begin(enrolment, course, at)
    save_choice(attempt=attempt, question_key=question.key, choices=answer, version=0, at=at)
    submit_attempt(enrolment=enrolment, quiz=course.quizzes[0], number=attempt.number, at=at)
