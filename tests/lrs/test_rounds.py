"""The worker goes its rounds: each as often as it asked for, whatever becomes of the others."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from lrs import rounds
from lrs.rounds import Round, Rounds, register

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def gone(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """When each round was gone, in seconds; the first of the three fails."""
    monkeypatch.setattr(rounds, "_rounds", {})
    noted: list[tuple[str, int]] = []

    def fails(at: datetime) -> None:
        noted.append(("fails", (at - NOON).seconds))
        raise RuntimeError("in a story")

    def waits(at: datetime) -> None:
        raise OperationalError("database is locked")

    def often(at: datetime) -> None:
        noted.append(("often", (at - NOON).seconds))

    register(Round("fails", timedelta(seconds=20), fails))
    register(Round("waits", timedelta(seconds=1), waits))
    register(Round("often", timedelta(seconds=10), often))
    return noted


def test_each_round_is_gone_as_often_as_it_asked_for(gone: list[tuple[str, int]]) -> None:
    worker = Rounds()
    for second in range(0, 25, 2):
        worker.go(at=NOON + timedelta(seconds=second))
    assert [when for name, when in gone if name == "often"] == [0, 10, 20]
    assert [when for name, when in gone if name == "fails"] == [0, 20]


def test_another_trouble_with_the_database_ends_the_worker(
    gone: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(at: datetime) -> None:
        raise OperationalError("server closed the connection")

    register(Round("lost", timedelta(seconds=1), lost))
    with pytest.raises(OperationalError):
        Rounds().go(at=NOON)
