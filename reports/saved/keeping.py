"""Keep a report under a name, find it again, share it, forget it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict

from people.models import Mandate, User
from reports.filters import UnreadableFilter, moment_in, read_filters
from reports.models import SavedView


def kept_by(user: User) -> list[SavedView]:
    """Return the reports that a person has kept, by name."""
    return list(SavedView.objects.filter(owner=user))


def open_to(user: User, key: UUID) -> SavedView:
    """Return a report that is the person's own, or shared. Raises SavedView.DoesNotExist."""
    view = SavedView.objects.get(key=key)
    if view.owner_id != user.pk and not view.is_shared:
        raise SavedView.DoesNotExist
    return view


def query_as_of(view: SavedView, query: Mapping[str, str]) -> str:
    """Return the filters of a report as kept, or as they were at the moment that a link names."""
    try:
        moment = moment_in(query, "as_of")
    except UnreadableFilter:
        moment = None
    if moment is None:
        return view.query
    filters = read_filters(query_of(view.query), today=moment.day)
    return replace(filters, as_of=moment).as_query()


def keep(*, user: User, mandate: Mandate, name: str, query: str, at: datetime) -> SavedView:
    """Keep filters under a name. Raises UnreadableFilter, and ValidationError for a taken name."""
    view = SavedView(owner=user, mandate=mandate, name=name, query=_tidied(query), made_at=at)
    view.full_clean()
    view.save(force_insert=True)
    return view


def collect(user: User, actor: UUID) -> list[dict[str, Any]]:
    """Return the reports that a person has kept, for their own copy of what the site knows."""
    columns = ("name", "query", "is_shared", "made_at", "every", "sent_at")
    return list(SavedView.objects.filter(owner=user).values(*columns))


def forget(user: User, actor: UUID) -> None:
    """Forget what an erased person has kept."""
    SavedView.objects.filter(owner=user).delete()


def _tidied(query: str) -> str:
    """Return a query that holds filters and nothing else."""
    return read_filters(query_of(query)).as_asked()


def query_of(query: str) -> dict[str, str]:
    """Return the parts of a query by name."""
    return QueryDict(query).dict()
