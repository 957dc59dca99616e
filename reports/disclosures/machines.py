"""What machine clients are given: one row for each client and day, whatever it asks."""

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from people.models import Mandate
from reports.mandated import audience_of
from reports.models import Disclosure
from reports.scopes import covered_by, covers_now


def record_pull(
    *, mandate: Mandate, kind: str, rows: int, purpose: str, language: str, at: datetime
) -> None:
    """Add an answer with rows to the day's sum, before it leaves; one without tells of nobody.

    One UPDATE, by which two requests at once add up; only the first of a day makes the row.
    """
    if not rows:
        return
    which: dict[str, object] = {
        "client_id": mandate.client_id,
        "mandate_id": mandate.pk,
        "day": timezone.localdate(at),
        "scope_id": covers_now(mandate),
        "kind": kind,
        "purpose": purpose,
    }
    if not _add(which, rows, at):
        covered_by(mandate)  # the scope is kept, so that it can be cited
        Disclosure.objects.get_or_create(**which, defaults=_first(mandate, language, at))
        _add(which, rows, at)


def _add(which: dict[str, object], rows: int, at: datetime) -> int:
    more = {"rows": F("rows") + rows, "requests": F("requests") + 1, "ended_at": at}
    return Disclosure.objects.filter(**which).update(**more)


def _first(mandate: Mandate, language: str, at: datetime) -> dict[str, object]:
    return {
        "at": at,
        "client_name": str(mandate.client),
        "mandate_name": mandate.name,
        "audience": audience_of(mandate),
        "identified": mandate.identified,
        "exact_results": mandate.exact_results,
        "language": language,
        "rows": 0,
        "outcome": Disclosure.Outcome.SENT,
    }
