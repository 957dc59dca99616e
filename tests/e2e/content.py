"""What the site of the browser tests holds: the demo's own content, and people of each kind.

Run as `python -m tests.e2e.content`; writes `facts.json` beside the database, for the tests to
read: they live in another process and know the site only as a user does.
"""

import json
import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Workflow

from assessments.kinds import KINDS
from assessments.models import Question, QuizPage, Survey, SurveyKind
from certificates.compact import compact
from certificates.models import CertificateTemplate, Sheet
from config.demo import population
from config.demo.accounts import DEMO_TOKEN, load_accounts
from config.demo.ending import load_ending_certificate
from config.demo.files import key_of, read
from config.demo.loader import load_content
from config.demo.names import invented_names
from config.demo.practice_case import load_practice_case
from config.demo.surveys import load_surveys
from config.review import NAME as REVIEW
from courses.enrolment import enrol
from courses.models import ActivityPage, Cohort, CoursePage, Enrolment, LessonPage
from courses.refreshers import refreshers
from people.actors import actor_id
from people.models import Institution, Profession, User
from tests import support
from tests.e2e.all_kinds import hand_in_a_case, hand_in_nothing, load_papers
from tests.e2e.measured import load_measured
from tests.factories.courses import SmallCourse

POPULATION = 16
GUESSERS = 10
# What ends soon in the demo has ended here.
EXPIRED_SINCE = timedelta(days=60)
# Somebody for each story of test_under_fire, who has enrolled and not begun.
UNDER_FIRE = ("crowded", "cut-off", "two-tabs", "elsewhere", "signed-out", "no-script")
# Those who have completed the course and go to its survey.
ASKED = ("asked-en", "asked-sr-latn")
_INDEXING = (
    "modelsearch.tasks.insert_or_update_object_task",
    "wagtail.tasks.update_reference_index_task",
)
PROFESSION, INSTITUTION = "judge", "higher-court-a1"


def load() -> dict[str, Any]:
    """Fill the database; return what the tests must know."""
    _be_quick()
    call_command("make_keys", verbosity=0)
    call_command("make_seal_key", verbosity=0)
    now = timezone.now()
    course = load_content(at=now - timedelta(days=80))
    load_accounts(at=now - timedelta(days=80))
    # The demo's own three hundred take two minutes: a report reads as well with fewer.
    population.LEARNERS = POPULATION
    population.load_population(course=course, at=now)
    load_practice_case(course=course, at=now)
    load_ending_certificate(course=course, at=now - EXPIRED_SINCE)
    load_surveys(course=course, at=now)
    taken = as_taken(course)
    cohort = Cohort.objects.get(key=key_of("cohort Joint group of four services"))
    for name in ("finished", *ASKED):
        _finished(name, taken, now - timedelta(days=20))
    _ending(taken, now - timedelta(days=3 * 365 - 25))
    _stuck(_person("stuck", "Ђорђе Измишљеновић", "Đorđe Izmišljenović"), taken, cohort, now)
    _stuck(_person("spent", "Љиља Потрошић", "Ljilja Potrošić"), taken, cohort, now)
    _guess(taken, now - timedelta(days=2))
    _enrolled(taken, now)
    load_papers(course=taken, person=_person, at=now)
    hand_in_nothing(course=taken, person=_person, at=now)
    changed = hand_in_a_case(course=taken, person=_person, at=now)
    tutor = User.objects.get(email="trainer@example.org")
    measured = load_measured(tutor=tutor, person=_person, at=now - timedelta(days=9))
    _another_picture()
    _promise_something_else(course)
    _do_what_is_due()
    _a_task_has_failed(now)
    return {
        "password": read("accounts.yaml")["password"],
        "secrets": {
            a["email"]: a["totp"] for a in read("accounts.yaml")["accounts"] if "totp" in a
        },
        "token": DEMO_TOKEN,
        "cohort": cohort.pk,
        "measured": measured,
        "survey": Survey.objects.get(kind=SurveyKind.SATISFACTION).pk,
        "template": CertificateTemplate.objects.get().pk,
        "profession": str(Profession.objects.get(key=PROFESSION).pk),
        "institution": str(_institution().pk),
        "institution_key": str(_institution().key),
        "course": _addresses(course),
        "refresher": _path(refreshers()[course.translation_key].page),
        "account": User.objects.get(email="finished@example.org").pk,
        "qr_code": _qr_code("finished@example.org"),
        "quiz_key": str(taken.quizzes[0].key),
        "changed_key": str(changed),
        "question": Question.objects.order_by("pk")[0].pk,
        "waiting": _waits_for_review(taken.lessons[2]),
        "right": {str(q.key): KINDS[q.kind].perfect(q.parts()) for q in _in_english()},
        "kinds": {str(q.key): q.kind for q in _in_english()},
    }


def _qr_code(email: str) -> str:
    """Return what the QR code of somebody's certificate says, without the site."""
    enrolled = Enrolment.objects.get(actor=actor_id(User.objects.get(email=email)))
    sheet = Sheet.objects.get(registration=enrolled.registration)
    return f"/verify/{sheet.code}#{compact(sheet)}"


