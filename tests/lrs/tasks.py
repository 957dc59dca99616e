"""Tasks for the stories of the worker."""

from datetime import UTC, datetime

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from lrs.leases import still_at_work

done: list[str] = []
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@task()
def note(word: str) -> None:
    """Do what is asked."""
    done.append(word)


@task()
def stumble(word: str, times: int) -> None:
    """Fail so many times, then do what is asked."""
    done.append(word)
    if len(done) <= times:
        raise RuntimeError(f"stumbled over {word}")


@task()
def toil(hours: int) -> None:
    """Work on and on; say of each hour whether the lease began anew."""
    for _ in range(hours):
        DBTaskResult.objects.update(started_at=LONG_AGO)
        still_at_work()
        done.append(str(DBTaskResult.objects.get().started_at > LONG_AGO))
