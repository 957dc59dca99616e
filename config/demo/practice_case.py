"""The practice case of the demo: a few learners take it, a trainer grades all but one of them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from assessments.attempts import start_attempt
from assessments.drafts import save_choice
from assessments.grading import responses_of, submit_attempt
from assessments.kinds.long_answer import criteria
from assessments.marking.recording import mark_answer
from assessments.models import Attempt, QuizPage
from assessments.papers import FrozenQuestion, frozen_questions
from config.demo.answering import right_answer
from config.demo.files import read
from courses.editions import current_edition
from courses.models import CoursePage, Enrolment
from people.actors import actor_id
from people.models import User

_SLUG = "practice-case"
_SEED = 388
_WRITTEN, _GRADED = timedelta(days=2), timedelta(days=1)


@dataclass(frozen=True)
class Paper:
    """What somebody does in the case, and what it is given; without points it waits."""

    places: int
    sure: int
    words: str
    points: tuple[int, ...] = ()
    remark: str = ""


def load_practice_case(*, course: CoursePage, at: datetime) -> int:
    """Let some of those who have studied take the case, if nobody has; return how many did."""
    quiz = QuizPage.objects.live().descendant_of(course).get(slug=_SLUG)
    if Attempt.objects.filter(quiz_key=quiz.key).exists():
        return 0
    grader = actor_id(User.objects.get(email="trainer@example.org"))
    papers = [Paper(**said) for said in read("practice-case.yaml")["papers"]]
    taken = list(zip(_takers(course, at), papers, strict=False))
    for number, (enrolment, paper) in enumerate(taken):
        with transaction.atomic():
            attempt = _take(enrolment, quiz, paper, at - _WRITTEN + timedelta(hours=number))
            if paper.points:
                _grade(attempt, paper, grader, at - _GRADED + timedelta(hours=number))
    return len(taken)


def _takers(course: CoursePage, at: datetime) -> Iterator[Enrolment]:
    """Yield those who have completed the edition that holds the case, some days ago."""
    edition = current_edition(course.translation_key)
    done = Enrolment.objects.active().filter(
        course_key=course.translation_key,
        edition=edition.number if edition else None,
        completed_at__lt=at - _WRITTEN - timedelta(days=1),
    )
    return done.order_by("enrolled_at").iterator()


def _take(enrolment: Enrolment, quiz: QuizPage, paper: Paper, at: datetime) -> Attempt:
    chance = random.Random(_SEED)
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=at, chance=chance)
    for question in frozen_questions(attempt):
        save_choice(
            attempt=attempt,
            question_key=question.key,
            choices=_answer(question, paper),
            version=0,
            at=at + timedelta(minutes=12),
        )
    ended = at + timedelta(minutes=18)
    return submit_attempt(enrolment=enrolment, quiz=quiz, number=attempt.number, at=ended)


def _answer(question: FrozenQuestion, paper: Paper) -> list[str]:
    if question.kind == "hotspot":
        return right_answer(question)[: paper.places]
    if question.kind == "likert":
        return [question.options_as_written[paper.sure].key]
    return [paper.words]


def _grade(attempt: Attempt, paper: Paper, grader: UUID, at: datetime) -> None:
    [question] = [one for one in frozen_questions(attempt) if one.of_kind.is_graded]
    [written] = [one.writing for one in responses_of(attempt) if one.question_key == question.key]
    if written is None:
        raise LookupError(f"{question.stem}: nothing was written")
    keys = [criterion.key for criterion in criteria(question.options_as_written)]
    mark_answer(
        grader=grader,
        writing=written,
        points=dict(zip(keys, paper.points, strict=True)),
        remark=paper.remark,
        at=at,
    )
