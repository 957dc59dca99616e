"""The completion report for machines: the same rows as JSON, with a bearer token.

Nothing here depends on who asks in what language: keys are the same for all, and names are in
English unless the address asks for another language.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import override
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

from people.clients import client_of
from people.models import MachineClient, Mandate
from reports.completions import CompletionRow, completions, rows, totals_of
from reports.filters import STATUSES, UnreadableFilter, read_filters, require_known
from reports.mandated import is_valid
from serbian import in_script

MAX_LIMIT = 1000
LANGUAGES = ("en", "sr", "sr-latn")
_EXAMPLE_KEY = "4b1d7a52-0c3e-5f7b-9a41-6f2f0f6f2c11"


class ClientToken(HttpBearer):
    """A machine client's token."""

    def authenticate(self, request: HttpRequest, token: str) -> MachineClient | None:
        return client_of(token, at=timezone.now())


def _text(description: str, **more: Any) -> Any:
    return Field(..., description=description, **more)


class CompletionOut(Schema):
    """One enrolment. Keys never change; names are in the language that was asked for.

    `name`, `email` and `personnel_number` are null unless the mandate is identified.
    """

    enrolment: UUID = _text("Key of the enrolment (the xAPI registration).")
    person: str = _text(
        "Key of the person, the same in every row for this mandate, another for every other."
    )
    name: str | None
    email: str | None
    personnel_number: str | None
    profession: str = _text("Key of the profession, as the filter takes it.", examples=["judge"])
    profession_name: str
    institution: UUID | None = _text("Key of the institution, as the filter takes it.")
    institution_name: str
    course: UUID = _text("Key of the course, as the filter takes it.")
    course_name: str
    edition: int
    cohort: str = _text("Name of the cohort as its tutor typed it, or empty.")
    status: str = _text("Key of the state.", json_schema_extra={"enum": list(STATUSES)})
    status_name: str
    enrolled_at: datetime | None
    started_at: datetime | None
    completed_at: datetime | None
    withdrawn_at: datetime | None
    hours: float | None = _text("Credited hours, once completed.")
    result: float | None = _text("Result in per cent, once completed.")
    certificate: str = _text("Serial of the certificate, or empty.")


class CompletionsOut(Schema):
    """A page of rows with the totals of the whole report."""

    participations: int = _text("Enrolments in the whole report.")
    persons: int = _text("Distinct people in the whole report.")
    completions: int = _text("Completed enrolments in the whole report.")
    persons_completed: int = _text("Distinct people who completed.")
    limit: int
    offset: int
    rows: list[CompletionOut]


class Problem(Schema):
    """What is wrong, in a sentence."""

    detail: str


def _asked(description: str, *examples: str, **more: Any) -> Any:
    return Field("", description=description, examples=list(examples), json_schema_extra=more)


class CompletionsIn(Schema):
    """Filters as on the page."""

    profession: str = _asked("Key of a profession.", "judge", "police-officer")
    institution: str = _asked(
        "Key of an institution; everything below it counts.", _EXAMPLE_KEY, format="uuid"
    )
    course: str = _asked("Key of a course.", _EXAMPLE_KEY, format="uuid")
    status: str = _asked("State of the enrolment.", "completed", enum=list(STATUSES))
    completed_from: str = _asked(
        "First day of completion, in Belgrade, YYYY-MM-DD.", "2026-01-01", format="date"
    )
    completed_to: str = _asked(
        "Last day of completion, in Belgrade, YYYY-MM-DD.", "2026-12-31", format="date"
    )
    language: str = Field(
        "en",
        description="Language of the names; `sr` is Cyrillic. Keys are the same in all.",
        json_schema_extra={"enum": list(LANGUAGES)},
    )
    limit: int = Field(100, ge=1, le=MAX_LIMIT, description="How many rows at most.")
    offset: int = Field(0, ge=0, description="How many rows to leave out at the beginning.")


router = Router(tags=["completions"])


@router.get(
    "/completions",
    response={200: CompletionsOut, 400: Problem, 401: Problem, 403: Problem, 429: Problem},
    auth=ClientToken(),
    throttle=[AuthRateThrottle("1200/m")],
)
def list_completions(request: HttpRequest, asked: Query[CompletionsIn]) -> dict[str, Any]:
    """Return completions within the client's mandate, newest first, at most 1,000 at a time.

    400: a parameter is unknown or has a value that is; the answer names it. 401: there is no
    token, or it is wrong, expired or revoked. 403: the client has no mandate that holds today.
    429: more than 1,200 requests within a minute; `Retry-After` says how many seconds to wait.
    """
    with override("en"):
        _require_known_names(request)
        if asked.language not in LANGUAGES:
            raise HttpError(400, f"language is one of {', '.join(LANGUAGES)}")
        mandate = _mandate(request)
        try:
            filters = read_filters({k: str(v) for k, v in asked.dict().items()})
            require_known(filters)
        except UnreadableFilter as unreadable:
            raise HttpError(400, str(unreadable)) from unreadable
    enrolments = completions(mandate=mandate, filters=filters)
    page = enrolments[asked.offset : asked.offset + asked.limit]
    with override(asked.language):
        found = [_as_json(r, asked.language) for r in rows(mandate=mandate, enrolments=page)]
    return {
        **vars(totals_of(enrolments)),
        "limit": asked.limit,
        "offset": asked.offset,
        "rows": found,
    }


def _require_known_names(request: HttpRequest) -> None:
    """Refuse what is not a parameter: a misspelt filter must not read as "everybody"."""
    unknown = sorted(request.GET.keys() - CompletionsIn.model_fields.keys())
    if unknown:
        known = ", ".join(CompletionsIn.model_fields)
        raise HttpError(400, f"unknown parameter: {', '.join(unknown)}; there are {known}")


def _mandate(request: HttpRequest) -> Mandate:
    client: MachineClient = request.auth  # type: ignore[attr-defined]
    now = timezone.now()
    for mandate in Mandate.objects.filter(client=client):
        if is_valid(mandate, now):
            return mandate
    raise HttpError(
        403,
        f"The client “{client}” has no mandate that holds today. "
        "An administrator of the site can give it one.",
    )


def _as_json(row: CompletionRow, language: str) -> dict[str, Any]:
    """Return a row with keys under the plain names, and what they stand for beside them."""
    values = dict(vars(row))
    for name in ("profession", "institution", "course"):
        values[f"{name}_name"] = in_script(values[name], language)
        values[name] = values.pop(f"{name}_key")
    values["status_name"] = in_script(str(STATUSES[row.status]), language)
    return values
