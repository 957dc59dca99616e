"""Begin, make, give up and throw away a file that takes long.

A task makes it. If its worker is killed, the next one begins it anew: rows are only read, and the
file gets its place when it is whole. Who was in it is written down in the same transaction.
"""

import tempfile
from datetime import datetime, timedelta
from typing import BinaryIO, cast
from urllib.parse import parse_qsl
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from lrs.leases import still_at_work
from people.models import Erasure, Mandate
from reports.disclosures.giving import keep_members
from reports.exports.making import FORMATS, make_file
from reports.filters import Filters, read_filters
from reports.models import Disclosure, Export
from reports.scopes import covers_now
from reports.workbook import SheetFull

KEPT = timedelta(days=7)
_STEP = 1_000  # rows between two looks at whether it is still wanted


class GivenUp(Exception):
    """Nobody wants it any more, or its mandate is another now."""


class SomebodyErased(Exception):
    """Somebody was erased while it was written, and may stand in it: it is made again."""


def begin_export(disclosure: Disclosure, *, total: int) -> Export:
    """Begin to make a file."""
    with transaction.atomic():
        disclosure.save()
        export = Export.objects.create(disclosure=disclosure, total=total)
        make_export.enqueue(str(disclosure.key))
    return export


@task()
def make_export(key: str) -> None:
    """Make a file that is still wanted."""
    export = Export.objects.filter(pk=UUID(key), state=Export.State.RUNNING).first()
    if export:
        make(export, at=timezone.now())


def make(export: Export, *, at: datetime) -> None:
    """Write the file, saying how far it is. Raises SomebodyErased: the task is tried again."""
    disclosure = export.disclosure
    mandate = disclosure.mandate
    try:
        if mandate is None or covers_now(mandate) != disclosure.scope_id:
            raise GivenUp
        with tempfile.TemporaryFile() as file:
            _write(export, cast(BinaryIO, file), mandate, at)
    except GivenUp:
        cancel(export)
    except SheetFull:
        _running(export).update(state=Export.State.FAILED, finished_at=at)
        _outcome(export, Disclosure.Outcome.GIVEN_UP)


def cancel(export: Export) -> None:
    """Give up a file that is being made."""
    with transaction.atomic():
        if _running(export).update(state=Export.State.CANCELLED):
            _outcome(export, Disclosure.Outcome.GIVEN_UP)


@task()
def throw_away(key: str) -> None:
    """Delete a file: it can be made again. What it was, and who was in it, stays written down."""
    discard([*Export.objects.filter(pk=UUID(key))])


def discard(exports: list[Export]) -> None:
    """Delete exports with their files."""
    for export in exports:
        if export.file:
            export.file.storage.delete(str(export.file))
        export.delete()


def filters_of(disclosure: Disclosure) -> Filters:
    """Return the filters that were asked for."""
    return read_filters(dict(parse_qsl(disclosure.filters)))


def _write(export: Export, file: BinaryIO, mandate: Mandate, at: datetime) -> None:
    disclosure, filters = export.disclosure, filters_of(export.disclosure)
    erased = Erasure.objects.count()
    disclosure.at = at

    def far(rows: int) -> None:
        if rows % _STEP == 0:
            _say(export, done=rows)

    members = make_file(file, disclosure, mandate=mandate, filters=filters, far=far)
    if Erasure.objects.count() != erased:
        raise SomebodyErased
    path = export.file.storage.save(f"exports/{disclosure.key}{_ending(disclosure)}", File(file))
    try:
        with transaction.atomic():
            ready = {"done": members.rows, "file": path, "finished_at": at}
            _say(export, state=Export.State.READY, **ready)
            disclosure.outcome = Disclosure.Outcome.MADE
            keep_members(disclosure, members)
            throw_away.using(run_after=at + KEPT).enqueue(str(disclosure.key))
    except BaseException:
        export.file.storage.delete(path)
        raise


def _say(export: Export, **fields: object) -> None:
    """Write down how far it is. Raises GivenUp if nobody wants it."""
    if not _running(export).update(**fields):
        raise GivenUp
    still_at_work()


def _running(export: Export) -> QuerySet[Export]:
    return Export.objects.filter(pk=export.pk, state=Export.State.RUNNING)


def _outcome(export: Export, outcome: str) -> None:
    Disclosure.objects.filter(pk=export.pk).update(outcome=outcome, ended_at=timezone.now())


def _ending(disclosure: Disclosure) -> str:
    return "." + FORMATS[disclosure.kind].name.partition(".")[2]
