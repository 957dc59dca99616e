"""The difference of a report at two moments, for machines."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import override
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError
from ninja.throttling import AuthRateThrottle

from reports.api import MAX_LIMIT, FiltersIn
from reports.asking import RATE, ClientToken, Problem, mandate_of, require_known_names
from reports.difference.asked import Asked, read_asked
from reports.difference.comparing import (
    KINDS,
    Differing,
    compared_columns,
    differences_between,
    values_of,
)
from reports.disclosures.machines import record_pull
from reports.filters import UnreadableFilter, require_known
from reports.models import Kind

router = Router(tags=["completions"])


def _said(description: str, **more: Any) -> Any:
    return Field(..., description=description, json_schema_extra=more or None)


class DifferingOut(Schema):
    """A row that is otherwise: what its columns said before, and what they say later."""

    enrolment: UUID
    person: str = _said("Person key, as in the report.")
    kind: str = _said("Whether the row came, left or changed.", enum=list(KINDS))
    before: dict[str, Any] | None = _said("What was said before; null if the row came.")
    after: dict[str, Any] | None = _said("What is said later; null if the row left.")


class DifferenceOut(Schema):
    """A page of differences, in the order of the enrolments' keys."""

    since: datetime
    until: datetime
    columns: list[str] = _said("The columns that are compared.")
    rows: list[DifferingOut]
    next_cursor: str | None = _said("Ask with it for the next page; null if there is none.")


class DifferenceIn(FiltersIn):
    """Two moments, and filters as of the report; they are asked at both."""

    since: str = Field(
        description="The earlier: a day in Belgrade (at its end), or a moment in ISO 8601.",
        examples=["2025-12-31"],
    )
    until: str = Field("", description="The later; empty for now.", examples=["2026-06-30"])
    cursor: str = Field("", description="`next_cursor` of the last page; empty to begin.")
    limit: int = Field(100, ge=1, le=MAX_LIMIT, description="How many rows at most.")


@router.get(
    "/completions/difference",
    response={200: DifferenceOut, 400: Problem, 401: Problem, 403: Problem, 429: Problem},
    auth=ClientToken(),
    throttle=[AuthRateThrottle(RATE)],
)
def completions_difference(request: HttpRequest, asked: Query[DifferenceIn]) -> dict[str, Any]:
    """Return what came into the report, left it, or changed between two moments, from the log.

    What the mandate covers is of today, and names are no part of it. A page may hold fewer rows
    than `limit`, or none, and still have a `next_cursor`. 400: a parameter is unknown or has a
    value that is; the answer names it.
    """
    with override("en"):
        require_known_names(request, DifferenceIn)
        mandate = mandate_of(request)
        try:
            both = read_asked(
                {name: str(value) for name, value in asked.dict().items()}, at=timezone.now()
            )
            require_known(both.filters)
        except UnreadableFilter as unreadable:
            raise HttpError(400, str(unreadable)) from unreadable
    page = differences_between(mandate=mandate, limit=asked.limit, **_parts(both))
    record_pull(
        mandate=mandate,
        kind=Kind.API,
        rows=len(page.differing),
        purpose="",
        language="en",
        at=timezone.now(),
    )
    return {
        "since": both.since,
        "until": both.until,
        "columns": compared_columns(mandate),
        "rows": [_out(one) for one in page.differing],
        "next_cursor": str(page.after) if page.after else None,
    }


def _parts(both: Asked) -> dict[str, Any]:
    return {
        "filters": both.filters,
        "since": both.since,
        "until": both.until,
        "after": both.after,
    }


def _out(one: Differing) -> dict[str, Any]:
    return {
        "enrolment": one.enrolment,
        "person": one.row.person,
        "kind": one.kind,
        "before": values_of(one.before, one.columns),
        "after": values_of(one.after, one.columns),
    }
