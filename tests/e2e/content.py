"""What the site of the browser tests holds: the demo's own content, and people of each kind.

Run as `python -m tests.e2e.content`; writes `facts.json` beside the database, for the tests to
read: they live in another process and know the site only as a user does.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from assessments.models import Question, QuizPage
from config.demo import population
from config.demo.accounts import DEMO_TOKEN, load_accounts
from config.demo.files import key_of, read
from config.demo.loader import load_content
from courses.enrolment import enrol
from courses.models import ActivityPage, Cohort, CoursePage, LessonPage
from people.models import Institution, Profession, User
from tests import support
from tests.factories.courses import SmallCourse

POPULATION = 24
PROFESSION, INSTITUTION = "judge", "higher-court-a1"


def load() -> dict[str, Any]:
    """Fill the database; return what the tests must know."""
    now = timezone.now()
    course = load_content(at=now - timedelta(days=80))
    load_accounts(at=now - timedelta(days=80))
    # The demo's own three hundred take two minutes: a report reads as well with fewer.
    population.LEARNERS = POPULATION
    population.load_population(course=course, at=now)
    taken = _taken(course)
    cohort = Cohort.objects.get(key=key_of("cohort Joint group of four services"))
    _finished(taken, now - timedelta(days=20))
    _stuck(taken, cohort, now)
    return {
        "password": read("accounts.yaml")["password"],
        "secrets": {
            a["email"]: a["totp"] for a in read("accounts.yaml")["accounts"] if "totp" in a
        },
        "token": DEMO_TOKEN,
        "cohort": cohort.pk,
        "profession": str(Profession.objects.get(key=PROFESSION).pk),
        "institution": str(_institution().pk),
        "course": _addresses(course),
        "right": {str(q.key): list(_right(q)) for q in Question.objects.all()},
    }


def _finished(course: SmallCourse, at: datetime) -> None:
    enrolment = enrol(user=_person("finished"), course=course.course, at=at)
    support.complete(enrolment, course, at + timedelta(days=2))


def _stuck(course: SmallCourse, cohort: Cohort, now: datetime) -> None:
    """Make a learner who has read a module and used every attempt at its quiz, some minutes ago."""
    user = _person("stuck")
    at = now - timedelta(days=1)
    enrolment = enrol(user=user, course=course.course, cohort=cohort, at=at)
    quiz = course.quizzes[0]
    for lesson in course.lessons[:3]:
        support.read(enrolment, lesson, at)
    for number in range(quiz.attempts_allowed):
        ago = timedelta(minutes=60 - 10 * number)
        support.take(enrolment, quiz, now - ago, right=False, seed=number)


def _person(name: str) -> User:
    user = User.objects.create_user(
        f"{name}@example.org",
        read("accounts.yaml")["password"],
        name_cyrillic="Ђорђе Измишљеновић",
        name_latin="Đorđe Izmišljenović",
        profession=Profession.objects.get(key=PROFESSION),
        institution=_institution(),
        language="en",
        is_demo=True,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _institution() -> Institution:
    return Institution.objects.get(key=key_of(INSTITUTION))


def _taken(course: CoursePage) -> SmallCourse:
    """Return the course as the test suite's support functions take one."""
    return SmallCourse(
        course=course,
        edition=population.current_edition(course.translation_key),
        lessons=_activities(course, LessonPage),
        quizzes=_activities(course, QuizPage),
    )


def _activities(course: CoursePage, kind: type[ActivityPage]) -> list[Any]:
    return list(kind.objects.live().descendant_of(course).order_by("path"))


def _addresses(course: CoursePage) -> dict[str, Any]:
    """Return paths below the language prefix, the same in every language."""
    return {
        "key": str(course.translation_key),
        "path": _path(course),
        "title": {c.locale.language_code: c.title for c in course.get_translations(inclusive=True)},
        "lesson_page": _activities(course, LessonPage)[1].pk,
        "lessons": [_path(page) for page in _activities(course, LessonPage)],
        "quizzes": [_path(page) for page in _activities(course, QuizPage)],
    }


def _path(page: Page) -> str:
    return "/".join((page.url or "").split("/")[2:])


def _right(question: Question) -> Iterable[str]:
    return (option.id for option in question.options if option.value["correct"])


if __name__ == "__main__":
    (settings.VAR_DIR / "facts.json").write_text(json.dumps(load(), ensure_ascii=False))
