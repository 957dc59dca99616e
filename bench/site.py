"""The site that is measured: the demo's core course, 1,000 enrolled learners, one officer."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction

from assessments.attempts import start_attempt
from assessments.models import Attempt, QuizPage
from courses.enrolment import enrol
from courses.models import CoursePage, Enrolment, LessonPage
from courses.study import finish_lesson, start
from people.clients import issue_token
from people.models import Institution, Mandate, Profession, User

LEARNERS = 1000
CONNECTIONS = 8
_SEED = 20261124


@dataclass
class Measured:
    """What the requests need: who asks, and for what."""

    course: CoursePage
    lesson: LessonPage
    attempt: Attempt
    quiz: QuizPage
    attempts: list[tuple[User, Attempt]]
    learner: User
    officer: User
    token: str


def populate(*, course: CoursePage, at: datetime) -> Measured:
    """Enrol 1,000 learners by the real functions, every third somewhere in the course."""
    chance = random.Random(_SEED)
    lessons = list(LessonPage.objects.live().descendant_of(course).order_by("path"))
    quizzes = list(QuizPage.objects.live().descendant_of(course).order_by("path"))
    people = people_of_all_kinds(chance, LEARNERS)
    enrolments: list[Enrolment] = []
    for first in range(0, LEARNERS, 100):
        with transaction.atomic():
            for user in people[first : first + 100]:
                enrolments.append(enrol(user=user, course=course, at=at))
    with transaction.atomic():
        for enrolment in enrolments[::3]:
            start(enrolment=enrolment, page=lessons[0], at=at)
    quiz = quizzes[0]
    attempts = [
        (user, start_attempt(enrolment=enrolment, quiz=quiz, at=at))
        for user, enrolment in zip(people[: CONNECTIONS + 1], enrolments, strict=False)
    ]
    finish_plain_lesson(enrolments[0], lessons, at)
    officer, token = _readers(at)
    return Measured(
        course=course,
        lesson=lessons[0],
        attempt=attempts[0][1],
        quiz=quiz,
        attempts=attempts,
        learner=people[0],
        officer=officer,
        token=token,
    )


def people_of_all_kinds(chance: random.Random, count: int) -> list[User]:
    """Create so many people of any profession and institution; nobody of them has signed in."""
    professions = list(Profession.objects.all())
    institutions = list(Institution.objects.all())
    people = [
        User(
            email=f"bench{number}@example.org",
            password="!",  # nobody signs in with a password here
            name_cyrillic=f"Учесник {number}",
            name_latin=f"Učesnik {number}",
            profession=chance.choice(professions),
            institution=chance.choice(institutions),
            language="en",
        )
        for number in range(count)
    ]
    return User.objects.bulk_create(people)


def finish_plain_lesson(enrolment: Enrolment, lessons: list[LessonPage], at: datetime) -> None:
    """Finish the first lesson that asks nothing, so that there is progress to show."""
    plain = next((page for page in lessons if not page.self_checks()), None)
    if plain:
        finish_lesson(enrolment=enrolment, page=plain, at=at + timedelta(minutes=8))


def _readers(at: datetime) -> tuple[User, str]:
    officer = User.objects.create(email="bench-officer@example.org", password="!", language="en")
    client, token = issue_token(name="bench")
    for holder in ({"holder": officer}, {"client": client}):
        mandate = Mandate.objects.create(name="bench", valid_from=at.date(), **holder)
        mandate.institutions.set(Institution.objects.filter(depth=1))
        mandate.professions.set(Profession.objects.all())
    return officer, token


def session_cookie(user: User) -> str:
    """Return a session cookie of a person who signed in, with the second factor."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
