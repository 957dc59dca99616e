"""Grading in the CMS: one answer after the other, for those who may."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Mark, Response
from courses.models import Enrolment
from tests.assessments.every_kind import every_kind
from tests.assessments.playing import alone, hand_in
from tests.factories.courses import SmallCourse
from tests.factories.kinds import parts_of, question_of

AsRole = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def writing(course: SmallCourse, enrolment: Enrolment, at: datetime) -> UUID:
    """An answer that waits to be graded."""
    parts = every_kind(0)["long-answer"]
    alone(course, question_of("long-answer", parts, slug="case", tags=["alone"]))
    hand_in(enrolment, course, ["The owner keeps the passports and nobody may leave."], at)
    key = Response.objects.get().writing
    assert key is not None
    return key


@pytest.fixture
def keys() -> list[str]:
    parts = parts_of(every_kind(0)["long-answer"], "case")
    return [part.key for part in parts if part.type == "criterion"]


def test_a_trainer_grades_one_after_the_other(
    writing: UUID, keys: list[str], enrolment: Enrolment, as_role: AsRole
) -> None:
    trainer = as_role("trainer")
    listed = trainer.get(reverse("grading")).content.decode()
    assert reverse("grade", args=[writing]) in listed
    page = trainer.get(reverse("grade", args=[writing])).content.decode()
    assert "nobody may leave" in page
    assert "autofocus" in page
    assert str(enrolment.learner) not in page
    wrong = trainer.post(reverse("grade", args=[writing]), {keys[0]: "9", keys[1]: ""})
    assert wrong.status_code == 200
    assert set(wrong.context["form"].errors) == set(keys)
    form = {keys[0]: "3.5", keys[1]: "2", "remark": "Good."}
    done = trainer.post(reverse("grade", args=[writing]), form)
    assert done["Location"] == reverse("grading")
    assert Response.objects.get().scaled == round(5.5 / 6, 4)
    again = trainer.post(reverse("grade", args=[writing]), form, follow=True)
    assert "does not wait for you any more" in again.content.decode()
    assert Mark.objects.count() == 1


@pytest.mark.parametrize("role", ["reviewer", "officer", "learner"])
def test_who_may_not_grade_does_not_get_in(
    role: str, writing: UUID, keys: list[str], as_role: AsRole
) -> None:
    other = as_role(role)
    for address in (reverse("grading"), reverse("grade", args=[writing])):
        assert other.get(address).status_code in (302, 403)
        assert other.post(address, dict.fromkeys(keys, 1)).status_code in (302, 403)
    assert not Mark.objects.exists()
