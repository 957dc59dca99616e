"""What holds for every kind of question: its statement, its result, its parts."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from assessments.kinds import KINDS
from assessments.models import Attempt
from assessments.models.parts import PartsBlock, parts_block
from courses.models import Enrolment
from lrs.models import Statement
from people.models import User
from tests.assessments.every_kind import every_kind
from tests.assessments.playing import alone, play
from tests.factories.courses import SmallCourse, in_serbian
from tests.factories.kinds import Blocks, parts_of, question_of
from tests.support import sign_in
from xapi import verbs
from xapi.data import check_statement

pytestmark = pytest.mark.django_db
of_each_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def parts(kind: str, db: None) -> Blocks:
    image = get_image_model().objects.create(title="Room", file=get_test_image_file())
    return every_kind(image.pk)[kind]


@of_each_kind
def test_what_is_right_earns_all_and_its_statement_is_well_formed(
    kind: str, parts: Blocks, course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    alone(course, question_of(kind, parts, slug="one", tags=["alone"]))
    best = KINDS[kind].perfect(parts_of(parts, "one"))
    response, shown = play(enrolment, course, best, at)
    at_once = KINDS[kind].is_scored and not KINDS[kind].is_graded
    assert response.scaled == (1.0 if at_once else None)
    assert response.is_waiting == KINDS[kind].is_graded
    assert not shown.is_wrong
    body = json.loads(Statement.objects.get(verb=verbs.ANSWERED.id).body)
    check_statement(body, "1.0.3")
    definition = body["object"]["definition"]
    assert definition["interactionType"] == KINDS[kind].interaction_type
    if at_once and kind not in ("numeric", "fill-in"):
        assert definition["correctResponsesPattern"] == [body["result"]["response"]]


@of_each_kind
def test_left_open_it_earns_nothing_and_nothing_is_recorded_of_it(
    kind: str, parts: Blocks, course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    alone(course, question_of(kind, parts, slug="one", tags=["alone"]))
    response, _ = play(enrolment, course, [], at)
    assert response.scaled == (0.0 if KINDS[kind].is_scored else None)
    assert (response.response, response.writing) == ("", None)


@of_each_kind
def test_the_result_reads_without_an_answer_and_in_either_script(
    kind: str,
    parts: Blocks,
    course: SmallCourse,
    enrolment: Enrolment,
    learner: User,
    at: datetime,
) -> None:
    alone(course, question_of(kind, parts, slug="one", tags=["alone"]))
    in_serbian(course)
    play(enrolment, course, [], at)
    attempt = Attempt.objects.get()
    client = sign_in(Client(), learner)
    for prefix in ("en", "sr", "sr-latn"):
        page = client.get(f"/{prefix}/quiz/{attempt.quiz_key}/{attempt.number}/result/")
        assert page.status_code == 200
        assert "one?" in page.content.decode()


@of_each_kind
def test_its_parts_are_the_parts_of_its_kind_alone(kind: str, parts: Blocks) -> None:
    own = parts_block(kind)
    assert isinstance(own, PartsBlock)
    assert {type_ for type_, _ in parts} <= set(own.child_blocks) == set(KINDS[kind].part_types)
    assert KINDS[kind].fewest <= len(parts) <= KINDS[kind].most
    KINDS[kind].check(parts_of(parts))
    assert KINDS[kind].template != KINDS[kind].result_template
    for template in (KINDS[kind].template, KINDS[kind].result_template):
        assert (Path("templates") / template).is_file()
