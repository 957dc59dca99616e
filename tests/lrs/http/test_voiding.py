"""Statements are taken back (1.0.3 Data 2.3.2, IEEE 9274.1.1 4.2.5)."""

from typing import Any

import pytest
from django.utils import timezone

from lrs.exporting import Selection, batches
from lrs.log import record
from lrs.models import Statement
from tests.lrs.http.tools import (
    EVA,
    READ,
    STATEMENTS,
    VERSIONS,
    VOIDED,
    Tool,
    about,
    new_id,
    refusal,
    statement,
    voiding,
)
from tests.xapi.examples import AT, TRAINER, examples
from xapi.statements import voided

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("version", VERSIONS)
def test_a_voided_statement_is_found_as_such_only(version: str) -> None:
    tool = Tool(version)
    gone, kept = tool.store(statement(), statement())
    void = tool.void(gone)
    assert void.status_code == 200
    assert tool.sees(kept)
    assert not tool.sees(gone)
    assert tool.sees(gone, "voidedStatementId")
    assert not tool.sees(kept, "voidedStatementId")
    assert tool.find() == [*void.json(), kept]
    assert tool.find(verb=VOIDED) == void.json()


def test_a_voided_statement_says_what_it_said(tool: Tool) -> None:
    (gone,) = tool.store(statement())
    before = tool.read(gone)
    tool.void(gone)
    assert tool.send("GET", STATEMENTS, voidedStatementId=gone).json() == before


def test_a_void_may_come_before_what_it_voids(tool: Tool) -> None:
    id_ = new_id()
    tool.void(id_)
    tool.store(statement(id=id_))
    assert not tool.sees(id_)
    assert tool.sees(id_, "voidedStatementId")
    assert tool.send("PUT", STATEMENTS, statement(id=id_), statementId=id_).status_code == 204


def test_both_may_come_in_one_batch(tool: Tool) -> None:
    for ahead in (True, False):
        id_ = new_id()
        both = [statement(id=id_), voiding(id_)]
        tool.store(*(both if ahead else reversed(both)))
        assert not tool.sees(id_)


def test_who_voids_cannot_be_voided(tool: Tool) -> None:
    (gone,) = tool.store(statement())
    (void,) = tool.void(gone).json()
    tool.void(void)
    assert tool.sees(void)
    assert not tool.sees(void, "voidedStatementId")
    assert not tool.sees(gone)


def test_voiding_twice_is_possible_and_a_comment_is_no_void(tool: Tool) -> None:
    gone, kept = tool.store(statement(), statement())
    assert tool.void(gone).status_code == tool.void(gone).status_code == 200
    tool.store(about(kept))
    assert tool.sees(kept)


@pytest.mark.parametrize(("scopes", "status"), [(["statements/write"], 403), (["all"], 200)])
def test_what_others_sent_is_voided_only_by_who_may_everything(
    db: None, scopes: list[str], status: int
) -> None:
    other, tool = Tool(), Tool(scopes=scopes)
    (theirs,) = other.store(statement())
    assert tool.void(theirs).status_code == status
    assert other.sees(theirs) is (status == 403)


def test_one_may_take_back_what_one_sent(db: None) -> None:
    tool = Tool(scopes=["statements/write", "statements/read/mine"])
    (mine,) = tool.store(statement())
    assert tool.void(mine).status_code == 200
    assert not tool.sees(mine)
    assert tool.sees(mine, "voidedStatementId")


def test_nobody_takes_back_what_this_site_recorded(tool: Tool) -> None:
    (event,) = record([examples()["passed"]], at=AT)
    answer = tool.void(str(event.id))
    assert answer.status_code == 403
    assert "recorded" in refusal(answer)
    batch = tool.send("POST", STATEMENTS, [statement(), voiding(str(event.id))])
    assert (batch.status_code, Statement.objects.count()) == (403, 1)
    assert tool.sees(str(event.id))


def test_nor_what_this_site_will_record(tool: Tool) -> None:
    passed = examples()["passed"]
    tool.void(str(passed.id))
    (event,) = record([passed], at=AT)
    assert tool.sees(str(event.id))
    assert str(event.id) in tool.find(verb=event.verb)


@pytest.mark.parametrize(("scopes", "counts"), [(["statements/write"], False), (["all"], True)])
def test_a_void_ahead_of_what_somebody_else_sends_counts_only_from_who_may_everything(
    db: None, scopes: list[str], counts: bool
) -> None:
    other, tool = Tool(), Tool(scopes=scopes)
    id_ = new_id()
    assert tool.void(id_).status_code == 200
    other.store(statement(id=id_))
    assert other.sees(id_) is not counts
    assert other.sees(id_, "voidedStatementId") is counts
    (exported,) = batches(Selection(until=timezone.now()))
    assert [one.is_voided for one in exported if str(one.id) == id_] == [counts]
    other.void(id_)
    assert not other.sees(id_)


def test_this_site_takes_back_its_own(tool: Tool) -> None:
    (event,) = record([examples()["passed"]], at=AT)
    record([voided(actor=TRAINER, target=event.id, at=AT)], at=AT)
    assert not tool.sees(str(event.id))
    assert tool.sees(str(event.id), "voidedStatementId")


@pytest.mark.parametrize(
    "target",
    [
        {"id": "https://example.org/course/lesson"},
        EVA,
        {"objectType": "StatementRef"},
        {"objectType": "StatementRef", "id": "1"},
    ],
)
def test_what_is_voided_must_be_a_statement(tool: Tool, target: dict[str, Any]) -> None:
    answer = tool.send("POST", STATEMENTS, statement(verb={"id": VOIDED}, object=target))
    assert answer.status_code == 400
    assert refusal(answer)


def test_a_void_within_a_plan_voids_nothing(tool: Tool) -> None:
    (kept,) = tool.store(statement())
    plan = voiding(kept) | {"objectType": "SubStatement"}
    tool.store(statement(verb={"id": READ}, object=plan))
    assert tool.sees(kept)
