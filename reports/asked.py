"""What somebody asks of the page: filters, and what cannot be read stays as it was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Mandate
from reports.choices import Field
from reports.filter_kinds import KINDS
from reports.filters import (
    DAYS,
    PERIODS,
    Filters,
    NotYet,
    OfNowOnly,
    PeriodReversed,
    UnreadableFilter,
    period_of,
    read_filters,
    require_past,
)
from reports.periods import COMPLETED, words_of

_LABELS: Mapping[str, str | Promise] = {
    **{name: kind.label for name, kind in KINDS.items()},
    "period": gettext_lazy("Counted by the day of"),
    "days": gettext_lazy("Days"),
    "first_day": gettext_lazy("First day"),
    "last_day": gettext_lazy("Last day"),
    "as_of": gettext_lazy("As it stood on"),
}


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
        require_past(filters.as_of, "as_of", at=at)
        return Asked(filters)
    except PeriodReversed as period:
        return Asked(Filters(), str(period), ("first_day", "last_day"))
    except NotYet as moment:
        return Asked(Filters(), str(moment), ("as_of",))
    except UnreadableFilter as unreadable:
        label = _LABELS[unreadable.name]
        said = _("“%(label)s” has a value that cannot be read.") % {"label": label}
        return Asked(Filters(), said, (unreadable.name,))


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
