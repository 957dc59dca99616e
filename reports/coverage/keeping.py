"""Take a file, let its holder see what was read, put it in place of an earlier one, throw away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django_tasks import task

from people.models import Mandate
from reports.coverage.checking import Names, Refusal, check, signs_of
from reports.coverage.errors import NobodyOnIt
from reports.coverage.matching import accounts_of
from reports.coverage.reading import lines_of
from reports.models import ObligedList, ObligedPerson, ObligedUpload

# So long after the due day a list is kept, and so long what nobody has confirmed.
MONTHS = 13
UNCONFIRMED = timedelta(days=7)
_BATCH = 1000


@dataclass(frozen=True)
class Wanted:
    """What a list is called, and what it asks for."""

    name: str
    courses: list[UUID]
    due_on: date
    counts_from: date | None = None


@dataclass(frozen=True)
class Difference:
    """Who is new on a list, and who is on it no more."""

    added: list[ObligedPerson]
    gone: list[ObligedPerson]


def begin_list(*, mandate: Mandate, wanted: Wanted, file: BinaryIO, at: datetime) -> ObligedUpload:
    """Read a file into a new list, which its holder has yet to confirm. Raises UnreadableList."""
    with transaction.atomic():
        made = ObligedList.objects.create(
            mandate=mandate,
            name=wanted.name,
            courses=[str(key) for key in wanted.courses],
            counts_from=wanted.counts_from,
            due_on=wanted.due_on,
            ends_on=months_after(max(wanted.due_on, timezone.localdate(at)), MONTHS),
            made_at=at,
        )
        upload = read_into(made, file=file, at=at)
    ends = datetime.combine(made.ends_on, datetime.min.time(), tzinfo=at.tzinfo)
    throw_away_list.using(run_after=ends + timedelta(days=1)).enqueue(str(made.key))
    return upload


def read_into(obliged: ObligedList, *, file: BinaryIO, at: datetime) -> ObligedUpload:
    """Read a file that may take the place of what the list holds. Raises UnreadableList."""
    with transaction.atomic():
        waiting_of(obliged).delete()
        upload = ObligedUpload.objects.create(obliged=obliged, read_at=at)
        refused: list[Refusal] = []
        _store(_taken(upload, file, refused))
        refused += _met_twice(upload)
        if not upload.people.exists() and not refused:
            raise NobodyOnIt
        upload.refused = [vars(one) for one in sorted(refused, key=lambda one: one.line)]
        upload.save()
    throw_away_upload.using(run_after=at + UNCONFIRMED).enqueue(str(upload.key))
    return upload


def difference(upload: ObligedUpload) -> Difference:
    """Return what would change if an upload took the place of what the list holds now."""
    before = {sign: one for one in _people(current(upload.obliged)) for sign in signs_of(one)}
    now = {sign: one for one in _people(upload) for sign in signs_of(one)}
    stayed = {one.pk for sign, one in before.items() if sign in now}
    came = {one.pk for sign, one in now.items() if sign in before}
    return Difference(
        added=list({one.pk: one for one in now.values() if one.pk not in came}.values()),
        gone=list({one.pk: one for one in before.values() if one.pk not in stayed}.values()),
    )


def confirm(upload: ObligedUpload, *, at: datetime) -> None:
    """Make what was read the list; what it held before is deleted."""
    with transaction.atomic():
        obliged = ObligedList.objects.select_for_update().get(key=upload.obliged.key)
        if current(obliged):
            changed = difference(upload)
            upload.added, upload.gone = len(changed.added), len(changed.gone)
        upload.confirmed_at = at
        upload.save()
        obliged.uploads.exclude(key=upload.key).delete()


def discard(upload: ObligedUpload) -> None:
    """Forget what was read and not confirmed, and the list with it if it holds nothing else."""
    obliged = upload.obliged
    upload.delete()
    if not obliged.uploads.exists():
        obliged.delete()


def current(obliged: ObligedList) -> ObligedUpload | None:
    """Return what the list holds; None until something was confirmed."""
    return obliged.uploads.filter(confirmed_at__isnull=False).order_by("confirmed_at").last()


def waiting_of(obliged: ObligedList) -> QuerySet[ObligedUpload]:
    """Return what was read and waits for a word of the holder: one at most."""
    return obliged.uploads.filter(confirmed_at=None)


def lists_of(mandate: Mandate, *, at: datetime) -> QuerySet[ObligedList]:
    """Return the lists of a mandate whose time is not over, and whether a file `waits`."""
    own = ObligedList.objects.filter(mandate=mandate, ends_on__gte=timezone.localdate(at))
    waiting = ObligedUpload.objects.filter(obliged=OuterRef("key"), confirmed_at=None)
    return own.annotate(waits=Exists(waiting))


@task()
def throw_away_list(key: str) -> None:
    """Delete a list whose time is over: it holds names that nobody needs any more."""
    ObligedList.objects.filter(key=UUID(key), ends_on__lt=timezone.localdate()).delete()


@task()
def throw_away_upload(key: str) -> None:
    """Delete what nobody has confirmed."""
    upload = ObligedUpload.objects.filter(key=UUID(key), confirmed_at=None).first()
    if upload:
        discard(upload)


def months_after(day: date, months: int) -> date:
    """Return the last day of the month that is so many months later: never earlier than that."""
    ahead = day.month + months  # counted from 1, so this is the month after
    first_after = date(day.year + ahead // 12, ahead % 12 + 1, 1)
    return first_after - timedelta(days=1)


def _taken(
    upload: ObligedUpload, file: BinaryIO, refused: list[Refusal]
) -> Iterator[ObligedPerson]:
    names = Names.of(upload.obliged.mandate)
    for one in check(lines_of(file), names=names, upload=upload):
        if isinstance(one, Refusal):
            refused.append(one)
        else:
            yield one


def _store(people: Iterator[ObligedPerson]) -> None:
    while batch := list(islice(people, _BATCH)):
        ObligedPerson.objects.bulk_create(batch)


def _met_twice(upload: ObligedUpload) -> list[Refusal]:
    """Take off the list whoever stands on it by the address and by the number: once is enough."""
    people = _people(upload)
    accounts = accounts_of(people, upload=upload, mandate=upload.obliged.mandate)
    lines: dict[UUID, int] = {}
    twice: dict[int, Refusal] = {}
    for person in people:
        account = accounts.get(person.pk)
        if account and account.actor in lines:
            twice[person.pk] = Refusal(person.line, "double", lines[account.actor])
        elif account:
            lines[account.actor] = person.line
    ObligedPerson.objects.filter(pk__in=twice).delete()
    return list(twice.values())


def _people(upload: ObligedUpload | None) -> list[ObligedPerson]:
    return list(upload.people.order_by("line")) if upload else []
