"""Processes that write to one SQLite file stand in line; elsewhere nobody waits."""

import fcntl
from pathlib import Path

import pytest
from django.db import connection

from lrs.queueing import alone_at_the_database, give_way


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "site.sqlite3"
    file.touch()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(file))
    return file


def is_free(line: Path) -> bool:
    with line.open("w") as other:
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_another_process_waits_until_the_writer_is_done(database: Path) -> None:
    if connection.vendor != "sqlite":
        with alone_at_the_database():
            assert list(database.parent.iterdir()) == [database]
        return
    line = Path(f"{database}-line")
    with alone_at_the_database():
        assert not is_free(line)
    assert is_free(line)


def test_the_line_moves_on_after_an_error(database: Path) -> None:
    with pytest.raises(ZeroDivisionError), alone_at_the_database():
        1 / 0  # noqa: B018
    with alone_at_the_database():
        pass
    line = Path(f"{database}-line")
    assert not line.exists() or is_free(line)


def test_a_database_in_memory_has_no_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(connection.settings_dict, "NAME", ":memory:")
    with alone_at_the_database():
        assert not list(tmp_path.iterdir())


def test_long_work_lets_others_write_in_between(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("lrs.queueing.time.sleep", pauses.append)
    give_way()
    assert len(pauses) == (connection.vendor == "sqlite")
    monkeypatch.setitem(connection.settings_dict, "NAME", ":memory:")
    give_way()
    assert len(pauses) == (connection.vendor == "sqlite")
