"""Begin, fill, give up and throw away a bundle.

A task fills it, one certificate after the other. What a killed worker had issued is not issued
again: its successor reads the files and is soon where the other was. The ZIP gets its place only
when it is whole.
"""

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import IO
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from certificates.issuing import issue
from certificates.models import Bundle, Certificate, Sheet
from courses.models import Cohort, Enrolment
from courses.spreadsheets import harmless
from lrs.leases import still_at_work
from people.models import User

KEPT = timedelta(days=7)
_STEP = 10  # how many certificates between two looks at whether it was cancelled
_COLUMNS = ("serial", "code", "name_latin", "name_cyrillic", "completed_on", "sha256")


class Cancelled(Exception):
    """Somebody gave it up meanwhile."""


def begin_bundle(*, cohort: Cohort, by: User, at: datetime) -> Bundle:
    """Begin to gather the certificates of a cohort; return the one that is running already."""
    with transaction.atomic():
        bundle, is_new = Bundle.objects.get_or_create(
            cohort_key=cohort.key, by=by, state=Bundle.State.RUNNING, defaults={"begun_at": at}
        )
        if is_new:
            fill_bundle.enqueue(str(bundle.key))
    return bundle


@task()
def fill_bundle(key: str) -> None:
    """Fill a bundle that is still wanted."""
    bundle = Bundle.objects.filter(key=UUID(key), state=Bundle.State.RUNNING).first()
    if bundle:
        fill(bundle, at=timezone.now())


def fill(bundle: Bundle, *, at: datetime) -> None:
    """Put the certificates and their list into the file, saying how far it is.

    Raises BeingIssued while another worker draws one of them: the task is tried again.
    """
    completed = Enrolment.objects.filter(
        cohort_key=bundle.cohort_key, completed_at__isnull=False
    ).order_by("completed_at", "pk")
    _say(bundle, total=completed.count(), done=0)
    with tempfile.TemporaryFile() as file:
        try:
            _write(bundle, completed.iterator(), file, at)
            _keep(bundle, file, at)
        except Cancelled:
            return


def cancel(bundle: Bundle) -> None:
    """Give up a bundle that is running."""
    running = Bundle.objects.filter(key=bundle.key, state=Bundle.State.RUNNING)
    running.update(state=Bundle.State.CANCELLED)


@task()
def throw_away(key: str) -> None:
    """Delete a bundle and its file: it holds names, and can be made again."""
    discard([*Bundle.objects.filter(key=UUID(key))])


def discard(bundles: list[Bundle]) -> None:
    """Delete bundles with their files."""
    for bundle in bundles:
        if bundle.file:
            bundle.file.storage.delete(str(bundle.file))
        bundle.delete()


def _write(bundle: Bundle, enrolments: Iterator[Enrolment], file: IO[bytes], at: datetime) -> None:
    lines = io.StringIO()
    table = csv.writer(lines)
    table.writerow(_COLUMNS)
    done = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as parcel:
        for enrolment in enrolments:
            sheet = _standing(enrolment, at)
            if sheet and sheet.file:
                with sheet.file.open("rb") as paper:
                    parcel.writestr(f"{sheet.serial}.pdf", paper.read())
                table.writerow([harmless(str(getattr(sheet, name))) for name in _COLUMNS])
            done += 1
            if done % _STEP == 0:
                _say(bundle, done=done)
        parcel.writestr("certificates.csv", "\ufeff" + lines.getvalue())
    _say(bundle, done=done)


def _standing(enrolment: Enrolment, at: datetime) -> Sheet | None:
    """Return the sheet that stands for an enrolment, issued now if it was not; None if revoked.

    For a refresher that is the certificate that it has renewed.
    """
    sheet = issue(registration=enrolment.registration, at=at)
    registration = sheet.registration if sheet else enrolment.registration
    standing = Certificate.objects.standing().filter(registration=registration)
    return Sheet.objects.filter(key__in=standing.values("key")).first()


def _keep(bundle: Bundle, file: IO[bytes], at: datetime) -> None:
    file.seek(0)
    path = bundle.file.storage.save(f"bundles/{bundle.key}.zip", File(file))
    try:
        _say(bundle, state=Bundle.State.READY, file=path, finished_at=at)
    except Cancelled:
        bundle.file.storage.delete(path)
        raise
    throw_away.using(run_after=at + KEPT).enqueue(str(bundle.key))


def _say(bundle: Bundle, **fields: object) -> None:
    """Write down how far it is. Raises Cancelled if it is not wanted any more."""
    running = Bundle.objects.filter(key=bundle.key, state=Bundle.State.RUNNING)
    if not running.update(**fields):
        raise Cancelled
    still_at_work()