def _be_quick() -> None:
    """Wait for no disk: what a crash would cost here is made anew. The site itself waits."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")


def _do_what_is_due() -> None:
    """Do the work of the queue: every certificate, and each index once, not once per change."""
    DBTaskResult.objects.filter(task_path__in=_INDEXING).delete()
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
    support.work()


def _a_task_has_failed(now: datetime) -> None:
    """Leave what an administrator finds on the first page of the CMS."""
    DBTaskResult.objects.create(
        task_path="certificates.issuing.issue_for_completion",
        args_kwargs={"args": [], "kwargs": {}},
        status=TaskResultStatus.FAILED,
        backend_name="default",
        exception_class_path="builtins.OSError",
        finished_at=now,
    )


def _waits_for_review(lesson: LessonPage) -> dict[str, int]:
    """Submit a new title, as a trainer does; the stories of the CMS leave this page alone."""
    trainer = User.objects.get(email="trainer@example.org")
    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.title = f"{lesson.title}, worded anew"
    revision = lesson.save_revision(user=trainer)
    Workflow.objects.get(name=REVIEW).start(lesson, trainer)
    return {"page": lesson.pk, "revision": revision.pk}


def _another_picture() -> None:
    """Keep a second picture, for an author who changes their mind."""
    get_image_model().objects.create(title="Yard", file=get_test_image_file("yard.png"))


def _promise_something_else(course: CoursePage) -> None:
    """Move the date of the law, as a new edition of the course would say it."""
    course = CoursePage.objects.get(pk=course.pk)
    course.law_as_of += timedelta(days=30)
    course.save_revision().publish()


def _guess(course: SmallCourse, at: datetime) -> None:
    """Let some people get everything wrong, so that a question stands out as too hard."""
    for number, name in enumerate(invented_names(GUESSERS, chance=random.Random(population.SEED))):
        enrolment = enrol(user=_person(f"guesser{number}", *name), course=course.course, at=at)
        quiz = course.quizzes[3]
        for turn in range(quiz.attempts_allowed):
            support.take(enrolment, quiz, at + timedelta(minutes=10 * turn), right=False, seed=turn)


def _finished(name: str, course: SmallCourse, at: datetime) -> None:
    user = _person(name, "Ђорђе Измишљеновић", "Đorđe Izmišljenović")
    enrolment = enrol(user=user, course=course.course, at=at)
    support.complete(enrolment, course, at + timedelta(days=2))


def _ending(course: SmallCourse, at: datetime) -> None:
    """Let somebody have completed the course nearly three years ago, and do nothing since."""
    user = _person("ending", "Соња Измишљеновић", "Sonja Izmišljenović")
    enrolment = enrol(user=user, course=course.course, at=at)
    support.complete(enrolment, course, at)


def _enrolled(course: SmallCourse, at: datetime) -> None:
    for name in UNDER_FIRE:
        enrol(
            user=_person(name, "Вера Измишљеновић", "Vera Izmišljenović"),
            course=course.course,
            at=at,
        )


def _stuck(user: User, course: SmallCourse, cohort: Cohort, now: datetime) -> None:
    """Let a learner read a module and use every attempt at its quiz, some minutes ago."""
    at = now - timedelta(days=1)
    enrolment = enrol(user=user, course=course.course, cohort=cohort, at=at)
    quiz = course.quizzes[0]
    for lesson in course.lessons[:3]:
        support.read(enrolment, lesson, at)
    for number in range(quiz.attempts_allowed):
        ago = timedelta(minutes=60 - 10 * number)
        support.take(enrolment, quiz, now - ago, right=False, seed=number)


def _person(name: str, cyrillic: str, latin: str) -> User:
    user = User.objects.create_user(
        f"{name}@example.org",
        read("accounts.yaml")["password"],
        name_cyrillic=cyrillic,
        name_latin=latin,
        profession=Profession.objects.get(key=PROFESSION),
        institution=_institution(),
        language="en",
        is_demo=True,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _institution() -> Institution:
    return Institution.objects.get(key=key_of(INSTITUTION))


def as_taken(course: CoursePage) -> SmallCourse:
    """Return the course, what is required of it, as the support functions take one."""
    return SmallCourse(
        course=course,
        edition=population.current_edition(course.translation_key),
        lessons=_activities(course, LessonPage),
        quizzes=_activities(course, QuizPage),
    )


def _activities(
    course: CoursePage, kind: type[ActivityPage], *, required: bool = True
) -> list[Any]:
    pages = kind.objects.live().descendant_of(course).filter(required=required)
    return list(pages.order_by("path"))


def _addresses(course: CoursePage) -> dict[str, Any]:
    """Return paths below the language prefix, the same in every language."""
    return {
        "key": str(course.translation_key),
        "path": _path(course),
        "title": {c.locale.language_code: c.title for c in course.get_translations(inclusive=True)},
        "page": course.pk,
        "lesson_page": _activities(course, LessonPage)[1].pk,
        "lesson_pages": _in_both_languages(_activities(course, LessonPage)[1]),
        "lessons": [_path(page) for page in _activities(course, LessonPage)],
        "quizzes": [_path(page) for page in _activities(course, QuizPage)],
        "practice_case": _path(_activities(course, QuizPage, required=False)[0]),
    }


def _in_both_languages(page: Page) -> dict[str, int]:
    found = page.get_translations(inclusive=True).select_related("locale")
    return {each.locale.language_code: each.pk for each in found}


def _path(page: Page) -> str:
    return "/".join((page.url or "").split("/")[2:])


def _in_english() -> Iterable[Question]:
    return Question.objects.filter(locale__language_code="en")


if __name__ == "__main__":
    (settings.VAR_DIR / "facts.json").write_text(json.dumps(load(), ensure_ascii=False))
