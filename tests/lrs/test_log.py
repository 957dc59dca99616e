"""The log: one writer, everything or nothing, and nothing twice."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from tincan import Agent, AgentAccount, Statement

from courses.models import ActivityProgress, Enrolment, ModuleProgress
from lrs.log import AUTHORITY, record
from lrs.models import Statement as StoredStatement
from lrs.models import Voided
from lrs.positions import position_after
from lrs.rebuilding import differences
from people.models import User
from tests.factories.courses import SmallCourse
from tests.support import complete
from xapi import statements, types

pytestmark = pytest.mark.django_db

COURSE, LESSON = uuid4(), uuid4()


def who(at: datetime, registration: UUID) -> dict[str, Any]:
    return {"actor": uuid4(), "course": COURSE, "registration": registration, "at": at}


def registered(at: datetime, registration: UUID, **facts: Any) -> Statement:
    facts = {"edition": 1, "minutes": 36} | facts
    return statements.registered(**who(at, registration), facts=facts)


def begun(at: datetime, registration: UUID) -> Statement:
    return statements.initialized(**who(at, registration), key=LESSON, type_=types.LESSON)


def test_a_statement_is_stored_to_the_letter(at: datetime) -> None:
    statement = begun(at, uuid4())
    record([statement], at=at + timedelta(minutes=1))
    row = StoredStatement.objects.get()
    body = json.loads(row.body)
    assert body.pop("stored") == (at + timedelta(minutes=1)).isoformat()
    assert body.pop("authority") == AUTHORITY
    assert body == json.loads(statement.to_json())
    assert (row.id, row.verb, row.activity) == (
        statement.id,
        body["verb"]["id"],
        body["object"]["id"],
    )


def test_authority_is_ours_to_set(at: datetime) -> None:
    statement = begun(at, uuid4())
    statement.authority = Agent(account=AgentAccount(name="me", home_page="https://evil.example"))
    record([statement], at=at)
    assert json.loads(StoredStatement.objects.get().body)["authority"] == AUTHORITY


def test_a_retry_changes_nothing(at: datetime) -> None:
    registration = uuid4()
    first = record([registered(at, registration)], at=at)
    again = record([registered(at + timedelta(days=1), registration, edition=9)], at=at)
    assert (len(first), again) == (1, [])
    assert Enrolment.objects.get().edition == 1
    assert StoredStatement.objects.get().stored == at


def test_the_same_statement_twice_in_one_breath_is_one(at: datetime) -> None:
    statement = registered(at, uuid4())
    assert len(record([statement, statement], at=at)) == 1


def test_a_moment_has_room_for_many_statements(at: datetime) -> None:
    for _ in range(3):
        record([begun(at, uuid4()) for _ in range(400)], at=at)
    for _ in range(30):
        record([begun(at, uuid4())], at=at)
    positions = StoredStatement.objects.order_by("sequence").values_list("position", flat=True)
    assert len(positions) == 1230
    assert list(positions) == sorted(positions)


@pytest.mark.parametrize("many", [1, 30], ids=["few", "many"])
def test_somebody_else_may_take_the_same_place_at_the_same_moment(
    at: datetime, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    record([begun(at, uuid4()) for _ in range(many)], at=at)
    seen: list[int | None] = []

    def not_seen_yet(last: int | None, stored: datetime) -> int:
        seen.append(last)
        return position_after(None if len(seen) == 1 else last, stored)

    monkeypatch.setattr("lrs.appending.position_after", not_seen_yet)
    assert len(record([begun(at, uuid4()) for _ in range(many)], at=at)) == many
    assert len(seen) == 2
    assert StoredStatement.objects.count() == 2 * many


def test_everything_is_written_or_nothing(at: datetime) -> None:
    unfoldable = statements.registered(**who(at, uuid4()), facts={})
    with pytest.raises(KeyError):
        record([registered(at, uuid4()), unfoldable], at=at)
    assert not StoredStatement.objects.exists()
    assert not Enrolment.objects.exists()


def test_what_is_taken_back_no_longer_counts(at: datetime) -> None:
    registration, other = uuid4(), uuid4()
    record([registered(at, registration), begun(at, registration), begun(at, other)], at=at)
    void = statements.voided(actor=uuid4(), target=begun(at, registration).id, at=at)
    record([void], at=at)
    assert Enrolment.objects.get(registration=registration).started_at is None
    assert ActivityProgress.objects.get().registration == other
    assert differences() == []


def test_a_void_may_arrive_before_its_target(at: datetime) -> None:
    registration = uuid4()
    target = begun(at, registration)
    record([statements.voided(actor=uuid4(), target=target.id, at=at)], at=at)
    record([registered(at, registration), target], at=at)
    assert Voided.objects.get().target == target.id
    assert StoredStatement.objects.filter(id=target.id).exists()
    assert not ActivityProgress.objects.exists()
    assert Enrolment.objects.get().started_at is None
    assert differences() == []


def test_order_of_arrival_does_not_matter(at: datetime) -> None:
    registration = uuid4()
    record([begun(at + timedelta(hours=1), registration)], at=at)
    record([registered(at, registration)], at=at)
    enrolment = Enrolment.objects.get()
    assert (enrolment.enrolled_at, enrolment.started_at) == (at, at + timedelta(hours=1))


def test_a_journey_leaves_no_name_address_or_words_in_the_log(
    course: SmallCourse, enrolment: Enrolment, learner: User, at: datetime
) -> None:
    complete(enrolment, course, at)
    log = "\n".join(StoredStatement.objects.values_list("body", flat=True))
    private = [learner.email, learner.name_latin, learner.name_cyrillic, "Uzorković"]
    words = ["Option", "Because", "Does consent matter?", course.course.title]
    assert [text for text in private + words if text in log] == []
    assert ModuleProgress.objects.count() == 2
