"""Up to which moment the log is complete: nothing stored earlier can still appear."""

import time
from datetime import datetime

from django.db import connection
from django.utils import timezone

from lrs.sql import is_postgresql

_SHARED_FOR = 0.2  # seconds
# The last answer, and until when it is shared.
_lately: list[tuple[float, datetime]] = []
# The oldest transaction that may still write. A role sees its own sessions in full.
_OLDEST = "SELECT min(xact_start) FROM pg_stat_activity WHERE backend_xid IS NOT NULL"


def consistent_through() -> datetime:
    """Return the moment for X-Experience-API-Consistent-Through (1.0.3 Communication 2.1.3).

    SQLite has one writer at a time, and shows what it wrote as soon as it is done. On PostgreSQL
    a transaction that began earlier may still bring what it stored then.
    """
    now = timezone.now()
    if not is_postgresql():
        return now
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST)
        (oldest,) = cursor.fetchone()
    return min(now, oldest) if oldest else now


def lately_consistent_through() -> datetime:
    """Return such a moment that may be a little earlier: what was complete then is so now.

    PostgreSQL looks through all its sessions for the answer; who asks often shares one.
    """
    if _lately and time.monotonic() < _lately[0][0]:
        return _lately[0][1]
    moment = consistent_through()
    if is_postgresql():
        _lately[:] = [(time.monotonic() + _SHARED_FOR, moment)]
    return moment
