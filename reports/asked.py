"""What somebody asks of the page: filters, and what cannot be read stays as it was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from people.models import Mandate
from reports.choices import Field
from reports.field_names import said_on_page
from reports.filter_kinds import KINDS
from reports.filters import (
    DAYS,
    PERIODS,
    Filters,
    OfNowOnly,
    PeriodReversed,
    UnreadableFilter,
    as_it_stood,
    period_of,
    read_filters,
)
from reports.periods import COMPLETED, words_of


@dataclass(frozen=True)
class Asked:
    """The filters; empty ones where something is `wrong`, which `error` explains."""

    filters: Filters
    error: str = ""
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chip:
    """A filter that is set, in words, and the address without it."""

    label: str
    value: str
    without: str
    is_typed: bool = False


def asked_for(query: Mapping[str, str], *, at: datetime) -> Asked:
    """Read what an address asks for; what is amiss is said in the reader's language."""
    try:
        filters = read_filters(query, today=timezone.localdate(at))
        return Asked(as_it_stood(filters, at=at))
    except PeriodReversed as period:
        return Asked(Filters(), str(period), ("first_day", "last_day"))
    except UnreadableFilter as unreadable:
        return Asked(Filters(), said_on_page(unreadable), (unreadable.name,))


def asked_of_now(query: Mapping[str, str], *, at: datetime) -> Asked:
    """Read what an address asks for of figures by group, which are those of now."""
    asked = asked_for(query, at=at)
    if asked.filters.as_of:
        return Asked(Filters(), str(OfNowOnly()), ("as_of",))
    return asked


def settled(query: QueryDict, fields: list[Field]) -> str:
    """Return the address to which a press of a button leads, or nothing: days that are named in
    place of typed ones, and the only value that a search has found."""
    values = {name: value for name, value in query.dict().items() if isinstance(value, str)}
    quick = values.pop("quick", "")
    if quick in DAYS:
        values = {**values, "days": quick, "first_day": "", "last_day": ""}
    found = {one.name: one.only for one in fields if one.typed and one.only}
    if not (quick or found):
        return ""
    values |= found | {f"find_{name}": "" for name in found}
    if values.get("period") == COMPLETED:
        del values["period"]
    return urlencode({name: value for name, value in values.items() if value and name != "page"})


def chips_of(filters: Filters, mandate: Mandate, more: str) -> list[Chip]:
    """Return the filters that are set; `more` is what else the addresses say."""
    found = []
    for name, kind in KINDS.items():
        if value := getattr(filters, name):
            words = kind.words(value, mandate) or "–"
            left = filters.without(name)
            found.append(Chip(str(kind.label), words, _query(left, more), kind.is_typed))
    days = words_of(period_of(filters))
    if days:
        named = f"{DAYS[filters.days]} ({days})" if filters.days else days
        left = filters.without("days", "first_day", "last_day")
        found.append(Chip(str(PERIODS[filters.period]), named, _query(left, more)))
    return found


def _query(filters: Filters, more: str) -> str:
    return "&".join(part for part in (filters.as_asked(), more) if part)
