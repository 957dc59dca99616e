"""What the site of the browser tests holds: a course in two languages, and people of each kind.

Run as `python -m tests.e2e.content`; writes `facts.json` beside the database, for the tests to
read: they live in another process and know the site only as a user does.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone
from wagtail.models import Locale, Page

from assessments.models import Question, QuizPage
from cms.models import HelpPage, Hotline, TextPage
from courses.enrolment import enrol
from courses.models import CoursePage, LessonPage
from people.clients import issue_token
from people.models import Mandate, User
from people.roles import ADMINISTRATOR, REPORTING_OFFICER, REVIEWER, TRAINER, sync_groups
from people.second_factor import enrol_totp
from tests import support
from tests.factories.courses import SmallCourse, home, small_course
from tests.factories.people import InstitutionFactory, ProfessionFactory, UserFactory

PASSWORD = "lipa-breza-jasen-42"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_ROLES = {
    "officer": REPORTING_OFFICER,
    "trainer": TRAINER,
    "reviewer": REVIEWER,
    "administrator": ADMINISTRATOR,
}


def load() -> dict[str, Any]:
    """Fill the database; return what the tests must know."""
    at = timezone.now() - timedelta(days=30)
    work = _places_of_work()
    course = small_course(at)
    _help_and_privacy()
    _in_serbian(course.course)
    people = {role: _person(role, group, **work) for role, group in _ROLES.items()}
    _finished(course, at, **work)
    _stuck(course, at, **work)
    return {
        "password": PASSWORD,
        "secret": SECRET,
        "people": {role: user.email for role, user in people.items()}
        | {"stuck": "stuck@example.org"},
        "token": _mandates(people["officer"], **work),
        "course": _addresses(course.course),
        "right": _right_answers(),
        "profession": str(work["profession"].pk),
        "institution": str(work["institution"].pk),
    }


def _places_of_work() -> dict[str, Any]:
    police = ProfessionFactory(key="police-officer", track="police", order=1)
    ProfessionFactory(key="judge", name_en="Judge", name_sr="Судија", track="justice", order=2)
    ministry = InstitutionFactory(name_en="Ministry of Examples", name_sr="Министарство примера")
    directorate = InstitutionFactory(
        name_en="Directorate of Examples", name_sr="Управа за примере", parent=ministry
    )
    return {"profession": police, "institution": directorate}


def _person(name: str, group: str = "", **fields: Any) -> User:
    user: User = UserFactory(email=f"{name}@example.org", password=PASSWORD, is_demo=True, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if group:
        user.groups.add(sync_groups()[group])
        enrol_totp(user=user, secret=SECRET)
    return user


def _finished(course: SmallCourse, at: datetime, **work: Any) -> None:
    user = _person("finished", **work)
    enrolment = enrol(user=user, course=course.course, at=at)
    support.complete(enrolment, course, at + timedelta(days=2))


def _stuck(course: SmallCourse, at: datetime, **work: Any) -> None:
    """A learner who has used every attempt at the first quiz, a moment ago."""
    enrolment = enrol(user=_person("stuck", **work), course=course.course, at=at)
    quiz = course.quizzes[0]
    for number in range(quiz.attempts_allowed):
        support.take(
            enrolment, quiz, timezone.now() - timedelta(minutes=9), right=False, seed=number
        )


def _mandates(officer: User, *, profession: Any, institution: Any) -> str:
    """Give officer and machine the same mandate; return the machine's token."""
    client, token = issue_token(name="Academy")
    for owner in ({"holder": officer}, {"client": client}):
        mandate = Mandate.objects.create(
            name="Judicial Academy", valid_from="2026-01-01", identified=True, **owner
        )
        mandate.institutions.add(institution.get_parent())
        mandate.professions.add(profession)
    return token


def _help_and_privacy() -> None:
    Hotline.objects.create(name_en="Example line", name_sr="Линија за пример", phone="0800 000 000")
    front = home()
    front.add_child(instance=HelpPage(title="Help", slug="help", introduction="<p>Call.</p>"))
    text = TextPage(title="Privacy", slug="privacy")
    text.body = [{"type": "text", "value": "<p>What is kept, and for how long.</p>"}]
    front.add_child(instance=text)


def _in_serbian(course: CoursePage) -> None:
    sr = Locale.objects.get_or_create(language_code="sr")[0]
    for question in Question.objects.filter(locale__language_code="en"):
        copy = question.copy_for_translation(sr)
        copy.stem = f"Питање: {question.slug}"
        copy.save()
        copy.save_revision().publish()
    for page in Page.objects.filter(depth__gt=1, locale__language_code="en").order_by("path"):
        copy = page.specific.copy_for_translation(sr, copy_parents=True)
        copy.title = f"Страна: {page.title}"
        copy.save_revision().publish()


def _addresses(course: CoursePage) -> dict[str, Any]:
    """Paths below the language prefix, the same in every language."""
    pages = course.get_descendants().live().specific()
    return {
        "key": str(course.translation_key),
        "path": _path(course),
        "title": {c.locale.language_code: c.title for c in course.get_translations(inclusive=True)},
        "lessons": [_path(p) for p in pages if isinstance(p, LessonPage)],
        "quizzes": [_path(p) for p in pages if isinstance(p, QuizPage)],
    }


def _path(page: Page) -> str:
    return "/".join((page.url or "").split("/")[2:])


def _right_answers() -> dict[str, list[str]]:
    return {str(question.key): list(_right(question)) for question in Question.objects.all()}


def _right(question: Question) -> Iterator[str]:
    return (option.id for option in question.options if option.value["correct"])


if __name__ == "__main__":
    (settings.VAR_DIR / "facts.json").write_text(json.dumps(load(), ensure_ascii=False))
