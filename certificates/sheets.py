"""A sheet is begun as a row, drawn by whoever holds its lease, and stored once.

The row comes first, with serial and code, so that a worker that dies leaves no gap and no file
that nobody knows: its successor knows the lease, and by it the file that may have been left.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from certificates.errors import BeingIssued
from certificates.models import SerialCounter, Sheet
from xapi.iris import NAMESPACE

# Drawing takes a twentieth of a second; whoever needs longer than this is taken for dead. The
# tries of a task last twice as long.
LEASE = timedelta(seconds=30)


def key_of(registration: UUID, generation: int) -> UUID:
    """Return the permanent key of a certificate: the same however often it is begun."""
    later = f" {generation}" if generation > 1 else ""
    return uuid5(NAMESPACE, f"certificate {registration}{later}")


def begin_sheet(
    *, registration: UUID, generation: int, fields: Mapping[str, Any], at: datetime
) -> Sheet:
    """Return the sheet of this generation, begun now if there is none."""
    with transaction.atomic():
        counter = _counter(at)  # locked: whoever comes second finds what the first has begun
        begun = Sheet.objects.filter(registration=registration, generation=generation).first()
        if begun:
            return begun
        counter.last += 1
        counter.save(update_fields=["last"])
        return Sheet.objects.create(
            **fields,
            key=key_of(registration, generation),
            registration=registration,
            generation=generation,
            serial=f"PTK-{counter.year}-{counter.last:07d}",
            issuer=settings.ISSUER,
            issued_at=at,
        )


def lease(sheet: Sheet, *, at: datetime) -> Sheet:
    """Take the right to draw a sheet. Raises BeingIssued while another holds it."""
    left = _path(sheet) if sheet.lease else ""
    free = Q(leased_until=None) | Q(leased_until__lt=at)
    token = uuid4().hex
    taken = Sheet.objects.filter(free, key=sheet.key, sha256="", lease=sheet.lease).update(
        lease=token, leased_until=at + LEASE
    )
    if not taken:
        raise BeingIssued
    if left:  # whoever held it before may have died between the file and the row
        sheet.file.storage.delete(left)
    sheet.lease, sheet.leased_until = token, at + LEASE
    return sheet


def store(sheet: Sheet, *, pdf: bytes, data: Mapping[str, str]) -> Sheet:
    """Keep the file of a sheet whose lease is still held. Raises BeingIssued if it is not."""
    path = sheet.file.storage.save(_path(sheet), ContentFile(pdf))
    fields = {"file": path, "sha256": fingerprint(pdf), **data}
    held = Sheet.objects.filter(key=sheet.key, sha256="", lease=sheet.lease)
    if not held.update(**fields):
        sheet.file.storage.delete(path)
        raise BeingIssued
    return Sheet.objects.get(key=sheet.key)


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 under which the log knows a file."""
    return hashlib.sha256(content).hexdigest()


def _path(sheet: Sheet) -> str:
    return f"certificates/{sheet.issued_at:%Y/%m}/{sheet.key}-{sheet.lease}.pdf"


def _counter(at: datetime) -> SerialCounter:
    year = timezone.localdate(at).year
    SerialCounter.objects.get_or_create(year=year)
    return SerialCounter.objects.select_for_update().get(year=year)
