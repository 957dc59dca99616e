"""A pair of tests, before and after, with the same two forms; and people who take them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from assessments.attempts import start_attempt
from assessments.drafts import save_choice
from assessments.grading import submit_attempt
from assessments.models import Attempt, Form, Question, QuizPage, Role
from assessments.papers import frozen_questions
from config.demo.answering import right_answer, wrong_answer
from courses.models import Enrolment
from tests.factories.courses import SmallCourse, objective, published, question

ABOUT = ("elements", "elements", "consent", "consent")  # what each of four questions is about


@dataclass
class TwoTests:
    """The two tests of a course."""

    before: QuizPage
    after: QuizPage


def form_questions(form: str, prefix: str = "") -> list[Question]:
    """Return four published questions of a form, two on each of two objectives."""
    found = []
    for number, about in enumerate(ABOUT):
        made = question(f"{prefix}form-{form.lower()}-{number}", tags=[f"{prefix}form-{form}"])
        made.objective = objective(about)
        made.save()
        found.append(published(made))
    return found


def in_forms(questions: dict[str, list[Question]]) -> list[Any]:
    """Return the stream of a quiz with these questions in their forms."""
    blocks: list[Any] = []
    for form, asked in questions.items():
        blocks.append(("form", form))
        blocks += [("question", one) for one in asked]
    return blocks


def pair_of_tests(course: SmallCourse) -> TwoTests:
    """Make the two quizzes of a course a test before and a test after."""
    before, after = course.quizzes
    blocks = in_forms({form: form_questions(form) for form in Form.values})
    before.title, after.title = "What you know", "What you have learned"
    before.role, before.required, before.questions = Role.PRE_TEST, False, blocks
    before.save_revision().publish()
    before.refresh_from_db()
    after.role, after.pre_test, after.questions = Role.POST_TEST, before, blocks
    after.save_revision().publish()
    after.refresh_from_db()
    return TwoTests(before, after)


def sit(
    enrolment: Enrolment,
    quiz: QuizPage,
    at: datetime,
    *,
    right: Collection[int] = (),
    seed: int = 1,
) -> Attempt:
    """Take a test with these of its four questions answered rightly, the others wrongly."""
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at, chance=Random(seed))
    slugs = dict(Question.objects.values_list("translation_key", "slug"))
    for asked in frozen_questions(attempt):
        number = int(slugs[asked.key].rpartition("-")[2])
        given = right_answer(asked) if number in right else wrong_answer(asked, Random(seed))
        save_choice(attempt=attempt, question_key=asked.key, choices=given, version=0, at=at)
    done = at + timedelta(minutes=5)
    return submit_attempt(enrolment=enrolment, quiz=quiz, number=attempt.number, at=done)


def sit_both(
    enrolment: Enrolment,
    pair: TwoTests,
    at: datetime,
    *,
    before: Collection[int] = (),
    after: Collection[int] = (0, 1, 2, 3),
    seed: int = 1,
) -> tuple[Attempt, Attempt]:
    """Take both tests, a day apart."""
    first = sit(enrolment, pair.before, at, right=before, seed=seed)
    return first, sit(enrolment, pair.after, at + timedelta(days=1), right=after, seed=seed)
