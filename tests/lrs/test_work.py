"""The worker: nothing that was asked for is forgotten, whatever dies."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lrs import work
from lrs.leases import still_at_work
from lrs.work import (
    LEASE,
    MAX_TRIES,
    PatientWorker,
    dead_letters,
    retry_later,
    send_again,
    take_back_abandoned,
    worker_id,
)
from tests.lrs import tasks

pytestmark = pytest.mark.django_db

READY, RUNNING = TaskResultStatus.READY, TaskResultStatus.RUNNING


@pytest.fixture(autouse=True)
def _nothing_done_yet() -> Iterator[None]:
    tasks.done.clear()
    yield
    tasks.done.clear()


def worker(*, batch: bool = True, name: str = "") -> PatientWorker:
    return PatientWorker(
        queue_names=["*"],
        interval=0,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name or worker_id(),
        excluded_queue_names=[],
    )


def make_due() -> None:
    """Let the pause before the next try be over."""
    DBTaskResult.objects.filter(status=READY).update(run_after=timezone.now())


def running(*, by: str, since: datetime) -> DBTaskResult:
    """Return a task that a worker claimed and never finished."""
    tasks.note.enqueue("left behind")
    task = DBTaskResult.objects.get()
    task.claim(by)
    DBTaskResult.objects.update(started_at=since)
    task.refresh_from_db()
    return task


def a_dead_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_what_is_due_is_done_and_the_rest_waits() -> None:
    tasks.note.enqueue("now")
    tasks.note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("later")
    worker().run()
    assert tasks.done == ["now"]
    assert DBTaskResult.objects.get(status=READY).args_kwargs["args"] == ["later"]


def test_the_command_works_until_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientWorker, "configure_signals", lambda self: None)
    tasks.note.enqueue("one")
    tasks.note.enqueue("two")
    call_command("work", "--batch")
    assert tasks.done == ["one", "two"]


def test_a_failed_task_is_tried_again_after_growing_pauses() -> None:
    tasks.stumble.enqueue("the sheet", 2)
    pauses = []
    for _ in range(2):
        before = timezone.now()
        worker().run()
        pauses.append(round((DBTaskResult.objects.get().run_after - before).total_seconds()))
        worker().run()  # not due yet: nothing happens
        make_due()
    worker().run()
    assert pauses == [2, 4]
    assert tasks.done == ["the sheet"] * 3
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_after_the_last_try_it_is_a_dead_letter_that_can_be_sent_again() -> None:
    tasks.stumble.enqueue("the sheet", MAX_TRIES)
    for _ in range(MAX_TRIES + 2):
        worker().run()
        make_due()
    assert len(tasks.done) == MAX_TRIES
    letter = dead_letters().get()
    assert "stumbled over the sheet" in letter.traceback
    send_again(letter, at=timezone.now())
    worker().run()
    assert len(tasks.done) == MAX_TRIES + 1
    assert not dead_letters().exists()


def test_a_killed_workers_task_is_taken_back_at_once(at: datetime) -> None:
    dead = f"{socket.gethostname()[:40]}:{a_dead_process()}"
    running(by=dead, since=at)
    assert take_back_abandoned(at=at) == 1
    worker().run()
    assert tasks.done == ["left behind"]


def test_a_living_worker_keeps_its_task_until_the_lease_is_over(at: datetime) -> None:
    running(by=f"{socket.gethostname()[:40]}:{os.getpid()}", since=at)
    assert take_back_abandoned(at=at + LEASE) == 0
    assert take_back_abandoned(at=at + LEASE + timedelta(seconds=1)) == 1


def test_what_takes_long_keeps_its_lease_by_saying_that_it_is_at_work() -> None:
    tasks.toil.enqueue(2)
    worker().run()
    assert tasks.done == ["True", "True"]


def test_where_no_worker_is_at_work_there_is_no_lease(at: datetime) -> None:
    task = running(by="elsewhere:1", since=at)
    still_at_work()
    task.refresh_from_db()
    assert task.started_at == at


def test_a_worker_on_another_machine_has_its_lease(at: datetime) -> None:
    running(by=f"elsewhere:{a_dead_process()}", since=at)
    assert take_back_abandoned(at=at + timedelta(minutes=1)) == 0
    assert take_back_abandoned(at=at + LEASE + timedelta(seconds=1)) == 1


def test_a_restarted_worker_takes_back_what_its_namesake_left() -> None:
    running(by="host:1", since=timezone.now())
    worker(name="host:1").run()
    assert tasks.done == ["left behind"]


def test_a_task_that_kills_its_workers_becomes_a_dead_letter(at: datetime) -> None:
    task = running(by="elsewhere:1", since=at)
    DBTaskResult.objects.update(worker_ids=["elsewhere:1"] * MAX_TRIES)
    assert take_back_abandoned(at=at + 2 * LEASE) == 1
    assert dead_letters().get() == task
    assert not retry_later(dead_letters().get(), at=at)


def test_an_idle_worker_looks_for_what_others_left(monkeypatch: pytest.MonkeyPatch) -> None:
    idle = worker(batch=False)
    naps = []

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 1:
            running(by="elsewhere:1", since=timezone.now() - 2 * LEASE)
        else:
            idle.running = False

    monkeypatch.setattr(work.time, "sleep", sleep)
    monkeypatch.setattr(work, "_SWEEP_EVERY", timedelta(0))
    idle.run()
    assert tasks.done == ["left behind"]


def test_a_locked_database_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    tasks.note.enqueue("patience")
    ready, locked = DBTaskResult.objects.ready, iter(["database is locked"])

    def sometimes_locked() -> object:
        for message in locked:
            raise OperationalError(message)
        return ready()

    monkeypatch.setattr(DBTaskResult.objects, "ready", sometimes_locked)
    worker().run()
    assert tasks.done == ["patience"]
