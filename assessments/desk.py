"""A learner before a quiz: whose attempts they are, and what is said to them."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from assessments.attempts import attempt_of
from assessments.errors import AttemptNotFound
from assessments.models import Attempt, QuizPage
from assessments.sitting import OwnSitting
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

    def sitting(self, number: int) -> OwnSitting:
        """Return the learner before the own attempt. Raises Http404."""
        return OwnSitting(self.quiz, self.course, self.enrolment, self.attempt(number))


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
