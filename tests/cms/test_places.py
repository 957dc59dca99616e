"""The picture of a question, for the form in which places are drawn over it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def address() -> str:
    picture = get_image_model().objects.create(title="Room", file=get_test_image_file())
    return reverse("question_picture", args=[picture.pk])


def test_whoever_writes_questions_gets_the_picture(
    as_role: Callable[[str], Client], address: str
) -> None:
    answer = as_role("trainer").get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/media/images/")


def test_nobody_else_gets_it(as_role: Callable[[str], Client], address: str) -> None:
    for browser in (Client(), as_role("learner")):
        answer = browser.get(address)
        assert answer.status_code in (302, 403)
        assert "/media/" not in answer.headers.get("Location", "")
