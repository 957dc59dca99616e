"""Learners who take one quiz: `python -m tests.e2e.crowd COUNT` writes them to `crowd.json`.

For each a session, the address of an attempt that has begun, and the registration.
"""

import json
import sys

import django

if __name__ == "__main__":
    django.setup()

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.attempts import start_attempt
from assessments.models import QuizPage
from courses.enrolment import enrol
from courses.models import CoursePage, Enrolment
from tests.factories.people import UserFactory
from tests.support import sign_in


def main(count: int) -> None:
    quiz = QuizPage.objects.filter(live=True, locale__language_code="en").order_by("path")[0]
    course = CoursePage.objects.ancestor_of(quiz).get()
    crowd = [_learner(number, course, quiz) for number in range(count)]
    (settings.VAR_DIR / "crowd.json").write_text(json.dumps(crowd))


def _learner(number: int, course: CoursePage, quiz: QuizPage) -> dict[str, str]:
    user = UserFactory(email=f"restless{number}@example.org")
    enrolment: Enrolment = enrol(user=user, course=course, at=timezone.now())
    attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=timezone.now())
    return {
        "session": sign_in(Client(), user).cookies["sessionid"].value,
        "attempt": reverse("attempt", args=[quiz.key, attempt.number]),
        "registration": str(enrolment.registration),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))
