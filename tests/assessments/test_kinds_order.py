"""Things that belong together, things that have an order, and a scale."""

import random
from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessments.kinds import JOIN, KINDS, WITH
from assessments.models import Attempt, Response
from assessments.question_facts import in_need_of_a_look
from courses.models import Enrolment
from people.models import User
from tests.assessments.playing import alone, begin, play
from tests.factories.courses import SmallCourse
from tests.factories.kinds import Blocks, parts_of, question_of
from tests.support import sign_in

pytestmark = pytest.mark.django_db
MATCHING, SEQUENCING, LIKERT = KINDS["matching"], KINDS["sequencing"], KINDS["likert"]

ELEMENTS: Blocks = [
    ("pair", {"text": "Act", "match": "recruiting", "reason": "Art. 4(a)."}),
    ("pair", {"text": "Means", "match": "deceit", "reason": "Art. 4(a)."}),
    ("pair", {"text": "Purpose", "match": "forced labour", "reason": "Art. 4(a)."}),
    ("decoy", {"text": "nationality"}),
]
FIRST_STEPS: Blocks = [
    ("step", {"text": text, "reason": ""}) for text in ("safety", "needs", "call", "record")
]
SURE: Blocks = [("point", {"text": text}) for text in ("not at all", "somewhat", "quite sure")]


# --- matching -------------------------------------------------------------------------------


@given(data=st.data())
def test_each_right_pair_earns_its_share_and_a_wrong_one_costs_nothing(data: st.DataObject) -> None:
    parts = parts_of(ELEMENTS)
    pairs, targets = parts[:3], [part.key for part in parts]
    chosen = {
        pair.key: target
        for pair in pairs
        if (target := data.draw(st.none() | st.sampled_from(targets)))
    }
    answer = [f"{source}{WITH}{target}" for source, target in chosen.items()]
    assert MATCHING.knows(parts, answer)
    scored = MATCHING.score(parts, data.draw(st.permutations(answer)))
    right = sum(source == target for source, target in chosen.items())
    assert scored.scaled == right / 3
    again = MATCHING.score(parts, [one for one in scored.choices.split(JOIN) if one])
    assert again == scored


def test_what_belongs_together_is_said_as_xapi_has_it() -> None:
    parts = parts_of(ELEMENTS)
    best = MATCHING.score(parts, MATCHING.perfect(parts))
    assert (best.scaled, (best.response,)) == (1.0, best.correct)
    assert best.response == JOIN.join(f"{part.key}[.]{part.key}" for part in parts[:3])
    assert MATCHING.score(parts, []).scaled == 0.0


