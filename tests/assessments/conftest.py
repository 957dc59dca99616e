"""A learner in the first attempt of the quiz that a story sets up as its `quiz`."""

import pytest
from django.test import Client
from django.utils import timezone

from assessments.attempts import start_attempt
from assessments.models import Attempt, QuizPage
from assessments.papers import FrozenQuestion, frozen_questions
from courses.models import Enrolment
from people.models import User
from tests.support import sign_in


@pytest.fixture
def attempt(quiz: QuizPage, enrolment: Enrolment) -> Attempt:
    return start_attempt(enrolment=enrolment, quiz=quiz, at=timezone.now())


@pytest.fixture
def browser(client: Client, learner: User, attempt: Attempt) -> Client:
    """The learner's browser, once the attempt has begun."""
    return sign_in(client, learner)


@pytest.fixture
def paper(attempt: Attempt) -> list[FrozenQuestion]:
    return frozen_questions(attempt)
