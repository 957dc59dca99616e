"""The task worker: what the queue itself lacks, that is retry, back-off, lease, dead letters.

A task that raises is tried again after 2, 4, 8… seconds. A task whose worker died stays RUNNING
for ever by itself: it is taken back when its process is gone, or when its lease has run out (what
takes longer says that it is still at work: `lrs.leases`).
After the last try it stays FAILED: a dead letter that an administrator sees and can send again.
"""

import os
import socket
import time
from datetime import datetime, timedelta

from django.db import OperationalError, close_old_connections
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception

from lrs.forwarding.delivery import deliver_due
from lrs.leases import at_work_on
from lrs.rounds import Rounds

MAX_TRIES = 6
LEASE = timedelta(minutes=10)
_SWEEP_EVERY = timedelta(seconds=30)
_FORWARD_EVERY = timedelta(seconds=2)


def worker_id() -> str:
    """Return a name that tells whether the worker still lives: host and process."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


def retry_later(task: DBTaskResult, *, at: datetime) -> bool:
    """Give a failed task another try after a growing pause; False once its tries are used up."""
    tries = len(task.worker_ids)
    if tries >= MAX_TRIES:
        return False
    task.status = TaskResultStatus.READY
    task.run_after = at + timedelta(seconds=2**tries)
    task.save(update_fields=["status", "run_after"])
    return True


def take_back_abandoned(*, at: datetime, dead: str = "") -> int:
    """Requeue tasks whose worker is dead or whose lease is over; return how many.

    `dead` names a worker that is known not to live.
    """
    count = 0
    for task in DBTaskResult.objects.running():
        if _is_abandoned(task, at) or task.worker_ids[-1:] == [dead]:
            count += 1
            if not retry_later(task, at=at - timedelta(days=1)):
                task.set_failed(RuntimeError("The worker died while it ran this task."))
    return count


def dead_letters() -> "QuerySet[DBTaskResult]":
    """Return the tasks that nobody will try again by themselves."""
    return DBTaskResult.objects.failed().order_by("-finished_at")


def send_again(task: DBTaskResult, *, at: datetime) -> None:
    """Give a dead letter a fresh set of tries."""
    task.worker_ids = []
    task.status = TaskResultStatus.READY
    task.run_after = at
    task.save(update_fields=["worker_ids", "status", "run_after"])


def _is_abandoned(task: DBTaskResult, at: datetime) -> bool:
    host, _, pid = (task.worker_ids[-1] if task.worker_ids else "").rpartition(":")
    if host == socket.gethostname()[:40] and pid.isdigit() and not _is_alive(int(pid)):
        return True
    return task.started_at is None or task.started_at < at - LEASE


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class PatientWorker(Worker):
    """The queue's worker, with retries, and a sweep every half minute, busy or idle.

    Between tasks it forwards the log to other record stores, a moment at a time, and goes the
    rounds that other floors have asked for.
    """

    _forwarded: datetime | None = None

    def run(self) -> None:
        # Process ids come round again: what this very worker seems to run, a dead one left.
        take_back_abandoned(at=timezone.now(), dead=self.worker_id)
        swept, rounds = timezone.now(), Rounds()
        while self.running:
            task = self._claim()
            if task:
                self.run_task(task)
            rounds.go(at=timezone.now())
            if self._forward() or task:
                pass
            elif self.batch:
                return
            else:
                time.sleep(self.interval)
            if timezone.now() - swept >= _SWEEP_EVERY:
                swept = timezone.now()
                take_back_abandoned(at=swept)

    def run_task(self, db_task_result: DBTaskResult) -> None:
        with at_work_on(db_task_result.id):
            super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            retry_later(db_task_result, at=timezone.now())

    def _forward(self) -> bool:
        """Deliver statements for a moment; say whether there may be more to deliver."""
        now = timezone.now()
        if self._forwarded and now - self._forwarded < _FORWARD_EVERY:
            return False
        close_old_connections()
        try:
            if deliver_due(at=now):
                return True
        except OperationalError as error:
            if not is_locked_database_exception(error):
                raise
        self._forwarded = now
        return False

    def _claim(self) -> DBTaskResult | None:
        """Take the next task that is due. A locked database is waited for, however long."""
        while self.running:
            close_old_connections()
            try:
                with exclusive_transaction():
                    task = DBTaskResult.objects.ready().get_locked()
                    if task:
                        task.claim(self.worker_id)
                    return task
            except OperationalError as error:
                if not is_locked_database_exception(error):
                    raise
        return None
