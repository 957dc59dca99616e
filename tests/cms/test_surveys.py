"""Surveys in the CMS: written by administrators, read by those who teach."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from assessments.models import Survey, SurveyKind, SurveyVersion
from assessments.surveys.versions import newest_version
from tests.factories.courses import SmallCourse
from tests.factories.people import ProfessionFactory
from tests.factories.surveys import CLEAR, said, satisfaction

AsRole = Callable[[str], Client]
pytestmark = pytest.mark.django_db
PAGE, FILE = "what_learners_say", "what_learners_say_csv"


def form(*questions: dict[str, str], **more: str) -> dict[str, str]:
    """Return what the editor sends; keys of questions are given to new ones by the CMS."""
    blocks = [("scale", {"en": "", "sr": "", "recommends": ""} | one) for one in questions]
    sent: dict[str, str] = nested_form_data(
        {"kind": "satisfaction", "is_offered": "on", "questions": streamfield(blocks), **more}
    )
    return sent


def shown(browser: Client, **asked: object) -> str:
    response = browser.get(reverse(PAGE), asked)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def answered(course: SmallCourse, at: datetime) -> SurveyVersion:
    """Answers of five judges and six prosecutors to the survey of the course."""
    version = satisfaction(at)
    ProfessionFactory(key="judge", name_en="Judge")
    ProfessionFactory(key="prosecutor", name_en="Prosecutor")
    key = course.course.translation_key
    said(version, key, at, 5, 5, 4, 3, 1, profession="judge", help=["time"])
    said(version, key, at, 5, 5, 5, 5, 5, 5, profession="prosecutor")
    return version


# --- written --------------------------------------------------------------------------------


def test_an_administrator_writes_a_survey_and_it_is_asked(as_role: AsRole) -> None:
    sent = form(CLEAR, {"en": "I would recommend it.", "sr": "Препоручио бих.", "recommends": "on"})
    as_role("administrator").post(reverse("surveys:add"), sent)
    version = newest_version(SurveyKind.SATISFACTION)
    assert version
    assert [one["en"] for one in version.questions] == [CLEAR["en"], "I would recommend it."]
    assert all(len(one["key"]) == 36 for one in version.questions)


def test_a_changed_word_begins_a_new_version_and_keys_stay(as_role: AsRole, at: datetime) -> None:
    satisfaction(at)
    survey = Survey.objects.get()
    address = reverse("surveys:edit", args=[survey.pk])
    sent = form(CLEAR | {"en": "Every lesson is clear."}) | {"questions-0-id": "clear"}
    as_role("administrator").post(address, sent)
    older, newer = SurveyVersion.objects.order_by("number")
    assert older.questions[0]["en"] == CLEAR["en"]
    assert (newer.number, newer.questions[0]["key"]) == (2, "clear")
    as_role("administrator").post(address, sent)
    assert SurveyVersion.objects.count() == 2


def test_only_one_sentence_asks_whether_they_recommend(as_role: AsRole) -> None:
    twice = CLEAR | {"recommends": "on"}
    response = as_role("administrator").post(reverse("surveys:add"), form(twice, twice))
    assert "Only one sentence can ask" in response.content.decode()
    assert not SurveyVersion.objects.exists()


@pytest.mark.parametrize("role", ["trainer", "reviewer", "officer", "learner"])
def test_nobody_else_writes_surveys(role: str, as_role: AsRole) -> None:
    response = as_role(role).post(reverse("surveys:add"), form(CLEAR))
    assert response.status_code in (302, 403)
    assert not Survey.objects.exists()


# --- read -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["trainer", "administrator"])
def test_those_who_teach_read_what_learners_say(
    role: str, as_role: AsRole, answered: SurveyVersion
) -> None:
    page = shown(as_role(role))
    assert "11 people have answered." in page
    assert "82 % would recommend the course" in page
    assert "Mean 4.4, of 1 to 5." in page
    assert '<th scope="row">Prosecutor</th><td>6</td>' in page
    assert '<rect width="72.7"' in page
    assert reverse(PAGE) in as_role(role).get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("role", ["reviewer", "officer", "learner"])
@pytest.mark.parametrize("name", [PAGE, FILE])
def test_nobody_else_gets_in(
    role: str, name: str, as_role: AsRole, answered: SurveyVersion
) -> None:
    assert as_role(role).get(reverse(name)).status_code in (302, 403)
    assert Client().get(reverse(name)).status_code == 302


def test_filters_stand_in_the_address(
    as_role: AsRole, answered: SurveyVersion, course: SmallCourse
) -> None:
    browser = as_role("trainer")
    page = shown(browser, profession="judge", course=course.course.translation_key)
    assert "5 people have answered." in page
    assert '<option value="judge" selected>' in page
    assert f'<option value="{course.course.translation_key}" selected>' in page
    assert "There are no figures for this." in shown(browser, to="2026-01-01")
    assert "There are no figures for this." in shown(browser, survey="pulse", version="1")
    unreadable = {"course": "x", "from": "y", "version": "9" * 30, "survey": "'"}
    assert "11 people have answered." in shown(browser, **unreadable)


def test_few_are_not_shown(
    as_role: AsRole, answered: SurveyVersion, course: SmallCourse, at: datetime
) -> None:
    said(answered, course.course.translation_key, at, 1, 1, profession="lawyer")
    assert "11 people have answered." in shown(as_role("trainer"))
    page = shown(as_role("trainer"), profession="lawyer")
    assert "There are no figures for this." in page


def test_the_file_says_the_same(as_role: AsRole, answered: SurveyVersion) -> None:
    response = as_role("trainer").get(reverse(FILE), {"profession": "judge"})
    lines = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert lines[0] == "\ufeffQuestion,Answer,People,Share in per cent,Mean"
    assert lines[1] == "The lessons are clear.,Not at all,1,20,3.6"
    assert "What would help more?,More time,5,100," in lines
