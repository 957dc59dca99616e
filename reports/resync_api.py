"""For whoever keeps a copy: one group of rows once more, and what the keys in rows are called."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import override
from ninja import Field, Query, Router, Schema
from ninja.throttling import AuthRateThrottle

from people.clients import NAMES, READ
from reports.api import MAX_LIMIT, CompletionOut
from reports.asking import (
    LANGUAGE,
    RATE,
    ClientToken,
    Problem,
    RangeIn,
    mandate_of,
    require_known_names,
    require_language,
    unless_known,
)
from reports.disclosures.machines import record_pull
from reports.models import Kind
from reports.naming import names
from reports.ranges import rows_of
from reports.schema import as_json

router = Router(tags=["completions"])


class RowsIn(RangeIn):
    """Which group of a digest."""

    cursor: UUID | None = Field(None, description="`next_cursor` of the page before.")
    limit: int = Field(500, ge=1, le=MAX_LIMIT, description="How many rows at most.")
    language: str = LANGUAGE


class RowsOut(Schema):
    """A page of rows."""

    rows: list[CompletionOut]  # type: ignore[valid-type]
    next_cursor: UUID | None = Field(..., description="For the next page; null after the last.")


class NamesOut(Schema):
    """A name in each language; `sr-latn` is the Serbian one in Latin script."""

    en: str
    sr: str
    sr_latn: str = Field(..., alias="sr-latn")


class NamedOut(Schema):
    """A key and what it is called today."""

    key: str
    names: NamesOut


class InstitutionOut(NamedOut):
    """An institution and its place in the tree."""

    parent: str | None = Field(..., description="Key of what it belongs to; null at the top.")


class CohortOut(Schema):
    """A cohort, called as its tutor typed it."""

    key: str
    name: str


class AllNamesOut(Schema):
    """What the keys in rows are called today."""

    courses: list[NamedOut]
    professions: list[NamedOut]
    functions: list[NamedOut]
    institutions: list[InstitutionOut]
    cohorts: list[CohortOut]


@router.get(
    "/completions/rows",
    response={200: RowsOut, 400: Problem, 401: Problem, 403: Problem, 429: Problem},
    auth=ClientToken(),
    throttle=[AuthRateThrottle(RATE)],
)
@unless_known
def completion_rows(request: HttpRequest, asked: Query[RowsIn]) -> dict[str, Any]:
    """Return the rows of a course, or of days of enrolment: the groups that a digest names.

    They come in the order of the enrolments' keys. Ask when the copy has taken in all changes;
    what it has in the group and does not come is to be forgotten.
    """
    with override("en"):
        require_known_names(request, RowsIn)
        require_language(asked.language)
        wanted, mandate = asked.wanted(), mandate_of(request)
    with override(asked.language):
        found, more = rows_of(mandate=mandate, wanted=wanted, after=asked.cursor, limit=asked.limit)
        told = [as_json(row, asked.language) for row in found]
    record_pull(
        mandate=mandate,
        kind=Kind.API,
        rows=len(told),
        purpose="",
        language=asked.language,
        at=timezone.now(),
    )
    return {"rows": told, "next_cursor": found[-1].enrolment if more else None}


@router.get(
    "/completions/names",
    response={200: AllNamesOut, 400: Problem, 401: Problem, 403: Problem, 429: Problem},
    auth=ClientToken(READ, NAMES),
    throttle=[AuthRateThrottle(RATE)],
    by_alias=True,
)
@unless_known
def completion_names(request: HttpRequest) -> dict[str, Any]:
    """Return what everything is called that rows have keys of, in each language.

    Keys stay when something is called otherwise. Ask with the `ETag` of the last answer: 304 says
    that nothing is. There is no person in it.
    """
    with override("en"):
        require_known_names(request, Schema)
        mandate = mandate_of(request)
    return names(mandate)
