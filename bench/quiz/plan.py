"""Prepares learners who may begin one quiz: `python -m bench.quiz.plan LEARNERS QUESTIONS`.

Prints as JSON the address of the quiz, and for each learner a cookie and the registration.
"""

import json
import random
import sys

import django

django.setup()

from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from assessments.models import Question, QuizPage
from bench.site import people_of_all_kinds, session_cookie
from config.demo.loader import load_content
from courses.enrolment import enrol
from courses.models import CoursePage
from people.models import User

# Whatever is ticked: what was chosen is what the log says.
_KINDS = ("choice", "multiple", "true-false")
_TAG = "bench"


def main() -> None:
    call_command("migrate", verbosity=0)
    course = load_content(at=timezone.now())
    quiz = _long_quiz(course, int(sys.argv[2]))
    people = people_of_all_kinds(random.Random(1), int(sys.argv[1]))
    with transaction.atomic():
        learners = [_enrolled(user, course) for user in people]
    print(json.dumps({"begin": reverse("begin_attempt", args=[quiz.key]), "learners": learners}))


def _long_quiz(course: CoursePage, count: int) -> QuizPage:
    """Let the first quiz draw so many questions from all that the course has."""
    for question in Question.objects.filter(kind__in=_KINDS, locale__language_code="en"):
        question.tags.add(_TAG)
        question.save()
    quiz = QuizPage.objects.live().descendant_of(course).order_by("path")[0]
    quiz.questions = [("draw", {"tags": _TAG, "count": count})]
    quiz.save_revision().publish()
    return quiz


def _enrolled(user: User, course: CoursePage) -> dict[str, str]:
    enrolment = enrol(user=user, course=course, at=timezone.now())
    return {"cookie": session_cookie(user), "registration": str(enrolment.registration)}


if __name__ == "__main__":
    main()
