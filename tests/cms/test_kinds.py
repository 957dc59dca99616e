"""Questions of every kind, as their authors write them and see them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.test.utils.form_data import nested_form_data, streamfield

from assessments.kinds import KINDS
from assessments.models import Question
from tests.assessments.every_kind import every_kind
from tests.factories.courses import SmallCourse, objective
from tests.factories.kinds import Blocks

AsRole = Callable[[str], Client]
pytestmark = pytest.mark.django_db
of_each_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def parts(kind: str, db: None) -> Blocks:
    image = get_image_model().objects.create(title="Room", file=get_test_image_file())
    return every_kind(image.pk)[kind]


def form_of(kind: str, parts: Blocks) -> dict[str, Any]:
    form: dict[str, Any] = nested_form_data(
        {
            "slug": "one",
            "kind": kind,
            "stem": "One?",
            "options": streamfield([(type_, _fields(value)) for type_, value in parts]),
            "source": "CoE Convention, art. 4",
            "objective": objective("elements").key,
            "difficulty": "2",
            "law_as_of": "2026-11-01",
            "tags": "",
        }
    )
    return form


def _fields(value: dict[str, Any]) -> dict[str, Any]:
    return {
        name: ("" if one is False else "on" if one is True else one) for name, one in value.items()
    }


@of_each_kind
def test_an_author_writes_and_previews_it(
    kind: str, parts: Blocks, course: SmallCourse, as_role: AsRole
) -> None:
    trainer = as_role("trainer")
    url = reverse("wagtailsnippets_assessments_question:preview_on_add")
    assert trainer.post(url, form_of(kind, parts)).json()["is_valid"]
    page = trainer.get(url).content.decode()
    assert 'name="preview' in page
    assert ("Art. 4(a)." in page) == (kind != "likert")
    add = reverse("wagtailsnippets_assessments_question:add")
    answer = trainer.post(f"{add}?kind={kind}", form_of(kind, parts))
    assert answer.status_code == 302, answer.context["form"].errors
    made = Question.objects.get(slug="one")
    assert (made.kind, len(made.get_latest_revision_as_object().options)) == (kind, len(parts))


@of_each_kind
def test_half_a_question_is_previewed_with_what_it_lacks(
    kind: str, parts: Blocks, course: SmallCourse, as_role: AsRole
) -> None:
    trainer = as_role("trainer")
    url = reverse("wagtailsnippets_assessments_question:preview_on_add")
    trainer.post(url, form_of(kind, []))
    made = Question(kind=kind, stem="One?")
    assert made.get_preview_context(None, "")["missing"]
