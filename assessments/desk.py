"""A learner before a quiz: whose attempts they are, and what is said to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from assessments.asking import Asked, paper_of
from assessments.attempts import attempt_of
from assessments.drafts import Answers
from assessments.errors import AttemptNotFound
from assessments.models import Attempt, Confidence, Feedback, QuizPage
from assessments.overview import Overview
from assessments.recorded import open_questions
from courses.enrolment import enrolment_of
from courses.models import CoursePage, Enrolment
from courses.outline import course_of, page_of
from people.signed_in import signed_in
from serbian import in_script


@dataclass
class Desk:
    """A learner before a quiz."""

    quiz: QuizPage
    course: CoursePage
    enrolment: Enrolment

    def attempt(self, number: int) -> Attempt:
        """Return the learner's own attempt. Raises Http404."""
        try:
            return attempt_of(enrolment=self.enrolment, quiz=self.quiz, number=number)
        except AttemptNotFound as error:
            raise Http404(str(error)) from error

    def paper(
        self, attempt: Attempt, *, others: Answers | None = None, asked_for: Mapping[str, str] = {}
    ) -> dict[str, Any]:
        """Return what the page of an attempt shows; `others` were sent and are not saved.

        Where one question comes after the other it shows that one alone, or the one that was
        `checked` just now; `open` says that somebody wanted to go on without an answer.
        """
        questions = paper_of(attempt, others)
        count = len(questions)
        if attempt.is_sequential:
            questions = _turn(attempt, questions, asked_for.get("checked", ""))
        return {
            "count": count,
            "is_last": not questions or questions[-1].number == count,
            "is_left_open": any(str(q.key) == asked_for.get("open") for q in questions),
            "confidences": Confidence.choices,
            "quiz": self.quiz,
            "course": self.course,
            "attempt": attempt,
            "questions": questions,
            "overview": Overview(questions),
        }


def _turn(attempt: Attempt, paper: list[Asked], checked: str) -> list[Asked]:
    """Return the question whose turn it is, as a list of one; of none at the end."""
    for asked in paper:
        if asked.reviewed and str(asked.key) == checked and attempt.feedback == Feedback.IMMEDIATE:
            return [asked]
    now = open_questions(attempt)
    return [asked for asked in paper if asked.key in now]


def desk_of(request: HttpRequest, key: UUID) -> Desk:
    """Return the signed-in learner before a quiz. Raises Http404 if it is not theirs to take."""
    quiz = page_of(key=key)
    if not isinstance(quiz, QuizPage):
        raise Http404
    course = course_of(quiz)
    enrolment = enrolment_of(user=signed_in(request), course_key=course.translation_key)
    if enrolment is None:
        raise Http404
    return Desk(quiz=quiz, course=course, enrolment=enrolment)


def said(message: object) -> str:
    """Return a message in the reader's script: what is not a page is not converted on its way."""
    return in_script(str(message), get_language() or "")
