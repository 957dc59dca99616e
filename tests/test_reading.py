"""Reading writes nothing: no row is made, changed or lost by opening a page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.attempts import start_attempt
from assessments.practice.rounds import begin_round
from certificates.issuing import issue
from certificates.models import Sheet
from courses.enrolment import enrol
from courses.models import Enrolment
from people.models import User
from tests.assessments.practising import answer
from tests.drawing import drawn_as
from tests.factories.courses import SmallCourse
from tests.factories.people import MandateFactory, UserFactory
from tests.support import complete, sign_in, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(
    course: SmallCourse, learner: User, enrolment: Enrolment, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """Every page a learner who reads reports can open; one attempt is long overdue."""
    drawn_as(monkeypatch, lambda sheet: b"%PDF")
    now = timezone.now()
    complete(enrolment, course, now)
    issue(registration=enrolment.pk, at=now)
    take(enrolment, course.quizzes[1], now + timedelta(hours=2), right=False)
    practised = begin_round(enrolment=enrolment, at=now)
    first = practised.question_keys[0]
    answer(enrolment, practised, first, now)
    quiz = course.quizzes[0]
    quiz.time_limit = 20
    start_attempt(enrolment=enrolment, quiz=quiz, at=now - timedelta(days=1))
    MandateFactory(
        holder=learner, institutions=[learner.institution], professions=[learner.profession]
    )
    sheet = Sheet.objects.get()
    page = course.course
    here = reverse("practice_round", args=[page.translation_key, practised.key])
    return [
        "/en/",
        page.get_parent().url,
        f"{page.get_parent().url}?profession=judge",
        page.url,
        course.lessons[0].url,
        course.quizzes[0].url,
        course.quizzes[1].url,
        reverse("attempt", args=[quiz.key, 2]),
        reverse("result", args=[quiz.key, 1]),
        reverse("practice", args=[page.translation_key]),
        here,
        f"{here}?checked={first}",
        reverse("my_learning"),
        reverse("my_certificates"),
        reverse("certificate_file", args=[sheet.key]),
        reverse("verify"),
        reverse("verify_code", args=[sheet.code]),
        reverse("profile"),
        reverse("my_data"),
        reverse("erase_me"),
        reverse("withdraw", args=[page.translation_key]),
        reverse("reports"),
        reverse("dictionary_csv"),
        reverse("files"),
        reverse("new_file"),
        reverse("who_received"),
        reverse("page_in_language", args=[page.pk]),
        "/en/nowhere/",
        "/healthz",
    ]


def written(client: Client, address: str) -> list[str]:
    """Return what opening an address writes to the database."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        if response.streaming:
            list(response)
    return [
        query["sql"][:80]
        for query in queries
        if query["sql"].split(" ", 1)[0] in ("INSERT", "UPDATE", "DELETE", "REPLACE")
    ]


def test_opening_any_page_writes_nothing(
    addresses: list[str], client: Client, learner: User
) -> None:
    sign_in(client, learner, second_factor=True)
    assert {a: w for a in addresses if (w := written(client, a))} == {}


def test_a_visitor_writes_nothing_either(addresses: list[str], client: Client) -> None:
    assert {a: w for a in addresses if (w := written(client, a))} == {}


def test_the_first_page_of_a_new_account_writes_nothing(
    addresses: list[str], client: Client, course: SmallCourse
) -> None:
    newcomer = UserFactory()
    sign_in(client, newcomer)
    assert {a: w for a in addresses if (w := written(client, a))} == {}
    enrolment = enrol(user=newcomer, course=course.course, at=timezone.now())
    take(enrolment, course.quizzes[1], timezone.now())
    assert {a: w for a in addresses if (w := written(client, a))} == {}
