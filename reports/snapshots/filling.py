"""Begin, fill and give up a snapshot. Nothing throws it away: it is kept for good.

A task makes it; a second try begins anew, and the file gets its place only when it is whole. In
the same transaction it is written down who is in it: whoever opens it later only reads.
"""

import tempfile
import zipfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from certificates.sealing import seal
from lrs.leases import still_at_work
from people.models import Mandate, User
from reports.disclosures.giving import keep_members
from reports.filters import Filters
from reports.models import Disclosure, Kind, Snapshot
from reports.snapshots.frozen import Frozen, address_of, frozen_now
from reports.snapshots.making import CSV, LINES, MANIFEST, Made, make, sha256_of
from reports.snapshots.summary import summary

SUMMARY = "summary.pdf"
FILES = (SUMMARY, CSV, LINES, MANIFEST)
# What was said to be stored a moment ago may not be there yet: it is waited for.
SETTLED = timedelta(minutes=1)
_OLDEST = (1980, 1, 1, 0, 0, 0)


class Cancelled(Exception):
    """Somebody gave it up meanwhile."""


@dataclass(frozen=True)
class Wish:
    """What somebody says who freezes a report: its title, the summary's language, and for what."""

    title: str
    language: str
    purpose: str
    purpose_words: str = ""


def begin_snapshot(
    *, mandate: Mandate, filters: Filters, wish: Wish, by: User, at: datetime
) -> Snapshot:
    """Begin to freeze a report; return the one of this mandate that is running already.

    It is as of the moment that the filters name, at the latest a minute ago.
    """
    as_of = min(filters.moment or at, at - SETTLED)
    decided = frozen_now(mandate=mandate, filters=filters, as_of=as_of)
    about = {**vars(wish), "by": by, "begun_at": at}
    with transaction.atomic():
        snapshot, is_new = Snapshot.objects.get_or_create(
            mandate=mandate, state=Snapshot.State.RUNNING, defaults={**decided, **about}
        )
        if is_new:
            fill_snapshot.enqueue(str(snapshot.key))
    return snapshot


@task()
def fill_snapshot(key: str) -> None:
    """Fill a snapshot that is still wanted."""
    snapshot = Snapshot.objects.filter(key=UUID(key), state=Snapshot.State.RUNNING).first()
    if snapshot:
        fill(snapshot, at=timezone.now())


def fill(snapshot: Snapshot, *, at: datetime) -> None:
    """Write the files and the sealed summary, saying how far it is.

    Raises CannotSeal, and what the renderer raises: the task is tried again.
    """
    try:
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as file:
            made = _write(snapshot, Path(folder), file, at)
            _keep(snapshot, made, file, at)
    except Cancelled:
        return


def cancel(snapshot: Snapshot) -> None:
    """Give up a snapshot that is running."""
    running = Snapshot.objects.filter(key=snapshot.key, state=Snapshot.State.RUNNING)
    running.update(state=Snapshot.State.CANCELLED)


def _write(snapshot: Snapshot, folder: Path, file: IO[bytes], at: datetime) -> Made:
    made = make(
        Frozen.of(snapshot),
        folder,
        say=lambda done, total: _say(snapshot, done=done, total=total),
    )
    (folder / SUMMARY).write_bytes(seal(summary(snapshot, made, at=at), at=at))
    with (folder / SUMMARY).open("rb") as paper:
        snapshot.summary_sha256, _ = sha256_of(paper)
    snapshot.manifest_sha256 = made.sha256
    with zipfile.ZipFile(file, "w") as parcel:
        for name in FILES:
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.file_size = (folder / name).stat().st_size
            with (folder / name).open("rb") as source, parcel.open(entry, "w") as target:
                while part := source.read(1 << 16):
                    target.write(part)
    return made


def _keep(snapshot: Snapshot, made: Made, file: IO[bytes], at: datetime) -> None:
    file.seek(0)
    path = snapshot.file.storage.save(f"snapshots/{snapshot.key}.zip", File(file))
    try:
        with transaction.atomic():
            _say(
                snapshot,
                state=Snapshot.State.READY,
                file=path,
                finished_at=at,
                manifest_sha256=snapshot.manifest_sha256,
                summary_sha256=snapshot.summary_sha256,
            )
            keep_members(_disclosure(snapshot, made, at), made.members)
    except BaseException:
        snapshot.file.storage.delete(path)
        raise


def _disclosure(snapshot: Snapshot, made: Made, at: datetime) -> Disclosure:
    """Return, not saved yet, that the snapshot is there for the holders of its mandate."""
    return Disclosure(
        at=at,
        by=snapshot.by,
        mandate=snapshot.mandate,
        mandate_name=snapshot.mandate_name,
        audience=snapshot.audience_key,
        scope=snapshot.scope,
        kind=Kind.SNAPSHOT,
        language=snapshot.language,
        filters=address_of(snapshot),
        as_of=snapshot.as_of,
        identified=False,
        exact_results=snapshot.scope.exact_results,
        purpose=snapshot.purpose,
        purpose_words=snapshot.purpose_words,
        rows=made.members.rows,
        sha256=made.sha256,
        outcome=Disclosure.Outcome.KEPT,
    )


def _say(snapshot: Snapshot, **fields: object) -> None:
    """Write down how far it is. Raises Cancelled if it is not wanted any more."""
    running = Snapshot.objects.filter(key=snapshot.key, state=Snapshot.State.RUNNING)
    if not running.update(**fields):
        raise Cancelled
    still_at_work()
