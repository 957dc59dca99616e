"""An activity that a language lacks is never a dead end: it opens in another, with a word why."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from courses.enrolment import enrol
from courses.models import ActivityProgress, Enrolment
from courses.outline import outline_of
from courses.words import words_of
from people.models import User
from tests.factories.courses import SmallCourse
from tests.factories.people import UserFactory
from tests.factories.remembered import remembered_in_serbian
from tests.support import complete, read, sign_in, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def serbian(course: SmallCourse) -> SmallCourse:
    """The course in Serbian: without its second lesson, and with a draft of its final test."""
    made = remembered_in_serbian(course)
    made.lessons[1].delete()
    made.quizzes[1].unpublish()
    return made


@pytest.fixture
def reader(client: Client, learner: User, enrolment: Enrolment) -> Client:
    return sign_in(client, learner)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def elsewhere(key: Any, language: str = "sr") -> str:
    with override(language):
        return reverse("activity", args=[key])


def test_every_line_of_the_outline_has_a_name_and_leads_somewhere(
    course: SmallCourse, serbian: SmallCourse
) -> None:
    with override("sr"):
        lines = outline_of(course=serbian.course, edition=course.edition).activities()
    assert [(line.title, line.foreign) for line in lines] == [
        ("Прва лекција", ""),
        ("Quiz", ""),
        ("Second", "en"),
        ("Final", "en"),
    ]
    assert [line.url for line in lines[2:]] == [
        elsewhere(course.lessons[1].key),
        elsewhere(course.quizzes[1].key),
    ]


def test_the_outline_says_which_language_a_line_is_in(
    course: SmallCourse, serbian: SmallCourse, reader: Client
) -> None:
    shown = text(reader.get(serbian.course.url))
    assert '<span lang="en">Final</span></a>' in shown
    assert shown.count('<span class="twofold">') == 2
    assert shown.count("на енглеском") == 2
    latin = text(reader.get(serbian.course.url.replace("/sr/", "/sr-latn/")))
    assert '<span lang="en">Final</span></a>' in latin
    assert latin.count("na engleskom") == 2


def test_a_module_without_a_translation_keeps_its_name(
    course: SmallCourse, serbian: SmallCourse
) -> None:
    serbian.quizzes[1].get_parent().delete()
    outline = outline_of(course=serbian.course, edition=course.edition)
    assert (outline.modules[1].title, outline.modules[1].foreign) == ("Module 2", "en")


def test_what_is_live_nowhere_keeps_its_name_and_is_passed_over(
    course: SmallCourse, enrolment: Enrolment, reader: Client, at: datetime
) -> None:
    course.quizzes[0].unpublish()
    read(enrolment, course.lessons[0], at)
    outline = outline_of(course=course.course, edition=course.edition, enrolment=enrolment)
    quiz, following = outline.activities()[1:3]
    assert (quiz.title, quiz.url) == ("Quiz", "")
    assert outline.next_activity() == following
    read(enrolment, course.lessons[1], at)
    take(enrolment, course.quizzes[1], at)
    shown = text(reader.get(course.course.url))
    assert "What is left is being revised." in shown
    assert "Continue:" not in shown
    course.quizzes[0].delete()
    said = words_of(course.course, course.edition)[quiz.key]
    assert (said.title, said.url) == ("An activity that is there no more", "")


def test_the_whole_course_can_be_done_in_serbian(
    course: SmallCourse, serbian: SmallCourse, enrolment: Enrolment, reader: Client, at: datetime
) -> None:
    """From the lesson before, through what is in English, to the end; nothing leads to a 404."""
    read(enrolment, course.lessons[0], at)
    take(enrolment, course.quizzes[0], at)
    second, final = course.lessons[1].key, course.quizzes[1].key
    with override("sr"):
        start, finish = (reverse(n, args=[second]) for n in ("start_activity", "finish_lesson"))
    answer = reader.post(start, follow=True)
    assert answer.redirect_chain == [(elsewhere(second), 302)]
    assert "Ово још није на вашем језику. Видите га на енглеском" in text(answer)
    assert '<h1 lang="en">Second</h1>' in text(answer)
    assert answer.context["course"] == serbian.course
    answer = reader.post(finish, follow=True)
    assert answer.redirect_chain == [(elsewhere(final), 302)]
    answer = reader.post(f"/sr/quiz/{final}/begin/", follow=True)
    assert answer.redirect_chain == [(f"/sr/quiz/{final}/1/", 302)]
    assert f'<a href="{elsewhere(final)}"><span lang="en">Final</span></a>' in text(answer)
    assert ActivityProgress.objects.filter(activity_key=final).exists()
    take(enrolment, course.quizzes[1], at)
    enrolment.refresh_from_db()
    assert enrolment.completed_at


def test_a_lesson_in_english_is_marked_as_english(
    course: SmallCourse, serbian: SmallCourse, reader: Client
) -> None:
    serbian.lessons[0].unpublish()
    shown = text(reader.get(elsewhere(course.lessons[0].key)))
    assert '<legend class="q" lang="en">Does consent matter?</legend>' in shown
    assert "Провери" in shown  # what the site says stays in the language of the site
    block = course.lessons[0].self_checks()[0]
    with override("sr"):
        check = reverse("self_check", args=[course.lessons[0].key, block])
    answer = reader.post(check, {"choice": "no", "token": "1"})
    assert answer["Location"] == f"{elsewhere(course.lessons[0].key)}#check-{block}"
    part = reader.post(check, {"choice": "no", "token": "2"}, headers={"X-Part": "1"})
    assert '<span lang="en">Art. 4(b).</span>' in text(part)


def test_what_the_language_has_is_at_its_own_address(
    course: SmallCourse, serbian: SmallCourse, reader: Client
) -> None:
    answer = reader.get(elsewhere(course.lessons[0].key))
    assert answer["Location"] == serbian.lessons[0].url
    assert reader.get(elsewhere(course.course.translation_key)).status_code == 404


def test_it_is_no_way_around_enrolment(
    course: SmallCourse, serbian: SmallCourse, client: Client
) -> None:
    for key in (course.lessons[1].key, course.quizzes[1].key):
        assert client.get(elsewhere(key))["Location"] == f"{serbian.course.url}?enrol=1"
    sign_in(client, UserFactory())
    assert client.get(elsewhere(course.lessons[1].key))["Location"].endswith("?enrol=1")


def test_the_switch_of_languages_leads_to_the_same_activity(
    course: SmallCourse, serbian: SmallCourse, reader: Client
) -> None:
    final = course.quizzes[1]
    for code in ("sr", "sr-latn"):
        answer = reader.get(f"/{code}/in/{final.pk}/", follow=True)
        assert answer.redirect_chain == [(elsewhere(final.key, code), 302)]
        assert answer.status_code == 200
    assert reader.get(f"/en/in/{final.pk}/")["Location"] == final.url


def test_the_switch_leads_along_within_an_attempt(
    course: SmallCourse, serbian: SmallCourse, reader: Client, at: datetime, enrolment: Enrolment
) -> None:
    complete(enrolment, course, at)
    for code in ("sr", "sr-latn"):
        page = f"/{code}/quiz/{course.quizzes[1].key}/1/result/"
        assert reader.get(page).status_code == 200


def test_a_course_in_one_language_is_not_lost_in_the_other(
    course: SmallCourse, serbian: SmallCourse, reader: Client, at: datetime
) -> None:
    serbian.course.unpublish()
    key = course.course.translation_key
    with override("sr"):
        addresses = [reverse(name, args=[key]) for name in ("withdraw", "practice", "enrol")]
    for address in addresses[:2]:
        assert reader.get(address).status_code == 200
    shown = text(reader.get("/sr/my/"))
    assert f'<a href="{course.course.url}"><span lang="en">Core</span></a>' in shown
    other = UserFactory()
    sign_in(reader, other).post(addresses[2])
    assert Enrolment.objects.count() == 2
    assert enrol(user=other, course=course.course, at=at).edition == 1
