"""Write to an officer that a report is there: once each time, and never without a mandate.

A letter holds no row and no name of anybody: a link behind sign-in, and two totals that are not
small. A turn is claimed before it is written, so that a crash can lose a letter and never send
it twice; the report behind the link is there all the same.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from people.letters import send_letter
from people.roles import REPORTING_OFFICER
from reports.completions import Totals, completions, totals_of
from reports.filters import read_filters
from reports.mandated import is_valid
from reports.models import SavedView
from reports.saved.due import due_after
from reports.saved.keeping import query_of
from reports.small_cells import is_small


class Over(StrEnum):
    """Why there are no more letters."""

    ROLE = "role"
    MANDATE = "mandate"


def schedule(*, view: SavedView, every: str, is_paused: bool, at: datetime) -> None:
    """Decide how often there is a letter: a key of Every, or empty for never."""
    due = due_after(every, at) if every and not is_paused else None
    with transaction.atomic():
        SavedView.objects.filter(pk=view.pk).update(every=every, is_paused=is_paused, due_at=due)
        if due:
            _plan(view.pk, due)
    view.refresh_from_db()


@task()
def write(key: str, due: str) -> None:
    """Write the letter that was due at a moment, unless it was written or is not wanted now."""
    now, moment = timezone.now(), datetime.fromisoformat(due)
    view = SavedView.objects.select_related("owner", "mandate").filter(key=key).first()
    if view is None or view.due_at != moment:
        return
    over = _over(view, now)
    following = None if over else due_after(view.every, max(now, moment))
    if not _claim(view, moment, following, now):
        return
    try:
        _send(view, over, now)
    except Exception:
        _give_back(view, following)
        raise


def _claim(view: SavedView, due: datetime, following: datetime | None, now: datetime) -> bool:
    """Take this turn and plan the next; False if somebody else has taken it."""
    told: dict[str, Any] = {"due_at": following, "sent_at": now}
    if following is None:
        told |= {"every": ""}
    with transaction.atomic():
        if not SavedView.objects.filter(pk=view.pk, due_at=due).update(**told):
            return False
        if following:
            _plan(view.pk, following)
    return True


def _give_back(view: SavedView, following: datetime | None) -> None:
    """Nothing was sent: the worker shall find the turn as it was, and try again."""
    taken = SavedView.objects.filter(pk=view.pk, due_at=following, is_paused=False)
    taken.update(due_at=view.due_at, every=view.every, sent_at=view.sent_at)


def _plan(key: UUID, due: datetime) -> None:
    write.using(run_after=due).enqueue(str(key), due.isoformat())


def _over(view: SavedView, now: datetime) -> Over | None:
    """Return why the owner may not have the report any more, if so."""
    owner, mandate = view.owner, view.mandate
    if not (owner.is_active and owner.groups.filter(name=REPORTING_OFFICER).exists()):
        return Over.ROLE
    holds = mandate and mandate.holder_id == owner.pk and is_valid(mandate, now)
    return None if holds else Over.MANDATE


def _send(view: SavedView, over: Over | None, now: datetime) -> None:
    if not view.owner.is_active:
        return
    if over:
        context = {"view": view, "over": over}
        send_letter(to=view.owner, template="reports/mail/report_over", context=context)
        return
    context = {"view": view, "totals": _totals(view, now), "at": timezone.localtime(now)}
    context["as_of"] = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    send_letter(to=view.owner, template="reports/mail/report", context=context)


def _totals(view: SavedView, now: datetime) -> Totals | None:
    """Return the totals of the report, or None where they would tell of few people."""
    if view.mandate is None:
        return None
    filters = read_filters(query_of(view.query), today=timezone.localdate(now))
    totals = totals_of(completions(mandate=view.mandate, filters=filters))
    return None if is_small(totals.persons) else totals
