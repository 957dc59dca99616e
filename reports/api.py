"""The completion report for machines: the same rows as JSON, with a bearer token."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from ninja.security import HttpBearer

from people.clients import client_of
from people.models import Mandate
from reports.completions import completions, rows, totals_of
from reports.filters import UnreadableFilter, read_filters
from reports.mandated import is_valid

MAX_LIMIT = 1000


class ClientToken(HttpBearer):
    """A machine client's token, bound to a mandate."""

    def authenticate(self, request: HttpRequest, token: str) -> Mandate | None:
        now = timezone.now()
        client = client_of(token, at=now)
        if client is None:
            return None
        mandates = Mandate.objects.filter(client=client)
        return next((mandate for mandate in mandates if is_valid(mandate, now)), None)


class CompletionOut(Schema):
    """One enrolment. Names are null unless the client has the identified right."""

    enrolment: UUID
    person: str
    name: str | None
    email: str | None
    personnel_number: str | None
    profession: str
    institution: str
    course: str
    edition: int
    cohort: str
    status: str
    enrolled_at: datetime | None
    started_at: datetime | None
    completed_at: datetime | None
    withdrawn_at: datetime | None
    hours: float | None
    result: float | None
    certificate: str


class CompletionsOut(Schema):
    """A page of rows with the totals of the whole report."""

    participations: int
    persons: int
    completions: int
    persons_completed: int
    limit: int
    offset: int
    rows: list[CompletionOut]


class CompletionsIn(Schema):
    """Filters as on the page; days as YYYY-MM-DD, keys as UUID."""

    profession: str = ""
    institution: str = ""
    course: str = ""
    status: str = ""
    completed_from: str = ""
    completed_to: str = ""
    limit: int = 100
    offset: int = 0


router = Router(tags=["completions"])


@router.get("/completions", response=CompletionsOut, auth=ClientToken())
def list_completions(request: HttpRequest, asked: Query[CompletionsIn]) -> dict[str, Any]:
    """Return completions within the client's mandate, newest first, at most 1,000 at a time."""
    mandate: Mandate = request.auth  # type: ignore[attr-defined]
    if not (1 <= asked.limit <= MAX_LIMIT and asked.offset >= 0):
        raise HttpError(400, f"limit is 1 to {MAX_LIMIT}, offset is 0 or more")
    try:
        filters = read_filters({k: str(v) for k, v in asked.dict().items()})
    except UnreadableFilter as unreadable:
        raise HttpError(400, str(unreadable)) from unreadable
    enrolments = completions(mandate=mandate, filters=filters)
    page = enrolments[asked.offset : asked.offset + asked.limit]
    return {
        **vars(totals_of(enrolments)),
        "limit": asked.limit,
        "offset": asked.offset,
        "rows": rows(mandate=mandate, enrolments=page),
    }
