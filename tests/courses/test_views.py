"""A course in the browser: enter, study, stop anywhere, come back, leave."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import CataloguePage, Enrolment, LessonPage, StudyPlace
from courses.places import save_place
from lrs.models import Statement
from people.models import User
from tests.factories.courses import SmallCourse, cohort, small_course
from tests.factories.people import ProfessionFactory, UserFactory
from tests.support import answer_checks, complete, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client: Client, learner: User) -> Client:
    return sign_in(client, learner)


def enrol(browser: Client, course: SmallCourse, **form: str) -> Any:
    address = reverse("enrol", args=[course.course.translation_key])
    return browser.post(address, form, follow=True)


def text(response: Any) -> str:
    return str(response.content.decode())


# --- entering -------------------------------------------------------------------------------


def test_the_catalogue_is_filtered_by_profession(client: Client, course: SmallCourse) -> None:
    track = small_course(course.edition.published_at, slug="track")
    track.course.professions.set([ProfessionFactory(key="judge")])
    track.course.save()
    address = CataloguePage.objects.get().url
    for wanted, found in (("", 2), ("judge", 2), ("police-officer", 1), ("nonsense", 1)):
        assert len(client.get(address, {"profession": wanted}).context["courses"]) == found
    several = client.get(address, {"profession": ["police-officer", "judge"]})
    assert len(several.context["courses"]) == 2


def test_a_track_stands_for_all_its_professions(client: Client, course: SmallCourse) -> None:
    ProfessionFactory(key="judge", track="justice")
    prosecutor = ProfessionFactory(key="prosecutor", track="justice")
    ProfessionFactory(key="police-officer", track="police")
    track = small_course(course.edition.published_at, slug="track")
    track.course.professions.set([prosecutor])
    track.course.save()
    address = CataloguePage.objects.get().url
    justice = client.get(address, {"track": "justice"})
    assert justice.context["wanted"] == {"judge", "prosecutor"}
    assert len(justice.context["courses"]) == 2
    common = "Courses for the chosen one alone will appear here."
    assert common not in text(justice)
    assert common in text(client.get(address, {"track": "police"}))
    assert common not in text(client.get(address))


def test_one_enrols_with_a_click(browser: Client, course: SmallCourse) -> None:
    assert "You are enrolled." in text(enrol(browser, course))
    enrol(browser, course)
    assert Enrolment.objects.count() == 1
    assert browser.get(course.course.url).context["go_on"].key == course.lessons[0].key


def test_one_enrols_with_the_key_of_a_cohort(browser: Client, course: SmallCourse) -> None:
    group = cohort(course.edition, ends_on="2999-01-01")
    shown = enrol(browser, course, enrolment_key=group.enrolment_key.lower())
    assert "You are enrolled in the cohort “Niš, autumn”." in text(shown)
    assert Enrolment.objects.get().cohort_key == group.key


def test_a_wrong_key_is_told_and_enrols_nobody(browser: Client, course: SmallCourse) -> None:
    shown = enrol(browser, course, enrolment_key="wrong")
    assert "No cohort of this course has this enrolment key." in text(shown)
    assert not Enrolment.objects.exists()
    assert "<details open>" in text(shown)
    assert 'value="wrong"' in text(shown)
    assert "css/forms.css" in text(shown)


def test_who_studies_alone_can_join_a_cohort_later(
    browser: Client, course: SmallCourse, enrolment: Enrolment
) -> None:
    group = cohort(course.edition, ends_on="2999-01-01")
    address = reverse("join_cohort", args=[course.course.translation_key])
    assert address in text(browser.get(course.course.url))
    wrong = browser.post(address, {"enrolment_key": "wrong"}, follow=True)
    assert 'value="wrong"' in text(wrong)
    joined = browser.post(address, {"enrolment_key": group.enrolment_key}, follow=True)
    assert "You are in the cohort “Niš, autumn” now." in text(joined)
    assert address not in text(joined)
    assert Enrolment.objects.get().cohort_key == group.key
    again = browser.post(address, {"enrolment_key": group.enrolment_key}, follow=True)
    assert "You are in a cohort of this course already." in text(again)


def test_a_course_that_is_not_there_is_not_found(browser: Client, course: SmallCourse) -> None:
    address = reverse("enrol", args=[course.lessons[0].key])
    assert browser.post(address).status_code == 404


def test_only_a_click_enrols(browser: Client, course: SmallCourse) -> None:
    address = reverse("enrol", args=[course.course.translation_key])
    assert browser.get(address).status_code == 405
    assert not Statement.objects.exists()


# --- studying -------------------------------------------------------------------------------


def test_from_start_to_done(browser: Client, course: SmallCourse, enrolment: Enrolment) -> None:
    page = course.lessons[0]
    started = browser.post(reverse("start_activity", args=[page.key]))
    assert started["Location"] == page.url
    refused = browser.post(reverse("finish_lesson", args=[page.key]), follow=True)
    where = refused.redirect_chain[-1][0]
    assert where.endswith(f"#check-{page.self_checks()[0]}")
    check_there = text(refused).split(f'id="check-{page.self_checks()[0]}"')[1]
    assert "Answer this question first, then go on." in check_there
    assert "Answer this question first" not in text(browser.get(page.url))
    answer_checks(enrolment, page, course.edition.published_at)
    done = browser.post(reverse("finish_lesson", args=[page.key]))
    assert done["Location"] == course.quizzes[0].url
    assert browser.get(course.course.url).context["outline"].done_count == 1


def check(browser: Client, page: LessonPage, choice: str, **headers: str) -> Any:
    address = reverse("self_check", args=[page.key, page.self_checks()[0]])
    return browser.post(address, {"choice": choice, "token": "form-1"}, headers=headers)


def test_a_self_check_answers_at_once(
    browser: Client, course: SmallCourse, enrolment: Enrolment
) -> None:
    page = course.lessons[0]
    part = text(check(browser, page, "yes", **{"x-part": "1"}))
    assert "Art. 4(b)." in part
    assert "Not right." in part
    assert "#x" in part
    assert "<html" not in part
    assert "Not right." not in text(check(browser, page, "no", **{"x-part": "2"}))
    whole = check(browser, page, "no")
    assert whole["Location"] == f"{page.url}#check-{page.self_checks()[0]}"
    assert browser.get(page.url).context["self_check_answers"] == {page.self_checks()[0]: "yes"}


def test_a_forged_choice_is_told(
    browser: Client, course: SmallCourse, enrolment: Enrolment
) -> None:
    assert check(browser, course.lessons[0], "forged").status_code == 302
    assert Statement.objects.count() == 1


def test_another_device_opens_where_one_stopped(
    browser: Client, course: SmallCourse, enrolment: Enrolment, learner: User
) -> None:
    page = course.lessons[0]
    address = reverse("save_place", args=[page.key])
    sent = {"position": 420, "version": 1, "video": {"film": 12.5}}
    assert browser.post(address, json.dumps(sent), "application/json").json() == {"saved": True}
    other = sign_in(Client(), learner)
    assert other.get(page.url).context["place"].position == 420
    stale = other.post(address, json.dumps(sent | {"position": 1}), "application/json")
    assert (stale.status_code, stale.json()) == (409, {"saved": False})


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "[]",
        "null",
        '{"position": 1}',
        '{"version": 1}',
        '{"position": "x", "version": 1}',
        '{"position": 1e999, "version": 1}',
        '{"position": 1, "version": -1}',
        '{"position": 1, "version": 1e30}',
        '{"position": 1, "version": 1, "video": {"a": "b"}}',
        '{"position": 1, "version": 1, "video": {"a": NaN}}',
    ],
)
def test_a_place_that_cannot_be_read_is_refused(
    browser: Client, course: SmallCourse, enrolment: Enrolment, sent: str
) -> None:
    address = reverse("save_place", args=[course.lessons[0].key])
    assert browser.post(address, sent, "application/json").status_code == 400
    assert not StudyPlace.objects.exists()


def test_who_is_not_enrolled_is_led_to_the_course(browser: Client, course: SmallCourse) -> None:
    for page in (course.lessons[0], course.quizzes[0]):
        assert browser.get(page.url)["Location"] == f"{course.course.url}?enrol=1"


def test_a_module_is_read_on_the_page_of_its_course(browser: Client, course: SmallCourse) -> None:
    module = course.lessons[0].get_parent()
    assert browser.get(module.url)["Location"] == (
        f"{course.course.url}#module-{module.translation_key}"
    )


def test_a_lesson_of_another_edition_is_not_shown(
    browser: Client, course: SmallCourse, enrolment: Enrolment
) -> None:
    other = small_course(course.edition.published_at, slug="other")
    other.lessons[1].move(course.lessons[0].get_parent(), pos="last-child")
    moved = LessonPage.objects.get(pk=other.lessons[1].pk)
    assert browser.get(moved.url)["Location"] == course.course.url
    assert browser.post(reverse("start_activity", args=[moved.key])).status_code == 302
    assert Statement.objects.count() == 1


# --- my learning, and leaving ---------------------------------------------------------------


def test_my_learning_leads_on(browser: Client, course: SmallCourse, enrolment: Enrolment) -> None:
    shown = text(browser.get(reverse("my_learning")))
    assert course.course.url in shown
    assert reverse("start_activity", args=[course.lessons[0].key]) in shown
    assert "Start: First" in shown
    complete(enrolment, course, course.edition.published_at)
    assert "Course completed" in text(browser.get(reverse("my_learning")))
    assert "Course completed" in text(browser.get(course.course.url))


def test_one_is_asked_before_leaving(
    browser: Client, course: SmallCourse, enrolment: Enrolment
) -> None:
    address = reverse("withdraw", args=[course.course.translation_key])
    assert browser.get(address).status_code == 200
    enrolment.refresh_from_db()
    assert enrolment.withdrawn_at is None
    assert "You have withdrawn." in text(browser.post(address, follow=True))
    enrolment.refresh_from_db()
    assert enrolment.withdrawn_at


def test_a_completed_course_is_not_left(
    browser: Client, course: SmallCourse, enrolment: Enrolment
) -> None:
    complete(enrolment, course, course.edition.published_at)
    address = reverse("withdraw", args=[course.course.translation_key])
    assert "your result stays" in text(browser.post(address, follow=True))


def test_a_place_is_ones_own(course: SmallCourse, enrolment: Enrolment) -> None:
    page = course.lessons[0]
    at = course.edition.published_at
    save_place(enrolment=enrolment, activity_key=page.key, position=9, video={}, version=1, at=at)
    other = sign_in(Client(), UserFactory())
    enrol(other, course)
    assert other.get(page.url).context["place"] is None
