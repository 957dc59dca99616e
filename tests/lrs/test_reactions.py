"""What a statement sets in motion exists exactly if the statement does."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from tincan import Statement

from lrs import reactions
from lrs.log import record
from lrs.models import Statement as StoredStatement
from lrs.reactions import Reaction
from lrs.rebuilding import rebuild
from tests.lrs import tasks
from xapi import statements, types, verbs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _note_what_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reactions, "_reactions", {})
    reactions.register(Reaction("note", verbs.INITIALIZED.id, types.LESSON, tasks.note))


def begun(at: datetime, type_: str = types.LESSON) -> Statement:
    return statements.initialized(
        actor=uuid4(), course=uuid4(), registration=uuid4(), key=uuid4(), type_=type_, at=at
    )


def asked() -> list[list[str]]:
    return [task.args_kwargs["args"] for task in DBTaskResult.objects.all()]


def test_a_new_statement_is_reacted_to_once(at: datetime) -> None:
    statement = begun(at)
    record([statement], at=at)
    record([statement], at=at)
    assert asked() == [[str(statement.id)]]


def test_another_verb_or_type_moves_nothing(at: datetime) -> None:
    left = statements.left(actor=uuid4(), course=uuid4(), registration=uuid4(), at=at)
    record([begun(at, types.ASSESSMENT), left], at=at)
    assert asked() == []


def test_a_rollback_takes_the_task_with_it(at: datetime) -> None:
    @transaction.atomic
    def request() -> None:
        record([begun(at)], at=at)
        assert len(asked()) == 1
        raise RuntimeError("the request failed")

    with pytest.raises(RuntimeError):
        request()
    assert asked() == []
    assert not StoredStatement.objects.exists()


def test_a_reaction_that_cannot_be_written_leaves_no_statement(
    at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: object, *args: object) -> None:
        raise RuntimeError("the queue is broken")

    monkeypatch.setattr(type(tasks.note), "enqueue", broken)
    with pytest.raises(RuntimeError):
        record([begun(at)], at=at)
    assert not StoredStatement.objects.exists()


def test_what_was_taken_back_beforehand_moves_nothing(at: datetime) -> None:
    statement = begun(at)
    record([statements.voided(actor=uuid4(), target=statement.id, at=at)], at=at)
    record([statement], at=at)
    assert asked() == []


def test_rebuilding_never_reacts(at: datetime) -> None:
    record([begun(at)], at=at)
    DBTaskResult.objects.all().delete()
    rebuild()
    assert asked() == []
