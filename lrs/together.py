"""Writes that arrive at the same moment, done in one transaction.

A transaction has its price whatever it writes: the disk is asked to keep it, and SQLite lets one
at a time do so. Of the threads that want to write, one takes what all have brought, writes it and
tells the others. Nobody waits for company: who comes alone writes alone, at once.

Other processes of this site stand in line as well, where the database lets one write at a time.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from lrs.entries import Entry
from lrs.log import write
from lrs.queueing import alone_at_the_database

_MOST = 500


@dataclass(slots=True)
class _Job:
    entries: Sequence[Entry]
    done: threading.Event = field(default_factory=threading.Event)
    fresh: list[Entry] = field(default_factory=list)
    error: BaseException | None = None


_waiting: list[_Job] = []
_list_lock = threading.Lock()
_turn = threading.Lock()


def write_together(entries: Sequence[Entry]) -> list[Entry]:
    """Write entries, perhaps with those of others; return those that are new, as `lrs.log.write`.

    Inside a transaction of the caller's they are written by themselves.
    """
    if transaction.get_connection().in_atomic_block:
        return write(entries)
    job = _Job(entries)
    with _list_lock:
        _waiting.append(job)
    with _turn, alone_at_the_database():
        if not job.done.is_set():
            _write_all(_take())
    if job.error:
        raise job.error
    return job.fresh


def _take() -> list[_Job]:
    """Take the jobs that wait, the oldest first; more than is good at once stays for the next."""
    with _list_lock:
        jobs: list[_Job] = []
        count = 0
        while _waiting and (not jobs or count + len(_waiting[0].entries) <= _MOST):
            jobs.append(_waiting.pop(0))
            count += len(jobs[-1].entries)
        return jobs


def _write_all(jobs: Sequence[_Job]) -> None:
    try:
        if len(jobs) > 1 and _written_at_once(jobs):
            return
        for job in jobs:
            _write_one(job)
    finally:
        for job in jobs:
            job.done.set()


def _written_at_once(jobs: Sequence[_Job]) -> bool:
    """Write all in one transaction; say no where one of them spoils it for the others."""
    try:
        fresh = write([entry for job in jobs for entry in job.entries])
    except Exception:
        return False
    new = {id(entry) for entry in fresh}
    for job in jobs:
        job.fresh = [entry for entry in job.entries if id(entry) in new]
    return True


def _write_one(job: _Job) -> None:
    try:
        job.fresh = write(job.entries)
    except BaseException as error:
        job.error = error
