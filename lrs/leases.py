"""The lease of a task: what says now and then that it is still at work is not taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

_task: ContextVar[UUID | None] = ContextVar("task", default=None)


@contextmanager
def at_work_on(task: UUID) -> Iterator[None]:
    """Know which task this worker does, for the length of a with block."""
    token = _task.set(task)
    try:
        yield
    finally:
        _task.reset(token)


def still_at_work() -> None:
    """Begin the lease of this worker's task anew; where no worker does a task, do nothing."""
    if task := _task.get():
        DBTaskResult.objects.filter(id=task).update(started_at=timezone.now())
