"""Who commits late is not missed: the feed waits for whoever began to write before."""

from datetime import datetime
from threading import Event, Thread
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.crowds import all_at_once
from tests.reports.copies import Copy
from tests.reports.happenings import TOKEN, Learner, Maker, prepare

on_postgresql = connection.vendor == "postgresql"
pytestmark = [
    pytest.mark.alone,
    pytest.mark.postgres,
    pytest.mark.skipif(not on_postgresql, reason="transactions side by side"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("_put_back"),
]


@pytest.fixture
def copy(client: Client, transactional_db: None) -> Copy:
    prepare()
    return Copy(client, TOKEN)


class Inside(Maker):
    """Everything happens within the mandate, and nobody is of another profession."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.places = self.places[:1]

    def enrols_one(self) -> UUID:
        """Let somebody enrol whom the mandate covers."""
        while True:
            self.enrols()
            learner: Learner = self.learners[-1]
            if learner.profession == "judge":
                return learner.registration


def test_what_commits_late_is_told_in_its_turn(copy: Copy) -> None:
    """The first to write commits last: what came after it waits, so that no cursor passes it."""
    wrote, may_commit = Event(), Event()
    late: list[UUID] = []
    slow, quick = Inside(1), Inside(2)

    def write_slowly() -> None:
        with transaction.atomic():
            late.append(slow.enrols_one())
            wrote.set()
            may_commit.wait(10)
        connection.close()

    before = quick.enrols_one()
    copy.pull()
    assert set(copy.held) == {str(before)}
    writer = Thread(target=write_slowly)
    writer.start()
    assert wrote.wait(10)
    after = quick.enrols_one()
    assert copy.pull() == []
    waiting_since = datetime.fromisoformat(copy.last["complete_through"])
    may_commit.set()
    writer.join()
    assert set(dict(copy.told())) >= {str(late[0]), str(after)}
    assert datetime.fromisoformat(copy.last["complete_through"]) > waiting_since


def test_a_copy_begun_while_somebody_writes_misses_nothing(copy: Copy) -> None:
    wrote, may_commit = Event(), Event()
    late: list[UUID] = []

    def write_slowly() -> None:
        with transaction.atomic():
            late.append(Inside(1).enrols_one())
            wrote.set()
            may_commit.wait(10)
        connection.close()

    writer = Thread(target=write_slowly)
    writer.start()
    assert wrote.wait(10)
    quick = Inside(2).enrols_one()
    copy.pull()
    assert set(copy.held) == {str(quick)}
    may_commit.set()
    writer.join()
    copy.pull()
    assert set(copy.held) >= {str(quick), str(late[0])}


def test_a_crowd_writes_while_a_copy_is_kept_in_step(copy: Copy) -> None:
    everybody: list[UUID] = []

    def write(number: int) -> None:
        if number == 0:
            for _ in range(12):
                copy.pull(limit=7)
            return
        maker = Inside(number)
        for _ in range(15):
            everybody.append(maker.enrols_one())

    assert all_at_once(write) == [None] * 6
    copy.pull()
    assert set(copy.held) >= {str(key) for key in everybody}
    assert len(everybody) == 75
