"""Learners at work: the real functions, in the order of a real afternoon."""

import random
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.test import Client

from assessments.attempts import start_attempt
from assessments.drafts import save_choice
from assessments.grading import submit_attempt
from assessments.models import Attempt, QuizPage
from assessments.papers import frozen_questions
from config.demo.answering import right_answer, wrong_answer
from courses.models import Enrolment, LessonPage
from courses.self_checks import answer_self_check
from courses.study import finish_lesson
from lrs.work import PatientWorker, worker_id
from people.models import User


def sign_in(client: Client, user: User, *, second_factor: bool = False) -> Client:
    """Return the client, signed in; with the second factor if so asked."""
    client.force_login(user)
    if second_factor:
        session = client.session
        record_authentication(SimpleNamespace(session=session, user=user), user, "mfa")
        session.save()
    return client


def work() -> None:
    """Let a worker do everything that is due."""
    PatientWorker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id(),
        excluded_queue_names=[],
    ).run()


def answer_checks(enrolment: Enrolment, page: LessonPage, at: datetime) -> None:
    """Answer every self-check of a lesson."""
    for block in page.body:
        if block.block_type == "self_check":
            right = next(o for o in block.value["options"].bound_blocks if o.value["correct"])
            answer_self_check(
                enrolment=enrolment,
                page=page,
                block_id=block.id,
                choice=right.id,
                token="form-1",
                at=at,
            )


def read(enrolment: Enrolment, page: LessonPage, at: datetime) -> None:
    """Read a lesson to its end."""
    answer_checks(enrolment, page, at)
    finish_lesson(enrolment=enrolment, page=page, at=at + timedelta(minutes=8))


def take(
    enrolment: Enrolment, quiz: QuizPage, at: datetime, *, right: bool = True, seed: int = 1
) -> Attempt:
    """Take a quiz, with every answer right or every answer wrong."""
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at, chance=random.Random(seed))
    for question in frozen_questions(attempt):
        chance = random.Random(seed)
        save_choice(
            attempt=attempt,
            question_key=question.key,
            choices=right_answer(question) if right else wrong_answer(question, chance),
            version=0,
            at=at,
        )
    return submit_attempt(
        enrolment=enrolment, quiz=quiz, number=attempt.number, at=at + timedelta(minutes=5)
    )


def complete(enrolment: Enrolment, course: Any, at: datetime) -> Enrolment:
    """Read every lesson and pass every quiz."""
    for lesson in course.lessons:
        read(enrolment, lesson, at)
    for quiz in course.quizzes:
        take(enrolment, quiz, at + timedelta(hours=1))
    enrolment.refresh_from_db()
    return enrolment
