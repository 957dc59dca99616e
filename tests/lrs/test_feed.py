"""The log as a feed: whoever reads it misses nothing, whoever writes late."""

from datetime import datetime, timedelta
from threading import Event, Thread
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from lrs.feed import PlaceLost, begin_epoch, beginning, place_after, place_before, read, waiting
from lrs.log import record
from lrs.models import Epoch, Statement
from xapi import statements, types

on_postgresql = connection.vendor == "postgresql"
# There the feed hides what is not committed, so that a story is many transactions.
pytestmark = [
    pytest.mark.alone,
    pytest.mark.django_db(transaction=on_postgresql, serialized_rollback=on_postgresql),
    *([pytest.mark.usefixtures("_put_back")] if on_postgresql else []),
]


def happened(at: datetime) -> UUID:
    """Record that somebody began something; return the statement's id."""
    who = {"actor": uuid4(), "course": uuid4(), "registration": uuid4(), "at": at}
    begun = statements.initialized(**who, key=uuid4(), type_=types.LESSON)
    record([begun], at=at)
    return UUID(str(begun.id))


def ids(rows: list[Statement]) -> list[UUID]:
    return [row.id for row in rows]


def test_pages_follow_one_another(at: datetime) -> None:
    recorded = [happened(at + timedelta(minutes=minute)) for minute in range(5)]
    first, place = read(None, 3)
    assert ids(first) == recorded[:3]
    rest, place = read(place, 3)
    assert ids(rest) == recorded[3:]
    assert read(place, 3) == ([], place)
    assert place_after(rest[-1]) == place
    new = happened(at)
    assert ids(read(place, 3)[0]) == [new]
    assert waiting(place).count() == 1
    assert waiting(None).count() == 6


def test_a_reader_can_begin_at_a_moment(at: datetime) -> None:
    recorded = [happened(at + timedelta(minutes=minute)) for minute in range(3)]
    assert ids(read(place_before(at + timedelta(minutes=1)), 9)[0]) == recorded[1:]
    assert ids(read(place_before(at), 9)[0]) == recorded
    assert read(place_before(at + timedelta(hours=1)), 9)[0] == []
    assert ids(read(beginning(), 9)[0]) == recorded


def test_after_a_restore_readers_start_again(at: datetime) -> None:
    recorded = [happened(at), happened(at)]
    _, place = read(None, 9)
    call_command("begin_epoch")
    with pytest.raises(PlaceLost):
        read(place, 9)
    after = happened(at)
    rows, place = read(None, 2)
    assert ids(rows) == recorded
    assert ids(read(place, 9)[0]) == [after]


def test_a_log_in_which_no_epoch_was_begun_can_be_read(at: datetime) -> None:
    Epoch.objects.all().delete()
    recorded = happened(at)
    rows, place = read(None, 9)
    assert ids(rows) == [recorded]
    assert read(place, 9)[0] == []


@pytest.mark.postgres
@pytest.mark.skipif(not on_postgresql, reason="transactions side by side")
def test_what_commits_late_is_not_missed(at: datetime) -> None:
    """The first to write commits last: what came after it waits, so that no place passes it."""
    wrote, may_commit = Event(), Event()
    late: list[UUID] = []

    def write_slowly() -> None:
        with transaction.atomic():
            late.append(happened(at))
            wrote.set()
            may_commit.wait(10)
        connection.close()

    before = happened(at)
    writer = Thread(target=write_slowly)
    writer.start()
    assert wrote.wait(10)
    quick = happened(at + timedelta(minutes=1))
    rows, place = read(None, 9)
    assert ids(rows) == [before]
    from_now = place_before(at + timedelta(minutes=1))
    assert waiting(place).count() == 1
    may_commit.set()
    writer.join()
    assert ids(read(place, 9)[0]) == [*late, quick]
    assert set(ids(read(from_now, 9)[0])) == {*late, quick}


@pytest.mark.postgres
@pytest.mark.skipif(not on_postgresql, reason="transactions count anew on another server")
def test_a_restore_on_another_server_hides_nothing(at: datetime) -> None:
    """There the transactions count from a low number again, and old rows have high ones."""
    old = happened(at)
    Statement.objects.update(transaction=2**60)
    begin_epoch()
    new = happened(at)
    rows, place = read(None, 1)
    assert ids(rows) == [old]
    assert ids(read(place, 9)[0]) == [new]
    assert ids(read(place_before(at), 9)[0]) == [old, new]
