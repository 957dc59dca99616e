"""Statistics that take long to count are good for a quarter of an hour, and say when they are of.

Over a million participations they take some fifteen seconds, and longer where many answers were
given. The page, its files, and the page once more after a file would each count them anew. Those
that are counted in a moment are counted each time.
"""

import hashlib
import time
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import connection
from django.utils.translation import get_language

from people.models import Mandate
from reports.filters import Filters
from reports.scopes import covers_now
from reports.statistics.counting import Statistics, statistics_of

_LONG = 2.0  # seconds
_GOOD = 15 * 60  # seconds


@dataclass(frozen=True)
class Counted:
    """Statistics, when they were counted, and whether whoever asks again gets the same."""

    statistics: Statistics
    at: datetime
    is_kept: bool


def lately_counted(*, mandate: Mandate, filters: Filters, at: datetime) -> Counted:
    """Return the statistics of now, or those of a moment ago if it takes long to count them."""
    key = _key(mandate, filters)
    kept: Counted | None = cache.get(key)
    if kept:
        return kept
    began = time.monotonic()
    found = statistics_of(mandate=mandate, filters=filters)
    counted = Counted(found, at, is_kept=time.monotonic() - began > _LONG)
    if counted.is_kept:
        cache.set(key, counted, _GOOD)
    return counted


def _key(mandate: Mandate, filters: Filters) -> str:
    """Return what they are kept under: what the mandate covers now, so that none sees too much."""
    database = connection.settings_dict["NAME"]
    said = repr((database, covers_now(mandate), filters.as_query(), get_language()))
    return f"statistics:{hashlib.sha256(said.encode()).hexdigest()}"