@pytest.mark.parametrize(
    "forged", [["x[.]y"], ["{0}[.]x"], ["{3}[.]{0}"], ["{0}[.]{0}", "{0}[.]{1}"], ["{0}"]]
)
def test_a_forged_pair_is_refused(forged: list[str]) -> None:
    parts = parts_of(ELEMENTS)
    keys = [part.key for part in parts]
    assert not MATCHING.knows(parts, [one.format(*keys) for one in forged])


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (ELEMENTS[:1], "two pairs or more"),
        ([*ELEMENTS, ("pair", {"text": "act ", "match": "hiding", "reason": "r"})], "may stand"),
        ([*ELEMENTS, ("decoy", {"text": "Deceit"})], "may stand"),
    ],
)
def test_pairs_that_cannot_be_told_apart_are_refused(parts: Blocks, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        MATCHING.check(parts_of(parts))


def test_pairs_are_chosen_scored_and_shown(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    alone(course, question_of("matching", ELEMENTS, slug="elements", tags=["alone"]))
    _, question = begin(enrolment, course, at)
    act, means, _purpose, decoy = question.options_as_written
    answer = [f"{act.key}[.]{act.key}", f"{means.key}[.]{decoy.key}"]
    response, shown = play(enrolment, course, answer, at)
    assert response.scaled == pytest.approx(1 / 3)
    assert response.answer == answer
    pairs = {item.pair.text: item for item in shown.reviewed["pairs"]}
    assert [pairs[text].is_right for text in ("Act", "Means", "Purpose")] == [True, False, False]
    assert pairs["Means"].chosen.text == "nationality"
    assert pairs["Purpose"].chosen is None


# --- sequencing -----------------------------------------------------------------------------


@given(places=st.lists(st.integers(0, 4), min_size=4, max_size=4))
def test_each_step_in_its_place_earns_its_share(places: list[int]) -> None:
    parts = parts_of(FIRST_STEPS)
    answer = [f"{p.key}{WITH}{place}" for p, place in zip(parts, places, strict=True) if place]
    assert SEQUENCING.knows(parts, answer)
    scored = SEQUENCING.score(parts, answer)
    right = sum(
        place == number and places.count(place) == 1 for number, place in enumerate(places, start=1)
    )
    assert scored.scaled == right / 4
    again = SEQUENCING.score(parts, [one for one in scored.choices.split(JOIN) if one])
    assert again == scored


@given(seed=st.none() | st.integers(0, 1000), count=st.integers(2, 8))
def test_steps_are_never_offered_in_their_right_order(seed: int | None, count: int) -> None:
    parts = parts_of([("step", {"text": str(number), "reason": ""}) for number in range(count)])
    drawn = SEQUENCING.order(parts, None if seed is None else random.Random(seed))
    assert sorted(drawn) == sorted(part.key for part in parts)
    assert drawn != [part.key for part in parts]


@pytest.mark.parametrize(
    "forged",
    [["x[.]1"], ["{0}[.]5"], ["{0}[.]0"], ["{0}[.]first"], ["{0}[.]1", "{0}[.]2"], ["{0}"]],
)
def test_a_forged_place_is_refused(forged: list[str]) -> None:
    parts = parts_of(FIRST_STEPS)
    keys = [part.key for part in parts]
    assert not SEQUENCING.knows(parts, [one.format(*keys) for one in forged])


def test_one_step_has_no_order() -> None:
    with pytest.raises(ValidationError, match="two steps or more"):
        SEQUENCING.check(parts_of(FIRST_STEPS[:1]))


def test_steps_are_put_in_order_scored_and_shown(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    alone(course, question_of("sequencing", FIRST_STEPS, slug="steps", tags=["alone"]))
    _, question = begin(enrolment, course, at)
    keys = [part.key for part in question.options_as_written]
    places = dict(zip(keys, (1, 3, 2, 4), strict=True))
    answer = [f"{key}[.]{place}" for key, place in places.items()]
    response, shown = play(enrolment, course, answer, at)
    assert (response.scaled, set(response.answer)) == (0.5, set(answer))
    steps = shown.reviewed["steps"]
    assert [item.step.text for item in steps] == ["safety", "needs", "call", "record"]
    assert [item.is_right for item in steps] == [True, False, False, True]


# --- a scale --------------------------------------------------------------------------------


def test_a_scale_is_asked_and_not_scored(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    alone(course, question_of("likert", SURE, slug="sure", tags=["alone"]))
    _, question = begin(enrolment, course, at)
    chosen = question.options[2].key
    response, shown = play(enrolment, course, [chosen], at)
    assert (response.scaled, response.success, response.answer) == (None, None, [chosen])
    assert (shown.is_scored, shown.is_wrong) == (False, False)
    done = Attempt.objects.get()
    assert (done.raw, done.maximum, done.passed) == (0.0, 0.0, False)
    Response.objects.update(scaled=None)
    assert in_need_of_a_look() == []


@pytest.mark.parametrize("forged", [["x"], ["{0}", "{1}"]])
def test_a_scale_takes_one_of_its_points(forged: list[str]) -> None:
    parts = parts_of(SURE)
    keys = [part.key for part in parts]
    assert LIKERT.order(parts, random.Random(1)) == keys
    assert not LIKERT.knows(parts, [one.format(*keys) for one in forged])
    with pytest.raises(ValidationError, match="two points"):
        LIKERT.check(parts[:1])


# --- in a browser without scripts -----------------------------------------------------------


def test_a_form_alone_says_it_all(
    course: SmallCourse, enrolment: Enrolment, learner: User, client: Client, at: datetime
) -> None:
    alone(course, question_of("matching", ELEMENTS, slug="elements", tags=["alone"]))
    attempt, question = begin(enrolment, course, at)
    where = [attempt.quiz_key, attempt.number]
    page = sign_in(client, learner).get(reverse("attempt", args=where)).content.decode()
    pairs = question.options_as_written[:3]
    form = {f"q-{question.key}.{pair.key}": pair.key for pair in pairs}
    assert all(f'name="{name}"' in page for name in form)
    client.post(reverse("submit_attempt", args=where), form)
    result = client.get(reverse("result", args=where))
    assert result.context["result"].attempt.passed
    assert "recruiting" in result.content.decode()
