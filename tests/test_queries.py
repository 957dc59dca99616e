"""How many questions each page asks the database: the same for one row and for thirty."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.attempts import start_attempt
from assessments.models import QuizPage
from assessments.practice.rounds import begin_round
from courses.editions import publish_edition
from courses.enrolment import enrol
from courses.models import CoursePage, Edition, Enrolment, LessonPage
from people.clients import issue_token
from people.models import User
from tests.assessments.practising import answer
from tests.factories.courses import LAW, SmallCourse, lesson, question
from tests.factories.people import MandateFactory, UserFactory
from tests.support import read, sign_in, take

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("rows", [1, 30])]

Count = Callable[[str, int], Any]


@pytest.fixture
def asks(client: Client, django_assert_num_queries: Any) -> Count:
    """Open a page twice; the second time it asks exactly so many questions."""

    def check(address: str, number: int, **headers: Any) -> Any:
        client.get(address, headers=headers)
        with django_assert_num_queries(number):
            response = client.get(address, headers=headers)
        assert response.status_code == 200
        return response

    return check


def more_courses(course: SmallCourse, rows: int) -> None:
    """Let there be so many courses in the catalogue."""
    catalogue = course.course.get_parent()
    for number in range(rows - 1):
        page = CoursePage(
            title=f"Course {number}",
            slug=f"course-{number}",
            summary="s",
            introduction="<p>i</p>",
            law_as_of=LAW,
        )
        catalogue.add_child(instance=page)
        Edition.objects.create(
            course_key=page.translation_key,
            number=1,
            outline=course.edition.outline,
            rule=course.edition.rule,
            minutes=36,
            law_as_of=LAW,
            published_at=course.edition.published_at,
        )


def more_lessons(course: SmallCourse, rows: int, at: datetime) -> None:
    """Let a module hold so many lessons more, in a new edition."""
    module = course.lessons[0].get_parent()
    for number in range(rows):
        lesson(module, f"more-{number}")
        module.refresh_from_db()
    publish_edition(course=course.course, at=at)


def enrolled(course: SmallCourse, user: User, at: datetime) -> Enrolment:
    enrolment = enrol(user=user, course=course.course, at=at)
    read(enrolment, course.lessons[1], at)
    return enrolment


def test_catalogue(course: SmallCourse, rows: int, asks: Count) -> None:
    more_courses(course, rows)
    address = course.course.get_parent().url
    assert len(asks(address, 2).context["courses"]) == rows


def test_course_page_of_a_visitor(
    course: SmallCourse, rows: int, asks: Count, at: datetime
) -> None:
    more_lessons(course, rows, at)
    assert asks(course.course.url, 1).context["outline"].total == 4 + rows


def test_course_page_of_a_learner(
    course: SmallCourse, rows: int, asks: Count, at: datetime, client: Client, learner: User
) -> None:
    more_lessons(course, rows, at)
    enrolment = enrolled(course, learner, at)
    for page in LessonPage.objects.filter(slug__startswith="more"):
        read(enrolment, page, at)
    sign_in(client, learner)
    assert asks(course.course.url, 6).context["outline"].done_count == 1 + rows


def test_lesson(
    course: SmallCourse, rows: int, asks: Count, at: datetime, client: Client, learner: User
) -> None:
    more_lessons(course, rows, at)
    enrolled(course, learner, at)
    sign_in(client, learner)
    asks(course.lessons[0].url, 7)


def test_quiz_page(
    course: SmallCourse, rows: int, asks: Count, at: datetime, client: Client, learner: User
) -> None:
    more_lessons(course, rows, at)
    enrolment = enrolled(course, learner, at)
    quiz = course.quizzes[0]
    for seed in range(rows):
        take(enrolment, quiz, at + timedelta(days=2 * seed), seed=seed)
    sign_in(client, learner)
    assert len(asks(quiz.url, 7).context["standing"].attempts) == rows


def many_questions(quiz: QuizPage, rows: int) -> None:
    for number in range(rows):
        question(f"many-{number}", tags=["many"])
    quiz.questions = [{"type": "draw", "value": {"tags": "many", "count": rows}}]
    quiz.save_revision().publish()


def test_quiz_questions(
    course: SmallCourse, rows: int, asks: Count, at: datetime, client: Client, learner: User
) -> None:
    quiz = course.quizzes[0]
    many_questions(quiz, rows)
    attempt = start_attempt(enrolment=enrolled(course, learner, at), quiz=quiz, at=at)
    sign_in(client, learner)
    page = asks(reverse("attempt", args=[quiz.key, attempt.number]), 6)
    assert len(page.context["questions"]) == rows


def test_quiz_result(
    course: SmallCourse, rows: int, asks: Count, at: datetime, client: Client, learner: User
) -> None:
    quiz = course.quizzes[0]
    many_questions(quiz, rows)
    attempt = take(enrolled(course, learner, at), quiz, at)
    sign_in(client, learner)
    page = asks(reverse("result", args=[quiz.key, attempt.number]), 12)
    assert len(page.context["result"].questions) == rows


def test_dashboard(
    course: SmallCourse, rows: int, asks: Count, at: datetime, client: Client, learner: User
) -> None:
    more_courses(course, rows)
    for page in CoursePage.objects.all():
        enrol(user=learner, course=page, at=at)
    sign_in(client, learner)
    assert len(asks(reverse("my_learning"), 6).context["cards"]) == rows


def wrong_answers(course: SmallCourse, user: User, rows: int, at: datetime) -> Enrolment:
    """Let somebody answer so many questions wrongly, in a quiz that hides them until its end."""
    quiz = course.quizzes[0]
    many_questions(quiz, rows)
    quiz.answers_at_once = quiz.reasons_at_once = False
    quiz.attempts_allowed, quiz.wait_hours = 1, 999
    quiz.save_revision().publish()
    enrolment = enrol(user=user, course=course.course, at=at)
    take(enrolment, quiz, at, right=False)
    return enrolment


def test_practice(
    course: SmallCourse, rows: int, asks: Count, client: Client, learner: User
) -> None:
    at = timezone.now() - timedelta(hours=1)
    enrolment = wrong_answers(course, learner, rows, at)
    sign_in(client, learner)
    key = course.course.translation_key
    assert asks(reverse("practice", args=[key]), 11).context["due"] == rows
    begun = begin_round(enrolment=enrolment, at=at)
    here = reverse("practice_round", args=[key, begun.key])
    assert asks(here, 12).context["total"] == min(rows, 5)
    first = begun.question_keys[0]
    answer(enrolment, begun, first, at, right=False)
    assert asks(f"{here}?checked={first}", 12).context["checked"]


def test_dashboard_with_something_to_practise(
    course: SmallCourse, rows: int, asks: Count, client: Client, learner: User, at: datetime
) -> None:
    more_courses(course, rows)
    for page in CoursePage.objects.all():
        enrolment = enrol(user=learner, course=page, at=at)
        take(enrolment, course.quizzes[0], at, right=False)
    sign_in(client, learner)
    cards = asks(reverse("my_learning"), 11).context["cards"]
    assert [len(card.invitations) for card in cards] == [1] * rows


def report_rows(course: SmallCourse, rows: int, at: datetime) -> Any:
    """Return a mandate that sees so many enrolments, by name."""
    people = [UserFactory() for _ in range(rows)]
    for person in people:
        enrol(user=person, course=course.course, at=at)
    institutions = [person.institution for person in people]
    return MandateFactory(
        institutions=institutions, professions=[people[0].profession], identified=True
    )


def test_completions_page(
    course: SmallCourse, rows: int, asks: Count, at: datetime, client: Client
) -> None:
    mandate = report_rows(course, rows, at)
    sign_in(client, mandate.holder, second_factor=True)
    assert len(asks(reverse("reports"), 35).context["rows"]) == rows


def test_completions_api(
    course: SmallCourse, rows: int, asks: Count, at: datetime, client: Client
) -> None:
    mandate = report_rows(course, rows, at)
    mandate.client, token = issue_token(name=f"Machine {uuid.uuid4()}")
    mandate.holder = None
    mandate.save()
    response = asks("/api/v1/completions", 20, authorization=f"Bearer {token}")
    assert len(response.json()["rows"]) == rows
