"""A changed key and a corrected score in the CMS: for those who may decide, nobody else."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from assessments.models import Attempt, KeyDecision, Question, Response
from courses.enrolment import enrol
from courses.models import Enrolment
from people.models import User
from people.roles import TRAINER
from tests.assessments.playing import alone, hand_in, play
from tests.cms.conftest import sign_in
from tests.factories.cohorts import cohort_of
from tests.factories.courses import SmallCourse, question
from tests.factories.people import UserFactory
from tests.support import work

AsRole = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def tutor(course: SmallCourse) -> User:
    user = UserFactory()
    user.groups.add(Group.objects.get(name=TRAINER))
    return user


@pytest.fixture
def only(course: SmallCourse) -> Question:
    """The only question of the first quiz; option 0 is right by mistake."""
    return alone(course, question("one", tags=["alone"], right=(0,)))


@pytest.fixture
def answered(course: SmallCourse, only: Question, tutor: User, at: datetime) -> Response:
    """Somebody in the tutor's cohort chose option 1."""
    member = enrol(
        user=UserFactory(), course=course.course, cohort=cohort_of(course, tutor, at), at=at
    )
    return play(member, course, [str(only.parts()[1].key)], at)[0]


def publish_another_key(browser: Client, only: Question, right: int) -> str:
    """Publish by the form of the CMS; return where it leads."""
    options = [
        ("option", {"text": f"O{n}", "correct": "on" if n == right else "", "reason": "R"}, block)
        for n, block in enumerate(part.key for part in only.parts())
    ]
    stream = streamfield([(kind, value) for kind, value, _ in options])
    for number, (_, _, block) in enumerate(options):
        stream[f"{number}"]["id"] = block
    form = nested_form_data(
        {
            "slug": only.slug,
            "kind": only.kind,
            "stem": only.stem,
            "options": stream,
            "source": only.source,
            "objective": only.objective_id,
            "difficulty": "2",
            "law_as_of": "2026-11-01",
            "tags": "alone",
            "action-publish": "1",
        }
    )
    edit = reverse("wagtailsnippets_assessments_question:edit", args=[only.pk])
    response = browser.post(edit, form)
    assert response.status_code == 302, response.context["form"].errors
    return str(response["Location"])


def test_who_publishes_another_key_is_asked_and_decides(
    only: Question, answered: Response, as_role: AsRole
) -> None:
    administrator = as_role("administrator")
    there = publish_another_key(administrator, only, right=1)
    assert there == reverse("regrade", args=[only.key])
    page = administrator.get(there).content.decode()
    assert "1 answer was scored by an earlier key." in page
    assert "Keys that changed after use" in administrator.get("/cms/").content.decode()
    refused = administrator.post(there, {"regrade": "1", "reason": ""})
    assert refused.status_code == 200
    assert not KeyDecision.objects.exists()
    administrator.post(there, {"regrade": "1", "reason": "Art. 4."})
    work()
    assert Attempt.objects.get().passed
    page = administrator.get(there).content.decode()
    assert "there is nothing to decide" in page
    assert "answers scored anew" in page
    assert "Keys that changed after use" not in administrator.get("/cms/").content.decode()


def test_scoring_anew_is_no_part_of_the_click_and_shows_how_far_it_is(
    course: SmallCourse,
    only: Question,
    answered: Response,
    as_role: AsRole,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Others write between two learners: the whole CMS waited for the last of them."""
    other = enrol(user=UserFactory(), course=course.course, at=at)
    hand_in(other, course, [str(only.parts()[1].key)], at)
    administrator = as_role("administrator")
    there = publish_another_key(administrator, only, right=1)
    administrator.post(there, {"regrade": "1", "reason": "Art. 4."})
    assert not Attempt.objects.filter(passed=True).exists()
    seen: list[str] = []
    look = lambda: seen.append(administrator.get(there).content.decode())  # noqa: E731
    look()
    monkeypatch.setattr("assessments.regrading.decisions.give_way", look)
    work()
    look()
    assert "0 of 2 answers scored anew" in seen[0]
    assert "1 of 2 answers scored anew" in seen[1]
    assert "2 of 2 answers scored anew" in seen[2]
    assert "of 2 answers" not in seen[3]
    assert Attempt.objects.filter(passed=True).count() == 2


def test_results_can_be_kept_with_a_reason(
    only: Question, answered: Response, as_role: AsRole
) -> None:
    administrator = as_role("administrator")
    there = publish_another_key(administrator, only, right=1)
    administrator.post(there, {"keep": "1", "reason": "The course is over."})
    work()
    assert Attempt.objects.get().passed is False
    page = administrator.get(there).content.decode()
    assert "The course is over." in page
    assert "Score the answers anew" not in page


@pytest.mark.parametrize("role", ["trainer", "officer", "learner"])
def test_who_may_not_decide_does_not_get_in(
    role: str, only: Question, answered: Response, as_role: AsRole
) -> None:
    publish_another_key(as_role("administrator"), only, right=1)
    browser = as_role(role)
    address = reverse("regrade", args=[only.key])
    assert browser.get(address).status_code in (302, 403)
    assert browser.post(address, {"regrade": "1", "reason": "Mine."}).status_code in (302, 403)
    assert not KeyDecision.objects.exists()


def score_of(answered: Response) -> str:
    place = [answered.registration, answered.quiz_key, answered.number, answered.question_key]
    return reverse("change_score", args=place)


def test_a_tutor_corrects_a_score_with_a_reason(tutor: User, answered: Response) -> None:
    browser = sign_in(tutor)
    address = score_of(answered)
    assert "Option 1" in browser.get(address).content.decode()
    wrong = browser.post(address, {"percent": "120", "reason": ""})
    assert set(wrong.context["form"].errors) == {"percent", "reason"}
    done = browser.post(address, {"percent": "75", "reason": "Both can be read."})
    assert done.status_code == 302
    assert Response.objects.get().scaled == 0.75
    assert Attempt.objects.get().passed


@pytest.mark.parametrize("role", ["trainer", "reviewer", "officer", "learner"])
def test_nobody_else_corrects_it(role: str, answered: Response, as_role: AsRole) -> None:
    browser = as_role(role)
    form = {"percent": "75", "reason": "Mine."}
    assert browser.get(score_of(answered)).status_code in (302, 403, 404)
    assert browser.post(score_of(answered), form).status_code in (302, 403, 404)
    assert Response.objects.get().scaled == 0.0


def test_an_answer_in_a_running_attempt_has_no_score_to_change(
    tutor: User, answered: Response
) -> None:
    Attempt.objects.update(finished_at=None)
    assert sign_in(tutor).get(score_of(answered), follow=True).status_code == 404


def test_who_studies_without_a_cohort_has_an_administrator(
    course: SmallCourse, only: Question, enrolment: Enrolment, at: datetime, as_role: AsRole
) -> None:
    response, _ = play(enrolment, course, [str(only.parts()[1].key)], at)
    assert as_role("trainer").get(score_of(response), follow=True).status_code == 404
    form = {"percent": "100", "reason": "Both can be read."}
    assert as_role("administrator").post(score_of(response), form).status_code == 302
    assert Response.objects.get().scaled == 1.0
