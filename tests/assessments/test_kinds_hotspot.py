"""Places in a picture: marked in it, and named in words."""

from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from assessments.kinds import KINDS
from courses.models import Enrolment
from people.models import User
from tests.assessments.playing import alone, begin, play
from tests.factories.courses import SmallCourse
from tests.factories.kinds import Blocks, parts_of, question_of
from tests.support import sign_in

pytestmark = pytest.mark.django_db
KIND = KINDS["hotspot"]


def place(text: str, correct: bool, **at: int) -> tuple[str, dict[str, Any]]:
    box = {"left": 10, "top": 10, "width": 20, "height": 20} | at
    return "region", box | {"text": text, "correct": correct, "reason": f"Because of {text}."}


def room(image: int = 1) -> Blocks:
    return [
        ("picture", {"image": image, "alt": "A room with six beds"}),
        place("papers in a safe", True),
        place("a window", False, left=60),
        place("a lock outside", True, top=60),
    ]


@given(chosen=st.sets(st.integers(1, 3)))
def test_points_follow_the_places_chosen(chosen: set[int]) -> None:
    parts = parts_of(room())
    scored = KIND.score(parts, [parts[number].key for number in sorted(chosen)])
    right, wrong = len(chosen & {1, 3}), len(chosen & {2})
    assert scored.scaled == max(0, right - wrong) / 2
    assert scored.success is (chosen == {1, 3})
    best = KIND.score(parts, KIND.perfect(parts))
    assert (best.scaled, (best.response,)) == (1.0, best.correct)


def test_the_picture_is_no_answer() -> None:
    parts = parts_of(room())
    assert KIND.knows(parts, [parts[1].key])
    assert not KIND.knows(parts, [parts[0].key])
    assert not KIND.knows(parts, ["forged"])


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (room()[1:], "exactly one picture"),
        ([*room(), room()[0]], "exactly one picture"),
        (room()[:2], "two options or more"),
        ([*room()[:1], place("a", False), place("b", False)], "at least one option"),
        ([*room(), place("a door", False, left=90)], "“a door” does not lie within"),
        ([*room(), place("a dot", False, width=0)], "“a dot” does not lie within"),
    ],
)
def test_what_makes_no_such_question_is_refused(parts: Blocks, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        KIND.check(parts_of(parts))


@pytest.fixture
def asked(course: SmallCourse) -> SmallCourse:
    """The course, whose first quiz asks for places in a picture."""
    image = get_image_model().objects.create(title="Room", file=get_test_image_file())
    alone(course, question_of("hotspot", room(image.pk), slug="room", tags=["alone"]))
    return course


def test_a_place_is_chosen_scored_and_shown(
    asked: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    _, question = begin(enrolment, asked, at)
    safe = question.options[1]
    response, shown = play(enrolment, asked, [safe.key], at)
    assert (response.scaled, response.answer) == (0.5, [safe.key])
    states = [one.state for one in shown.reviewed["options"]]
    assert states == ["right", "other", "missed"]
    assert [one.chosen for one in shown.reviewed["options"]] == [True, False, False]


def test_the_page_has_each_place_in_the_picture_and_in_words(
    asked: SmallCourse, enrolment: Enrolment, learner: User, client: Client, at: datetime
) -> None:
    attempt, question = begin(enrolment, asked, at)
    sign_in(client, learner)
    page = client.get(reverse("attempt", args=[attempt.quiz_key, attempt.number])).content.decode()
    assert 'alt="A room with six beds"' in page
    for option in question.options[1:]:
        assert page.count(f'for="q-{question.key}-{option.key}"') == 1
        assert option.text in page
    assert "Because" not in page
